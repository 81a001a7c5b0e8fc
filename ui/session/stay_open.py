"""Stay open during this interview: while it is on, nobody is locked out for being silent.

Somebody who listens types nothing for a long time. The switch holds for one interview and at most `MOST_MINUTES`; it
ends when another interview or page is opened, when the visit is closed, and with every lock. It only keeps away the
lock for being idle: Ctrl+L, the system's lock and sleep lock as ever.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

MOST_MINUTES = 90
_LOOK_MS = 10_000


class StayOpen(QObject):
    """For which interview the program stays open, and for how long still; emits `changed` when that is different."""

    changed = Signal()
    ended = Signal()
    """The time is up; not where somebody switched it off."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.interview = ""
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.setInterval(MOST_MINUTES * 60_000)
        self._limit.timeout.connect(self._on_limit)
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self.changed)

    @property
    def on(self) -> bool:
        """Whether the lock for being idle is kept away."""
        return bool(self.interview)

    def minutes_left(self) -> int:
        """Minutes until it ends by itself, rounded up."""
        # A timer may be a little late, and says so.
        return min(MOST_MINUTES, -(-self._limit.remainingTime() // 60_000)) if self.on else 0

    def begin(self, interview: str) -> None:
        """Stay open for this interview from now on."""
        self.interview = interview
        self._limit.start()
        self._look.start()
        self.changed.emit()

    @Slot()
    def end(self) -> None:
        """Lock again when nobody is there."""
        if self.on:
            self.interview = ""
            self._limit.stop()
            self._look.stop()
            self.changed.emit()

    @Slot()
    def _on_limit(self) -> None:
        self.end()
        self.ended.emit()
