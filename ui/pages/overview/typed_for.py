"""What was typed on another laptop for somebody without one, with a button for each person who can be confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.visit import labels
from reviewapp.workspace.typed_for import TypedFor
from ui.pages.shared.run_change import run_change
from ui.widgets import Button, Card, FlowLayout, Text, clear

if TYPE_CHECKING:
    from reviewapp.visit.labels import TeamMember
    from ui.pages.base import Page

ABOUT = _(
    "This is not counted or shown until the person confirms it on their own laptop, or the lead does. Ask the "
    "person first: confirming cannot be undone. What they write later themselves replaces it."
)


class TypedForCard(Card):
    """Shown to the lead, and to whom something was typed for, while it waits."""

    def __init__(self, page: Page) -> None:
        super().__init__(_("Typed for someone else"))
        self._page = page
        self.words = Text("")
        self.buttons = QWidget()
        self._flow = FlowLayout(self.buttons)
        self._shown: list[TypedFor] = []
        self.add(self.words, Text(ABOUT, "muted"), self.buttons)
        self.hide()

    def refresh(self) -> None:
        """Show what waits and can be confirmed here; nothing of it is anybody's yet."""
        visit = self._page.visit
        waits = [one for one in visit.laptops.typed_for() if visit.is_lead or one.code == visit.me]
        self.setVisible(bool(waits) and self._page.writable)
        if waits == self._shown:
            return
        self._shown = waits
        people = visit.state.people
        self.words.setText("\n".join(waiting_words(one, people) for one in waits))
        clear(self._flow)
        for code in dict.fromkeys(one.code for one in waits):
            button = Button(_("Confirm what was typed for {person}", person=labels.person(people, code)), "check")
            button.setProperty("code", code)
            button.clicked.connect(self._on_confirm)
            self._flow.addWidget(button)
            button.show()

    @Slot()
    def _on_confirm(self) -> None:
        code = str(self.sender().property("code"))
        if run_change(self._page.session, partial(self._page.visit.laptops.confirm_typed, code)) is not None:
            who = labels.person(self._page.visit.state.people, code)
            self._page.notify(_("What was typed for {person} now counts as theirs.", person=who), "met")


def waiting_words(one: TypedFor, people: Mapping[str, TeamMember]) -> str:
    """How much one person typed for another."""
    many = plural("{n} thing", "{n} things", one.entries)
    typist, whom = labels.person(people, one.typist), labels.person(people, one.code)
    return _("{typist} typed {many} for {person}.", typist=typist, many=many, person=whom)
