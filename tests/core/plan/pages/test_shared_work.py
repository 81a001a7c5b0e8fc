"""What the papers of the programme say of who carries the plan, and of what lies within the team's reach."""

from __future__ import annotations

from datetime import date

import msgspec

from reviewapp.figures.status import status
from reviewapp.instruments.library import builtin
from reviewapp.plan.pages.follow_up import follow_up
from reviewapp.plan.pages.scoping import scoping
from reviewapp.report.tree import Document
from reviewapp.visit.state import ActionRecord, TextRecord, VisitState
from tests.core.visit.building import instrument, visit

DAY = date(2026, 11, 17)
SCALE = next(one for one in builtin() if one.id == "example-fidelity-8")


def told(made: Document) -> str:
    """Every word of a document."""
    return msgspec.json.encode(made).decode()


def with_actions(**owners: str) -> VisitState:
    """A plan of actions by owner."""
    actions = {
        key: ActionRecord(key=key, id=key, standard="1", action="Ring", owner=owner) for key, owner in owners.items()
    }
    return msgspec.structs.replace(visit(SCALE), actions=actions)


def test_the_minutes_say_how_many_actions_each_role_sees_to() -> None:
    made = told(follow_up(with_actions(AP1="Nurse", AP2="nurse", AP3="Team manager", AP4=""), DAY))
    assert "Who owns the actions" in made
    assert all(words in made for words in ("2 of 4", "1 of 4", "nobody named"))
    assert "Who owns the actions" not in told(follow_up(visit(SCALE), DAY))


def test_the_scoping_pack_counts_what_is_within_the_teams_reach() -> None:
    state = visit(SCALE, agreed={"1": 5, "2": 3, "5": 2})
    assert "within its reach" not in told(scoping(state, status(state), DAY))
    context = {"5/L1": TextRecord(key="5/L1", person="L1", subject="5", text="weekends are not commissioned")}
    state = msgspec.structs.replace(state, local_context=context)
    assert "for 1; 1 are within its reach" in told(scoping(state, status(state), DAY))


def test_the_scoping_pack_speaks_of_scores_only_where_there_are_any() -> None:
    rated = visit(instrument({"1": "1"}), agreed={"1": "not_met"})
    made = told(scoping(rated, status(rated), DAY))
    assert "score" not in made.casefold() and "What each standard that is not met still needs" in made
    scored = visit(SCALE)
    assert "What would raise each item's score" in told(scoping(scored, status(scored), DAY))
