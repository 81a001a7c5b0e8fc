"""Any file can be dropped anywhere on the window: it is told by what is in it, copied, and shown where it is taken."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

import ui.widgets.file_dialogs
from reviewapp.codebooks.export_sheet import export_codebook
from reviewapp.instruments.library import builtin
from reviewapp.intake.templates import template
from reviewapp.plan import sheet_of
from reviewapp.workspace.laptop import Laptop
from tests.ui.support import PASSPHRASE, App, Homes, Opener, focus
from ui.app.scored_sample import make_scored_visit
from ui.pages.action_plan.page import ActionPlanPage
from ui.pages.bring_together.page import BringTogetherPage
from ui.pages.overview.page import OverviewPage
from ui.pages.standards.page import StandardsPage
from ui.pages.start.page import StartPage
from ui.pages.start.restore import RestoreBackup

ACTION = Qt.DropAction
LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
EITHER = ACTION.MoveAction | ACTION.CopyAction


def drag(app: App, paths: list[Path], at: QPoint | None = None) -> tuple[QDragEnterEvent, QDropEvent]:
    """Drag files from a program that proposes to move them, onto the middle of the window or a point of it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where = at or app.window.rect().center()
    handle = app.window.windowHandle()
    enter = QDragEnterEvent(where, EITHER, data, LEFT, PLAIN)
    enter.setDropAction(ACTION.MoveAction)
    QApplication.sendEvent(handle, enter)
    drop = QDropEvent(QPointF(where), EITHER, data, LEFT, PLAIN)
    drop.setDropAction(ACTION.MoveAction)
    if enter.isAccepted():
        QApplication.sendEvent(handle, drop)
    app.settle()
    app.settle()
    return enter, drop


