"""The lead before the day: the visit, what the team sent, the timetable, the pack."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import openpyxl
from PySide6.QtCore import Qt

from tests.ui.whole_visit.day import CTRL, Hands, seen
from ui.pages.overview.page import OverviewPage
from ui.pages.start.new_visit import NewVisit
from ui.pages.start.page import StartPage
from ui.widgets import Button


def make_the_visit(lead: Hands) -> None:
    page = cast(StartPage, lead.app.page)
    lead.press(page.new)
    form = cast(NewVisit, page.views["new"])
    assert lead.keyboard() is form.service
    lead.type("Harbour Crisis Team")
    lead.key(Qt.Key.Key_Tab)
    lead.type("Example Trust")
    while len(form.team.people) > 2:
        lead.press(form.team.people[-1].remove)
    lead.write(form.team.people[1].name, "Reviewer two")
    lead.press(form.make)
    visit = lead.app.visit
    assert (visit.state.info.service, visit.me, list(visit.state.people)) == ("Harbour Crisis Team", "L1", ["L1", "R2"])
    assert lead.app.page.TITLE == "Overview"


def sheet_button(page: OverviewPage, word: str, kind: str) -> Button:
    return next(b for b in page.intake.findChildren(Button) if b.property("sheet") == kind and word in b.text())


def take_in_what_the_team_sent(lead: Hands, folder: Path) -> None:
    """The team fills in the empty sheets in the office program it has; a wrong word is refused, then mended."""
    page = cast(OverviewPage, lead.turn_to("overview"))
    claims, surveys = folder / "self-review.xlsx", folder / "surveys.xlsx"
    for path, kind in ((claims, "self_review"), (surveys, "survey")):
        lead.choose(sheet_button(page, "Blank form", kind), path)
        assert path.name in lead.told()
    claim(claims, "Partly")
    lead.choose(sheet_button(page, "Import", "self_review"), claims)
    assert "cell E2: 'Partly' is not a rating" in seen(page.intake)
    assert not lead.app.visit.state.self_review
    claim(claims, "Met")
    lead.choose(sheet_button(page, "Import", "self_review"), claims)
    answer(surveys)
    lead.choose(sheet_button(page, "Import", "survey"), surveys)
    assert "44 of 44 standards rated by the team" in seen(page.intake)
    assert "12 patients" in seen(page.intake)
    assert "is not a rating" not in seen(page.intake)


def claim(path: Path, first: str) -> None:
    """The team's own rating of every standard."""
    book = openpyxl.load_workbook(path)
    sheet = book["Self-review"]
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 5).value = "Met"
    sheet.cell(2, 5).value = first
    sheet.cell(2, 6).value = "See our leaflet"
    book.save(path)


def answer(path: Path) -> None:
    """Twelve questionnaires of patients; nine of them say yes to the first question."""
    book = openpyxl.load_workbook(path)
    sheet = book["Answers"]
    for row in range(2, 14):
        sheet.cell(row, 2).value = "patient"
        sheet.cell(row, 3).value = "Yes" if row < 11 else "No"
    book.save(path)


def plan_the_day(lead: Hands) -> None:
    page = cast(OverviewPage, lead.app.page)
    lead.press(page.day.add_button)
    assert lead.keyboard() is page.day.editor.title
    lead.key(Qt.Key.Key_A, held=CTRL)
    lead.type("Patients by phone")
    lead.key(Qt.Key.Key_Return)
    lead.press(page.day.editor._toggles["R2"])
    lead.press(page.day.editor.done)
    (slot,) = lead.app.visit.state.slots.values()
    assert (slot.title, slot.who) == ("Patients by phone", ("R2",))
    lead.press(page.asks.show_button)
    lead.press_row(page.asks.table, page.asks.model.index(0, 2))
    assert lead.app.visit.state.asks["P01"].who == ("R2",)


def write_the_pack(lead: Hands, path: Path) -> str:
    page = cast(OverviewPage, lead.app.page)
    lead.choose(page.pack.write, path)
    words = page.pack.panel.words.text()
    assert len(words.split()) == 6 and page.pack.panel.words.isVisible()
    page.pack.panel.away.click()  # it stands in a dialog of its own
    assert not page.pack.panel.words.isVisible()
    return words
