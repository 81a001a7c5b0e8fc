"""Lists and tables are sorted by mouse and by key, stay as they are while one works, and go back to their own order."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt

from reviewapp.visit.sorting import natural
from reviewapp.visit.statements import Action, Asks, CaseNote, Interview
from reviewapp.workspace.laptop import VisitSummary
from tests.ui.support import App, Homes, Opener, focus
from ui.pages.action_plan.page import ActionPlanPage
from ui.pages.agree.page import AgreePage
from ui.pages.case_notes.page import CaseNotesPage
from ui.pages.interviews.page import InterviewsPage
from ui.pages.standards.page import StandardsPage
from ui.pages.start.order import in_order_of
from ui.widgets.row_menu import RowMenu
from ui.widgets.sorting import in_order

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


def numbers(page: AgreePage) -> list[str]:
    return [row.standard for row in page.table.matrix.rows]


def column(page: AgreePage, kind: str) -> int:
    return next(n for n, one in enumerate(page.table.matrix.columns) if one.kind == kind)


def press_heading(page: AgreePage, kind: str) -> None:
    page.table.horizontalHeader().sectionClicked.emit(column(page, kind))


def agree(app: App) -> AgreePage:
    return cast(AgreePage, app.go("agree"))


def test_a_heading_sorts_up_then_down_then_back(program: Opener, homes: Homes) -> None:
    page = agree(program(homes.lead))
    usual = numbers(page)
    press_heading(page, "standard")
    assert numbers(page) == sorted(usual, key=natural)
    assert page.table.horizontalHeader().sortIndicatorOrder() == UP
    press_heading(page, "standard")
    assert numbers(page) == sorted(usual, key=natural, reverse=True)
    assert page.table.horizontalHeader().sortIndicatorOrder() == DOWN
    press_heading(page, "standard")
    assert numbers(page) == usual
    assert not page.table.horizontalHeader().isSortIndicatorShown()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_of_a_row_sorts_too_and_leads_back(program: Opener, homes: Homes) -> None:
    page = agree(program(homes.lead))
    usual = numbers(page)
    focus(page.table)
    for words, expected in (
        ("Sort by Standard, last first", sorted(usual, key=natural, reverse=True)),
        ("Back to the usual order", usual),
    ):
        menu = RowMenu(page.table)
        next(action for action in menu.actions() if action.text() == words).trigger()
        menu.close()
        assert numbers(page) == expected


def test_an_order_is_remembered(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = agree(app)
    press_heading(page, "team")
    kept = app.session.settings.text("sort/agree", "")
    assert kept == "team:"
    app.session.close_visit()
    app.session.open_visit(app.session.laptop.visits()[0].id)  # type: ignore[union-attr]
    assert agree(app).sort.by == "team:"


def test_a_row_stays_under_the_hand_that_changes_it(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(ActionPlanPage, app.go("action_plan"))
    for n, due in enumerate(("2027-03-01", "2027-01-01", "2027-02-01")):
        app.page.record(Action(id=f"AP-t{n}", standard="47", action="Do it", due=due, status="open"))
    page.sort.sort_by(4, falling=False)
    before = [row.id for row in page.table.plan.rows]
    mine = [row_id for row_id in before if row_id.startswith("AP-t")]
    assert mine == ["AP-t1", "AP-t2", "AP-t0"]
    app.page.record(Action(id="AP-t1", due="2027-12-01"))
    assert [row.id for row in page.table.plan.rows] == before
    page.refresh(None)
    assert [row.id for row in page.table.plan.rows if row.id in mine] == ["AP-t2", "AP-t0", "AP-t1"]


def test_what_is_empty_stands_last_in_both_directions() -> None:
    rows = ["b", "", "a"]
    assert in_order(rows, _letters) == ["a", "b", ""]
    assert in_order(rows, _letters, falling=True) == ["b", "a", ""]


def _letters(row: str) -> tuple[object, ...]:
    return (row,) if row else ()


def test_standards_are_sorted_by_a_choice_and_the_open_one_stays_open(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    usual = [page.filter.index(n, 0).data() for n in range(page.filter.rowCount())]
    page.sort_box.setCurrentIndex(page.sort_box.findData("title"))
    titles = [words.partition(" ")[2].casefold() for words in (page.filter.index(n, 0).data() for n in range(44))]
    assert titles == sorted(titles)
    assert page.detail.number == "47"
    page.sort_box.setCurrentIndex(0)
    assert [page.filter.index(n, 0).data() for n in range(page.filter.rowCount())] == usual


def test_interviews_are_sorted_by_what_is_still_needed_and_the_open_one_stays_open(
    program: Opener, homes: Homes
) -> None:
    app = program(homes.lead)
    page = cast(InterviewsPage, app.go("interviews"))
    app.page.record(Interview(id="P9", group="patient", mode="phone"))
    app.go("interviews", {"interview": "P9/L1"})
    usual = [row.rec.key for row in page.side.model.rows]
    page.side.sort_box.setCurrentIndex(page.side.sort_box.findData("needed"))
    first = page.side.model.rows[0]
    assert first.rec.key == "P9/L1" and first.said == "Ask for consent"
    assert not any(row.begins for row in page.side.model.rows)
    assert any("from R2" in row.said for row in page.side.model.rows)
    app.page.record(Interview(id="P9", consent_notes=True))
    assert page.side.model.rows[0].rec.key == "P9/L1", "it stays under the hand"
    assert page.side.list.currentIndex().row() == 0
    page.side.sort_box.setCurrentIndex(0)
    assert [row.rec.key for row in page.side.model.rows] == usual


def test_case_notes_are_sorted_and_the_cell_stays_chosen(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(CaseNotesPage, app.go("case_notes"))
    app.page.record(CaseNote(id="99"))
    page.reveal({"record": "99", "item": page.model.items[0].item})
    assert page.model.records[-1] == "99"
    page.sort_box.setCurrentIndex(page.sort_box.findData("unfinished"))
    assert page.model.records[0] == "99"
    assert page.place()["record"] == "99"
    page.sort_box.setCurrentIndex(0)
    assert page.model.records == sorted(page.model.records, key=natural)


def test_only_my_interviews_are_listed_when_asked(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(InterviewsPage, app.go("interviews"))
    app.page.record(Interview(id="P9", group="patient", mode="phone"))
    owners = {row.rec.person for row in page.side.model.rows}
    page.side.only_mine.setChecked(True)
    assert {row.rec.person for row in page.side.model.rows} == {"L1"}
    others = next((key for key, one in app.visit.state.interviews.items() if one.person != "L1"), None)
    if others is not None:
        assert "R2" in owners or len(owners) > 1
        app.go("interviews", {"interview": others})
        assert not page.side.only_mine.isChecked(), "what one is led to is shown"


def test_only_questions_that_are_mine_are_asked_when_chosen(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(InterviewsPage, app.go("interviews"))
    guide = app.visit.state.instrument.guide("patient")
    assert guide is not None
    first, second, *_rest = guide.prompts
    app.page.record(Asks(prompt=first.id, who=["L1"]), Asks(prompt=second.id, who=["R2"]))
    app.page.record(Interview(id="P9", group="patient", mode="phone", consent_notes=True))
    app.go("interviews", {"interview": "P9/L1"})
    assert {first.id, second.id} <= page.form.boxes.keys()
    page.form.filter.mine.setChecked(True)
    assert first.id in page.form.boxes and second.id not in page.form.boxes
    page.form.show_prompt(second.id)
    assert second.id in page.form.boxes, "a link to a question shows it"


def test_visits_are_listed_in_other_orders() -> None:
    def visit(service: str, date: str, changed: str) -> VisitSummary:
        return VisitSummary(service, service, "Trust", date, "L1", changed)

    visits = [visit("b", "2027-02-01", "1"), visit("a", "2027-01-01", "2")]
    assert [one.id for one in in_order_of(visits, "")] == ["b", "a"]
    for by in ("oldest", "service", "change"):
        assert [one.id for one in in_order_of(visits, by)] == ["a", "b"]
