"""The marks in an exported row by which a returned sheet shows which fields were changed and which row is which."""

from __future__ import annotations

import hashlib
import json
import re

from reviewapp.spreadsheets.cells import UNPRINTABLE
from reviewapp.spreadsheets.writer import CELL_MOST

_ENCODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ESCAPE = "x005F_"
_PARAGRAPH = 16_000
SENT_WITH = "Sent with "
_SHORTENED = "only the review program has the rest of this text"
"""What a shortened text ends in; a cell that still says so cannot be taken for the whole text."""


def normalised_cell(text: str) -> str:
    """The text as a sheet holds it: no blanks around it, one kind of line break, nothing a sheet cannot hold."""
    return UNPRINTABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def too_long_for_a_cell(text: str) -> bool:
    """True for a text of which a cell holds only the beginning; spreadsheet programs count UTF-16 units."""
    return _units(normalised_cell(text)) > CELL_MOST


def fitted_cell(text: str) -> str:
    """The text as a cell shows it: `normalised_cell`, and where it is too long its beginning and how much is left."""
    text = normalised_cell(text)
    if _units(text) <= CELL_MOST:
        return text
    room = CELL_MOST - 200
    begin = text.encode("utf-16-le", "replace")[: 2 * room].decode("utf-16-le", "ignore").rstrip()
    left = len(text) - len(begin)
    return f"{begin} [… and {left:,} more characters: {_SHORTENED}]"


def is_shortened(text: str) -> bool:
    """True if a cell holds (part of) a text that `fitted_cell` shortened."""
    return _SHORTENED in text


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def digest_of_field(name: str, text: str) -> str:
    """A short digest of a field's text as a cell shows it: "s" and eight hex digits.

    Office programs decode `_x0041_` in a cell to `A` when they open and save it, and some drop the `x005F_` by which
    such codes are written down; and LibreOffice breaks the line where a paragraph is longer than `_PARAGRAPH`. That is
    no change by a person, so none of it makes a difference here.
    """
    shown = _decoded(fitted_cell(text))
    if len(shown) > _PARAGRAPH:
        shown = shown.replace("\n", "")
    return "s" + hashlib.sha256(f"{name}\0{shown}".encode(errors="replace")).hexdigest()[:8]


def same_cell(name: str, text: str, other: str) -> bool:
    """True if a cell shows both texts alike."""
    return digest_of_field(name, text) == digest_of_field(name, other)


def _decoded(text: str) -> str:
    """The text without codes such as `_x0041_`, however often a program decoded them."""
    while (plain := normalised_cell(_ENCODED.sub(_character, text.replace(_ESCAPE, "")))) != text:
        text = plain
    return text


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def is_mark_heading(text: str) -> bool:
    """True for the heading of a hidden column that says what a sheet was sent with (`sent_with`)."""
    return text.startswith(f"{SENT_WITH}s")


def check_code(visit_id: str, row_id: str, number: str, sent: str) -> str:
    """Code that ties a row's id to its visit, its standard and the text sent; a moved or altered id does not match."""
    content = json.dumps([visit_id, row_id, number, sent])
    return "c" + hashlib.sha256(content.encode()).hexdigest()[:12]
