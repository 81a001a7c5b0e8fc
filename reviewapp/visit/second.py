"""A visit as its second instrument judges it: the same people and the same meeting, other ratings.

Every figure of ratings takes a whole visit, so what the second instrument says is worked out by the same functions, of
the visit that `second_state` gives. Of the evidence nothing is in it: that is seen through the crosswalk
(`figures.lens`), and would otherwise be counted twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.visit.criterion_records import AgreedCriterionRecord, CriterionRecord
from reviewapp.visit.figure_cache import cached_figure, track
from reviewapp.visit.programme_records import RoundRecord
from reviewapp.visit.state import (
    AcceptedLateCriterionRecord,
    AcceptedLateRecord,
    AgreedRecord,
    Conflict,
    RatingRecord,
    Record,
    SelfReviewRecord,
    TextRecord,
    VisitState,
)

ALSO_KINDS: Mapping[str, str] = {
    "also_rating": "rating", "also_agreed": "agreed", "also_accept_late": "accept_late",
    "also_criterion": "criterion", "also_agreed_criterion": "agreed_criterion",
    "also_accept_late_criterion": "accept_late_criterion", "also_local_context": "local_context",
    "also_self_review": "self_review", "also_round": "round",
}  # fmt: skip
"""What is recorded of the second instrument, and what it is called when that one is looked at by itself."""
JUDGED = (
    "also_ratings", "also_agreed", "also_accepted_late", "also_late", "also_criteria", "also_agreed_criteria",
    "also_accepted_late_criteria", "also_late_criteria", "also_local_context", "also_self_review", "also_rounds",
    "rounds", "people", "meetings", "conflicts", "papers",
)  # fmt: skip
"""What the visit as the second instrument judges it rests on."""

THIS_ROUND = "this"
"""The key of the round that the visit itself is (`statements.rounds.THIS`)."""

_Plain = TypeVar("_Plain", bound=Record)


def second_key(instrument: str, key: str) -> str:
    """The key of a record of the second instrument, from the one it has when that is looked at by itself."""
    return f"{instrument}/{key}"


def plain_key(key: str) -> str:
    """`12/R2` for `core-fidelity-2/12/R2`."""
    return key.partition("/")[2]


@cached_figure(*JUDGED)
def second_state(state: VisitState) -> VisitState | None:
    """The visit with its second instrument as the only one; None where it has one instrument.

    Read-only like any state, and for the figures of ratings alone: it holds no interviews, surveys or case notes. Which
    round it is, is that of the visit; of earlier rounds it knows what they said by this instrument.
    """
    second = state.also
    if second is None:
        return None
    prefix = second_key(second.id, "")
    made = VisitState(
        info=msgspec.structs.replace(state.info, instrument=second.id),
        instrument=second,
        lead_code=state.lead_code,
        people=state.people,
        meetings=state.meetings,
        papers=state.papers,
        ratings=_plain(state.also_ratings, prefix, RatingRecord),
        agreed=_plain(state.also_agreed, prefix, AgreedRecord),
        criteria=_plain(state.also_criteria, prefix, CriterionRecord),
        agreed_criteria=_plain(state.also_agreed_criteria, prefix, AgreedCriterionRecord),
        accepted_late=_plain(state.also_accepted_late, prefix, AcceptedLateRecord),
        accepted_late_criteria=_plain(state.also_accepted_late_criteria, prefix, AcceptedLateCriterionRecord),
        local_context=_plain(state.also_local_context, prefix, TextRecord),
        self_review=_plain(state.also_self_review, prefix, SelfReviewRecord),
        rounds=_rounds(state, prefix),
        late=frozenset(plain_key(key) for key in state.also_late if key.startswith(prefix)),
        late_criteria=frozenset(plain_key(key) for key in state.also_late_criteria if key.startswith(prefix)),
        conflicts=tuple(_of_second(one) for one in state.conflicts if _is_of(one, prefix)),
    )
    track(made)
    return made


def seen_by(state: VisitState, instrument: str) -> VisitState:
    """The visit as one of its instruments judges it: the visit itself, or `second_state`. Raises Invalid."""
    second = second_state(state)
    if instrument == state.instrument.id:
        return state
    if second is None or instrument != second.instrument.id:
        known = ", ".join(one.id for one in (state.instrument, state.also) if one is not None)
        raise Invalid(
            _("{instrument} is not used in this visit", instrument=f"{instrument!r}"), field="instrument",
            do=_("use one of: {known}", known=known),
        )  # fmt: skip
    return second


def _plain(records: Mapping[str, Record], prefix: str, kind: type[_Plain]) -> dict[str, _Plain]:
    """The records of the second instrument as those of an only one."""
    names = kind.__struct_fields__
    found = {}
    for key, one in records.items():
        if key.startswith(prefix):
            said = {name: getattr(one, name) for name in names}
            found[plain_key(key)] = kind(**{**said, "key": plain_key(key)})
    return found


def _rounds(state: VisitState, prefix: str) -> dict[str, RoundRecord]:
    """Which round the visit is, and what earlier ones said by the second instrument."""
    own = {key: one for key, one in state.rounds.items() if key == THIS_ROUND}
    return own | _plain(state.also_rounds, prefix, RoundRecord)


def _is_of(conflict: Conflict, prefix: str) -> bool:
    return conflict.entity in ALSO_KINDS and conflict.key.startswith(prefix)


def _of_second(conflict: Conflict) -> Conflict:
    return msgspec.structs.replace(conflict, entity=ALSO_KINDS[conflict.entity], key=plain_key(conflict.key))
