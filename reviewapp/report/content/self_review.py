"""The section that compares the team's self-review with the ratings of the review."""

from __future__ import annotations

from reviewapp.figures.report_counts import differing
from reviewapp.report.content.report_data import ReportData, text
from reviewapp.report.tree import Block, Column, Heading, Paragraph, Table


def self_review_section(material: ReportData) -> list[Block]:
    """The section on self-review and peer review: counts by outcome, and a table of standards that differ."""
    made: list[Block] = [Heading(level=1, runs=text("Self-review and peer review"), id="compared")]
    if not material.value("report.compared"):
        return [
            *made,
            Paragraph(
                runs=text("There is nothing to compare yet: the team's own ratings or the review's are missing.")
            ),
        ]
    path = "self_review_compared"
    made.append(
        Paragraph(
            runs=(
                *text("For "),
                material.number("report.compared", bold=True),
                *text(" standards there is both the team's own rating and one of this review. They are the same for "),
                material.number(f"{path}.same", bold=True),
                *text(". Compared with what the team claims, the review found less for "),
                material.number(f"{path}.lower", bold=True),
                *text(", more for "),
                material.number(f"{path}.higher", bold=True),
                *text(", and for "),
                material.number(f"{path}.other", bold=True),
                *text(" the two differ on whether the standard applies."),
            )
        )
    )
    rows = tuple(
        (
            text(row.standard, bold=True),
            text(row.type),
            text(material.standards[row.standard].title),
            material.rating(row.self_review),
            material.rating(row.review),
        )
        for row in differing(material.state)
    )
    if rows:
        columns = (
            Column(title="Standard", weight=0.9),
            Column(title="Type", weight=0.6),
            Column(title="What it is about", weight=3),
            Column(title="The team", weight=1.4),
            Column(title="The review", weight=1.4),
        )
        made.append(Table(caption="Where the review found something else than the team", columns=columns, rows=rows))
    return made
