"""The same finding has the same id everywhere, and another one once its text is another."""

from __future__ import annotations

import msgspec

from reviewapp.report.proofreading import proofread
from reviewapp.visit.state import FindingAcceptedRecord, VisitState
from tests.core.report.proofreading.planted_faults import concern, email, few_people, named, no_evidence, postcode
from tests.core.report.proofreading.support import agree, found, good, write


def ids(state: VisitState) -> list[str]:
    return sorted(one.id for one in proofread(state))


def faulty() -> VisitState:
    state = good()
    for plant in (concern, no_evidence, few_people, email, named):
        plant(state)
    return state


def test_ids_do_not_depend_on_the_order_in_which_things_arrived() -> None:
    one, other = faulty(), faulty()
    for name in ("passages", "agreed", "quotes", "ratings", "survey", "answers"):
        setattr(other, name, dict(reversed(getattr(other, name).items())))
    assert ids(one) == ids(other)
    assert len(set(ids(one))) == len(ids(one)) >= 5


def test_two_visits_do_not_share_ids() -> None:
    one, other = faulty(), faulty()
    other.info = msgspec.structs.replace(other.info, id="v2")
    assert not set(ids(one)) & set(ids(other))


def test_an_acceptance_does_not_outlive_the_text_it_was_given_for() -> None:
    state = good()
    postcode(state)
    (one,) = found(state, "postcode")[:1]
    state.findings_accepted["x/L1"] = FindingAcceptedRecord(
        key="x/L1", person="L1", id=one.id, reason="It is the base."
    )
    assert found(state, "postcode")[0].accepted is not None
    write(state, "method", state.passages["method"].text + " One person lives there.")
    again = found(state, "postcode")
    assert again
    assert all(other.accepted is None and other.id != one.id for other in again)


def test_what_is_said_elsewhere_changes_no_id() -> None:
    state = faulty()
    before = set(ids(state))
    write(state, "section:Care", "People are asked what they want.")
    agree(state, "47", "met", "Seen by two of us.")
    assert before <= set(ids(state))


def test_an_id_can_be_a_key_of_the_journal() -> None:
    from reviewapp.visit import rules, statements

    state = faulty()
    for one in proofread(state):
        rules.check(statements.FindingAccepted(id=one.id, reason="Known."), state, "L1")
