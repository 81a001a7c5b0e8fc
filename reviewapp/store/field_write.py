"""A value on its way into the journal."""

from __future__ import annotations

from typing import Any

import msgspec


class FieldWrite(msgspec.Struct, frozen=True):
    """A value to be written to a field, and the heads of the field that its author saw."""

    entity: str
    key: str
    field: str
    value: Any
    parents: tuple[str, ...]