def test_a_return_dropped_on_any_page_is_previewed_where_work_is_joined(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.go("standards")
    before = app.visit._store.digest()
    drag(app, [homes.returns["R3"]])
    page = cast(BringTogetherPage, app.page)
    assert isinstance(page, BringTogetherPage)
    assert page.looked.told.rows
    assert app.visit._store.digest() == before, "it is only looked at"


def test_several_returns_are_looked_at_together(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    drag(app, [homes.returns["R3"], homes.returns["R4"]])
    assert len(cast(BringTogetherPage, app.page).looked.told.rows) == 2


def test_a_dropped_file_is_always_copied_also_where_move_is_proposed(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    enter, drop = drag(app, [homes.returns["R3"]])
    assert enter.dropAction() == drop.dropAction() == ACTION.CopyAction
    assert homes.returns["R3"].is_file()


def test_a_file_dropped_on_a_box_of_text_is_not_typed_there(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    note = cast(StandardsPage, app.go("standards", {"standard": "47"})).detail.note
    focus(note)
    before = note.toPlainText()
    drag(app, [homes.returns["R3"]], note.mapTo(app.window, note.rect().center()))
    assert note.toPlainText() == before
    assert isinstance(app.page, BringTogetherPage)


def test_a_sheet_of_the_team_is_told_by_its_headings(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    for kind in ("self_review", "survey", "audit"):
        sheet = tmp_path / f"no name of ours {kind}.xlsx"
        sheet.write_bytes(template(kind, app.visit.state.instrument, ".xlsx"))
        app.go("standards")
        drag(app, [sheet])
        page = cast(OverviewPage, app.page)
        assert isinstance(page, OverviewPage)
        assert page.intake._kind == kind


def test_a_plan_that_came_back_is_shown_on_the_plan(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    (tmp_path / "plan.xlsx").write_bytes(sheet_of(app.visit))
    drag(app, [tmp_path / "plan.xlsx"])
    page = cast(ActionPlanPage, app.page)
    assert isinstance(page, ActionPlanPage)
    assert page.came_back.isVisible()


def test_a_backup_is_looked_at_where_it_is_restored(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    app.visit.backup(tmp_path / "renamed.bin")
    drag(app, [tmp_path / "renamed.bin"])
    form = cast(StartPage, app.page).stack.currentWidget()
    assert isinstance(form, RestoreBackup)


def test_a_codebook_is_looked_at_where_codebooks_are(program: Opener, homes: Homes, tmp_path: Path) -> None:
    from reviewapp.codebooks.library import builtin as books

    app = program(homes.lead)
    export_codebook(books()[0], tmp_path / "themes.xlsx")
    drag(app, [tmp_path / "themes.xlsx"])
    assert app.page.TITLE == "Themes"
    assert app.page.place()["view"] == "codebook"


@pytest.mark.parametrize(("name", "content"), [("holiday.jpg", b"\xff\xd8\xff\0"), ("notes.txt", b"Buy milk\n")])
def test_what_is_nothing_of_ours_is_said_in_one_line(
    name: str, content: bytes, program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    (tmp_path / name).write_bytes(content)
    before = app.page
    drag(app, [tmp_path / name])
    assert app.page is before
    assert app.window.dropped.label.text().startswith(f"Reviewapp cannot read {name}. You can drop ")
    app.window.dropped.dismiss.click()
    assert not app.window.dropped.isVisible()


def test_a_file_of_another_visit_names_it_and_opens_it(program: Opener, homes: Homes, tmp_path: Path) -> None:
    shutil.copytree(homes.lead, tmp_path / "home")
    app = program(homes.lead)
    laptop = app.session.laptop
    assert laptop is not None
    one = laptop.visits()[0].id
    app.session.close_visit()
    drag(app, [homes.returns["R3"]])
    banner = app.window.dropped
    assert banner.open.isVisible()
    assert laptop.visits()[0].service in banner.label.text()
    banner.open.click()
    app.settle()
    app.settle()
    assert app.visit.id == one
    assert cast(BringTogetherPage, app.page).looked.told.rows


def test_a_work_file_of_another_visit_that_was_chosen_by_the_button_is_offered_to_that_visit(
    program: Opener, homes: Homes
) -> None:
    app = program(homes.lead)
    first, laptop = app.visit.id, app.session.laptop
    assert laptop is not None
    app.session.open_visit(make_scored_visit(laptop))
    page = cast(BringTogetherPage, app.go("bring_together"))
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([homes.returns["R3"]])
    page.drop.button.click()
    app.settle()
    app.settle()
    assert "it belongs to another visit" in page.looked.told.rows[0].detail
    assert app.window.dropped.open.isVisible()
    app.window.dropped.open.click()
    app.settle()
    app.settle()
    assert app.visit.id == first
    assert cast(BringTogetherPage, app.page).looked.told.rows


def test_a_plan_of_another_visit_that_was_chosen_by_the_button_is_offered_to_that_visit(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    (tmp_path / "plan.xlsx").write_bytes(sheet_of(app.visit))
    first, laptop = app.visit.id, app.session.laptop
    assert laptop is not None
    app.session.open_visit(make_scored_visit(laptop))
    page = cast(ActionPlanPage, app.go("action_plan"))
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([tmp_path / "plan.xlsx"])
    page.bring.click()
    app.settle()
    app.settle()
    assert app.window.dropped.open.isVisible()
    app.window.dropped.open.click()
    app.settle()
    app.settle()
    assert app.visit.id == first
    assert cast(ActionPlanPage, app.page).came_back.isVisible()


def test_a_file_that_a_page_refuses_for_another_reason_says_nothing_more(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    (tmp_path / "notes.rvreturn").write_bytes(b"Buy milk")
    page = cast(BringTogetherPage, app.go("bring_together"))
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([tmp_path / "notes.rvreturn"])
    page.drop.button.click()
    app.settle()
    app.settle()
    assert page.looked.told.rows
    assert not app.window.dropped.isVisible()


def test_what_only_the_lead_takes_in_is_said_to_be_the_leads(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.reviewer)
    sheet = tmp_path / "self-review.xlsx"
    sheet.write_bytes(template("self_review", builtin()[0], ".xlsx"))
    drag(app, [sheet])
    assert "is for the lead reviewer" in app.window.dropped.label.text()


def test_nothing_can_be_dropped_while_it_is_locked(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.window.lock()
    enter, __ = drag(app, [homes.returns["R3"]])
    assert not enter.isAccepted()


def test_words_dragged_stay_with_the_box_they_are_dropped_on(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    data = QMimeData()
    data.setText("seen")
    enter = QDragEnterEvent(app.window.rect().center(), EITHER, data, LEFT, PLAIN)
    assert not app.window.drop_area.eventFilter(app.window.windowHandle(), enter)
    assert enter.type() == QEvent.Type.DragEnter


def test_a_laptop_that_does_not_hold_the_visit_says_what_to_do(program: Opener, homes: Homes, tmp_path: Path) -> None:
    Laptop.create(tmp_path / "empty", PASSPHRASE)
    app = program(tmp_path / "empty", visit=False)
    drag(app, [homes.returns["R3"]])
    assert "belongs to a visit that is not on this laptop" in app.window.dropped.label.text()
