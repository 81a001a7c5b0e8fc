"""What reviewers recorded and is not counted: of those who are observers, or not on the review team any more.

It is kept and shown with its author, and counts again as soon as they are back on the team as a reviewer.
"""

from __future__ import annotations

from collections import Counter

import msgspec

from reviewapp.base.i18n import _, plural
from reviewapp.figures.audit import audit_cells
from reviewapp.figures.ratings import effective_ratings
from reviewapp.instruments.model import Score
from reviewapp.instruments.nouns import nouns_of
from reviewapp.visit import sorting
from reviewapp.visit.figure_cache import cached_figure
from reviewapp.visit.state import PersonRecord, Role, VisitState
from reviewapp.visit.validators import COMMITTEE, HOST

TOLD = 5
"""The most standards that are told by their number."""


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """How much of the figures rests on one person; `observer` is False for somebody who is not on the team."""

    person: str
    observer: bool = False
    ratings: int = 0
    answers: int = 0

    def words(self) -> str:
        """`12 ratings and 3 case-note answers`."""
        parts = [plural("{n} rating", "{n} ratings", self.ratings)] if self.ratings else []
        if self.answers:
            parts.append(plural("{n} case-note answer", "{n} case-note answers", self.answers))
        return _(" and ").join(parts)


class RatingMoved(msgspec.Struct, frozen=True, kw_only=True):
    """A standard whose rating that counts would be another; None is unrated."""

    standard: str
    before: Score | None
    after: Score | None


class TeamChange(msgspec.Struct, frozen=True, kw_only=True):
    """What a change of the team does to the figures; `counts` tells whether this person's work counts after it."""

    recorded: Recorded
    counts: bool
    standards: list[RatingMoved]
    cells: int
    """Case-note answers that change."""

    def words(self, state: VisitState) -> str:
        """One or two sentences without the last full stop; empty if nothing that this person recorded is at stake."""
        if not self.recorded.words():
            return ""
        who, what = self.recorded.person, self.recorded.words()
        if self.counts:
            count = _("Counted again: {what} of {who}", what=what, who=who)
        else:
            count = _("Kept, but no longer counted: {what} of {who}", what=what, who=who)
        moved = [_moved(state, one) for one in self.standards[:TOLD]]
        if len(self.standards) > TOLD:
            moved.append(_("{n} more", n=len(self.standards) - TOLD))
        nouns, n = nouns_of(state.instrument), len(self.standards)
        many = plural("{standards} changes", "{standards} change", n, standards=nouns.counted(n))
        parts = [f"{many}: {', '.join(moved)}" if moved else _("No {noun} changes", noun=nouns.one)]
        if self.cells:
            parts.append(plural("{n} cell of the case notes changes", "{n} cells of the case notes change", self.cells))
        return f"{count}. {'; '.join(parts)}"


def left_out(state: VisitState) -> list[Recorded]:
    """Everybody of whom something is here that does not count, in order of their codes."""
    ratings, answers = _counts(state)
    found = []
    for code in sorting.in_order(ratings.keys() | answers.keys()):
        person = state.people.get(code)
        if person is None or not person.rates:
            found.append(
                Recorded(person=code, observer=person is not None, ratings=ratings[code], answers=answers[code])
            )
    return found


def team_change(state: VisitState, code: str, role: Role | None) -> TeamChange | None:
    """What the figures would be with this person in this role, None for off the team; None if the same."""
    now = state.people.get(code)
    counts, counted = role is not None and role != "observer", now is not None and now.rates
    if counts == counted:
        return None
    others = {key: one for key, one in state.people.items() if key != code}
    people = others if role is None else others | {code: PersonRecord(key=code, role=role)}
    then = msgspec.structs.replace(state, people=people)
    before, after = effective_ratings(state), effective_ratings(then)
    standards = [
        RatingMoved(standard=number, before=before[number].value, after=after[number].value)
        for number in sorting.in_order(before)
        if before[number].value != after[number].value
    ]
    cells_before, cells_after = audit_cells(state), audit_cells(then)
    cells = sum(cells_before.get(c) != cells_after.get(c) for c in cells_before.keys() | cells_after.keys())
    ratings, answers = _counts(state)
    recorded = Recorded(person=code, ratings=ratings[code], answers=answers[code])
    return TeamChange(recorded=recorded, counts=counts, standards=standards, cells=cells)


def _counts(state: VisitState) -> tuple[Counter[str], Counter[str]]:
    """Ratings and case-note answers with a value, by the code of their author."""
    return _ratings_by_author(state), _answers_by_author(state)


_APART = (HOST, COMMITTEE)


@cached_figure("ratings")
def _ratings_by_author(state: VisitState) -> Counter[str]:
    return Counter(one.person for one in state.ratings.values() if one.value is not None and one.person not in _APART)


@cached_figure("audit")
def _answers_by_author(state: VisitState) -> Counter[str]:
    return Counter(one.person for one in state.audit.values() if one.value is not None and one.person not in _APART)


def _moved(state: VisitState, one: RatingMoved) -> str:
    return _(
        "{standard} ({before} → {after})",
        standard=one.standard,
        before=_label(state, one.before),
        after=_label(state, one.after),
    )


def _label(state: VisitState, value: Score | None) -> str:
    found = state.instrument.scale.find(value) if value is not None else None
    return found.label if found else _("not rated or not agreed")
