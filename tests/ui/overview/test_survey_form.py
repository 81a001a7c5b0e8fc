"""A survey goes out as a form, and its export comes back through the row of the surveys."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

import ui.widgets.file_dialogs
from reviewapp.figures.surveys import survey_figures
from reviewapp.intake.survey_form import survey_form
from reviewapp.intake.xlsform import LANGUAGES
from reviewapp.spreadsheets.reader import read_sheets
from reviewapp.visit import statements as say
from tests.ui.overview.support import opened, taken_export
from tests.ui.support import App, words_on
from ui.pages.shared.sheet_intake import SheetIntake
from ui.widgets import Button


def _answer(app: App, card: SheetIntake, text: str) -> None:
    offered = {str(one.property("choice")): one for one in card.odd.choices.findChildren(Button)}
    offered[text].click()
    app.settle()


def test_a_form_is_saved_for_a_group(before: App, tmp_path: Path) -> None:
    page = opened(before)
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([tmp_path / "form.xlsx"])
    carers = page.intake.form.menu().actions()[1]
    assert carers.text() == "Carers…"
    carers.trigger()
    before.settle()
    assert [sheet.name for sheet in read_sheets(tmp_path / "form.xlsx")] == ["survey", "choices", "settings"]


def test_who_answered_is_asked_where_the_file_does_not_say(before: App, tmp_path: Path) -> None:
    version = survey_form(before.visit.state.instrument).version
    card = taken_export(before, tmp_path / "e.csv", "form_version", f"yes;{version};a;1", f"no;{version};b;2")
    assert card.isVisible() and not card.take.isVisible() and "Who answered" in card.odd.label.text()
    card.odd.meant.setText("somebody")
    card.odd.use.click()
    assert "enter patient, carer or staff" in opened(before).intake.errors["survey"].label.text()
    _answer(before, card, "carer")
    assert not card.isVisible()
    assert survey_figures(before.visit.state)["carer"].standards["4"].yes == 1


def test_a_form_has_a_second_language_to_be_translated(before: App, tmp_path: Path) -> None:
    page = opened(before)
    button = page.intake.form
    welsh = next(one for one in button.second.actions() if one.data() == "cy")
    welsh.trigger()
    assert welsh.text() == "Welsh" and button.second.title() == "Second language: Welsh"
    assert {"", *LANGUAGES} - {"en"} == {str(one.data()) for one in button.second.actions()}
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([tmp_path / "form.xlsx"])
    button.menu().actions()[0].trigger()
    before.settle()
    head = next(sheet for sheet in read_sheets(tmp_path / "form.xlsx") if sheet.name == "survey").rows[0].cells
    assert "label::English (en)" in head and "label::Cymraeg (cy)" in head
    assert "still in English: have them translated" in words_on(before.window)


def _say(app: App, card: SheetIntake, text: str) -> None:
    offered = {str(one.property("choice")): one for one in card.columns.odd.choices.findChildren(Button)}
    offered[text].click()
    app.settle()


def test_a_column_that_could_be_several_is_asked_once(before: App, tmp_path: Path) -> None:
    label = next(one for one in survey_form(before.visit.state.instrument).questions if one.standard == "20")
    heads = f"{label.labels['en']};{label.name};respondent_group"
    card = taken_export(before, tmp_path / "e.csv", heads, "yes;Nobody rang.;no;staff;a;1")
    assert label.labels["en"] in card.columns.odd.label.text() and not card.columns.done.isEnabled()
    _say(before, card, "comment")
    assert card.columns.done.hasFocus()
    card.columns.done.click()
    before.settle()
    assert [one.text for one in before.visit.state.survey_comments.values()] == ["Nobody rang."]
    again = taken_export(before, tmp_path / "f.csv", heads, "yes;Nobody rang.;no;staff;a;1")
    assert not again.columns.isVisible(), "what was said of the column is remembered"


def test_each_column_that_is_no_question_is_asked_with_a_proposal_and_remembered(before: App, tmp_path: Path) -> None:
    heads, row = (
        "Ward;Please tell us more;Was it good?;respondent_group",
        "yes;North;They came late each day.;No;staff;a;1",
    )
    card = taken_export(before, tmp_path / "e.csv", heads, row)
    assert card.isVisible() and not before.visit.state.survey_submissions, "nothing is taken before it is said"
    pills = {one.title: one.pill for one in card.columns.list.told.rows}
    assert pills == {"Ward": "Ignored", "Please tell us more": "A comment", "Was it good?": "Ignored"}
    card.columns.list.choose("Was it good?")
    card.columns.odd.meant.setText("999")
    card.columns.odd.use.click()
    assert "neither a standard nor a comment" in card.columns.error.label.text()
    card.columns.odd.meant.setText("20")
    card.columns.odd.use.click()
    assert {one.title: one.pill for one in card.columns.list.told.rows}["Was it good?"] == "Standard 20"
    card.columns.done.click()
    before.settle()
    (taken,) = before.visit.state.survey_submissions.values()
    assert taken.answers == {"20": "no", "4": "yes"} and len(before.visit.state.survey_comments) == 1
    taken_export(before, tmp_path / "f.csv", heads, row.replace(";a;1", ";b;1"))
    assert not card.columns.isVisible() and card.anew.isVisible(), "a preview, as one submission is missing"
    card.anew.click()
    assert card.columns.said()["Was it good?"] == "20"
    card.columns.done.click()
    before.settle()
    assert card.take.isVisible() and len(before.visit.state.survey_submissions) == 1


def test_a_form_of_another_wording_is_looked_at_before_it_is_taken_in(before: App, tmp_path: Path) -> None:
    card = taken_export(before, tmp_path / "e.csv", "respondent_group;form_version", "yes;carer;0123456789ab;a;1")
    assert card.isVisible() and "has version 0123456789ab" in card.words.text()
    assert not before.visit.state.survey_submissions
    card.take.click()
    before.settle()
    assert survey_figures(before.visit.state)["carer"].standards["4"].yes == 1


def test_people_who_were_counted_on_paper_are_asked_about(before: App, tmp_path: Path) -> None:
    before.visit.record(say.Survey(group="carer", standard="4", yes=3, no=0, na=0))
    card = taken_export(before, tmp_path / "e.csv", "respondent_group", "yes;carer;a;1")
    assert card.odd.label.text() == "A sheet with 3 carers was counted before. Are these other people?"
    assert not card.odd.meant.isVisible()
    focused = QApplication.focusWidget()
    assert isinstance(focused, Button) and focused.text() == "Other people: count both"
    _answer(before, card, "replace")
    assert card.replace.isChecked() and any("3 yes" in one.title for one in card.list.told.rows)
    card.replace.click()
    before.settle()
    _answer(before, card, "add")
    card.take.click()
    before.settle()
    assert survey_figures(before.visit.state)["carer"].respondents == 4
