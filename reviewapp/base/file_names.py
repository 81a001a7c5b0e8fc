"""Names of files that every system takes: a stick goes from one to another, and Windows keeps some names for itself."""

from __future__ import annotations

import re

_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in "123456789\u00b9\u00b2\u00b3"}
)
"""Names that Windows takes for a device, in any case and whatever suffix follows."""

_NOT_ALLOWED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
LONGEST = 200
"""Characters; file systems take 255 bytes, and a temporary name beside the file is longer."""


def is_portable(name: str) -> bool:
    """True if a file or folder can have this name on Windows, macOS and Linux alike."""
    return bool(name) and name == portable(name)


def portable(name: str) -> str:
    """The name as every system takes it: what is not allowed becomes a dash, a device's name gets an underscore."""
    text = _NOT_ALLOWED.sub("-", name).rstrip(". ")
    stem, dot, rest = text.partition(".")
    if stem.rstrip().casefold() in _DEVICES:
        text = f"{stem.rstrip()}_{dot}{rest}"
    return _cut(text) or "_"


def with_note(name: str, note: str) -> str:
    """The name of a file that belongs to the one with this name: `R2.review` and `(2 of 3)`: `R2 (2 of 3).review`."""
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(suffix) > 20:
        stem, dot, suffix = name, "", ""
    most = LONGEST - len(note) - len(dot) - len(suffix) - 1
    return f"{stem[:most].rstrip('. ')} {note}{dot}{suffix}"


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    stem, dot, suffix = text.rpartition(".")
    if not dot or len(suffix) > 20:
        return text[:LONGEST].rstrip(". ")
    return f"{stem[: LONGEST - len(suffix) - 1].rstrip('. ')}.{suffix}"
