"""Ctrl+K: anything is found with the keyboard alone, and nothing of it stays when the panel is put away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton

from reviewapp.search import HighlightedText
from reviewapp.visit import statements as say
from reviewapp.workspace import meeting
from tests.ui.support import App, Homes, Opener, focus
from ui.shell.palette.panel import EXAMPLES, NOTHING, FindPanel
from ui.shell.palette.result_list import ResultList, runs
from ui.shell.palette.rows import HEADINGS
from ui.theme import theme
from ui.widgets import DraftText

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def app(program: Opener, homes: Homes) -> App:
    app = program(homes.lead)
    app.visit.record(say.Rating(standard="47", note="Before the zebra crossing and behind it"))
    app.visit.finder.catch_up()
    app.go("standards", {"standard": "4"})
    return app


def panel(app: App) -> FindPanel:
    return app.window.palette_


def found(app: App) -> ResultList:
    return panel(app).list


def type_in(app: App, words: str) -> None:
    """Ctrl+K from wherever the keyboard is, and then the words."""
    app.window.activateWindow()
    QApplication.processEvents()
    at = app.window.focusWidget() or app.window
    app.qtbot.keyClick(at, Qt.Key.Key_K, CONTROL)
    assert panel(app).isVisible() and panel(app).line.hasFocus()
    app.qtbot.keyClicks(panel(app).line, words)


def press(app: App, *keys: Qt.Key) -> None:
    for key in keys:
        app.qtbot.keyClick(panel(app).line, key)
    QApplication.processEvents()


def titles(app: App) -> list[str]:
    return [row.title.text for row in found(app).found.rows]


def note(app: App) -> DraftText:
    return next(one for one in app.page.findChildren(DraftText) if one.accessibleName() == "My note")


def test_enter_goes_to_the_very_word_in_the_field_that_says_it(app: App) -> None:
    type_in(app, "zebra cros")
    assert found(app).chosen() is not None
    press(app, Qt.Key.Key_Return)
    assert panel(app).isHidden() and app.window.stack.name == "standards"
    assert app.page.place() == {"standard": "47"}
    editor = note(app)
    assert editor.hasFocus() and editor.textCursor().position() == len("Before the ")


def test_a_number_leads_to_the_standard_and_a_page_or_command_is_found_with_its_key(app: App) -> None:
    type_in(app, "47")
    row = found(app).chosen()
    assert row is not None and row.found is not None and row.found.key == "47"
    press(app, Qt.Key.Key_Return)
    assert app.page.place() == {"standard": "47"}
    type_in(app, "action pl")
    row = found(app).chosen()
    assert row is not None and (row.title.text, row.keys) == ("Action plan", "Ctrl+8")
    press(app, Qt.Key.Key_Return)
    assert app.window.stack.name == "action_plan"
    type_in(app, "larger")
    press(app, Qt.Key.Key_Return)
    assert theme().percent > 100


def test_what_one_does_on_a_page_is_found_by_its_words(app: App) -> None:
    for words, page in (
        ("visit pack", "start"),
        ("new interview", "interviews"),
        ("cannot wait", "interviews"),
        ("bring in", "bring_together"),
        ("review team", "overview"),
        ("timetable", "overview"),
        ("share out", "overview"),
    ):
        type_in(app, words)
        row = found(app).chosen()
        assert row is not None and row.kind == "command", words
        press(app, Qt.Key.Key_Return)
        assert app.window.stack.name == page, words
        if page == "overview":
            at = app.window.focusWidget()
            assert at is not None, words
            app.qtbot.waitUntil(lambda at=at: not at.visibleRegion().isEmpty())


def test_what_only_the_lead_does_is_offered_to_no_one_else(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    type_in(app, "write the visit pack")
    assert not titles(app)


def test_the_word_itself_is_marked_in_what_can_only_be_read(app: App) -> None:
    type_in(app, "helped to write")
    press(app, Qt.Key.Key_Return)
    QApplication.processEvents()
    marked = [one.selectedText() for one in app.page.findChildren(QLabel) if one.hasSelectedText()]
    assert marked and marked[0] in "helped to write"


LINES = {
    "zlocal": say.LocalContext(standard="47", text="on zlocal here"),
    "zaudit": say.Audit(case_note="1", item="A2", value="yes", note="on zaudit here"),
    "zconcern": say.Concern(id="IC9", text="on zconcern here", told="L1"),
    "ztold": say.Concern(id="IC9", told="on ztold here"),
    "zpassage": say.Passage(place="summary", text="on zpassage here"),
    "zquote": say.Quote(id="Q1", text="on zquote here"),
    "zreason": say.Agreed(standard="47", reason="on zreason here"),
    "zdissent": say.Agreed(standard="47", dissent="on zdissent here"),
}


def test_each_text_of_mine_is_gone_to_with_the_caret_before_the_word(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    meeting.open_meeting(app.visit)
    mine = next(rec for rec in app.visit.state.answers.values() if rec.person == "L1")
    answer = say.Answer(interview=mine.interview.partition("/")[0], prompt=mine.prompt, text="on zanswer here")
    app.visit.record(*LINES.values(), answer)
    app.visit.finder.catch_up()
    app.go("overview")
    for word in (*LINES, "zanswer"):
        type_in(app, word)
        press(app, Qt.Key.Key_Return)
        QApplication.processEvents()
        at = app.window.focusWidget()
        if word == "ztold":  # a line, which has no caret of its own to set
            assert app.window.stack.name == "interviews"
            continue
        assert isinstance(at, DraftText), word
        assert at.toPlainText()[at.textCursor().position() :] == f"{word} here"


def test_what_another_reviewer_heard_is_gone_to_and_no_button_has_the_keyboard(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.visit.finder.catch_up()
    quote = next(rec for rec in app.visit.state.quotes.values() if rec.person == "R2")
    app.go("overview")
    type_in(app, f'"{quote.text}"')
    press(app, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert app.page.place() == {"interview": quote.interview}
    assert not isinstance(app.window.focusWidget(), QAbstractButton)
    assert [one for one in app.page.findChildren(QLabel) if one.hasSelectedText()]


def test_every_kind_of_record_leads_to_a_page(app: App) -> None:
    visit = app.visit
    for typed in "abcdefghijklmnoprstw":
        for one in visit.find(typed, limit=2):
            type_in(app, typed)
            panel(app)._go(next(row for row in found(app).found.rows if row.found and row.found.key == one.key))
            QApplication.processEvents()
            assert app.page.isVisible()


def test_escape_puts_the_keyboard_back_with_caret_and_scroll(app: App) -> None:
    app.go("standards", {"standard": "47"})
    editor = note(app)
    focus(editor)
    cursor = editor.textCursor()
    cursor.setPosition(3)
    cursor.setPosition(7, cursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    scroll = app.page.detail.verticalScrollBar()  # type: ignore[attr-defined]
    scroll.setValue(scroll.maximum() // 2)
    kept = scroll.value()
    type_in(app, "zebra")
    press(app, Qt.Key.Key_Escape)
    assert panel(app).isHidden() and editor.hasFocus() and scroll.value() == kept
    assert (editor.textCursor().anchor(), editor.textCursor().position()) == (3, 7)


def test_what_is_being_typed_is_found_at_once_and_nothing_of_it_is_lost(app: App) -> None:
    app.go("standards", {"standard": "47"})
    editor = note(app)
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    app.keys(editor, " xylophones")
    type_in(app, "xylo")
    assert len([row for row in found(app).found.rows if row.found]) == 1
    press(app, Qt.Key.Key_Escape)
    assert editor.toPlainText().endswith(" xylophones")


def test_the_keys_move_over_headings_and_stop_at_the_ends(app: App) -> None:
    type_in(app, "re")
    rows = found(app).found.rows
    assert rows[0].heading and found(app).currentIndex().row() == 1
    press(app, Qt.Key.Key_Up)
    assert found(app).currentIndex().row() == 1
    for _ in rows:
        press(app, Qt.Key.Key_Down)
        assert not rows[found(app).currentIndex().row()].heading
    assert found(app).currentIndex().row() == len(rows) - 1
    assert panel(app).line.hasFocus()


def test_more_shows_the_rest_of_a_kind_and_escape_comes_back(app: App) -> None:
    type_in(app, "the")
    more = next(row for row in found(app).found.rows if row.more)
    before = titles(app)
    panel(app)._go(more)
    rows = found(app).found.rows
    assert {row.kind for row in rows} == {more.kind} and len(rows) > 8
    press(app, Qt.Key.Key_Escape)
    assert titles(app) == before
    press(app, Qt.Key.Key_Escape)
    assert panel(app).isHidden()


def test_going_elsewhere_closes_it_and_leaves_the_keyboard_there(app: App) -> None:
    type_in(app, "zebra")
    focus(app.page.find_box)  # type: ignore[attr-defined]
    assert panel(app).isHidden() and app.page.find_box.hasFocus()  # type: ignore[attr-defined]


def test_a_press_beside_it_closes_it_and_one_on_it_does_not(app: App) -> None:
    type_in(app, "zebra")
    app.qtbot.mouseClick(panel(app).told, Qt.MouseButton.LeftButton)
    assert panel(app).isVisible()
    app.qtbot.mouseClick(app.window.header.service, Qt.MouseButton.LeftButton)
    assert panel(app).isHidden()


def test_behind_the_recovery_code_it_does_not_open(app: App) -> None:
    app.window.show_recovery_code("example code")
    app.window.actions_.find_any.trigger()
    assert panel(app).isHidden()


def test_lock_closes_it_and_nothing_typed_or_found_stays(app: App) -> None:
    editor = note(app)
    focus(editor)
    type_in(app, "zebra")
    app.window.lock()
    assert panel(app).isHidden() and panel(app).line.text() == "" and found(app).found.rows == []
    assert not panel(app).line.isUndoAvailable() and panel(app).told.text() == ""
    app.window.actions_.find_any.trigger()
    assert panel(app).isHidden()


def test_it_says_what_to_type_when_nothing_is_typed_and_when_nothing_is_found(app: App) -> None:
    type_in(app, "")
    assert panel(app).told.text() == EXAMPLES and found(app).found.rows == []
    app.qtbot.keyClicks(panel(app).line, "xylophone")
    assert panel(app).told.text() == NOTHING


def test_the_button_in_the_header_opens_it_and_the_keyboard_comes_back_to_the_text(app: App) -> None:
    editor = note(app)
    focus(editor)
    app.qtbot.mouseClick(app.window.header.find_any, Qt.MouseButton.LeftButton)
    assert panel(app).isVisible()
    press(app, Qt.Key.Key_Escape)
    assert editor.hasFocus()


def test_without_a_visit_pages_and_commands_are_found(program: Opener, homes: Homes) -> None:
    app = program(homes.lead, visit=False)
    type_in(app, "lock")
    row = found(app).chosen()
    assert row is not None and row.title.text == "Lock"


def test_much_that_is_unread_is_read_beside_the_screen(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.go("standards")
    type_in(app, "crisis")
    app.settle()
    app.qtbot.waitUntil(lambda: any(row.found for row in found(app).found.rows))
    assert app.visit.finder.behind() == 0


@pytest.mark.parametrize("percent", [100, 200])
def test_it_lies_within_a_small_window_and_every_row_can_be_hit(app: App, percent: int) -> None:
    theme().set_percent(percent)
    app.window.resize(1024, 700)
    QApplication.processEvents()
    type_in(app, "the")
    QApplication.processEvents()
    assert app.window.work.rect().contains(panel(app).geometry())
    rows = found(app).found.rows
    assert all(found(app).visualRect(found(app).found.index(i)).height() >= 24 for i in range(len(rows)))


def test_every_control_and_every_row_has_words_for_the_ear(app: App) -> None:
    type_in(app, "re")
    assert panel(app).line.accessibleName() and found(app).accessibleName()
    model = found(app).found
    spoken = [model.data(model.index(i), Qt.ItemDataRole.AccessibleTextRole) for i in range(len(model.rows))]
    assert all(spoken)
    assert not panel(app).findChildren(QPushButton)


def test_matches_are_set_apart_from_the_rest() -> None:
    assert runs(HighlightedText("one two", ((4, 6),))) == [("one ", False), ("tw", True), ("o", False)]
    from reviewapp.search import KINDS

    assert set(KINDS) < HEADINGS.keys()
