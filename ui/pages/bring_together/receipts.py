"""Receipts: the lead confirms which entries of each laptop are held; a reviewer sees what is confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _, plural
from ui.pages.bring_together.saved import Saved
from ui.widgets import Button, Pill, Text, column, row
from ui.widgets.usable import busy_reason, only_read, usable

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.session.worker import Progress


@dataclass(frozen=True)
class WriteReceiptsJob:
    """Job: write one file with the receipts for all laptops."""

    path: Path

    def __call__(self, visit: OpenVisit, progress: Progress) -> Saved:
        """Write the file; returns its path and size. Raises ReviewError."""
        progress.report(_("Writing {name}", name=self.path.name))
        visit.write_receipt(self.path)
        return Saved.at(self.path)


def receipt_name(me: str, today: date) -> str:
    """A file name that reveals nothing to a finder: a code and a date."""
    return f"{me}-receipts-{today.isoformat()}.rvreceipt"


def held_in_words(unreceipted: int) -> str:
    """The state of this laptop's receipts in words; `unreceipted` counts the entries without one."""
    if not unreceipted:
        return _("The lead has all your work")
    return plural("{n} entry not yet confirmed by the lead", "{n} entries not yet confirmed by the lead", unreceipted)


class ReceiptsPart(QWidget):
    """Part of the card for giving one's work; emits `wanted` when the lead writes receipts."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.held = Pill()
        self.words = Text("", "small")
        self.give = Button(_("Save receipts…"), "file")
        self.give.clicked.connect(self.wanted)
        self.setLayout(column(row(self.held, None), row(self.give, None), self.words, gap=1))

    def show_receipts(self, visit: OpenVisit, *, came: bool, busy: bool) -> None:
        """Show the button to the lead once somebody's work has come in, and the state to everybody else."""
        lead = visit.is_lead
        self.setVisible(not lead or came)
        self.give.setVisible(lead)
        usable(self.give, only_read(not visit.read_only) or busy_reason(busy))
        self.held.setVisible(not lead)
        if lead:
            self.words.setText(
                _(
                    "One file for everyone. It tells each laptop which of its work you have. The reviewers drop it "
                    "on this page."
                )
            )
            return
        open_ = visit.here.unreceipted()
        self.held.set_state(held_in_words(open_), "warn" if open_ else "met", "clock" if open_ else "check")
        self.words.setText(
            _(
                "Save your work to a file and give it to the lead. Drop the receipt you get back here: it confirms "
                "that the lead has your work."
            )
            if open_
            else _("Everything you have written is on the lead's laptop too.")
        )
