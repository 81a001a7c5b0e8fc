"""What a coder may see on this page: only their own themes before the meeting was opened, the lead included."""

from __future__ import annotations

import msgspec

from reviewapp.visit.state import VisitState


def as_coded_by(state: VisitState, me: str) -> VisitState:
    """The visit with the codings that the page may show to `me`.

    Coders who see each other's themes first are no longer two coders. That holds for a lead who codes as well, so the
    page is stricter than `as_seen_by`, which prepares documents.
    """
    if state.meeting_opened:
        return state
    mine = {key: one for key, one in state.codings.items() if one.person == me}
    return msgspec.structs.replace(state, codings=mine, agreed_codings={})
