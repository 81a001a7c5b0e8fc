"""The handover notes of a programme: what whoever comes next in a post has to know."""

from __future__ import annotations

import msgspec

from reviewapp.visit.sorting import natural
from reviewapp.visit.state import VisitState


class HandoverView(msgspec.Struct, frozen=True, kw_only=True):
    """One handover; `post` is one of `labels.POSTS`, and `vacant` says that nobody is named who takes it over."""

    id: str
    post: str
    date: str
    by: str
    to: str
    text: str
    vacant: bool


def handover_views(state: VisitState) -> tuple[HandoverView, ...]:
    """Every handover note, newest first."""
    ordered = sorted(state.handovers.values(), key=lambda one: (one.date, natural(one.id)), reverse=True)
    return tuple(
        HandoverView(
            id=one.id, post=one.post, date=one.date, by=one.by, to=one.to, text=one.text, vacant=not one.to.strip()
        )
        for one in ordered
    )
