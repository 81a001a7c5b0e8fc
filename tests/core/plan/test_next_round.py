"""The next visit of a team begins where the last one ended, and nothing is typed again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from reviewapp.base.errors import Invalid
from reviewapp.exchange.carry_over import CarryOver
from reviewapp.figures.series import series_of
from reviewapp.plan.next_round import begin_next_round, carried_from, open_carry_over, rounds_in, write_carry_over
from reviewapp.visit.statements import Action, Agreed, Goal, Round
from reviewapp.workspace.laptop import Laptop, NewPerson
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import PASSPHRASE, PHRASE, Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path)
    made.visit("L1").record(
        Round(id="this", label="baseline", held="2026-11-18"),
        Agreed(standard="47", value="met"),
        Agreed(standard="4", value="not_met"),
        Goal(id="G1", text="Nobody waits alone", standards=["4"], target="all", chosen_by="team"),
        Goal(id="G2", text="A candidate", standards=["47"]),
        Action(id="AP1", standard="4", action="Ring back", goal="G1", owner="team manager", progress="Begun"),
    )
    yield made
    made.close()


@pytest.fixture
def other_laptop(tmp_path: Path) -> Laptop:
    return Laptop.create(tmp_path / "other", PASSPHRASE)[0]


def carried(team: Team, tmp_path: Path) -> CarryOver:
    write_carry_over(team.visit("L1"), tmp_path / "visit.carry", PHRASE)
    return open_carry_over(tmp_path / "visit.carry", PHRASE)


def begun(laptop: Laptop, found: CarryOver, **more: Any) -> OpenVisit:
    return laptop.open_visit(begin_next_round(laptop, found, date="2027-05-18", label="6 months", **more))


def test_everything_comes_with_it_on_another_laptop(team: Team, other_laptop: Laptop, tmp_path: Path) -> None:
    visit = begun(other_laptop, carried(team, tmp_path))
    state, before = visit.state, team.visit("L1").state
    assert (state.info.service, state.info.organisation, state.info.kind) == (
        "Example team",
        "Example trust",
        "accreditation",
    )
    assert state.info.date == "2027-05-18" and state.instrument == before.instrument
    assert {code: one.role for code, one in state.people.items()} == {c: o.role for c, o in before.people.items()}
    assert visit.is_lead and list(state.goals) == ["G1"] and state.goals["G1"].chosen_by == "team"
    action = state.actions["AP1"]
    assert (action.goal, action.owner, action.action) == ("G1", "team manager", "Ring back")
    assert action.progress.endswith(", L1: Begun")
    assert (state.rounds["this"].label, state.rounds["this"].planned) == ("6 months", "2027-05-18")
    assert state.agreed == {} and state.ratings == {}
    visit.close()


def test_the_rounds_stand_side_by_side_also_two_visits_later(team: Team, other_laptop: Laptop, tmp_path: Path) -> None:
    second = begun(other_laptop, carried(team, tmp_path))
    second.record(Agreed(standard="4", value="met"), Agreed(standard="47", value="met"))
    third = other_laptop.open_visit(
        begin_next_round(other_laptop, carried_from(second), date="2027-11-18", label="12 months")
    )
    found = series_of(third.state)
    assert [(one.label, one.held) for one in found.rounds] == [
        ("baseline", "2026-11-18"),
        ("6 months", "2027-05-18"),
        ("12 months", "2027-11-18"),
    ]
    item = next(one for one in found.items if one.standard == "4")
    assert item.values == ("not_met", "met", None) and item.comparable
    assert [one.label for one in rounds_in(carried_from(third))] == ["baseline", "6 months", "12 months"]
    second.close()
    third.close()


def test_people_who_are_given_are_added_or_have_a_new_role(team: Team, other_laptop: Laptop, tmp_path: Path) -> None:
    people = [NewPerson("R9", "carer_rep"), NewPerson("R2", "observer", "Example name")]
    visit = begun(other_laptop, carried(team, tmp_path), people=people)
    assert visit.state.people["R9"].role == "carer_rep" and visit.state.people["R2"].role == "observer"
    assert len(visit.state.people) == 6
    visit.close()


@pytest.mark.parametrize("date", ["2026-11-17", "2026-11-18", "2020-01-01"])
def test_a_round_that_is_not_after_the_one_before_is_refused(
    team: Team, other_laptop: Laptop, tmp_path: Path, date: str
) -> None:
    with pytest.raises(Invalid, match="the one before it 18 November 2026"):
        begin_next_round(other_laptop, carried(team, tmp_path), date=date)
    assert other_laptop.visits() == []


@pytest.mark.parametrize("named", [{"service": "Another team"}, {"organisation": "Another trust"}])
def test_a_carry_over_of_another_team_is_refused(
    team: Team, other_laptop: Laptop, tmp_path: Path, named: dict[str, Any]
) -> None:
    with pytest.raises(Invalid, match="is of Example"):
        begin_next_round(other_laptop, carried(team, tmp_path), date="2027-05-18", **named)
    assert other_laptop.visits() == []
    same = {name: value.replace("Another", " example ").upper() for name, value in named.items()}
    begun(other_laptop, carried(team, tmp_path), **same).close()


def test_a_round_whose_label_comes_too_early_leaves_no_visit(team: Team, other_laptop: Laptop, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="a round “baseline” already"):
        begin_next_round(other_laptop, carried(team, tmp_path), date="2027-05-18", label="baseline")
    assert other_laptop.visits() == []


def test_on_other_standards_what_the_plan_named_becomes_text(team: Team, other_laptop: Laptop, tmp_path: Path) -> None:
    known = other_laptop.library.get("qn-crhtt-4-pc")
    left = tuple(one for one in known.standards if one.number != "4")
    prompts = tuple(msgspec.structs.replace(one, prompts=()) for one in known.guides)
    fewer = msgspec.structs.replace(known, id="fewer", standards=left, guides=prompts, audit=())
    other_laptop.library.add(fewer)
    visit = begun(other_laptop, carried(team, tmp_path), instrument="fewer")
    assert visit.state.actions["AP1"].action == "Ring back\n(standard 4 of the earlier standards)"
    assert visit.state.goals["G1"].why == "(earlier standards: 4)" and visit.state.goals["G1"].chosen_by == ""
    item = next(one for one in series_of(visit.state).items if one.standard == "4")
    assert not item.comparable and "not among the items at 6 months" in item.why
    visit.close()
