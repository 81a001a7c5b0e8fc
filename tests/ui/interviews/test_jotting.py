"""A private jotting about an interview: kept as its notes are, and gone when the person withdraws."""

from __future__ import annotations

from reviewapp.workspace.withdrawal import withdraw
from tests.ui.interviews.support import begin
from tests.ui.support import Homes, Opener, words_on
from ui.pages.interviews.form import NOT_PRINTED
from ui.pages.interviews.prompt import NOTES


def test_a_jotting_waits_for_consent_as_notes_do(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app)
    editor = page.form.jotting.editor
    assert not editor.isEnabled() and "First ask" in editor.placeholderText()
    page.form.consent.questions[0].yes.click()
    assert editor.isEnabled()
    app.keys(editor, "tired today")
    page.form.commit_all()
    key = page.place()["interview"]
    assert app.visit.jottings.text(("interview", key)) == "tired today"
    assert app.visit.state.answers == {} or not any(a.interview == key for a in app.visit.state.answers.values())
    assert NOT_PRINTED in words_on(page)


def test_who_takes_back_notes_leaves_a_jotting_that_can_only_be_emptied(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", True)
    app.keys(page.form.jotting.editor, "tired today")
    page.form.consent.questions[0].no.click()
    editor = page.form.jotting.editor
    assert editor.isEnabled() and "declined notes" in page.form.jotting.explained.text()
    editor.selectAll()
    editor.cut()
    page.form.commit_all()
    assert app.visit.jottings.all() == {} and not page.form.jotting.editor.unsaved


def test_a_jotting_goes_with_a_withdrawn_interview_even_while_it_is_being_typed(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", True)
    key = page.place()["interview"]
    app.keys(page.form.jotting.editor, "tired")
    page.form.commit_all()
    app.keys(page.form.jotting.editor, " today")
    assert page.form.jotting.editor.unsaved
    withdraw(app.visit, "interview", key, reason="the person asked")
    assert app.visit.jottings.all() == {}
    app.go("overview")
    app.go("interviews")
    assert app.visit.jottings.all() == {} and page.stack.currentWidget() is page.empty
    begin(app, "patient", True)
    assert app.visit.jottings.all() == {} and page.form.jotting.editor.toPlainText() == ""


def test_a_jotting_is_copied_into_the_notes_on_request(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", True)
    app.keys(page.form.boxes[NOTES].editor, "said")
    app.keys(page.form.jotting.editor, "thought")
    page.form.jotting.copy.click()
    number = page.place()["interview"].split("/")[0]
    assert app.visit.state.answers[f"{number}/{NOTES}/R2"].text == "said\nthought"
    assert page.form.boxes[NOTES].editor.toPlainText() == "said\nthought"
    assert page.form.jotting.editor.toPlainText() == "thought"
