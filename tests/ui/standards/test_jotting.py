"""The note says that it is printed, and below it one writes what nobody else ever reads."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QLabel

from reviewapp.workspace.laptop import Laptop
from tests.ui.support import PASSPHRASE, App, Homes, Opener, words_on
from tests.ui.unlock.support import unlock
from ui.pages.standards.detail import NOTE_IS_PRINTED
from ui.pages.standards.page import StandardsPage


def opened(app: App, number: str = "47") -> StandardsPage:
    return cast(StandardsPage, app.go("standards", {"standard": number}))


def note(app: App, number: str = "47") -> str:
    mine = app.visit.state.ratings.get(f"{number}/{app.visit.me}")
    return mine.note if mine else ""


def test_the_note_says_at_its_box_who_will_read_it(program: Opener, homes: Homes) -> None:
    page = opened(program(homes.reviewer))
    said = [label for label in page.detail.findChildren(QLabel) if label.text() == NOTE_IS_PRINTED]
    assert [label.isVisibleTo(page) for label in said] == [True]
    assert page.detail.note.accessibleDescription() == NOTE_IS_PRINTED


def test_a_jotting_is_kept_for_each_standard_and_is_there_again_after_a_lock(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    app.keys(page.detail.jotting.editor, "mine alone")
    page.reveal({"standard": "4"})
    assert page.detail.jotting.editor.toPlainText() == ""
    app.keys(page.detail.jotting.editor, "another")
    app.window.lock()
    unlock(app)
    page = opened(app, "47")
    assert page.detail.jotting.editor.toPlainText() == "mine alone"
    assert app.visit.jottings.all() == {("standard", "47"): "mine alone", ("standard", "4"): "another"}
    assert note(app) == "" and app.visit.state.ratings.get("47/R2") is None


def test_a_jotting_is_safe_before_the_box_is_left(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    editor = opened(app).detail.jotting.editor
    app.keys(editor, "mine alone")
    app.qtbot.waitUntil(lambda: not editor.unsaved)
    assert editor.hasFocus()
    other = Laptop.open(app.session.home, PASSPHRASE).open_visit(app.visit.id, read_only=True)
    assert other.jottings.text(("standard", "47")) == "mine alone"
    assert other.drafts() == [], "it waits for no entry to be made of it"
    other.close()


def test_a_jotting_is_shared_only_by_the_button_that_says_so_and_only_once(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    assert not page.detail.jotting.copy.isEnabled()
    app.keys(page.detail.note, "seen")
    app.keys(page.detail.jotting.editor, "thought")
    for _ in range(2):
        page.detail.jotting.copy.click()
        assert note(app) == page.detail.note.toPlainText() == "seen\nthought"
    assert page.detail.jotting.editor.toPlainText() == "thought"
    app.window.actions_.undo.trigger()
    assert note(app) == "seen"


def test_an_observer_jots_though_observers_do_not_rate(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = opened(app)
    assert page.detail.jotting.editor.isEnabled() and page.detail.jotting.copy.isVisibleTo(page)


def test_where_another_program_has_the_visit_jottings_are_read_and_not_written(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    app.visit.jottings.write(("standard", "47"), "mine alone")
    second = program(app.session.home, copy=False)
    editor = opened(second).detail.jotting.editor
    assert editor.isReadOnly() and editor.toPlainText() == "mine alone"
    assert not opened(second).detail.jotting.copy.isEnabled()
    assert "mine alone" in words_on(opened(second))
