"""After a file is saved a line stays with Open and Show in folder; nothing opens by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices

import ui.widgets.file_dialogs
from tests.ui.report.support import press_save, save_anyway
from tests.ui.support import Homes, Opener, focus
from ui.pages.case_notes.page import CaseNotesPage
from ui.pages.report.page import ReportPage
from ui.widgets.file_dialogs import with_all_files

UI = Path(__file__).parents[3] / "ui"


class Opened(QObject):
    """Stands in for the programs of the computer, which a test must not start."""

    def __init__(self) -> None:
        super().__init__()
        self.files: list[Path] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.files.append(Path(url.toLocalFile()))


@pytest.fixture
def opened() -> Iterator[Opened]:
    stands_in = Opened()
    QDesktopServices.setUrlHandler("file", stands_in, "take")  # type: ignore[arg-type]  # it takes no bytes
    yield stands_in
    QDesktopServices.unsetUrlHandler("file")


def test_a_saved_sheet_can_be_opened_and_shown_in_its_folder(
    program: Opener, homes: Homes, tmp_path: Path, opened: Opened
) -> None:
    app = program(homes.lead)
    page = cast(CaseNotesPage, app.go("case_notes"))
    path = tmp_path / "sheet.pdf"
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    page.paper.click()
    app.settle()
    saved = app.window.saved
    assert saved.isVisible() and "sheet.pdf" in saved.label.text()
    assert not opened.files, "nothing opens by itself"
    app.keys(saved.buttons.open, Qt.Key.Key_Return)
    app.keys(saved.buttons.folder, Qt.Key.Key_Space)
    assert opened.files == [path, tmp_path]
    assert str(path) in app.window.status.message.text(), "in case nothing on this computer opens it"
    focus(page.grid)
    assert saved.isVisible(), "the line stays"
    app.keys(saved.dismiss, Qt.Key.Key_Return)
    assert not saved.isVisible()


def test_what_was_saved_on_one_page_is_not_said_on_the_next(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    app.go("standards")
    app.session.tell_saved(tmp_path / "sheet.pdf", "Saved")
    assert app.window.saved.isVisible()
    app.go("agree")
    assert not app.window.saved.isVisible()


def test_a_file_of_our_own_is_only_shown_in_its_folder(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([tmp_path / "visit.rvbackup"])
    app.window.actions_.backup.trigger()
    app.settle()
    buttons = app.window.saved.buttons
    assert not buttons.open.isVisible() and buttons.folder.isVisible()


def test_a_file_that_is_gone_is_said_where_it_was(
    program: Opener, homes: Homes, tmp_path: Path, opened: Opened
) -> None:
    app = program(homes.lead)
    app.session.tell_saved(tmp_path / "gone.pdf", "Saved")
    app.window.saved.buttons.open.click()
    assert not opened.files
    assert str(tmp_path / "gone.pdf") in app.window.saved.label.text()
    assert "no longer there" in app.window.saved.label.text(), "the fault is not that no program opens it"


def test_the_line_of_a_page_tells_where_the_file_is_and_can_be_dismissed(
    program: Opener, homes: Homes, tmp_path: Path, opened: Opened
) -> None:
    app = program(homes.lead)
    page = cast(ReportPage, app.go("report"))
    saved, path = page.saving.saved, tmp_path / "r.json"
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    press_save(app, page, "json")
    save_anyway(app, page)
    saved.buttons.open.click()
    assert opened.files == [path] and f"the file is at {path}" in app.window.status.message.text()
    saved.dismiss.click()
    assert not saved.isVisible()


def test_one_saved_file_is_told_at_a_time(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    page = cast(ReportPage, app.go("report"))
    for _turn in range(2):
        ui.widgets.file_dialogs.NEXT_ANSWERS.append([tmp_path / "r.json"])
        press_save(app, page, "json")
        save_anyway(app, page)
        assert page.saving.saved.isVisible() and not app.window.saved.isVisible()
        app.session.tell_saved(tmp_path / "answers.xlsx", "Saved")
        assert app.window.saved.isVisible() and not page.saving.saved.isVisible()


def test_every_place_that_saves_a_file_offers_to_open_it() -> None:
    saves = [path for path in UI.rglob("*.py") if "= choose_save_file(" in path.read_text(encoding="utf-8")]
    assert len(saves) > 10
    silent = []
    for path in saves:
        beside = "".join(one.read_text(encoding="utf-8") for one in path.parent.glob("*.py"))
        own = path.read_text(encoding="utf-8")
        if not any(word in own for word in ("tell_saved", "TellSaved", "SavedFileButtons", "SavedLine")) and not (
            path.parent.name == "bring_together" and "SavedFileButtons" in beside
        ):
            silent.append(path.relative_to(UI).as_posix())
    assert not silent


@pytest.mark.parametrize("pattern", ["", "Excel sheets (*.xlsx)", "Packs (*.rvpack);;All files (*)"])
def test_every_dialog_that_opens_a_file_shows_all_files(pattern: str) -> None:
    assert with_all_files(pattern).count("All files (*)") == 1
