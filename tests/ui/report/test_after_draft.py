"""After the draft: the sheet out and back, each answer decided, the committee's decision recorded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import openpyxl
from openpyxl.comments import Comment
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

import ui.widgets.file_dialogs
from reviewapp.base.dates import today
from reviewapp.visit.statements import Agreed, LocalContext, Response
from tests.ui.report.support import press_save, save_anyway
from tests.ui.support import App, Homes, Opener
from ui.pages.report.answers import AnswersPanel
from ui.pages.report.page import ReportPage


def open_part(app: App, anchor: str) -> ReportPage:
    page = cast(ReportPage, app.go("report"))
    assert page.outline.choose(anchor)
    return page


def press(app: App, button: QPushButton) -> None:
    """From the keyboard."""
    app.keys(button, Qt.Key.Key_Space)
    app.settle()


def answered(app: App, standard: str = "119") -> None:
    """The team has said something about a standard that is agreed not met."""
    visit = app.visit
    visit.record(Agreed(standard=standard, value="not_met"))
    visit.me = "host"
    visit.record(Response(standard=standard, text="We do this", evidence="Rota of May"))
    visit.record(LocalContext(standard=standard, text="Printers are not ours to buy"))
    visit.me = "L1"


def test_the_sheet_goes_out_and_the_answers_come_back(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    page = open_part(app, "responses")
    panel = page.afterwards.answers
    assert panel.isVisible() and panel.nothing.isVisible()
    path = tmp_path / "answers.xlsx"
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    press(app, panel.save)
    book = openpyxl.load_workbook(path)
    book["Answers"]["F2"].value = "That is not so"
    book.save(path)
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    press(app, panel.take)
    number = str(book["Answers"]["A2"].value)
    assert app.visit.state.responses[number].text == "That is not so"
    assert {item.person for item in app.visit.history("response", number)} == {"host"}
    assert panel.listed.chosen_key() == number
    assert panel.said.text() == "That is not so"


def test_a_bad_cell_is_named_beside_the_button_and_nothing_is_taken(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    panel = open_part(app, "responses").afterwards.answers
    path = tmp_path / "ours.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["Standard", "Your answer"])
    book.active.append(["9999", "no such standard"])
    book.save(path)
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    press(app, panel.take)
    assert "cell A2" in panel.error.label.text()
    assert not app.visit.state.responses


def sent(app: App, panel: AnswersPanel, path: Path) -> openpyxl.Workbook:
    """The response sheet as the team has it."""
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    press(app, panel.save)
    return openpyxl.load_workbook(path)


def test_words_beside_the_answers_are_seen_and_kept_before_they_are_taken_in(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    page = open_part(app, "responses")
    panel = page.afterwards.answers
    book = sent(app, panel, tmp_path / "answers.xlsx")
    number = str(book["Answers"]["A2"].value)
    book["Answers"]["F2"].value = "That is not so"
    book["Answers"]["F3"].value = "=F2"
    book["Answers"]["D2"].comment = Comment("Please see our leaflet", "Team")
    book.create_sheet("What is missing")["A1"] = "The night shift"
    book.save(tmp_path / "answers.xlsx")
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([tmp_path / "answers.xlsx"])
    press(app, panel.take)
    assert not app.visit.state.responses
    card = panel.came_back
    first, headings = card.list.told.rows[:3], card.list.told.rows[3:]
    assert [row.pill for row in first] == ["Not imported", "Keep as a note", "Keep as a note"]
    assert {row.pill for row in headings} == {"Heading"}, "what it was taken for stands below what is to be decided"
    assert "cell F3: it contains a formula" in panel.error.label.text()
    assert card.take.text() == "Import and keep 2 notes"
    assert card.width() <= page.writing.viewport().width(), "the card is not cut"
    app.keys(card.odd.meant, "Not so either", Qt.Key.Key_Return)
    app.settle()
    assert card.list.choose("w1")
    app.keys(card.list, Qt.Key.Key_Space)
    press(app, card.take)
    assert [held.text for held in app.visit.state.responses.values()] == ["That is not so", "Not so either"]
    (note,) = app.visit.state.team_notes.values()
    assert (note.text, note.standard) == ("Please see our leaflet", number)
    assert panel.notes.isVisible() and not card.isVisible()
    app.window.actions_.undo.trigger()
    assert not app.visit.state.responses and not app.visit.state.team_notes


def test_a_hidden_old_sheet_of_answers_is_asked_about(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    panel = open_part(app, "responses").afterwards.answers
    book = sent(app, panel, tmp_path / "answers.xlsx")
    book["Answers"]["F2"].value = "We have one."
    old = book.copy_worksheet(book["Answers"])
    old.title, old.sheet_state = "old", "hidden"
    old["F3"].value = "withdrawn wording"
    book.save(tmp_path / "answers.xlsx")
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([tmp_path / "answers.xlsx"])
    press(app, panel.take)
    card = panel.came_back
    assert [(row.title, row.key in card.list.ticked()) for row in card.list.told.rows] == [
        ("Answers", True),
        ("old", False),
    ]
    press(app, card.take)
    press(app, card.take)
    assert [held.text for held in app.visit.state.responses.values()] == ["We have one."]


def test_an_answer_is_accepted_only_with_a_reason_and_leads_to_the_rating(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    answered(app)
    panel = open_part(app, "responses").afterwards.answers
    assert "Rota of May" in panel.said.text()
    assert "Printers are not ours to buy" in panel.said.text(), "the lead sees all that the team wrote"
    press(app, panel.accept)
    assert panel.reason_error.isVisible()
    assert not app.visit.state.response_decisions
    app.keys(panel.reason, "Seen and right")
    assert not panel.reason_error.isVisible(), "it asks for what is there now"
    press(app, panel.accept)
    held = app.visit.state.response_decisions["119"]
    assert (held.accepted, held.reason) == (True, "Seen and right")
    assert panel.listed.told.rows[0].pill == "Accepted"
    press(app, panel.rating)
    assert (app.page.TITLE, app.page.place()["standard"]) == ("Agree", "119")


def test_the_committees_decision_makes_the_final_report_and_can_be_taken_back(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    answered(app)
    page = open_part(app, "decisions")
    panel = page.afterwards.committee
    assert "Standards that must be met first: Type 1: " in panel.now.text()
    press(app, panel.save)
    assert "Choose what was decided" in panel.error.label.text()
    app.keys(panel.note, "Come back in spring")
    panel.date.editor.set_value("2026-03-02")
    press(app, panel.labels[1])
    assert not panel.error.isVisible(), "it asks for what is there now"
    press(app, panel.save)
    held = app.visit.state.decisions["1"]
    assert (held.label, held.note) == ("deferred", "Come back in spring")
    assert held.stood is not None and held.stood["119"] == "not_met"
    assert page.saving.mark.text() == "Final"
    assert held.date == "2026-03-02"
    assert panel.form.heading is not None and panel.form.heading.text() == "Second presentation"
    assert panel.date.day() == today().isoformat(), "the next presentation is on another day"
    path = tmp_path / "final.json"
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    press_save(app, page, "json")
    save_anyway(app, page)
    made = json.loads(path.read_text(encoding="utf-8"))
    assert (made["status"], made["profile"]) == ("final", "committee")
    press(app, next(b for b in panel.findChildren(QPushButton) if b.text() == "Remove this decision"))
    assert page.saving.mark.text() == "Draft"


def test_each_copy_is_chosen_with_a_sentence_on_what_it_leaves_out(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(ReportPage, app.go("report"))
    said = []
    for profile, toggle in page.saving.copies.items():
        press(app, toggle)
        assert page.saving.profile == profile
        said.append(page.saving.explained.text())
    assert len(set(said)) == 3
    assert "everything" in said[0] and "forecast" in said[1] and "small numbers" in said[2]


def test_who_does_not_lead_reads_and_decides_nothing(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = open_part(app, "responses")
    assert not page.afterwards.answers.take.isVisible()
    page.outline.choose("decisions")
    assert not page.afterwards.committee.form.isVisible()
    assert "Only the lead" in page.afterwards.committee.none.text()


def test_in_a_small_window_no_button_of_it_is_cut(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.window.resize(1024, 700)
    answered(app)
    page = open_part(app, "responses")
    app.settle()
    panel = page.afterwards.answers
    assert app.window.width() == 1024
    for button in (panel.save, panel.take, panel.accept, panel.decline):
        right = button.mapTo(page.writing.viewport(), button.rect().topRight()).x()
        assert right < page.writing.viewport().width(), button.text()


def test_what_may_identify_someone_in_an_answer_is_named_in_plain_words(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    panel = open_part(app, "responses").afterwards.answers
    book = sent(app, panel, tmp_path / "answers.xlsx")
    number = str(book["Answers"]["A2"].value)
    book["Answers"]["F2"].value = "Ring me on 07700 900123"
    book.save(tmp_path / "answers.xlsx")
    panel.take_file(tmp_path / "answers.xlsx")
    app.settle()
    assert panel.came_back.list.told.rows[0].title == f"The team's answer to standard {number}"
