"""The teams of this laptop side by side, for whoever follows several plans: meetings, barriers, open questions."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.dates import today
from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _, plural
from reviewapp.figures.follow_up import (
    BarrierCount,
    FacilitatorOverview,
    MeetingCounts,
    TeamRow,
    barrier_label,
    facilitator_overview,
)
from reviewapp.figures.goals import ScopingView
from reviewapp.figures.presence import Presence
from reviewapp.visit import labels
from ui.formats import long_date
from ui.pages.start.form import StartForm
from ui.widgets import Button, Card, ErrorLine, FlowLayout, SectionHeading, Text
from ui.widgets.status_list import StatusList, StatusRow

if TYPE_CHECKING:
    from reviewapp.workspace.laptop import Laptop
    from ui.session.session import Session
    from ui.session.worker import Progress

ABOUT = _(
    "Every visit on this laptop that has goals or follow-up, the next meeting first. It counts what was recorded and "
    "judges nobody. Press Enter on a team to open its action plan."
)
NONE = _("No visit here has goals or follow-up yet. You enter them on a visit's Action plan page.")


class Teams(NamedTuple):
    """What was read: the overview, and the visits that could not be opened, each with why."""

    overview: FacilitatorOverview
    left_out: tuple[str, ...]


def read_teams(laptop: Laptop, on: str, _progress: Progress) -> Teams:
    """Open every visit of this laptop in turn; for the worker."""
    states, left_out = [], []
    for one in laptop.visits():
        try:
            with closing(laptop.open_visit(one.id, read_only=True)) as visit:
                states.append(visit.state)
        except ReviewError as error:
            left_out.append(_("{service} is left out: {why}", service=one.service or one.id, why=error))
    return Teams(facilitator_overview(states, on), tuple(left_out))


def meetings_words(counts: MeetingCounts) -> str:
    """`Meetings: 1 of 3 held, 1 cancelled, next on 15 December 2026; facilitator: 3.5 of 8 hours`."""
    if not counts.planned:
        return _("No meetings yet")
    parts = [_("{n} of {of} held", n=counts.held, of=counts.planned)]
    parts += [_("{n} cancelled", n=counts.cancelled)] if counts.cancelled else []
    parts += [_("{n} past, with no word on whether they happened", n=counts.unknown)] if counts.unknown else []
    parts += [_("next on {day}", day=long_date(counts.next_planned))] if counts.next_planned else []
    told = _("Meetings: {list}", list=", ".join(parts))
    if counts.hours or counts.hours_planned:
        hours = _(
            "facilitator: {done} of {planned} hours", done=f"{counts.hours:g}", planned=f"{counts.hours_planned:g}"
        )
        told = f"{told}; {hours}"
    return told


def _barriers(found: tuple[BarrierCount, ...]) -> str:
    return ", ".join(f"{_(barrier_label(one.barrier))} ({one.times})" for one in found)


def scoping_words(day: ScopingView | None) -> str:
    """When the scoping day was to be and was, and the days that were lost; empty while nothing is known of one."""
    if day is None or not (day.planned or day.held):
        return ""
    if day.held:
        days = day.days_late or 0
        late = plural("{n} day late", "{n} days late", days) if days > 0 else ""
        return _("Scoping day: held on {day}", day=long_date(day.held)) + (f", {late}" if late else "")
    days = day.lost or 0
    lost = plural("{n} day lost", "{n} days lost", days) if days > 0 else ""
    return _("Scoping day: planned for {day}", day=long_date(day.planned)) + (f", {lost}" if lost else "")


def heard_words(found: Presence) -> str:
    """At how many of the days on which people were counted patients and carers were; empty where none were."""
    if not found.counted:
        return ""
    return _(
        "Where people were counted, patients attended {patients} of {of} and carers {carers}",
        patients=found.with_patients, of=found.counted, carers=found.with_carers,
    )  # fmt: skip


def _lines(row: TeamRow) -> list[str]:
    follow = row.follow_up
    told = [scoping_words(row.scoping), meetings_words(follow.meetings), heard_words(row.presence)]
    told += [_("In the way: {list}", list=_barriers(follow.barriers))] if follow.barriers else []
    for one in follow.escalations:
        if one.open:
            words = _("Reply is late: {asked} ({to})") if one.late else _("No answer yet: {asked} ({to})")
            told.append(words.format(asked=one.asked, to=one.to or _("nobody named")))
    told += [_("Not told about the plan: {what}", what=one.what) for one in follow.not_told]
    vacant = [_(labels.POSTS.get(one.post, one.post)) for one in row.handovers if one.vacant]
    told += [_("Vacant since a handover: {list}", list=", ".join(vacant))] if vacant else []
    return [words for words in told if words]


def team_row(row: TeamRow) -> StatusRow:
    """One team: its scoping day and meetings, what stands in the way, what was asked and has no answer."""
    follow = row.follow_up
    waiting, lines = sum(one.open for one in follow.escalations), _lines(row)
    many = plural("{n} goal", "{n} goals", row.goals)
    many += f", {_('{n} reached', n=row.reached)}" if row.reached else ""
    pill, tone, icon = (
        (plural("{n} without an answer", "{n} without an answer", waiting), "warn", "clock")
        if waiting
        else (_("Say whether a meeting took place"), "warn", "alert")
        if follow.meetings.unknown
        else (many, "info", "plan")
    )
    title = f"{row.service} · {row.round}" if row.round else row.service
    note = f"{row.organisation} · {long_date(row.date)} · {many}"
    return StatusRow(row.visit, title, "\n".join(lines), pill, tone, icon, note=note)


class TeamsView(StartForm):
    """Reads the visits by itself and lists the teams; emits `arrived(visit id)` for the one that is to be opened."""

    OPENS = "action_plan"

    def __init__(self, session: Session) -> None:
        super().__init__(session, width=250)
        self.going = Text(_("Reading the visits. This takes a moment."), "muted")
        self.none = Text(NONE, "muted")
        self.list = StatusList(_("Teams"), most=1200)
        self.list.activated.connect(self._on_open)
        self.all = Text("", "strong", select=True)
        self.left_out = ErrorLine()
        self.open = Button(_("Open this team's action plan"), "arrow_right", "primary")
        self.open.clicked.connect(self._on_open)
        self.back = Button(_("Back"), "arrow_left")
        self.back.clicked.connect(self.left)
        card, buttons = Card(), QWidget()
        card.add(self.going, self.none, self.list, self.all, self.left_out)
        flow = FlowLayout(buttons)
        for button in (self.open, self.back):
            flow.addWidget(button)
        self.add(SectionHeading(_("Teams side by side"), ABOUT, kind="title"), card, buttons, None)

    def reset(self) -> None:
        """Read the visits anew."""
        laptop = self._session.laptop
        if laptop is None:
            return
        self._session.bridge.commit_drafts()
        self._show(going=True)
        job = partial(read_teams, laptop, today().isoformat())
        self._session.worker.run(_("Reading the visits"), job, self._on_read, self._on_failed)

    def _show(self, *, going: bool, found: bool = False) -> None:
        self.going.setVisible(going)
        self.none.setVisible(not going and not found)
        for part in (self.list, self.all, self.open):
            part.setVisible(found)
        self.left_out.set_text()

    def _on_read(self, teams: Teams) -> None:
        found = teams.overview
        self._show(going=False, found=bool(found.teams))
        self.list.show_rows([team_row(one) for one in found.teams])
        told = _("All teams together. {meetings}.", meetings=meetings_words(found.meetings))
        if found.barriers:
            told += " " + _("In the way: {list}.", list=_barriers(found.barriers))
        self.all.setText(told)
        self.all.setAccessibleName(told)
        self.left_out.set_text("\n".join(teams.left_out))
        if found.teams:
            self.list.choose(found.teams[0].visit)
        (self.list if found.teams else self.back).setFocus()

    def _on_failed(self, error: ReviewError) -> None:
        self._show(going=False)
        self.none.hide()
        self.left_out.set_text(error)
        self.back.setFocus()

    @Slot()
    def _on_open(self) -> None:
        key = self.list.chosen_key()
        if key:
            self.arrived.emit(key)
