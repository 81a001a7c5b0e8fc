"""Helpers for the tests of the action plan."""

from __future__ import annotations

from typing import Any, cast

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QLineEdit

from reviewapp.visit.statements import Action, Agreed
from tests.ui.support import App, Homes, Opener
from ui.pages.action_plan.page import ActionPlanPage
from ui.pages.action_plan.table import COLUMNS
from ui.pages.shared.record_section import RecordSection

NOT_MET = ("119", "136", "63")


@pytest.fixture
def planned(program: Opener, homes: Homes) -> App:
    """Three standards agreed not met; one has an action."""
    app = program(homes.lead)
    app.visit.record(*(Agreed(standard=n, value="not_met") for n in NOT_MET))
    app.visit.record(Action(id="AP1", standard="119", action="Give every patient a copy", owner="Team manager"))
    return app


def open_page(app: App) -> ActionPlanPage:
    return cast(ActionPlanPage, app.go("action_plan"))


def index_of(page: ActionPlanPage, row_id: str, field: str) -> QModelIndex:
    return page.table.plan.index(page.table.plan.row_of(row_id), COLUMNS.index(field))


def opened(page: ActionPlanPage, kind: str) -> Any:
    """The section with this kind of record, open."""
    part = page.goals if kind in page.goals.folds else page.follow_up
    return part.folds[kind].open()


def begin(app: App, section: RecordSection, words: str) -> None:
    """Write in the line above the list, and press Enter."""
    assert section.begin_line is not None
    app.keys(section.begin_line.first.editor, words, Qt.Key.Key_Return)


def short(section: Any, name: str) -> QLineEdit:
    edit = section.form.fields[name].editor
    assert isinstance(edit, QLineEdit)
    return edit


def type_short(app: App, section: Any, name: str, words: str) -> None:
    """Write a short field of the chosen record, and press Enter."""
    edit = short(section, name)
    edit.selectAll()
    app.keys(edit, Qt.Key.Key_Delete, words, Qt.Key.Key_Return)
