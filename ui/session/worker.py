"""Work that takes longer than a blink: in a thread of its own, with progress and cancel."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, QThreadPool, QTimer, Signal, Slot

from reviewapp.base.errors import ReviewError

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import OpenVisit

SHOW_AFTER_MS = 600


class Cancelled(Exception):
    """The person pressed Cancel; not an error."""


class Progress:
    """Handed to a job: `say` how far it is, and stop where `check` raises `Cancelled`."""

    def __init__(self, emit: Callable[[float, str], None]) -> None:
        self._emit = emit
        self._stop = threading.Event()

    def report(self, text: str, share: float = -1.0) -> None:
        """What is being done; `share` 0-1, or -1 when nobody knows. Also a place to be cancelled."""
        self.check()
        self._emit(share, text)

    def check(self) -> None:
        """Raise `Cancelled` if that was asked for."""
        if self._stop.is_set():
            raise Cancelled

    def cancel(self) -> None:
        """Ask the job to stop at its next check."""
        self._stop.set()


Job = Callable[[Progress], Any]


class _Signals(QObject):
    progressed = Signal(float, str)
    ended = Signal(object, object)


class _Task(QRunnable):
    def __init__(
        self,
        title: str,
        job: Job,
        done: Callable[[Any], None] | None,
        failed: Callable[[ReviewError], None] | None,
        *,
        cancel: bool,
        quiet: bool,
    ) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.title, self.job, self.done, self.failed = title, job, done, failed
        self.can_cancel, self.quiet = cancel, quiet
        self.signals = _Signals()
        self.progress = Progress(self.signals.progressed.emit)

    def run(self) -> None:
        """In the other thread."""
        try:
            self.progress.check()
            result = self.job(self.progress)
        except BaseException as error:
            # Whatever went wrong is handed to the UI thread, which knows how to tell it.
            self.signals.ended.emit(None, error)
        else:
            self.signals.ended.emit(result, None)


class WithVisit:
    """A job with a connection of its own to the visit, opened in the thread that uses it and closed there.

    It can only read unless the job `writes`; what that changes the screen is told by `Bridge.adopt` or `reload`. What
    is being typed in the meantime stays a draft; to make it an entry is the screen's business.
    """

    def __init__(self, visit: OpenVisit, job: Callable[[OpenVisit, Progress], Any], *, writes: bool = False) -> None:
        self._visit, self._job, self._writes = visit, job, writes

    def __call__(self, progress: Progress) -> Any:
        """In the worker."""
        with closing(self._visit.second(read_only=not self._writes)) as second:
            return self._job(second, progress)


class Worker(QObject):
    """One job at a time, in order. A job touches what it was given and the visit of `WithVisit`, never a widget."""

    began = Signal(str, bool)
    """Title, can be cancelled: shown only after 600 ms."""
    progressed = Signal(float, str)
    idle = Signal()
    refused = Signal(object)
    """A `ReviewError` nobody asked to hear of."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._tasks: list[_Task] = []
        self._show = QTimer(self)
        self._show.setSingleShot(True)
        self._show.setInterval(SHOW_AFTER_MS)
        self._show.timeout.connect(self._on_show)

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits."""
        return bool(self._tasks)

    def run(
        self,
        title: str,
        job: Job,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[ReviewError], None] | None = None,
        *,
        cancel: bool = False,
        quiet: bool = False,
    ) -> None:
        """Do `job(progress)` in the thread, then `done(result)` or `failed(error)` here; a bug goes to the hook.

        `quiet`: nobody asked for it, so it is not shown while it goes on.
        """
        task = _Task(title, job, done, failed, cancel=cancel, quiet=quiet)
        task.signals.progressed.connect(self.progressed)
        task.signals.ended.connect(self._on_ended)
        self._tasks.append(task)
        if len(self._tasks) == 1:
            self._show.start()
        self._pool.start(task)

    def cancel(self) -> None:
        """Stop the job that runs, where it allows it."""
        if self._tasks and self._tasks[0].can_cancel:
            self._tasks[0].progress.cancel()

    def drain(self) -> None:
        """Wait until every job is over and its result delivered."""
        self._pool.waitForDone()
        QCoreApplication.sendPostedEvents(self)

    @Slot()
    def _on_show(self) -> None:
        if self._tasks and not self._tasks[0].quiet:
            self.began.emit(self._tasks[0].title, self._tasks[0].can_cancel)

    @Slot(object, object)
    def _on_ended(self, result: Any, error: BaseException | None) -> None:
        task = self._tasks.pop(0)
        if self._tasks:
            self._show.start()
        else:
            self._show.stop()
            self.idle.emit()
        if error is None:
            if task.done is not None:
                task.done(result)
        elif isinstance(error, ReviewError):
            (task.failed or self.refused.emit)(error)
        elif not isinstance(error, Cancelled):
            raise error
