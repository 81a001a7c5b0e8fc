"""While somebody types, a quiet line under the words says what may tell who somebody is."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from reviewapp.visit.statements import KnownName
from tests.ui.support import App, Homes, Opener
from ui.pages.standards.page import StandardsPage
from ui.widgets import DraftText


def note(app: App) -> DraftText:
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    return page.detail.note


def test_a_number_is_told_under_the_words_and_not_repeated(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    box = note(app)
    before = box.sizeHint().height()
    app.keys(box, " NHS9434765919")
    app.qtbot.waitUntil(lambda: bool(box.hint))
    assert "an NHS number (“94…”)" in box.hint and "9434765919" not in box.hint
    assert box.sizeHint().height() > before, "the line does not cover the words"
    box.selectAll()
    app.keys(box, "kind")
    app.qtbot.waitUntil(lambda: not box.hint)
    assert box.sizeHint().height() <= before


def test_a_listed_name_is_told_and_another_field_has_its_own_line(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.visit.record(KnownName(id="N1", name="Blodwen Example"))
    box = note(app)
    app.keys(box, " Blodwen said so")
    app.qtbot.waitUntil(lambda: "a name from the list" in box.hint)
    page = cast(StandardsPage, app.page)
    page.reveal({"standard": "4"})
    assert not box.hint
    page.reveal({"standard": "47"})
    assert "a name from the list" in box.hint, "it stands there when one comes back"


def test_the_line_waits_while_the_mouse_is_down_so_that_nothing_moves_under_it(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    box = note(app)
    window, away = app.window.windowHandle(), app.window.rect().bottomRight() - QPoint(3, 3)
    before = box.height()
    QTest.mousePress(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, away)
    app.keys(box, " NHS9434765919")
    box.commit()  # as when what is pressed takes the keyboard
    assert (box.height(), box.hint) == (before, "")
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, away)
    app.qtbot.waitUntil(lambda: bool(box.hint))
