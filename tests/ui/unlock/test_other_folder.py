"""A second folder where the first does not open on the day, and a key file put back from a backup."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from reviewapp.base.paths import home_key_file, spare_key_files
from reviewapp.workspace.laptop import Laptop
from tests.ui.support import PASSPHRASE, App, Homes, Opener, words_on
from tests.ui.unlock.support import unlock
from ui.pages.start.pack import TakePack
from ui.pages.start.page import StartPage
from ui.unlock.ways import SUBFOLDER, folder_for
from ui.widgets.file_dialogs import NEXT_ANSWERS

NEW = "another passphrase here"


def go_elsewhere(app: App, folder: Path) -> None:
    NEXT_ANSWERS.append([folder])
    app.qtbot.mouseClick(app.window.unlock_screen.unlock.other.choose, Qt.MouseButton.LeftButton)


def begin(app: App) -> None:
    """Set the passphrase of the new folder and write the code down."""
    gate = app.window.unlock_screen
    app.keys(gate.first_run.new.first, NEW)
    app.keys(gate.first_run.new.second, NEW, Qt.Key.Key_Return)
    app.settle()
    app.qtbot.mouseClick(gate.recovery.written, Qt.MouseButton.LeftButton)
    app.qtbot.mouseClick(gate.recovery.button, Qt.MouseButton.LeftButton)


def test_a_forgotten_passphrase_is_gone_round_in_another_folder_that_asks_for_the_pack(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.reviewer, unlocked=False)
    first, second = app.session.home, tmp_path / "second"
    second.mkdir()
    before = {path: path.read_bytes() for path in first.rglob("*.json")}
    go_elsewhere(app, second)
    panel = app.window.unlock_screen.first_run
    assert app.window.unlock_screen.stack.currentWidget() is panel and str(second) in panel.words.text()
    begin(app)
    assert isinstance(app.page, StartPage) and isinstance(app.page.stack.currentWidget(), TakePack)
    assert Laptop.open(second, NEW).visits() == []
    assert {path: path.read_bytes() for path in first.rglob("*.json")} == before


def test_the_other_folder_is_offered_the_next_time_and_one_finds_back(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.reviewer, unlocked=False)
    first, second = app.session.home, tmp_path / "second"
    second.mkdir()
    go_elsewhere(app, second)
    gate = app.window.unlock_screen
    app.qtbot.mouseClick(gate.first_run.return_, Qt.MouseButton.LeftButton)
    assert app.session.home == first and gate.stack.currentWidget() is gate.unlock
    assert not gate.unlock.other.known.isVisible()
    go_elsewhere(app, second)
    begin(app)
    again = program(first, unlocked=False)
    other = again.window.unlock_screen.unlock.other
    assert other.known.isVisible() and "second" in other.known.text()
    again.qtbot.mouseClick(other.known, Qt.MouseButton.LeftButton)
    unlock(again, NEW)
    assert again.session.laptop is not None and again.session.laptop.home.folder == second


def test_a_folder_with_other_things_in_it_gets_one_of_ours_and_the_own_one_is_refused(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("x")
    assert folder_for(tmp_path / "full") == tmp_path / "full" / SUBFOLDER
    assert folder_for(homes.reviewer) == homes.reviewer
    app = program(homes.reviewer, unlocked=False)
    go_elsewhere(app, app.session.home)
    assert "the folder that is in use" in words_on(app.window.unlock_screen.unlock)


@pytest.fixture
def without_key_files(homes: Homes, tmp_path: Path) -> tuple[Path, Path]:
    """A home whose key file and all copies of it are gone, and a backup of it."""
    home = tmp_path / "home"
    shutil.copytree(homes.reviewer, home)
    laptop = Laptop.open(home, PASSPHRASE)
    with closing(laptop.open_visit(laptop.visits()[0].id)) as visit:
        visit.backup(tmp_path / "away.reviewbackup")
    for path in (home_key_file(home), *spare_key_files(home)):
        path.unlink()
    return home, tmp_path / "away.reviewbackup"


def test_a_lost_key_file_is_no_first_run_and_comes_back_from_a_backup(
    program: Opener, without_key_files: tuple[Path, Path]
) -> None:
    home, away = without_key_files
    app = program(home, unlocked=False)
    panel = app.window.unlock_screen.unlock
    assert app.window.unlock_screen.stack.currentWidget() is panel and not panel.repair.isVisible()
    unlock(app)
    assert "is missing" in words_on(panel) and panel.repair.isVisible()
    NEXT_ANSWERS.append([away])
    app.qtbot.mouseClick(panel.repair.button, Qt.MouseButton.LeftButton)
    app.settle()
    assert app.session.laptop is not None and home_key_file(app.session.home).exists()
    assert "The key file is put back" in words_on(app.window.status)


def test_a_key_file_that_was_put_right_from_a_copy_is_told(program: Opener, homes: Homes, tmp_path: Path) -> None:
    shutil.copytree(homes.reviewer, tmp_path / "home")
    home_key_file(tmp_path / "home").unlink()
    app = program(tmp_path / "home", unlocked=False)
    unlock(app)
    assert "it was put right from a copy" in words_on(app.window.status)
