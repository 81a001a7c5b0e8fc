"""The one place where the core's events become Qt signals, and where a screen's wishes become lines."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reviewapp.base.errors import ReviewError

if TYPE_CHECKING:
    from reviewapp.visit.statements import Statement
    from reviewapp.workspace.open_visit import Change, OpenVisit

SLOW_MS = 50
log = logging.getLogger("ui.session.bridge")


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Say so in the log when a direct call held the screen up."""
    start = time.perf_counter()
    yield
    took = (time.perf_counter() - start) * 1000
    if took > SLOW_MS:
        log.warning("%s took %.0f ms on the UI thread", what, took)


class Bridge(QObject):
    """What is open now, and what happens to it. One for the whole life of the program; visits come and go."""

    changed = Signal(object)
    """A `Change`: something in the visit is different."""
    typed = Signal()
    """Somebody is typing; nothing saved yet."""
    saved = Signal()
    """Everything said until now is on the disk."""
    failed = Signal(object)
    """A `ReviewError`: saving did not work; the text is still on the screen."""
    refused = Signal(object)
    """A `ReviewError` (or its words): what was asked is not allowed or not right; nothing was changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.visit: OpenVisit | None = None
        self._unsubscribe: Callable[[], None] | None = None

    def attach(self, visit: OpenVisit) -> None:
        """Listen to this visit from now on."""
        self.detach()
        self.visit = visit
        self._unsubscribe = visit.subscribe(self._on_change)

    def detach(self) -> None:
        """Listen to nothing; the visit is not closed."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        self.visit, self._unsubscribe = None, None

    def _on_change(self, change: Change) -> None:
        """Called by the core, in whatever thread changed something."""
        self.changed.emit(change)

    @property
    def writable(self) -> bool:
        """Whether this program may change the visit."""
        return self.visit is not None and not self.visit.read_only

    def record(self, *lines: Statement, name: str = "") -> Change | None:
        """Say something; None (and `refused`) when it is not accepted."""
        if self.visit is None:
            return None
        try:
            with timed("record"):
                change = self.visit.record(*lines, name=name)
        except ReviewError as error:
            self.refused.emit(error)
            return None
        self.saved.emit()
        return change

    def typing(self) -> None:
        """A text box has words that are not on the disk yet."""
        self.typed.emit()

    def save_draft(self, line: Statement) -> bool:
        """Put what is being typed on the disk; False (and `failed`) when that did not work."""
        if self.visit is None:
            return False
        try:
            with timed("save_draft"):
                self.visit.save_draft(line)
        except ReviewError as error:
            self.failed.emit(error)
            return False
        self.saved.emit()
        return True

    def commit_drafts(self) -> bool:
        """Make everything typed an entry; False (and `failed`) when that did not work."""
        if self.visit is None:
            return False
        if self.visit.read_only:
            return True
        try:
            with timed("commit_drafts"):
                change = self.visit.commit_drafts()
        except ReviewError as error:
            self.failed.emit(error)
            return False
        if change is not None and change.problems:
            self.refused.emit(change.problems[0])
            return False
        self.saved.emit()
        return True

    def has_draft(self, line: Statement) -> bool:
        """Whether what was typed in this line's field is still a draft, whoever may have made it an entry."""
        return self.visit is not None and self.visit.has_draft(line)

    def reload(self, name: str = "") -> None:
        """Read everything again after another connection has written (a join, an import), and tell every page."""
        from reviewapp.workspace.open_visit import Change

        if self.visit is not None:
            self.visit.reload()
            self.visit.notify(Change(name, frozenset()))

    def adopt(self, change: Change) -> None:
        """Like `reload`, for what the worker did as one change that `undo` can take back."""
        if self.visit is not None:
            self.visit.adopt(change)

    def undo(self) -> None:
        """Take the last change back."""
        self._step("undo")

    def redo(self) -> None:
        """Bring back what was taken back."""
        self._step("redo")

    def _step(self, which: str) -> None:
        if self.visit is None or not self.commit_drafts():
            return
        try:
            getattr(self.visit, which)()
        except ReviewError as error:
            self.refused.emit(error)
            return
        self.saved.emit()
