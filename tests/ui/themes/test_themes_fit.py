"""Themes on the usual small screen: one thing scrolls, and no filter is lost."""

from __future__ import annotations

from typing import cast

from tests.ui.fit import rest, use_screen, whole
from tests.ui.support import Homes, Opener
from ui.pages.themes.page import ThemesPage


def test_a_view_scrolls_and_not_the_page_around_it(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(ThemesPage, app.go("themes"))
    use_screen(app, 125)
    for view in ("code", "coders", "groups", "codebook"):
        page.tabs[view].setChecked(True)
        app.settle()
        rest()
        assert not page.body.verticalScrollBar().isVisible(), view


def test_every_filter_is_in_view_in_a_few_lines_also_beside_help(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(ThemesPage, app.go("themes"))
    use_screen(app, 125)
    filters = page.coding.filters
    filters.more.click()
    rest()
    boxes = filters.boxes
    assert [box.accessibleName() for box in boxes.all if not whole(box)] == []
    assert len({box.y() for box in boxes.all}) <= 3
    app.window.actions_.help.trigger()
    rest()
    assert all(boxes.rect().contains(box.geometry()) for box in boxes.all)
