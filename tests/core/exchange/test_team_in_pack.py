"""Who a visit pack offers: those who are on the team now, by the names they have now, whatever laptop said it first."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.exchange.pack import PackEntries
from reviewapp.exchange.visit_pack import PackContents, describe, open_visit_pack
from reviewapp.visit.statements import Person, Rating
from reviewapp.workspace.laptop import Laptop
from tests.core.homes import PASSPHRASE, PHRASE, Team
from tests.core.workspace.support import exchange


def offered(team: Team) -> PackContents:
    """What a pack written now offers; the order of the entries in it makes no difference."""
    team.visit("L1").write_visit_pack(team.pack, PHRASE)
    _identity, contents = open_visit_pack(team.pack, PHRASE)
    found = describe(contents)
    assert describe(PackEntries(contents.manifest, contents.entries[::-1])) == found
    return found


def test_somebody_taken_off_the_team_is_not_offered_and_cannot_take_the_pack(team: Team, tmp_path: Path) -> None:
    lead = team.visit("L1")
    lead.record(Person(code="R3", deleted=True))
    assert set(offered(team).people) == {"L1", "R2", "R4", "O5"} and "R3" not in offered(team).names
    laptop, _code = Laptop.create(tmp_path / "late", PASSPHRASE)
    with pytest.raises(Invalid, match=r"no longer on the review team of this visit.*add R3 again") as refused:
        laptop.import_pack(team.pack, me="R3", phrase=PHRASE)
    assert refused.value.field == "as"
    assert laptop.visits() == []
    with pytest.raises(Invalid, match="choose one of: L1, O5, R2, R4"):
        laptop.import_pack(team.pack, me="R9", phrase=PHRASE)
    lead.undo()
    assert "R3" in offered(team).people
    lead.redo()
    lead.record(Person(code="R3", role="observer"))
    assert offered(team).people["R3"] == "observer"
    assert laptop.import_pack(team.pack, me="R3", phrase=PHRASE) == team.visit_id


def test_after_a_restore_the_newest_names_and_roles_are_offered(team: Team, tmp_path: Path) -> None:
    lead = team.visit("L1")
    lead.record(Person(code="R2", name="Old example name", role="clinician"))
    for number in range(3):  # each restore is a new device, whose id may sort before or after the others
        lead.backup(tmp_path / f"backup{number}")
        lead.close()
        team.laptops["L1"].restore(tmp_path / f"backup{number}", PASSPHRASE)
        lead = team.visits["L1"] = team.laptops["L1"].open_visit(team.visit_id)
        lead.record(Person(code="R2", name=f"Example name {number}", role=("carer_rep", "patient_rep")[number % 2]))
        found = offered(team)
        assert (found.names["R2"], found.people["R2"]) == (f"Example name {number}", lead.state.people["R2"].role)
    lead.record(Person(code="R2", name=None))
    assert "R2" not in offered(team).names


def test_who_is_taken_off_after_joining_keeps_what_they_recorded_and_is_told_whom_to_ask(team: Team) -> None:
    lead, reviewer = team.visit("L1"), team.visit("R3")
    reviewer.record(Rating(standard="47", value="met"))
    lead.record(Person(code="R3", deleted=True))
    exchange(team, "R3")
    with pytest.raises(Invalid, match=r"'R3' is not on this visit.*ask the lead to add R3 to the review team"):
        reviewer.record(Rating(standard="4", value="met"))
    assert reviewer.state.ratings["47/R3"].value == lead.state.ratings["47/R3"].value == "met"
    lead.record(Person(code="R3", role="clinician"))
    exchange(team, "R3")
    reviewer.record(Rating(standard="4", value="met"))
    exchange(team, "R3")
    assert lead.state.ratings["4/R3"].value == "met"
