"""How strong a new passphrase or visit phrase is, and what would make it stronger.

Argon2id makes every guess slow; this sees to it that many are needed. The rule: at least twelve characters or four
words, and not among what is guessed first, by zxcvbn's lists of leaked passwords, common words and names, keys beside
each other, dates and repetitions. What is set already opens for ever, whatever it is.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _

LEAST_CHARACTERS, LEAST_WORDS = 12, 4
RULE = _("at least {characters} characters, or {words} words", characters=LEAST_CHARACTERS, words=LEAST_WORDS)
LEVELS = 4
"""The strongest level; 0 is guessed at once."""
ENOUGH = 3
"""The level from which on it is strong: some hundred million guesses, at a fifth of a second each."""
_LOOKED_AT = 72
"""Characters that zxcvbn looks at: what it takes grows with more than their number."""
_OF_THE_FIELD = ("reviewapp", "crisis", "home", "treatment", "crht", "crhtt", "qn-crhtt", "nhs", "trust")
"""Words that anybody would try here first."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_WHY = {
    "spatial": _("it follows keys that are next to each other"),
    "repeat": _("it repeats itself"),
    "sequence": _("it counts up, like abc or 123"),
    "date": _("a date is easy to guess"),
    "regex": _("a year is easy to guess"),
}


class Verdict(NamedTuple):
    """How strong a passphrase is, from 0 to `LEVELS`, and why it is not strong: empty if it is."""

    level: int
    why: str = ""

    @property
    def strong(self) -> bool:
        """Whether it may be chosen today."""
        return not self.why


def judge(text: str) -> Verdict:
    """How strong a passphrase is. Takes some milliseconds, and the first time as long again as loading its lists."""
    if len(text) < LEAST_CHARACTERS and len(_WORD.findall(text)) < LEAST_WORDS:
        return Verdict(min(1, _guessed(text)[0]), _("it is too short"))
    # The strength of a part is the least that the whole has.
    level, why = max(_guessed(text[:_LOOKED_AT]), _guessed(text[-_LOOKED_AT:]), key=lambda found: found[0])
    return Verdict(level, "" if level >= ENOUGH else why)


def check_new(text: str, what: str = _("passphrase")) -> None:
    """Raise Invalid for a passphrase or phrase (`what`) that is too weak to be chosen, with why and what to do."""
    verdict = judge(text)
    if not verdict.strong:
        raise Invalid(
            _("the {what} is too weak: {why}", what=what, why=verdict.why),
            do=_("choose another one: {rule}, and avoid anything easy to guess", rule=RULE),
        )


def weakness(text: str) -> str:
    """Why a passphrase that is in use would not be taken today; empty if it would be."""
    return judge(text).why


def _guessed(text: str) -> tuple[int, str]:
    """The level by zxcvbn, and what it would be guessed by first."""
    from zxcvbn import zxcvbn

    try:
        found = zxcvbn(text, _OF_THE_FIELD, max_length=_LOOKED_AT)
    except (ArithmeticError, LookupError, OSError, ValueError):
        # An empty text, or a clock that is centuries ahead, from which it reckons dates: then the length decides.
        return (ENOUGH if text else 0), ""
    return int(found["score"]), _reason(found["sequence"])


def _reason(sequence: list[dict[str, Any]]) -> str:
    """What the longest part of a passphrase that was recognised is."""
    known = [part for part in sequence if part["pattern"] != "bruteforce"]
    if not known:
        return _("it has too few characters that are hard to guess")
    longest = max(known, key=lambda part: len(part["token"]))
    if longest["pattern"] != "dictionary":
        return _WHY.get(longest["pattern"], _WHY["sequence"])
    if longest["dictionary_name"] == "passwords" and len(known) == 1:
        return _("it is one of the first passphrases that people try")
    return _("it is made of words that people try first")
