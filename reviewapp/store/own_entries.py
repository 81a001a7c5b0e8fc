"""What this laptop writes, held to what an entry and a laptop may say, so that it can always travel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from reviewapp.base import limits
from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.store import journal
from reviewapp.store.driver import Database
from reviewapp.store.field_write import FieldWrite

_EVERY = 128
"""The size of what a laptop has said is looked at after so many entries."""
_LARGE = 65_536
"""Characters of a text that is looked at by itself."""
_PER_PARENT, _REST = 67, 5_000
"""Bytes of one entry that is replaced, and of all else but the value."""


class OwnEntries:
    """How much one device has said in all, as far as one connection knows; only what is new is read."""

    def __init__(self) -> None:
        self._known = ("", 0, 0)

    def is_full(self, db: Database, device: str, seq: int, writes: Sequence[FieldWrite]) -> bool:
        """Whether a device with so many entries goes on as another one before it writes these."""
        after = seq + len(writes)
        if after > limits.FULL_LAPTOP_ENTRIES:
            return True
        if seq // _EVERY == after // _EVERY and not any(_is_large(one.value) for one in writes):
            return False
        known, up_to, size = self._known
        if known != device or up_to > seq:  # another one, or what was counted was taken back
            up_to, size = 0, 0
        size += journal.size_of(db, device, after=up_to)
        self._known = device, seq, size
        return size > limits.FULL_LAPTOP


def in_turns(parents: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The entries to be replaced, as many at a time as one entry names; once nothing, where there are none."""
    yield tuple(parents[: limits.MOST_PARENTS])
    for start in range(limits.MOST_PARENTS, len(parents), limits.MOST_PARENTS):
        yield tuple(parents[start : start + limits.MOST_PARENTS])


def check_size(one: FieldWrite) -> None:
    """Raise Invalid for a value that no entry holds: what is typed is judged before, by the field (`validators`)."""
    most = limits.LARGEST_ENTRY - min(len(one.parents), limits.MOST_PARENTS) * _PER_PARENT - _REST
    if _is_large(one.value) and len(msgspec.json.encode(one.value)) > most:
        raise Invalid(
            _("the {field} of {entity} {key} is too large to pass on", field=one.field, entity=one.entity,
              key=one.key),
            field=one.field,
            do=_("split it"),
        )  # fmt: skip


def _is_large(value: Any) -> bool:
    return isinstance(value, (list, dict)) if not isinstance(value, str) else len(value) > _LARGE
