"""What is open of criteria, and of the second set of standards, is told before the report goes out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewapp.report.proofreading import Finding, proofread
from reviewapp.visit.second import second_key
from reviewapp.visit.statements import (
    AgreedCriterion,
    AlsoAgreed,
    AlsoAgreedCriterion,
    AlsoCriterionFinding,
    AlsoRating,
    CriterionFinding,
)
from reviewapp.workspace import meeting
from reviewapp.workspace.laptop import Laptop
from tests.core.homes import PASSPHRASE, TEAM, Team

SECOND = "example-fidelity-8"
FOUND = (("a", "patient"), ("b", "staff"))


class _Team(Team):
    def __init__(self, folder: Path, first: str, also: str) -> None:
        self.folder = folder
        laptop = Laptop.create(folder / "L1", PASSPHRASE)[0]
        self.clock, self.laptops = laptop.home.clock, {"L1": laptop}
        self.visit_id = laptop.new_visit(
            instrument=first, also=also, service="Example team", organisation="Example trust", date="2026-11-17",
            people=TEAM,
        )  # fmt: skip
        self.visits = {"L1": laptop.open_visit(self.visit_id)}
        self.pack = folder / "visit.reviewpack"


@pytest.fixture
def two_sets(tmp_path: Path) -> Iterator[_Team]:
    team = _Team(tmp_path, "qn-crhtt-4-pc", SECOND)
    yield team
    team.close()


@pytest.fixture
def scored(tmp_path: Path) -> Iterator[_Team]:
    team = _Team(tmp_path, SECOND, "")
    yield team
    team.close()


def of(team: _Team, rule: str) -> list[Finding]:
    return [one for one in proofread(team.visits["L1"].state) if one.rule == rule]


def test_criteria_on_which_reviewers_differ_are_told_once_an_item_until_they_are_agreed(scored: _Team) -> None:
    for code, value in (("R2", "met"), ("R3", "not_met")):
        visit = scored.visit(code)
        visit.record(*(CriterionFinding(standard="1", criterion=x, source=s, value=value) for x, s in FOUND))  # type: ignore[arg-type]
        scored.visits["L1"].merge(scored.return_of(code))
    lead = scored.visits["L1"]
    meeting.open_meeting(lead)
    (found,) = of(scored, "criteria_differ")
    assert found.why.startswith("Item 1: reviewers differ on criteria a, b")
    assert (found.entity, found.key, found.standard) == ("agreed_criterion", "1/a", "1")
    lead.record(AgreedCriterion(standard="1", criterion="a", value="met", reason="Heard twice"))
    (left,) = of(scored, "criteria_differ")
    assert "criterion b " in left.why and left.id != found.id
    lead.record(AgreedCriterion(standard="1", criterion="b", value="met", reason="Heard twice"))
    assert of(scored, "criteria_differ") == []


def test_what_is_open_of_the_second_set_is_told_with_its_name_and_leads_to_it(two_sets: _Team) -> None:
    lead = two_sets.visits["L1"]
    for code, score in (("R2", 2), ("R3", 4)):
        visit = two_sets.visit(code)
        visit.record(AlsoRating(instrument=SECOND, standard="1", value=score))
        visit.record(AlsoCriterionFinding(instrument=SECOND, standard="2", criterion="a", source="patient",
                                          value="met" if code == "R2" else "not_met"))  # fmt: skip
        lead.merge(two_sets.return_of(code))
    meeting.open_meeting(lead)
    two_sets.visit("R2").record(AlsoRating(instrument=SECOND, standard="3", value=5))
    lead.merge(two_sets.return_of("R2"))
    title = lead.state.also.title if lead.state.also is not None else ""
    told = {one.rule: one for one in proofread(lead.state) if one.entity.startswith("also_")}
    assert told.keys() == {"disagreement", "criteria_differ", "late_rating", "unrated"}
    assert all(one.why.startswith(f"By {title}: ") for one in told.values())
    assert told["disagreement"].key == second_key(SECOND, "1") and told["disagreement"].severity == "stop"
    assert told["criteria_differ"].key == second_key(SECOND, "2/a")
    assert told["late_rating"].key == second_key(SECOND, "3/R2")
    lead.record(
        AlsoAgreed(instrument=SECOND, standard="1", value=3),
        AlsoAgreedCriterion(instrument=SECOND, standard="2", criterion="a", value="met"),
    )
    meeting.accept_late(lead, second_key(SECOND, "3/R2"))
    left = {one.rule for one in proofread(lead.state) if one.entity.startswith("also_")}
    assert left == {"unrated", "not_agreed"}
