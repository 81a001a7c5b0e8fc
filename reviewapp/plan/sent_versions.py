"""What the team was looking at: the entries behind each cell that was sent, named on the sheet and found again.

A sheet that comes back is said by people who saw the plan as it was when it went out. Their words are written with
those entries as parents, so what the lead changed meanwhile and what they changed stand side by side, as it does
when two laptops meet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from reviewapp.plan.rows import FIELDS

if TYPE_CHECKING:
    from reviewapp.workspace.changes import HistoryItem

History = Callable[[str], "Sequence[HistoryItem]"]
"""By the id of an action: every value each of its fields ever had, as `OpenVisit.history` gives them."""

MARKED = (*FIELDS, "deleted")
_LETTERS = 16


def nothing_known(_row_id: str) -> Sequence[HistoryItem]:
    """The history of a visit that exists only as a state."""
    return ()


class Versions:
    """The history of one action, asked field by field."""

    def __init__(self, items: Sequence[HistoryItem]) -> None:
        self._items: dict[str, list[HistoryItem]] = {}
        for item in items:
            self._items.setdefault(item.field, []).append(item)

    def heads(self, field: str) -> tuple[str, ...]:
        """The entries that stand."""
        return tuple(item.entry for item in self._standing(field))

    def values(self, field: str) -> list[Any]:
        """What stands: several values in a conflict."""
        return [item.value for item in self._standing(field)]

    def mark(self) -> str:
        """What stands in every field, short enough for a hidden cell."""
        return "h" + ".".join("+".join(head[:_LETTERS] for head in self.heads(field)) for field in MARKED)

    def known(self, field: str, marks: tuple[str, ...]) -> tuple[str, ...]:
        """The entries of this field that a mark names. What is not here, or not of this field, is left out."""
        found = (item.entry for item in self._items.get(field, ()) if item.entry[:_LETTERS] in marks)
        return tuple(found)

    def said_since(self, field: str, value: Any, seen: tuple[str, ...], person: str, *, settled: bool) -> bool:
        """Whether `person` has said this already, having seen this.

        Unless it was `settled`, what Undo took back since does not count.
        """
        before = self._before(field, seen)
        return any(
            i.person == person
            and i.value == value
            and i.entry not in before
            and (settled or not self._taken_back(field, i.entry))
            for i in self._items.get(field, ())
        )

    def _taken_back(self, field: str, entry: str) -> bool:
        """Whether what followed it says again what stood beside it."""
        items = self._items.get(field, ())
        values = {item.entry: item.value for item in items}
        after = (item for item in items if entry in item.parents)
        return any(item.value == values.get(p) for item in after for p in item.parents if p != entry)

    def _standing(self, field: str) -> list[HistoryItem]:
        items = self._items.get(field, ())
        named = {parent for item in items for parent in item.parents}
        return [item for item in items if item.entry not in named]

    def _before(self, field: str, entries: tuple[str, ...]) -> set[str]:
        """These entries and all that they followed."""
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
    """What a hidden cell names, by field; None when it is not one of ours."""
    parts = text.removeprefix("h").split(".")
    if not text.startswith("h") or len(parts) != len(MARKED):
        return None
    return {field: tuple(part.split("+")) if part else () for field, part in zip(MARKED, parts, strict=True)}
