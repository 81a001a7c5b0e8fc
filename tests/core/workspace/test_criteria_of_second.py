"""Criteria of a visit's second instrument: found, agreed and scored like those of an only one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.figures.lens import lens, untested_by_second
from reviewapp.visit.blind import as_seen_by
from reviewapp.visit.second import second_state
from reviewapp.visit.statements import AlsoAgreedCriterion, AlsoCriterionFinding, Interview, Quote
from reviewapp.workspace.laptop import Laptop
from tests.core.homes import PASSPHRASE, TEAM, Team

FIRST, SECOND = "qn-crhtt-4-pc", "example-fidelity-8"


class _Team(Team):
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        laptop = Laptop.create(folder / "L1", PASSPHRASE)[0]
        self.clock, self.laptops = laptop.home.clock, {"L1": laptop}
        self.visit_id = laptop.new_visit(
            instrument=FIRST, also=SECOND, service="Example team", organisation="Example trust", date="2026-11-17",
            people=TEAM,
        )  # fmt: skip
        self.visits = {"L1": laptop.open_visit(self.visit_id)}
        self.pack = folder / "visit.reviewpack"


@pytest.fixture
def team(tmp_path: Path) -> Iterator[_Team]:
    team = _Team(tmp_path)
    yield team
    team.close()


def _found(letter: str, value: Any, source: str, standard: str = "1", **more: Any) -> AlsoCriterionFinding:
    return AlsoCriterionFinding(
        instrument=SECOND, standard=standard, criterion=letter, source=source, value=value, **more
    )


def test_a_score_is_a_range_until_what_matters_is_established(team: _Team) -> None:
    visit = team.visit("R2")
    before = lens(visit.state, SECOND)[0]
    assert (before.score, before.lowest, before.highest) == (None, 1, 5)
    visit.record(*(_found(x, "met", s) for x, s in (("a", "patient"), ("b", "staff"), ("c", "carer"))))
    half = lens(visit.state, SECOND)[0]
    assert (half.score, half.lowest, half.highest) == (None, 3, 5)
    visit.record(_found("d", "not_met", "document"), _found("e", "met", "staff"))
    item = lens(visit.state, SECOND)[0]
    assert (item.score, item.lowest, item.highest) == (4, 4, 4)
    items = visit.status()["also"]["figures"]["items"]
    assert items["1"]["criteria"]["d"] == "not_met" and items["1"]["derived"] == 4


def test_the_rules_of_criteria_hold_for_the_second(team: _Team) -> None:
    visit = team.visit("R2")
    for line, field in (
        (_found("z", "met", "staff"), "criterion"), (_found("a", "met", "staff"), "source"),
        (_found("a", "met", "patient", standard="151"), "standard"),
        (AlsoAgreedCriterion(instrument=SECOND, standard="1", criterion="a", value="met"), "kind"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as told:
            visit.record(line)
        assert told.value.field == field


def test_reviewers_who_differ_leave_it_open_until_the_lead_agrees(team: _Team) -> None:
    lead = team.visits["L1"]
    team.visit("R2").record(_found("a", "met", "patient"))
    lead.record(_found("a", "not_met", "patient"))
    lead.merge(team.return_of("R2"))
    assert lead.status()["also"]["figures"]["items"]["1"]["criteria"]["a"] == "not_established"
    lead.record(AlsoAgreedCriterion(instrument=SECOND, standard="1", criterion="a", value="met", reason="heard again"))
    assert lead.status()["also"]["figures"]["items"]["1"]["criteria"]["a"] == "met"
    assert "1" not in lead.status()["figures"].get("items", {})


def test_what_others_found_is_hidden_before_the_meeting(team: _Team) -> None:
    other = team.visit("R3")
    team.visit("R2").record(_found("a", "met", "patient", note="a zebra note"))
    other.merge(team.return_of("R2"))
    seen = second_state(as_seen_by(other.state, "R3"))
    assert seen is not None and seen.criteria == {}
    assert other.find("zebra") == []
    assert [hit.kind for hit in team.visit("R2").find("zebra")] == ["note"]


def test_a_finding_is_evidence_from_its_source(team: _Team) -> None:
    visit = team.visit("R2")
    visit.record(
        Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True),
        Quote(id="Q1", interview="P1", text="Kind", standards=["151"]), _found("a", "met", "patient"),
    )  # fmt: skip
    assert next(one for one in untested_by_second(visit.state) if one.standard == "1").heard == ["patient"]
    visit.record(_found("b", "met", "staff"))
    assert "1" not in {one.standard for one in untested_by_second(visit.state)}
