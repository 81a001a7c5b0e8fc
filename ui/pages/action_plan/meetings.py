"""Meetings on the plan: planned, held or cancelled, and what was said of each goal."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox

from reviewapp.base.dates import today
from reviewapp.base.i18n import _, plural
from reviewapp.figures.follow_up import barrier_label, meeting_counts
from reviewapp.figures.goals import chosen_goals, is_open
from reviewapp.figures.presence import presence as presence_of
from reviewapp.visit import labels
from reviewapp.visit.programme_records import FollowUpGoalRecord, FollowUpRecord, GoalRecord
from reviewapp.visit.statements import FollowUp, FollowUpGoal
from ui.formats import long_date
from ui.pages.action_plan import presence
from ui.pages.shared.record_fields import FieldSpec
from ui.pages.shared.record_form import RecordForm
from ui.pages.shared.record_section import RecordSection, SectionSpec
from ui.widgets import Field, Text
from ui.widgets.status_list import StatusRow

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from reviewapp.visit.statements import Statement
    from ui.pages.base import Page

ABOUT = _("The team looks at its goals every month. A cancelled meeting stays in the list, with the reason.")
EMPTY = _("No meetings yet. Write the day of the next meeting in the line above.")
STATUSES = (("", _("Planned")), ("held", _("Held")), ("cancelled", _("Cancelled")))
BARRIERS = tuple((value, _(words)) for value, words in labels.BARRIERS.items())
FIELDS = (
    FieldSpec("planned", _("Planned for"), "day"),
    FieldSpec("status", _("What happened"), "choice", choices=STATUSES),
    FieldSpec("held", _("Held on"), "day"),
    FieldSpec("hours_planned", _("Facilitator: hours planned"), "hours"),
    FieldSpec("hours", _("Facilitator: hours done"), "hours"),
    *presence.FIELDS,
    FieldSpec("who", _("Who was there, by role")),
    FieldSpec("note", _("Notes, or why it was cancelled")),
)
GOAL_FIELDS = (
    FieldSpec("progress", _("Progress")),
    FieldSpec("barrier", _("What is in the way"), "suggested", choices=(("", ""), *BARRIERS)),
    FieldSpec("due", _("Next step by"), "day"),
    FieldSpec("help", _("Help asked for, from whom, and the answer")),
    FieldSpec("decision", _("What was decided")),
    FieldSpec("next", _("Next step")),
)


def _line(page: Page, key: str, field: str, value: Any) -> Statement:
    if not field.startswith(presence.THERE):
        return FollowUp(id=key, **{field: value})
    held = page.state.follow_ups.get(key)
    return FollowUp(id=key, present=presence.with_count(held.present if held is not None else {}, field, value))


def said_line(key: str, field: str, value: Any) -> Statement:
    """The statement that puts a value into what a meeting said of a goal; the key is `F1/G1`."""
    meeting, goal = key.split("/", 1)
    return FollowUpGoal(follow_up=meeting, goal=goal, **{field: value})


def _spoken_of(state: VisitState, meeting: str) -> list[GoalRecord]:
    """The goals that the team works at, and those ended since of which this meeting said something."""
    said = {one.goal for one in state.follow_up_goals.values() if one.follow_up == meeting}
    return [goal for goal in chosen_goals(state) if is_open(goal) or goal.id in said]


def _records(state: VisitState, _me: str) -> list[FollowUpRecord]:
    """The latest first."""
    return sorted(state.follow_ups.values(), key=lambda one: (one.planned or one.held, one.key), reverse=True)


def _row(state: VisitState, one: FollowUpRecord, on: str) -> StatusRow:
    counts = meeting_counts([one], on)
    pill, tone, icon = (
        (_("Held"), "met", "check")
        if counts.held
        else (_("Cancelled"), "na", "cross")
        if counts.cancelled
        else (_("Planned"), "info", "calendar")
        if counts.to_come
        else (_("Was it held? Not recorded"), "warn", "alert")
    )
    said = [text for text in state.follow_up_goals.values() if text.follow_up == one.id]
    parts = [plural("{n} goal discussed", "{n} goals discussed", len(said))] if said else []
    barriers = dict.fromkeys(_(barrier_label(text.barrier)) for text in said if text.barrier.strip())
    if barriers:
        parts.append(_("in the way: {list}", list=", ".join(barriers)))
    day = long_date(one.held or one.planned)
    note = " · ".join(filter(None, (one.who, presence.there_words(one.present))))
    return StatusRow(one.id, day, " · ".join(parts), pill, tone, icon, note=note)


def _begin(page: Page, day: str) -> Statement:
    # The author's code is part of the id, so that two laptops cannot give the same id to different meetings.
    return FollowUp(id=page.visit.next_id("follow_up", f"F-{page.visit.me}-"), planned=day)


def meetings_note(state: VisitState) -> str:
    """One line on the meetings, for the heading that folds them away."""
    counts = meeting_counts(state.follow_ups.values(), today().isoformat())
    if not counts.planned:
        return _("None yet")
    parts = [_("{n} of {of} held", n=counts.held, of=counts.planned)]
    parts += [plural("{n} cancelled", "{n} cancelled", counts.cancelled)] if counts.cancelled else []
    parts += [_("next on {day}", day=long_date(counts.next_planned))] if counts.next_planned else []
    if counts.hours or counts.hours_planned:
        done, planned = f"{counts.hours:g}", f"{counts.hours_planned:g}"
        parts.append(
            _("facilitator: {done} of {planned} hours", done=done, planned=planned)
            if counts.hours_planned
            else _("facilitator: {done} hours", done=done)
        )
    return " · ".join(parts)


def _spec(page: Page) -> SectionSpec:
    return SectionSpec(
        kind="follow_up", title=_("Plan meetings"), about=ABOUT, empty=EMPTY, fields=FIELDS,
        line=partial(_line, page), records=_records, row=_row, value=presence.value_of,
        first=FieldSpec("planned", _("Day of the meeting"), "day"), add=_("Plan a meeting"), begin=_begin,
        remove=_("Delete this meeting"), removed=_("Meeting deleted. You can undo this."),
        prints="follow-up", printing=_("Save the minutes, as PDF…"),
    )  # fmt: skip


class MeetingsSection(RecordSection):
    """The meetings, and of the chosen one what was said of each goal."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, _spec(page))

    def build_more(self) -> None:
        """Who was there on the whole; a choice of the goal, and the form of what was said of it."""
        self.heard = Text("", "muted", select=True)
        self._body.insertWidget(1, self.heard)
        self.goal = QComboBox()
        self.goal.activated.connect(self._on_goal)
        self.goal_field = Field(_("What was said about the goal"), self.goal)
        self.no_goals = Text(_("Choose goals first. Then you can write what was said about each."), "muted")
        self.said = RecordForm(self._page, GOAL_FIELDS, said_line)
        self.detail.add(self.goal_field, self.no_goals, self.said)

    def show_more(self, record: Any) -> None:
        """Show what the chosen meeting said of the goal that was looked at last."""
        heard = presence.presence_words(presence_of(self._page.state, today().isoformat()))
        self.heard.setText(heard)
        self.heard.setAccessibleName(heard)
        self.heard.setVisible(bool(heard))
        goals = _spoken_of(self._page.state, record.id if record is not None else "")
        now = self.goal.currentData()
        listed = [(one.id, f"{one.id}  {one.text}") for one in goals]
        if listed != [(self.goal.itemData(n), self.goal.itemText(n)) for n in range(self.goal.count())]:
            self.goal.clear()
            for key, words in listed:
                self.goal.addItem(words, key)
            self.goal.setCurrentIndex(max(0, self.goal.findData(now)))
        self.goal_field.setVisible(bool(goals))
        self.no_goals.setVisible(not goals)
        self.said.setVisible(bool(goals))
        self._show_said(record)

    def _show_said(self, record: FollowUpRecord | None) -> None:
        goal = self.goal.currentData()
        if record is None or goal is None:
            return
        key = f"{record.id}/{goal}"
        said = self._page.state.follow_up_goals.get(key)
        self.said.show_record(key, said or FollowUpGoalRecord(key=key, follow_up=record.id, goal=str(goal)))

    def choose(self, key: str) -> None:
        """Choose a meeting, and with `F1/G1` a goal too."""
        meeting, _stroke, goal = key.partition("/")
        if goal:
            self.goal.setCurrentIndex(max(0, self.goal.findData(goal)))
        super().choose(meeting)
        self._show_said(self.chosen())

    def commit(self) -> None:
        """Record what stands in a short field that was not left yet."""
        super().commit()
        self.said.commit()

    @Slot()
    def _on_goal(self) -> None:
        self._show_said(self.chosen())
