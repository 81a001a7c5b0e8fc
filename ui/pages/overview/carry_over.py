"""The carry-over: what the next visit of this team begins with, in a file that six words open."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _
from reviewapp.exchange.phrase import new_phrase
from ui.pages.shared.six_words import SixWords
from ui.session.worker import Progress, WithVisit
from ui.widgets import Button, ErrorLine, Text, column, row
from ui.widgets.file_dialogs import choose_save_file
from ui.widgets.usable import WAIT, usable

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.session.session import Session

FILES = _("Carry-over files (*.carry *.rvcarry);;All files (*)")
ABOUT = _(
    "On this laptop, the next visit can start from this one without a file: Start, New visit. For another laptop, "
    "save a carry-over. It contains the service, the people, the standards, the plan with its goals, and the "
    "results of every round. It contains no notes and nothing people said in interviews."
)
KEEP = _(
    "Keep the words apart from the file, or tell them in person or by phone to whoever leads the next visit. They "
    "are shown only now. If you lose them, save the carry-over again."
)


class WriteCarryOver:
    """Job: write the carry-over to `path`, sealed with `phrase`."""

    def __init__(self, path: Path, phrase: str) -> None:
        self._path, self._phrase = path, phrase

    def __call__(self, visit: OpenVisit, _progress: Progress) -> tuple[str, str]:
        """Write it; returns its name and the six words. Raises ReviewError."""
        from reviewapp.plan.next_round import write_recorded

        write_recorded(visit, self._path, self._phrase)
        return self._path.name, self._phrase


class CarryOverPart(QWidget):
    """A button that saves the carry-over, and then shows its six words in a dialog."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.write = Button(_("Save a carry-over…"), "save")
        self.write.clicked.connect(self._on_write)
        self.error = ErrorLine()
        self.panel = SixWords(session, _("The six words of the carry-over"), KEEP, _("the carry-over"), self)
        self.panel.passed_on.connect(self._on_passed_on)
        self.setLayout(column(Text(ABOUT, "muted"), row(self.write, None), self.error, gap=2, margin=2))

    @Slot()
    def _on_write(self) -> None:
        visit = self._session.visit
        if visit is None:
            return
        name = f"carry-over-{visit.state.info.date}.carry"
        path = choose_save_file(self, _("Where to save the carry-over"), name, FILES)
        if path is None:
            return
        self.error.set_text()
        usable(self.write, WAIT)
        self._session.bridge.commit_drafts()
        job = WithVisit(visit, WriteCarryOver(path, new_phrase()), writes=True)
        self._session.worker.run(_("Saving the carry-over"), job, partial(self._on_written, path), self._on_failed)

    def _on_written(self, path: Path, made: tuple[str, str]) -> None:
        name, phrase = made
        usable(self.write, "")
        self.panel.show_words(_("{name} is saved. These six words open it:", name=name), phrase)
        self._session.tell_saved(path, _("The carry-over is saved as {name}.", name=name))

    def _on_failed(self, error: ReviewError) -> None:
        usable(self.write, "")
        self.error.set_text(error)
        self.write.setFocus()

    @Slot()
    def _on_passed_on(self) -> None:
        self.write.setFocus()
