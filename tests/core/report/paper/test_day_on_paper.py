"""The day on paper: a timetable on one page, a booklet with every standard, nothing smaller than 9 points."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest

from reviewapp.base.paths import resource
from reviewapp.instruments.library import builtin
from reviewapp.instruments.model import GROUPS
from reviewapp.report.paper.booklet import choice_words, rating_booklet
from reviewapp.report.paper.forms import CASE_NOTES, paper_sheet
from reviewapp.report.paper.timetable import timetable_pdf
from reviewapp.visit.state import SlotRecord, VisitState
from reviewapp.visit.usual_day import usual_day
from tests.core.visit.building import visit

DAY = date(2026, 11, 17)
FIRST = builtin()[0]


def read(made: bytes) -> Any:
    from pypdf import PdfReader

    return PdfReader(BytesIO(made))


def squeezed(text: str) -> str:
    """Without spaces: a cell of a table may break anywhere."""
    return "".join(text.split())


def words_of(made: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(made).pages).split())


def sizes_of(made: bytes) -> set[float]:
    """The sizes of all text on its pages, in points."""
    sizes: set[float] = set()

    def look(text: str, _cm: object, _tm: object, _font: object, size: float) -> None:
        if text.strip():
            sizes.add(size)

    for page in read(made).pages:
        page.extract_text(visitor_text=look)
    return sizes


def with_slots(slots: list[dict[str, Any]]) -> VisitState:
    state = visit(FIRST)
    for one in slots:
        state.slots[one["id"]] = SlotRecord(key=one["id"], **(one | {"who": tuple(one["who"])}))
    return state


def sample_day() -> VisitState:
    lines = (resource("sample") / "prepare.jsonl").read_text(encoding="utf-8").splitlines()
    slots = [said for line in lines if (said := json.loads(line)).pop("kind") == "slot"]
    return with_slots(slots)


def usual() -> VisitState:
    lines = usual_day(visit(FIRST))
    return with_slots([{"id": one.id, **one.values()} for one in lines])


@pytest.mark.parametrize("day", [sample_day, usual])
def test_a_day_is_one_page_with_times_rooms_people_and_what_is_done(day: Callable[[], VisitState]) -> None:
    state = day()
    made = timetable_pdf(state, DAY)
    assert len(read(made).pages) == 1
    words = squeezed(words_of(made))
    for slot in state.slots.values():
        assert not [part for part in (slot.start, slot.end, slot.title, slot.room) if squeezed(part) not in words]
    assert squeezed("L1: lead reviewer") in words


@pytest.mark.parametrize("instrument", builtin(), ids=lambda one: one.id)
def test_a_booklet_holds_every_standard_with_every_choice(instrument: Any) -> None:
    words = words_of(rating_booklet(instrument, DAY, service="Example team", reviewer="R2, clinician"))
    for standard in instrument.standards:
        assert " ".join(standard.title.split()) in words
        assert " ".join(standard.statement.split()) in words
    for choice in instrument.scale.values:
        assert words.count(choice_words(choice.label, choice.key)) >= len(instrument.standards)
    assert "R2, clinician" in words


def test_no_sheet_prints_smaller_than_nine_points_and_an_interview_takes_no_more_pages_than_it_needs() -> None:
    sheets = [paper_sheet(FIRST, form, DAY) for form in (*GROUPS, CASE_NOTES)]
    for made in (*sheets, rating_booklet(FIRST, DAY), timetable_pdf(sample_day(), DAY)):
        assert min(sizes_of(made)) >= 9
    assert [len(read(made).pages) for made in sheets[: len(GROUPS)]] == [3, 3, 3, 2, 2]


def test_the_same_paper_is_the_same_file() -> None:
    assert timetable_pdf(sample_day(), DAY) == timetable_pdf(sample_day(), DAY)
    assert rating_booklet(FIRST, DAY) == rating_booklet(FIRST, DAY)


def test_the_grid_of_case_notes_is_one_page() -> None:
    assert len(read(paper_sheet(FIRST, CASE_NOTES, DAY)).pages) == 1
