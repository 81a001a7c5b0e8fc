"""Agree: what differs comes first, the lead decides with one key, everybody's rating looks alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from reviewapp.figures.forecast import forecast
from reviewapp.figures.matrix import matrix
from reviewapp.figures.ratings import audit_differences
from reviewapp.visit.statements import Agreed, AgreedAudit, Rating
from reviewapp.workspace import meeting
from reviewapp.workspace.laptop import Laptop
from tests.ui.agree.support import agreed, cell, numbers, open_page
from tests.ui.support import PASSPHRASE, Homes, Opener, focus, parts_by_tab, take_pack_as_lead
from ui.pages.agree.audit import AuditCard
from ui.pages.agree.notes import NoteCard
from ui.pages.agree.table import CELL


def test_at_first_only_what_differs_is_shown_type_1_first(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    expected = [row.standard for row in matrix(app.visit.state) if row.differs]
    assert numbers(page) == expected
    types = [row.type for row in page.table.matrix.rows]
    assert types == sorted(types)
    page.differing.setChecked(False)
    assert len(numbers(page)) == 44


def test_one_key_agrees_and_the_row_and_the_progress_follow(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    first = numbers(page)[0]
    assert page.detail.number == first
    app.keys(page.table, "n")
    assert agreed(app, first) == "not_met"
    assert cell(page, first, "agreed") == "Not met"
    assert page.progress_words.text() == "1 of 44 agreed"
    assert page.detail.decision.buttons.value() == "not_met"
    app.keys(page.table, Qt.Key.Key_Down, "m")
    assert agreed(app, numbers(page)[1]) == "met"
    app.keys(page.table, Qt.Key.Key_Delete)
    assert agreed(app, numbers(page)[1]) is None
    app.window.actions_.undo.trigger()
    assert agreed(app, numbers(page)[1]) == "met"


def test_a_decided_row_stays_until_the_filter_changes(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    page.open_only.setChecked(True)
    before = numbers(page)
    app.keys(page.table, "m")
    assert numbers(page) == before
    page.open_only.setChecked(False)
    page.open_only.setChecked(True)
    assert numbers(page) == before[1:]


def test_the_forecast_moves_as_one_decides(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    page.differing.setChecked(False)
    lines = [Agreed(standard=s.number, value="met") for s in app.visit.state.instrument.standards]
    app.visit.record(*lines)
    assert page.forecast.now.text() == "Thresholds met"
    page.table.choose("119")
    app.keys(page.table, "n")
    assert forecast(app.visit.state).outcome == "does_not_meet"
    assert page.forecast.now.text() == "Thresholds not met"
    assert "Forecast now" in app.window.status.message.text()
    assert "not an accreditation outcome" in page.forecast.cases.text()


def test_agreeing_where_all_say_the_same_is_one_step_and_touches_nothing_else(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    same = [r for r in matrix(app.visit.state) if not r.differs and len(r.ratings) > 1]
    focus(page.all_same)
    app.keys(page.all_same, Qt.Key.Key_Space)
    assert app.window.focusWidget() is page.table, "and not the button to close the meeting"
    assert {n for n, rec in app.visit.state.agreed.items() if rec.value is not None} == {r.standard for r in same}
    assert app.window.actions_.undo.text() == f"&Undo agreement on {len(same)} standards"
    app.window.actions_.undo.trigger()
    assert not any(rec.value is not None for rec in app.visit.state.agreed.values())


def test_reason_and_dissent_are_typed_without_losing_the_caret(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    number = numbers(page)[0]
    focus(page.table)
    app.keys(page.table, "n", Qt.Key.Key_Return)
    reason = page.detail.decision.reason
    assert reason.hasFocus()
    app.keys(reason, "Notes and carers say the same")
    cursor = reason.textCursor()
    cursor.setPosition(5)
    reason.setTextCursor(cursor)
    app.visit.record(Rating(standard="47", value="met", note="something else meanwhile"))
    assert (reason.textCursor().position(), reason.toPlainText()) == (5, "Notes and carers say the same")
    app.keys(page.detail.decision.dissent, "R4 sees it otherwise")
    focus(page.table)
    assert app.visit.state.agreed[number].reason == "Notes and carers say the same"
    assert app.visit.state.agreed[number].dissent == "R4 sees it otherwise"


def test_every_reviewers_note_is_shown_alike_beside_the_others(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    page.reveal({"standard": "151"})
    app.settle()
    cards = page.detail.notes.findChildren(NoteCard)
    assert len(cards) == 4
    assert len({(c.width(), c.height(), c.property("kind")) for c in cards}) == 1
    assert {card.pill.text() for card in cards} <= {"Met", "Not met", "Not applicable", "Not rated"}


def test_a_reviewer_reads_what_is_agreed_and_cannot_change_it(program: Opener, homes: Homes, tmp_path: Path) -> None:
    laptop = Laptop.create(tmp_path / "L", PASSPHRASE)[0]
    visit = laptop.open_visit(take_pack_as_lead(homes, laptop))
    meeting.open_meeting(visit)
    visit.record(Agreed(standard="47", value="met", reason="All agree"))
    visit.write_return(tmp_path / "L1.review")
    visit.close()
    app = program(homes.reviewer)
    app.visit.merge(tmp_path / "L1.review")
    page = open_page(app)
    page.reveal({"standard": "47"})
    assert page.detail.decision.reason.toPlainText() == "All agree"
    assert page.detail.decision.only_lead.isVisible()
    assert not page.detail.decision.buttons.isEnabled()
    app.keys(page.table, "n")
    assert agreed(app, "47") == "met"
    assert not page.all_same.isVisible()
    page.reveal({"standard": "4"})
    assert not page.detail.decision.notes.isVisible(), "no empty boxes for those who cannot write in them"


@pytest.mark.parametrize("value", ["met", "not_met"])
def test_two_agreed_ratings_are_said_and_choosing_one_settles_them(
    program: Opener, homes: Homes, tmp_path: Path, value: str
) -> None:
    other = Laptop.create(tmp_path / "L", PASSPHRASE)[0]
    visit = other.open_visit(take_pack_as_lead(homes, other))
    visit.record(Agreed(standard="47", value="not_met"))
    visit.write_return(tmp_path / "L1.review")
    visit.close()
    app = program(homes.lead)
    app.visit.record(Agreed(standard="47", value="met"))
    app.visit.merge(tmp_path / "L1.review")
    page = open_page(app)
    assert "47" in numbers(page), "a conflict is shown whatever the filter"
    assert cell(page, "47", "agreed") == "2 versions"
    page.reveal({"standard": "47"})
    assert "Two laptops agreed differently" in page.detail.decision.conflict.label.text()
    buttons = page.detail.decision.buttons.findChildren(QPushButton)
    wanted = "Agreed rating: Met" if value == "met" else "Agreed rating: Not met"
    QTest.mouseClick(next(b for b in buttons if b.accessibleName() == wanted), Qt.MouseButton.LeftButton)
    assert app.visit.state.conflicts == ()
    assert agreed(app, "47") == value


def test_f11_makes_it_large_and_hides_peoples_notes(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    height = page.table.verticalHeader().defaultSectionSize()
    focus(page.table)
    app.qtbot.keyClick(page.table, Qt.Key.Key_F11)
    assert page.large_toggle.isChecked()
    assert page.table.verticalHeader().defaultSectionSize() > height * 1.3
    assert not page.detail.notes.isVisible()
    assert not page.detail.evidence.isVisible()
    assert not any(c.evidence for c in page.table.matrix.columns)
    first = numbers(page)[0]
    app.keys(page.table, "m")
    assert agreed(app, first) == "met"
    app.qtbot.keyClick(page.table, Qt.Key.Key_F11)
    assert page.detail.notes.isVisible()


def test_case_notes_that_were_read_differently_are_agreed_and_can_be_undone(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    many = len(audit_differences(app.visit.state))
    assert many and page.audit_toggle.text() == f"Case notes differ ({many})"
    assert page.findChild(AuditCard) is None, "it was not looked at so far"
    app.keys(page.audit_toggle, Qt.Key.Key_Space)
    assert page.audit.isVisible() and not page.splitter.isVisible()
    assert parts_by_tab(page, page.top, page.audit, page.table) == [page.top, page.audit]
    first = audit_differences(app.visit.state)[0]
    assert all(f"{code} (" in page.audit.list.told.rows[0].detail for code in first.values)
    yes = page.audit.buttons.findChildren(QPushButton)[0]
    app.keys(yes, Qt.Key.Key_Space)
    app.keys(page.audit.reason, "Written on the last page", Qt.Key.Key_Return)
    page.audit_toggle.setChecked(False)
    app.session.show_page("agree", {"case_notes": f"{first.case_note}/{first.item}"})
    assert page.audit.isVisible(), "a link from the report leads here"
    rec = app.visit.state.agreed_audit[f"{first.case_note}/{first.item}"]
    assert (rec.value, rec.reason) == ("yes", "Written on the last page")
    assert page.audit.list.told.rows[0].pill == "Agreed: Yes"
    assert page.audit_toggle.text() == (f"Case notes differ ({many - 1})" if many > 1 else "Case notes agreed")
    app.window.actions_.undo.trigger()
    app.window.actions_.undo.trigger()
    assert audit_differences(app.visit.state)[0].agreed is None
    assert page.audit.list.told.rows[0].pill == "Not agreed yet"
    for left in audit_differences(app.visit.state):
        app.visit.record(AgreedAudit(case_note=left.case_note, item=left.item, value="yes"))
    assert page.audit_toggle.text() == "Case notes agreed" and page.audit_toggle.isVisible()


def test_a_link_to_a_standard_shows_it_even_if_the_filter_hides_it(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    same = next(r.standard for r in matrix(app.visit.state) if not r.differs)
    app.session.show_page("agree", {"standard": same})
    assert page.detail.number == same
    assert page.place() == {"standard": same}


def test_a_decision_is_never_cut_in_its_column(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    app.keys(page.table, "n")
    for number, row in enumerate(page.table.matrix.columns):
        if row.kind in ("agreed", "team", "person"):
            needed = page.table.delegate.width_of(page.table.matrix.index(0, number).data(CELL))
            assert page.table.columnWidth(number) >= needed, row.heading


def test_seven_standards_are_in_view_on_a_small_laptop_and_one_can_still_decide(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    app.settle()
    view = page.table.viewport().height()
    assert view // page.table.delegate.row_height() >= 7
    buttons = page.detail.decision.buttons
    bottom = buttons.mapTo(page.detail, buttons.rect().bottomLeft()).y()
    assert bottom <= page.detail.viewport().height(), "the agreed rating is in view without scrolling"
    assert page.body.verticalScrollBar().maximum() == 0
