"""Bringing laptops together by hand: real files between real homes, nothing joined unseen."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton

from reviewapp.figures.ratings import audit_differences, disagreements
from reviewapp.visit.statements import Agreed, AgreedAudit, Interview, Rating
from reviewapp.workspace import meeting
from reviewapp.workspace.laptop import Laptop
from reviewapp.workspace.withdrawal import withdraw
from tests.ui.bring_together.support import bring, fresh, join, open_page, open_visit_on, titles
from tests.ui.support import PASSPHRASE, Homes, Opener, sample_statements
from ui.pages.bring_together.page import BringTogetherPage


@pytest.fixture
def lead_alone(homes: Homes, tmp_path: Path) -> Path:
    """The lead's laptop before anybody has come in."""
    return fresh(homes, tmp_path / "lead", "L1", "L1.jsonl")


def test_the_lead_begins_with_bringing_in_and_the_others_with_giving(program: Opener, homes: Homes) -> None:
    page = cast(BringTogetherPage, program(homes.lead).go("bring_together"))
    assert page.start_focus() is page.drop.button
    other = cast(BringTogetherPage, program(homes.reviewer).go("bring_together"))
    assert other.start_focus() is other.give_button


def test_files_are_previewed_joined_and_receipted(program: Opener, homes: Homes, lead_alone: Path) -> None:
    app = program(lead_alone)
    page = open_page(app)
    before = app.visit._store.digest()
    bring(app, page, homes.returns["R2"], homes.returns["R3"])
    assert titles(page) == [
        ("Ready to add", "From the laptop of R2 (clinician)"),
        ("Ready to add", "From the laptop of R3 (clinician)"),
    ]
    assert app.visit._store.digest() == before, "a preview changes nothing"
    rated = sum(1 for line in sample_statements("R2.jsonl") if isinstance(line, Rating))
    talks = sum(1 for line in sample_statements("R2.jsonl") if isinstance(line, Interview))
    kinds = f"{rated} ratings, {talks} interviews, "
    assert f"new entries: {kinds}" in page.looked.told.rows[0].detail
    join(app, page)
    assert any(kinds in row.detail for row in page.came_list.told.rows)
    assert " ratings, " in app.window.status.message.text()
    assert page.looked.told.rows == []
    assert {row.title for row in page.came_list.told.rows} == {
        "From the laptop of R2 (clinician)", "From the laptop of R3 (clinician)",
    }  # fmt: skip
    assert "47/R3" in app.visit.state.ratings, "the open visit has read it"
    people = {row.code: re.sub(r" \d\d:\d\d$", "", row.state()[0]) for row in page.team.table.people.rows}
    assert people == {"L1": "This laptop", "R2": "Received", "R3": "Received", "R4": "Not received yet"}
    assert "Still missing: R4" in page.team.summary.text()


def test_a_file_that_is_not_ours_is_refused_with_its_reason_and_the_rest_joins(
    program: Opener, homes: Homes, lead_alone: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "holiday.review"
    bad.write_bytes(b"no file of ours")
    cut = tmp_path / "cut.review"
    cut.write_bytes(homes.returns["R3"].read_bytes()[:-200])
    app = program(lead_alone)
    page = open_page(app)
    bring(app, page, bad, cut, homes.returns["R2"])
    assert [pill for pill, _ in titles(page)] == ["Not added", "Not added", "Ready to add"]
    assert "holiday.review" in page.looked.told.rows[0].detail
    join(app, page)
    assert [pill for pill, _ in titles(page)] == ["Not added", "Not added"]
    assert "47/R2" in app.visit.state.ratings
    app.qtbot.mouseClick(page.forget_button, Qt.MouseButton.LeftButton)
    assert not page.looked.isVisible()


def test_the_same_file_again_brings_nothing_new(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    bring(app, page, homes.returns["R2"])
    assert titles(page) == [("Nothing new", "From the laptop of R2 (clinician)")]
    before = app.visit._store.digest()
    join(app, page)
    assert app.visit._store.digest() == before


def test_files_can_be_dropped(program: Opener, homes: Homes, lead_alone: Path) -> None:
    app = program(lead_alone)
    page = open_page(app)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(homes.returns["R4"]))])
    action, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.drop.dropEvent(QDropEvent(QPointF(5, 5), action, mime, button, none))
    app.settle()
    assert titles(page) == [("Ready to add", "From the laptop of R4 (patient representative)")]


