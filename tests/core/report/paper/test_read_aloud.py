"""Paper documents are read aloud as they are filled in: somebody may hear a form before it is printed."""

from __future__ import annotations

from datetime import date

from reviewapp.instruments.library import builtin
from reviewapp.report.paper.forms import CONSENT, paper_sheet
from reviewapp.report.paper.timetable import timetable_pdf
from reviewapp.report.paper.words_page import words_page
from tests.core.report.pdf.conformance import read_aloud, spoken
from tests.core.report.sampled import sample_visit

DAY = date(2026, 11, 17)
INSTRUMENT = builtin()[0]


def test_a_form_is_read_in_the_order_in_which_it_is_filled_in() -> None:
    found = spoken(paper_sheet(INSTRUMENT, "patient", DAY))
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


def test_the_words_that_open_a_file_are_read_with_their_numbers() -> None:
    page = words_page("lamp otter quay vine road seal", opens="the visit pack", today=DAY)
    assert "1 lamp 2 otter 3 quay 4 vine 5 road 6 seal " in read_aloud(page)


def test_the_day_is_a_table_whose_rows_begin_with_the_time() -> None:
    found = [one for one in spoken(timetable_pdf(sample_visit(), DAY)) if one.role in ("TH", "TD")]
    assert [one.text for one in found[:5]] == ["Time ", "What ", "Where ", "Who ", "Notes "]
    assert all(one.role == "TH" for one in found[:6]) and found[6].role == "TD"
