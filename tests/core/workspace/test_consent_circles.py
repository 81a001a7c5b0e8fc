"""Nobody's words reach a circle that was not asked about: an unanswered question is a no, in every circle."""

from __future__ import annotations

from itertools import product
from typing import get_args

import msgspec
import pytest

from reviewapp.report.paper.forms import CONSENT
from reviewapp.visit.state import InterviewRecord
from reviewapp.workspace.qda_export import Circle, agreed_to

CIRCLES: tuple[Circle, ...] = ("quotes", "circulation", "published")
FIELDS = tuple(f"consent_{one}" for one in CIRCLES)


@pytest.mark.parametrize("answers", list(product((True, False, None), repeat=3)))
def test_words_reach_a_circle_only_where_it_and_each_before_it_was_a_yes(
    answers: tuple[bool | None, ...],
) -> None:
    said = {name: answer for name, answer in zip(FIELDS, answers, strict=True) if answer is not None}
    talk = msgspec.convert({"key": "P1/R2", "id": "P1", "group": "patient", **said}, InterviewRecord)
    for place, circle in enumerate(CIRCLES):
        assert agreed_to(talk, circle) is all(answer is True for answer in answers[: place + 1])


def test_each_circle_is_asked_about_on_the_paper_sheet_too() -> None:
    assert set(get_args(Circle)) == set(CIRCLES)
    asked = [words for words, __ in CONSENT]
    assert len(asked) == 1 + len(CIRCLES) and "published" in asked[-1]
