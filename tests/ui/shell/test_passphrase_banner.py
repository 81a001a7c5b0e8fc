"""A passphrase from when a weaker one was taken still opens; whoever typed it is told, and not all day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from reviewapp.workspace.laptop import Laptop
from tests.ui.support import App, Homes, Opener
from tests.ui.unlock.support import unlock
from ui.session.settings import Settings
from ui.shell.dialogs import ChangePassphrase
from ui.shell.passphrase_banner import PassphraseBanner

WEAK, STRONG = "secret-123", "lamp otter quay vine"
Day = Callable[[date], None]


def opened(program: Opener, folder: Path, today: date) -> App:
    app = program(folder, copy=False, unlocked=False)
    app.window.passphrase_banner._today = lambda: today
    unlock(app, WEAK)
    return app


@pytest.fixture
def home(tmp_path: Path) -> Path:
    Laptop.create(tmp_path / "weak", WEAK)
    return tmp_path / "weak"


def banner(app: App) -> PassphraseBanner:
    return app.window.passphrase_banner


def test_a_weak_passphrase_opens_and_is_told(program: Opener, home: Path) -> None:
    app = opened(program, home, date(2026, 11, 17))
    assert app.session.laptop is not None
    assert banner(app).isVisible() and "weak: it is too short" in banner(app).label.text()


def test_of_a_strong_one_nothing_is_said(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer, unlocked=False)
    unlock(app)
    assert app.session.laptop is not None and not banner(app).isVisible()


def test_put_away_it_comes_back_after_a_week(program: Opener, home: Path) -> None:
    app = opened(program, home, date(2026, 11, 17))
    app.qtbot.mouseClick(banner(app).away, Qt.MouseButton.LeftButton)
    assert not banner(app).isVisible()
    assert not banner(opened(program, home, date(2026, 11, 23))).isVisible()
    assert banner(opened(program, home, date(2026, 11, 24))).isVisible()
    assert banner(opened(program, home, date(2025, 1, 1))).isVisible(), "a clock that was ahead keeps nothing away"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_its_button_changes_the_passphrase_and_then_it_is_gone(program: Opener, home: Path) -> None:
    app = opened(program, home, date(2026, 11, 17))
    app.session.settings.set("weak_passphrase_put_away", "no date")
    banner(app).look()
    assert banner(app).isVisible()
    app.qtbot.mouseClick(banner(app).change, Qt.MouseButton.LeftButton)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ChangePassphrase)
    dialog.old.setText(WEAK)
    for field in (dialog.new.first, dialog.new.second):
        field.setText(STRONG)
    dialog.button.click()
    app.qtbot.waitUntil(lambda: not banner(app).isVisible())
    app.settle()
    assert Laptop.open(home, STRONG)


def test_a_passphrase_found_strong_is_remembered_sealed_and_a_note_of_another_laptop_counts_for_nothing(
    program: Opener, home: Path, tmp_path: Path
) -> None:
    Laptop.create(tmp_path / "strong", STRONG)
    strong = program(tmp_path / "strong", copy=False, unlocked=False)
    unlock(strong, STRONG)
    note = strong.session.settings.text("passphrase", "")
    assert note and "strong" not in note and strong.session.weak_passphrase == ""

    Settings(home).set("passphrase", note)
    app = opened(program, home, date(2026, 11, 17))
    assert banner(app).isVisible()
    assert app.session.settings.text("passphrase", "") == note, "nothing is noted of a weak one"
