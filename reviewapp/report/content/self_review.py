"""The section that compares the team's self-review with the ratings of the review, side by side."""

from __future__ import annotations

from reviewapp.figures.report_counts import differing
from reviewapp.instruments.model import Score
from reviewapp.report.chart_blocks import Dumbbell, Dumbbells
from reviewapp.report.content.report_data import ReportData, text
from reviewapp.report.runs import Computed, Runs, plain_text
from reviewapp.report.tree import Block, Heading, Listing, Paragraph
from reviewapp.visit import labels
from reviewapp.visit.sorting import natural

PATH = "self_review_compared"


def self_review_section(material: ReportData) -> list[Block]:
    """The section on the team's own ratings and the review's: what they differ on, as a picture and by number.

    Empty where the team rated nothing itself.
    """
    if not material.has_self_review:
        return []
    title = "Self-review and this review" if material.scored else "Self-review and peer review"
    made: list[Block] = [Heading(level=1, runs=text(title), id="compared")]
    if not material.value("report.compared"):
        nothing = "There is nothing to compare yet: the team's own ratings or the review's are missing."
        return [*made, Paragraph(runs=text(nothing))]
    picture = _items(material) if material.scored else _sections(material)
    return [*made, Paragraph(runs=_counts(material)), *picture, *_differences(material)]


def _counts(material: ReportData) -> Runs:
    one = "item" if material.scored else "standard"
    many = material.value("report.compared")
    opening = f" {one}s there is" if many != 1 else f" {one} there is"
    return (
        *text("For "),
        material.number("report.compared", bold=True),
        *text(f"{opening} both the team's own rating and one of this review. They are the same for "),
        material.number(f"{PATH}.same", bold=True),
        *text("."),
        *_left_uncounted(material, many),
    )


def _left_uncounted(material: ReportData, many: int) -> Runs:
    """What the picture counts, where that is fewer than are compared; its counts then differ from those by section."""
    counted = sum(found["of"] for found in material.value("report.compared_by_section").values())
    return (
        () if material.scored or counted == many else text(" The picture counts those that both rated met or not met.")
    )


def message(material: ReportData) -> Runs:
    """What the comparison comes to, in one sentence without a full stop."""
    lower, higher = (material.value(f"{PATH}.{way}") for way in ("lower", "higher"))
    if material.scored:
        return _message_on_scores(material, lower, higher)
    if lower:
        many = "standard" if lower == 1 else "standards"
        return (
            *text("The team rated itself met on "), material.number(f"{PATH}.lower", bold=True),
            *text(f" {many} that reviewers did not"),
        )  # fmt: skip
    if higher:
        many = "standard" if higher == 1 else "standards"
        return (
            *text("Reviewers found "), material.number(f"{PATH}.higher", bold=True),
            *text(f" {many} met that the team had not"),
        )  # fmt: skip
    return text("The team and the reviewers agree on what is met")


def _message_on_scores(material: ReportData, lower: int, higher: int) -> Runs:
    if not lower and not higher:
        return text("The team and the reviewers scored alike")
    made = text("The team scored itself ")
    for place, (way, words, count) in enumerate((("lower", "higher", lower), ("higher", "lower", higher))):
        if count:
            opening = f"{' and ' if place and lower else ''}{words} than the review on "
            made += (*text(opening), material.number(f"{PATH}.{way}", bold=True))
            made += text(" item" if count == 1 else " items")
    return made


# By section, of what is met -------------------------------------------------------------------------------------------


def _sections(material: ReportData) -> list[Block]:
    """How many the team and the review found met, by section, of those that both rated."""
    path = "report.compared_by_section"
    rows = tuple(
        Dumbbell(
            label=name,
            first=material.number(f"{path}.{name}.team"),
            second=material.number(f"{path}.{name}.review"),
            of=material.number(f"{path}.{name}.of"),
        )
        for name, found in material.value(path).items()
        if found["of"]
    )
    highest = max((int(row.of.value) for row in rows if row.of is not None), default=1)
    told = "; ".join(
        f"{row.label}: the team {row.first.text}, the review {row.second.text} of {row.of.text if row.of else ''}"
        for row in rows
    )
    alt = f"Standards met by section, as the team and as the review rated them. {told}."
    return [
        Dumbbells(title=message(material), alt=alt, names=_names("met"), rows=rows, lowest=0, highest=max(highest, 1))
    ]


def _names(what: str) -> tuple[str, str]:
    return f"The team: {what}", f"The review: {what}"


# By item, of scores ---------------------------------------------------------------------------------------------------


def _items(material: ReportData) -> list[Block]:
    """The items on which the two scored differently, from the lowest to the highest score of the scale."""
    points = [one.points for one in material.instrument.scale.values if one.counts == "scored"]
    rows = []
    for one in differing(material.state):
        own, found = (
            _score(material, one.self_review, f"report.self_reviewed.{one.standard}"),
            _score(material, one.review, f"ratings.{one.standard}.value"),
        )
        if own is not None and found is not None:
            label = f"{one.standard}  {material.standards[one.standard].title}"
            rows.append(Dumbbell(label=label, first=own, second=found))
    if not rows:
        return [Paragraph(runs=message(material))]
    told = "; ".join(f"{row.label}: the team {row.first.text}, the review {row.second.text}" for row in rows)
    return [
        Dumbbells(
            title=message(material), alt=f"Scores of the team and of the review. {told}.", names=_names("its score"),
            rows=tuple(rows), lowest=min(points), highest=max(points),
        )
    ]  # fmt: skip


def _score(material: ReportData, value: Score | None, path: str) -> Computed | None:
    choice = None if value is None else material.instrument.scale.find(value)
    if choice is None or choice.counts != "scored" or not isinstance(value, int):
        return None
    return material.number(path)


# Which ones -----------------------------------------------------------------------------------------------------------


def _differences(material: ReportData) -> list[Block]:
    """The numbers of those that differ, by what the two said."""
    ways: dict[tuple[str, str], list[str]] = {}
    for one in differing(material.state):
        said = plain_text(material.rating(one.self_review)), plain_text(material.rating(one.review))
        ways.setdefault(said, []).append(one.standard)
    if not ways or material.scored:
        return []
    points = tuple(
        text(f"The team {own}, the review {found}: {labels.all_of(sorted(numbers, key=natural))}.")
        for (own, found), numbers in ways.items()
    )
    return [Listing(items=points)]
