"""What was being typed when the laptop died is named, and a press leads to it."""

from __future__ import annotations

from typing import cast

from reviewapp.visit.statements import Answer, Audit, CaseNote, Concern, Interview, LocalContext, Statement
from tests.ui.support import Homes, Opener, killed
from ui.pages.standards.page import StandardsPage
from ui.widgets import DraftText


def test_what_was_typed_when_the_laptop_died_is_named_and_one_press_goes_there(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "113"}))
    app.keys(page.detail.note, "Seen on the wall")
    app.qtbot.waitUntil(lambda: len(app.visit.drafts()) == 1)
    again = program(killed(app), copy=False)
    told = again.window.recovered_banner
    assert told.isVisible()
    assert "Seen" not in told.label.text()
    (button,) = told.buttons
    assert button.text() == "Your note on standard 113"
    button.click()
    there = cast(StandardsPage, again.page)
    assert there.detail.number == "113"
    assert there.detail.note.toPlainText() == "Seen on the wall"
    assert not told.isVisible()
    assert again.window.focusWidget() is there.detail.note, "in the list the next letter would rate"
    assert there.detail.note.textCursor().atEnd()


def test_everything_that_was_being_typed_has_a_way_to_it(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    app.visit.record(Interview(id="P9", group="patient", consent_notes=True), CaseNote(id="N9"))
    prompt = next(p.id for g in app.visit.state.instrument.guides if g.group == "patient" for p in g.prompts)
    item = app.visit.state.instrument.audit[0].item
    drafts: list[tuple[Statement, str, str]] = [
        (Answer(interview="P9", prompt=prompt, text="a"), "Your notes of interview P9 · R2", "interviews"),
        (Audit(case_note="N9", item=item, note="b"), f"Case note N9, item {item}", "case_notes"),
        (Concern(id="X1", text="c"), "Immediate concern X1 · R2", "interviews"),
        (LocalContext(standard="47", text="d"), "Local context of standard 47", "standards"),
    ]
    for line, _, _ in drafts:
        app.visit.save_draft(line)
    again = program(killed(app), copy=False)
    for line, words, name in drafts:
        next(b for b in again.window.recovered_banner.buttons if b.text() == words).click()
        assert again.page is again.window.pages[name], line
        editor = again.window.focusWidget()
        assert isinstance(editor, DraftText) and editor.toPlainText() in ("a", "b", "c", "d"), line
    assert not again.window.recovered_banner.isVisible()
