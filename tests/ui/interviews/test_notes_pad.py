"""The notes pad: typed freely, sorted by keys alone, and nothing of it where notes were not agreed to."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt

from reviewapp.visit.notes_pad import NOTES, sort_lines
from reviewapp.visit.statements import Answer, Interview
from tests.ui.bring_together.support import fresh, open_visit_on
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


def sorted_on_two_laptops(homes: Homes, folder: Path) -> Path:
    """A home in which a pad stands in two versions, and one of its lines under two questions."""
    one_home, given, back = folder / "one", folder / "given.rvreturn", folder / "back.rvreturn"
    shutil.copytree(homes.lead, one_home)
    one, other = open_visit_on(one_home), open_visit_on(fresh(homes, folder / "other", "L1"))
    one.record(
        Interview(id="P9", group="patient", mode="phone", consent_notes=True),
        Answer(interview="P9", prompt=NOTES, text="came late\nwas told nothing\nkind nurse"),
    )
    one.write_return(given)
    other.merge(given)
    first, second = (prompt.id for prompt in one.state.instrument.guide("patient").prompts[:2])  # type: ignore[union-attr]
    for visit, line, prompt in ((one, "came late", first), (other, "came late", second), (other, "kind nurse", second)):
        visit.record(*sort_lines(visit.state, "P9/L1", [line], prompt))
    other.write_return(back)
    one.merge(back)
    one.close()
    other.close()
    return one_home


def test_a_pad_that_was_sorted_on_two_laptops_is_put_together_and_each_line_keeps_one_question(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(sorted_on_two_laptops(homes, tmp_path))
    page = cast(InterviewsPage, app.go("interviews", {"interview": "P9/L1"}))
    page.form.pad_button.click()
    pad = page.form.pad
    assert pad.together.isVisible() and "sorted on two laptops" in pad.versions.label.text()
    app.qtbot.mouseClick(pad.together, Qt.MouseButton.LeftButton)
    assert not pad.versions.isVisible()
    assert [row.title for row in pad.lines.told.rows] == ["was told nothing"]
    assert pad.editor.toPlainText() == "was told nothing"
    assert "“came late” is under more than one question" in pad.twice.label.text()
    app.qtbot.mouseClick(pad.keep[1], Qt.MouseButton.LeftButton)
    assert not pad.twice.isVisible()
    texts = {key: one.text for key, one in app.visit.state.answers.items() if one.interview == "P9/L1" and one.text}
    assert sorted("\n".join(texts.values()).split("\n")) == ["came late", "kind nurse", "was told nothing"]
    app.window.actions_.undo.trigger()
    assert pad.twice.isVisible(), "it is asked again"


def test_lines_are_listed_while_they_are_typed(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    pad = pad_of(app, True, True, True).form.pad
    assert not pad.lines.isVisible() and not pad.questions.isVisible()
    app.keys(pad.editor, "came late", Qt.Key.Key_Return, "was told")
    assert [row.title for row in pad.lines.told.rows] == ["came late", "was told"]
    assert pad.questions.isVisible()
    pad.lines.setCurrentIndex(pad.lines.told.index(1))
    pad.questions.setCurrentIndex(pad.questions.told.index(0))
    pad.send.click()
    assert pad.editor.toPlainText() == "came late"
