"""Positive practice that was written for the report, and what the host says of having it published.

Nothing may be published unless the host said yes to exactly these words: a passage that is changed later waits for a
new answer. With the team's name only where the host said yes to that too.
"""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

from reviewapp.visit import sorting
from reviewapp.visit.practice_records import PracticeConsentRecord
from reviewapp.visit.state import VisitState
from reviewapp.visit.validators import HOST

PRACTICE = "practice:"
"""How the place of a passage begins that says what is good at a standard: `practice:47`."""

Said = Literal["yes", "no", "not_asked", "changed"]
"""What the host said of the words as they stand; `changed`: it answered about other words."""


class Practice(msgspec.Struct, frozen=True, kw_only=True):
    """One passage on positive practice, `place` being its key, and what the host said; `named`: with its name."""

    place: str
    standard: str
    text: str
    said: Said
    named: bool

    @property
    def digest(self) -> str:
        """The print of these words."""
        return digest_of(self.text)


def digest_of(text: str) -> str:
    """Print of a passage (16 hex digits), to tell later whether its words have changed."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def practice_place(standard: str) -> str:
    """The place of the passage on positive practice at a standard."""
    return f"{PRACTICE}{standard}"


def practices(state: VisitState) -> list[Practice]:
    """Every passage on positive practice that has words, by standard."""
    found = [
        practice_at(state, place.removeprefix(PRACTICE))
        for place, passage in state.passages.items()
        if place.startswith(PRACTICE) and passage.text.strip()
    ]
    return sorted((one for one in found if one is not None), key=_by_standard)


def practice_at(state: VisitState, standard: str) -> Practice | None:
    """The positive practice at a standard; None where none is written, or the instrument has no such standard."""
    passage = state.passages.get(practice_place(standard))
    known = any(one.number == standard for one in state.instrument.standards)
    if passage is None or not passage.text.strip() or not known:
        return None
    text = passage.text.strip()
    answer = state.practice_consents.get(f"{standard}/{HOST}")
    said = _said(answer, digest_of(text))
    named = said == "yes" and answer is not None and answer.named is True
    return Practice(place=practice_place(standard), standard=standard, text=text, said=said, named=named)


def _said(answer: PracticeConsentRecord | None, now: str) -> Said:
    if answer is None or answer.published is None:
        return "not_asked"
    if answer.published is False:
        return "no"
    return "yes" if answer.about == now else "changed"


def _by_standard(one: Practice) -> tuple[tuple[str | int, ...], str]:
    return sorting.natural(one.standard)
