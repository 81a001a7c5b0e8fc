"""The report of a small visit, word for word: a change in it is a change that readers will see.

After a wanted change: `python -m tests.core.report.test_golden` writes the files anew; read the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewapp.report.tree import (
    Callout,
    Chart,
    Cover,
    Facts,
    Heading,
    Listing,
    Paragraph,
    Profile,
    Quote,
    Table,
    plain_text,
)
from tests.core.report.building import report

GOLDEN = Path(__file__).parents[2] / "golden"
PROFILES: tuple[Profile, ...] = ("committee", "host", "circulation")


def outline(document) -> str:
    """Structure and words of a tree, a line a piece."""
    return "\n".join(line for block in document.parts for line in _lines(block)) + "\n"


def _lines(block) -> list[str]:
    match block:
        case Heading():
            return ["", f"{'#' * block.level} {plain_text(block.runs)}"]
        case Paragraph():
            return [plain_text(block.runs)]
        case Listing():
            return [f"* {plain_text(item)}" for item in block.items]
        case Facts():
            return [f"{row.label}: {plain_text(row.runs)}" for row in block.rows]
        case Table():
            heads = " | ".join(column.title for column in block.columns)
            return [f"[table] {block.caption}", heads, *(" | ".join(map(plain_text, row)) for row in block.rows)]
        case Quote():
            return [f"> {block.text} ({block.label}, {block.group}, {block.tone}, {', '.join(block.standards)})"]
        case Chart():
            return [f"[chart] {block.caption}", block.alt]
        case Callout():
            return [f"! {block.title}: {plain_text(block.runs)}"]
        case Cover():
            facts = [f"{f.label}: {plain_text(f.runs)}" for f in block.facts]
            notices = [line for notice in block.notices for line in _lines(notice)]
            return [block.kind_of_report, block.title, block.subtitle, *facts, *notices]
        case _:
            return [f"[{type(block).__name__}]"]


def _file(profile: str) -> Path:
    return GOLDEN / f"report-{profile}.txt"


@pytest.mark.parametrize("profile", PROFILES)
def test_the_report_reads_as_agreed(profile):
    assert outline(report(profile=profile)) == _file(profile).read_text("utf-8")


if __name__ == "__main__":
    for name in PROFILES:
        _file(name).write_text(outline(report(profile=name)), "utf-8")
