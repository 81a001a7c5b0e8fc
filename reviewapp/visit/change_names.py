"""What a change is called in "Undo ..." and in the history."""

from __future__ import annotations

from collections.abc import Sequence

from reviewapp.base.i18n import _
from reviewapp.visit.statements import Statement


def change_name(lines: Sequence[Statement], person: str) -> str:
    """A short name for what these statements of `person` do; several of them are named by their number."""
    if not lines:
        return "nothing"
    first = lines[0]
    if any(type(line) is not type(first) for line in lines):
        return _("{n} changes", n=len(lines))
    if len(lines) > 1:
        return f"{len(lines)} × {first.noun()}"
    return first.change_name(person)
