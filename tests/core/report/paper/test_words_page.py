"""The words on paper: one page, all of them in their order, and that it is secret."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest

from reviewapp.report.paper.words_page import words_page

DAY = date(2026, 11, 17)
SIX = "anchor bicycle copper dolphin evening flower"
EIGHT = f"{SIX} garden hollow"


def pages_of(phrase: str) -> list[str]:
    from pypdf import PdfReader

    made = words_page(phrase, opens="the visit pack", about="Example service, 17 November 2026", today=DAY)
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(made)).pages]


@pytest.mark.parametrize("phrase", [SIX, EIGHT])
def test_the_words_stand_on_one_page_in_their_order(phrase: str) -> None:
    (page,) = pages_of(phrase)
    places = [page.index(word) for word in phrase.split()]
    assert places == sorted(places)


def test_the_page_says_that_it_is_secret_and_where_to_keep_it() -> None:
    (page,) = pages_of(SIX)
    assert "This page is secret" in page and "Where to keep this page" in page and "the visit pack" in page


def test_neither_title_nor_foot_of_the_page_tells_a_word() -> None:
    from pypdf import PdfReader

    read = PdfReader(BytesIO(words_page(SIX, opens="the visit pack", today=DAY)))
    told = f"{read.metadata}"
    assert not any(word in told for word in SIX.split())


def test_the_same_words_are_the_same_file() -> None:
    assert words_page(SIX, opens="the visit pack", today=DAY) == words_page(SIX, opens="the visit pack", today=DAY)
