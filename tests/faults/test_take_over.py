"""Who would lead without the right: with wrong words, without being the deputy, with a key of their own, or still."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reviewapp.store import journal, mark_values, marks, signing
from reviewapp.store.visit_store import FieldWrite
from reviewapp.visit import statements
from reviewapp.visit.entities import ASIDE, CERTIFY, DEPUTY, PROOF, TAKE_OVER
from reviewapp.workspace import take_over
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import DEPUTY_WORDS, Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    team = Team(tmp_path)
    team.name_deputy()
    team.certify("R2", "R3")
    yield team
    team.close()


def leads(team: Team, *codes: str) -> set[str]:
    found = {lead.key for code in codes if (lead := team.visit(code).state.lead()) is not None}
    return found | {team.visit(code).laptops.leading().code for code in codes}


def write(visit: OpenVisit, entity: str, key: str, value: Any) -> None:
    visit._store.write([FieldWrite(entity, key, PROOF, value, ())], person=visit.me)
    visit.reload()


def key_of(words: str, visit: OpenVisit) -> bytes:
    """The deputy's private key, for an attacker who found the paper."""
    key = take_over._opened(marks.deputies(visit._store.db), words)
    assert key is not None
    return key


@pytest.mark.parametrize("code", ["R2", "R3", "L1"])
def test_who_found_the_words_and_is_not_the_deputy_leads_nowhere(team: Team, code: str) -> None:
    """R3's laptop writes the mark by hand, with the true key, in its own or the deputy's name."""
    liar = team.visit("R3")
    seen = journal.entries_per_device(liar._store.db)
    value = mark_values.take_over(key_of(DEPUTY_WORDS, liar).hex(), liar.id, liar.device, code, 1, seen)
    write(liar, TAKE_OVER, liar.device, value)
    team.tell("R3", "L1", "R2")
    assert leads(team, "L1", "R2", "R3") == {"L1"} and not liar.is_lead


def test_who_has_no_words_leads_nowhere_with_any_key(team: Team) -> None:
    deputy = team.visit("R2")
    fresh, seen = signing.new_private_key().hex(), journal.entries_per_device(deputy._store.db)
    own = deputy._store.local("device_key")
    good = mark_values.take_over(key_of(DEPUTY_WORDS, deputy).hex(), deputy.id, deputy.device, "R2", 1, seen)
    tried: list[Any] = [
        mark_values.take_over(fresh, deputy.id, deputy.device, "R2", 1, seen),
        mark_values.take_over(own, deputy.id, deputy.device, "R2", 1, seen),
        good | {"seen": {}}, good | {"epoch": 2}, good | {"signature": "00" * 64}, good | {"by": ""},
        {key: one for key, one in good.items() if key != "signature"}, None, [],
    ]  # fmt: skip
    for value in tried:
        write(deputy, TAKE_OVER, deputy.device, value)
        assert not deputy.is_lead
    named = mark_values.DeputyMark(
        "R2", signing.public_of(bytes.fromhex(fresh)).hex(), 9, marks.deputies(deputy._store.db)[0].lock
    )
    write(deputy, DEPUTY, "visit", mark_values.name_deputy(fresh, deputy.id, named))
    write(deputy, TAKE_OVER, deputy.device, mark_values.take_over(fresh, deputy.id, deputy.device, "R2", 1, seen))
    team.tell("R2", "L1", "R3")
    assert leads(team, "L1", "R2", "R3") == {"L1"}


def test_an_old_lead_that_goes_on_as_if_nothing_were_takes_nobodys_place(team: Team) -> None:
    """Its program was changed: it never says that it knows, and speaks with the old key of authority."""
    lead, deputy = team.visit("L1"), team.visit("R2")
    old_key = lead._store.local(marks.AUTHORITY_KEY)
    deputy.laptops.take_over(DEPUTY_WORDS)
    deputy.record(statements.Agreed(standard="47", value="not_met"), statements.SelfReview(standard="4", value="met"))
    team.tell("R2", "L1")
    agreed = journal.head_ids(lead._store.db, ("agreed", "47", "value"))
    claimed = journal.head_ids(lead._store.db, ("self_review", "4", "value"))
    lead._store.write(
        [
            FieldWrite("agreed", "47", "value", "met", agreed),
            FieldWrite("person", "R3", "deleted", True, ()),
            FieldWrite("self_review", "4", "value", "not_met", claimed),
            FieldWrite(
                ASIDE, deputy.device, PROOF, mark_values.set_aside(old_key, lead.id, deputy.device, 1, "mine", 9), ()
            ),
            FieldWrite(CERTIFY, deputy.device, PROOF, mark_values.certify(old_key, lead.id, deputy.device, "", 9), ()),
        ],
        person="L1",
    )
    team.tell("L1", "R2", "R3")
    team.tell("R2", "R3")
    for code in ("R2", "R3"):
        visit = team.visit(code)
        assert visit.state.agreed["47"].value == "not_met" and "R3" in visit.state.people
        assert {one.field for one in visit.state.conflicts} == {"value"}, "what all may say stands beside"
    assert leads(team, "L1", "R2", "R3") == {"R2"} and deputy.is_lead
    assert {one.entity for one in deputy.laptops.apart()} >= {"agreed", "person"}
    assert all(check.ok for check in deputy.check_integrity() if "backup" not in check.what)


def test_words_that_ask_for_absurd_costs_are_not_tried(team: Team) -> None:
    lead = team.visit("L1")
    (named,) = marks.deputies(lead._store.db)
    from msgspec.structs import replace

    greedy = replace(named, lock=replace(named.lock, stretch=replace(named.lock.stretch, memory_kib=2**22)))
    assert take_over._opened([greedy], DEPUTY_WORDS) is None
    assert take_over._opened([replace(named, lock=replace(named.lock, sealed="no base64"))], DEPUTY_WORDS) is None
