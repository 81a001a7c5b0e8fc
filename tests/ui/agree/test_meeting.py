"""The meeting: opened and closed by the lead alone, and nobody sees another's rating before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from reviewapp.figures.agreement import Agreement, reviewer_agreement
from reviewapp.figures.matrix import matrix
from reviewapp.instruments.nouns import nouns_of
from reviewapp.visit.statements import Rating
from reviewapp.workspace import meeting
from reviewapp.workspace.laptop import Laptop
from tests.ui.agree.support import agreed, cell, numbers, open_page
from tests.ui.support import PASSPHRASE, PHRASE, Homes, Opener, take_pack_as_lead
from ui.pages.agree.forecast import agreement_in_words
from ui.pages.agree.notes import NoteCard
from ui.pages.agree.table import CELL


def test_before_anybody_came_in_it_says_so_and_shows_the_way(program: Opener, homes: Homes, tmp_path: Path) -> None:
    laptop = Laptop.create(tmp_path / "L", PASSPHRASE)[0]
    take_pack_as_lead(homes, laptop)
    app = program(tmp_path / "L")
    page = open_page(app)
    assert page.alone.isVisible()
    assert page.nothing.isVisible()
    button = page.alone.findChild(QPushButton)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert app.page.TITLE == "Combine"


def test_nobody_is_shown_anothers_rating_before_the_lead_opens_the_meeting(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app, opened=False)
    people = [c.of for c in page.table.matrix.columns if c.kind == "person"]
    assert people == ["L1"]
    assert cell(page, "151", "rated") == "4 of 4"
    page.reveal({"standard": "151"})
    assert len(page.detail.notes.findChildren(NoteCard)) == 1
    assert page.detail.blind.text() == "4 of 4 reviewers have rated this standard."
    spoken = [page.table.matrix.index(r, 0).data(CELL)[-1].text for r in range(len(numbers(page)))]
    assert "reviewers differ" not in " ".join(spoken)
    assert not page.forecast.now.isVisible() and not page.forecast.words.isVisible()
    app.keys(page.table, "m")
    assert agreed(app, page.detail.number) is None, "nothing is agreed before the meeting"
    assert "Open the meeting first" in app.window.status.message.text(), "and the key is answered"
    assert "quotes" not in page.meeting.words.text() and "including you" in page.meeting.words.text()
    app.keys(page.meeting.open, Qt.Key.Key_Space)
    assert app.visit.state.meeting_open
    assert page.table.hasFocus()
    assert not page.meeting.isVisible()
    assert numbers(page) == [r.standard for r in matrix(app.visit.state) if r.differs], "as the filter that is on says"
    assert [c.of for c in page.table.matrix.columns if c.kind == "person"] == ["L1", "R2", "R3", "R4"]
    app.settle()
    assert len([c for c in page.detail.notes.findChildren(NoteCard) if c.isVisible()]) == 4
    app.window.actions_.undo.trigger()
    assert not app.visit.state.meeting_opened and page.meeting.isVisible()


def test_a_reviewer_cannot_open_the_meeting_and_is_told_who_does(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = open_page(app)
    assert page.meeting.isVisible() and not page.meeting.open.isVisible()
    assert "lead reviewer opens the meeting" in page.meeting.words.text()
    assert not page.meeting_button.isVisible()


def test_the_lead_closes_the_meeting_and_what_is_agreed_stays(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    app.keys(page.table, "n")
    app.keys(page.meeting_button, Qt.Key.Key_Space)
    assert not app.visit.state.meeting_open
    assert page.meeting_button.text() == "Open the meeting again"
    assert agreed(app, numbers(page)[0]) == "not_met"
    assert not page.meeting.isVisible()


@pytest.fixture
def late(homes: Homes, tmp_path: Path) -> tuple[Path, Path]:
    """The lead's home with the meeting open, and a return of R3 who did not know of it and rated on a second laptop."""
    shutil.copytree(homes.lead, tmp_path / "mine")
    laptop = Laptop.open(tmp_path / "mine", PASSPHRASE)
    lead = laptop.open_visit(laptop.visits()[0].id)
    other = Laptop.create(tmp_path / "R3", PASSPHRASE)[0]
    visit = other.open_visit(other.import_pack(homes.pack, me="R3", phrase=PHRASE))
    visit.merge(homes.returns["R3"])
    visit.write_return(tmp_path / "second.review")
    lead.merge(tmp_path / "second.review")
    for one in lead.laptops.all():
        if one.code == "R3":
            lead.laptops.certify(one.device, "R3")
    meeting.open_meeting(lead)
    lead.close()
    visit.record(Rating(standard="151", value="na", note="Came in late"), Rating(standard="119", value="met"))
    visit.write_return(tmp_path / "late.review")
    visit.close()
    return tmp_path / "mine", tmp_path / "late.review"


def test_a_late_rating_is_marked_and_counts_once_the_lead_lets_it(program: Opener, late: tuple[Path, Path]) -> None:
    app = program(late[0])
    app.visit.merge(late[1])
    page = open_page(app)
    assert app.visit.state.late == {"151/R3", "119/R3"}
    assert cell(page, "151", "person", "R3").endswith("late")
    assert "2 ratings from R3 (" in page.late.label.text()
    page.reveal({"standard": "151"})
    app.settle()
    card = next(c for c in page.detail.notes.findChildren(NoteCard) if c.accept.isVisible())
    assert (card.late.text(), card.note.text()) == ("Late, not counted", "Came in late")
    app.keys(card.accept, Qt.Key.Key_Space)
    assert app.visit.state.late == {"119/R3"}
    assert cell(page, "151", "person", "R3") == "N/A"
    assert page.late.accept.text() == "Count it"
    app.window.actions_.undo.trigger()
    app.keys(page.late.accept, Qt.Key.Key_Space)
    assert app.visit.state.late == frozenset()
    assert not page.late.isVisible()
    app.window.actions_.undo.trigger()
    assert app.visit.state.late == {"151/R3", "119/R3"}, "all of them are one step"


def test_agreement_between_reviewers_is_told_with_its_numbers_and_never_of_a_person(
    program: Opener, homes: Homes
) -> None:
    app = program(homes.lead)
    page = open_page(app)
    found = reviewer_agreement(app.visit.state)
    words = page.forecast.agreement.text()
    assert f"{found.alpha:.2f}" in words and f"{found.units} standards, {found.reviewers} reviewers" in words
    assert "not how good a reviewer is" in words
    none = Agreement(alpha=None, units=0, ratings=0, reviewers=0)
    assert "too few ratings" in agreement_in_words(none, nouns_of(app.visit.state.instrument))


def test_a_late_rating_with_two_versions_is_let_in_and_said_to_wait_for_its_author(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    for number, value in enumerate(("met", "not_met")):
        laptop, _code = Laptop.create(tmp_path / f"R4-{number}", PASSPHRASE)
        other = laptop.open_visit(laptop.import_pack(homes.pack, me="R4", phrase=PHRASE))
        other.record(Rating(standard="47", value=value))
        other.write_return(tmp_path / f"{number}.review")
        other.close()
    meeting.open_meeting(app.visit)
    for number in (0, 1):
        assert app.visit.merge(tmp_path / f"{number}.review").reason is None
    assert app.visit.state.late == {"47/R4"}
    page = open_page(app, opened=False)
    app.keys(page.late.accept, Qt.Key.Key_Space)
    assert app.visit.state.late == frozenset()
    assert "47/R4 count once their author has chosen" in app.window.status.message.text()
