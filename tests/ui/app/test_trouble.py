"""Trouble with a disk, a folder or a file is told in a window as what it is, and never called our mistake."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from reviewapp.base.errors import ReviewError
from tests.ui.support import Homes, Opener
from ui.app import main
from ui.app.crash_dialog import BugDialog, TroubleDialog, install_hook

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/a/stick/plan.xlsx")


class Answer:
    """Closes the next dialogs and keeps what they were; a timer finds them, as `exec` runs a loop of its own."""

    def __init__(self) -> None:
        self.seen: list[QDialog] = []
        self.said: list[str] = []
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(0)

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            self.seen.append(dialog)
            self.said.append(dialog.text.text() if isinstance(dialog, TroubleDialog) else dialog.windowTitle())
            dialog.accept()

    def stop(self) -> None:
        self._timer.stop()


def test_a_folder_that_cannot_be_used_is_told_in_a_window_at_the_start(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main, "UNSEEN", ())  # as on a screen
    (tmp_path / "file").write_text("")
    answer = Answer()
    try:
        for home in (tmp_path / "file", tmp_path / "file" / "below", tmp_path / ("a" * 300)):
            with pytest.raises(ReviewError):
                main.main(home=home)
    finally:
        answer.stop()
    assert len(answer.said) == 3 and all("cannot be used" in text for text in answer.said)
    for dialog in answer.seen:
        dialog.deleteLater()


def test_a_disk_that_is_full_is_not_called_our_mistake(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    before, answer = sys.excepthook, Answer()
    install_hook(app.window)
    try:
        sys.excepthook(OSError, FULL, None)
        sys.excepthook(ValueError, ValueError("planted"), None)
    finally:
        sys.excepthook = before
        answer.stop()
    assert [type(one) for one in answer.seen] == [TroubleDialog, BugDialog]
    assert "no room left" in answer.said[0] and "plan.xlsx" in answer.said[0]


def test_a_job_that_a_disk_refuses_ends_on_its_page_in_words(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    told: list[ReviewError] = []

    def refused(progress: object) -> None:
        raise FULL

    app.session.worker.run("Writing", refused, None, told.append)
    app.settle()
    assert len(told) == 1 and "no room left" in told[0].what