def test_the_lead_closes_the_day_without_somebody_saying_why_and_can_take_it_back(
    program: Opener, homes: Homes, lead_alone: Path
) -> None:
    app = program(lead_alone)
    page = open_page(app)
    bring(app, page, homes.returns["R2"], homes.returns["R3"])
    join(app, page)
    team = page.team
    place = [row.code for row in team.table.people.rows].index("R4")
    team.table.setCurrentIndex(team.table.people.index(place, 0))
    app.keys(team.close_button, Qt.Key.Key_Space)
    assert team.field.error.isVisible(), "a reason is asked for"
    app.keys(team.reason, "The laptop was left on the train", Qt.Key.Key_Return)
    assert app.visit.state.passages["closed_without:R4"].text == "The laptop was left on the train"
    assert team.table.people.rows[place].state()[0] == "Closed without"
    assert "L1" in team.closed_words.text()
    assert page.give_button.property("everybody") is True
    app.window.actions_.undo.trigger()
    assert team.table.people.rows[place].state()[0] == "Not received yet"


def test_a_reviewer_cannot_close_the_day(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = open_page(app)
    for i in range(len(page.team.table.people.rows)):
        page.team.table.setCurrentIndex(page.team.table.people.index(i, 0))
        assert not page.team.without.isVisible()


def test_the_laptops_seen_are_told_and_who_works_on_two(program: Opener, homes: Homes, tmp_path: Path) -> None:
    visit = open_visit_on(fresh(homes, tmp_path / "second", "R2"))
    visit.record(Rating(standard="4", value="met"))
    visit.write_return(tmp_path / "second.review")
    visit.close()
    app = program(homes.lead)
    page = open_page(app)
    assert not page.laptops.twice.isVisible()
    rows = page.laptops.list.told.rows
    assert [re.findall(r"of (\w\d)", row.title) for row in rows] == [["L1"], ["R2"], ["R3"], ["R4"]]
    assert rows[0].pill == "This laptop" and "First seen" in rows[1].detail
    app.visit.merge(tmp_path / "second.review")
    assert "R2 (clinician) has worked on 2 laptops" in page.laptops.twice.text()
    assert len(page.laptops.list.told.rows) == 5


def test_what_is_still_open_is_said_and_nothing_of_ratings_before_the_meeting(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    assert page.next_words.text() == "Next is the meeting: the lead reviewer opens it on Agree."
    meeting.open_meeting(app.visit)
    many = len(disagreements(app.visit.state))
    assert f"{many} standards rated differently" in page.next_words.text()
    app.visit.record(*(Agreed(standard=s.number, value="met") for s in app.visit.state.instrument.standards))
    assert "rated differently" not in page.next_words.text()
    app.visit.record(*(AgreedAudit(case_note=d.case_note, item=d.item, value="no") for d in
                      audit_differences(app.visit.state)))  # fmt: skip
    assert page.next_words.text() == "No open points."


def test_a_visit_that_is_only_read_gives_and_takes_nothing(program: Opener, homes: Homes, tmp_path: Path) -> None:
    shutil.copytree(homes.lead, tmp_path / "busy")
    first = Laptop.open(tmp_path / "busy", PASSPHRASE)
    held = first.open_visit(first.visits()[0].id)
    app = program(tmp_path / "busy", copy=False)
    page = open_page(app)
    assert not page.give_button.isEnabled()
    assert not page.drop.isEnabled()
    held.close()


def test_a_concern_that_comes_in_is_never_passed_over(program: Opener, homes: Homes, lead_alone: Path) -> None:
    app = program(lead_alone)
    page = open_page(app)
    assert not page.urgent.isVisible()
    bring(app, page, *homes.returns.values())
    join(app, page)
    others = [one for one in app.visit.state.concerns.values() if one.person != "L1"]
    assert others and page.urgent.isVisible()
    assert all(one.person in page.urgent.label.text() for one in others)
    button = page.urgent.findChild(QPushButton)
    assert button is not None
    app.keys(button, Qt.Key.Key_Space)
    assert app.page.TITLE == "Interviews" and app.page.place() == {"concern": "all"}


def test_a_withdrawal_that_comes_in_is_told_with_what_is_left_to_do(
    program: Opener, homes: Homes, lead_alone: Path, tmp_path: Path
) -> None:
    other = open_visit_on(fresh(homes, tmp_path / "other", "R2", "R2.jsonl"))
    taken_back = next(iter(other.state.interviews))
    withdraw(other, "interview", taken_back, reason="Asked by telephone")
    other.write_return(tmp_path / "after.review")
    other.close()
    app = program(lead_alone)
    page = open_page(app)
    bring(app, page, tmp_path / "after.review")
    assert "1 withdrawal" in page.looked.told.rows[0].detail
    join(app, page)
    for words in (app.window.status.message.text(), page.came_list.told.rows[0].detail):
        assert "withdrew what they said" in words and "find and destroy" in words
