"""Outcome of saving a file: its path and what to do with it, or why it failed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _
from reviewapp.visit.labels import person
from ui.widgets import Card, ErrorLine, Pill, Text, column, row
from ui.widgets.saved_file import SavedFileButtons

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import OpenVisit


@dataclass(frozen=True)
class Saved:
    """A file that was written and read back; its size is kept, for the stick may be removed a moment later."""

    path: Path
    size: int
    left_out: int = 0
    """Texts being typed that are not in it, because the disk of this laptop takes no write."""
    others: tuple[Path, ...] = ()
    """The other parts, where it was too large for one file; `size` is that of all."""

    @classmethod
    def at(cls, path: Path, *others: Path, left_out: int = 0) -> Saved:
        """The file just written at `path`, with its other parts; raises ReviewError if one is already gone.

        For the worker.
        """
        try:
            return cls(path, sum(one.stat().st_size for one in (path, *others)), left_out, others)
        except OSError as error:
            raise ReviewError(
                _("{path} cannot be found", path=path),
                do=_("leave the stick in until the file is saved, then save it again"),
                kept=_("your work is safe in the program"),
            ) from error

    def words(self) -> str:
        """Path and size as text."""
        size = self.size
        large = (
            _("{n} MB", n=f"{size / 1000000:.1f}") if size >= 1_000_000 else _("{n} kB", n=max(1, round(size / 1000)))
        )
        words = f"{self.path}\n{large}"
        if self.others:
            together = _("Too large for one file: these {n} belong together, in any order.", n=len(self.others) + 1)
            words = "\n".join([str(self.path), *map(str, self.others), large, together])
        if not self.left_out:
            return words
        left_out = _("Text still being typed is not in it, because this laptop's disk cannot be written to: {n}",
                     n=self.left_out)  # fmt: skip
        return f"{words}\n{left_out}"


class Outcome(QWidget):
    """The outcome, shown until the next file is saved, unlike a message in the status bar.

    Emits `asked(words)` when another program was asked to show the file.
    """

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._saved: Saved | None = None
        self._receipts = False
        self.card = Card(kind="inset", margin=3)
        self.words = Text("", select=True)
        self.next = Text("", "small")
        self.buttons = SavedFileButtons()
        self.buttons.failed.connect(self._on_not_opened)
        self.buttons.asked.connect(self.asked)
        self.card.add(row(Pill(_("Saved and checked"), "met", "check"), None, self.buttons), self.words, self.next)
        self.card.hide()
        self.error = ErrorLine()
        self.setLayout(column(self.card, self.error, gap=2))

    def saved(self, saved: Saved, *, receipts: bool) -> None:
        """Remember a saved file; `show_next` shows it."""
        self._saved, self._receipts = saved, receipts
        self.error.set_text()
        self.buttons.show_file(saved.path)
        self.words.setText(saved.words())
        self.words.setAccessibleName(_("Saved and checked: {path}", path=saved.path))

    @Slot(str)
    def _on_not_opened(self, words: str) -> None:
        self.error.set_text(words)

    def failed(self, error: ReviewError) -> None:
        """Show why saving failed, and forget the file saved before."""
        self._saved = None
        self.error.set_text(_("Not saved: {error}", error=error))

    def show_next(self, visit: OpenVisit) -> None:
        """Show the saved file, and to whom the stick is to be given."""
        self.card.setVisible(self._saved is not None)
        leader = visit.state.lead()
        who = _("the others") if visit.is_lead or leader is None else person(visit.state.people, leader.key)
        if self._receipts:
            who = _("every reviewer, to drop on this page of their laptop")
        self.next.setText(_("Eject the USB stick safely and give it to {who}.", who=who))
