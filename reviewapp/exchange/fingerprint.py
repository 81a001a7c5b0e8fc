"""Words that tell keys apart: the same on two screens exactly when the keys are the same."""

from __future__ import annotations

import hashlib
from functools import cache

from mnemonic import Mnemonic

from reviewapp.store.entry import canonical

_BITS = 11
"""Of one word: the list has 2,048."""
LAPTOP, VISIT, NETWORK = 3, 4, 4
"""How many words a laptop, a visit and a network have."""


def laptop_words(public_key: str) -> str:
    """Three words for a laptop's key, given in hex; its own screen shows the same ones."""
    return _words(b"reviewapp words" + bytes.fromhex(public_key), LAPTOP)


def visit_words(visit: str, instrument: object, authority: str, second: tuple[object, object] | None = None) -> str:
    """Four words for what a visit is: the same on every laptop that has the same standards and the same lead.

    `second`: the second instrument and the crosswalk to it, of a visit that has them.
    """
    return _words(b"reviewapp visit" + canonical([visit, instrument, authority, *(second or ())]), VISIT)


def network_words(public_key: str) -> str:
    """Four words for the key (`age1...`) to which a network's extracts are sealed; its office shows the same ones."""
    return _words(b"reviewapp network" + public_key.encode(), NETWORK)


def _words(content: bytes, many: int) -> str:
    number = int.from_bytes(hashlib.sha256(content).digest(), "big")
    words = _list()
    return " ".join(words[(number >> (_BITS * place)) % len(words)] for place in range(many))


@cache
def _list() -> list[str]:
    return list(Mnemonic("english").wordlist)
