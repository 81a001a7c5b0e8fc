"""Paper sheets: everything that is asked, room to write, and nothing of any visit."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.instruments.library import builtin
from reviewapp.instruments.model import Guide
from reviewapp.report.paper.forms import CASE_NOTES, FORMS, paper_sheet

INSTRUMENT = builtin()[0]
DAY = date(2026, 11, 17)


def words_of(form: str) -> str:
    from pypdf import PdfReader

    pages = PdfReader(BytesIO(paper_sheet(INSTRUMENT, form, DAY))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("guide", INSTRUMENT.guides, ids=[guide.group for guide in INSTRUMENT.guides])
def test_a_sheet_asks_for_consent_and_then_every_question(guide: Guide) -> None:
    group = guide.group
    words = words_of(group)
    assert words.index("May I write down") < words.index("in a published report") < words.index("Questions")
    for prompt in guide.prompts:
        assert " ".join(prompt.text.split()) in words
        assert prompt.id in words


def test_the_grid_holds_every_item() -> None:
    words = words_of(CASE_NOTES)
    for item in INSTRUMENT.audit:
        assert item.text in words
    assert "never a name" in words


def test_the_same_form_is_the_same_file() -> None:
    assert all(paper_sheet(INSTRUMENT, form, DAY) == paper_sheet(INSTRUMENT, form, DAY) for form in FORMS)


def test_a_form_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Invalid):
        paper_sheet(INSTRUMENT, "neighbours", DAY)
