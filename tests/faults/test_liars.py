"""A laptop that lies: it knows the six words, joins as the lead and as R3, and does whatever our own code lets it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from reviewapp.base.files import save_file
from reviewapp.exchange import pack, returns
from reviewapp.store import journal, signing
from reviewapp.store.visit_store import FieldWrite
from reviewapp.visit import statements
from reviewapp.visit.entities import CERTIFY, PROOF, WITHDRAW
from reviewapp.workspace.conflicts import settle
from reviewapp.workspace.laptop import Laptop
from reviewapp.workspace.open_visit import OpenVisit
from reviewapp.workspace.withdrawal import withdraw
from tests.core.homes import PASSPHRASE, Team

TALK = statements.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True)
FIGURES = ("figures", "forecast", "progress", "self_review", "survey", "audit")


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    team = Team(tmp_path)
    yield team
    team.close()


@pytest.fixture
def worked(team: Team) -> Team:
    """R2 and R3 have rated and spoken to somebody, the lead has certified both and agreed a rating."""
    lead = team.visit("L1")
    for code in ("R2", "R3"):
        visit = team.visit(code)
        visit.record(statements.Rating(standard="47", value="not_met", note=f"as {code} saw it"))
        visit.record(TALK, statements.Quote(id="Q1", interview="P1", text=f"said to {code}"))
    team.certify("R2", "R3")
    lead.record(
        statements.Agreed(standard="47", value="not_met", reason="seen by both"),
        statements.SelfReview(standard="4", value="not_met"), statements.Passage(place="summary", text="As it was."),
        statements.Action(id="AP1", standard="47", action="ring back"),
    )  # fmt: skip
    return team


def overwrite(liar: OpenVisit) -> None:
    """Give every field of every record another value, knowing of all that is held, and withdraw what can be."""
    store, me = liar._store, liar.me
    said = []
    for one in list(journal.everything(store.db)):
        if one.entity not in ("visit", CERTIFY) and one.device != store.device and not one.withdrawn:
            value = {"not_met": "met", False: True, True: False}.get(one.value, one.value)
            changed = value if value != one.value else f"not {one.value}" if isinstance(one.value, str) else None
            if one.field in ("role", "group", "mode", "interview", "standard"):
                changed = None
            said.append(FieldWrite(*one.address, changed, journal.head_ids(store.db, one.address)))
    for record in ("agreed/47", "person/R2", "person/R3", "action/AP1", "interview/P1/R3", "quote/Q1/R3"):
        entity, _, key = record.partition("/")
        said.append(FieldWrite(entity, key, "deleted", True, ()))
    store.write(said, person=me)


def seen(visit: OpenVisit) -> dict[str, Any]:
    """What a person sees that must not move: every figure, every record."""
    status = json.loads(json.dumps(visit.status()))
    state = msgspec.to_builtins(visit.state)
    shown = {name: state[name] for name in ("ratings", "agreed", "people", "quotes", "interviews", "answers", "actions",
                                            "self_review", "passages", "meetings", "decisions")}  # fmt: skip
    return {name: status[name] for name in FIGURES} | shown


def test_a_laptop_that_joins_as_the_lead_and_as_r3_changes_no_figure(worked: Team) -> None:
    lead = worked.visit("L1")
    worked.visit("R2").merge(worked.return_of("L1"))
    before = seen(lead)
    for name, code in (("liar-L1", "L1"), ("liar-R3", "R3")):
        liar = worked.another_laptop(name, me=code)
        liar.merge(worked.return_of("R2"))
        overwrite(liar)
        receipt = lead.merge(worked.return_of(name))
        assert receipt.reason is None and receipt.entries.refused == 0
        assert [one.code for one in receipt.apart] and all(one.device == liar.device for one in receipt.apart)
    assert seen(lead) == before and lead.state.conflicts == ()
    after = lead.merge(worked.return_of("R2"))
    assert after.reason is None and after.entries.refused == 0
    worked.visit("R3").merge(worked.return_of("L1"))
    assert seen(worked.visit("R3"))["figures"] == before["figures"]
    assert all(check.ok for check in lead.check_integrity())


@pytest.mark.parametrize("code", ["L1", "R3"])
def test_nothing_of_others_work_in_a_liars_file_is_refused(worked: Team, code: str) -> None:
    """The lead has never seen what R2 said since; the liar passes it on, with a malformed part of its own."""
    worked.visit("R2").record(statements.Rating(standard="4", value="met"))
    liar = worked.another_laptop("liar", me=code)
    liar.merge(worked.return_of("R2"))
    liar._store.write([FieldWrite("rating", f"1/{code}", "value", "excellent", ())], person=code)
    receipt = worked.visit("L1").merge(worked.return_of("liar"))
    (part,) = receipt.refused_parts
    assert part.device == liar.device and receipt.entries.refused == part.entries == 1
    assert worked.visit("L1").state.ratings["4/R2"].value == "met"


def test_a_concern_is_shown_whoevers_laptop_it_comes_from(worked: Team) -> None:
    liar, lead = worked.another_laptop("liar", me="R3"), worked.visit("L1")
    liar.record(statements.Concern(id="IC1", text="somebody is in danger", told="nobody"))
    liar.record(statements.Rating(standard="4", value="met"))
    lead.merge(worked.return_of("liar"))
    assert lead.state.concerns["IC1/R3"].text == "somebody is in danger" and "4/R3" not in lead.state.ratings
    (told,) = [one for one in lead.laptops.all() if one.device == liar.device]
    assert told.state == "apart" and told.concern
    lead.laptops.set_aside(liar.device, None, "nobody knows whose it is")
    assert lead.state.concerns["IC1/R3"].text == "somebody is in danger"


def test_the_receipt_of_a_liar_lets_nobody_purge(worked: Team) -> None:
    liar, visit = worked.another_laptop("liar", me="L1"), worked.visit("R2")
    visit.record(statements.Rating(standard="4", value="met"))
    open_work = visit.here.unreceipted()
    liar.merge(worked.return_of("R2"))
    path = worked.folder / "receipt"
    store = liar._store
    held = msgspec.structs.replace(returns.everything(store)[0], entries=0)
    private = bytes.fromhex(store.local("device_key"))
    fresh = signing.new_private_key()
    for authority in ("", signing.sign(private, held.statement()), signing.sign(fresh, held.statement())):
        proof = signing.sign(private, held.statement())
        signed = msgspec.structs.replace(held, proof=proof, authority=authority)
        save_file(path, pack.seal(returns.pack_cover("receipt", store), signed, [], store.local("identity")))
        receipt = visit.merge(path)
        assert receipt.reason is not None and "the lead's receipt" in receipt.reason
        assert visit.here.unreceipted() == open_work > 0


def _own_key(liar: OpenVisit, lead: OpenVisit) -> dict[str, Any]:
    """A certificate by a key of the liar's own."""
    return {"code": "L1", "turn": 99, "epoch": 0, "by": "00" * 32, "signature": "00" * 64}


