"""Banners above every page that say something of the open visit for as long as it is so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from reviewapp.base.i18n import _
from ui.widgets import Banner
from ui.widgets.basics import sentence

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import Change, OpenVisit
    from ui.session.session import Session


class VisitBanner(Banner):
    """Looks when a visit is opened and at each change; `words(visit)` is what it says, empty when there is nothing."""

    def __init__(self, session: Session, words: Callable[[OpenVisit], str], icon: str = "alert") -> None:
        super().__init__()
        self._session, self._words, self._icon = session, words, icon
        session.visit_changed.connect(self.look)
        session.bridge.changed.connect(self._on_changed)

    @Slot()
    def look(self) -> None:
        """Show what there is to say, or nothing."""
        visit = self._session.visit
        self.set_text(self._words(visit) if visit is not None else "", "warn", self._icon)

    @Slot(object)
    def _on_changed(self, _change: object) -> None:
        self.look()


def clock_words(visit: OpenVisit) -> str:
    """What is wrong with the clock of this laptop, which may jump during the day; empty if nothing is."""
    warning = visit.here.clock_warning() if not visit.read_only else ""
    return _("{warning}.", warning=sentence(warning)) if warning else ""


def membership_words(visit: OpenVisit) -> str:
    """What the person of this laptop is told about their place on the team; empty if their work counts."""
    from reviewapp.figures.left_out import left_out
    from reviewapp.visit.rules import COMMITTEE, HOST

    state, me = visit.state, visit.me
    if me in (HOST, COMMITTEE):
        return ""
    if me not in state.people:
        return _(
            "The lead has removed {me} from the review team. You can read this visit but not record anything. What "
            "you recorded is kept. If this is a mistake, ask the lead to add {me} again and to give you the "
            "combined visit.",
            me=me,
        )
    mine = next((one for one in left_out(state) if one.person == me), None)
    if mine is None:
        return ""
    return _(
        "{me} is an observer now. What you recorded as a reviewer ({what}) is kept but not counted.",
        me=me,
        what=mine.words(),
    )


def standing_words(visit: OpenVisit) -> str:
    """What is said on a laptop that stands apart or is set aside, and shows its own words all the same; else empty."""
    standing = visit.laptops.own_standing
    if standing.apart_from is None:
        return ""
    words = visit.laptops.own_words()
    if standing.state == "apart":
        return _(
            "{why}: what you record here is shown on this laptop but not counted for anyone else until the lead "
            "confirms this laptop. Immediate concerns are shown to everyone. Give the lead your work, and read out "
            "this laptop's three check words: {words}.",
            why=sentence(standing.in_words(visit.me)),
            words=words,
        )
    return _(
        "{why}: what you record here is shown on this laptop but not counted for anyone else. Immediate concerns "
        "are shown to everyone. If this is a mistake, ask the lead to count this laptop again. Its three check "
        "words are {words}.",
        why=sentence(standing.in_words(visit.me)),
        words=words,
    )


def kept_in_words(change: Change, visit: OpenVisit | None) -> str:
    """That what was just written counts for nothing, or stands beside another laptop's words; empty if it counts."""
    stands_apart = visit is not None and visit.laptops.own_standing.apart_from is not None
    if change.apart and not stands_apart:
        return _("Only the lead's laptop can say this. It is kept, but not counted or shown anywhere")
    if change.apart:
        return _("It is kept, but not counted or shown anywhere: see the top of the window")
    if visit is not None and visit.laptops.only_here(change):
        return _("It is kept and shown on this laptop only, and not counted: see the top of the window")
    if change.beside:
        return _("There are two versions until the lead chooses: see Combine")
    return ""
