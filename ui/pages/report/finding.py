"""One finding of the proof-reader: reason, advice, a link to its cause, and its acceptance."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from reviewapp.base.i18n import _
from reviewapp.visit.labels import person
from reviewapp.visit.statements import FindingAccepted, Statement
from ui.pages.shared.finding_words import EXPLAINED, LOOKS
from ui.widgets import Button, Card, DescribingText, IconButton, Pill, Text, column, row
from ui.widgets.usable import usable

if TYPE_CHECKING:
    from reviewapp.report.proofreading import Finding
    from ui.pages.base import Page

HINT = _(
    "Accept the warning with a reason. It is kept under your name, and the warning comes back if the text it is "
    "about changes."
)
ONLY_THE_LEAD = _("Only the lead reviewer can accept a warning.")


def acceptance_line(finding: str, reason: str) -> Statement:
    """The statement that accepts a finding; an empty reason opens it again."""
    return FindingAccepted(id=finding, reason=reason.strip() or None)


class FindingCard(Card):
    """A finding; emits `asked(id)` to go to its cause, and `closed`."""

    asked = Signal(str)
    closed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(kind="inset", margin=3)
        self._page = page
        self.finding: Finding | None = None
        self.gravity = Pill()
        self.close_button = IconButton("cross", _("Close this warning"))
        self.close_button.clicked.connect(self.closed)
        self.why = Text("", "strong", select=True)
        self.what = Text("", select=True)
        self.go = Button(_("Go there"), "arrow_right")
        self.go.clicked.connect(self._on_go)
        self.reason_label = Text(_("Reason for accepting"), "strong")
        self.reason = page.draft(_("Reason for accepting"), placeholder=_("A reason, in a few words"), rows=2, most=4)
        self.reason_label.setBuddy(self.reason)
        self.hint = DescribingText(HINT, of=self.reason)
        self.accept = Button(_("Accept"), "check")
        self.accept.clicked.connect(self._on_accept)
        self.reason.edited.connect(self._on_edited)
        self.accepted = Text("", select=True)
        self.add(
            row(self.gravity, None, self.close_button),
            self.why,
            self.what,
            row(self.go, None),
            column(self.reason_label, self.reason, self.hint, row(self.accept, None), self.accepted, gap=1),
        )
        self.hide()

    def show_finding(self, found: Finding | None, *, here: bool = False) -> None:
        """Show a finding, or update the one shown; None hides the card. `here`: its cause can be edited just below."""
        if found is None:
            if self.finding is not None:
                self.finding = None
                self.reason.bind(None)
            self.hide()
            return
        another = self.finding is None or self.finding.id != found.id
        self.finding = found
        tone, icon, word = LOOKS[found.severity]
        if found.accepted is not None:
            self.gravity.set_state(_("Accepted"), "met", "check")
        else:
            self.gravity.set_state(word, tone, icon, name=f"{word}: {EXPLAINED[found.severity]}")
        self._set_text(self.why, found.why)
        self._set_text(self.what, _("What to do: {action}.", action=found.action[:1].lower() + found.action[1:]))
        self.go.setVisible(not here)
        reason = found.accepted.reason if found.accepted else ""
        may = self._page.visit.is_lead and self._page.writable
        if another:
            self.reason.bind(partial(acceptance_line, found.id) if may else None, reason if may else "")
        elif may:
            self.reason.refresh(reason)
        self._show_accepting(found, may=may)
        self.show()

    def _show_accepting(self, found: Finding, *, may: bool) -> None:
        for part in (self.reason_label, self.reason, self.hint):
            part.setVisible(may)
        self.accept.setVisible(may and found.accepted is None)
        usable(self.accept, "" if self.reason.toPlainText().strip() else _("Write the reason first."))
        people = self._page.state.people
        who = _("Accepted by {person}", person=person(people, found.accepted.person)) if found.accepted else ""
        said = f"{who}: {found.accepted.reason}" if found.accepted and not may else who
        self._set_text(self.accepted, said or ("" if may else ONLY_THE_LEAD))
        self.accepted.setVisible(bool(self.accepted.text()))

    def _set_text(self, label: Text, words: str) -> None:
        label.setText(words)
        label.setAccessibleName(words)

    @Slot()
    def _on_edited(self) -> None:
        usable(self.accept, "" if self.reason.toPlainText().strip() else _("Write the reason first."))

    @Slot()
    def _on_accept(self) -> None:
        self.reason.commit()

    @Slot()
    def _on_go(self) -> None:
        if self.finding is not None:
            self.asked.emit(self.finding.id)
