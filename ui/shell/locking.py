"""Locks the window: nothing can be read at once, then all is saved, jobs end, and the process gives up its memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _
from ui.session.handover import Handover, Told, Whereabouts, seal
from ui.session.worker import Cancelled
from ui.shell.curtain import Curtain
from ui.widgets.basics import sentence
from ui.widgets.clipboard import CopiedText

if TYPE_CHECKING:
    from ui.session.session import Session

PATIENCE_MS = 30_000
"""How long a running job is waited for; then it ends as if the program had been killed, which costs nothing saved."""
RETRY_MS = 2_000

Restart = Callable[[Handover], object]
"""Starts the program anew in the place of this process; returns only if that failed, by raising OSError."""


class LockTarget(Protocol):
    """What the lock asks of the main window."""

    def whereabouts(self) -> Whereabouts:
        """Where the person is."""

    def save_everything(self) -> bool:
        """Commit all typed text; False if some of it could not even be saved as a draft."""

    def remember_geometry(self) -> None:
        """Keep size and position of the window for the next start."""

    def forget_visit(self, whereabouts: Whereabouts) -> None:
        """Close the visit, forget the keys and delete the pages; after unlocking this is where to go."""

    def show_locked(self, waits_for: str, *, unsaved: bool) -> None:
        """Show the unlock screen; with no way in while it waits for the end of something."""


class Locking(QObject):
    """Locks the program. With `restart` set the process is replaced; without, only what it knows is let go.

    Text that cannot be saved, because the disk is full, stays in memory behind the unlock screen; saving is tried
    again every two seconds, and then the lock goes on.
    """

    curtain_drawn = Signal()
    """Nothing can be read any more."""

    def __init__(self, window: LockTarget, parent: QWidget, session: Session) -> None:
        super().__init__(parent)
        self.restart: Restart | None = None
        self._window, self._widget, self._session = window, parent, session
        self._curtain, self.copied = Curtain(parent), CopiedText(self)
        self.going_on = self._late = self._by_itself = self._active = False
        self._ended: list[Told] = []
        self._whereabouts = Whereabouts({})
        self.patience = self._timer(PATIENCE_MS, self._on_late)
        self._retry = self._timer(RETRY_MS, self._on_retry)
        session.worker.ended.connect(self._on_job_ended)
        session.worker.idle.connect(self._on_idle)
        session.unlocked.connect(self.stop)

    def _timer(self, milliseconds: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer

    def lock(self, *, by_itself: bool) -> None:
        """Cover the window, then lock as soon as what is being saved is saved."""
        if self._session.laptop is None or self.going_on:
            return
        self._session.stay_open.end()
        self.going_on, self._late, self._by_itself = True, False, by_itself
        self._active, self._ended = self._widget.isActiveWindow(), []
        self._whereabouts = self._window.whereabouts()
        inside = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        self._curtain.draw()
        self.curtain_drawn.emit()
        self.patience.start()
        if inside is None:
            self._go_on()
        else:
            # A dialog must not outlive the page it belongs to: its own loop returns first.
            QTimer.singleShot(0, self._go_on)

    def tell(self, text: str, tone: str) -> None:
        """Have something said after unlocking that cannot be shown while it locks."""
        self._ended.append((text, tone))

    @Slot()
    def stop(self) -> None:
        """Lock no further: somebody has unlocked."""
        self.going_on = False
        self._curtain.hide()
        self.patience.stop()
        self._retry.stop()

    @Slot()
    def _go_on(self) -> None:
        """Lock if everything is saved and nothing runs any more; otherwise this is called again."""
        if not self.going_on:
            return
        saved, worker = self._window.save_everything(), self._session.worker
        worker.end()
        if worker.busy and not self._late:
            self._show_locked(worker.running or _("what is being saved"), unsaved=False)
        elif not saved:
            self._show_locked("", unsaved=True)
            self._retry.start()
        else:
            self._finish()

    def _show_locked(self, waits_for: str, *, unsaved: bool) -> None:
        self._window.show_locked(waits_for, unsaved=unsaved)
        self._curtain.hide()

    def _finish(self) -> None:
        laptop, running = self._session.laptop, self._session.worker.running
        assert laptop is not None
        if running:
            self.tell(_stopped(running), "warn")
        whereabouts = self._whereabouts._replace(told=_told(self._ended))
        handover = Handover(self._by_itself, self._active, self._widget.isMinimized(), sealed=seal(laptop, whereabouts))
        self.copied.clear()
        self._window.remember_geometry()
        if self.restart is None or not self._session.worker.busy:  # else it ends as a program that is killed
            self._window.forget_visit(whereabouts)
        if self.restart is not None:
            try:
                self.restart(handover)
            except OSError:  # the program was moved or deleted; it is locked all the same
                self._window.forget_visit(whereabouts)
        self.stop()
        self._show_locked("", unsaved=False)

    @Slot(str, object)
    def _on_job_ended(self, title: str, error: object) -> None:
        if not self.going_on or not title:
            return
        if isinstance(error, Cancelled):
            self.tell(_stopped(title), "warn")
        elif isinstance(error, ReviewError):
            self.tell(_("{what}: {error}", what=title, error=error), "lasting")
        else:
            self.tell(_("{what}: this finished while the program was locked", what=title), "met")

    @Slot()
    def _on_idle(self) -> None:
        if self.going_on:
            QTimer.singleShot(0, self._go_on)  # after what the last job's end brings about

    @Slot()
    def _on_late(self) -> None:
        self._late = True
        self._go_on()

    @Slot()
    def _on_retry(self) -> None:
        if not self._session.worker.busy:  # else somebody is unlocking
            self._go_on()


def _stopped(title: str) -> str:
    return _("{what}: this stopped when the program locked. Start it again", what=title)


def _told(ended: list[Told]) -> tuple[Told, ...]:
    """All that is to be said of the jobs as one message, in the most serious tone."""
    if not ended:
        return ()
    tone = next(tone for tone in ("lasting", "warn", "met") if any(tone == said for __, said in ended))
    return ((". ".join(sentence(text) for text, __ in ended), tone),)
