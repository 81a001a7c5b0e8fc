"""Helpers for the tests of Overview."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QTableView

import ui.widgets.file_dialogs
from reviewapp.intake.survey_form import survey_form
from reviewapp.workspace.laptop import Laptop, NewPerson
from tests.ui.support import PASSPHRASE, App, Opener
from ui.pages.overview.page import OverviewPage
from ui.pages.shared.sheet_intake import SheetIntake
from ui.widgets import Button


@pytest.fixture
def before(program: Opener, tmp_path: Path) -> App:
    """A lead's laptop with a visit about which nothing is known yet."""
    laptop, _ = Laptop.create(tmp_path / "lead", PASSPHRASE)
    laptop.new_visit(
        instrument="qn-crhtt-4-pc",
        service="Example team",
        organisation="Example trust",
        date="2026-12-01",
        people=[NewPerson("L1", "lead"), NewPerson("R2", "clinician"), NewPerson("R4", "patient_rep")],
    )
    return program(tmp_path / "lead", copy=False)


def opened(app: App) -> OverviewPage:
    return cast(OverviewPage, app.go("overview"))


def press_cell(app: App, table: QTableView, index: QModelIndex) -> None:
    app.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())


def sheet_button(page: OverviewPage, name: str, kind: str) -> Button:
    return next(b for b in page.intake.findChildren(Button) if b.property("sheet") == kind and name in b.text())


def taken_export(app: App, path: Path, heads: str, *rows: str) -> SheetIntake:
    """Take in an export of a form that asks about standard 4, and has these further columns; where it is looked at."""
    asked = {one.standard: one.name for one in survey_form(app.visit.state.instrument).questions}
    path.write_text("\n".join([f"{asked['4']};{heads};_uuid;_index", *rows]), encoding="utf-8")
    page = opened(app)
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    sheet_button(page, "Import", "survey").click()
    app.settle()
    return page.intake.sheets["survey"]
