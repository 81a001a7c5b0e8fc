"""Positive practice and what to consider are written beside an item's agreed score, and printed beside it."""

from __future__ import annotations

from typing import cast

from reviewapp.visit.statements import Passage
from tests.ui.report.support import open_page
from tests.ui.scored_visit import ScoredHomes
from tests.ui.support import App, Homes, Opener
from ui.pages.agree.page import AgreePage
from ui.pages.agree.passages import ItemPassages


def passages(app: App, number: str) -> ItemPassages:
    return cast(AgreePage, app.go("agree", {"standard": number})).detail.passages


def test_the_lead_writes_both_and_they_save_by_themselves(program: Opener, scored: ScoredHomes) -> None:
    app = program(scored.opened)
    part = passages(app, "4")
    app.keys(part.practice, "Everybody is asked.")
    app.keys(part.consider, "Ask the carer as well.")
    other = passages(app, "1")
    assert (other.practice.toPlainText(), other.consider.toPlainText()) == ("", "")
    app.page.leave()
    said = {key: one.text for key, one in app.visit.state.passages.items()}
    assert said == {"practice:4": "Everybody is asked.", "recommendation:4": "Ask the carer as well."}
    assert passages(app, "4").practice.toPlainText() == "Everybody is asked."
    app.window.actions_.undo.trigger()
    assert "recommendation:4" not in {key for key, one in app.visit.state.passages.items() if one.text}


def test_what_is_written_there_stands_in_the_outline_of_the_report_too(program: Opener, scored: ScoredHomes) -> None:
    app = program(scored.opened)
    app.visit.record(Passage(place="practice:4", text="Everybody is asked."))
    page = open_page(app)
    page.reveal({"passage": "practice:4"})
    assert page.outline.chosen_key() == "practice:4"
    assert page.editor.toPlainText() == "Everybody is asked."


def test_before_the_meeting_and_for_a_reviewer_there_is_nothing_to_write(program: Opener, scored: ScoredHomes) -> None:
    app = program(scored.before)
    assert not passages(app, "4").isVisible()
    app = program(scored.reviewer)
    assert not passages(app, "4").isVisible()


def test_a_standard_without_criteria_has_neither(program: Opener, homes: Homes) -> None:
    assert not passages(program(homes.lead), "47").isVisible()
