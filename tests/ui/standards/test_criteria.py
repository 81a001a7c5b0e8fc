"""Criteria on the Standards page: one key a finding, ranges until it is established, and nobody led by others."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.scored_visit import ScoredHomes, make_listed
from tests.ui.support import App, Opener, focus, parts_by_tab
from ui.pages.standards.criteria import CriteriaPart
from ui.pages.standards.page import StandardsPage


def criteria(app: App, number: str) -> CriteriaPart:
    page = cast(StandardsPage, app.go("standards", {"standard": number}))
    return page.detail.criteria


def spoken(part: CriteriaPart) -> list[str]:
    model = part.list.told
    return [model.index(i).data(Qt.ItemDataRole.AccessibleTextRole) for i in range(model.rowCount())]


def value(app: App, key: str) -> str | None:
    found = app.visit.state.criteria.get(f"{key}/{app.visit.me}")
    return found.value if found else None


def test_one_key_says_what_was_found_from_one_source(program: Opener, scored: ScoredHomes) -> None:
    app = program(scored.before)
    part = criteria(app, "2")
    assert part.list.chosen_key() == "a/patient"
    app.keys(part.list, "m", Qt.Key.Key_Down, "n")
    assert (value(app, "2/a/patient"), value(app, "2/a/case_note")) == ("met", "not_met")
    app.keys(part.list, Qt.Key.Key_Down, "e")
    assert value(app, "2/b/patient") == "not_established"  # the line above the sources is passed over
    app.keys(part.list, Qt.Key.Key_Delete)
    assert value(app, "2/b/patient") is None
    app.keys(part.list, Qt.Key.Key_Space)
    assert value(app, "2/b/patient") == "met"
    assert app.window.actions_.undo.text() == "&Undo criterion b of standard 2"


def test_tab_goes_through_the_criteria_in_their_place(program: Opener, tmp_path: Path) -> None:
    app = program(make_listed(tmp_path / "L1"))
    page = cast(StandardsPage, app.go("standards", {"standard": "1"}))
    detail = page.detail
    parts = (page.list, detail.buttons, detail.criteria, detail.note, detail.local_note)
    assert parts_by_tab(page, *parts) == list(parts)


def test_the_score_is_a_range_until_what_matters_is_established(program: Opener, scored: ScoredHomes) -> None:
    app = program(scored.before)
    part = criteria(app, "5")
    assert part.given.text() == "The criteria give 1 to 5, 4 not established."
    assert part.lift.text() == "To reach 2: 1 more of a, b, c, d."
    for key in ("a/manager", "b/manager"):
        part.list.choose(key)
        app.keys(part.list, "m")
    for key in ("c/manager", "d/manager"):
        part.list.choose(key)
        app.keys(part.list, "n")
    assert part.given.text() == "The criteria give 3."
    assert not part.reason_part.isVisible()


def test_a_score_that_the_criteria_cannot_give_asks_for_a_reason(program: Opener, scored: ScoredHomes) -> None:
    app = program(scored.before)
    part = criteria(app, "1")
    assert part.given.text() == "The criteria give 2 to 4, 2 not established; you gave 5."
    assert part.lift.text() == "To reach 3: 1 more of c, d, e."
    assert part.reason_part.isVisible()
    app.keys(part.reason, "Rang it myself")
    focus(part.list)
    assert app.visit.state.ratings["1/L1"].reason == "Rang it myself"


def test_what_others_found_is_shown_only_after_the_meeting_opened(program: Opener, scored: ScoredHomes) -> None:
    closed = " ".join(spoken(criteria(program(scored.before), "1")))
    assert "R2" not in closed
    part = criteria(program(scored.opened), "1")
    words = " ".join(spoken(part))
    assert "R2 (clinician): Not met" in words
    assert any(line.startswith("Not established. a  The telephone") for line in spoken(part))  # two differ on it


def test_a_share_of_the_case_notes_is_shown_and_not_typed(program: Opener, scored: ScoredHomes) -> None:
    app = program(scored.before)
    part = criteria(app, "3")
    first = spoken(part)[0]
    assert "8 of 10, from Case notes" in first and first.startswith("Met")
    assert not part.editor.isVisible()
    app.keys(part.list, "n")
    assert not [key for key in app.visit.state.criteria if key.startswith("3/a/")]
    assert part.given.text() == "The criteria give 3 to 4, 1 not established."


def test_a_number_is_typed_where_one_is_and_one_answers_both(program: Opener, scored: ScoredHomes) -> None:
    app = program(scored.before)
    part = criteria(app, "7")
    app.keys(part.list, "2")
    assert QApplication.focusWidget() is part.quantity.n
    app.keys(part.quantity.n, "5", Qt.Key.Key_Return)
    assert app.visit.state.criteria["7/a/manager/L1"].n == 25
    assert any("answered by the number at a" in words for words in spoken(part))
    assert part.given.text().startswith("The criteria give 3 to 4")


def test_a_share_needs_both_numbers_and_what_is_typed_stays(program: Opener, scored: ScoredHomes) -> None:
    app = program(scored.before)
    part = criteria(app, "8")
    part.list.choose("b/patient")
    app.keys(part.quantity.n, "8")
    part.quantity.commit()
    assert part.quantity.error.label.text() == "A share needs both numbers, such as 8 of 10."
    app.keys(part.quantity.of, "x")
    focus(part.list)
    assert "not a number" in part.quantity.error.label.text()
    part.list.choose("c/patient")
    part.list.choose("b/patient")
    assert (part.quantity.n.text(), part.quantity.of.text()) == ("8", "x")
    part.quantity.of.setText("7")
    part.quantity.commit()
    assert "8 of 7" in part.quantity.error.label.text()
    part.quantity.of.setText("10")
    part.quantity.commit()
    found = app.visit.state.criteria["8/b/patient/L1"]
    assert (found.n, found.of) == (8, 10)
    assert not part.quantity.error.isVisible()


def test_the_parts_of_a_list_are_ticked(program: Opener, scored: ScoredHomes) -> None:
    app = program(scored.before)
    part = criteria(app, "6")
    assert part.list.chosen_key() == "a/manager"
    app.keys(part.list, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is part.parts
    for place in range(4):
        part.parts.setCurrentIndex(part.parts.told.index(place))
        app.keys(part.parts, Qt.Key.Key_Space)
    assert app.visit.state.criteria["6/a/manager/L1"].ticked == (1, 2, 3, 4)
    assert any(words.startswith("Met. Managers. 4 of 10") for words in spoken(part))


def test_a_note_on_a_criterion_stays_with_its_source(program: Opener, scored: ScoredHomes) -> None:
    app = program(scored.before)
    part = criteria(app, "2")
    app.keys(part.note, "In the letter")
    part.list.choose("a/case_note")
    assert app.visit.state.criteria["2/a/patient/L1"].note == "In the letter"
    assert part.note.toPlainText() == ""
    part.list.choose("a/patient")
    assert part.note.toPlainText() == "In the letter"


def test_a_sentence_typed_into_the_list_says_nothing(program: Opener, scored: ScoredHomes) -> None:
    app = program(scored.before)
    part = criteria(app, "2")
    app.keys(part.list, "men")
    app.keys(part.list, "tal health")
    assert value(app, "2/a/patient") is None


def test_what_is_heard_of_a_source_names_its_criterion(program: Opener, scored: ScoredHomes) -> None:
    part = criteria(program(scored.before), "2")
    assert spoken(part)[1] == "No finding yet. Patients. a  The time of the visit was agreed with the person."
    assert part.list.accessibleName() == "Criteria of item 2"


def test_the_row_that_is_current_is_in_view_with_its_criterion(program: Opener, scored: ScoredHomes) -> None:
    app = program(scored.before)
    app.window.resize(1366, 768)
    part = criteria(app, "2")
    rows = part.list.told.rows
    for place in range(1, len(rows)):
        if rows[place].level:
            app.keys(part.list, Qt.Key.Key_Down)
            index = part.list.currentIndex()
            assert part.list.viewport().visibleRegion().contains(part.list.visualRect(index).center())
    while part.list.currentIndex().row() > 1:
        app.keys(part.list, Qt.Key.Key_Up)
    head = part.list.visualRect(part.list.told.index(0))
    assert part.list.viewport().rect().contains(head)


def test_a_list_on_a_scale_of_met_and_not_met_is_ticked_and_decides_nothing(program: Opener, tmp_path: Path) -> None:
    app = program(make_listed(tmp_path / "L1"))
    number = app.visit.state.instrument.standards[0].number
    part = criteria(app, number)
    sources = app.visit.state.instrument.standards[0].sources
    assert [row.key for row in part.list.told.rows] == [f"{letter}/{sources[0]}" for letter in "abcd"]
    assert part.given.text() == "0 of 4 points, 4 not established. The points do not decide your rating."
    for letter in "ab":
        part.list.choose(f"{letter}/{sources[0]}")
        app.keys(part.list, Qt.Key.Key_Space)
    part.source.setCurrentIndex(1)
    part.list.choose(f"c/{sources[1]}")
    app.keys(part.list, Qt.Key.Key_Space)
    assert app.visit.state.criteria[f"{number}/c/{sources[1]}/L1"].value == "met"
    assert "Patients: Met" in spoken(part)[0]
    assert part.given.text().startswith("3 of 4 points, 1 not established.")
    assert not part.lift.isVisible() and not part.reason_part.isVisible()
    page = cast(StandardsPage, app.page)
    row = page.current()
    assert row is not None and row.criteria == "3 of 4 points" and row.mine is None
