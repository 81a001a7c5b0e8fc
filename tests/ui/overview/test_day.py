"""The day of the visit on Overview: what is now and next, and appointments that only the lead changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt

from reviewapp.visit.statements import Slot
from tests.ui.interviews.support import tab_stops
from tests.ui.overview.support import opened, press_cell
from tests.ui.support import App, Homes, Opener
from ui.pages.overview.page import OverviewPage
from ui.pages.shared import clock
from ui.theme import space, theme
from ui.widgets.full_height_table import WORDS

At = Callable[[int, int], None]


@pytest.fixture
def at() -> Iterator[At]:
    """`at(11, 20)`: that time on the day of the sample visit."""

    def set_clock(hour: int, minute: int) -> None:
        clock.CLOCK[1:] = [lambda: datetime(2026, 11, 17, hour, minute, tzinfo=UTC)]

    yield set_clock
    del clock.CLOCK[1:]


def pills(page: OverviewPage) -> dict[str, list[str]]:
    """Titles of appointments by the word that marks them."""
    found: dict[str, list[str]] = {}
    for row, slot in enumerate(page.day.model.slots):
        words = page.day.model.index(row, 0).data(WORDS)
        if words.pill:
            found.setdefault(words.pill[0], []).append(slot.title)
    return found


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


def test_no_word_of_the_timetable_is_cut_on_a_small_screen(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.window.resize(1093, 614)  # 1366 x 768 at 125 %
    page = opened(app)
    app.settle()
    table, model = page.day.table, page.day.model
    assert any("representative)" in model.index(row, 2).data(WORDS).note for row in range(model.rowCount()))
    for column, size in ((1, "body"), (2, "small")):
        for row in range(model.rowCount()):
            cell = model.index(row, column).data(WORDS)
            for word in (cell.title if size == "body" else cell.note).split():
                assert theme().wide(word, size) <= table.columnWidth(column) - space(5), word
    assert sum(table.columnWidth(column) for column in range(3)) <= table.viewport().width()


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
    assert "before it starts" in editor._fields[editor.end].error.label.text()
    editor.end.selectAll()
    before.keys(editor.end, "10.00", Qt.Key.Key_Return)
    assert not editor._fields[editor.end].error.label.text()


def test_tab_goes_from_what_an_appointment_is_to_who_takes_part_also_the_first_time(before: App) -> None:
    page = opened(before)
    page.day.add_button.click()
    editor = page.day.editor
    before.keys(editor.title, "Meet the manager", Qt.Key.Key_Tab)
    before.keys(editor.room, "Room 2", Qt.Key.Key_Tab)
    assert editor._toggles["L1"].hasFocus()
    assert [slot.room for slot in before.visit.state.slots.values()] == ["Room 2"]


def test_a_usual_day_is_proposed_once_and_taken_away_by_undo(before: App) -> None:
    page = opened(before)
    assert "table" not in vars(page.day), "made with the first appointment"
    page.day.usual.click()
    order = [page.day.add_button, page.day.table, page.day.paper.timetable]
    assert [stop for stop in tab_stops(page) if stop in order] == order
    slots = before.visit.state.slots
    assert min(slot.start for slot in slots.values()) == "09:00" and all(slot.room for slot in slots.values())
    assert page.day.proposal.isHidden() and not page.day.paper.timetable.isHidden()
    before.window.actions_.undo.trigger()
    assert not before.visit.state.slots


def test_a_reviewer_reads_the_timetable_and_does_not_change_it(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    assert page.day.add_button.isHidden()
    press_cell(app, page.day.table, page.day.model.index(0, 1))
    assert page.day.editor.isHidden()
    assert page.prepare is None


def test_what_is_typed_in_an_appointment_is_taken_when_the_page_is_left(before: App) -> None:
    before.visit.record(Slot(id="T1", start="09:00", end="10:00", title="Old", who=[]))
    page = opened(before)
    press_cell(before, page.day.table, page.day.model.index(0, 1))
    editor = page.day.editor
    editor.title.selectAll()
    before.keys(editor.title, "New")
    before.go("standards")
    assert before.visit.state.slots["T1"].title == "New"
