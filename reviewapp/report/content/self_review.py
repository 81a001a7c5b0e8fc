"""The section that compares the team's self-review with the ratings of the review."""

from __future__ import annotations

from reviewapp.figures.report_counts import differing
from reviewapp.report.content.report_data import ReportData, text
from reviewapp.report.tree import Block, Column, Heading, Paragraph, Table


def self_review_section(material: ReportData) -> list[Block]:
    """The section on the team's own ratings and the review's: counts by outcome, and a table of those that differ.

    Empty where the team rated nothing itself.
    """
    if not material.has_self_review:
        return []
    title = "Self-review and this review" if material.scored else "Self-review and peer review"
    made: list[Block] = [Heading(level=1, runs=text(title), id="compared")]
    if not material.value("report.compared"):
        return [
            *made,
            Paragraph(
                runs=text("There is nothing to compare yet: the team's own ratings or the review's are missing.")
            ),
        ]
    path, one = "self_review_compared", "item" if material.scored else "standard"
    made.append(
        Paragraph(
            runs=(
                *text("For "),
                material.number("report.compared", bold=True),
                *text(f" {one}s there is both the team's own rating and one of this review. They are the same for "),
                material.number(f"{path}.same", bold=True),
                *text(". Compared with what the team claims, the review found less for "),
                material.number(f"{path}.lower", bold=True),
                *text(", more for "),
                material.number(f"{path}.higher", bold=True),
                *text(", and for "),
                material.number(f"{path}.other", bold=True),
                *text(f" the two differ on whether the {one} applies."),
            )
        )
    )
    rows = tuple(
        (
            text(row.standard, bold=True),
            *(() if material.scored else (text(row.type),)),
            text(material.standards[row.standard].title),
            material.rating(row.self_review),
            material.rating(row.review),
        )
        for row in differing(material.state)
    )
    if rows:
        columns = (
            Column(title="Item" if material.scored else "Standard", weight=0.9),
            *(() if material.scored else (Column(title="Type", weight=0.6),)),
            Column(title="What it is about", weight=3),
            Column(title="The team", weight=1.4),
            Column(title="The review", weight=1.4),
        )
        made.append(Table(caption="Where the review found something else than the team", columns=columns, rows=rows))
    return made
