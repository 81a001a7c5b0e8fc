"""Background jobs in a thread of their own, with progress and cancelling."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, QThreadPool, QTimer, Signal, Slot

from reviewapp.base.errors import ReviewError
from ui.session import garbage

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import OpenVisit

SHOW_AFTER_MS = 600
TIDY_MS = 200


class Cancelled(Exception):
    """Raised in a job when the person pressed Cancel; not an error."""


class Progress:
    """Passed to a job: `report` shows how far it is, `check` raises `Cancelled` where it may stop."""

    def __init__(self, emit: Callable[[float, str], None]) -> None:
        self._emit = emit
        self._stop = threading.Event()

    def report(self, text: str, share: float = -1.0) -> None:
        """Show `text`; `share` is 0-1, or -1 when unknown. Raises `Cancelled` if cancelling was requested."""
        self.check()
        self._emit(share, text)

    def check(self) -> None:
        """Raise `Cancelled` if cancelling was requested."""
        if self._stop.is_set():
            raise Cancelled

    def cancel(self) -> None:
        """Request that the job stops at its next check."""
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
        """Run the job in the worker thread; `ended` delivers its result or exception to the UI thread."""
        job = self.job
        # The pool keeps the task longer than it needs, and a passphrase that the job was given would stay with it.
        del self.job
        try:
            self.progress.check()
            result = job(self.progress)
        except BaseException as error:
            # Every exception goes to the UI thread, which can show it.
            self.signals.ended.emit(None, error)
        else:
            self.signals.ended.emit(result, None)


class WithVisit:
    """Job with its own connection to the visit, opened and closed in the worker thread.

    The connection is read-only unless the job `writes`; then the screen learns of the changes through `Bridge.adopt` or
    `reload`. Text typed meanwhile stays a draft; only the UI thread's visit commits drafts.
    """

    def __init__(self, visit: OpenVisit, job: Callable[[OpenVisit, Progress], Any], *, writes: bool = False) -> None:
        self._visit, self._job, self._writes = visit, job, writes
        self._moment = None if writes else visit.moment()

    def __call__(self, progress: Progress) -> Any:
        """Run the job on a second connection; called in the worker thread."""
        with closing(self._visit.second(read_only=not self._writes, moment=self._moment)) as second:
            self._moment = None
            return self._job(second, progress)


class Worker(QObject):
    """Runs one job at a time, in order. A job uses its arguments and the visit of `WithVisit`, never a widget."""

    began = Signal(str, bool)
    """Title, and whether it can be cancelled; emitted only for a job that still runs after 600 ms."""
    progressed = Signal(float, str)
    idle = Signal()
    refused = Signal(object)
    """A `ReviewError` of a job that was started without `failed`."""
    ended = Signal(str, object)
    """Title of a job that the person asked for, and how it ended: None, a `ReviewError`, or `Cancelled`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._tasks: list[_Task] = []
        self._show = QTimer(self)
        self._show.setSingleShot(True)
        self._show.setInterval(SHOW_AFTER_MS)
        self._show.timeout.connect(self._on_show)
        self._tidy = QTimer(self)
        self._tidy.setInterval(TIDY_MS)
        self._tidy.timeout.connect(garbage.search)

    @property
    def busy(self) -> bool:
        """Whether a job is running or queued."""
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
        """Run `job(progress)` in the thread, then call `done(result)` or `failed(ReviewError)` in this one.

        Trouble with a disk, a folder or a file is told as that; any other exception is raised here and reaches the
        crash dialog. `quiet`: `began` is not emitted, because the person did not ask for the job.
        """
        task = _Task(title, job, done, failed, cancel=cancel, quiet=quiet)
        task.signals.progressed.connect(self.progressed)
        task.signals.ended.connect(self._on_ended)
        self._tasks.append(task)
        if len(self._tasks) == 1:
            self._show.start()
            self._tidy.start()
            garbage.search_by_hand()
        self._pool.start(task)

    def cancel(self) -> None:
        """Cancel the running job if it allows that."""
        if self._tasks and self._tasks[0].can_cancel:
            self._tasks[0].progress.cancel()

    def end(self) -> None:
        """Cancel the running job if it allows that, and every job that has not begun; the rest ends by itself."""
        self.cancel()
        for task in self._tasks[1:]:
            task.progress.cancel()

    @property
    def running(self) -> str:
        """Title of the job that is running; empty if there is none, or the person did not ask for it."""
        return self._tasks[0].title if self._tasks and not self._tasks[0].quiet else ""

    def drain(self) -> None:
        """Block until every job has ended and its result is delivered."""
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
        if error is not None and not isinstance(error, ReviewError | Cancelled):
            error = _trouble_of(error) or error
        if not task.quiet and (error is None or isinstance(error, ReviewError | Cancelled)):
            self.ended.emit(task.title, error)
        if not self._tasks:
            self._tidy.stop()
            garbage.search_by_itself()
            self.idle.emit()
        if error is None:
            if task.done is not None:
                task.done(result)
        elif isinstance(error, ReviewError):
            (task.failed or self.refused.emit)(error)
        elif not isinstance(error, Cancelled):
            raise error


def _trouble_of(error: BaseException) -> ReviewError | None:
    """What a disk, a folder or a file refused, told as that; None for a fault of the program."""
    from reviewapp.store.damage import trouble_of

    return trouble_of(error)
