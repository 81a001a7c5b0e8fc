"""Locks the program when the computer goes to sleep or its session is locked, where the platform reports it.

Linux with systemd reports both on the system bus, Windows to the window (`windows_session`; never yet tried there). On
macOS, and without a bus, nothing is received and no error is shown: the program still locks after some idle minutes.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import SLOT, QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

    from ui.shell.windows_session import WindowsSession

SERVICE = "org.freedesktop.login1"
MANAGER_PATH = "/org/freedesktop/login1"
MANAGER, SESSION = f"{SERVICE}.Manager", f"{SERVICE}.Session"
PATIENCE_MS = 300


class SystemLock(QObject):
    """Emits `locked` when the session is locked, or just before the computer sleeps."""

    locked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._windows: WindowsSession | None = None

    def listen(self, bus: QDBusConnection | None = None) -> bool:
        """Subscribe to the system's signals; False if there are none to subscribe to."""
        if bus is None and sys.platform == "win32":
            return self.listen_to_windows()
        if bus is None and not sys.platform.startswith("linux"):
            return False
        try:
            from PySide6.QtDBus import QDBusConnection
        except ImportError:
            return False
        bus = bus if bus is not None else QDBusConnection.systemBus()
        if not bus.isConnected():
            return False
        heard = bus.connect(
            SERVICE, MANAGER_PATH, MANAGER, "PrepareForSleep", self, _slot("on_prepare_for_sleep(bool)")
        )
        session = _own_session(bus)
        if session:
            heard = bus.connect(SERVICE, session, SESSION, "Lock", self, _slot("on_lock()")) or heard
        return bool(heard)

    def listen_to_windows(self, library: Any = None) -> bool:
        """Have Windows tell the window of its session; False where it does not."""
        from ui.shell.windows_session import WindowsSession, wtsapi

        library, window, application = library or wtsapi(), self.parent(), QCoreApplication.instance()
        if library is None or application is None or not isinstance(window, QWidget):
            return False
        session = WindowsSession(self.on_lock)
        if not session.register(int(window.winId()), library):
            return False
        self._windows = session  # Qt does not keep it
        application.installNativeEventFilter(session)
        return True

    @Slot(bool)
    def on_prepare_for_sleep(self, going: bool) -> None:
        """Emit `locked` before sleeping; called again with False after waking."""
        if going:
            self.locked.emit()

    @Slot()
    def on_lock(self) -> None:
        """Emit `locked`: the login session is being locked."""
        self.locked.emit()


def _slot(signature: str) -> Any:
    """The string form of `SLOT` that `QDBusConnection.connect` takes, although its type hints ask for bytes."""
    return SLOT(signature)


def _own_session(bus: QDBusConnection) -> str:
    """Object path of this program's own login session, to ignore other people's; empty if unknown."""
    from PySide6.QtDBus import QDBusMessage

    ask = QDBusMessage.createMethodCall(SERVICE, MANAGER_PATH, MANAGER, "GetSession")
    ask.setArguments([os.environ.get("XDG_SESSION_ID") or "auto"])
    answer = bus.call(ask, timeout=PATIENCE_MS)
    if answer.type() != QDBusMessage.MessageType.ReplyMessage or not answer.arguments():
        return ""
    path = answer.arguments()[0]
    return path if isinstance(path, str) else str(path.path())
