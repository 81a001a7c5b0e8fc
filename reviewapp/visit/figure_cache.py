"""Figures are worked out once for as long as what they rest on stays as it is.

The functions of this package take a whole visit and are pure, so a value stands until one of the kinds of record it
reads has changed. Whoever owns a state says `follow(state)` and then `changed(state, ...)` at every change; a state
that nobody follows, such as a copy, is worked out anew each time. What is handed out is shared: read it, never
change it.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import partial, wraps
from typing import Any, TypeVar

from reviewapp.visit.state import VisitState

Value = TypeVar("Value")
Figure = Callable[[VisitState], Value]
Stamp = tuple[int, ...]

READING = ("interviews", "answers", "quotes")
"""What conversations rest on."""
RATED = ("ratings", "people", "conflicts", "late")
"""What the ratings that count rest on."""
AUDITED = ("audit", "agreed_audit", "people", "conflicts")
"""What the figures of the case notes rest on."""
FOUND = ("criteria", "agreed_criteria", "late_criteria", *AUDITED)
"""What is found of the criteria rests on: reviewers' findings, the agreed ones, and shares of the case notes."""
SURVEYED = ("survey", "survey_submissions", "context", "conflicts")
"""What the figures of the surveys rest on."""
HEARD = (*READING, *AUDITED, *SURVEYED, "documents_seen")
"""What was heard and read about the standards."""

READS: dict[Callable[[VisitState], Any], tuple[str, ...]] = {}
"""Every figure that is remembered, and the fields it reads."""


class _Memory:
    """How often each kind of record has changed, and what was worked out when."""

    def __init__(self, state: VisitState) -> None:
        self.state = weakref.ref(state, partial(_forget, id(state)))
        self.changes: dict[str, int] = {}
        self.found: dict[object, tuple[Stamp, Any]] = {}


_memories: dict[int, _Memory] = {}


def track(state: VisitState) -> None:
    """Remember what is worked out of this state; from now on every change of it is told."""
    _memories[id(state)] = _Memory(state)


def _forget(number: int, gone: weakref.ref[VisitState], memories: dict[int, _Memory] = _memories) -> None:
    """The state is gone, and its place in memory may already be another's; a module's own names may be gone too."""
    memory = memories.get(number)
    if memory is not None and memory.state is gone:
        del memories[number]


def invalidate(state: VisitState, *fields: str) -> None:
    """These fields of the state are different now; without names, all of them."""
    memory = _memory_of(state)
    if memory is None:
        return
    if not fields:
        memory.found.clear()
    for field in fields:
        memory.changes[field] = memory.changes.get(field, 0) + 1


def cached_figure(*fields: str) -> Callable[[Figure[Value]], Figure[Value]]:
    """For a function of a state that reads only these fields, the instrument and the facts of the visit itself."""

    def dress(work_out: Figure[Value]) -> Figure[Value]:
        @wraps(work_out)
        def figure(state: VisitState) -> Value:
            memory = _memory_of(state)
            if memory is None:
                return work_out(state)
            stamp = tuple(memory.changes.get(field, 0) for field in fields)
            known = memory.found.get(figure)
            if known is not None and known[0] == stamp:
                value: Value = known[1]
                return value
            made = work_out(state)
            memory.found[figure] = stamp, made
            return made

        READS[figure] = fields
        return figure

    return dress


def _memory_of(state: VisitState) -> _Memory | None:
    memory = _memories.get(id(state))
    return memory if memory is not None and memory.state() is state else None
