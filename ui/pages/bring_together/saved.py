"""What became of a file that was to be saved: where it is and what to do with it, or why it is not there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _
from ui.widgets import Card, ErrorLine, Pill, Text, column, row

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import OpenVisit


@dataclass(frozen=True)
class Saved:
    """A file that was written and read back; its size was taken then, for the stick may be out a moment later."""

    path: Path
    size: int

    @classmethod
    def at(cls, path: Path) -> Saved:
        """In the worker, after writing. Raises ReviewError when the file is gone already."""
        try:
            return cls(path, path.stat().st_size)
        except OSError as error:
            raise ReviewError(
                _("{path} is not there any more", path=path),
                do=_("leave the stick in until the file is saved, and save it again"),
                kept=_("your work is safe in the program"),
            ) from error

    def words(self) -> str:
        """Where it is and how large."""
        size = self.size
        large = (
            _("{n} MB", n=f"{size / 1000000:.1f}") if size >= 1_000_000 else _("{n} kB", n=max(1, round(size / 1000)))
        )
        return f"{self.path}\n{large}"


class Outcome(QWidget):
    """Stays until the next file is saved, so that nobody has to catch a line at the foot of the window."""

    def __init__(self) -> None:
        super().__init__()
        self._saved: Saved | None = None
        self._receipts = False
        self.card = Card(kind="inset", margin=3)
        self.words = Text("", select=True)
        self.next = Text("", "small")
        self.card.add(row(Pill(_("Saved and read back"), "met", "check"), None), self.words, self.next)
        self.card.hide()
        self.error = ErrorLine()
        self.setLayout(column(self.card, self.error, gap=2))

    def saved(self, saved: Saved, *, receipts: bool) -> None:
        """It is there."""
        self._saved, self._receipts = saved, receipts
        self.error.set_text()
        self.words.setText(saved.words())
        self.words.setAccessibleName(_("Saved and read back: {path}", path=saved.path))

    def failed(self, error: ReviewError) -> None:
        """It is not there; whatever was saved before is no longer spoken of."""
        self._saved = None
        self.error.set_text(_("Not saved: {error}", error=error))

    def show_next(self, visit: OpenVisit) -> None:
        """Whom to take the stick to."""
        self.card.setVisible(self._saved is not None)
        leader = visit.state.lead()
        who = _("the others") if visit.is_lead or leader is None else _("{key}, the lead reviewer", key=leader.key)
        if self._receipts:
            who = _("every reviewer, who drops it on this page of their laptop")
        self.next.setText(_("Take the stick out safely and give it to {who}.", who=who))
