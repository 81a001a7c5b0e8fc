"""Before a document is saved it is said what may identify someone, with the way to it; saving anyway is recorded."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton

import ui.widgets.file_dialogs
from reviewapp.visit.statements import Action, Agreed, KnownName, Passage, Statement
from tests.ui.fit import rest, whole
from tests.ui.report.support import open_page
from tests.ui.support import App, Homes, Opener
from ui.pages.action_plan.page import ActionPlanPage
from ui.pages.report.pdf_password import PdfPassword
from ui.pages.shared.before_saving import SaveGuard, StopDialog
from ui.theme import theme

NAME = KnownName(id="N1", name="Blodwen Example")
SUMMARY = Passage(place="summary", text="Blodwen, NHS9434765919, born 01/02/1985, showed us round.")


def asking(app: App, guard: SaveGuard, button: QAbstractButton | QAction, path: Path, *lines: Statement) -> StopDialog:
    """The dialog that comes when a button is pressed to save as `path`, after something was recorded."""
    app.visit.record(*lines)
    app.settle()
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    if isinstance(button, QAction):
        button.trigger()
    else:
        app.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    app.settle()
    assert guard.dialog is not None and guard.dialog.isVisible()
    return guard.dialog


@pytest.mark.parametrize("kind", ["pdf", "docx", "json"])
def test_a_report_that_may_identify_someone_is_not_saved_before_one_says_so(
    program: Opener, homes: Homes, tmp_path: Path, kind: str
) -> None:
    app = program(homes.lead)
    page = open_page(app)
    page.saving.copies["host"].click()
    path = tmp_path / f"draft.{kind}"
    dialog = asking(app, page.saving.guard, page.saving.others.get(kind, page.saving.save_first), path, NAME, SUMMARY)
    assert dialog.heading.text().startswith("3 things may identify someone")
    assert not path.exists()
    app.qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    app.settle()
    assert path.exists() and page.saving.saved.isVisible()
    (kept,) = app.visit.state.saved_anyway.values()
    assert (kept.person, kept.document) == ("L1", path.name) and len(kept.findings) >= 3
    assert app.visit.undo_name != "saving with open warnings", "what has left cannot be taken back"


def test_in_large_text_the_dialog_fits_the_screen_and_its_buttons_are_in_it(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    page = open_page(app)
    theme().set_percent(200)
    dialog = asking(app, page.saving.guard, page.saving.save_first, tmp_path / "draft.pdf", NAME, SUMMARY)
    rest()
    room = dialog.screen().availableGeometry().size()
    assert dialog.width() <= room.width() and dialog.height() <= room.height()
    for part in (dialog.heading, dialog.listed, dialog.go, dialog.save, dialog.away):
        assert whole(part), part.accessibleName()
    app.qtbot.keyClick(dialog.away, Qt.Key.Key_Escape)
    asked = PdfPassword(page)
    app.qtbot.addWidget(asked)
    asked.show()
    rest()
    assert asked.height() <= room.height() and whole(asked.save)
    theme().set_percent(100)


def test_not_saving_writes_and_records_nothing(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    page = open_page(app)
    path = tmp_path / "draft.pdf"
    dialog = asking(app, page.saving.guard, page.saving.save_first, path, NAME, SUMMARY)
    app.qtbot.keyClick(dialog.away, Qt.Key.Key_Escape)
    app.settle()
    assert not path.exists() and not app.visit.state.saved_anyway


def test_the_way_to_what_was_found_is_one_key(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    page = open_page(app)
    path = tmp_path / "draft.pdf"
    dialog = asking(app, page.saving.guard, page.saving.save_first, path, SUMMARY)
    app.keys(dialog.listed, Qt.Key.Key_Return)
    assert page.place()["passage"] == "summary"
    assert not path.exists()


def test_the_response_sheet_asks_for_what_stands_in_it(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    page = open_page(app)
    page.outline.choose("responses")
    panel, path = page.afterwards.answers, tmp_path / "s.xlsx"
    reason = Agreed(standard="47", value="met", reason="Blodwen showed us")
    dialog = asking(app, panel.guard, panel.save, path, NAME, SUMMARY, reason)
    assert dialog.heading.text() == "1 thing may identify someone"
    app.qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    app.settle()
    assert path.exists() and len(app.visit.state.saved_anyway) == 1


def test_the_plan_and_its_pages_ask_for_what_stands_in_them(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    page = cast(ActionPlanPage, app.go("action_plan"))
    path = tmp_path / "plan.xlsx"
    action = Action(id="AP9", standard="4", action="Give people their plan", owner="Blodwen Example")
    dialog = asking(app, page.saving.guard, page.export, path, NAME, SUMMARY, action)
    assert dialog.heading.text() == "1 thing may identify someone"
    app.qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    app.settle()
    assert path.exists()
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([tmp_path / "wall.pdf"])
    page.saving.on_print("you-said")
    app.settle()
    assert (tmp_path / "wall.pdf").exists(), "the owner is not printed on the page for the wall"
