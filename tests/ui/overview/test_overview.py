"""Overview: where the visit stands and what comes next; and the lead's work before the day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import msgspec
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
)

import ui.widgets.file_dialogs
from reviewapp.figures.evidence import still_untested
from reviewapp.instruments.library import builtin
from reviewapp.intake import template
from reviewapp.visit.statements import Asks, Concern, Context, Person, Rating, Slot
from reviewapp.workspace import meeting
from reviewapp.workspace.laptop import Laptop, NewPerson
from tests.core.report.building import earlier_status
from tests.ui.support import PASSPHRASE, PHRASE, App, Homes, Opener, focus
from ui.pages.overview.facts import meant
from ui.pages.overview.page import OverviewPage
from ui.pages.report.jobs import _document
from ui.pages.shared import clock
from ui.shell.navigation import nav_progress
from ui.widgets import Button
from ui.widgets.full_height_table import WORDS

At = Callable[[int, int], None]


@pytest.fixture
def at() -> Iterator[At]:
    """`at(11, 20)`: that time on the day of the sample visit."""

    def set_clock(hour: int, minute: int) -> None:
        clock.CLOCK[1:] = [lambda: datetime(2026, 11, 17, hour, minute, tzinfo=UTC)]

    yield set_clock
    del clock.CLOCK[1:]


@pytest.fixture
def before(program: Opener, tmp_path: Path) -> App:
    """A lead's laptop with a visit about which nothing is known yet."""
    laptop, _ = Laptop.create(tmp_path / "lead", PASSPHRASE)
    laptop.new_visit(
        instrument="qn-crhtt-4-pc",
        service="Example team",
        organisation="Example trust",
        date="2026-12-01",
        people=[NewPerson("L1", "lead"), NewPerson("R2", "clinician"), NewPerson("R4", "patient_rep")],
    )
    return program(tmp_path / "lead", copy=False)


def opened(app: App) -> OverviewPage:
    return cast(OverviewPage, app.go("overview"))


def pills(page: OverviewPage) -> dict[str, list[str]]:
    """Titles of appointments by the word that marks them."""
    found: dict[str, list[str]] = {}
    for row, slot in enumerate(page.day.model.slots):
        words = page.day.model.index(row, 0).data(WORDS)
        if words.pill:
            found.setdefault(words.pill[0], []).append(slot.title)
    return found


def press_cell(app: App, table: QTableView, index: QModelIndex) -> None:
    app.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())


def sheet_button(page: OverviewPage, name: str, kind: str) -> Button:
    return next(b for b in page.intake.findChildren(Button) if b.property("sheet") == kind and name in b.text())


