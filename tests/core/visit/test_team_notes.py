"""Words that a team wrote beside what it was asked are kept once, with what they are about and where they stood."""

from __future__ import annotations

import msgspec
import pytest

from reviewapp.spreadsheets.outside import OutsideWords
from reviewapp.visit.state import TeamNoteRecord, VisitState
from reviewapp.visit.statements import TeamNote
from reviewapp.visit.team_notes import note_of, notes_of, unkept
from tests.core.visit.building import instrument, visit

STATE = visit(instrument({"4": "1", "47": "2"}))
WORDS = OutsideWords(
    sheet="Action plan", cell="D2", kind="comment", text="see the paper", by="Team", standard="47", about="AP1"
)


def keeping(*notes: TeamNote) -> VisitState:
    kept = {note.id: TeamNoteRecord(key=note.id, id=note.id) for note in notes}
    return msgspec.structs.replace(STATE, team_notes=kept)


def test_a_note_says_what_was_written_about_what_and_where() -> None:
    note = note_of(WORDS, STATE, "plan.xlsx")
    place = "plan.xlsx, sheet “Action plan”, cell D2 (comment by Team)"
    assert note == TeamNote(
        id=note.id, text="see the paper", standard="47", about="AP1", source=place, deleted=False
    )  # fmt: skip
    # Known from version to version: the same sheet brought in again makes no second note.
    assert note.id == "N9ab1c52344cc"


@pytest.mark.parametrize(
    ("standard", "meant"), [("47", "47"), ("Standard 4: a title", "4"), ("5", ""), ("4 and 47", ""), ("", "")]
)
def test_a_note_is_about_a_standard_of_the_instrument_or_about_none(standard: str, meant: str) -> None:
    assert note_of(msgspec.structs.replace(WORDS, standard=standard), STATE, "").standard == meant


def test_the_same_words_on_the_same_matter_are_the_same_note_wherever_they_stand() -> None:
    here = note_of(WORDS, STATE, "plan.xlsx").id
    for elsewhere in ({"cell": "E9"}, {"sheet": "Other"}, {"kind": "column"}, {"standard": "Standard 47"}):
        assert note_of(msgspec.structs.replace(WORDS, **elsewhere), STATE, "again.xlsx").id == here
    others = [{"text": "see it"}, {"by": ""}, {"standard": "4"}, {"about": "AP2"}, {"text": "half \ud800 a character"}]
    assert len({here, *(note_of(msgspec.structs.replace(WORDS, **one), STATE, "").id for one in others)}) == 6


def test_words_are_kept_once_in_their_order_and_not_again() -> None:
    first, second = (msgspec.structs.replace(WORDS, text=text) for text in ("first", "second"))
    twin = msgspec.structs.replace(first, cell="E9")
    assert unkept([first, second, twin], STATE) == (first, second)
    notes = notes_of([first, second, twin], STATE, "plan.xlsx")
    assert [note.text for note in notes] == ["first", "second"]
    assert all(str(note.source).startswith("plan.xlsx, sheet") for note in notes)
    assert unkept([first, second, twin], keeping(notes[0])) == (second,)
    assert notes_of([first, second], keeping(*notes), "plan.xlsx") == []
