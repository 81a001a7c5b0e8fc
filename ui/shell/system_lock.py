"""The computer goes to sleep or its screen is locked: then this program locks too, where the platform says so.

Linux with systemd tells it on the system bus. Elsewhere, and without a bus, nothing is heard and nothing is said: the
program still locks after some idle minutes.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

SERVICE = "org.freedesktop.login1"
MANAGER_PATH = "/org/freedesktop/login1"
MANAGER, SESSION = f"{SERVICE}.Manager", f"{SERVICE}.Session"
PATIENCE_MS = 300


class SystemLock(QObject):
    """`locked` when the session is locked, or just before the computer sleeps."""

    locked = Signal()

    def listen(self, bus: QDBusConnection | None = None) -> bool:
        """Hear of it from now on; False where nobody would tell."""
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

    @Slot(bool)
    def on_prepare_for_sleep(self, going: bool) -> None:
        """Before sleeping, and once more (with false) after waking."""
        if going:
            self.locked.emit()

    @Slot()
    def on_lock(self) -> None:
        """The screen is being locked."""
        self.locked.emit()


def _slot(signature: str) -> Any:
    """As `QDBusConnection.connect` wants it: what `SLOT` gives, although its types ask for bytes."""
    return SLOT(signature)


def _own_session(bus: QDBusConnection) -> str:
    """The path of the login session this program runs in; other people's sessions are no concern of ours."""
    from PySide6.QtDBus import QDBusMessage

    ask = QDBusMessage.createMethodCall(SERVICE, MANAGER_PATH, MANAGER, "GetSession")
    ask.setArguments([os.environ.get("XDG_SESSION_ID") or "auto"])
    answer = bus.call(ask, timeout=PATIENCE_MS)
    if answer.type() != QDBusMessage.MessageType.ReplyMessage or not answer.arguments():
        return ""
    path = answer.arguments()[0]
    return path if isinstance(path, str) else str(path.path())
