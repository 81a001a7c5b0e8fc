"""Rolling backup every hour while a visit is open for writing; shown to the person only if it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _
from ui.session.worker import Progress, WithVisit
from ui.widgets.basics import sentence

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.session.bridge import Bridge
    from ui.session.worker import Worker

HOURLY_MS = 3_600_000


class HourlyBackup(QObject):
    """Backs up the open visit at an interval, unless nothing changed since the last backup.

    Emits `failed(text)` when a backup could not be written.
    """

    failed = Signal(str)

    def __init__(self, bridge: Bridge, worker: Worker, every: int, parent: QObject) -> None:
        """`every`: milliseconds between two backups."""
        super().__init__(parent)
        self._bridge, self._worker = bridge, worker
        self._changed = False
        self.timer = QTimer(self)
        self.timer.setInterval(every)
        self.timer.timeout.connect(self._on_due)
        bridge.changed.connect(self._on_changed)
        bridge.saved.connect(self._on_changed)

    def begin(self) -> None:
        """Start the timer: a visit has been opened for writing."""
        self._changed = False
        self.timer.start()

    def end(self) -> None:
        """Stop the timer: the visit is being closed."""
        self.timer.stop()

    @Slot()
    def _on_changed(self) -> None:
        self._changed = True

    @Slot()
    def _on_due(self) -> None:
        visit = self._bridge.visit
        if visit is None or not self._changed:
            return
        self._changed = False
        self._worker.run(_("Backing up"), WithVisit(visit, _back_up), None, self._on_failed, quiet=True)

    def _on_failed(self, error: ReviewError) -> None:
        self._changed = True
        self.failed.emit(_("The hourly backup did not work: {what}. {do}.", what=error.what, do=sentence(error.do)))


def _back_up(visit: OpenVisit, _progress: Progress) -> None:
    visit.back_up_now()
