"""Agree on a small screen: rows and the whole rating form are in view together."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tests.ui.agree.support import open_page
from tests.ui.fit import SCREENS, rest, use_screen, whole
from tests.ui.support import Homes, Opener


@pytest.mark.parametrize("percent", SCREENS)
def test_eight_rows_and_the_whole_rating_form_are_in_view(program: Opener, homes: Homes, percent: int) -> None:
    app = program(homes.lead)
    page = open_page(app)
    use_screen(app, percent)
    page.differing.setChecked(False)
    rest()
    table, decision = page.table, page.detail.decision
    assert table.viewport().height() // table.delegate.row_height() >= 8 and whole(table)
    buttons = decision.buttons.findChildren(QPushButton)
    assert len({button.y() for button in buttons}) == 1, "the ratings stand in one line"
    for part in (page.detail.title, decision.buttons, decision.reason, decision.dissent):
        assert whole(part), part.accessibleName()
    assert whole(page.splitter.handle(1)) and page.splitter.orientation() == Qt.Orientation.Horizontal
    assert not page.body.verticalScrollBar().isVisible(), "nothing of the page is below the fold"


@pytest.mark.parametrize("percent", SCREENS)
def test_beside_the_help_no_rating_is_cut(program: Opener, homes: Homes, percent: int) -> None:
    app = program(homes.lead)
    page = open_page(app)
    use_screen(app, percent)
    app.window.help.toggle(page)
    rest()
    for button in page.detail.decision.buttons.findChildren(QPushButton):
        assert whole(button), button.text()


def test_a_long_reason_leaves_the_whole_form_in_view(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    use_screen(app, 125)
    page.detail.decision.reason.setFocus()
    app.qtbot.keyClicks(page.detail.decision.reason, "The records and the patients say otherwise. " * 12)
    rest()
    assert whole(page.detail.decision.dissent)


def test_what_the_forecast_rests_on_is_told_when_it_is_asked_for(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    assert page.forecast.now.isVisible() and not page.forecast.words.isVisible()
    app.keys(page.forecast.about, Qt.Key.Key_Space)
    assert page.forecast.cases.isVisible() and page.forecast.agreement.isVisible()
    app.keys(page.forecast.about, Qt.Key.Key_Space)
    assert not page.forecast.words.isVisible()
