"""The screens are tested without a screen, and a test that leaves something running fails."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable, Collection, Generator, Iterator
from itertools import compress
from typing import Any

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QThreadPool, QTimer, SignalInstance
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.support import homes, program

WAIT_MS = 60_000
"""How long anything is waited for before it is taken to hang; a slow machine is no fault."""

__all__ = ["homes", "program"]
"""Fixtures of every test here."""


def pytest_itemcollected(item: pytest.Item) -> None:
    """A warning from Qt is a fault of ours, as in `tests/core` a warning from Python is."""
    item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))


def _threads() -> set[threading.Thread]:
    """Python's own threads; what Qt starts is looked at as QThread."""
    return {thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)}


def _with_subclasses(*kinds: type[QObject]) -> set[type[QObject]]:
    return {*kinds, *(found for kind in kinds for found in _with_subclasses(*kind.__subclasses__()))}


def _alive(*kinds: type[QObject]) -> list[QObject]:
    """Those of these kinds that exist; by the type of each object, as `isinstance` takes ten times as long."""
    wanted, everything = _with_subclasses(*kinds), gc.get_objects()
    found = compress(everything, map(wanted.__contains__, map(type, everything)))
    return [one for one in found if shiboken6.isValid(one)]


def _running() -> dict[int, str]:
    """Timers that still tick and threads that still run, by the address of the Qt object."""
    running: dict[int, str] = {}
    for found in _alive(QTimer, QThread):
        if isinstance(found, QTimer) and found.isActive():
            running[shiboken6.getCppPointer(found)[0]] = f"a timer of {found.interval()} ms in {found.parent()}"
        elif isinstance(found, QThread) and found.isRunning() and found is not QThread.currentThread():
            running[shiboken6.getCppPointer(found)[0]] = f"the thread {found}"
    return running


def _windows() -> dict[int, str]:
    """Top-level widgets that exist, shown or not."""
    widgets: list[QWidget] = QApplication.topLevelWidgets() if QApplication.instance() else []
    return {
        shiboken6.getCppPointer(widget)[0]: f"{type(widget).__name__} {widget.objectName() or widget.windowTitle()!r}"
        for widget in widgets
        # Qt keeps one tool tip for the whole program.
        if widget.metaObject().className() != "QTipLabel"
    }


def _tidy() -> None:
    """Let what was closed with `deleteLater` go."""
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class PatientBot(QtBot):
    """Waits for a minute, where pytest-qt would give up after five seconds."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = WAIT_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: SignalInstance, *, timeout: int = WAIT_MS, **how: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **how)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Instead of the one of pytest-qt."""
    return PatientBot(request)


RUNNING: list[Collection[int]] = []
"""What ran after the test before this one; nothing if that is not known."""


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> Generator[None, object, object]:
    """What is made for several tests may go on running between them."""
    try:
        return (yield)
    finally:
        if fixturedef.scope != "function":
            RUNNING.clear()


class Before:
    """What there is before a test, to tell what there is more of after it."""

    def __init__(self) -> None:
        self.windows, self.threads = _windows().keys(), _threads()
        # What the test before left running is what this one finds, and looking through all objects takes long.
        self.running = RUNNING.pop() if RUNNING else _running().keys()

    def left(self) -> list[str]:
        """Widgets, timers, threads and work that were not there before."""
        running = _running()
        RUNNING[:] = [running.keys()]
        left = [text for key, text in _windows().items() if key not in self.windows]
        left += [text for key, text in running.items() if key not in self.running]
        left += [f"the thread {thread.name}" for thread in _threads() - self.threads]
        if QThreadPool.globalInstance().activeThreadCount():
            left.append("work in the thread pool")
        return left


@pytest.fixture(autouse=True, scope="module")
def nothing_of_others() -> Iterator[None]:
    """What the tests of a file made is freed at its end, so that the next file searches for little."""
    yield
    gc.collect()


@pytest.fixture(autouse=True)
def nothing_left_behind(nothing_of_others: None) -> Iterator[None]:
    """Fail a test that leaves a top-level widget, a timer or a thread behind; `qtbot.addWidget` closes widgets."""
    before = Before()
    yield
    QThreadPool.globalInstance().waitForDone(WAIT_MS)
    _tidy()
    left = before.left()
    if left:
        # What only a search for garbage lets go is not left behind; searching after each would take a fifth of a test.
        gc.collect()
        _tidy()
        left = before.left()
    assert left == [], "this test left something behind"
