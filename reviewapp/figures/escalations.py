"""What the team asked of those above it, when an answer is wanted, and what was answered."""

from __future__ import annotations

import msgspec

from reviewapp.visit.programme_records import EscalationRecord
from reviewapp.visit.state import VisitState


class EscalationView(msgspec.Struct, frozen=True, kw_only=True):
    """Something asked of those above the team on `date`; `open` until there is an answer or its day.

    `late`: it is open, and the day by which an answer was wanted (`reply_by`) has passed.
    """

    id: str
    to: str
    asked: str
    answer: str
    answered: str
    open: bool
    date: str = ""
    reply_by: str = ""
    late: bool = False


def escalation_views(state: VisitState, today: str) -> tuple[EscalationView, ...]:
    """Everything that was asked, as of a day: what has no answer first, the reply wanted soonest before the others."""
    views = [_view(one, today) for one in state.escalations.values()]
    return tuple(sorted(views, key=lambda one: (not one.open, (one.reply_by or "9999") if one.open else "")))


def _view(one: EscalationRecord, today: str) -> EscalationView:
    waits = not (one.answer.strip() or one.answered)
    return EscalationView(
        id=one.id, to=one.to, asked=one.asked, answer=one.answer, answered=one.answered, open=waits, date=one.date,
        reply_by=one.reply_by, late=waits and "" < one.reply_by < today,
    )  # fmt: skip