def test_rings_count_against_the_targets(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    rings = opened(app).progress._rings
    assert rings["patient"].accessibleName() == "Patients: 3 of 3"
    assert rings["carer"].accessibleName() == "Carers: 3 of 3"
    assert rings["case_notes"].accessibleName() == "Case notes: 10 of 10"
    assert rings["staff"].done == 4
    assert rings["manager"].done == 1
    assert rings["mine"].target == 44


def test_everybody_on_the_team_is_shown_with_how_far_they_are(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    lines = opened(app).people._lines
    assert list(lines) == ["L1", "R2", "R3", "R4"]
    assert lines["R2"][0].text() == "R2, clinician, you"
    assert lines["R4"][0].text() == "R4, patient representative"
    assert lines["R2"][2].text() == "0 of 44"


def test_the_timetable_knows_now_and_next(program: Opener, homes: Homes, at: At) -> None:
    at(9, 20)
    app = program(homes.reviewer)
    page = opened(app)
    now = [s.title for s in app.visit.state.slots.values() if s.start <= "09:20" < s.end]
    assert pills(page)["Now"] == now
    following = min(s.start for s in app.visit.state.slots.values() if s.start > "09:20")
    assert set(pills(page)["Next"]) == {s.title for s in app.visit.state.slots.values() if s.start == following}
    assert "today" in page.heading.note.text()


def test_on_another_day_nothing_is_now(program: Opener, homes: Homes) -> None:
    clock.CLOCK.append(lambda: datetime(2026, 11, 14, 9, 20, tzinfo=UTC))
    try:
        page = opened(program(homes.reviewer))
        assert pills(page) == {}
        assert "in 3 days" in page.heading.note.text()
    finally:
        clock.CLOCK.pop()


def test_the_whole_day_is_one_press_away(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    assert len(page.day.model.slots) < len(app.visit.state.slots)
    page.day.more.click()
    assert len(page.day.model.slots) == len(app.visit.state.slots)


def test_the_lead_adds_changes_and_deletes_an_appointment_in_place(before: App) -> None:
    page = opened(before)
    before.qtbot.mouseClick(page.day.add_button, Qt.MouseButton.LeftButton)
    editor = page.day.editor
    assert editor.isVisible()
    before.keys(editor.title, "Welcome", Qt.Key.Key_Return)
    editor.start.selectAll()
    before.keys(editor.start, "9:15", Qt.Key.Key_Return)
    editor._toggles["R4"].click()
    slot = before.visit.state.slots["T1"]
    assert (slot.start, slot.title, slot.who) == ("09:15", "Welcome", ("R4",))
    editor.end.selectAll()
    before.keys(editor.end, "half past", Qt.Key.Key_Return)
    assert "not a time of day" in editor._fields[editor.end].error.label.text()
    before.keys(editor.delete, Qt.Key.Key_Space)
    assert not before.visit.state.slots
    assert page.day.add_button.hasFocus()
    before.window.actions_.undo.trigger()
    assert before.visit.state.slots["T1"].title == "Welcome"


@pytest.mark.parametrize(
    ("typed", "meant"), [("9", "09:00"), ("930", "09:30"), ("9.30", "09:30"), ("1430", "14:30"), ("14:30", "14:30")]
)
def test_a_time_of_day_may_be_written_as_people_write_it(before: App, typed: str, meant: str) -> None:
    page = opened(before)
    page.day.add_button.click()
    editor = page.day.editor
    editor.start.selectAll()
    before.keys(editor.start, typed, Qt.Key.Key_Return)
    assert before.visit.state.slots["T1"].start == meant


def test_an_appointment_that_ends_before_it_begins_is_said(before: App) -> None:
    page = opened(before)
    page.day.add_button.click()
    editor = page.day.editor
    editor.end.selectAll()
    before.keys(editor.end, "8.00", Qt.Key.Key_Return)
    assert "before it begins" in editor._fields[editor.end].error.label.text()
    editor.end.selectAll()
    before.keys(editor.end, "10.00", Qt.Key.Key_Return)
    assert not editor._fields[editor.end].error.label.text()


def test_tab_goes_from_what_an_appointment_is_to_who_takes_part_also_the_first_time(before: App) -> None:
    page = opened(before)
    page.day.add_button.click()
    editor = page.day.editor
    before.keys(editor.title, "Meet the manager", Qt.Key.Key_Tab)
    assert editor._toggles["L1"].hasFocus()


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
    assert before.window.actions_.undo.text() == "&Undo taking R2 off the team"
    before.window.actions_.undo.trigger()
    assert list(team.editor.rows) and "R2" in before.visit.state.people and "R2" in team.editor.rows
    before.keys(team.editor.rows["R3"].name, "Bo")
    team.editor.done.click()
    assert before.visit.state.people["R3"].name == "Bo"
    assert team.change.hasFocus()


def test_only_the_lead_changes_the_review_team(program: Opener, homes: Homes) -> None:
    assert opened(program(homes.reviewer)).people.change.isHidden()


def test_preparing_begins_with_the_keyboard_at_the_first_thing_to_do(before: App) -> None:
    page = opened(before)
    begin = page.start_focus()
    assert begin is not None and "empty sheet" in begin.accessibleName()
    before.visit.record(Rating(standard="1", value="met"))
    before.session.bridge.reload("a rating")
    assert page.start_focus() is None


def test_still_untested_says_who_is_to_ask(before: App) -> None:
    page = opened(before)
    first = page.untested.model.rows[0][1]
    prompt = first.target[1]["prompt"]
    assert first.words.title == "Ask a patient"
    for who, words in ((["R4"], "R4 asks this"), (["R2", "R4"], "R2, R4 ask this"), (["L1", "R2"], "yours to ask")):
        before.visit.record(Asks(prompt=prompt, who=who))
        before.session.bridge.reload("who asks")
        assert page.untested.model.rows[0][1].words.title == f"Ask a patient: {words}"


def test_a_reviewer_reads_the_timetable_and_does_not_change_it(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    assert page.day.add_button.isHidden()
    press_cell(app, page.day.table, page.day.model.index(0, 1))
    assert page.day.editor.isHidden()
    assert page.prepare is None


def test_untested_standards_come_type_1_first_with_what_to_ask(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    found = still_untested(app.visit.state)
    assert len(found) > 6
    page.untested.more.click()
    shown = [page.untested.model.index(row, 0).data(WORDS) for row in range(page.untested.model.rowCount())]
    assert [words.title.split()[0] for words in shown] == [one.standard for one in found]
    assert shown[0].pill[0] == "Type 1"
    assert page.untested.model.index(0, 1).data(WORDS).title


def test_an_untested_standard_leads_to_it_and_its_question_to_the_interview(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    first = page.untested.model.index(0, 0)
    number = still_untested(app.visit.state)[0].standard
    app.keys(page.untested.table)
    page.untested.table.setCurrentIndex(first)
    app.keys(page.untested.table, Qt.Key.Key_Return)
    assert app.page.place() == {"standard": number}
    opened(app)
    page.untested.table.setCurrentIndex(page.untested.model.index(0, 1))
    app.keys(page.untested.table, Qt.Key.Key_Return)
    assert app.page.TITLE == "Interviews"


def test_the_forecast_speaks_plainly_and_says_it_is_a_subset(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = opened(app)
    assert page.forecast.pill.text() == "Would not meet the rule"
    assert "not an accreditation outcome" in page.forecast.head.note.text()
    assert "However the open standards turn out" in page.forecast.cases.text()
    assert "would have to become met" in page.forecast.change.text()
    assert "are still open" in page.forecast.basis.text()


def test_with_nothing_rated_the_forecast_is_undecided(before: App) -> None:
    page = opened(before)
    assert page.forecast.pill.text() == "Undecided"
    assert page.forecast.basis.text() == "Nothing is rated yet."


def test_what_is_to_be_settled_leads_to_agree_and_nothing_is_told_before_the_meeting(
    program: Opener, homes: Homes
) -> None:
    app = program(homes.lead)
    page = opened(app)
    assert not page.settle.isVisible() and not page.forecast.change.isVisible()
    meeting.open_meeting(app.visit)
    assert "standards differently" in page.settle.label.text() and page.forecast.change.isVisible()
    app.keys(page.see_settle, Qt.Key.Key_Space)
    assert app.page.TITLE == "Agree"


def test_concerns_conflicts_and_late_ratings_are_pointed_out_with_the_way_there(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    page = opened(app)
    assert page.urgent.isVisible(), "also a concern that was told"
    laptop = Laptop.create(tmp_path / "R3", PASSPHRASE)[0]
    visit = laptop.open_visit(laptop.take_pack(homes.pack, me="R3", phrase=PHRASE))
    visit.merge(homes.returns["R3"])
    visit.record(Rating(standard="151", value="na"), Context(field="caseload", value=99))
    visit.record(Concern(id="IC9", text="Said he would not see the weekend"))
    visit.write_return(tmp_path / "late.review")
    visit.close()
    meeting.open_meeting(app.visit)
    app.visit.record(Context(field="caseload", value=77))
    app.visit.merge(tmp_path / "late.review")
    assert "not whom it was told to" in page.urgent.label.text()
    assert page.conflicts.label.text().startswith("1 thing was written differently on two laptops")
    assert page.settle.label.text().startswith("1 late rating waits for you")
    app.keys(page.see_settle, Qt.Key.Key_Space)
    assert app.page.place() == {"standard": "151"}
    page = opened(app)
    app.keys(page.see_conflicts, Qt.Key.Key_Space)
    assert app.page.TITLE == "Bring together"


def test_taking_in_a_sheet_is_one_step_that_undo_takes_back(before: App, tmp_path: Path) -> None:
    page = opened(before)
    for name, rated in (("first.csv", "Met"), ("self-review.csv", "Not met")):
        sheet = tmp_path / name
        sheet.write_text(f"standard,rating,comment\n47,{rated},from {name}\n113,{rated},\n", encoding="utf-8")
        ui.widgets.file_dialogs.NEXT.append([sheet])
        sheet_button(page, "Take in", "self_review").click()
        before.settle()
    undo, redo = before.window.actions_.undo, before.window.actions_.redo
    assert undo.text() == "&Undo taking in self-review.csv"
    undo.trigger()
    assert {rec.value for rec in before.visit.state.self_review.values()} == {"met"}
    assert before.visit.state.self_review["47"].comment == "from first.csv"
    undo.trigger()
    assert "Not here yet" in page.intake._have["self_review"].text()
    redo.trigger()
    redo.trigger()
    assert {rec.value for rec in before.visit.state.self_review.values()} == {"not_met"}
    said = before.visit.history("self_review", "47")
    assert {item.person for item in said} == {"host"}, "the team's own word stays the team's through undo and redo"
    before.visit.write_return(tmp_path / "L1.rvreturn")
    before.visit.backup(tmp_path / "copy.rvbackup")


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
    assert meant(text) == value


def test_a_reviewer_reads_the_facts(program: Opener, homes: Homes) -> None:
    page = opened(program(homes.reviewer))
    assert not page.facts._edits
    assert page.facts._lines["caseload"][1].text() == "34"


def test_the_visit_pack_is_written_and_its_six_words_shown_large(before: App, tmp_path: Path) -> None:
    page = opened(before)
    target = tmp_path / "pack.rvpack"
    ui.widgets.file_dialogs.NEXT.append([target])
    before.qtbot.mouseClick(page.pack.write, Qt.MouseButton.LeftButton)
    before.settle()
    phrase = page.pack.words.text()
    assert len(phrase.split()) == 6
    assert page.pack.words.isVisible()
    page.pack.copy.click()
    assert QGuiApplication.clipboard().text() == phrase
    other, _ = Laptop.create(tmp_path / "other", PASSPHRASE)
    assert other.peek_pack(target, phrase).service == "Example team"
    page.pack.away.click()
    assert page.pack.words.text() == ""


def test_an_empty_sheet_goes_out_and_comes_back_filled(before: App, tmp_path: Path) -> None:
    page = opened(before)
    sheet = tmp_path / "self-review.csv"
    ui.widgets.file_dialogs.NEXT.append([sheet])
    sheet_button(page, "Empty", "self_review").click()
    before.settle()
    lines = sheet.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Standard")
    filled = template("self_review", builtin()[0], ".csv").decode("utf-8-sig").replace("\r\n", "\n").splitlines()
    filled[1] = filled[1].removesuffix(",,") + ",Met,We checked"
    sheet.write_text("\n".join(filled), encoding="utf-8")
    ui.widgets.file_dialogs.NEXT.append([sheet])
    sheet_button(page, "Take in", "self_review").click()
    before.settle()
    assert before.visit.state.self_review["1"].value == "met"
    assert {item.person for item in before.visit.history("self_review", "1")} == {"host"}
    assert before.visit.me == "L1"
    assert page.intake._have["self_review"].text().startswith("1 of 44")


def test_a_sheet_that_is_not_right_is_refused_whole_beside_the_button(before: App, tmp_path: Path) -> None:
    page = opened(before)
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("Standard,Rating\n1,Perhaps\n", encoding="utf-8")
    ui.widgets.file_dialogs.NEXT.append([wrong])
    sheet_button(page, "Take in", "self_review").click()
    before.settle()
    assert page.intake.errors["self_review"].isVisible()
    assert "cell B2" in page.intake.errors["self_review"].label.text()
    assert not before.visit.state.self_review


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
    page = opened(before)
    page.asks.show_button.click()
    table = page.asks.table
    focus(table)
    table.setCurrentIndex(page.asks.model.index(0, 2))
    before.keys(table, Qt.Key.Key_Space)
    assert before.visit.state.asks["P01"].who == ("R2",)
    assert table.currentIndex() == page.asks.model.index(0, 2)
    before.keys(table, Qt.Key.Key_Right, Qt.Key.Key_Space)
    assert before.visit.state.asks["P01"].who == ("R2", "R4")
    before.window.actions_.undo.trigger()
    assert before.visit.state.asks["P01"].who == ("R2",)


def test_preparing_stands_first_before_the_day_and_last_on_it(before: App, program: Opener, homes: Homes) -> None:
    page = opened(before)
    assert page.prepare is not None
    assert page._before.indexOf(page.prepare) == 0
    during = program(homes.lead)
    later = opened(during)
    assert later.prepare is None
    later.finish()
    assert later.prepare is not None
    assert later._after.indexOf(later.prepare) == 0


@pytest.mark.parametrize("name", ["overview", "interviews", "case_notes"])
def test_everything_that_can_be_pressed_or_typed_in_has_a_name_and_a_size(
    program: Opener, homes: Homes, name: str
) -> None:
    app = program(homes.lead)
    page = app.go(name, {"interview": "S1/L1"} if name == "interviews" else None)
    page.finish()
    app.settle()
    kinds = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QAbstractSpinBox, QAbstractItemView)
    found = [w for kind in kinds for w in page.findChildren(kind) if w.isVisibleTo(page) and w.objectName() == ""]
    found = [w for w in found if not isinstance(w.parent(), kinds) and w.focusPolicy() != Qt.FocusPolicy.NoFocus]
    assert len(found) > 8
    assert [str(w) for w in found if not w.accessibleName()] == []
    assert [f"{w.accessibleName()}: {w.height()}" for w in found if min(w.height(), w.width()) < 24] == []


def test_what_is_typed_in_an_appointment_is_taken_when_the_page_is_left(before: App) -> None:
    before.visit.record(Slot(id="T1", start="09:00", end="10:00", title="Old", who=[]))
    page = opened(before)
    press_cell(before, page.day.table, page.day.model.index(0, 1))
    editor = page.day.editor
    editor.title.selectAll()
    before.keys(editor.title, "New")
    before.go("standards")
    assert before.visit.state.slots["T1"].title == "New"


def test_a_reviewer_cannot_tell_the_others_ratings_before_the_meeting(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    alone, joined = program(homes.reviewer), program(homes.reviewer)
    for app in (alone, joined):
        app.visit.record(Rating(standard="47", value="met"), Rating(standard="113", value="not_met"))
    for code in ("R3", "R4"):
        assert joined.visit.merge(homes.returns[code]).reason is None
    assert not joined.visit.state.meeting_opened and len(joined.visit.state.ratings) > 40
    told = []
    for app in (alone, joined):
        page = opened(app)
        card = page.forecast
        badges = nav_progress(app.visit)
        told.append((card.pill.text(), card.cases.text(), card.basis.text(), badges.get("agree"), badges["standards"]))
    assert told[0] == told[1]
    report = msgspec.json.encode(_document(joined.visit, "committee")).decode()
    theirs = {one.note for one in joined.visit.state.ratings.values() if one.person != "R2" and len(one.note) > 20}
    assert theirs and not [note for note in theirs if note in report]
    assert "only yours" in told[0][2]


def test_the_figures_of_the_visit_before_are_taken_in_and_undone(before: App, tmp_path: Path) -> None:
    page = opened(before)
    assert page.intake._have["previous"].text().startswith("Not here")
    saved = tmp_path / "report.json"
    saved.write_bytes(earlier_status())
    ui.widgets.file_dialogs.NEXT.append([saved])
    sheet_button(page, "Take in", "previous").click()
    before.settle()
    assert "12 November 2024" in page.intake._have["previous"].text()
    assert {item.person for item in before.visit.history("context", "previous_visit")} == {"L1"}
    before.window.actions_.undo.trigger()
    assert page.intake._have["previous"].text().startswith("Not here")


def test_a_file_that_is_no_earlier_visit_is_refused_beside_the_button(before: App, tmp_path: Path) -> None:
    page = opened(before)
    for name, content in (("other.json", b"{}"), ("later.json", earlier_status(date="2027-01-01"))):
        (tmp_path / name).write_bytes(content)
        ui.widgets.file_dialogs.NEXT.append([tmp_path / name])
        sheet_button(page, "Take in", "previous").click()
        before.settle()
        assert page.intake.errors["previous"].isVisible()
    assert not sheet_button(page, "Empty", "previous").isVisible()
