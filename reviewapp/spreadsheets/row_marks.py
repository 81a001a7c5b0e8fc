"""The marks in an exported row by which a returned sheet shows which fields were changed and which row is which."""

from __future__ import annotations

import hashlib
import json
import re

from reviewapp.spreadsheets.cells import UNPRINTABLE

_ENCODED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def normalised_cell(text: str) -> str:
    """The text as a sheet holds it: no blanks around it, one kind of line break, nothing a sheet cannot hold."""
    return UNPRINTABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def digest_of_field(name: str, text: str) -> str:
    """A short digest of a field's text: "s" and eight hex digits.

    Office programs decode `_x0041_` in a cell to `A` when they open and save it; that is no change by a person, so such
    codes are decoded before hashing.
    """
    text = _ENCODED.sub(lambda found: chr(int(found[1], 16)), text)
    return "s" + hashlib.sha256(f"{name}\0{text}".encode(errors="replace")).hexdigest()[:8]


def check_code(visit_id: str, row_id: str, number: str, sent: str) -> str:
    """Code that ties a row's id to its visit, its standard and the text sent; a moved or altered id does not match."""
    content = json.dumps([visit_id, row_id, number, sent])
    return "c" + hashlib.sha256(content.encode()).hexdigest()[:12]
