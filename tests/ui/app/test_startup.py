"""The window is there before anything else is loaded, and what comes after the passphrase is loaded meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from reviewapp.workspace.laptop import Laptop
from tests.ui.support import PASSPHRASE, Homes
from ui.app import main, startup
from ui.pages.overview.page import OverviewPage
from ui.shell.window import MainWindow
from ui.theme import qt_values

LATE = (
    "PIL", "click", "cryptography", "docx", "duckdb", "hypothesis", "lxml", "msgspec", "openpyxl", "pandas",
    "pypdfium2", "pyspark", "reportlab",
    "reviewapp.workspace.laptop", "reviewapp.visit.statements", "sqlcipher3", "sqlite_utils", "ui.pages.overview.page",
)  # fmt: skip
SHOWN = f"""
import sys
from pathlib import Path
import ui.app.main
window = ui.app.main.show_window(Path(sys.argv[1]))
assert window.isVisible() and window.unlock_screen.unlock.isVisible()
print(*sorted(set({LATE!r}) & set(sys.modules)))
import PySide6.QtCore, PySide6.QtWidgets
# What Qt has of these is loaded when it is first named, and then stands in the module.
print(*sorted({{"Qt", "QStyle"}} & {{*vars(PySide6.QtCore), *vars(PySide6.QtWidgets)}}))
"""


def test_the_unlock_screen_is_shown_before_the_core_is_loaded(homes: Homes, tmp_path: Path) -> None:
    root = str(Path(__file__).parents[3])
    mine = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": root}
    command = [sys.executable, "-c", SHOWN, str(homes.lead)]
    done = subprocess.run(command, env=mine, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr


def test_the_numbers_in_qt_values_are_those_of_qts_names() -> None:
    hint, select = Qt.InputMethodHint, Qt.TextInteractionFlag
    assert Qt.AspectRatioMode.KeepAspectRatio.value == qt_values.KEEP_ASPECT_RATIO
    assert Qt.TextFormat.PlainText.value == qt_values.PLAIN_TEXT
    assert (select.TextSelectableByMouse | select.TextSelectableByKeyboard).value == qt_values.SELECTABLE
    assert Qt.ScrollBarPolicy.ScrollBarAlwaysOff.value == qt_values.ALWAYS_OFF
    assert Qt.FocusPolicy.NoFocus.value == qt_values.NO_FOCUS
    assert Qt.FocusPolicy.StrongFocus.value == qt_values.STRONG_FOCUS
    assert Qt.AlignmentFlag.AlignVCenter.value == qt_values.ALIGN_V_CENTRE
    assert Qt.TextFlag.TextShowMnemonic.value == qt_values.SHOW_MNEMONIC
    assert (hint.ImhHiddenText | hint.ImhSensitiveData | hint.ImhNoPredictiveText).value == qt_values.SECRET


def test_a_window_that_was_shown_early_works_like_any_other(qtbot: QtBot, homes: Homes) -> None:
    window = main.show_window(homes.lead)
    qtbot.addWidget(window)
    window.unlock_screen.unlock.passphrase.setText("typed at once")
    loading = main.warm_up(window)
    assert window.unlock_screen.unlock.passphrase.text() == "typed at once"
    qtbot.waitUntil(lambda: loading.done)
    made = window.stack.findChild(OverviewPage)
    assert made is not None and not window.pages, "Overview is made while the passphrase is typed, and not shown"
    laptop = Laptop.open(homes.lead, PASSPHRASE)
    window.restore_after_unlock({"visit": laptop.visits()[0].id, "page": "overview"})
    window.session.adopt(laptop)
    assert window.page is made and made.isVisible()
    assert made.progress._rings["mine"].accessibleName()
    assert window.nav.width() > 0
    window.close()
    window.session.deleteLater()


def test_whoever_is_quicker_than_the_rest_of_the_window_waits_for_nothing_else(qtbot: QtBot, homes: Homes) -> None:
    window = main.show_window(homes.lead)
    qtbot.addWidget(window)
    assert window.save_everything(), "there is nothing yet that could be lost"
    loading = main.warm_up(window)
    laptop = Laptop.open(homes.lead, PASSPHRASE)
    window.restore_after_unlock({"visit": laptop.visits()[0].id, "page": "overview"})
    window.session.adopt(laptop)
    shown = window.page
    assert isinstance(shown, OverviewPage) and shown.isVisible()
    qtbot.waitUntil(lambda: loading.done)
    assert window.page is shown and window.stack.count() == 1, "nothing is made twice"
    window.close()
    window.session.deleteLater()


def shown_early(qtbot: QtBot, home: Path) -> MainWindow:
    """A window that has the focus before the rest of it is there, as on every day."""
    window = main.show_window(home)
    window.session.locks_by_itself = False
    qtbot.addWidget(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.build_rest()
    return window


def test_what_is_typed_in_a_window_that_was_shown_early_is_a_sign_of_life(qtbot: QtBot, homes: Homes) -> None:
    window = shown_early(qtbot, homes.lead)
    window.idle.timer.stop()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    assert window.idle.timer.isActive()
    window.close()
    window.session.deleteLater()


def test_the_wheel_changes_nothing_by_accident_in_a_window_that_was_shown_early(qtbot: QtBot, homes: Homes) -> None:
    window = shown_early(qtbot, homes.lead)
    box = QComboBox(window)
    box.addItems(["one", "two", "three"])
    box.resize(200, 40)
    box.show()
    QApplication.processEvents()
    at = QPointF(box.mapTo(window, box.rect().center()))
    none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    down = QWheelEvent(at, QPointF(window.mapToGlobal(at)), QPoint(), QPoint(0, -120), *none, False)
    QApplication.sendEvent(window.windowHandle(), down)
    assert box.currentText() == "one"
    window.close()
    window.session.deleteLater()


def test_a_window_that_is_closed_before_its_pages_are_made_closes(qtbot: QtBot, tmp_path: Path) -> None:
    window = main.show_window(tmp_path)
    qtbot.addWidget(window)
    assert window.unlock_screen.first_run.isVisible()
    assert window.close()
    window.session.deleteLater()


def test_a_home_that_cannot_be_used_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file, not a folder", encoding="utf-8")
    root = str(Path(__file__).parents[3])
    mine = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": root, "REVIEWAPP_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-m", "reviewapp"]
    done = subprocess.run(command, env=mine, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("wanted", ["ui.pages.overview.page", "reviewapp.workspace.laptop"])
def test_what_is_needed_after_the_passphrase_is_loaded_piece_by_piece(qtbot: QtBot, wanted: str) -> None:
    owner = QObject()
    loading = startup.Startup(owner)
    assert not loading.done
    qtbot.waitUntil(lambda: loading.done)
    assert wanted in sys.modules
    owner.deleteLater()


READ = """
import linecache, sys
import ui.app.main
from ui.app.startup import startup_steps
for step in startup_steps(None):
    step()
print(*sorted(name for name in linecache.cache if "/ui/pages/" in name or "/visit/" in name))
print(*sorted({"http.client", "ssl", "urllib.request"} & set(sys.modules)))
"""


def test_the_loaded_program_keeps_no_sources_and_nothing_that_speaks_with_networks(tmp_path: Path) -> None:
    mine = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).parents[3])}
    command = [sys.executable, "-c", READ]
    done = subprocess.run(command, env=mine, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr
