"""Opening and closing the meeting, and accepting ratings that came in late."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.visit.labels import person
from reviewapp.workspace import meeting
from ui.pages.agree.visible_rows import late_ratings
from ui.pages.shared.accept_late import accept, late_of, late_words
from ui.pages.shared.clock import clock
from ui.pages.shared.participants import people_rows
from ui.pages.shared.run_change import run_change
from ui.widgets import Banner, Button, Card, FlowLayout, Text, column
from ui.widgets.plain_text import plain_tip
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.session.session import Session

WHAT_IT_DOES = _(
    "Until you open the meeting, nobody sees another reviewer's ratings, including you. When it is open, reviewers "
    "see each other's ratings, and a rating that arrives later waits until you count it."
)
FOR_REVIEWERS = _(
    "The lead reviewer opens the meeting. Until then nobody sees another reviewer's ratings. You can already see "
    "the self-review, the surveys, the case notes and the quotes."
)


class MeetingCard(Card):
    """Card above the table with the button that opens the meeting; hidden once the meeting has been opened."""

    def __init__(self, session: Session) -> None:
        super().__init__(_("The meeting is not open yet"))
        self._session = session
        self.words = Text("")
        self.missing = Text("", "strong")
        self.open = Button(_("Open the meeting"), "people", "primary")
        self.open.clicked.connect(self._on_open)
        self.bring = Button(_("Go to Combine"), "together", "quiet")
        self.bring.clicked.connect(self._on_bring)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self.open)
        flow.addWidget(self.bring)
        self.add(column(self.words, self.missing, gap=1), buttons)

    def show_meeting(self, visit: OpenVisit) -> None:
        """Show who is missing and whether this person may open the meeting."""
        self.setVisible(not visit.state.meeting_opened)
        if visit.state.meeting_opened:
            return
        waited = [row.code for row in people_rows(visit) if row.missing and not row.closed] if visit.is_lead else []
        self.words.setText(WHAT_IT_DOES if visit.is_lead else FOR_REVIEWERS)
        self.missing.setText(
            _(
                "Not received yet: {list}. Their ratings would arrive late.",
                list=", ".join(person(visit.state.people, code) for code in waited),
            )
            if waited
            else ""
        )
        self.missing.setVisible(bool(waited))
        self.open.setVisible(visit.is_lead)
        usable(self.open, only_read(not visit.read_only))

    @Slot()
    def _on_open(self) -> None:
        open_meeting(self._session)

    @Slot()
    def _on_bring(self) -> None:
        self._session.show_page("bring_together")


class MeetingButton(Button):
    """Button that closes the open meeting, or opens a closed one again; only for the lead."""

    def __init__(self, session: Session) -> None:
        super().__init__(_("Close the meeting"), kind="quiet")
        self._session = session
        self.clicked.connect(self._on_pressed)

    def show_meeting(self, visit: OpenVisit) -> None:
        """Show whether the meeting is open, and since when."""
        state = visit.state
        self.setText(_("Close the meeting") if state.meeting_open else _("Open the meeting again"))
        self.setAccessibleName(self.text())
        said = [item for item in visit.history("meeting", "meeting") if item.field == "open"]
        since = (
            _("{words} since {when}. ", words=_("Open") if state.meeting_open else _("Closed"), when=clock(said[-1].at))
            if said
            else ""
        )
        again = "" if state.meeting_open else _("What has arrived by then counts.")
        self.setToolTip(plain_tip(f"{since}{again}".strip()))
        self.setVisible(visit.is_lead and state.meeting_opened)
        usable(self, only_read(not visit.read_only))

    @Slot()
    def _on_pressed(self) -> None:
        visit = self._session.visit
        if visit is None:
            return
        if not visit.state.meeting_open:
            open_meeting(self._session)
        elif run_change(self._session, partial(meeting.close_meeting, visit)) is not None:
            self._session.notify(_("The meeting is closed. Agreed ratings stay, and you can still change them."), "met")


class LateBanner(Banner):
    """Banner that names the reviewers whose ratings are late; the lead accepts them all here, or one on its card."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.accept = Button("", "check", "quiet")
        self.accept.clicked.connect(self._on_accept)
        self.add(self.accept)

    def show_late(self, visit: OpenVisit) -> None:
        """Show the late ratings; hidden while there are none."""
        late = late_ratings(visit.state)
        many = sum(len(by) for by in late.values())
        found = visit.state.late_criteria
        authors = {code for by in late.values() for code in by} | {key.rpartition("/")[2] for key in found}
        people = ", ".join(person(visit.state.people, code) for code in sorted(authors))
        what = late_words(many, len(found))
        many += len(found)
        who = plural("until you count it", "until you count them", many)
        if not visit.is_lead:
            who = plural("until the lead counts it", "until the lead counts them", many)
        words = _(
            "{what} from {people} arrived after the meeting was opened: marked “late”, and not counted {who}.",
            what=what,
            people=people,
            who=who,
        )
        self.set_text(words if many else "", "warn", "clock")
        self.accept.setText(plural("Count it", "Count all {n} late ratings", many))
        self.accept.setAccessibleName(_("{text}: late ratings of {people}", text=self.accept.text(), people=people))
        self.accept.setVisible(visit.is_lead)
        usable(self.accept, only_read(not visit.read_only))

    @Slot()
    def _on_accept(self) -> None:
        visit = self._session.visit
        if visit is not None:
            accept(self._session, late_of(visit.state))


def open_meeting(session: Session) -> None:
    """Open the meeting and notify the user."""
    if session.visit is not None and run_change(session, partial(meeting.open_meeting, session.visit)) is not None:
        session.notify(_("The meeting is open: reviewers can now see each other's ratings"), "met")
