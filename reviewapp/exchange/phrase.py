"""The visit phrase: six words, said aloud once in the morning, that open the visit pack."""

from __future__ import annotations

import secrets

from mnemonic import Mnemonic

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _

WORDS = 6


def new_phrase() -> str:
    """Six random words from a list of 2,048 (66 bits, and Argon2id derives the key from them)."""
    words = Mnemonic("english").wordlist
    return " ".join(secrets.choice(words) for __ in range(WORDS))


def plain_phrase(text: str) -> str:
    """The phrase in lower case with single spaces, as the key is derived from it.

    Raises Invalid for an empty or overlong one.
    """
    phrase = " ".join(text.lower().split())
    if not phrase or len(phrase) > 500:
        raise Invalid(
            _("the phrase is empty or too long"), field="phrase", do=_("type the six words with spaces between")
        )
    return phrase
