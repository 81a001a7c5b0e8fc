"""The lead's work before the day: team, questions, facts and the visit pack."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget

import ui.widgets.file_dialogs
from reviewapp.visit.labels import person
from reviewapp.visit.statements import Asks, Person, Rating
from reviewapp.workspace.laptop import Laptop
from tests.ui.overview.support import opened
from tests.ui.support import PASSPHRASE, App, Homes, Opener, press
from ui.pages.overview.facts import parse_value
from ui.theme import theme


def test_the_lead_changes_who_is_on_the_review_team(before: App) -> None:
    page = opened(before)
    team = page.people
    team.change.click()
    assert team.editor.rows["L1"].name.hasFocus()
    assert not team.editor.rows["L1"].role.isEnabled() and not team.editor.rows["L1"].remove.isEnabled()
    before.keys(team.editor.rows["R4"].name, "Ana", Qt.Key.Key_Return)
    assert before.visit.state.people["R4"].name == "Ana"
    team.editor.add_person.click()
    assert team.editor.rows["R3"].name.hasFocus()
    role = team.editor.rows["R3"].role
    role.setCurrentIndex(role.findData("carer_rep"))
    role.activated.emit(role.currentIndex())
    assert before.visit.state.people["R3"].role == "carer_rep"
    team.editor.rows["R2"].remove.click()
    assert list(before.visit.state.people) == ["L1", "R3", "R4"]
    assert before.window.actions_.undo.text() == "&Undo removing R2 (clinician) from the team"
    before.window.actions_.undo.trigger()
    assert list(team.editor.rows) and "R2" in before.visit.state.people and "R2" in team.editor.rows
    before.keys(team.editor.rows["R3"].name, "Bo")
    team.editor.done.click()
    assert before.visit.state.people["R3"].name == "Bo"
    assert team.change.hasFocus()
    team.change.click()
    assert not team.note.isVisible(), "it is about the numbers of standards, which are not in view"
    before.keys(team.editor.rows["L1"].name, "Cleo", Qt.Key.Key_Escape)
    assert before.visit.state.people["L1"].name == "Cleo" and not team.editor.isVisible()
    assert team.change.hasFocus() and team.note.isVisible()


def test_only_the_lead_changes_the_review_team(program: Opener, homes: Homes) -> None:
    assert opened(program(homes.reviewer)).people.change.isHidden()


def test_preparing_begins_with_the_keyboard_at_the_first_thing_to_do(before: App) -> None:
    page = opened(before)
    begin = page.start_focus()
    assert begin is not None and "blank form" in begin.accessibleName()
    before.visit.record(Rating(standard="1", value="met"))
    before.session.bridge.reload("a rating")
    before.go("standards")
    assert opened(before).start_focus() is page.heading


def test_still_untested_says_who_is_to_ask(before: App) -> None:
    page = opened(before)
    first = page.untested.model.rows[0][1]
    prompt = first.target[1]["prompt"]
    assert first.words.title == "Ask a patient"
    people = before.visit.state.people
    r2, r4 = person(people, "R2"), person(people, "R4")
    assert "(" in r4
    for who, words in (
        (["R4"], f"{r4} asks this"), (["R2", "R4"], f"{r2}, {r4} ask this"), (["L1", "R2"], "yours to ask"),
    ):  # fmt: skip
        before.visit.record(Asks(prompt=prompt, who=who))
        before.session.bridge.reload("who asks")
        assert page.untested.model.rows[0][1].words.title == f"Ask a patient: {words}"


def test_the_lead_writes_facts_and_numbers_stay_numbers(before: App) -> None:
    page = opened(before)
    caseload = page.facts._edits["caseload"]
    before.keys(caseload, "34", Qt.Key.Key_Tab)
    assert before.visit.state.context["caseload"].value == 34
    before.keys(page.facts._edits["open_24_7"], "yes")
    before.go("standards")
    assert before.visit.state.context["open_24_7"].value is True
    opened(before)
    assert page.facts._edits["open_24_7"].text() == "Yes"


@pytest.mark.parametrize(
    ("text", "value"),
    [("37", 37), ("31.5", 31.5), ("No", False), (" ", None), ("A town", "A town"), ("1e3", "1e3"), ("nan", "nan")],
)
def test_a_fact_is_taken_as_it_is_meant(text: str, value: object) -> None:
    assert parse_value(text) == value


def test_a_reviewer_reads_the_facts(program: Opener, homes: Homes) -> None:
    page = opened(program(homes.reviewer))
    assert not page.facts._edits
    assert page.facts._lines["caseload"][1].text() == "34"


def test_the_visit_pack_is_written_and_its_six_words_shown_large(before: App, tmp_path: Path) -> None:
    page = opened(before)
    target = tmp_path / "pack.rvpack"
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([target])
    before.qtbot.mouseClick(page.pack.write, Qt.MouseButton.LeftButton)
    before.settle()
    phrase = page.pack.panel.words.text()
    assert len(phrase.split()) == 6
    assert page.pack.panel.words.isVisible()
    page.pack.panel.copy.click()
    assert QGuiApplication.clipboard().text() == phrase
    other, _ = Laptop.create(tmp_path / "other", PASSPHRASE)
    assert other.peek_pack(target, phrase).service == "Example team"
    page.pack.panel.away.click()
    assert page.pack.panel.words.text() == ""


def test_the_questions_nobody_has_are_shared_out_evenly_in_one_step(before: App) -> None:
    page = opened(before)
    before.visit.record(Asks(prompt="P02", who=["R4"]), Person(code="R5", role="observer"))
    before.session.bridge.reload("another person")
    page.asks.show_button.click()
    assert page.asks.model.people == ["L1", "R2", "R4", "R5"]
    page.asks.evenly.click()
    asks = {prompt: rec.who for prompt, rec in before.visit.state.asks.items()}
    assert [asks[prompt] for prompt in ("P01", "P02", "P03", "P04", "P05")] == [
        ("L1",), ("R4",), ("R2",), ("R4",), ("L1",),
    ]  # fmt: skip
    assert not page.asks.evenly.isEnabled()
    before.window.actions_.undo.trigger()
    assert {prompt for prompt, rec in before.visit.state.asks.items() if rec.who} == {"P02"}


def test_the_lead_shares_out_the_questions_with_space(before: App) -> None:
    def who() -> tuple[str, ...]:
        return before.visit.state.asks["P01"].who

    page = opened(before)
    assert "table" not in vars(page.asks), "made when the questions are shown"
    page.asks.show_button.click()
    table = page.asks.table
    before.keys(page.asks.evenly, Qt.Key.Key_Tab)
    assert table.hasFocus(), "Tab comes to it after the button above it"
    table.setCurrentIndex(page.asks.model.index(0, 2))
    before.keys(table, Qt.Key.Key_Space)
    assert who() == ("R2",)
    assert table.currentIndex() == page.asks.model.index(0, 2)
    before.keys(table, Qt.Key.Key_Right, Qt.Key.Key_Space)
    assert who() == ("R2", "R4")
    before.window.actions_.undo.trigger()
    assert who() == ("R2",)


def test_preparing_stands_first_before_the_day_and_last_on_it(before: App, program: Opener, homes: Homes) -> None:
    page = opened(before)
    assert page.prepare is not None
    assert page._before.indexOf(page.prepare) == 0
    before.visit.record(Rating(standard="1", value="met"))
    assert page._before.indexOf(page.prepare) == 0, "nobody who is at work in it sees it jump"
    before.go("standards")
    assert opened(before)._after.indexOf(page.prepare) == 0
    during = program(homes.lead)
    later = opened(during)
    nothing_yet = later.prepare
    assert nothing_yet is None
    later.finish()
    assert later.prepare is not None
    assert later._after.indexOf(later.prepare) == 0


def test_the_table_of_questions_shows_its_last_row_at_any_text_size(before: App) -> None:
    page = opened(before)
    page.asks.show_button.click()
    table = page.asks.table
    theme().step(+1)
    rows = sum(table.rowHeight(row) for row in range(page.asks.model.rowCount()))
    assert table.height() >= rows + table.horizontalHeader().sizeHint().height()


def test_the_six_words_stand_in_a_dialog_and_are_told_only_to_who_asks(before: App, tmp_path: Path) -> None:
    page = opened(before)
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([tmp_path / "pack.rvpack"])
    before.qtbot.mouseClick(page.pack.write, Qt.MouseButton.LeftButton)
    before.settle()
    panel = page.pack.panel
    phrase = panel.words.text()
    assert panel.isVisible() and panel.isWindow() and panel.printer.hasFocus() and panel.printer.isVisible()
    told = [panel.windowTitle(), *(part.accessibleName() for part in panel.findChildren(QWidget))]
    told += [part.text() for part in panel.findChildren(QLabel)]
    assert not any(word in text.split() for word in phrase.split() for text in told)
    panel.told.click()
    assert panel.words.accessibleName() == phrase
    press(panel, Qt.Key.Key_Escape)
    assert panel.isVisible() and "passed the words on" in panel.note.text(), "Escape alone does not lose them"
    press(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible() and panel.words.text() == panel.words.accessibleName() == ""
