"""A whole visit on two laptops, by keyboard and mouse: from the first start to the action plan that came back."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.ui.support import Opener
from tests.ui.whole_visit.apart import (
    CONCERN,
    SAID,
    give,
    interview,
    lock_while_typing,
    rate,
    read_a_case_note,
    report_a_concern,
    take_the_pack,
)
from tests.ui.whole_visit.before import make_the_visit, plan_the_day, take_in_what_the_team_sent, write_the_pack
from tests.ui.whole_visit.day import Hands, new_laptop, seen
from ui.pages.action_plan.page import ActionPlanPage
from ui.pages.agree.page import AgreePage
from ui.pages.bring_together.page import BringTogetherPage
from ui.pages.report.page import ReportPage
from ui.pages.standards.page import StandardsPage
from ui.widgets import DraftText

LEAD_WORDS, OTHER_WORDS = "river lamp coat", "stone bird lake"
SUMMARY = "A kind team that keeps its word."


def test_a_whole_visit_from_the_first_start_to_the_plan_that_came_back(program: Opener, tmp_path: Path) -> None:
    lead = new_laptop(program, LEAD_WORDS)
    other = new_laptop(program, OTHER_WORDS)
    make_the_visit(lead)
    take_in_what_the_team_sent(lead, tmp_path)
    plan_the_day(lead)
    words = write_the_pack(lead, tmp_path / "visit.rvpack")

    take_the_pack(other, tmp_path / "visit.rvpack", words)
    rate(other)
    lock_while_typing(other, OTHER_WORDS)
    interview(other)
    report_a_concern(other)
    read_a_case_note(other)
    give(other, tmp_path / "R2.review")

    rate_otherwise(lead)
    bring_in(lead, tmp_path / "R2.review")
    agree(lead)
    make_the_report(lead, tmp_path / "report.pdf")
    plan_what_to_do(lead, tmp_path / "plan.xlsx")

    give(lead, tmp_path / "everybody.review")
    take_everything(other, tmp_path / "everybody.review")
    assert other.app.visit._store.digest() == lead.app.visit._store.digest()


def rate_otherwise(lead: Hands) -> None:
    """The lead sees the first two standards otherwise than R2 will turn out to."""
    page = cast(StandardsPage, lead.turn_to("standards"))
    lead.key(Qt.Key.Key_Home)
    lead.type("m")
    lead.key(Qt.Key.Key_Down)
    lead.type("n")
    lead.key(Qt.Key.Key_Down)
    lead.type("m")
    assert page.heading.note.text() == "You have rated 3 of 44"


def bring_in(lead: Hands, path: Path) -> None:
    """A foreign file is refused; what is ours is shown first, and taken once."""
    page = cast(BringTogetherPage, lead.turn_to("bring_together"))
    foreign = path.with_name("holiday.review")
    foreign.write_bytes(b"no file of ours")
    before = lead.app.visit._store.digest()
    lead.choose(page.drop.button, foreign, path)
    assert [row.pill for row in page.looked.told.rows] == ["Not added", "Ready to add"]
    assert lead.app.visit._store.digest() == before, "looking takes nothing"
    lead.press(page.join_button)
    lead.app.settle()
    state = lead.app.visit.state
    assert {"P1/R2"} == set(state.interviews) and {"Q1/R2"} == set(state.quotes)
    assert "IC1/R2" in state.concerns and "1/R2" in state.case_notes
    assert "immediate concern" in seen(page), "it is not passed over in silence"
    assert "Still missing" not in seen(page)


def agree(lead: Hands) -> None:
    page = cast(AgreePage, lead.turn_to("agree"))
    lead.press(page.meeting.open)
    first, second, third = [s.number for s in lead.app.visit.state.instrument.standards][:3]
    assert {first, second} <= {row.standard for row in page.table.matrix.rows}
    lead.press_row(page.table, page.table.matrix.index(page.table.matrix.row_of(first), 0))
    lead.type("n")
    lead.key(Qt.Key.Key_Return)
    assert lead.keyboard() is page.detail.decision.reason
    lead.type("No number on the website")
    lead.press_row(page.table, page.table.matrix.index(page.table.matrix.row_of(second), 0))
    buttons = page.detail.decision.buttons.findChildren(QPushButton)
    lead.press(next(b for b in buttons if b.text() == "Met"))
    lead.press(page.all_same)
    agreed = lead.app.visit.state.agreed
    assert (agreed[first].value, agreed[first].reason) == ("not_met", "No number on the website")
    assert (agreed[second].value, agreed[third].value) == ("met", "met")


def make_the_report(lead: Hands, path: Path) -> None:
    """What is typed stands on the pages one sees, and in the saved PDF with all that was heard."""
    page = cast(ReportPage, lead.turn_to("report"))
    lead.wait(lambda: page.pages.up_to_date and page.pages.view.pages > 0)
    lead.write(page.editor, SUMMARY)
    lead.wait(lambda: page.pages.up_to_date)
    lead.choose(page.saving.save_first, path)
    if page.saving.guard.dialog is not None:  # something is marked Stop: it is a draft, saved all the same
        QTest.mouseClick(page.saving.guard.dialog.save, Qt.MouseButton.LeftButton)
        lead.app.settle()
    assert page.saving.saved.isVisible() and str(path) in page.saving.saved.words.text()
    words = text_of(path)
    for wanted in ("DRAFT", "Harbour Crisis Team", SUMMARY, SAID, CONCERN, "No number on the website", "not an"):
        assert wanted in words, wanted


def text_of(path: Path) -> str:
    from pypdf import PdfReader

    return " ".join("\n".join(page.extract_text() for page in PdfReader(path).pages).split())


def plan_what_to_do(lead: Hands, path: Path) -> None:
    """The lead begins an action, the team goes on with it in its own program, and the lead sees what is new."""
    page = cast(ActionPlanPage, lead.turn_to("action_plan"))
    table = page.table
    lead.press_row(table, table.plan.index(0, 1))
    lead.type("Put the number on the website")
    assert isinstance(lead.keyboard(), DraftText)
    lead.key(Qt.Key.Key_Tab)
    lead.type("Manager")
    lead.key(Qt.Key.Key_Tab, Qt.Key.Key_Escape)
    (action,) = lead.app.visit.state.actions.values()
    assert (action.action, action.owner) == ("Put the number on the website", "Manager")
    lead.choose(page.export, path)
    book = openpyxl.load_workbook(path)
    book["Action plan"]["E2"] = "Deputy manager"
    book["Action plan"]["J2"] = "Done last week"
    book.save(path)
    before = lead.app.visit._store.digest()
    lead.choose(page.bring, path)
    assert {row.title for row in page.came_back.list.told.rows} >= {f"Standard {action.standard}: owner"}
    assert lead.app.visit._store.digest() == before, "a preview changes nothing"
    lead.press(page.came_back.take)
    (action,) = lead.app.visit.state.actions.values()
    assert (action.owner, action.progress) == ("Deputy manager", "Done last week")


def take_everything(other: Hands, path: Path) -> None:
    """The reviewer holds the whole visit too, reads what was agreed, and does not change it."""
    page = cast(BringTogetherPage, other.turn_to("bring_together"))
    other.choose(page.drop.button, path)
    other.press(page.join_button)
    other.app.settle()
    meeting = cast(AgreePage, other.turn_to("agree"))
    agreed = dict(other.app.visit.state.agreed)
    assert agreed and meeting.detail.decision.only_lead.isVisible()
    other.type("a")
    assert other.app.visit.state.agreed == agreed
