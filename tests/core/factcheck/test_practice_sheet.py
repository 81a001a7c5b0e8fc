"""The question on the response sheet whether good practice may be published: asked for each passage, no unless yes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.factcheck import Answers, read_answers, response_sheet
from reviewapp.factcheck.practice_rows import SHEET
from reviewapp.intake import read_intake
from reviewapp.report.proofreading.before_saving import stops
from reviewapp.spreadsheets.reader import read_sheets
from reviewapp.visit.practice import digest_of
from reviewapp.visit.practice_records import PracticeConsentRecord
from reviewapp.visit.state import TextRecord, VisitState
from reviewapp.visit.statements import PracticeConsent
from tests.core.factcheck.test_response_sheet import Sheet
from tests.core.intake.sheet_building import opened
from tests.core.plan.plan_building import visit

UNTIL = date(2026, 12, 19)
WORDS = {"47": "A named caller each evening.", "4": "=They ask before they share."}


def praised(**answered: Any) -> VisitState:
    """A visit with good practice at 4 and 47, and what the host answered about 47."""
    state = visit()
    for number, text in WORDS.items():
        key = f"practice:{number}"
        state.passages[key] = TextRecord(key=key, subject=key, text=text)
    if answered:
        about = answered.pop("about", digest_of(WORDS["47"]))
        state.practice_consents["47/host"] = PracticeConsentRecord(
            key="47/host", person="host", standard="47", about=about, **answered
        )
    return state


class Asked:
    """The workbook in the host's hands."""

    def __init__(self, state: VisitState) -> None:
        self.book = opened(response_sheet(state, UNTIL))
        self.sheet = self.book[SHEET]

    def put(self, number: str, published: str | None = None, named: str | None = None) -> Asked:
        """Answer in the row of a standard."""
        row = next(cell.row for cell in self.sheet["A"] if cell.value == number)
        self.sheet[f"C{row}"].value, self.sheet[f"D{row}"].value = published, named
        return self

    def saved(self, folder: Path) -> Path:
        """The file that comes back."""
        path = folder / "answers.xlsx"
        self.book.save(path)
        return path

    def read(self, folder: Path, state: VisitState | None = None) -> Answers:
        """What the lead's laptop reads."""
        return read_answers(read_sheets(self.saved(folder)), state or praised())


def test_nothing_is_asked_where_nothing_is_praised() -> None:
    assert SHEET not in opened(response_sheet(visit(), UNTIL)).sheetnames


def test_every_passage_is_asked_about_and_the_answers_are_empty() -> None:
    asked = Asked(praised()).sheet
    rows = [[cell.value for cell in row[:4]] for row in asked.iter_rows(min_row=2)]
    assert rows == [["4", WORDS["4"], None, None], ["47", WORDS["47"], None, None]]
    assert asked.protection.sheet
    assert [cell.coordinate for row in asked.iter_rows(min_row=2) for cell in row if not cell.protection.locked] == [
        "C2", "D2", "C3", "D3",
    ]  # fmt: skip


def test_an_untouched_sheet_is_no_yes(tmp_path: Path) -> None:
    for state in (praised(), praised(published=True, named=True), praised(published=False)):
        found = Asked(state).read(tmp_path, state)
        assert (found.lines, found.words, found.summary) == ((), (), "No answer is filled in.")
        assert {one.name: (one.treatment, one.rows) for one in found.accounts}[SHEET] == ("read", 2)


def test_yes_comes_back_with_the_words_it_is_about(tmp_path: Path) -> None:
    found = Asked(praised()).put("47", "yes", "Yes").put("4", "no").read(tmp_path)
    assert set(found.lines) == {
        PracticeConsent(standard="47", published=True, named=True, about=digest_of(WORDS["47"])),
        PracticeConsent(standard="4", published=False, named=None, about=digest_of(WORDS["4"])),
    }
    assert "Good practice may be published: 47." in found.summary
    assert "Good practice is not to be published: 4." in found.summary


