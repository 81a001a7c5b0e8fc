"""Withdrawal of what somebody said or wrote: explained, with a reason, confirmed in place; and the list of these."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from reviewapp.base.i18n import _
from reviewapp.visit.entities import author_of
from reviewapp.visit.labels import person
from reviewapp.workspace.withdrawal import is_hidden, withdraw
from ui.formats import long_date
from ui.pages.shared.concern_choice import ConcernChoice
from ui.pages.shared.hidden_words import name_in_words
from ui.pages.shared.run_change import run_change
from ui.widgets import Button, Card, Field, FlowLayout, Text
from ui.widgets.basics import sentence

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.pages.base import Page

LISTED = 8
"""Files written elsewhere that the card names."""

EXPLAINED = _(
    "This erases it here and on every laptop that imports your work. Only the fact that something was withdrawn, "
    "when and by whom is kept. Backups on this laptop are cleaned too. You cannot undo this, or anything you did "
    "before it. Work files, backups and documents that were already saved elsewhere are not changed: find and "
    "destroy them yourself."
)

ASKED = _(
    "The lead withdraws what someone wrote in a survey. Until then it is hidden here and on every laptop that "
    "imports your work. Nothing is lost."
)


class WithdrawCard(Card):
    """Confirmation of a withdrawal, opened by another button; emits `dismissed` when it is closed either way."""

    dismissed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(_("Withdraw"), kind="inset", margin=3)
        self._page = page
        self._record = ("", "")
        self._asks = False
        self.reason = QLineEdit()
        self.reason.setMaxLength(300)
        self.reason.returnPressed.connect(self._on_reason)
        self.field = Field(_("Who asked for it, and when"), self.reason, hint=_("Without names. This is kept."))
        self.confirm = Button("", "bin", "danger")
        self.confirm.clicked.connect(self._on_confirm)
        self.keep = Button(_("Cancel"), kind="quiet")
        self.keep.clicked.connect(self._on_keep)
        self.what = Text("")
        self.elsewhere = Text("", "small", select=True)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self.confirm)
        flow.addWidget(self.keep)
        self.concerns = ConcernChoice()
        self.add(self.what, self.elsewhere, self.concerns, self.field, buttons)
        self.hide()

    def ask(self, entity: str, key: str) -> None:
        """Explain the withdrawal of a record and wait for confirmation; nothing is withdrawn yet."""
        self._record = (entity, key)
        name = _named(self._page.state, entity, key)
        assert self.heading is not None
        self.heading.setText(_("Withdraw {name}?", name=name))
        what = sentence(name) + (_(" with all its notes and quotes") if entity == "interview" else "")
        self.what.setText(
            _("{what} is withdrawn because the person asked for it. {explained}", what=what, explained=EXPLAINED)
        )
        author = author_of(f"{entity}/{key}")
        self._asks = not author and not self._page.visit.is_lead
        if self._asks:
            self.heading.setText(_("Ask to withdraw {name}?", name=name))
            self.what.setText(ASKED)
        self.concerns.show_concerns(self._page.state, author if entity == "interview" else "")
        self._list_elsewhere()
        confirm = _("Hide {name} until the lead decides") if self._asks else _("Withdraw {name} for good")
        self.confirm.setText(confirm.format(name=name))
        self.confirm.setAccessibleName(self.confirm.text())
        self.field.set_error("")
        self.reason.clear()
        self.show()
        self.reason.setFocus()

    def _list_elsewhere(self) -> None:
        """List the files that were written from this laptop; those written last come first."""
        files = self._page.visit.written.elsewhere()[::-1]
        shown = [*files[:LISTED], *([_("and {n} more", n=len(files) - LISTED)] if len(files) > LISTED else [])]
        words = _("Saved from this laptop before, and not changed:")
        self.elsewhere.setText("\n".join([words, *shown]))
        self.elsewhere.setVisible(bool(files))

    def close_unless(self, key: str) -> None:
        """Close the card unless it is about the record with this key."""
        if self._record[1] != key:
            self.close_card()

    def close_card(self) -> None:
        """Close the card without withdrawing anything."""
        self._record = ("", "")
        self.hide()

    @Slot()
    def _on_reason(self) -> None:
        self.confirm.setFocus()

    @Slot()
    def _on_keep(self) -> None:
        self.close_card()
        self.dismissed.emit()

    @Slot()
    def _on_confirm(self) -> None:
        page, (entity, key) = self._page, self._record
        reason = self.reason.text().strip()
        if not reason:
            self.field.set_error(_("Say who asked for it, without names"))
            self.reason.setFocus()
            return
        page.leave()
        page.session.worker.drain()  # what it reads or copies now would keep the words until it is done
        name = sentence(_named(page.state, entity, key))
        chosen = self.concerns.chosen()
        call = partial(withdraw, page.visit, entity, key, reason=reason, concerns=chosen, asks=self._asks)
        if run_change(page.session, call) is None:
            return
        self.close_card()
        page.notify(_told(page.visit, entity, key, name), "met")
        self.dismissed.emit()


def _named(state: VisitState, entity: str, key: str) -> str:
    """What is withdrawn: the id of a survey comment says nothing to anybody."""
    return _("this survey comment") if entity == "survey_comment" else name_in_words(entity, key, state.people)


def _told(visit: OpenVisit, entity: str, key: str, name: str) -> str:
    if is_hidden(visit, entity, key):
        author = author_of(f"{entity}/{key}")
        if not author:
            return _(
                "{name} is hidden here and on every laptop that imports your work, until the lead decides.", name=name
            )
        return _(
            "{name} is hidden here and on every laptop that imports your work, until {author} (on a confirmed "
            "laptop) or the lead withdraws it or shows it again. This laptop is not counted.",
            name=name,
            author=person(visit.state.people, author),
        )
    return _("{name} was withdrawn. It is erased on every laptop that imports your work.", name=name)


def withdrawn_lines(state: VisitState) -> list[str]:
    """One line per withdrawal: `P1 · R2 (clinician): withdrawn by L1 (lead reviewer) on 21 November 2026`.

    A quote that was withdrawn with its interview has no line of its own.
    """
    talks = {(one.at, one.person) for name, one in state.withdrawn.items() if name.startswith("interview/")}
    lines = []
    for name, one in state.withdrawn.items():
        entity, __, key = name.partition("/")
        if name in state.hidden:  # blanked of one laptop, and hidden of another: the line of that one says so
            continue
        alone = entity == "quote" and (one.at, one.person) not in talks
        if entity in ("interview", "concern") or alone:
            words = name_in_words(entity, key, state.people)
            lines.append(
                _(
                    "{name}: withdrawn by {person} on {day}",
                    name=sentence(words),
                    person=person(state.people, one.person),
                    day=_day(one.at),
                )
            )
    return lines


def _day(stamp: str) -> str:
    try:
        return long_date(datetime.fromisoformat(stamp).astimezone().date().isoformat())
    except OverflowError:  # of a clock at the end of the calendar
        return long_date(stamp[:10])
