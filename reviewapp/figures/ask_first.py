"""What to ask first at a later round, and which values of the round before are carried meanwhile.

At a later round a team is asked first about what it set out to change and what nobody could establish before; of
everything else the earlier value stands until somebody asks. Pure functions over a visit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from reviewapp.figures.criteria import NOT_ESTABLISHED
from reviewapp.figures.goals import open_goals
from reviewapp.figures.rounds import RoundFigures, earlier_rounds, round_of
from reviewapp.instruments.model import Instrument, Score
from reviewapp.visit.state import VisitState


class ToAsk(msgspec.Struct, frozen=True, kw_only=True):
    """An item to ask about first at a later round: `why` is `goal`, `not_established` or `new_wording`.

    `letters`: its criteria that were not established at the round before.
    """

    standard: str
    why: str
    goals: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()


class Carried(msgspec.Struct, frozen=True, kw_only=True):
    """An item that nobody need ask about first: its value of an earlier round, and which round that was."""

    standard: str
    value: Score
    label: str


class AskFirst(msgspec.Struct, frozen=True, kw_only=True):
    """What to ask first at a later round, and which values of the round before are carried until somebody asks.

    A carried value is never a rating of this visit. `total` is what a scored visit would come to with them, None where
    an item has neither; `rated` is the number of items that this visit has rated itself.
    """

    first: tuple[ToAsk, ...]
    carried: tuple[Carried, ...]
    total: int | None
    rated: int


def ask_first(state: VisitState) -> AskFirst | None:
    """What to ask first; None at a first round, or where of those before only the total is known.

    Only what a goal that the team works at is to lift, what was never established and what now asks something else
    comes first; what this visit has rated already is neither asked first nor carried.
    """
    before = [one for one in earlier_rounds(state) if one.has_items]
    if not before:
        return None
    last, now = before[-1], round_of(state)
    goals: dict[str, list[str]] = {}
    for goal in open_goals(state):
        for number in goal.standards:
            goals.setdefault(number, []).append(goal.id)
    first, carried = [], []
    for standard in state.instrument.standards:
        number = standard.number
        if number in now.scores:
            continue
        value = last.scores.get(number)
        same = last.instrument == now.instrument and last.wording.get(number) == now.wording[number]
        if number in goals:
            letters = _open(last, number) if same else ()
            first.append(ToAsk(standard=number, why="goal", goals=tuple(goals[number]), letters=letters))
        elif not same:
            first.append(ToAsk(standard=number, why="new_wording"))
        elif value is None:
            first.append(ToAsk(standard=number, why="not_established", letters=_open(last, number)))
        if value is not None and same:
            carried.append(Carried(standard=number, value=value, label=last.label or last.day))
    return AskFirst(
        first=tuple(first), carried=tuple(carried), total=_total_with(state.instrument, now.scores, carried),
        rated=len(now.scores),
    )  # fmt: skip


def _open(last: RoundFigures, number: str) -> tuple[str, ...]:
    return tuple(letter for letter, said in last.criteria.get(number, {}).items() if said == NOT_ESTABLISHED)


def _total_with(instrument: Instrument, rated: Mapping[str, Score], carried: Sequence[Carried]) -> int | None:
    if instrument.scale.kind != "scored":
        return None
    values = {**{one.standard: one.value for one in carried}, **rated}
    if any(standard.number not in values for standard in instrument.standards):
        return None
    choices = [instrument.scale.find(value) for value in values.values()]
    return sum(choice.points for choice in choices if choice is not None)
