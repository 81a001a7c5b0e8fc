"""A visit on an invented scale of 1 to 5 with everything that can be recorded, for what is printed of it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from reviewapp.instruments.library import load_toml
from reviewapp.instruments.model import ScaleValue, Score
from reviewapp.visit.state import (
    ActionRecord,
    AgreedRecord,
    PersonRecord,
    RatingRecord,
    ResponseRecord,
    SelfReviewRecord,
    TextRecord,
    VisitState,
)
from tests.core.report.building import keyed, quote, talk
from tests.core.visit.building import visit

_AS_MADE = load_toml(Path(__file__).parent / "data" / "example-scored.toml")
_NOT_APPLICABLE = ScaleValue(value="na", label="Not applicable", key="A", counts="na")
_SCALE = msgspec.structs.replace(_AS_MADE.scale, values=(*_AS_MADE.scale.values, _NOT_APPLICABLE))
INSTRUMENT = msgspec.structs.replace(_AS_MADE, scale=_SCALE)
SCORES: dict[str, Score] = {str(n): score for n, score in enumerate((1, 2, 2, 3, 4, 5, 1, 2, 4, 1, 5, 3), 1)}
"""What was agreed of the twelve items: six below the middle of the scale, four above it."""
RATED = {"L1": 1, "R2": 2}
"""Two reviewers who differ about the first."""


def everything(scores: dict[str, Score] | None = None) -> VisitState:
    """The visit with these agreed scores (`SCORES` unless others are given), and with what leads to them."""
    agreed = SCORES if scores is None else scores
    state = visit(INSTRUMENT, survey={"patient/1": (8, 4, 1)})
    return msgspec.structs.replace(
        state,
        people=keyed(PersonRecord(key="L1", role="lead"), PersonRecord(key="R2", role="clinician")),
        ratings=keyed(
            *(RatingRecord(key=f"1/{who}", person=who, standard="1", value=v, note="seen") for who, v in RATED.items())
        ),
        agreed=keyed(*(AgreedRecord(key=n, standard=n, value=v, reason=f"why {n}") for n, v in agreed.items())),
        interviews=keyed(talk("P1", "R2", "patient", quotes=True, circulation=True)),
        quotes=keyed(
            quote("Q1", "R2", "P1", "They came late", "negative", "1"),
            quote("Q2", "R2", "P1", "They are kind", "positive", "6"),
        ),
        passages=keyed(TextRecord(key="recommendation:1", subject="recommendation:1", text="Come soon")),
        self_review=keyed(*(SelfReviewRecord(key=n, standard=n, value=4, comment="we do") for n in SCORES)),
        responses=keyed(ResponseRecord(key="1", standard="1", text="We came in time", rating=1)),
        actions=keyed(
            *(
                ActionRecord(key=f"AP{n}", id=f"AP{n}", standard=n, action=f"Act on {n}", status="open")
                for n in ("1", "4", "6")
            )
        ),
    )
