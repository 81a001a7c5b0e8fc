"""The watch over the tests of the screens notices what it is there to notice."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui import conftest as watch


def test_a_widget_that_is_closed_leaves_nothing(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    QTimer(widget).start(1000)
    widget.show()


def test_a_forgotten_window_is_noticed(qtbot: QtBot) -> None:
    before = watch._windows()
    widget = QWidget()
    assert len(watch._windows()) == len(before) + 1
    widget.deleteLater()
    watch._tidy()
    assert watch._windows() == before


def test_a_forgotten_timer_is_noticed(qtbot: QtBot) -> None:
    before = watch._running()
    timer = QTimer()
    timer.start(1000)
    assert len(watch._running()) == len(before) + 1
    timer.stop()
    assert watch._running() == before


def test_a_forgotten_thread_is_noticed(qtbot: QtBot) -> None:
    before, released = watch._running(), threading.Event()
    plain = threading.Thread(target=released.wait)
    plain.start()
    thread = QThread()
    thread.start()
    assert len(watch._running()) == len(before) + 1
    assert plain in watch._threads()
    thread.quit()
    assert thread.wait(watch.WAIT_MS)
    released.set()
    plain.join()
    assert watch._running() == before


def test_a_warning_from_qt_fails_a_test(request: pytest.FixtureRequest) -> None:
    marker = request.node.get_closest_marker("qt_log_level_fail")
    assert marker is not None
    assert marker.args == ("WARNING",)


@pytest.fixture(scope="module")
def ticking() -> Iterator[QTimer]:
    timer = QTimer()
    timer.start(1000)
    yield timer
    timer.stop()


def test_what_is_made_for_several_tests_may_run_between_them(qtbot: QtBot, ticking: QTimer) -> None:
    assert ticking.isActive()
