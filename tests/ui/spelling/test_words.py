"""Which words of a text are looked up, and where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.spelling.dictionary import field_words, read_dictionary
from ui.spelling.words import from_qt, in_qt, word_at, words_of


def looked_up(text: str) -> list[str]:
    return [word.text for word in words_of(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They were told twice.", ["They", "were", "told", "twice"]),
        ("the carer’s plan, the team's plan", ["the", "carer's", "plan", "the", "team's", "plan"]),
        ("well-known (see below)", ["well", "known", "see", "below"]),
        ("P1 said a 2nd time at 14:30", ["said", "at", "time"]),
        ("write to a.b@example.org or www.example.org/help", ["write", "to", "or"]),
        ("in C:\\notes or /home/notes, and snake_case", ["in", "or", "and"]),
        ("x" * 61, []),
        ("", []),
    ],
)
def test_codes_numbers_addresses_and_paths_are_not_looked_up(text, words):
    assert sorted(looked_up(text)) == sorted(words)


@given(st.text(max_size=200))
def test_every_word_stands_where_it_is_said_to_stand(text):
    for word in words_of(text):
        assert text[word.begin : word.end].replace("’", "'") == word.text
        assert word_at(text, word.begin) is not None
        begin, length = in_qt(text, word)
        as_qt_counts = text.encode("utf-16-le", "surrogatepass")[2 * begin : 2 * (begin + length)]
        assert as_qt_counts == text[word.begin : word.end].encode("utf-16-le", "surrogatepass")
        assert from_qt(text, begin) == word.begin


def test_the_words_of_the_field_are_in_order_once_and_not_in_the_general_dictionary():
    words = field_words()
    small = [word for word in words if word == word.lower()]
    assert small == sorted(set(small))
    from hunspell import Hunspell

    from reviewapp.base.paths import resource

    general = Hunspell("index", hunspell_data_dir=str(resource("spelling", "en-GB")))
    assert [word for word in words if general.spell(word)] == []


def test_british_spelling_and_the_words_of_the_field_are_known():
    known = read_dictionary()
    for word in ("colour", "organise", "clozapine", "Clozapine", "biopsychosocial", "coproduction", "carers"):
        assert known.spell(word), word
    for word in ("color", "assesment", "recieve"):
        assert not known.spell(word), word
