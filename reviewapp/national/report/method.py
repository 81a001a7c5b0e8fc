"""The end of the report: cycles side by side, how it was computed, what is not in it, and the standards."""

from __future__ import annotations

from reviewapp.national.report.material import NationalMaterial, text
from reviewapp.national.report.numbered import Numbered
from reviewapp.report.chart_blocks import Point, SlopeRow, Slopes
from reviewapp.report.runs import Computed, Runs, Text
from reviewapp.report.tree import Block, Column, Heading, Listing, Paragraph, Table

_BASIS = {
    "agreed": "agreed by the review team at its meeting",
    "peer": "rated the same by every reviewer",
    "derived": "scored by their criteria",
    "self_review": "by the team itself only",
}


def cycles(material: NationalMaterial, numbered: Numbered) -> list[Block]:
    """This cycle beside the others of the set, on the teams that were reviewed in both; empty for a single cycle."""
    if not material.figures.same_teams:
        return []
    made: list[Block] = [Heading(level=1, runs=text("From cycle to cycle"), id="cycles"), *material.passage("cycles")]
    for place, one in enumerate(material.figures.same_teams):
        root = f"same_teams.{place}"
        made.append(
            Table(
                caption=numbered.table(f"{one.earlier} and {one.later}, teams reviewed in both"),
                columns=(
                    Column(title="", weight=2.4),
                    Column(title=one.earlier, align="right"),
                    Column(title=one.later, align="right"),
                ),
                rows=(
                    (text("Teams"), (material.number(f"{root}.teams"),), (material.number(f"{root}.teams"),)),
                    (text("All standards"), *_pair(material, f"{root}.before", f"{root}.after")),
                    *(
                        (
                            text(name),
                            *_pair(
                                material, f"{root}.before_by_section.{name}", f"{root}.after_by_section.{name}"
                            ),
                        )
                        for name in material.sections
                    ),
                ),
            )
        )  # fmt: skip
        made += _side_by_side(material, numbered, place)
    return [
        *made,
        Paragraph(
            runs=text("Two cycles are not a trend: the questions, the reviewers and the teams may all have changed."),
            style="small",
        ),
    ]


def _side_by_side(material: NationalMaterial, numbered: Numbered, place: int) -> list[Block]:
    """The shares of the two cycles of a pair, joined for each section; sections without both stand in the table."""
    one, root = material.figures.same_teams[place], f"same_teams.{place}"
    rows = []
    for name in material.sections:
        both = [material.percent(f"{root}.{side}_by_section.{name}.percent") for side in ("before", "after")]
        known = [run for run in both if isinstance(run, Computed)]
        if len(known) == len(both):
            rows.append(SlopeRow(label=name, points=tuple(Point(lowest=run, highest=run) for run in known)))
    if not rows:
        return []
    caption = numbered.figure(f"{one.earlier} and {one.later}: share met in each section")
    told = "; ".join(
        f"{row.label}: {' then '.join(point.lowest.text for point in row.points if point)}" for row in rows
    )
    return [
        Slopes(
            caption=caption, alt=f"{caption}. {told}.", rounds=(one.earlier, one.later), lowest=0, highest=100,
            rows=tuple(rows),
        )
    ]  # fmt: skip


def _pair(material: NationalMaterial, before: str, after: str) -> tuple[Runs, Runs]:
    return (material.percent(f"{before}.percent"),), (material.percent(f"{after}.percent"),)


def method(material: NationalMaterial) -> list[Block]:
    """On what the figures rest, what is withheld, what was left out and why."""
    return [
        Heading(level=1, runs=text("Method"), id="method"),
        *material.passage("method"),
        *_basis(material),
        Paragraph(runs=text(_COUNTED)),
        Paragraph(runs=text(_SMALL)),
        *_withheld(material),
        Paragraph(runs=text(f"The figures were computed from the set with the digest {material.figures.digest}.")),
        *_left_out(material),
    ]


_COUNTED = (
    "A standard that is not applicable to a team is in none of its shares, and a section in which "
    "nothing applies has none. "
    "What nobody rated counts neither way. Quartiles are interpolated between the teams' shares and are given from "
    "five teams on. Percentages are rounded for printing only."
)
_SMALL = (
    "Ratings are about services and are all shown. Numbers of people who answered a survey, were interviewed, or whose "
    "case notes were read are withheld below five, and so is anything from which they could be worked out."
)


def _basis(material: NationalMaterial) -> list[Block]:
    found = [one for one in _BASIS if material.value("basis").get(one)]
    if not found:
        return []
    items = tuple((material.number(f"basis.{one}"), *text(f" {_BASIS[one]}")) for one in found)
    return [Paragraph(runs=text("The ratings in these figures were"), keep=True), Listing(items=items)]


def _withheld(material: NationalMaterial) -> list[Block]:
    """What is withheld beside single small numbers, each with its reason."""
    found = material.figures.withheld
    if not found:
        return []
    return [
        Paragraph(runs=text("Also withheld are"), keep=True),
        Listing(items=tuple(text(f"{words}.") for words in found)),
    ]


def _left_out(material: NationalMaterial) -> list[Block]:
    if not material.figures.left_out:
        return []
    counted: dict[str, int] = {}
    for one in material.figures.left_out:
        counted[one.why] = counted.get(one.why, 0) + 1
    items: list[Runs] = []
    for why, many in counted.items():
        items.append((Text(text=f"{many} {'review' if many == 1 else 'reviews'}: {why}."),))
    return [Paragraph(runs=text("Sent, and not in these figures:"), keep=True), Listing(items=tuple(items))]


def standards(material: NationalMaterial, numbered: Numbered) -> list[Block]:
    """Every standard with its type and its wording, by section; the items of a scored scale have no types."""
    title = "The items" if material.scored else "The standards"
    made: list[Block] = [Heading(level=1, runs=text(title), id="standards")]
    types = () if material.scored else (Column(title="Type", weight=0.5),)
    for name in material.sections:
        made.append(
            Table(
                caption=numbered.table(name),
                columns=(
                    Column(title="No.", weight=0.6),
                    *types,
                    Column(title="Item" if material.scored else "Standard", weight=5),
                ),
                rows=tuple(
                    (text(one.number), *(text(one.type) for __ in types), text(one.statement or one.title))
                    for one in material.instrument.standards
                    if one.section == name
                ),
            )
        )
    return made