def _true_one(liar: OpenVisit, lead: OpenVisit) -> dict[str, Any]:
    """The certificate of the lead's own laptop, copied."""
    value: dict[str, Any] = lead.history(CERTIFY, lead.device)[0].value
    return value


def test_what_a_liar_withdraws_blanks_nothing(worked: Team) -> None:
    """Neither where it is heard of first, nor where R3's words come later, nor in what the liar passes on blank.

    It hides them, until the lead sets the liar's laptop aside.
    """
    lead, names = worked.visit("L1"), ["interview/P1/R3", "quote/Q1/R3", "interview/P1/R2"]
    before = seen(lead)
    for name, code in (("liar-L1", "L1"), ("liar-R3", "R3")):
        liar = worked.another_laptop(name, me=code)
        liar.merge(worked.return_of("R3"))
        own = [one for one in names if code == "L1" or one.endswith("/R3")]
        liar._store.write([FieldWrite(WITHDRAW, one, "records", [one], ()) for one in own], person=code)
        liar.reload()
        assert lead.merge(worked.return_of(name)).reason is None
        late = worked.visit("R4")
        late.merge(worked.return_of(name))
        for visit in (liar, lead, late):
            assert not visit.state.withdrawn and "quote/Q1/R3" in visit.state.hidden
            assert "Q1/R3" not in visit.state.quotes and not any(e.withdrawn for e in visit.history("quote", "Q1/R3"))
        lead.laptops.set_aside(liar.device, None, "not a laptop of ours")
        assert seen(lead) == before and not lead.state.hidden
        late.merge(worked.return_of("L1"))
        assert late.state.quotes["Q1/R3"].text == "said to R3" and not late.state.hidden
    withdraw(lead, "quote", "Q1/R3", reason="asked by the person")
    assert "Q1/R3" not in lead.state.quotes and all(one.value is None for one in lead.history("quote", "Q1/R3"))


