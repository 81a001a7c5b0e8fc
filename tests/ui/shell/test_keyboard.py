"""Every page and its help are reached from the keyboard, which comes back to where it was."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

from reviewapp.workspace.laptop import Laptop
from tests.ui.support import PASSPHRASE, Homes, Opener, focus, words_on
from ui.pages import PAGES
from ui.pages.standards.page import StandardsPage


def test_every_page_opens_and_ctrl_numbers_reach_it(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    for number, entry in enumerate(PAGES):
        action = app.window.actions_.pages[entry.name]
        assert action.shortcut().toString() == f"Ctrl+{number}"
        action.trigger()
        assert app.window.pages[entry.name] is app.page


def test_nothing_but_the_page_gets_the_keyboard_on_the_way_to_it(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.window.activateWindow()
    app.go("start")
    app.settle()
    came: list[QWidget] = []

    def note(_old: QWidget | None, new: QWidget | None) -> None:
        came.extend([new] if new is not None else [])

    for entry in (*PAGES[1:], PAGES[1], PAGES[0]):
        QApplication.instance().focusChanged.connect(note)  # type: ignore[union-attr]
        app.window.actions_.pages[entry.name].trigger()
        QApplication.instance().focusChanged.disconnect(note)  # type: ignore[union-attr]
        assert came and all(app.page.isAncestorOf(one) for one in came), entry.name
        came.clear()


def test_the_key_that_marks_a_quote_never_ends_the_program(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    keys = [key.toString() for action in app.window.findChildren(QAction) for key in action.shortcuts()]
    assert "Ctrl+Q" not in keys
    assert app.window.actions_.quit.shortcut().toString() == "Ctrl+Shift+Q"
    assert len(keys) == len(set(keys))


def test_pages_that_need_a_visit_wait_for_one(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer, visit=False)
    model = app.window.nav.model
    usable = [PAGES[i].name for i in range(len(PAGES)) if model.flags(model.index(i)) & Qt.ItemFlag.ItemIsEnabled]
    assert usable == ["start"]
    assert not app.window.actions_.pages["standards"].isEnabled()


def test_help_is_in_plain_words_and_closes_with_escape(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.go("standards")
    app.window.actions_.help.trigger()
    assert app.window.help.isVisible()
    assert "one key rates" in words_on(app.window.help)
    app.keys(app.window.help, Qt.Key.Key_Escape)
    assert not app.window.help.isVisible()


def test_help_gives_the_keyboard_back_where_it_was(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    focus(page.detail.note)
    app.window.actions_.help.trigger()
    assert not page.detail.note.hasFocus()
    app.keys(app.window.help, Qt.Key.Key_Escape)
    assert page.detail.note.hasFocus()


def test_a_note_has_the_keyboard_again_when_one_comes_back_to_its_page(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    before = app.visit.state.ratings
    app.keys(page.detail.note, "Half a sen")
    app.window.navigate("overview")
    app.window.navigate("standards")
    assert page.detail.note.hasFocus()
    assert page.detail.note.textCursor().position() == len("Half a sen")
    assert {k: r.value for k, r in app.visit.state.ratings.items()} == {k: r.value for k, r in before.items()}
    app.window.navigate("standards")
    assert page.list.hasFocus(), "said again, the page begins at its beginning"
    app.window.navigate("overview")
    app.window.navigate("standards")
    assert page.list.hasFocus()


def test_after_unlocking_the_keyboard_is_back_in_the_note(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "113"}))
    app.keys(page.detail.note, "before after", *[Qt.Key.Key_Left] * 5)
    app.window.header.lock.setFocus()
    app.window.lock()
    app.session.adopt(Laptop.open(app.session.home, PASSPHRASE))
    page = cast(StandardsPage, app.page)
    note = app.window.focusWidget()
    assert note is page.detail.note
    assert (page.detail.number, page.detail.note.textCursor().position()) == ("113", len("before "))


def test_after_unlocking_no_key_rates_by_itself(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    app.go("standards", {"standard": "113"})
    focus(app.window.nav.list)
    app.window.lock()
    app.session.adopt(Laptop.open(app.session.home, PASSPHRASE))
    page = cast(StandardsPage, app.page)
    assert not page.list.hasFocus()
    assert app.window.focusWidget() is not page.list
