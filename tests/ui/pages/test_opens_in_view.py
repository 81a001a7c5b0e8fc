"""On a small screen nothing opens below the fold unseen, on any page."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QWidget

from tests.ui.fit import rest, use_screen, whole
from tests.ui.support import App, Homes, Opener
from ui.app.screenshots import wait_until_idle
from ui.pages import PAGES
from ui.pages.overview.page import OverviewPage
from ui.widgets.fold import Fold

ENOUGH = 40
"""Pixels of something high that tell that it has opened."""


def scroll_to(widget: QWidget) -> None:
    """Bring a widget into view, as one does before pressing it."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()
    rest()


def begins_in_view(part: QWidget) -> bool:
    """Whether the beginning of a part can be seen."""
    seen = part.visibleRegion().boundingRect()
    return seen.top() == 0 and seen.height() >= min(part.height(), ENOUGH)


def folds(app: App) -> list[Fold[QWidget]]:
    """The parts of the page in view that open under their heading."""
    return [fold for fold in app.page.findChildren(Fold) if fold.isVisible()]


def test_every_part_that_opens_is_in_view(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    use_screen(app, 125)
    opened = []
    for entry in PAGES:
        app.go(entry.name)
        wait_until_idle(app.window)
        for fold in folds(app):
            fold.close_part()
            scroll_to(fold.head)
            fold.head.click()
            wait_until_idle(app.window)
            assert fold.part is not None and begins_in_view(fold.part), f"{entry.name}: {fold.accessibleName()}"
            fold.close_part()
            opened.append(fold.accessibleName())
    assert len(opened) >= 5


def test_what_a_button_of_overview_opens_is_in_view(program: Opener, homes: Homes) -> None:
    app = program(homes.before)
    use_screen(app, 125)
    page = app.go("overview")
    assert isinstance(page, OverviewPage)
    wait_until_idle(app.window)
    scroll_to(page.people.change)
    page.people.change.click()
    wait_until_idle(app.window)
    assert begins_in_view(page.people.editor)
    scroll_to(page.day.add_button)
    page.day.add_button.click()
    wait_until_idle(app.window)
    assert whole(page.day.editor.title) and page.day.editor.title.hasFocus()