def test_one_laptops_withdrawal_never_blanks_what_another_of_its_code_began(team: Team) -> None:
    """Nobody knows yet whether both are R4's: each began a P1 of its own."""
    lead, one, other = team.visit("L1"), team.visit("R4"), team.another_laptop("R4b", me="R4")
    for visit, words in ((one, "said at nine"), (other, "said at ten")):
        visit.record(TALK, statements.Quote(id="Q1", interview="P1", text=words))
    withdraw(one, "interview", "P1/R4", reason="asked by the person")
    for name in ("R4", "R4b"):
        assert lead.merge(team.return_of(name)).reason is None
    assert said_in(lead, "quote", "Q1/R4") == {None, "said at ten"} and "quote/Q1/R4" in lead.state.hidden
    team.certify("R4", "R4b")
    assert said_in(lead, "quote", "Q1/R4") == {None, "said at ten"}, "also where both are known to be R4's"
    withdraw(lead, "interview", "P1/R4", reason="asked by both")
    assert said_in(lead, "quote", "Q1/R4") == {None} and not lead.state.hidden


def said_in(visit: OpenVisit, entity: str, key: str) -> set[Any]:
    """What the store holds of the texts of a record, also what is hidden."""
    return {one.value for one in journal.history(visit._store.db, entity, key) if one.field == "text"}


def test_two_people_of_one_number_are_never_counted_or_quoted_as_one_until_settled(team: Team) -> None:
    lead, one, other = team.visit("L1"), team.visit("R4"), team.another_laptop("R4b", me="R4")
    for visit, words in ((one, "said at nine"), (other, "said at ten")):
        visit.record(TALK, statements.Quote(id="Q1", interview="P1", text=words))
        visit.record(statements.Answer(interview="P1", prompt="notes", text=words))
    team.certify("R4", "R4b")
    for visit in (lead, one, other):
        visit.merge(team.return_of("R4b"))
        visit.merge(team.return_of("R4"))
        assert visit.status()["progress"]["interviews"]["patient"]["done"] == 0
        assert not visit.state.interviews and not visit.state.quotes and not visit.state.answers
        assert ("interview", "P1/R4", "group") in [(c.entity, c.key, c.field) for c in visit.state.conflicts]
        assert all(check.ok for check in visit.check_integrity())
    before = one.last_done
    settle(one, "interview", "P1/R4", "group", value="patient", reason="one person, seen twice")
    assert one.last_done is before, "undoing it would not part them again"
    assert "P1/R4" in one.state.interviews and "Q1/R4" in one.state.quotes and one.state.answers


@pytest.mark.parametrize("proof", [_own_key, _true_one])
def test_nobody_certifies_themselves(worked: Team, proof: Callable[[OpenVisit, OpenVisit], dict[str, Any]]) -> None:
    lead, liar = worked.visit("L1"), worked.another_laptop("liar", me="L1")
    value = proof(liar, lead)
    liar._store.write([FieldWrite(CERTIFY, liar.device, PROOF, value, ())], person="L1")
    liar._store.write([FieldWrite("agreed", "4", "value", "met", ())], person="L1")
    lead.merge(worked.return_of("liar"))
    assert "4" not in lead.state.agreed and lead.state.conflicts == ()
    assert {one.device: one.state for one in lead.laptops.all()}[liar.device] == "apart"


def test_one_copied_laptop_cuts_nobody_off(worked: Team) -> None:
    """R2's folder is copied as it is; both record and pass R3's work on; everybody joins, and nothing is refused."""
    worked.visit("R2").close()
    shutil.copytree(worked.folder / "R2", worked.folder / "R2copy")
    for name in ("R2", "R2copy"):
        worked.laptops[name] = Laptop.open(worked.folder / name, PASSPHRASE)
        worked.visits[name] = worked.laptops[name].open_visit(worked.visit_id)
    worked.visit("R3").record(statements.Rating(standard="4", value="met"))
    for name, value in (("R2", "met"), ("R2copy", "not_met")):
        worked.visit(name).record(statements.Rating(standard="4", value=value))
        worked.visit(name).merge(worked.return_of("R3"))
    names = ("L1", "R2", "R2copy", "R3")
    for sender in names * 2:
        worked.tell(sender, *(name for name in names if name != sender))
    lead = worked.visit("L1")
    assert lead.state.ratings["4/R3"].value == "met" and [one.key for one in lead.state.conflicts] == ["4/R2"]
    assert all(seen(worked.visit(name)) == seen(lead) for name in names)
    copies = [one for one in lead.laptops.all() if one.copied_from]
    assert [one.state for one in copies] == ["certified", "certified"]
    lead.laptops.set_aside(copies[0].device, None, "one is enough")
    assert not lead.state.conflicts and "4/R2" in lead.state.ratings
