"""Names of files as text.

A system may give a file a name of any bytes; Python hands on those that are no text as half characters (surrogates),
which no document, store or window can hold.
"""

from __future__ import annotations

import re

_HALF = re.compile("[\ud800-\udfff]")
_BYTES = range(0xDC80, 0xDD00)


def as_text(name: object) -> str:
    """The name for a message, a document or a store; a byte of it that is no text as `\\xe9`."""
    return _HALF.sub(_written, str(name))


def _written(found: re.Match[str]) -> str:
    number = ord(found[0])
    return f"\\x{number - 0xDC00:02x}" if number in _BYTES else f"\\u{number:04x}"
