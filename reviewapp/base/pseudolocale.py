"""The pseudo-language `x-long` for checking layouts: English with accents, 40 % longer and between marks."""

from __future__ import annotations

import math
import re

FACTOR = 1.4
OPEN, CLOSE = "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}", "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
_ACCENTS = str.maketrans("aeiouyAEIOUYcns", "àëîôûÿÀËÎÔÛŸçñš")
_KEPT = re.compile(r"(\{[^{}]*\}|&\w|\([^()]*\*[^()]*\)|;;|\n)")
"""The parts of a message that keep their position and letters: fields, menu mnemonics, file patterns, line ends."""


class Pseudolocale:
    """Translations that return every message lengthened."""

    def gettext(self, message: str, /) -> str:
        """The message, pseudo-translated."""
        return pseudo_translate(message)

    def ngettext(self, one: str, many: str, n: int, /) -> str:
        """The English form for the number, pseudo-translated."""
        return pseudo_translate(one if n == 1 else many)


def pseudo_translate(message: str) -> str:
    """The message with 40 % more letters, doubled here and there, between marks; unchanged when it has no letters."""
    parts = _KEPT.split(message)
    own = range(0, len(parts), 2)  # the kept parts are at the odd positions
    if not any(letter.isalpha() for number in own for letter in parts[number]) and "&" not in message:
        return message
    letters = sum(len(parts[number]) for number in own) + message.count("\n")  # a line end is no longer than it was
    more = math.ceil(letters * (FACTOR - 1))
    while more > 0:
        before = more
        for number in own:
            parts[number], more = _doubled(parts[number], more)
        if more == before:
            break
    for number in own:
        parts[number] = parts[number].translate(_ACCENTS)
    text = "".join(parts)
    return text if "(*" in message else f"{OPEN}{text}{CLOSE}"


def _doubled(part: str, more: int) -> tuple[str, int]:
    made: list[str] = []
    for number, letter in enumerate(part):
        made.append(letter)
        if more > 0 and letter.isalpha() and number % 2 == 0:
            made.append(letter.lower())
            more -= 1
    return "".join(made), more
