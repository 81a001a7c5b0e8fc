"""What Windows says of the session: locked, or the computer goes to sleep; asked for and heard through ctypes."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter

GENERIC_MESSAGE = b"windows_generic_MSG"
WM_POWERBROADCAST, PBT_APMSUSPEND = 0x0218, 0x0004
WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK = 0x02B1, 0x0007
NOTIFY_FOR_THIS_SESSION = 0
LOCKING = frozenset({(WM_POWERBROADCAST, PBT_APMSUSPEND), (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK)})
"""Messages with their first parameter: the session is locked, or the computer is about to sleep."""


class WindowsSession(QAbstractNativeEventFilter):
    """Calls `locked` when Windows tells the window that its session is locked, or just before sleep."""

    def __init__(self, locked: Callable[[], None]) -> None:
        super().__init__()
        self._locked = locked
        self._window = 0

    def register(self, window: int, library: Any) -> bool:
        """Ask `library` (wtsapi32) to tell the window with this handle of its session; False if it refuses."""
        if library.WTSRegisterSessionNotification(wintypes.HWND(window), NOTIFY_FOR_THIS_SESSION):
            self._window = window
        return bool(self._window)

    def unregister(self, library: Any) -> None:
        """End what `register` asked for."""
        if self._window:
            library.WTSUnRegisterSessionNotification(wintypes.HWND(self._window))
            self._window = 0

    def nativeEventFilter(self, kind: Any, message: Any) -> tuple[bool, int]:
        """Look at a message on its way to a window; it always goes on."""
        if bytes(kind) == GENERIC_MESSAGE:
            found = wintypes.MSG.from_address(int(message))
            if (found.message, found.wParam) in LOCKING:
                self._locked()
        return False, 0


def wtsapi() -> Any:
    """The library of Windows that tells of sessions; None elsewhere, and where it is missing."""
    loader = getattr(ctypes, "WinDLL", None)
    if loader is None:
        return None
    try:
        return loader("wtsapi32")
    except OSError:
        return None
