"""Pages are made in quiet moments, unseen, and go with the visit like those that were looked at."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.ui.support import Homes, Opener
from ui.pages import NAMES
from ui.shell.prebuild import QUIET_MS, Prebuild


def make_all(made: Prebuild) -> None:
    while not made.done:
        made.make_next()


def test_every_page_is_made_unseen_and_the_one_in_view_stays(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    here, seen = app.window.stack.name, app.window.page
    make_all(Prebuild(app.window))
    stack = app.window.stack
    assert stack.pages.keys() | stack.prebuilt.keys() >= set(NAMES)
    assert (stack.name, app.window.page) == (here, seen)
    assert not any(page.isVisible() for page in stack.prebuilt.values())


def test_a_page_made_before_shows_what_one_made_now_shows(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    make_all(Prebuild(app.window))
    made = dict(app.window.stack.prebuilt)
    for name in NAMES:
        page = app.go(name)
        assert page is made.get(name, page) and page.isVisible() and page.size() == app.window.stack.size()


def test_pages_made_before_go_with_the_visit(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    make_all(Prebuild(app.window))
    app.window.session.close_visit()
    app.settle()
    assert not app.window.stack.prebuilt


def test_while_somebody_types_nothing_is_made(program: Opener, homes: Homes, qtbot: QtBot) -> None:
    app = program(homes.lead)
    made = Prebuild(app.window)
    app.window.idle.on_activity()
    assert app.window.idle.quiet_ms() < QUIET_MS
    before = len(app.window.stack.prebuilt)
    made._on_time()
    assert len(app.window.stack.prebuilt) == before
    qtbot.waitUntil(lambda: made.done, timeout=60_000)
