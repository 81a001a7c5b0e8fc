"""Help and the page share the window as far as it goes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.support import App, Homes, Opener
from ui.theme import theme
from ui.widgets import Scroll


@pytest.fixture
def small(program: Opener, homes: Homes) -> Iterator[App]:
    """Text at 200 % in the smallest window there is."""
    app = program(homes.lead)
    theme().set_percent(200)
    app.window.resize(880, 560)
    QApplication.processEvents()
    yield app
    theme().set_percent(100)


def test_help_stands_beside_a_page_that_leaves_it_room(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = app.go("standards")
    app.window.help.toggle(page)
    assert page.isVisible()
    assert app.window.help.isVisible()


def test_help_takes_the_place_of_a_page_where_both_have_no_room_and_gives_it_back(small: App) -> None:
    page, panel = small.go("standards"), small.window.help
    panel.toggle(page)
    QApplication.processEvents()
    assert not page.isVisible()
    assert panel.x() + panel.width() <= small.window.width()
    assert (small.window.width(), small.window.height()) == (880, 560)
    panel.toggle(page)
    assert page.isVisible()
    assert not panel.isVisible()


def test_help_and_page_are_shared_anew_when_the_text_shrinks(small: App) -> None:
    small.window.resize(1366, 768)
    page, panel = small.go("standards"), small.window.help
    panel.toggle(page)
    QApplication.processEvents()
    assert not page.isVisible()
    theme().set_percent(100)
    QApplication.processEvents()
    assert panel.isVisible()
    assert page.isVisible()


def test_help_opens_at_its_beginning_and_is_read_by_paragraph(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page, panel = app.go("standards"), app.window.help
    panel.toggle(page)
    said = []
    for _step in range(3):
        QApplication.processEvents()
        here = app.window.focusWidget()
        assert here is not None
        said.append(here.accessibleName())
        app.keys(here, Qt.Key.Key_Down)
    paragraphs = [" ".join(one.split()) for one in page.HELP.split("\n\n")]
    assert said == [f"Help. {paragraphs[0]}", *paragraphs[1:3]]
    scroll = panel.findChild(Scroll)
    assert scroll is not None
    scroll.verticalScrollBar().setValue(scroll.verticalScrollBar().maximum())
    panel.toggle(page)
    panel.toggle(page)
    assert scroll.verticalScrollBar().value() == 0
