"""Bridge between the open visit and the screens: the core's events as Qt signals, calls as statements."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal

from reviewapp.base.errors import ReviewError

if TYPE_CHECKING:
    from reviewapp.visit.entities import RecordId
    from reviewapp.visit.statements import Statement
    from reviewapp.workspace.open_visit import Change, OpenVisit

SLOW_MS = 50
log = logging.getLogger("ui.session.bridge")


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Context manager that logs a warning if the block held up the UI thread for more than 50 ms."""
    start = time.perf_counter()
    yield
    took = (time.perf_counter() - start) * 1000
    if took > SLOW_MS:
        log.warning("%s took %.0f ms on the UI thread", what, took)


class Bridge(QObject):
    """Holds the open visit and emits its changes. One for the life of the program; visits are attached and detached."""

    changed = Signal(object)
    """A `Change`: records of the visit have changed; no records means anything may have."""
    typed = Signal()
    """A text box was edited and its text is not saved yet."""
    saved = Signal()
    """Everything written so far is on the disk."""
    failed = Signal(object)
    """A `ReviewError`: saving failed; the text is still on the screen."""
    refused = Signal(object)
    """A `ReviewError` (or its text): the request is not allowed or not valid; nothing was changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.visit: OpenVisit | None = None
        self.stepping = False
        """Whether the change that is told just now is one of Undo or Redo."""
        self._unsubscribe: Callable[[], None] | None = None

    def attach(self, visit: OpenVisit) -> None:
        """Make this the open visit and emit `changed` for each of its changes."""
        self.detach()
        self.visit = visit
        self._unsubscribe = visit.subscribe(self._on_change)

    def detach(self) -> None:
        """Stop listening and forget the open visit, without closing it."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        self.visit, self._unsubscribe = None, None

    def _on_change(self, change: Change) -> None:
        """Listener that the core calls in the thread that made the change."""
        self.changed.emit(change)

    @property
    def writable(self) -> bool:
        """Whether a visit is open and this program may change it."""
        return self.visit is not None and not self.visit.read_only

    @property
    def names(self) -> tuple[str, ...]:
        """The names on the open visit's list of people who must not be recognised."""
        if self.visit is None or not self.visit.state.known_names:
            return ()
        from reviewapp.visit.identifying import listed_names

        return listed_names(self.visit.state)

    def record(self, *lines: Statement, name: str = "") -> Change | None:
        """Record statements as one change and emit `saved`; None, and `refused` emitted, if they are not accepted."""
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
        """Emit `typed`: a text box has text that is not on the disk yet."""
        self.typed.emit()

    def save_draft(self, line: Statement) -> bool:
        """Save the text being typed as a draft; False, and `failed` emitted, if it could not be saved."""
        return self._saving("save_draft", lambda visit: visit.save_draft(line))

    def _saving(self, what: str, save: Callable[[OpenVisit], None]) -> bool:
        if self.visit is None:
            return False
        try:
            with timed(what):
                save(self.visit)
        except ReviewError as error:
            self.failed.emit(error)
            return False
        self.saved.emit()
        return True

    def save_jotting(self, about: RecordId, text: str) -> bool:
        """Keep a private jotting on this laptop; False, and `failed` emitted, if it could not be saved."""
        return self._saving("save_jotting", lambda visit: visit.jottings.write(about, text))

    def commit_drafts(self) -> bool:
        """Turn every draft into an entry and emit `saved`; True also when the visit is read-only.

        False if no visit is open, if writing failed (`failed` emitted), or if a draft was refused (`refused` emitted).
        """
        return self._commit() == "saved"

    def _commit(self) -> Literal["saved", "refused", "failed"]:
        if self.visit is None:
            return "failed"
        if self.visit.read_only:
            return "saved"
        try:
            with timed("commit_drafts"):
                change = self.visit.commit_drafts()
        except ReviewError as error:
            self.failed.emit(error)
            return "failed"
        if change is not None and change.problems:
            self.refused.emit(change.problems[0])
            return "refused"
        self.saved.emit()
        return "saved"

    def has_draft(self, line: Statement) -> bool:
        """Whether the text typed in this statement's field is still a draft: any caller may have committed it."""
        return self.visit is not None and self.visit.has_draft(line)

    def reload(self, name: str = "") -> None:
        """Reread the visit after another connection has written (a join, an import), and refresh every page."""
        from reviewapp.workspace.open_visit import Change

        if self.visit is not None:
            self.visit.reload()
            self.visit.notify(Change(name, frozenset()))

    def adopt(self, change: Change) -> None:
        """Like `reload`, after a worker's single change, which `undo` can then revert."""
        if self.visit is not None:
            self.visit.adopt(change)

    def undo(self) -> Change | None:
        """Commit drafts, then undo the last change and return it; emits `saved`, or `refused` and returns None."""
        return self._step("undo")

    def redo(self) -> Change | None:
        """Redo the change undone last and return it; emits `saved`, or `refused` and returns None."""
        return self._step("redo")

    def _step(self, which: Literal["undo", "redo"]) -> Change | None:
        if self.visit is None or self._commit() == "failed":
            return None
        self.stepping = True
        try:  # a draft that is refused stays a draft, and is no reason to refuse this
            change = self.visit.undo() if which == "undo" else self.visit.redo()
        except ReviewError as error:
            self.refused.emit(error)
            return None
        finally:
            self.stepping = False
        self.saved.emit()
        return change
