"""The section "What people told us": quotes by theme, and which groups speak of which themes.

How alike the coders see the themes is told with the method, never here: it says nothing about the service.
"""

from __future__ import annotations

from reviewapp.figures.theme_groups import MIXED, TONES
from reviewapp.report.content.quote_places import TOLD
from reviewapp.report.content.report_data import HIDDEN, ReportData, text
from reviewapp.report.profiles import people_range
from reviewapp.report.runs import Run, Runs, Text
from reviewapp.report.tree import Block, Column, Fact, Facts, Heading, Paragraph, Table
from reviewapp.visit import labels
from reviewapp.visit.theme_records import ThemeInForce
from reviewapp.visit.themes import themes_in_force

PATH = "report.told"
NOT_TO_BE_READ = "Groups not comparable"


def told_us(material: ReportData) -> list[Block]:
    """The section on what people said, by theme; empty while nothing was coded."""
    if material.places.by_theme is None:
        return []
    books = labels.all_of([f"“{book.title}”" for book in themes_in_force(material.state).books])
    opening = (
        *text("Of "),
        material.number(f"{PATH}.units"),
        *text(" passages of what people said or wrote, "),
        material.number(f"{PATH}.coded"),
        *text(f" were read for the themes of {books}. {_where(material)}"),
    )
    return [
        Heading(level=1, runs=text(TOLD), id="told"),
        Paragraph(runs=opening),
        *_matrix(material),
        *_by_theme(material),
    ]


def _where(material: ReportData) -> str:
    """Where the quotes stand: each once, and elsewhere by its number."""
    if not any(material.places.at_gap.values()):
        return "Each quote is printed once in this report; elsewhere it is referred to by its number."
    return (
        "Each quote is printed once in this report and referred to by its number elsewhere: those about what needs to"
        " improve are printed there, the others here."
    )


def _by_theme(material: ReportData) -> list[Block]:
    places = material.places
    made: list[Block] = []
    elsewhere: list[Fact] = []
    for theme in themes_in_force(material.state).by_id.values():
        here, also = (places.by_theme or {}).get(theme.id, []), places.also.get(theme.id, [])
        if here:
            made.append(_heading(theme_title(theme), theme.id))
            made += material.printed(here)
        numbers = (*material.quote_numbers(also), *text("."))
        if here and also:
            made.append(Paragraph(runs=(*text("Also of this: "), *numbers), style="small"))
        elif also:
            elsewhere.append(Fact(label=theme_title(theme), runs=numbers))
    if elsewhere:
        made.append(_heading("Themes whose quotes stand elsewhere", "elsewhere"))
        made.append(Facts(rows=tuple(elsewhere), dense=True))
    rest = (places.by_theme or {}).get("", [])
    if rest:
        made.append(_heading("Other things people said", "other"))
        made.append(Paragraph(runs=text("No theme was found for these, or none on which the coders agree."), keep=True))
        made += material.printed(rest)
    return made


def _heading(title: str, theme: str) -> Heading:
    return Heading(level=2, runs=text(title), id=f"told-{theme}", entry=True, listed=False)


def theme_title(theme: ThemeInForce) -> str:
    """A theme within another by both titles; the part of the codebook that only holds themes is left out."""
    return ": ".join(theme.path[1:] or theme.path)


def _matrix(material: ReportData) -> list[Block]:
    """The table of themes by groups, and what does not count in it."""
    found = material.value(f"{PATH}.groups")
    spoken = {group for cells in found.values() for group in cells}
    groups = [group for group in (*labels.GROUPS, MIXED) if group in spoken]
    themes = [one for one in themes_in_force(material.state).by_id.values() if one.id in found]
    rows: list[tuple[Runs, ...]] = []
    for theme in themes:
        cells = [_cell(material, theme.id, group) for group in groups]
        if material.shows(cells):
            rows.append((_row_head(material, theme), *cells))
    if not groups or not themes:
        return []
    made: list[Block] = []
    if rows:
        columns = (
            Column(title="Theme", weight=2.3),
            *(Column(title="Mixed groups" if one == MIXED else labels.group(one), weight=1.2) for one in groups),
        )
        made.append(Table(caption="Themes, and who speaks of them", columns=columns, rows=tuple(rows)))
    remark: Runs = ()
    if any(theme.id in material.value(f"{PATH}.not_to_be_read") for theme in themes):
        remark += text(
            f"“{NOT_TO_BE_READ}” stands where the coders differ on a theme at least as much as the groups do. "
        )
    remark += text("How people spoke is counted by passage. ")
    remark += text(
        "“Up to” stands where nobody can tell how many said it: they spoke together, or wrote comments in a survey. "
    )
    if len(rows) < len(themes):
        remark += text("Themes of which too few people spoke are left out of this copy. ")
    if material.value(f"{PATH}.unsettled"):
        remark += text("Passages on which the coders differ and nothing is agreed: ")
        remark += (material.number(f"{PATH}.unsettled"), *text("; such a theme is not counted."))
    return [*made, Paragraph(runs=remark, style="small")]


def _row_head(material: ReportData, theme: ThemeInForce) -> Runs:
    marked = theme.id in material.value(f"{PATH}.not_to_be_read")
    note = text(f"\n{NOT_TO_BE_READ}", tone="muted") if marked else ()
    return (*text(theme_title(theme), bold=True), *note)


def _cell(material: ReportData, theme: str, group: str) -> Runs:
    """People, passages and tones of one group on one theme; for circulation only where nobody can be told from it."""
    path = f"{PATH}.groups.{theme}.{group}"
    cell = material.value(path)
    if not cell["units"]:
        return text("–", tone="muted")
    if material.circulation:
        return _cell_for_all(material, path, group)
    known = cell["people"] == cell["up_to"]
    return (
        *(() if known else text("up to ")),
        material.number(f"{path}.up_to"),
        *text(" person" if cell["up_to"] == 1 else " people"),
        *_what_was_said(material, path),
    )


def _cell_for_all(material: ReportData, path: str, group: str) -> Runs:
    """In the copy for circulation: nothing that tells of fewer people than may be shown, nor of those left over."""
    cell, spoken = material.value(path), material.value("material.people_spoken_to").get(group, 0)
    least, others = cell["people"], max(0, spoken - cell["up_to"])
    if least < material.least or material.hides(least, others):
        return text(HIDDEN, tone="muted")
    tones = [cell[tone] for tone in TONES]
    shown = _passages(material, path) if material.hides(*tones) else _what_was_said(material, path)
    return (Text(text=f"{people_range(least, material.least)} people"), *shown)


def _what_was_said(material: ReportData, path: str) -> Runs:
    """The passages by tone, on a line of their own; how many there are only where not each has a tone."""
    cell = material.value(path)
    toned = sum(cell[tone] for tone in TONES)
    return (*(_passages(material, path) if toned != cell["units"] else ()), *_tones(material, path))


def _passages(material: ReportData, path: str) -> Runs:
    many = material.number(f"{path}.units")
    return (*text(", "), many, *text(" passage" if many.value == 1 else " passages"))


def _tones(material: ReportData, path: str) -> Runs:
    """`3 negative, 1 mixed`, on a line of its own; empty where no tone was recorded."""
    runs: list[Run] = []
    for tone in TONES:
        if material.value(f"{path}.{tone}"):
            runs += [Text(text=", " if runs else "\n"), material.number(f"{path}.{tone}", tone="muted")]
            runs.append(Text(text=f" {labels.TONES[tone].lower()}", tone="muted"))
    return tuple(runs)
