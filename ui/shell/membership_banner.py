"""Banner for somebody whose work does not count: taken off the review team, or made an observer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from reviewapp.base.i18n import _
from ui.widgets import Banner

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.session.session import Session


class MembershipBanner(Banner):
    """Looks when a visit is opened and whenever the team or one's own ratings change."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        session.visit_changed.connect(self.look)
        session.bridge.changed.connect(self._on_changed)

    @Slot()
    def look(self) -> None:
        """Show why one's work does not count, or nothing."""
        visit = self._session.visit
        self.set_text(membership_words(visit) if visit is not None else "", "warn", "alert")

    @Slot(object)
    def _on_changed(self, _change: object) -> None:
        self.look()


def membership_words(visit: OpenVisit) -> str:
    """What the person of this laptop is told about their place on the team; empty if their work counts."""
    from reviewapp.figures.left_out import left_out
    from reviewapp.visit.rules import COMMITTEE, HOST

    state, me = visit.state, visit.me
    if me in (HOST, COMMITTEE):
        return ""
    if me not in state.people:
        return _(
            "The lead has taken {me} off the review team: here you can read, and not record. What you recorded is "
            "kept. If this is a mistake, ask the lead to put {me} back and to give you the joined visit.",
            me=me,
        )
    mine = next((one for one in left_out(state) if one.person == me), None)
    if mine is None:
        return ""
    return _(
        "{me} is an observer now: what you recorded as a reviewer ({what}) is kept, and not counted.",
        me=me,
        what=mine.words(),
    )
