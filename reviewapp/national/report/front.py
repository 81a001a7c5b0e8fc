"""The first pages: cover with its notices, contents, foreword, how the report was made, and the key findings."""

from __future__ import annotations

from reviewapp.national.report.material import NationalMaterial, text
from reviewapp.national.report.numbered import Numbered
from reviewapp.national.standard_figures import FEWEST_STANDARDS
from reviewapp.report.chart_blocks import Dot, Dots
from reviewapp.report.runs import Runs, Text
from reviewapp.report.tree import Block, Callout, Column, Contents, Cover, Fact, Heading, Paragraph, Table
from reviewapp.visit import labels


def cover(material: NationalMaterial, *, number: int, made: str) -> list[Block]:
    """The cover with the facts of the report and what no reader may miss, and the contents."""
    figures, instrument = material.figures, material.instrument
    facts = [
        Fact(label="Teams", runs=(material.number("n_teams"),)),
        Fact(label="Cycle", runs=text(figures.cycle or "none yet")),
        Fact(label="Standards", runs=text(f"{instrument.title}, {instrument.edition}")),
        Fact(label="This copy", runs=text(_whose(material))),
        Fact(label="Report", runs=text(f"number {number}, of what was sent until {labels.day(made)}")),
        Fact(label="Computed from", runs=text(f"the set with the digest {figures.digest[:16]}")),
    ]
    return [
        Cover(
            kind_of_report="National report", title=figures.name, subtitle=instrument.title, facts=tuple(facts),
            notices=tuple(_notices(material)),
        ),
        Contents(title="Contents"),
    ]  # fmt: skip


def _whose(material: NationalMaterial) -> str:
    if not material.own:
        return "for everyone; teams appear under random codes"
    return f"for team {material.codes[material.own]} only: its own dot is filled; please do not pass it on"


def _notices(material: NationalMaterial) -> list[Callout]:
    found = []
    if material.figures.drafts:
        runs: Runs = (
            material.number("drafts"),
            Text(text=" of the reviews in these figures are drafts: no committee has decided on them."),
        )
        found.append(Callout(title="Drafts are included", runs=runs))
    if material.instrument.superseded_by:
        words = f"These standards have been replaced by {material.instrument.superseded_by}."
        found.append(Callout(title="A newer edition exists", runs=text(words)))
    if material.instrument.scope == "subset" and material.instrument.subset_note.strip():
        found.append(
            Callout(title="Not all standards", runs=text(f"The figures are {material.instrument.subset_note.strip()}."))
        )
    return found


def foreword(material: NationalMaterial) -> list[Block]:
    """The foreword and the preface, where the office wrote them."""
    made: list[Block] = []
    for place, title in (("foreword", "Foreword"), ("preface", "Preface")):
        words = material.passage(place)
        if words:
            made += [Heading(level=1, runs=text(title), id=place), *words]
    return made


def introduction(material: NationalMaterial) -> list[Block]:
    """How the report was made: which reviews, by which standards, and what is counted how."""
    figures = material.figures
    runs: Runs = (
        *text("This report brings together the reviews of "), material.number("n_teams"),
        *text(f" teams in the cycle {figures.cycle}, each by its own review team, by the "),
        *text(f"{len(material.instrument.standards)} {material.noun} of {material.instrument.title}, "),
        *text(f"{material.instrument.edition}. "), *_decided(material),
    )  # fmt: skip
    pooled = (
        "A share is that of all teams together: how many met a standard, of those to which it is applicable. Where a "
        "mean of the teams' own shares is given, it is called that. Teams are never ranked; each keeps its random code."
        " The number in brackets after that of a standard is its type."
    )
    scores = "Scores are those of teams whose every item that applies was scored; medians and quartiles are of these."
    return [
        Heading(level=1, runs=text("Introduction"), id="introduction"),
        *material.passage("introduction"),
        Paragraph(runs=runs),
        Paragraph(runs=text(scores if material.scored else pooled)),
        *_left_out(material),
    ]


def _decided(material: NationalMaterial) -> Runs:
    drafts = material.figures.drafts
    if not drafts:
        return text("All of them have been decided on.")
    return (material.number("drafts"), *text(" of them are drafts, on which no committee has decided."))


def _left_out(material: NationalMaterial) -> list[Block]:
    """How many reviews were sent and are not in the figures; each is listed with its reason under the method."""
    many = len(material.figures.left_out)
    if not many:
        return []
    reviews = "1 review that was sent is" if many == 1 else f"{many} reviews that were sent are"
    return [Paragraph(runs=text(f"{reviews} not in these figures: see the list under Method."))]


