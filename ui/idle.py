"""Notices that nobody is there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """`idled` after so many minutes without a key or a mouse; begins again by itself.

    It listens where the platform hands events in, at the windows: a filter on the whole application would be asked
    about every paint and layout as well, some thousand times for each standard that is opened.
    """

    idled = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self._on_timeout)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._on_window)

    def set_minutes(self, minutes: int) -> None:
        """How long to wait."""
        self.timer.start(max(1, minutes) * 60_000)

    @Slot(QWindow)
    def _on_window(self, window: QWindow | None) -> None:
        """Every window that gets the focus is listened to; doing so twice makes no difference."""
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch, never take."""
        if event.type() in _SIGNS_OF_LIFE:
            self.timer.start()
        return False

    @Slot()
    def _on_timeout(self) -> None:
        self.idled.emit()
        self.timer.start()
