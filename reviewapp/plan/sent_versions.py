"""Versions of an action's fields: marks on the sent sheet of the entries behind each cell, found again on return.

A returned sheet was written by people who saw the plan as it was when it was sent. Their values are recorded with
those entries as parents, so what the lead changed meanwhile and what they changed are a conflict, as when two laptops
are joined.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from reviewapp.plan.rows import EARLIER_FIELDS, FIELDS

if TYPE_CHECKING:
    from reviewapp.workspace.changes import HistoryItem

History = Callable[[str], "Sequence[HistoryItem]"]
"""From the id of an action to every value that each of its fields ever had, as `OpenVisit.history` returns them."""

MARKED = (*FIELDS, "deleted")
"""The fields whose entries a mark names."""
_EARLIER = (*EARLIER_FIELDS, "deleted")
"""Those that the mark of an earlier version names."""
_ID_LENGTH = 16
"""Characters of an entry's id in a mark."""


def nothing_known(_row_id: str) -> Sequence[HistoryItem]:
    """An empty history, for a visit that exists only as a state."""
    return ()


class Versions:
    """The history of one action, with queries by field."""

    def __init__(self, items: Sequence[HistoryItem]) -> None:
        self._items: dict[str, list[HistoryItem]] = {}
        for item in items:
            self._items.setdefault(item.field, []).append(item)

    def heads(self, field: str) -> tuple[str, ...]:
        """The ids of a field's current entries (no other entry follows them); several in a conflict."""
        return tuple(item.entry for item in self._current(field))

    def values(self, field: str) -> list[Any]:
        """The current values of a field; several in a conflict."""
        return [item.value for item in self._current(field)]

    def mark(self) -> str:
        """The current entries of every field as one text for a hidden cell; `marks_of` reads it."""
        return "h" + ".".join("+".join(head[:_ID_LENGTH] for head in self.heads(field)) for field in MARKED)

    def known(self, field: str, marks: tuple[str, ...]) -> tuple[str, ...]:
        """The ids of this field's entries that a mark names; entries not held here or of another field are left out."""
        found = (item.entry for item in self._items.get(field, ()) if item.entry[:_ID_LENGTH] in marks)
        return tuple(found)

    def said_since(self, field: str, value: Any, seen: tuple[str, ...], person: str, *, settled: bool) -> bool:
        """True if `person` wrote this value of the field after the entries `seen`.

        Unless the conflict was `settled`, an entry that Undo reverted since does not count.
        """
        before = self._with_ancestors(field, seen)
        return any(
            i.person == person
            and i.value == value
            and i.entry not in before
            and (settled or not self._reverted(field, i.entry))
            for i in self._items.get(field, ())
        )

    def _reverted(self, field: str, entry: str) -> bool:
        """True if an entry that followed this one restores the value of another parent, as Undo does."""
        items = self._items.get(field, ())
        values = {item.entry: item.value for item in items}
        after = (item for item in items if entry in item.parents)
        return any(item.value == values.get(p) for item in after for p in item.parents if p != entry)

    def _current(self, field: str) -> list[HistoryItem]:
        items = self._items.get(field, ())
        named = {parent for item in items for parent in item.parents}
        return [item for item in items if item.entry not in named]

    def _with_ancestors(self, field: str, entries: tuple[str, ...]) -> set[str]:
        """The given entries of a field with all their ancestors."""
        parents = {item.entry: item.parents for item in self._items.get(field, ())}
        found: set[str] = set()
        todo = list(entries)
        while todo:
            entry = todo.pop()
            if entry not in found:
                found.add(entry)
                todo += parents.get(entry, ())
        return found


def marks_of(text: str) -> dict[str, tuple[str, ...]] | None:
    """The (shortened) entry ids in a hidden cell, by field; None if the text is not a mark."""
    parts = text.removeprefix("h").split(".")
    marked = next((fields for fields in (MARKED, _EARLIER) if len(fields) == len(parts)), None)
    if not text.startswith("h") or marked is None:
        return None
    return {field: tuple(part.split("+")) if part else () for field, part in zip(marked, parts, strict=True)}
