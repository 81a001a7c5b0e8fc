"""Words that a team wrote beside what it was asked, as notes of the visit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from reviewapp.instruments.lookup import standard_of
from reviewapp.spreadsheets.outside import OutsideWords
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import TeamNote


def note_of(words: OutsideWords, state: VisitState, file: str) -> TeamNote:
    """The statement that keeps these words; the same words on the same matter are the same note."""
    standard = standard_of(words.standard, state.instrument) or ""
    content = json.dumps([words.text, words.by, standard, words.about])
    key = "N" + hashlib.sha256(content.encode()).hexdigest()[:12]
    return TeamNote(
        id=key, text=words.text, standard=standard, about=words.about, source=f"{file}, {words.place()}", deleted=False
    )


def unkept(words: Iterable[OutsideWords], state: VisitState) -> tuple[OutsideWords, ...]:
    """Those of the words that are not among the visit's notes yet, each once, in their order."""
    found: dict[str, OutsideWords] = {}
    for one in words:
        key = note_of(one, state, "").id
        if key not in state.team_notes:
            found.setdefault(key, one)
    return tuple(found.values())


def notes_of(words: Iterable[OutsideWords], state: VisitState, file: str) -> list[TeamNote]:
    """The statements that keep these words, without those that are kept already."""
    return [note_of(one, state, file) for one in unkept(words, state)]
