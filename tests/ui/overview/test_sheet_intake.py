"""A sheet of the team is looked at before it is taken in: sheets are chosen, odd cells settled, the rest said."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

import ui.widgets.file_dialogs
from tests.core.spreadsheets.book_building import book, saved
from tests.ui.overview.support import opened, sheet_button
from tests.ui.support import App
from tests.ui.support import focus as app_focus
from ui.pages.overview.page import OverviewPage
from ui.pages.shared.sheet_intake import SheetIntake
from ui.widgets import Button


def _chosen(app: App, page: OverviewPage, path: Path, kind: str = "self_review") -> SheetIntake:
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    sheet_button(page, "Import", kind).click()
    app.settle()
    return page.intake.sheets[kind]


def _csv(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _told(card: SheetIntake) -> list[tuple[str, str]]:
    return [(row.pill, row.title) for row in card.list.told.rows]


def test_what_a_corrected_sheet_overwrites_and_leaves_is_said_before_it_is_taken_in(
    before: App, tmp_path: Path
) -> None:
    page = opened(before)
    first = _csv(tmp_path, "first.csv", "standard,rating,comment\n47,Met,wrongly ticked\n113,Met,\n")
    assert not _chosen(before, page, first).isVisible(), "a first sheet asks nothing"
    card = _chosen(before, page, _csv(tmp_path, "second.csv", "standard,rating,comment\n47,,\n113,Not met,\n"))
    assert card.isVisible()
    assert ("Overwritten", "Standard 113: Met → Not met") in _told(card)
    assert ("Kept as it was", "Standard 47: Met") in _told(card)
    assert before.visit.state.self_review["113"].value == "met", "nothing is taken in before somebody says so"
    card.replace.click()
    before.settle()
    assert ("Removed", "Standard 47: Met") in _told(card)
    card.take.click()
    before.settle()
    rated = before.visit.state.self_review
    assert (rated["47"].value, rated["47"].comment, rated["113"].value) == (None, "", "not_met")
    assert not card.isVisible()
    before.window.actions_.undo.trigger()
    assert before.visit.state.self_review["47"].value == "met"


def test_odd_cells_are_settled_one_by_one_or_left_out(before: App, tmp_path: Path) -> None:
    page = opened(before)
    text = "standard,rating\n47,partly met\n113,Met\n4,end of March\n"
    card = _chosen(before, page, _csv(tmp_path, "odd.csv", text))
    assert [row.title for row in card.list.told.rows if row.pill == "Not imported"] == ["B2", "B4"]
    offered = {str(one.property("choice")): one for one in card.odd.choices.findChildren(Button)}
    assert list(offered) == ["Met", "Not met", "Not applicable"]
    offered["Not met"].click()
    before.settle()
    assert [row.title for row in card.list.told.rows if row.pill == "Not imported"] == ["B4"]
    assert "cell B4" in page.intake.errors["self_review"].label.text()
    card.copy.click()
    assert "B4: 'end of March' is not a rating" in QGuiApplication.clipboard().text()
    assert "partly met" not in QGuiApplication.clipboard().text()
    card.take.click()
    before.settle()
    assert {key: rec.value for key, rec in before.visit.state.self_review.items()} == {"47": "not_met", "113": "met"}


def test_sheets_that_are_not_certain_are_chosen(before: App, tmp_path: Path) -> None:
    page = opened(before)
    rows = [["group", "47"], ["patient", "yes"], ["patient", "no"]]
    made = book(Answers=rows, Old=[["group", "47"], ["patient", "no"]])
    made["Old"].sheet_state = "hidden"
    made.copy_worksheet(made["Answers"]).title = "Answers (2)"
    card = _chosen(before, page, saved(made, tmp_path / "s.xlsx"), "survey")
    assert [row.key for row in card.list.told.rows] == ["sAnswers", "sOld", "sAnswers (2)"]
    assert card.list.ticked() == {"sAnswers"}
    assert card.take.text() == "Read the ticked sheets"
    card.take.click()
    before.settle()
    assert ("Ignored", "Old") in _told(card)
    card.take.click()
    before.settle()
    assert before.visit.state.context["respondents_patient"].value == 2


def test_words_beside_the_table_are_kept_as_notes_unless_their_tick_is_taken_away(before: App, tmp_path: Path) -> None:
    page = opened(before)
    text = "standard,rating,What is missing\n47,Not met,a leaflet\n113,Met,a bell\n"
    card = _chosen(before, page, _csv(tmp_path, "words.csv", text))
    assert card.take.text() == "Import and keep 2 notes"
    card.list.choose("w1")
    card.list._toggle("w1")
    assert card.take.text() == "Import and keep 1 note"
    card.take.click()
    before.settle()
    assert [note.text for note in before.visit.state.team_notes.values()] == ["What is missing: a leaflet"]


def test_a_sheet_can_be_put_away(before: App, tmp_path: Path) -> None:
    page = opened(before)
    card = _chosen(before, page, _csv(tmp_path, "odd.csv", "standard,rating\n47,partly met\n"))
    assert not card.take.isEnabled(), "nothing in it can be taken in"
    app_focus(card.away)
    card.away.click()
    assert not card.isVisible()
    assert QApplication.focusWidget() is sheet_button(page, "Import", "self_review"), "the keyboard goes back"
    assert not before.visit.state.self_review
