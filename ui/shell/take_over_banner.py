"""Banner that tells every laptop of a take-over, until it is put away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _
from reviewapp.visit.labels import person
from ui.shell.visit_banner import VisitBanner
from ui.widgets import Button

if TYPE_CHECKING:
    from reviewapp.visit.labels import TeamMember
    from reviewapp.workspace.open_visit import OpenVisit
    from reviewapp.workspace.take_over import Leading
    from ui.session.session import Session

NOTE = "take_over_told"
"""The note of this laptop with what of a take-over was put away."""


class TakeOverBanner(VisitBanner):
    """Who leads since somebody took over; put away, it comes back when somebody else leads."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, self._told_here, "people")
        self._put_away: set[str] = set()
        self.away = Button(_("Dismiss"), kind="quiet", name=_("Dismiss the message about who leads"))
        self.away.clicked.connect(self._on_away)
        self.add(self.away)

    def _told_here(self, visit: OpenVisit) -> str:
        if not visit.state.lead_code:
            return ""
        now = visit.laptops.leading()
        told = _told(now)
        return (
            ""
            if told in self._put_away or visit.here.local_note(NOTE) == told
            else take_over_words(now, visit.state.people)
        )

    @Slot()
    def _on_away(self) -> None:
        visit = self._session.visit
        if visit is None:
            return
        told = _told(visit.laptops.leading())
        self._put_away.add(told)
        if not visit.read_only:
            try:
                visit.here.set_local_note(NOTE, told)
            except ReviewError as error:
                self._session.notify(error, "not_met")
        self.look()


def _told(now: Leading) -> str:
    return f"{now.take_over} {len(now.rivals)}"


def take_over_words(now: Leading, people: Mapping[str, TeamMember]) -> str:
    """What is said of a take-over on this laptop; empty while the one who made the visit leads."""
    if not now.take_over:
        return ""
    if now.rival_here:
        return _(
            "{person} took over on another laptop at the same time, and that laptop leads. Where you both agreed "
            "something, there are two versions. One of you must give way: go to Overview, Who leads.",
            person=person(people, now.code),
        )
    if now.here:
        rivals = _(" Another laptop took over at the same time and does not lead.") if now.rivals else ""
        return (
            _(
                "You lead this visit now, from this laptop. On Combine, give everyone a new work file, so that they "
                "are told, and new receipts: the earlier ones no longer count."
            )
            + rivals
        )
    if now.led_here:
        return _(
            "{person} took over and leads this visit now. You continue as a reviewer. Where you and {code} both "
            "decided as lead, there are two versions until {code} chooses. Give {code} your work.",
            person=person(people, now.code),
            code=now.code,
        )
    return _(
        "{person} took over and leads this visit now. Give your work to {code}, including what you gave the earlier "
        "lead. Only receipts from {code} count.",
        person=person(people, now.code),
        code=now.code,
    )
