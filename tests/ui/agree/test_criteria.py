"""Criteria on the page Agree: those that differ are agreed with one key, and the score they give stands beside."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from reviewapp.workspace.laptop import Laptop
from tests.ui.agree.support import numbers, open_page
from tests.ui.scored_visit import ScoredHomes, said
from tests.ui.support import PASSPHRASE, App, Opener, parts_by_tab
from ui.pages.agree.page import AgreePage


def about_the_first(program: Opener, home: Path) -> tuple[App, AgreePage]:
    app = program(home)
    page = open_page(app, opened=False)
    page.reveal({"standard": "1"})
    return app, page


def test_before_the_meeting_nothing_of_the_others_criteria_is_shown(program: Opener, scored: ScoredHomes) -> None:
    _app, page = about_the_first(program, scored.before)
    assert not page.detail.decision.shows_criteria
    assert not page.detail.decision.derived.isVisible()


def test_the_lead_agrees_a_criterion_on_which_reviewers_differ(program: Opener, scored: ScoredHomes) -> None:
    app, page = about_the_first(program, scored.opened)
    part = page.detail.decision.criteria
    assert [row.title[:1] for row in part.list.told.rows] == ["a"]
    assert "Patients: L1 (lead reviewer) met, R2 (clinician) not met" in part.list.told.rows[0].detail
    assert page.detail.decision.derived.text().startswith(
        "The criteria give 2 to 4, 2 not established; given: L1 (lead reviewer) 5, R2 (clinician) 3"
    )
    app.keys(part.list, "m")
    assert app.visit.state.agreed_criteria["1/a"].value == "met"
    assert part.list.told.rows[0].pill == "Met"
    assert page.detail.decision.derived.text().startswith("The criteria give 3 to 4, 1 not established")
    app.keys(part.list, Qt.Key.Key_Return)
    app.keys(part.reason, "We rang together")
    page.leave()
    assert app.visit.state.agreed_criteria["1/a"].reason == "We rang together"


def test_tab_goes_through_the_criteria_and_the_passages_in_their_place(program: Opener, scored: ScoredHomes) -> None:
    app, page = about_the_first(program, scored.opened)
    detail = page.detail
    decision, evidence = detail.decision, detail.evidence
    side = [decision.buttons, decision.criteria, decision.notes, detail.passages]
    for form, order in ((450, [page.table, *side, evidence]), (900, [page.table, evidence, *side])):
        app.window.resize(1800, 768)
        page.splitter.setSizes([page.splitter.width() - form, form])
        QApplication.processEvents()
        assert parts_by_tab(page, *order) == order, form


def test_an_agreed_score_that_the_criteria_cannot_give_asks_for_its_reason(
    program: Opener, scored: ScoredHomes
) -> None:
    app, page = about_the_first(program, scored.opened)
    app.keys(page.table, "5")
    assert app.visit.state.agreed["1"].value == 5
    assert "cannot give this agreed score" in page.detail.decision.derived.text()


def test_a_reviewer_reads_what_was_agreed_and_changes_nothing(program: Opener, scored: ScoredHomes) -> None:
    app, page = about_the_first(program, scored.reviewer)
    app.keys(page.detail.decision.criteria.list, "m")
    assert app.visit.state.agreed_criteria == {}


def test_an_item_on_whose_criteria_reviewers_differ_is_among_those_to_settle(
    program: Opener, scored: ScoredHomes
) -> None:
    app, page = about_the_first(program, scored.opened)
    assert numbers(page) == ["1", "4"]  # nobody gave 4 a score; its criterion c was found differently
    page.reveal({"standard": "4"})
    assert page.detail.decision.criteria.list.chosen_key() == "c/agreed"
    assert page.detail.decision.criteria.about.text() == "Agreed on c"
    app.keys(page.detail.decision.criteria.list, "n")
    assert numbers(page) == ["1", "4"]  # what was just agreed stays where it is
    assert app.visit.state.agreed_criteria["4/c"].value == "not_met"


def test_what_was_found_too_late_is_named_above_the_table_and_let_in(
    program: Opener, scored: ScoredHomes, tmp_path: Path
) -> None:
    shutil.copytree(scored.reviewer, tmp_path / "R2")
    other = Laptop.open(tmp_path / "R2", PASSPHRASE)
    theirs = other.open_visit(other.visits()[0].id)
    theirs.record(said("1", "b", "staff", "not_met"))
    theirs.write_return(tmp_path / "late")
    theirs.close()
    app = program(scored.opened)
    app.visit.merge(tmp_path / "late")
    page = open_page(app, opened=False)
    assert page.late.label.text().startswith(
        "1 finding on a criterion from R2 (clinician) arrived after the meeting was opened"
    )
    page.late.accept.click()
    assert app.visit.state.late_criteria == frozenset() and not page.late.isVisible()
    assert "Late ratings count from now on" in app.window.status.message.text()
