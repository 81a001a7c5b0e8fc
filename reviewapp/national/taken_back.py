"""An extract without the words that somebody took back."""

from __future__ import annotations

from collections.abc import Container

import msgspec

from reviewapp.national.model import Extract


def without(extract: Extract, records: Container[str]) -> Extract:
    """The same extract without the quotes and examples of these keys; everything else stays as it is."""
    return msgspec.structs.replace(
        extract,
        quotes=tuple(one for one in extract.quotes if one.record not in records),
        practice=tuple(one for one in extract.practice if one.record not in records),
    )
