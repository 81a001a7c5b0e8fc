"""Which documents a review needs: every criterion that is established from them, and what is open.

So that a team is asked for its papers once, and for nothing that was looked at already.
"""

from __future__ import annotations

import msgspec

from reviewapp.figures.ask_first import ask_first
from reviewapp.figures.criteria import MET, NOT_MET, criterion_figures
from reviewapp.instruments.model import Criterion, Standard
from reviewapp.visit.state import VisitState


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """What one criterion asks of the documents; `looked_at` once a reviewer said from them that it is met or not.

    `first`: at a later round, that the item is among those to ask about first. `received`: that its document has come
    in, as the lead says, or it could not have been looked at.
    """

    standard: str
    criterion: str
    text: str
    looked_at: bool
    first: bool
    received: bool = False


def paperwork(state: VisitState) -> list[Paper]:
    """Every criterion that documents can establish, in the order of the instrument: at a later round those first."""
    asked = ask_first(state)
    first = {one.standard for one in asked.first} if asked else set[str]()
    here = {key for key, one in state.papers.items() if one.received}
    found = [
        Paper(
            standard=standard.number, criterion=one.id, text=one.text.strip(), looked_at=looked_at,
            first=standard.number in first,
            received=looked_at or f"{state.instrument.id}/{standard.number}/{one.id}" in here,
        )
        for standard in state.instrument.standards
        if standard.criteria
        for figures in [criterion_figures(state, standard.number)]
        for one in standard.criteria
        if _from_documents(standard, one)
        for looked_at in [figures[one.id].sources.get("document") in (MET, NOT_MET)]
    ]  # fmt: skip
    return sorted(found, key=lambda paper: not paper.first)


def _from_documents(standard: Standard, one: Criterion) -> bool:
    """A criterion that names no sources is established from those of its standard."""
    return "document" in (one.sources or standard.sources)
