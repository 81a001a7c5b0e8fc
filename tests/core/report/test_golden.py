"""The report of a small visit, word for word: a change in it is a change that readers will see.

After a wanted change: `python -m tests.core.report.test_golden` writes the files anew; read the difference.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from reviewapp.figures.status import status
from reviewapp.plan.pages.brief import brief
from reviewapp.plan.pages.follow_up import follow_up
from reviewapp.plan.pages.managers_brief import managers_brief
from reviewapp.plan.pages.scoping import scoping
from reviewapp.plan.pages.team_profile import team_profile
from reviewapp.report.chart_blocks import Chart, Dumbbells, Slopes, Strip, Tiles
from reviewapp.report.runs import plain_text
from reviewapp.report.tree import (
    Callout,
    Card,
    Cards,
    Cover,
    Document,
    Facts,
    Heading,
    Listing,
    Paragraph,
    Profile,
    Quote,
    Table,
)
from tests.core.report import fidelity
from tests.core.report.building import report

GOLDEN = Path(__file__).parents[2] / "golden"
PROFILES: tuple[Profile, ...] = ("committee", "host", "circulation")
TODAY = date(2027, 3, 15)
DOCUMENTS: dict[str, Callable[[], Document]] = {
    **{f"report-{profile}": partial(report, profile=profile) for profile in PROFILES},
    **{f"fidelity-{profile}": partial(fidelity.reported, "three rounds", profile) for profile in PROFILES},
    "fidelity-39-items": partial(fidelity.reported, "39 items", "host"),
    "scoping_day": lambda: scoping(fidelity.third_round(), status(fidelity.third_round()), TODAY),
    "follow_up": lambda: follow_up(fidelity.third_round(), TODAY),
    "managers_brief": lambda: managers_brief(fidelity.third_round(), status(fidelity.third_round()), TODAY),
    "team_profile": lambda: team_profile(fidelity.third_round(), status(fidelity.third_round()), TODAY),
    "new_staff_brief": lambda: brief(fidelity.third_round(), status(fidelity.third_round()), TODAY),
}
"""What is kept word for word, by the name of its file."""


def outline(document) -> str:
    """Structure and words of a tree, a line a piece."""
    return "\n".join(line for block in document.parts for line in _lines(block)) + "\n"


def _lines(block) -> list[str]:  # noqa: C901 - a case for each kind of block
    match block:
        case Heading():
            return ["", f"{'#' * block.level} {plain_text(block.runs)}"]
        case Paragraph():
            return [plain_text(block.runs)]
        case Listing():
            return [f"* {plain_text(item)}" for item in block.items]
        case Facts():
            return [f"{'- ' if block.dense else ''}{row.label}: {plain_text(row.runs)}" for row in block.rows]
        case Table():
            heads = " | ".join(column.title for column in block.columns)
            return [f"[table] {block.caption}", heads, *(" | ".join(map(plain_text, row)) for row in block.rows)]
        case Quote():
            said = f"({block.label}, {block.group}, {block.tone}, {', '.join(block.standards)})"
            return [f"> {block.number}. {block.text} {said}"]
        case Chart() | Slopes() | Tiles() | Dumbbells() | Strip():
            return _picture(block)
        case Cards():
            return [line for card in block.cards for line in _card(card)]
        case Callout():
            return [f"! {block.title}: {plain_text(block.runs)}"]
        case Cover():
            facts = [f"{f.label}: {plain_text(f.runs)}" for f in block.facts]
            notices = [line for notice in block.notices for line in _lines(notice)]
            return [block.kind_of_report, block.title, block.subtitle, *facts, *notices]
        case _:
            return [f"[{type(block).__name__}]"]


def _card(card: Card) -> list[str]:
    return [f"[card] {plain_text(card.title)}", plain_text(card.rating), card.strip.alt, *map(plain_text, card.lines)]


def _picture(block) -> list[str]:
    match block:
        case Strip():
            return [f"[strip] {block.alt}"]
        case Dumbbells():
            return [f"[dumbbells] {plain_text(block.title)}", block.alt]
        case Tiles():
            return [f"[tiles] {block.caption}", block.alt]
        case _:
            return [f"[{_drawn(block)}] {block.caption}", block.alt]


def _drawn(block: Chart | Slopes) -> str:
    """Whether lines join the rounds of a row, which those of a total never do."""
    return "chart" if isinstance(block, Chart) else "joined" if block.joined else "apart"


def second_lens() -> str:
    """The part of the second instrument, alone: the first one's is that of the sample."""
    lines = outline(fidelity.reported("two lenses", "circulation"))
    begin = lines.index("# Appendix B: Against a second set")
    return lines[begin : lines.index("# Appendix C: ", begin)]


def _file(name: str) -> Path:
    return GOLDEN / f"{name}.txt"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_document_reads_as_agreed(name):
    assert outline(DOCUMENTS[name]()) == _file(name).read_text("utf-8")


def test_the_part_of_the_second_instrument_reads_as_agreed():
    assert second_lens() == _file("second_lens").read_text("utf-8")


if __name__ == "__main__":
    for each, make in DOCUMENTS.items():
        _file(each).write_text(outline(make()), "utf-8")
    _file("second_lens").write_text(second_lens(), "utf-8")
