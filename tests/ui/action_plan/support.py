"""Helpers for the tests of the action plan."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QModelIndex

from reviewapp.visit.statements import Action, Agreed
from tests.ui.support import App, Homes, Opener
from ui.pages.action_plan.page import ActionPlanPage
from ui.pages.action_plan.table import COLUMNS

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
