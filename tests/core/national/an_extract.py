"""An extract of an invented visit, with something in every part of it."""

from __future__ import annotations

from typing import Any

import msgspec

from reviewapp.instruments.editions import Edition
from reviewapp.national.model import (
    AuditAnswers,
    Extract,
    Notice,
    Practice,
    Quote,
    Survey,
    SurveyAnswers,
    Value,
)
from reviewapp.national.network_key import NetworkKey, new_identity, public_of

EDITION = Edition("qn-crhtt-4-pc", "4th edition", "0a" * 32)


def an_extract(**changed: Any) -> Extract:
    """The extract, with some of its fields changed."""
    made = Extract(
        visit="v1",
        revision=7,
        team="T07",
        cycle="2026",
        month="2026-05",
        kind="accreditation",
        status="final",
        instrument=EDITION,
        scope="subset",
        values={
            "47": Value(counts="met", basis="agreed"),
            "12": Value(basis="derived", score=3, lowest=3, highest=3, criteria={"a": "met"}),
            "54": Value(),
        },
        surveys={"carer": Survey(respondents=14, standards={"47": SurveyAnswers(yes=9, no=4, na=1)})},
        audit={"A1": AuditAnswers(yes=6, no=3, not_recorded=1)},
        context={"caseload": 37, "open_247": True, "days": 22.5},
        spoken={"patient": 3},
        reviewers={"lead": 1, "clinician": 2},
        actions={"54": {"open": 2}, "": {"done": 1}},
        quotes=(Quote(record="quote/Q1/R2", text="They rang back.\nTwice.", group="patient", standards=("47",)),),
        practice=(Practice(record="passage/practice:1", text="A named caller each evening.", team="Example team"),),
        round="baseline",
    )
    return msgspec.structs.replace(made, **changed)


def a_notice() -> Notice:
    """A notice of words that were taken back."""
    return Notice(visit="v1", records=("quote/Q1/R2",), hidden=("quote/Q2/R2",))


def a_network(name: str = "Example network") -> tuple[NetworkKey, str]:
    """A network's key, and the secret one that opens what is sealed to it."""
    identity = new_identity()
    return NetworkKey(name=name, public_key=public_of(identity), set_id="set1", instrument=EDITION), identity
