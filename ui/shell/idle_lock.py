"""Detects that nobody uses the program."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QWidget

_ACTIVITY = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.NonClientAreaMouseMove,
        QEvent.Type.NonClientAreaMouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.NativeGesture,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TouchEnd,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
        QEvent.Type.TabletRelease,
        QEvent.Type.DragMove,
        QEvent.Type.Drop,
    }
)
LAST_MS = 20_000
"""How long before it locks the whole application is watched: longer than anybody who types pauses between two keys."""


class IdleLock(QObject):
    """Emits `idled` after the set minutes without keyboard or mouse input, then starts counting again.

    It filters events at the windows, where the platform delivers input: a filter on the whole application would be
    called for every paint and layout as well, some thousand times for each standard that is opened. Text composed by an
    input method and keys that become shortcuts reach only the focused widget, so that is filtered too. In the last
    seconds it does filter the whole application, so that nobody who types or moves the mouse is ever locked out,
    however the window or the widget came by the focus.
    """

    idled = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.timer = self._timer(self._on_timeout)
        self._final_check = self._timer(self._on_idle)
        self.last_seconds = self._timer(self._on_last_seconds)
        """Ends shortly before `timer`: from then on every event of the application is looked at."""
        self._watches_all = False
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusWindowChanged.connect(self._on_window)
            application.focusChanged.connect(self._on_focus)
            # The window has been shown and focused long before this object is made.
            self._listen()
            self._on_focus(None, QApplication.focusWidget())

    def _timer(self, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(slot)
        return timer

    def quiet_ms(self) -> int:
        """Milliseconds since the person did something, as far as this counts it."""
        return self.timer.interval() - max(0, self.timer.remainingTime())

    def set_minutes(self, minutes: int) -> None:
        """Set after how many minutes `idled` is emitted, and start counting."""
        self.timer.setInterval(max(1, minutes) * 60_000)
        self.last_seconds.setInterval(self.timer.interval() - LAST_MS)
        self.on_activity()

    @Slot()
    def on_activity(self) -> None:
        """Restart the countdown: the person did something."""
        if self._watches_all:
            self._watches_all = False
            QCoreApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        self._final_check.stop()
        self.timer.start()
        self.last_seconds.start()

    def _listen(self) -> None:
        """Install the filter at every present window; installing it twice makes no difference."""
        for window in QGuiApplication.topLevelWindows():
            window.installEventFilter(self)

    @Slot(QWindow)
    def _on_window(self, _window: QWindow | None) -> None:
        self._listen()

    @Slot(QWidget, QWidget)
    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if new is not None:
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _ACTIVITY:
            self.on_activity()
        elif kind == QEvent.Type.Leave:
            # The mouse may have moved into a menu or drop-down list, which are windows that never get the focus.
            self._listen()
        return False

    @Slot()
    def _on_last_seconds(self) -> None:
        application = QCoreApplication.instance()
        if application is not None and not self._watches_all:
            self._watches_all = True
            application.installEventFilter(self)

    @Slot()
    def _on_timeout(self) -> None:
        """Process input that queued up while the program was busy before reporting the person as away."""
        self._final_check.start(0)

    @Slot()
    def _on_idle(self) -> None:
        self.idled.emit()
        self.on_activity()
