"""The action plan: every standard not met waits in its row, and what is typed there is kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

import ui.widgets.file_dialogs
from reviewapp.figures.gaps import recommendation_place
from reviewapp.instruments.library import builtin
from reviewapp.instruments.nouns import nouns_of
from reviewapp.visit.statements import Action, Passage, Round
from reviewapp.workspace.laptop import NewPerson
from tests.ui.action_plan.support import NOT_MET, index_of, open_page
from tests.ui.fit import rest, use_screen, whole
from tests.ui.support import App, Homes, Opener, focus
from ui.pages.action_plan.page import ActionPlanPage
from ui.pages.action_plan.table import COLUMNS, NOT_PLANNED, PlanModel, line_of, rows_of, summary_of
from ui.theme import theme
from ui.widgets import DraftText


def shown(page: ActionPlanPage, field: str) -> list[str]:
    model = page.table.plan
    return [str(model.index(i, COLUMNS.index(field)).data()) for i in range(model.rowCount())]


def editor(page: ActionPlanPage) -> DraftText:
    """The box that is open; one that was closed may still wait to be deleted."""
    return next(box for box in page.table.findChildren(DraftText) if box.isVisible())


def choices(page: ActionPlanPage) -> QComboBox:
    """The list that is open; one that was closed may still wait to be deleted."""
    return next(box for box in page.table.findChildren(QComboBox) if box.isVisible())


def test_each_standard_not_met_has_a_row_type_1_first_also_without_a_plan(planned: App) -> None:
    page = open_page(planned)
    assert [words.split()[0] for words in shown(page, "standard")] == list(NOT_MET)
    assert shown(page, "action") == ["Give every patient a copy", NOT_PLANNED, NOT_PLANNED]
    assert page.heading.note.text() == "1 of 3 standards have an action"


def test_an_empty_plan_says_how_to_begin(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    assert page.empty.isVisible()
    app.qtbot.mouseClick(page.to_agree, Qt.MouseButton.LeftButton)
    assert app.page.TITLE == "Agree"


def test_typing_in_a_row_that_waits_begins_an_action(planned: App) -> None:
    page = open_page(planned)
    page.table.choose("AP-136", "action")
    planned.keys(page.table, "C")
    planned.keys(editor(page), "hange the summary")
    focus(page.table)
    action = planned.visit.state.actions["AP-136"]
    assert (action.standard, action.action) == ("136", "Change the summary")
    planned.window.actions_.undo.trigger()
    planned.window.actions_.undo.trigger()
    assert "AP-136" not in planned.visit.state.actions
    assert shown(page, "action")[1] == NOT_PLANNED


def test_what_is_typed_in_a_cell_is_a_draft_before_the_cell_is_left(planned: App) -> None:
    page = open_page(planned)
    page.table.choose("AP1", "progress")
    planned.keys(page.table, Qt.Key.Key_F2)
    planned.keys(editor(page), "Template drafted")
    planned.qtbot.waitUntil(lambda: bool(planned.visit.drafts()))
    assert planned.visit.state.actions["AP1"].progress == ""
    planned.qtbot.keyClick(editor(page), Qt.Key.Key_Escape)
    assert planned.visit.state.actions["AP1"].progress == "Template drafted", "Escape loses nothing; Undo takes it back"
    planned.window.actions_.undo.trigger()
    assert planned.visit.state.actions["AP1"].progress == ""


def test_enter_ends_a_cell_of_text_and_with_shift_begins_a_line(planned: App) -> None:
    page = open_page(planned)
    page.table.choose("AP1", "progress")
    planned.keys(page.table, Qt.Key.Key_Return)
    typed = editor(page)
    planned.keys(typed, "Drafted")
    planned.qtbot.keyClick(typed, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    planned.keys(typed, "and printed", Qt.Key.Key_Return)
    planned.settle()
    assert planned.visit.state.actions["AP1"].progress == "Drafted\nand printed"
    assert planned.window.focusWidget() is page.table and page.table.currentIndex().isValid()


def test_tab_goes_from_cell_to_cell_and_every_field_is_kept(planned: App) -> None:
    page = open_page(planned)
    page.table.choose("AP1", "owner")
    planned.keys(page.table, Qt.Key.Key_F2)
    planned.keys(editor(page), "Deputy manager", Qt.Key.Key_Tab)
    planned.keys(editor(page), "Ward clerk", Qt.Key.Key_Tab)
    line = page.table.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    planned.keys(line, "26/02/2027", Qt.Key.Key_Return)
    planned.settle()
    action = planned.visit.state.actions["AP1"]
    assert (action.owner, action.deputy, action.due) == ("Deputy manager", "Ward clerk", "2027-02-26")
    assert shown(page, "due")[0] == "26 February 2027"


def test_a_day_that_does_not_exist_is_told_and_changes_nothing(planned: App) -> None:
    page = open_page(planned)
    page.table.choose("AP1", "due")
    planned.keys(page.table, Qt.Key.Key_F2)
    line = page.table.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    planned.keys(line, "31/02/2027", Qt.Key.Key_Return)
    assert line.isVisible(), "the words stay to be mended"
    focus(page.table)
    assert planned.visit.state.actions["AP1"].due == ""
    assert "31/02/2027" in planned.window.status.message.text()


def test_priority_and_status_are_chosen_from_a_list(planned: App) -> None:
    page = open_page(planned)
    for field, keys in (("priority", "1"), ("status", "D")):
        page.table.choose("AP1", field)
        planned.keys(page.table, Qt.Key.Key_F2)
        planned.keys(choices(page), keys, Qt.Key.Key_Return)
        focus(page.table)
        planned.settle()
    action = planned.visit.state.actions["AP1"]
    assert (action.priority, action.status) == (1, "done")


def test_a_choice_made_by_key_stays_open_until_tab_goes_to_the_next_cell(planned: App) -> None:
    page = open_page(planned)
    page.table.choose("AP1", "priority")
    planned.keys(page.table, Qt.Key.Key_F2)
    box = choices(page)
    planned.keys(box, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert box.isVisible() and box.currentText() == "2", "the second arrow goes on from the first"
    planned.keys(box, Qt.Key.Key_Tab)
    planned.settle()
    assert planned.visit.state.actions["AP1"].priority == 2
    planned.keys(editor(page), "Ten of ten")
    focus(page.table)
    assert planned.visit.state.actions["AP1"].measure == "Ten of ten"


def test_adding_and_deleting_are_undone_by_name(planned: App) -> None:
    page = open_page(planned)
    page.table.choose("AP1", "action")
    planned.qtbot.mouseClick(page.add, Qt.MouseButton.LeftButton)
    focus(page.table)
    assert shown(page, "action")[:2] == ["Give every patient a copy", "No action written yet"]
    assert planned.window.actions_.undo.text() == "&Undo adding an action for standard 119"
    planned.window.actions_.undo.trigger()
    page.table.choose("AP1", "action")
    planned.qtbot.mouseClick(page.remove, Qt.MouseButton.LeftButton)
    assert shown(page, "action")[0] == NOT_PLANNED
    planned.window.actions_.undo.trigger()
    assert shown(page, "action")[0] == "Give every patient a copy"


def test_a_change_is_undone_by_what_it_changed_not_by_an_id_that_is_shown_nowhere(planned: App) -> None:
    open_page(planned)
    undo = planned.window.actions_.undo
    planned.visit.record(Action(id="AP1", due="2027-03-15"))
    assert undo.text() == "&Undo due date of an action"
    planned.visit.record(Action(id="AP1", priority=2, impact="high", effort="high"))
    assert undo.text() == "&Undo priority of an action"
    planned.visit.record(Action(id="AP1", deleted=True))
    assert undo.text() == "&Undo deletion of an action"


def test_another_change_keeps_the_chosen_cell_and_the_open_editor(planned: App) -> None:
    page = open_page(planned)
    page.table.choose("AP1", "measure")
    planned.keys(page.table, Qt.Key.Key_F2)
    planned.keys(editor(page), "Nine of ten")
    planned.visit.record(Action(id="AP1", owner="Somebody else"))
    assert editor(page).toPlainText() == "Nine of ten"
    focus(page.table)
    assert planned.visit.state.actions["AP1"].measure == "Nine of ten"
    assert page.table.currentIndex() == index_of(page, "AP1", "measure")


def test_a_priority_may_say_that_it_comes_from_impact_and_effort(planned: App) -> None:
    page = open_page(planned)
    page.table.choose("AP1", "priority")
    planned.keys(page.table, Qt.Key.Key_F2)
    box = choices(page)
    box.setCurrentIndex(box.findText("2: high impact, high effort"))
    box.activated.emit(box.currentIndex())
    focus(page.table)
    planned.settle()
    action = planned.visit.state.actions["AP1"]
    assert (action.priority, action.impact, action.effort) == (2, "high", "high")
    assert shown(page, "priority")[0] == "2\nhigh impact, high effort"
    planned.visit.record(Action(id="AP1", priority=1))
    assert shown(page, "priority")[0] == "1", "another priority no longer rests on them"


def test_rounds_side_by_side_are_offered_once_there_is_an_earlier_one(planned: App) -> None:
    page = open_page(planned)
    assert len(page.to_print.rounds) == 3, "as PDF, as Word and as a web page"
    assert not any(one.isVisible() for one in page.to_print.rounds)
    planned.visit.record(Round(id="E1", label="baseline", held="2025-11-17"))
    planned.go("standards")
    open_page(planned)
    assert all(one.isVisible() for one in page.to_print.rounds)


def test_a_page_to_print_is_written_and_a_refusal_is_said(planned: App, tmp_path: Path) -> None:
    page = open_page(planned)
    path = tmp_path / "brief.pdf"
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    page.to_print.wanted.emit("brief", "pdf")
    planned.settle()
    assert path.read_bytes().startswith(b"%PDF")
    assert str(path) in page.saving.line.words.text()
    planned.visit.record(Action(id="AP1", status="dropped"))
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([tmp_path / "said.pdf"])
    page.to_print.wanted.emit("you-said", "pdf")
    planned.settle()
    assert "no action to report" in planned.window.status.message.text()
    assert not (tmp_path / "said.pdf").exists()


def test_the_plan_of_a_scored_scale_is_one_of_items(qtbot: QtBot) -> None:
    for instrument in builtin():
        plan = PlanModel()
        plan.show([], {}, writable=True, nouns=nouns_of(instrument))
        named = "Item" if instrument.scale.kind == "scored" else "Standard"
        assert plan.headerData(COLUMNS.index("standard"), Qt.Orientation.Horizontal) == named


def test_what_is_late_is_said_in_words(planned: App) -> None:
    planned.visit.record(Action(id="AP1", due="2026-11-30"))
    late = rows_of(planned.visit.state, date(2026, 12, 1).isoformat())
    assert late[0].overdue
    assert summary_of(late, nouns_of(planned.visit.state.instrument)).endswith("1 overdue")
    assert not rows_of(planned.visit.state, date(2026, 11, 30).isoformat())[0].overdue
    planned.visit.record(line_of(late[0], "status", "done"))
    assert not rows_of(planned.visit.state, date(2026, 12, 1).isoformat())[0].overdue


def test_an_interim_review_takes_over_the_plan_of_the_visit_before(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.visit.record(Action(id="AP1", standard="119", action="Give every patient a copy", status="done"))
    laptop, info = app.session.laptop, app.visit.state.info
    assert laptop is not None
    people = [NewPerson("L1", "lead")]
    later = laptop.new_visit(
        instrument=info.instrument, service=info.service, organisation=info.organisation, date="2027-06-01",
        people=people, kind="interim",
    )  # fmt: skip
    page = open_page(app)
    assert not page.carry.isVisible()
    app.session.open_visit(later)
    page = open_page(app)
    app.qtbot.mouseClick(page.carry, Qt.MouseButton.LeftButton)
    app.settle()
    assert [a.action for a in app.visit.state.actions.values()] == ["Give every patient a copy"]
    assert shown(page, "status") == ["Done"]
    app.window.actions_.undo.trigger()
    assert app.visit.state.actions == {}


def test_what_the_report_recommends_begins_the_action(planned: App) -> None:
    app, words = planned, "Give every patient a copy of the plan."
    page = open_page(app)
    free = next(one for one in page.table.plan.rows if not one.planned)
    app.page.record(Passage(place=f"recommendation:{free.plan.number}", text=words))
    page.table.choose(free.id, "action")
    assert page.recommended.words.text() == words
    page.recommended.begin.click()
    made = app.visit.state.actions[free.id]
    assert (made.action, made.standard, made.status) == (words, free.plan.number, "open")
    page.leave()
    page.table.choose(free.id, "due")
    assert page.recommended.isVisible() and not page.recommended.begin.isVisible()
    app.window.actions_.undo.trigger()
    assert free.id not in app.visit.state.actions


@pytest.mark.parametrize("size", [(1366, 730), (1093, 576)], ids=["100 %", "125 %"])
def test_what_is_recommended_on_a_row_can_be_seen_with_it(planned: App, size: tuple[int, int]) -> None:
    planned.window.resize(*size)
    page = open_page(planned)
    number = page.table.plan.rows[0].plan.number
    page.record(Passage(place=recommendation_place(number), text="Give every patient a copy. " * 6))
    page.table.choose(page.table.plan.rows[0].id, "action")
    focus(page.table)
    card, view = page.recommended, page.body.viewport()
    planned.qtbot.waitUntil(
        lambda: card.isVisible() and card.mapTo(view, card.rect().bottomLeft()).y() <= view.height()
    )
    assert page.table.mapTo(view, page.table.rect().topLeft()).y() >= 0


def test_on_a_small_screen_the_tools_the_table_and_what_is_recommended_fill_the_page(planned: App) -> None:
    words = "Make giving the plan part of the second visit. A printer in the car or a tidy template would both do."
    planned.visit.record(Passage(place=recommendation_place("119"), text=words))
    page = open_page(planned)
    use_screen(planned, 125)
    page.table.choose("AP1", "action")
    focus(page.table)
    planned.settle()
    rest()
    assert page.table.height() >= theme().px(250), "two rows of the plan"
    assert whole(page.add) and whole(page.table) and whole(page.recommended)
