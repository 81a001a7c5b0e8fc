"""What may be chosen as a passphrase or visit phrase: long enough, and not what is guessed first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.base import passphrases
from reviewapp.base.errors import Invalid
from reviewapp.base.passphrases import LEVELS, Verdict, check_new, judge, weakness
from reviewapp.exchange.phrase import new_phrase


@pytest.mark.parametrize(
    "text", ["lamp otter quay vine", "we met twelve owls", "Tr0ub4dour&3xx", "日本語の合言葉を十二文字", "x9!kQ2#vRt7&"]
)
def test_twelve_characters_or_four_words_that_are_not_guessed_first_are_strong(text: str) -> None:
    assert judge(text).strong and weakness(text) == ""
    check_new(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("secret-123", "too short"), ("xK9$qz!7Lp", "too short"), ("a b c d", "too short"), ("", "too short"),
        ("password1234", "people try"), ("qwertyuiop12", "people try"), ("iloveyou1234", "people try"),
        ("aaaaaaaaaaaa", "repeats itself"), ("letmeinletmein", "repeats itself"), ("x" * 400, "repeats itself"),
        ("abcdefghijklmn", "counts up"), ("sdfghjkmnbvc", "keys"), ("12/03/1985 12", "a date"),
    ],
)  # fmt: skip
def test_what_is_short_or_guessed_first_is_weak_and_is_said_why(text: str, why: str) -> None:
    verdict = judge(text)
    assert not verdict.strong and verdict.level < passphrases.ENOUGH
    assert why in verdict.why
    with pytest.raises(Invalid, match=why) as refused:
        check_new(text, "visit phrase")
    assert (
        "the visit phrase is too weak" in str(refused.value)
        and "at least 12 characters, or 4 words" in refused.value.do
    )


def test_a_new_visit_phrase_is_always_strong() -> None:
    assert all(judge(new_phrase()).strong for _ in range(20))


def test_a_strong_beginning_or_end_makes_a_long_one_strong() -> None:
    strong = "lamp otter quay vine"
    assert not judge("a" * 90).strong
    assert judge(strong + "a" * 90).strong and judge("a" * 90 + strong).strong


@given(st.text(max_size=120))
def test_whatever_is_typed_is_judged_and_never_fails(text: str) -> None:
    verdict = judge(text)
    assert 0 <= verdict.level <= LEVELS
    assert verdict.strong is (verdict.why == "") and verdict.strong <= (verdict.level >= passphrases.ENOUGH)


@given(st.text(min_size=12, max_size=60), st.text(max_size=60))
def test_where_dates_cannot_be_reckoned_the_length_decides(before: str, after: str) -> None:
    """With a clock that is centuries ahead."""
    import zxcvbn

    def overflow(*_: object, **__: object) -> None:
        raise OverflowError

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(zxcvbn, "zxcvbn", overflow)
        assert judge(before + after) == Verdict(passphrases.ENOUGH)
        assert not judge("short").strong
