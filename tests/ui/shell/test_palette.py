"""Ctrl+K: anything is found with the keyboard alone, and a press leads to the very word."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from reviewapp.search import HighlightedText
from reviewapp.visit import statements
from reviewapp.workspace import meeting
from tests.ui.shell.palette_support import found, note, panel, press, titles, type_in
from tests.ui.support import App, Homes, Opener
from ui.shell.palette.rows import HEADINGS
from ui.theme import theme
from ui.widgets import DraftText
from ui.widgets.marked_text import runs


def in_view(widget: QWidget) -> bool:
    return not widget.visibleRegion().isEmpty()


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
        ("immediate concern", "interviews"),
        ("import the others", "bring_together"),
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
            app.qtbot.waitUntil(partial(in_view, at))


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
    "zlocal": statements.LocalContext(standard="47", text="on zlocal here"),
    "zaudit": statements.Audit(case_note="1", item="A2", value="yes", note="on zaudit here"),
    "zconcern": statements.Concern(id="IC9", text="on zconcern here", told="L1"),
    "ztold": statements.Concern(id="IC9", told="on ztold here"),
    "zpassage": statements.Passage(place="summary", text="on zpassage here"),
    "zquote": statements.Quote(id="Q1", text="on zquote here"),
    "zreason": statements.Agreed(standard="47", reason="on zreason here"),
    "zdissent": statements.Agreed(standard="47", dissent="on zdissent here"),
}


def test_each_text_of_mine_is_gone_to_with_the_caret_before_the_word(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    meeting.open_meeting(app.visit)
    mine = next(rec for rec in app.visit.state.answers.values() if rec.person == "L1")
    answer = statements.Answer(interview=mine.interview.partition("/")[0], prompt=mine.prompt, text="on zanswer here")
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
            panel(app)._open_row(next(row for row in found(app).found.rows if row.found and row.found.key == one.key))
            QApplication.processEvents()
            assert app.page.isVisible()


def test_what_is_being_typed_is_found_at_once_and_nothing_of_it_is_lost(app: App) -> None:
    app.go("standards", {"standard": "47"})
    editor = note(app)
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    app.keys(editor, " xylophones")
    type_in(app, "xylo")
    assert len([row for row in found(app).found.rows if row.found]) == 1
    press(app, Qt.Key.Key_Escape)
    assert editor.toPlainText().endswith(" xylophones")


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
    assert app.visit.finder.unread_entries() == 0


def test_matches_are_set_apart_from_the_rest() -> None:
    assert runs(HighlightedText("one two", ((4, 6),))) == [("one ", False), ("tw", True), ("o", False)]
    from reviewapp.search import KINDS

    assert set(KINDS) < HEADINGS.keys()
