"""What is printed, on every system: a pipe of Windows takes the letters of one code page, and names have others."""

from __future__ import annotations

import contextlib
import io
import re
import sys
from typing import Any

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def prepare_streams() -> None:
    """Have every letter that stdout or stderr cannot take printed by its number (`\\u0175`) instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors in ("strict", "surrogateescape"):
            with contextlib.suppress(OSError, ValueError):  # closed, or read from already
                stream.reconfigure(errors="backslashreplace")


def json_for(stream: Any, text: str) -> str:
    """A JSON document for a stream: as it is where that takes UTF-8, else with nothing but ASCII in it.

    So a program that reads it gets the same document, whichever code page it believes in.
    """
    encoding = str(getattr(stream, "encoding", None) or "utf-8").casefold().replace("-", "").replace("_", "")
    return text if encoding in ("utf8", "utf8sig") else _BEYOND_ASCII.sub(_escaped, text)


def _escaped(letter: re.Match[str]) -> str:
    """The letter as JSON writes it in ASCII: beyond the first 65,536 as a pair."""
    units = letter[0].encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
