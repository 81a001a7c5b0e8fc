"""When the computer sleeps or its session is locked, so is the program."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from ctypes import wintypes
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QCoreApplication
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from pytestqt.qtbot import QtBot

from tests.ui.support import Homes, Opener
from ui.shell.system_lock import MANAGER, MANAGER_PATH, SERVICE, SystemLock
from ui.shell.windows_session import GENERIC_MESSAGE, LOCKING, WindowsSession, wtsapi


@pytest.mark.parametrize("hears", ["sleep", "lock"])
def test_sleep_and_the_lock_of_the_session_lock_the_program(program: Opener, homes: Homes, hears: str) -> None:
    app = program(homes.reviewer, locks_by_itself=True)
    system = app.window.system
    system.on_prepare_for_sleep(False)
    laptop = app.session.laptop
    assert laptop is not None, "waking up is no reason to lock"
    if hears == "sleep":
        system.on_prepare_for_sleep(True)
    else:
        system.on_lock()
    assert app.session.laptop is None
    assert app.window.unlock_screen.unlock.isVisible()


HEARD = """
import json
from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusMessage
from ui.shell.system_lock import SystemLock

class Bus:
    def isConnected(self): return True
    def call(self, ask, timeout): return ask.createReply("/the/session")
    def connect(self, service, path, interface, signal, receiver, slot):
        heard.append(signal)
        return True

heard = []
application = QCoreApplication([])
SystemLock().listen(Bus())
print(json.dumps(heard))
"""


def test_the_system_is_heard_in_every_language() -> None:
    """What the bus calls a signal is no word for a person."""
    mine = {**os.environ, "REVIEWAPP_LANGUAGE": "x-long", "PYTHONPATH": str(Path(__file__).parents[3])}
    done = subprocess.run([sys.executable, "-c", HEARD], env=mine, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, '["PrepareForSleep", "Lock"]'), done.stderr


def test_without_a_bus_nothing_is_heard_and_nothing_is_said(qtbot: QtBot) -> None:
    assert not SystemLock().listen(QDBusConnection("no such bus"))


@pytest.fixture
def bus() -> Iterator[str]:
    """A message bus of this test's own."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("dbus-daemon is not installed")
    command = [daemon, "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


def test_what_the_bus_says_of_sleep_is_heard(bus: str, qtbot: QtBot) -> None:
    ours, theirs = (QDBusConnection.connectToBus(bus, f"{name} of the test") for name in ("ours", "theirs"))
    system = SystemLock()
    assert system.listen(ours)
    assert theirs.registerService(SERVICE)
    signal = QDBusMessage.createSignal(MANAGER_PATH, MANAGER, "PrepareForSleep")
    signal.setArguments([True])
    with qtbot.waitSignal(system.locked):
        theirs.send(signal)
    for name in ("ours", "theirs"):
        QDBusConnection.disconnectFromBus(f"{name} of the test")


class Wtsapi:
    """What Windows' library of sessions is asked."""

    def __init__(self, *, agrees: bool = True) -> None:
        self.agrees, self.asked = agrees, 0

    def WTSRegisterSessionNotification(self, window: object, flags: int) -> int:
        self.asked += 1
        return int(self.agrees and flags == 0)

    def WTSUnRegisterSessionNotification(self, window: object) -> int:
        self.asked -= 1
        return 1


def tell(session: WindowsSession, message: int, parameter: int, kind: bytes = GENERIC_MESSAGE) -> None:
    """Send a message as Windows delivers it to the filter."""
    sent = wintypes.MSG(message=message, wParam=parameter)
    assert session.nativeEventFilter(QByteArray(kind), ctypes.addressof(sent)) == (False, 0)


def test_windows_is_heard_when_it_locks_the_session_or_goes_to_sleep() -> None:
    heard: list[str] = []
    session = WindowsSession(lambda: heard.append("locked"))
    for message, parameter in sorted(LOCKING):
        tell(session, message, parameter)
    assert len(heard) == 2
    tell(session, 0x02B1, 0x0008)  # WTS_SESSION_UNLOCK
    tell(session, 0x0218, 0x0012)  # PBT_APMRESUMEAUTOMATIC
    tell(session, 0x0100, 0x0007)  # WM_KEYDOWN
    tell(session, 0x02B1, 0x0007, kind=b"xcb_generic_event_t")
    assert len(heard) == 2


def test_the_window_asks_windows_for_its_session_and_goes_on_where_it_refuses(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer, locks_by_itself=True)
    application = QCoreApplication.instance()
    assert application is not None
    refused = Wtsapi(agrees=False)
    assert not app.window.system.listen_to_windows(refused) and refused.asked == 1
    library = Wtsapi()
    assert app.window.system.listen_to_windows(library)
    session = app.window.system._windows
    assert session is not None
    application.removeNativeEventFilter(session)
    tell(session, 0x02B1, 0x0007)
    assert app.session.laptop is None
    session.unregister(library)
    assert library.asked == 0


def test_elsewhere_there_is_no_library_of_windows() -> None:
    if sys.platform != "win32":
        assert wtsapi() is None
