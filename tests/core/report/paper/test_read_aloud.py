"""Paper documents are for everybody too: somebody may read a form with a screen reader before it is printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest

from reviewapp.instruments.library import builtin
from reviewapp.report.paper.booklet import rating_booklet
from reviewapp.report.paper.forms import CASE_NOTES, CONSENT, paper_sheet
from reviewapp.report.paper.timetable import timetable_pdf
from reviewapp.report.paper.words_page import words_page
from tests.core.report.measuring import steps_of
from tests.core.report.pdf.conformance import faults, read_aloud, spoken
from tests.core.report.sampled import sample_visit

DAY = date(2026, 11, 17)
INSTRUMENT = builtin()[0]
DOCUMENTS: dict[str, Callable[[], bytes]] = {
    **{one.group: lambda one=one: paper_sheet(INSTRUMENT, one.group, DAY) for one in INSTRUMENT.guides},  # type: ignore[misc]
    CASE_NOTES: lambda: paper_sheet(INSTRUMENT, CASE_NOTES, DAY),
    "booklet": lambda: rating_booklet(INSTRUMENT, DAY, service="Example Team", reviewer="R2, carer"),
    "timetable": lambda: timetable_pdf(sample_visit(), DAY),
    "words": lambda: words_page("lamp otter quay vine road seal", opens="the visit pack", today=DAY),
}
PAINTS = {"Tj", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}


@pytest.fixture(scope="module", params=list(DOCUMENTS))
def made(request: pytest.FixtureRequest) -> bytes:
    return DOCUMENTS[request.param]()


def test_the_checker_finds_nothing_against_reading_aloud_or_keeping(made: bytes) -> None:
    assert faults(made) == []


def test_all_that_is_drawn_is_read_or_is_an_artifact(made: bytes) -> None:
    with pikepdf.open(BytesIO(made)) as opened:
        for one in opened.pages:
            inside = False
            for _, operator in steps_of(one):
                inside = operator in ("BDC", "BMC") or (inside and operator != "EMC")
                assert inside or operator not in PAINTS


def test_a_form_is_read_in_the_order_in_which_it_is_filled_in() -> None:
    found = spoken(DOCUMENTS["patient"]())
    words = "".join(one.text for one in found)
    asked = ["Interview with a patient ", "Reviewer (code) ", "How ", "in person ", "phone ", "Before you begin "]
    places = [words.index(one) for one in asked]
    assert places == sorted(places)
    for question, choices in CONSENT:
        at = next(n for n, one in enumerate(found) if one.text == f"{question} ")
        assert [(one.role, one.text) for one in found[at + 1 : at + 3]] == [("LBody", f"{one} ") for one in choices]
    guide = INSTRUMENT.guide("patient")
    assert guide is not None
    for prompt in guide.prompts:
        assert f"{prompt.id} {' '.join(prompt.text.split())} " in " ".join(words.split())


def test_levels_of_headings_begin_with_1_and_skip_none(made: bytes) -> None:
    levels = [int(one.role[1]) for one in spoken(made) if one.role in ("H1", "H2", "H3")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_words_that_open_a_file_are_read_with_their_numbers() -> None:
    assert "1 lamp 2 otter 3 quay 4 vine 5 road 6 seal " in read_aloud(DOCUMENTS["words"]())
