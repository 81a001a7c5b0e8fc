"""The figures of the report as a workbook of plain tables, for analysts: one row a thing, one column a number.

Everything in it has been through the same mask as the report; a cell that is withheld says so in words, and is no
number that could be added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from reviewapp.base.i18n import _
from reviewapp.national.report.material import HIDDEN, NationalMaterial
from reviewapp.spreadsheets.layout import print_setup
from reviewapp.spreadsheets.writer import put_text, workbook_bytes
from reviewapp.visit import labels

Cell = str | int | float | None
Rows = list[Sequence[Cell]]

_COUNTS = ("met", "not_met", "na", "unrated", "applicable", "percent")
_SPREAD = ("n", "min", "q1", "median", "q3", "max", "mean")
_NONE = "none applicable"
NARROWEST, WIDEST = 10, 70
"""Letters that a column is wide at least and at most."""


def workbook(material: NationalMaterial, *, number: int) -> bytes:
    """The XLSX file; the same figures give the same bytes."""
    from openpyxl import Workbook

    made = Workbook()
    made.remove(made.active)
    for title, header, rows in _sheets(material, number):
        sheet = made.create_sheet(title)
        _fill(sheet, header, rows)
    return workbook_bytes(made)


def _fill(sheet: Any, header: Sequence[str], rows: Rows) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for column, title in enumerate(header, start=1):
        cell = sheet.cell(row=1, column=column)
        put_text(cell, title)
        cell.font = Font(bold=True)
        held = (str(row[column - 1]) for row in rows if isinstance(row[column - 1], str))
        sheet.column_dimensions[get_column_letter(column)].width = _width([title, *held])
    for place, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            if isinstance(value, str):
                put_text(sheet.cell(row=place, column=column), value)
            elif value is not None:
                sheet.cell(row=place, column=column).value = value
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    print_setup(sheet)


def _width(texts: Sequence[str]) -> int:
    """The width of a column in letters: as its longest text asks for, within bounds."""
    return min(max(*map(len, texts), NARROWEST) + 2, WIDEST)


def _sheets(material: NationalMaterial, number: int) -> Iterable[tuple[str, Sequence[str], Rows]]:
    yield _("About"), (_("Fact"), _("Value")), _about(material, number)
    yield _("All, sections, types"), (_("Part"), *_COUNTS, *(f"teams_{one}" for one in _SPREAD)), _parts(material)
    yield _("Standards"), ("number", "type", "section", "title", *_COUNTS), _standards(material)
    yield _("Teams"), ("team", "part", *_COUNTS), _teams(material)
    if material.scored:
        yield _("Items"), ("number", "title", "score", "teams"), _items(material)
        yield _("Scores"), (_("Part"), *_SPREAD), _scores(material)
    yield _("Services"), ("fact", "n", "mean", "min", "max", "yes"), _context(material)
    yield _("Surveys"), ("group", "standard", "yes", "no", "na", "n", "percent"), _surveys(material)
    yield _("Respondents"), ("group", "respondents", "teams", "mean"), _respondents(material)
    yield _("Case notes"), ("item", "text", "yes", "no", "na", "not_recorded", "n", "percent"), _audit(material)
    yield _("Actions"), ("standard", "state", "n"), _actions(material)
    yield _("Left out"), ("why",), [(one.why,) for one in material.figures.left_out]


def _about(material: NationalMaterial, number: int) -> Rows:
    figures = material.figures
    return [
        (_("Set"), figures.name), (_("Cycle"), figures.cycle), (_("Report number"), number),
        (_("Instrument"), f"{figures.instrument}, {figures.edition}"), (_("Teams"), figures.n_teams),
        (_("Drafts among them"), figures.drafts), (_("Digest of the set"), figures.digest),
        *((_("Ratings by basis: {basis}", basis=name), many) for name, many in figures.basis.items()),
        (_("Withheld"), _("{words}: people who answered or whose notes were read", words=HIDDEN)),
    ]  # fmt: skip


def _counts(material: NationalMaterial, place: str) -> list[Cell]:
    found = material.value(place)
    return [found[name] if found[name] is not None else _NONE for name in _COUNTS]


def _parts(material: NationalMaterial) -> Rows:
    places = [(_("All"), "overall", "overall")]
    places += [(name, f"by_section.{name}", name) for name in material.sections]
    places += [(_("Type {name}", name=kind), f"by_type.{kind}", f"type {kind}") for kind in material.types]
    return [
        (label, *_counts(material, place), *_spread(material, f"distribution.{spread}"))
        for label, place, spread in places
    ]


def _spread(material: NationalMaterial, place: str) -> list[Cell]:
    found = material.value(place)
    return [found[name] for name in _SPREAD]


def _standards(material: NationalMaterial) -> Rows:
    return [
        (one.number, one.type, one.section, one.title, *_counts(material, f"by_standard.{one.number}"))
        for one in material.instrument.standards
    ]


def _teams(material: NationalMaterial) -> Rows:
    rows: Rows = []
    for at in material.team_places:
        team = f"Team {material.code(at)}"
        rows.append((team, _("All"), *_counts(material, f"teams.{at}.counts")))
        rows += [(team, name, *_counts(material, f"teams.{at}.by_section.{name}")) for name in material.sections]
        rows += [
            (team, _("Type {name}", name=kind), *_counts(material, f"teams.{at}.by_type.{kind}"))
            for kind in material.types
        ]
    return rows


def _items(material: NationalMaterial) -> Rows:
    return [
        (number, material.standards[number].title, int(score), many)
        for number, found in material.value("items").items()
        for score, many in sorted(found["counts"].items())
    ]


def _scores(material: NationalMaterial) -> Rows:
    rows: Rows = [(_("Total"), *_spread(material, "score"))] if material.value("score") else []
    return rows + [(name, *_spread(material, f"subscales.{name}")) for name in material.value("subscales")]


def _context(material: NationalMaterial) -> Rows:
    return [
        (labels.label(field), *(found[name] for name in ("n", "mean", "min", "max", "yes")))
        for field, found in material.value("context").items()
    ]


def _hidden(found: dict[str, Any], names: Iterable[str]) -> list[Cell]:
    return [found[name] if found[name] is not None else HIDDEN for name in names]


def _surveys(material: NationalMaterial) -> Rows:
    return [
        (group, number, *_hidden(found, ("yes", "no", "na", "n", "percent")))
        for group, answers in material.value("surveys").items()
        for number, found in answers["standards"].items()
    ]


def _respondents(material: NationalMaterial) -> Rows:
    return [
        (group, *_hidden(found, ("respondents", "visits", "mean_respondents")))
        for group, found in material.value("surveys").items()
    ]


def _audit(material: NationalMaterial) -> Rows:
    texts = {one.item: one.text for one in material.instrument.audit}
    return [
        (item, texts.get(item, ""), *_hidden(found, ("yes", "no", "na", "not_recorded", "n", "percent")))
        for item, found in material.value("audit").items()
    ]


def _actions(material: NationalMaterial) -> Rows:
    return [
        (standard, state, many)
        for standard, states in material.value("actions").items()
        for state, many in states.items()
    ]
