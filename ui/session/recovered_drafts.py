"""Drafts found after a crash: the record and the field that each belongs to, without any of its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reviewapp.visit.statements import Statement


@dataclass(frozen=True)
class RecoveredDraft:
    """A text that was found: the kind and key of its record, the fields that make the key, and its own field."""

    kind: str
    key: str
    ids: tuple[tuple[str, str], ...]
    field: tuple[str, ...]


def recovered_drafts(drafts: Iterable[Statement], me: str) -> tuple[RecoveredDraft, ...]:
    """What these texts, written by the person `me`, belong to."""
    return tuple(RecoveredDraft(line.kind(), line.key(me), _ids(line), field_of(line)) for line in drafts)


def field_of(line: Statement) -> tuple[str, ...]:
    """The record and the field that a line of one text says something of, without the text."""
    return (line.kind(), *(value for __, value in _ids(line)), *line.values())


def _ids(line: Statement) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(getattr(line, name))) for name in line.IDS)
