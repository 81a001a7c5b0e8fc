"""Notices that nobody is there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QWidget

_SIGNS_OF_LIFE = frozenset(
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


class IdleLock(QObject):
    """`idled` after so many minutes without a key or a mouse; begins again by itself.

    It listens where the platform hands events in, at the windows: a filter on the whole application would be asked
    about every paint and layout as well, some thousand times for each standard that is opened. What an input method
    composes, and a key that becomes a shortcut, is handed to the widget with the keyboard alone, so that is heard too.
    """

    idled = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.timer = self._timer(self._on_timeout)
        self._last_look = self._timer(self._on_nobody)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusWindowChanged.connect(self._on_window)
            application.focusChanged.connect(self._on_focus)
            # The window is there, with the keyboard in it, long before this watch is.
            self._listen()
            self._on_focus(None, QApplication.focusWidget())

    def _timer(self, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(slot)
        return timer

    def set_minutes(self, minutes: int) -> None:
        """How long to wait."""
        self.timer.start(max(1, minutes) * 60_000)

    @Slot()
    def on_sign(self) -> None:
        """Somebody is there."""
        self._last_look.stop()
        self.timer.start()

    def _listen(self) -> None:
        """At every window there is now; doing so twice makes no difference."""
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
        """Watch, never take."""
        kind = event.type()
        if kind in _SIGNS_OF_LIFE:
            self.on_sign()
        elif kind == QEvent.Type.Leave:
            # Perhaps into a menu or a list that dropped down, which are windows that never get the focus.
            self._listen()
        return False

    @Slot()
    def _on_timeout(self) -> None:
        """What was pressed while the program was busy still waits to be heard, and comes first."""
        self._last_look.start(0)

    @Slot()
    def _on_nobody(self) -> None:
        self.idled.emit()
        self.timer.start()
