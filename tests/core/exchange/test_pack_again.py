"""The visit pack from a certified laptop that does not lead: what the lead said, and nothing of anybody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.exchange import visit_pack
from reviewapp.visit import statements
from reviewapp.workspace.laptop import Laptop
from reviewapp.workspace.open_visit import OpenVisit
from reviewapp.workspace.withdrawal import withdraw
from tests.core.homes import DEPUTY_WORDS, PASSPHRASE, Team

WORDS = "six other words for the pack"


def written(team: Team, code: str) -> Path:
    path = team.folder / f"again-{code}.rvpack"
    team.visits[code].write_visit_pack(path, WORDS)
    return path


def begun(team: Team, path: Path, code: str, name: str = "anew") -> OpenVisit:
    """A visit on a new laptop, from this pack."""
    laptop = Laptop.create(team.folder / name, PASSPHRASE)[0]
    laptop.import_pack(path, me=code, phrase=WORDS)
    team.laptops[name], team.visits[name] = laptop, laptop.open_visit(team.visit_id)
    return team.visits[name]


def test_a_laptop_that_is_not_certified_gives_out_no_pack(team: Team) -> None:
    reviewer = team.visit("R2")
    with pytest.raises(Invalid, match="only the lead, or a laptop that the lead confirmed"):
        written(team, "R2")
    assert not reviewer.laptops.may_write_pack and not list(team.folder.glob("again*"))
    team.visit("L1").merge(team.return_of("R2"))
    team.visit("L1").laptops.certify(reviewer.device, "R2")
    with pytest.raises(Invalid):
        written(team, "R2")  # it has not heard of it
    team.tell("L1", "R2")
    assert written(team, "R2").exists()
    team.visit("L1").laptops.set_aside(reviewer.device, None, "Stolen")
    team.tell("L1", "R2")
    with pytest.raises(Invalid):
        written(team, "R2")


def test_the_pack_of_a_certified_laptop_begins_the_same_visit_without_anybody_elses_work(team: Team) -> None:
    lead = team.visit("L1")
    lead.record(statements.Slot(id="1", start="10:00", end="11:00", title="Handover", who=["R2"]))
    team.visit("R3").record(statements.Rating(standard="4", value="met", note="Said to nobody yet"))
    team.certify("R2")
    reviewer = team.visit("R2")
    reviewer.record(statements.Rating(standard="47", value="not_met"))
    reviewer.merge(team.return_of("R3"))
    path = written(team, "R2")
    assert visit_pack.describe(visit_pack.open_visit_pack(path, WORDS)[1]).words == lead.laptops.visit_words()
    fresh = begun(team, path, "R3")
    assert fresh.state.slots["1"].title == "Handover" and fresh.state.people.keys() == lead.state.people.keys()
    assert fresh.state.instrument == lead.state.instrument
    assert fresh.state.ratings == {} and set(fresh.entries_by_device()) == {lead.device}
    assert {one.device: one.state for one in fresh.laptops.all()}[reviewer.device] == "certified"
    assert fresh.laptops.own_standing.state == "uncertified" and not fresh.is_lead


def test_who_begins_from_it_is_as_any_new_laptop_and_their_work_comes_back(team: Team) -> None:
    team.certify("R2", "R3")
    old = team.visit("R3")
    old.record(statements.Rating(standard="4", value="met"))
    team.tell("R3", "R2")
    fresh = begun(team, written(team, "R2"), "R3")
    fresh.record(statements.Rating(standard="14", value="na"))
    assert fresh.laptops.own_standing.state == "apart", "another laptop is certified as R3's"
    team.tell("R2", "anew")
    assert fresh.state.ratings["4/R3"].value == "met", "what R3 had given a colleague is back"
    lead = team.visit("L1")
    fresh.write_return(team.folder / "fresh.review")
    assert lead.merge(team.folder / "fresh.review").reason is None
    assert "14/R3" not in lead.state.ratings
    lead.laptops.certify(fresh.device, "R3")
    assert lead.state.ratings["14/R3"].value == "na" and lead.state.ratings["4/R3"].value == "met"


def test_a_laptop_of_the_visit_takes_such_a_pack_as_any_file_and_nothing_of_its_writer_is_lost(team: Team) -> None:
    team.certify("R2")
    reviewer, lead = team.visit("R2"), team.visit("L1")
    reviewer.record(statements.Rating(standard="47", value="met"))
    team.tell("R2", "L1")
    before = lead.status()["digest"]
    receipt = lead.merge(written(team, "R2"))
    assert receipt.reason is None and receipt.entries.new == 0 and not receipt.refused_parts
    assert lead.status()["digest"] == before and lead.state.ratings["47/R2"].value == "met"
    reviewer.record(statements.Rating(standard="4", value="met"))
    team.tell("R2", "L1")
    assert lead.state.ratings["4/R2"].value == "met", "its own work goes on where it was"


def test_after_a_take_over_the_pack_holds_what_both_leads_said(team: Team) -> None:
    team.name_deputy()
    team.certify("R3")
    deputy = team.visit("R2")
    team.tell("L1", "R2")
    deputy.laptops.take_over(DEPUTY_WORDS)
    deputy.record(statements.Slot(id="2", start="14:00", end="15:00", title="Meeting"))
    team.tell("R3", "R2")
    deputy.laptops.certify(team.visit("R3").device, "R3")
    team.tell("R2", "R3")
    fresh = begun(team, written(team, "R3"), "R4")
    assert fresh.laptops.leading().code == "R2" and fresh.state.slots["2"].title == "Meeting"
    assert fresh.laptops.visit_words() == deputy.laptops.visit_words()


def test_what_the_lead_took_back_is_in_no_such_pack(team: Team) -> None:
    lead = team.visit("L1")
    lead.record(
        statements.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True),
        statements.Quote(id="Q1", interview="P1", text="Never say this"),
    )
    team.certify("R2")
    withdraw(lead, "interview", "P1/L1", reason="asked for it")
    team.tell("L1", "R2")
    fresh = begun(team, written(team, "R2"), "R4")
    assert fresh.state.quotes == {} and "interview/P1/L1" in fresh.state.withdrawn
