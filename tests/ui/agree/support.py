"""Helpers for the tests of Agree."""

from __future__ import annotations

from typing import cast

from reviewapp.instruments.model import Score
from reviewapp.workspace import meeting
from tests.ui.support import App
from ui.pages.agree.page import AgreePage
from ui.pages.agree.table import CELL


def open_page(app: App, *, opened: bool = True) -> AgreePage:
    if opened and app.visit.is_lead and not app.visit.state.meeting_opened:
        meeting.open_meeting(app.visit)
    return cast(AgreePage, app.go("agree"))


def numbers(page: AgreePage) -> list[str]:
    return [row.standard for row in page.table.matrix.rows]


def agreed(app: App, number: str) -> Score | None:
    found = app.visit.state.agreed.get(number)
    return found.value if found else None


def cell(page: AgreePage, number: str, kind: str, of: str = "") -> str:
    place = page.table.matrix.row_of(number)
    column = next(i for i, c in enumerate(page.table.matrix.columns) if (c.kind, c.of) == (kind, of))
    return " ".join(piece.text for piece in page.table.matrix.index(place, column).data(CELL))
