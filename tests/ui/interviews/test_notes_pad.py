"""The notes pad: typed freely, sorted by keys alone, and nothing of it where notes were not agreed to."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.interviews.support import begin
from tests.ui.support import App, Homes, Opener
from ui.pages.interviews.page import InterviewsPage


def pad_of(app: App, *answers: bool) -> InterviewsPage:
    page = begin(app, "patient", *answers)
    page.form.pad_button.click()
    return page


def test_lines_are_sorted_to_a_question_by_keys_and_come_back_by_undo(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = pad_of(app, True, True, True)
    pad = page.form.pad
    key = page.chosen().key  # type: ignore[union-attr]
    app.keys(pad.editor, "came late", Qt.Key.Key_Return, "was told nothing", Qt.Key.Key_Tab)
    assert [row.title for row in pad.lines.told.rows] == ["came late", "was told nothing"]
    assert pad.lines.hasFocus()
    app.keys(pad.lines, Qt.Key.Key_Down, Qt.Key.Key_Return)
    chosen = pad.questions.chosen_key()
    sent = pad.chosen_lines()
    app.keys(pad.questions, Qt.Key.Key_Return)
    number, _, me = key.partition("/")
    assert app.visit.state.answers[f"{number}/{chosen}/{me}"].text == "\n".join(sent)
    assert [row.title for row in pad.lines.told.rows] == [
        line for line in ("came late", "was told nothing") if line not in sent
    ]
    app.window.actions_.undo.trigger()
    assert [row.title for row in pad.lines.told.rows] == ["came late", "was told nothing"]
    page.form.pad_button.click()
    assert page.form.boxes["notes"].editor.toPlainText() == "came late\nwas told nothing"


def test_a_pad_takes_nothing_where_notes_were_declined(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = pad_of(app, False)
    assert page.form.pad.editor.isReadOnly() or not page.form.pad.editor.isEnabled()
    assert "declined notes" in page.form.pad.editor.placeholderText()
