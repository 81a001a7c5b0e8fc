"""The documents that reviewers saw: as evidence beside a standard, and listed once with all they bear on.

Whoever saw one is not told: that a document was there is a fact about the service.
"""

from __future__ import annotations

from reviewapp.report.content.report_data import ReportData, text
from reviewapp.report.tree import Block, Column, Fact, Heading, Table
from reviewapp.visit import labels
from reviewapp.visit.document_records import DocumentSeenRecord
from reviewapp.visit.sorting import natural


def document_facts(material: ReportData, number: str) -> list[Fact]:
    """The documents seen that bear on a standard, one after the other."""
    lines = dict.fromkeys(_line(one) for one in material.evidence[number].documents)
    return [Fact(label="Documents seen", runs=text("; ".join(lines)))] if lines else []


def documents_seen(material: ReportData) -> list[Block]:
    """The list of all documents seen; nothing where none is recorded. One that several saw stands once."""
    seen: dict[tuple[str, str, str], list[str]] = {}
    for one in sorted(material.state.documents_seen.values(), key=lambda one: (one.title.casefold(), natural(one.key))):
        numbers = seen.setdefault((one.title.strip(), labels.document_date(one.date), one.version.strip()), [])
        numbers += [number for number in one.standards if number not in numbers]
    if not seen:
        return []
    rows = tuple(
        (text(title), text(day or "no date"), text(version or "none"), text(", ".join(sorted(numbers, key=natural))))
        for (title, day, version), numbers in seen.items()
    )
    columns = (
        Column(title="Document", weight=3), Column(title="Date", weight=1.3), Column(title="Version", weight=0.9),
        Column(title=material.nouns.titles, weight=1.2),
    )  # fmt: skip
    return [
        Heading(level=1, runs=text("Documents seen"), id="documents"),
        Table(caption="Documents that reviewers saw", columns=columns, rows=rows),
    ]


def _line(one: DocumentSeenRecord) -> str:
    return labels.document_line(one.title.strip(), one.version.strip(), one.date)
