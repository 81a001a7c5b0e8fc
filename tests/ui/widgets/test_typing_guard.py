"""Keys that are commands, and the letters of a sentence: told apart by the times of the keys alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.widgets.typing_guard import SENTENCE_MS, TypingGuard

COMMANDS = "mna"


def acted(text: str, *, every: int = 40, guard: TypingGuard | None = None, start: int = 1_000) -> int:
    """How many commands stand after these keys, one every so many milliseconds."""
    guard = guard or TypingGuard()
    standing = 0
    for place, letter in enumerate(text):
        at = start + place * every
        if letter.casefold() in COMMANDS:
            standing += guard.command(at)
        else:
            standing -= guard.character(at, letter)
    return standing


@pytest.mark.parametrize(
    "sentence",
    [
        "many",
        "a man",
        "Many staff said so",
        "a 4-day wait",
        "nobody came",
        "Seen",
        "seen, and a man",
        "No",
        "manna, mam",
    ],
)
def test_a_sentence_rates_nothing_however_it_begins_and_ends(sentence: str) -> None:
    assert acted(sentence) == 0
    assert acted(sentence, every=0) == 0, "a program that writes what it hears is quicker than any hand"
    assert acted(sentence, every=SENTENCE_MS) == 0


@pytest.mark.parametrize("keys", ["m", "mn", "nnn", "mnamna"])
def test_commands_alone_all_act(keys: str) -> None:
    assert acted(keys) == len(keys)


def test_after_a_pause_a_letter_takes_nothing_back_and_a_command_acts_again() -> None:
    guard = TypingGuard()
    assert guard.command(1_000)
    assert guard.character(1_000 + SENTENCE_MS + 1, "y") == 0
    assert not guard.command(1_500)
    assert guard.command(1_501 + SENTENCE_MS)


def test_only_the_burst_is_taken_back() -> None:
    guard = TypingGuard()
    begins = []
    for at in (1_000, 2_000, 2_100):
        assert guard.command(at)
        begins.append(guard.begins_burst)
    assert begins == [True, True, False]
    assert guard.character(2_200, "y") == 2


def test_a_number_typed_to_jump_in_a_list_is_no_sentence() -> None:
    guard = TypingGuard()
    for at, figure in ((1_000, "8"), (1_100, "4")):
        assert guard.character(at, figure) == 0 and not guard.in_sentence
    assert guard.command(1_200)
    assert guard.character(1_300, "1") == 0


def test_times_that_jump_back_are_a_pause() -> None:
    guard = TypingGuard()
    assert guard.character(5_000, "x") == 0
    assert guard.command(10)


@given(st.text(alphabet="mnab cd", min_size=1, max_size=20), st.integers(0, SENTENCE_MS))
def test_whatever_is_typed_without_a_pause_stands_only_if_it_is_nothing_but_commands(text: str, every: int) -> None:
    begins = text.lstrip(" ")
    assert acted(begins, every=every) == (len(begins) if set(begins) <= set(COMMANDS) else 0)
