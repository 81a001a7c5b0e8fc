"""Single cells: recognising, escaping and unescaping formulas, cell addresses, and normalised text."""

from __future__ import annotations

import re
from collections.abc import Iterable

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no spreadsheet can hold."""

COPY_NAME = re.compile(r"(.+?)(?:\s*\(\d{1,3}\)|_\d{1,3}|\s+copy(?:\s+\d+)?)", re.IGNORECASE)
"""The name that a program gives to a copied sheet: `Answers (2)`, `Answers_2`."""

_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
"""What a formula begins with, also in full width, which some programs take for the same."""
_RISKY = re.compile(rf"""[ '"\u00a0\u3000\ufeff\u200b]*[{_SIGNS}]|'*\t""")
"""The beginning of a formula, behind blanks and quotation marks or not."""
_RISKY_FIELD = re.compile(rf"(?:\A|(?<=[;|\t\r\n]))(?={_RISKY.pattern})")
_GUARDED_FIELD = re.compile(rf"(?:\A|(?<=[;|\t\r\n]))'(?={_RISKY.pattern})")


def address(row: int, column: int) -> str:
    """`B7` for row 7 and column 1 (columns count from 0)."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def escape_formula(text: str) -> str:
    """A CSV cell that no spreadsheet program takes for a formula; `unescape_formula` undoes it exactly.

    An apostrophe goes before the beginning of a formula, and also after what other countries separate cells by: where
    that is a semicolon, the quotation marks around this cell count for nothing, and its text falls into pieces.
    """
    return _RISKY_FIELD.sub("'", text)


def unescape_formula(text: str) -> str:
    """A CSV cell without the apostrophes that `escape_formula` put into it."""
    return _GUARDED_FIELD.sub("", text)


def begins_as_formula(text: str) -> bool:
    """True for a text that a spreadsheet program could take for a formula once somebody edits its cell."""
    return bool(_RISKY.match(text))


_FORMULA = re.compile(r"=|#(N/A|REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)")


_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]"
)
"""Characters that take no room: soft hyphens, joiners, marks of direction, a byte order mark within a text."""


def visible(text: str) -> str:
    """The text as it is seen: without characters that take no room, every kind of blank as a plain one.

    Other programs paste such characters in unseen. For values only: words that people wrote keep every character.
    """
    return "".join(" " if c.isspace() and c != "\n" else c for c in _INVISIBLE.sub("", text))


def stripped(text: str) -> str:
    """The text without blanks around it; empty when nothing of it can be seen."""
    return text.strip().strip("\ufeff\u200b\u2060").strip() if visible(text).strip() else ""


def normalised(text: str) -> str:
    """The text's letters and digits only, in small letters: "Not Applicable" and "not_applicable" are the same word."""
    return "".join(c for c in text.casefold() if c.isalnum())


def heading_candidates(text: str) -> Iterable[str]:
    """The parts of a heading that may name its column: all of it, its first line, its first word."""
    yield text
    yield text.strip().partition("\n")[0]
    yield from text.split()[:1]


def is_formula(text: str) -> bool:
    """True for a cell that a spreadsheet program would calculate, and for the error it left when it could not."""
    return bool(_FORMULA.match(text))
