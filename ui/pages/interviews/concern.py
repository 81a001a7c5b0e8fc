"""Immediate concerns, when somebody may be at risk: what was said, who was told and when, and the action taken."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from reviewapp.base.i18n import _
from reviewapp.visit import labels, sorting
from reviewapp.visit.state import ConcernRecord
from reviewapp.visit.statements import Concern, Statement
from ui.pages.shared.clock import now
from ui.theme import space
from ui.widgets import Button, Card, DescribingText, Pill, Scroll, SectionHeading, Text, clear, column, row
from ui.widgets.basics import hide_in_place
from ui.widgets.panes import scroll_into_view
from ui.widgets.typed_edit import TimeEdit
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from ui.pages.base import Page

GUIDE = _(
    "Has someone said that they, or another person, may be harmed? Stop here, and tell the person in charge of this "
    "team now. If you cannot find them, tell the lead reviewer. Then write down what was said, in the person's "
    "words, without names."
)


def _text_line(concern: str, text: str) -> Statement:
    return Concern(id=concern, text=text)


def _told_line(concern: str, text: str) -> Statement:
    return Concern(id=concern, told=text)


def _action_line(concern: str, text: str) -> Statement:
    return Concern(id=concern, action=text)


def local(text: str) -> datetime:
    """A timestamp in local time; one without a zone is taken as local. Raises ValueError if invalid."""
    return datetime.fromisoformat(text).astimezone()


def clock_time(text: str) -> str:
    """Local time of a timestamp: `14:05`; empty for an empty one, an invalid one unchanged."""
    try:
        return f"{local(text):%H:%M}" if text else ""
    except ValueError:
        return text


def with_zone(text: str) -> str:
    """Local time with its zone, `14:05 (CET)`, for readers who may have been in another."""
    time = clock_time(text)
    return f"{time} ({zone(text)})" if zone(text) else time


def zone(text: str) -> str:
    """Name of the local time zone at that moment; empty for an empty or invalid timestamp."""
    try:
        return local(text).tzname() or "" if text else ""
    except ValueError:
        return ""


IS_PRINTED = _("Printed in the report for the host team and the committee, but not in the copy for wider circulation.")


class ConcernCard(Card):
    """One of my own concerns; the record is created with the first text."""

    def __init__(self, page: Page, concern: str, interview: str = "") -> None:
        """`interview`: the key of my interview in which a new one came up."""
        super().__init__()
        self.concern = concern
        self.named = labels.concern(page.visit.state.people, f"{concern}/{page.visit.me}")
        self._page = page
        self.title = Text(self.named, "heading", wrap=False)
        self.pill = Pill()
        self.remove = Button(_("Remove"), "bin", "quiet", name=_("Remove: {concern}", concern=self.named))
        self.remove.clicked.connect(self._on_remove)
        # The first words are recorded while a button below is being pressed: nothing may move then.
        hide_in_place(self.remove)
        head = row(self.title, self.pill, None, self.remove, gap=3)
        self.text = page.draft(_("What was said"), placeholder=_("In the person's own words; no names"), rows=3)
        self.told = page.draft(
            _("Who have you told?"), placeholder=_("For example: the team manager, face to face"), rows=1, most=4
        )
        self.action = page.draft(
            _("Action taken"), placeholder=_("What they did, and when you heard of it"), rows=1, most=6
        )
        self.came_up = QComboBox()
        self.came_up.setAccessibleName(_("Came up in"))
        self.came_up.activated.connect(self._on_came_up)
        self._begun_in = interview
        said, told = Text(_("What was said"), "strong"), Text(_("Who have you told?"), "strong")
        action, came_up = Text(_("Action taken"), "strong"), Text(_("Came up in"), "muted", wrap=False)
        action.setBuddy(self.action)
        came_up.setBuddy(self.came_up)
        printed = DescribingText(IS_PRINTED, of=self.text)
        said.setBuddy(self.text)
        told.setBuddy(self.told)
        self.just_now = Button(_("Mark as told now"), "clock", tip=_("Records the time"))
        self.just_now.clicked.connect(self._on_just_now)
        self.at = TimeEdit(_("When they were told"))
        self.at.editingFinished.connect(self._on_at)
        self.when = Text("", "muted", wrap=False)
        times = column(row(self.just_now, self.when, self.at, None, gap=2), self.at.error, gap=1)
        self.body.setSpacing(space(3))
        self.add(
            head, row(came_up, self.came_up, None, gap=2), column(said, self.text, printed, gap=1),
            column(told, self.told, gap=1), times, column(action, self.action, gap=1),
        )  # fmt: skip
        self.text.edited.connect(self._on_edited)
        self.text.bind(partial(_text_line, concern), "")
        self.told.bind(partial(_told_line, concern), "")
        self.action.bind(partial(_action_line, concern), "")
        self.show_concern(None)

    def begin_in(self, interview: str) -> None:
        """A concern that is not written down yet came up in this interview of mine."""
        self._begun_in = interview
        self._show_interviews(interview)

    def show_concern(self, rec: ConcernRecord | None) -> None:
        """Show the concern as recorded; None for one that is not recorded yet. Text being typed is not disturbed."""
        self.text.refresh(rec.text if rec else "")
        self.told.refresh(rec.told if rec else "")
        self.action.refresh(rec.action if rec else "")
        self._show_interviews(rec.interview if rec else self._begun_in)
        done = rec is not None and bool(rec.told.strip())
        self.pill.set_state(
            _("Told") if done else _("Not told yet"), "met" if done else "not_met", "check" if done else "alert"
        )
        self.pill.setVisible(rec is not None)
        self.title.setText(self.named if rec else _("New concern"))
        self.remove.setVisible(rec is not None)
        at = rec.at if rec else ""
        self.at.setVisible(bool(at))
        self.when.setVisible(bool(at))
        self.when.setText(_("Told at ({zone})", zone=zone(at)) if zone(at) else _("Told at"))
        if at and not self.at.hasFocus() and not self.at.isModified():
            self.at.set_value(clock_time(at))
        usable(self.remove, only_read(self._page.writable))
        self._enable_fields()

    def _enable_fields(self) -> None:
        """Enable who was told only after what was said."""
        said = bool(self.text.toPlainText().strip())
        why_not = only_read(self._page.writable) or ("" if said else _("First write what was said."))
        for part in (self.told, self.just_now, self.action):
            usable(part, why_not)

    def _show_interviews(self, chosen: str) -> None:
        """Offer my interviews; what is chosen stays chosen also where that interview is gone."""
        me = self._page.visit.me
        mine = sorted(
            (one.key for one in self._page.state.interviews.values() if one.person == me), key=sorting.natural
        )
        keys = ["", *mine, *([chosen] if chosen and chosen not in mine else [])]
        if keys != [self.came_up.itemData(place) for place in range(self.came_up.count())]:
            self.came_up.clear()
            for key in keys:
                self.came_up.addItem(labels.record_number(key) if key else _("No interview"), key)
        self.came_up.setCurrentIndex(keys.index(chosen))
        usable(self.came_up, only_read(self._page.writable))

    @Slot()
    def _on_came_up(self) -> None:
        key = str(self.came_up.currentData())
        self._begun_in = key
        if f"{self.concern}/{self._page.visit.me}" in self._page.state.concerns:
            line = Concern(id=self.concern, interview=key.partition("/")[0] or None)
            self._page.record(line, name=_("interview of immediate concern {concern}", concern=self.named))

    @Slot()
    def _on_edited(self) -> None:
        self._enable_fields()
        self._tie()

    def _tie(self) -> None:
        """With its first words the concern is recorded with the interview it came up in."""
        text, here = self.text.toPlainText().strip(), f"{self.concern}/{self._page.visit.me}"
        if self._begun_in and text and self._page.writable and here not in self._page.state.concerns:
            self._page.record(Concern(id=self.concern, text=text, interview=self._begun_in.partition("/")[0]))

    @Slot()
    def _on_just_now(self) -> None:
        self._record_time(now().isoformat(timespec="minutes"))
        self.told.setFocus()

    @Slot()
    def _on_at(self) -> None:
        rec = self._page.state.concerns.get(f"{self.concern}/{self._page.visit.me}")
        time = self.at.value()
        if rec is not None and rec.at and time and clock_time(rec.at) != time:
            hour, minute = (int(part) for part in time.split(":"))
            moment = local(rec.at).replace(hour=hour, minute=minute)
            self._record_time(moment.isoformat(timespec="minutes"))
        if time:
            self.at.setModified(False)

    def _record_time(self, moment: str) -> None:
        self.text.commit()
        self._page.record(Concern(id=self.concern, at=moment), name=_("time of: {concern}", concern=self.named))

    @Slot()
    def _on_remove(self) -> None:
        self.text.commit()
        self.told.commit()
        self.action.commit()
        if self._page.record(Concern(id=self.concern, deleted=True)) is not None:
            self._page.notify(_("{concern} was removed. You can undo this.", concern=self.named), "info")


class ConcernView(Scroll):
    """The immediate concerns: mine to edit, the others' to read; emits `back_wanted`."""

    back_wanted = Signal()

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(margin=6, gap=4, width=space(200), parent=parent)
        self._page = page
        self.cards: dict[str, ConcernCard] = {}
        self.heading = SectionHeading(_("Immediate concerns"), GUIDE, kind="title")
        self.back = Button(_("Back to interviews"), "arrow_left", "quiet")
        self.back.clicked.connect(self.back_wanted)
        self.another = Button(_("Record another concern"), "plus")
        self.another.clicked.connect(self._on_another)
        self.mine = QVBoxLayout()
        self.mine.setSpacing(space(4))
        self.others = QVBoxLayout()
        self.others.setSpacing(space(4))
        self._shown_others: object = None
        self.add(row(self.back, None), self.heading, self.mine, row(self.another, None), self.others, None)

    def refresh(self) -> None:
        """Show the current concerns; a card in use stays."""
        state, me = self._page.state, self._page.visit.me
        mine = {c.id: c for c in state.concerns.values() if c.person == me}
        for concern in [c for c in self.cards if c not in mine]:
            card = self.cards[concern]
            if not card.text.waiting and not card.text.hasFocus():
                self._drop(concern)
        for concern in sorting.in_order(mine):
            self._card(concern).show_concern(mine[concern])
        if not self.cards and self._page.writable:
            self._card(self._page.visit.next_id("concern", "IC"))
        self.another.setVisible(bool(mine))
        usable(self.another, only_read(self._page.writable))
        others = [c for c in sorted(state.concerns.values(), key=lambda c: sorting.natural(c.key)) if c.person != me]
        if others != self._shown_others:
            self._shown_others = others
            clear(self.others)
            for rec in others:
                self.others.addWidget(_read_only_card(rec, labels.concern(self._page.visit.state.people, rec.key)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Escape returns to the interviews; drafts are kept.
        if event.key() == Qt.Key.Key_Escape:
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)

    def first(self) -> QWidget:
        """The text box of the first empty card, or of the last one; the back button if there is none."""
        fresh = [card for card in self.cards.values() if not card.text.toPlainText()]
        return (fresh or list(self.cards.values()))[-1].text if self.cards else self.back

    def show_concern(self, key: str) -> None:
        """Scroll to the card of a concern of mine and focus it."""
        card = self.cards.get(key.split("/")[0]) if key.endswith(f"/{self._page.visit.me}") else None
        if card is not None:
            scroll_into_view(card)
            (card.told if card.told.isEnabled() else card.text).setFocus()

    def begin_another(self, interview: str = "") -> None:
        """Add an empty card, unless there is one, and focus it; `interview`: the one of mine in which it came up."""
        empty = [card for card in self.cards.values() if not card.text.toPlainText()]
        if empty and interview:
            empty[-1].begin_in(interview)
        elif self._page.writable and not empty:
            self._card(self._page.visit.next_id("concern", "IC"), interview)
        focus = self.first()
        for card in self.cards.values():
            if card.isAncestorOf(focus):
                scroll_into_view(card)
        focus.setFocus()

    def _card(self, concern: str, interview: str = "") -> ConcernCard:
        if concern not in self.cards:
            self.cards[concern] = ConcernCard(self._page, concern, interview)
            self.mine.addWidget(self.cards[concern])
        return self.cards[concern]

    def _drop(self, concern: str) -> None:
        card = self.cards.pop(concern)
        self.mine.removeWidget(card)
        card.hide()
        card.deleteLater()

    @Slot()
    def _on_another(self) -> None:
        self.begin_another()


def _read_only_card(rec: ConcernRecord, named: str) -> Card:
    card = Card()
    told = bool(rec.told.strip())
    pill = Pill(_("Told") if told else _("Not told yet"), "met" if told else "not_met", "check" if told else "alert")
    at = with_zone(rec.at)
    words = (
        (_("{told}, at {at}", told=rec.told, at=at) if at else rec.told)
        if told
        else _("Nobody has been told, according to this record.")
    )
    card.add(row(Text(named, "heading", wrap=False), pill, None))
    if rec.interview:
        card.add(Text(_("Came up in {interview}", interview=labels.record_number(rec.interview)), "muted"))
    card.add(Text(rec.text, select=True), Text(words, "muted"))
    if rec.action.strip():
        card.add(Text(_("Action taken: {action}", action=rec.action), "muted"))
    return card