def test_a_yes_is_taken_back_by_emptying_it(tmp_path: Path) -> None:
    state = praised(published=True, named=True)
    found = Asked(state).put("47").read(tmp_path, state)
    assert found.lines == (PracticeConsent(standard="47", published=None, named=None, about=digest_of(WORDS["47"])),)


def test_a_yes_to_earlier_words_is_asked_for_anew_and_never_carried_over(tmp_path: Path) -> None:
    state = praised(published=True, named=True, about="0" * 16)
    asked = Asked(state)
    assert [cell.value for cell in asked.sheet[3][2:4]] == [None, None]
    found = asked.put("47", None, "yes").read(tmp_path, state)
    assert found.lines == (PracticeConsent(standard="47", published=None, named=True, about=digest_of(WORDS["47"])),)


def test_words_that_changed_since_are_told(tmp_path: Path) -> None:
    asked, state = Asked(praised()).put("47", "yes"), praised()
    state.passages["practice:47"] = TextRecord(key="practice:47", subject="practice:47", text="Something else.")
    found = asked.read(tmp_path, state)
    assert "At 47 the words have changed since the sheet was sent" in found.summary
    assert len(found.lines) == 1


def test_what_is_neither_yes_nor_no_is_refused_by_its_cell(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="neither yes nor no") as caught:
        Asked(praised()).put("47", "if we see it first").read(tmp_path)
    assert "C3" in str(caught.value)


def test_a_row_whose_words_or_mark_were_changed_is_refused(tmp_path: Path) -> None:
    asked = Asked(praised()).put("47", "yes")
    asked.sheet["B3"].value = "Something that we like better."
    with pytest.raises(Invalid, match="not the words that were sent"):
        asked.read(tmp_path)
    moved = Asked(praised()).put("47", "yes")
    moved.sheet["E3"].value = "HG-4"
    with pytest.raises(Invalid, match="hidden mark does not match"):
        moved.read(tmp_path)


def test_words_beside_and_comments_are_told(tmp_path: Path) -> None:
    asked = Asked(praised()).put("47", "yes")
    asked.sheet["J3"].value = "please show us the page first"
    found = asked.read(tmp_path)
    assert [word.text for word in found.words] == ["please show us the page first"]


def test_answers_about_the_draft_come_back_beside_it(tmp_path: Path) -> None:
    state = praised()
    sheet = Sheet(state).put("4", text="We do this")
    sheet.book[SHEET]["C2"].value = "yes"
    kinds = [line.kind() for line in sheet.read(tmp_path, state).lines]
    assert kinds == ["response", "practice_consent"]


def test_an_earlier_answer_is_told_as_overwritten(tmp_path: Path) -> None:
    state = praised(published=True)
    path = Asked(state).put("47", "no").saved(tmp_path)
    found = read_intake(path, "response", state.instrument, state)
    assert found.earlier.overwritten == ("publishing the practice of standard 47: yes → no",)
    untouched = read_intake(Asked(state).saved(tmp_path), "response", state.instrument, state)
    assert (untouched.earlier.overwritten, untouched.earlier.left) == ((), ())


def test_every_heading_is_told_with_what_it_was_taken_for(tmp_path: Path) -> None:
    state = praised()
    found = read_intake(Asked(state).saved(tmp_path), "response", state.instrument, state)
    told = [(one.heading, one.meaning) for one in found.headings if one.sheet == SHEET]
    assert told == [
        ("Standard", "the standard"),
        ("What the draft says is good here", "not read"),
        ("May the network publish this?", "whether good practice may be published"),
        ("With your team's name?", "whether with the team's name"),
    ]


def test_an_identifier_in_praise_stops_the_sheet() -> None:
    state = praised()
    words = "Her NHS number, 943 476 5919, was never asked for twice."
    state.passages["practice:47"] = TextRecord(key="practice:47", subject="practice:47", text=words)
    assert [one.rule for one in stops(state, "response-sheet")] == ["nhs_number"]
