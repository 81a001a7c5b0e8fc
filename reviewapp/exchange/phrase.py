"""The visit phrase: six words, said aloud once in the morning, that open the visit pack; and a deputy's eight."""

from __future__ import annotations

import secrets

from mnemonic import Mnemonic

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _

WORDS = 6
DEPUTY_WORDS = 8
"""On paper for a whole visit: 88 bits, which nobody guesses, whatever they hold."""


def new_phrase() -> str:
    """Six random words from a list of 2,048 (66 bits, and Argon2id derives the key from them)."""
    return _random(WORDS)


def new_deputy_words() -> str:
    """Eight random words from the same list, with which a deputy takes over."""
    return _random(DEPUTY_WORDS)


def is_deputy_words(text: str) -> bool:
    """Whether these are eight words of the list."""
    return len(text.split()) == DEPUTY_WORDS and not not_in_list(text)


def not_in_list(text: str) -> list[str]:
    """The words that are none of the list, so that they were read or typed wrong."""
    known = set(Mnemonic("english").wordlist)
    return [word for word in text.lower().split() if word not in known]


def plain_phrase(text: str) -> str:
    """The phrase in lower case with single spaces, as the key is derived from it.

    Raises Invalid for an empty or overlong one.
    """
    phrase = " ".join(text.lower().split())
    if not phrase or len(phrase) > 500:
        raise Invalid(
            _("the words are missing or too long"), field="phrase", do=_("enter the six words with spaces between them")
        )
    return phrase


def _random(many: int) -> str:
    words = Mnemonic("english").wordlist
    return " ".join(secrets.choice(words) for __ in range(many))
