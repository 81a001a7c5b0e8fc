"""What is typed for somebody without a laptop counts as theirs once they or the lead confirm it, and not before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.store.visit_store import FieldWrite
from reviewapp.visit import statements
from reviewapp.visit.entities import CONFIRMS, PROOF
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import Team

RATING = statements.Rating(standard="47", value="met", note="read out")


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    team = Team(tmp_path)
    team.certify("R2", "R3")
    team.visit("R2").record_for("R3", RATING)
    team.tell("R2", "L1", "R3")
    yield team
    team.close()


def rated(visit: OpenVisit) -> object:
    found = visit.state.ratings.get("47/R3")
    return found.value if found else None


def everybody(team: Team) -> list[OpenVisit]:
    return [team.visit(code) for code in ("L1", "R2", "R3")]


def test_until_it_is_confirmed_it_is_kept_passed_on_and_counted_nowhere(team: Team) -> None:
    for visit in everybody(team):
        assert rated(visit) is None and not visit.state.conflicts
        (waits,) = visit.laptops.typed_for()
        assert (waits.code, waits.typist, waits.entries) == ("R3", "R2", 2)
        assert {one.counts for one in visit.history("rating", "47/R3")} == {False}
        assert all("typed for R3" in one.why for one in visit.laptops.apart())


@pytest.mark.parametrize("confirms", ["L1", "R3"])
def test_once_confirmed_it_is_theirs_everywhere(team: Team, confirms: str) -> None:
    team.visit(confirms).laptops.confirm_typed("R3")
    team.tell(confirms, *({"L1", "R2", "R3"} - {confirms}))
    for visit in everybody(team):
        assert rated(visit) == "met" and visit.laptops.typed_for() == [] and not visit.laptops.apart()
        assert {one.person for one in visit.history("rating", "47/R3")} == {"R2"}, "who typed it stays"
        assert all(check.ok for check in visit.check_integrity() if "backup" not in check.what)


def test_what_is_typed_after_a_confirmation_waits_again(team: Team) -> None:
    team.visit("L1").laptops.confirm_typed("R3")
    team.visit("R2").record_for("R3", statements.Rating(standard="4", value="met"))
    team.tell("R2", "L1")
    assert "4/R3" not in team.visit("L1").state.ratings and len(team.visit("L1").laptops.typed_for()) == 1


def test_their_own_later_words_stand_above(team: Team) -> None:
    team.visit("L1").laptops.confirm_typed("R3")
    team.tell("L1", "R3")
    team.visit("R3").record(statements.Rating(standard="47", value="not_met"))
    team.tell("R3", "L1", "R2")
    for visit in everybody(team)[::2]:
        assert rated(visit) == "not_met" and not visit.state.conflicts


def test_what_was_typed_never_takes_the_place_of_their_own_words(team: Team) -> None:
    third = team.visit("R3")
    third.record(statements.Rating(standard="4", value="not_met"))
    team.tell("R3", "R2")
    team.visit("R2").record_for("R3", statements.Rating(standard="4", value="met"))
    team.tell("R2", "L1")
    lead = team.visit("L1")
    assert lead.state.ratings["4/R3"].value == "not_met"
    lead.laptops.confirm_typed("R3")
    (conflict,) = lead.state.conflicts
    assert {one.value for one in conflict.values} == {"met", "not_met"}


def test_nobody_else_confirms_it(team: Team) -> None:
    typist = team.visit("R2")
    with pytest.raises(Invalid, match=r"only R3 \(.*\) or the lead"):
        typist.laptops.confirm_typed("R3")
    (waits,) = typist.laptops.typed_for()
    typist._store.write([FieldWrite(CONFIRMS, f"{waits.device}/R3", PROOF, {"to": waits.to}, ())], person="R2")
    liar = team.another_laptop("liar", me="R3")
    liar._store.write([FieldWrite(CONFIRMS, f"{waits.device}/R3", PROOF, {"to": waits.to}, ())], person="R3")
    team.tell("R2", "L1", "R3")
    team.tell("liar", "L1", "R3")
    assert rated(team.visit("L1")) is None and rated(team.visit("R3")) is None and rated(typist) is None


def test_only_what_is_somebodys_own_is_typed_for_them(team: Team) -> None:
    typist, before = team.visit("R2"), team.visit("R2")._store.digest()
    for code, line in (
        ("R3", statements.SelfReview(standard="4", value="met")),
        ("R3", statements.Agreed(standard="4", value="met")),
        ("R9", RATING), ("R2", RATING), ("O5", RATING),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            typist.record_for(code, line)
    assert typist._store.digest() == before


def test_nothing_waits_for_whom_nobody_typed(team: Team) -> None:
    with pytest.raises(Invalid, match="nothing that was typed for R4"):
        team.visit("L1").laptops.confirm_typed("R4")


def test_what_a_person_withdraws_is_gone_though_somebody_else_typed_it(team: Team) -> None:
    talk = statements.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True)
    team.visit("R2").record_for("R3", talk, statements.Quote(id="Q1", interview="P1", text="he whispered it"))
    team.tell("R2", "L1", "R3")
    team.visit("L1").laptops.confirm_typed("R3")
    team.tell("L1", "R3")
    from reviewapp.workspace.withdrawal import withdraw

    assert team.visit("R3").state.quotes["Q1/R3"].text
    withdraw(team.visit("R3"), "interview", "P1/R3", reason="asked for it")
    team.tell("R3", "L1", "R2")
    for visit in everybody(team):
        assert "Q1/R3" not in visit.state.quotes
        assert "whispered" not in repr(visit.history("quote", "Q1/R3"))