def key_findings(material: NationalMaterial, numbered: Numbered) -> list[Block]:
    """One page: the shares of all, of each section and of each type, then the teams side by side."""
    made: list[Block] = [
        Heading(level=1, runs=text("Key findings"), id="key"), *material.passage("key findings"),
        _shares(material, numbered), *_teams(material, numbered, "overall", "All standards"),
    ]  # fmt: skip
    for kind in material.types:
        made += _type(material, numbered, kind)
    return [*made, *_by_section(material, numbered)]


def _shares(material: NationalMaterial, numbered: Numbered) -> Table:
    rows = [("All standards", "overall", "overall")]
    rows += [(name, f"by_section.{name}", name) for name in material.sections]
    rows += [(f"Type {kind}", f"by_type.{kind}", f"type {kind}") for kind in material.types]
    return Table(
        caption=numbered.table("Standards met, over all teams"),
        columns=(
            Column(title="", weight=2.4),
            Column(title="Met", align="right"),
            Column(title="Met of applicable", weight=1.4, align="right"),
            Column(title="Half of the teams between", weight=1.6, align="right"),
        ),
        rows=tuple(
            (
                text(label, bold=place == "overall"),
                (material.percent(f"{place}.percent", bold=True),),
                material.met_of(place),
                _between(material, place, spread),
            )
            for label, place, spread in rows
        ),
    )


def _between(material: NationalMaterial, place: str, spread: str) -> Runs:
    """Between which shares half of the teams are; of one or two standards that would say next to nothing."""
    part = place.partition(".")[2]
    of_part = [one for one in material.instrument.standards if part in ("", one.section, one.type)]
    if len(of_part) < FEWEST_STANDARDS:
        return text("too few standards", tone="muted")
    middle = material.middle(f"distribution.{spread}")
    if middle is None:
        return text("too few teams", tone="muted")
    return (middle.q1, Text(text=" and "), middle.q3)


def _teams(material: NationalMaterial, numbered: Numbered, spread: str, title: str) -> list[Block]:
    """The share of every team, in the order of the codes; empty where no team has one."""
    return team_dots(material, numbered.figure(f"{title}: share met by each team"), spread, _place_of(spread))


def _type(material: NationalMaterial, numbered: Numbered, kind: str) -> list[Block]:
    """The teams on the standards of a type; of one or two standards alone their shares would say next to nothing."""
    many = sum(1 for one in material.instrument.standards if one.type == kind)
    if many >= FEWEST_STANDARDS:
        return _teams(material, numbered, f"type {kind}", f"Standards of type {kind}")
    rests = "1 standard" if many == 1 else f"{many} standards"
    words = f"Type {kind} has {rests} only, so its teams are not shown side by side: see what was met in its section."
    return [Paragraph(runs=text(words), style="small")]


def _place_of(spread: str) -> str:
    return "counts" if spread == "overall" else f"by_type.{spread.removeprefix('type ')}"


def team_dots(material: NationalMaterial, caption: str, spread: str, place: str) -> list[Block]:
    """A dot for every team on the share at `place` of its figures, and the middle half of `distribution.spread`."""
    rows = []
    for at in material.team_places:
        run = material.percent(f"teams.{at}.{place}.percent")
        rows.append(
            Dot(
                label=f"Team {material.code(at)}",
                value=run if not isinstance(run, Text) else None,
                note=material.met_of(f"teams.{at}.{place}"),
                own=material.is_own(at),
            )
        )
    told = "; ".join(f"{row.label}: {''.join(run.text for run in row.note)}" for row in rows)
    middle = material.middle(f"distribution.{spread}")
    shaded = f" Half of the teams are between {middle.q1.text} and {middle.q3.text}." if middle else ""
    return [Dots(caption=caption, alt=f"{caption}. {told}.{shaded}", rows=tuple(rows), middle=middle)]


def _by_section(material: NationalMaterial, numbered: Numbered) -> list[Block]:
    """Every team by every section, as a table of shares in the order of the codes."""
    letters = [chr(ord("A") + place) for place in range(len(material.sections))]
    key = "; ".join(f"{letter}: {name}" for letter, name in zip(letters, material.sections, strict=True))
    columns = [Column(title="Team", weight=1.2), Column(title="All", align="right")]
    columns += [Column(title=letter, align="right") for letter in letters]
    return [
        Paragraph(runs=text(f"{key}."), style="small", keep=True),
        Table(
            caption=numbered.table("Standards met, by team and section"),
            columns=tuple(columns),
            rows=tuple(
                (
                    text(f"Team {material.code(at)}", bold=material.is_own(at)),
                    material.share_met(f"teams.{at}.counts"),
                    *(material.share_met(f"teams.{at}.by_section.{name}") for name in material.sections),
                )
                for at in material.team_places
            ),
        ),
    ]
