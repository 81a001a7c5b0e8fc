"""What was looked for is marked where it begins a word, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.search.query import highlight, matches, parse_query


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("47", "47, 147, 47a and _47_", ["47", "47", "47"]),
        ('"47"', "47, 147, 47a and _47_", ["47", "47"]),
        ("cafe", "Café, cafés; decafé", ["Café", "café"]),
        ("aa", "aaaa aa", ["aa", "aa"]),
        ('"care plan"', "care-plan, care  plan, careplan", ["care-plan", "care plan"]),
        ("ward night", "At night the ward is a Nightmare", ["night", "ward", "Night"]),
    ],
)
def test_words_are_marked_by_their_beginnings_and_phrases_whole(typed: str, text: str, found: list[str]) -> None:
    shown = highlight(text, parse_query(typed), whole=True)
    assert [shown.text[begin:end] for begin, end in shown.marks] == found


@given(st.text("ab_é 1", max_size=12), st.text("ab1é", min_size=1, max_size=2), st.booleans())
def test_a_word_is_marked_exactly_where_one_begins_with_it(text: str, word: str, whole: bool) -> None:
    looked_for = parse_query(f'"{word}"' if whole else word)
    shown = highlight(text, looked_for, whole=True)
    plain = shown.text.replace("é", "e").replace("_", " ")
    letters = word.replace("é", "e")
    expected, at = [], 0
    for one in plain.split(" "):
        if one == letters if whole else one.startswith(letters):
            expected.append((at, at + len(letters)))
        at += len(one) + 1
    assert list(shown.marks) == expected
    assert matches(text, looked_for[0]) is bool(expected)
