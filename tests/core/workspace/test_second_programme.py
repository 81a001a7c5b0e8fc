"""The second instrument of a visit: its context, its self-review, what comes late, and the rounds before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from reviewapp.base.errors import Invalid, NewerVersion
from reviewapp.exchange import carry_over
from reviewapp.figures.criteria import criterion_verdicts
from reviewapp.figures.series import series_of
from reviewapp.instruments.library import builtin
from reviewapp.instruments.model import Instrument
from reviewapp.plan.next_round import begin_next_round, carried_from, open_carry_over, write_carry_over
from reviewapp.report.content.build import build
from reviewapp.report.runs import plain_text
from reviewapp.report.tree import Heading
from reviewapp.visit.second import second_state
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import (
    AlsoAgreed,
    AlsoCriterionFinding,
    AlsoLocalContext,
    AlsoRound,
    AlsoSelfReview,
    Round,
)
from reviewapp.workspace import meeting
from reviewapp.workspace.laptop import Laptop
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import PASSPHRASE, PHRASE, TEAM, Team

TODAY = date(2027, 12, 1)
SCALE: Instrument = next(one for one in builtin() if one.id == "example-fidelity-8")


class TwoSets(Team):
    """A visit on the standards, and the invented scale beside them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        laptop = Laptop.create(folder / "L1", PASSPHRASE)[0]
        self.clock = laptop.home.clock
        self.laptops = {"L1": laptop}
        self.visit_id = laptop.new_visit(
            instrument="qn-crhtt-4-pc", also=SCALE.id, service="Example team", organisation="Example trust",
            date="2026-11-17", people=TEAM, begin=[Round(id="this", label="baseline", planned="2026-11-17")],
        )  # fmt: skip
        self.visits = {"L1": laptop.open_visit(self.visit_id)}
        self.pack = folder / "visit.reviewpack"


@pytest.fixture
def team(tmp_path: Path) -> Iterator[TwoSets]:
    made = TwoSets(tmp_path)
    yield made
    made.close()


def second(state: VisitState) -> VisitState:
    found = second_state(state)
    assert found is not None
    return found


def agreed(value: int, *numbers: str) -> list[AlsoAgreed]:
    return [AlsoAgreed(instrument=SCALE.id, standard=n, value=value, reason="r") for n in numbers]


def words(visit: OpenVisit) -> str:
    made = build(visit.state, visit.status(), profile="host", today=TODAY)
    return " ".join(str(part) for part in made.parts)


def test_context_and_self_review_of_the_second_are_its_own(team: TwoSets) -> None:
    lead = team.visit("L1")
    lead.record(
        AlsoLocalContext(instrument=SCALE.id, standard="5", text="Nights are bought elsewhere."),
        AlsoSelfReview(instrument=SCALE.id, standard="5", value=4, comment="We ring at night."),
    )
    judged = second(lead.state)
    assert [one.text for one in judged.local_context.values()] == ["Nights are bought elsewhere."]
    assert judged.self_review["5"].value == 4
    assert lead.state.local_context == {} and lead.state.self_review == {}
    assert lead.status()["also"]["self_review"]["score"]["rated"] == 1
    assert lead.status()["self_review"]["overall"]["met"] == 0
    told = words(lead)
    assert "Nights are bought elsewhere." in told and "We ring at night." in told
    with pytest.raises(Invalid):
        lead.record(AlsoSelfReview(instrument=SCALE.id, standard="47", value=4))
    assert [hit.entity for hit in lead.find("elsewhere")] == ["also_local_context"]


def test_a_late_finding_by_the_second_waits_for_the_lead(team: TwoSets) -> None:
    lead, reviewer = team.visit("L1"), team.visit("R2")
    meeting.open_meeting(lead)
    reviewer.record(AlsoCriterionFinding(instrument=SCALE.id, standard="1", criterion="b", source="staff", value="met"))
    team.tell("R2", "L1")
    key = f"{SCALE.id}/1/b/staff/R2"
    assert lead.state.also_late_criteria == {key} and lead.state.late_criteria == frozenset()
    assert criterion_verdicts(second(lead.state))["1"]["b"] == "not_established"
    assert lead.status()["also"]["late_criteria"] == [key]
    meeting.accept_late(lead, key)
    assert criterion_verdicts(second(lead.state))["1"]["b"] == "met"


def test_the_next_round_has_the_second_beside_the_first_and_both_series(team: TwoSets, tmp_path: Path) -> None:
    lead = team.visit("L1")
    lead.record(*agreed(2, *(one.number for one in SCALE.standards)))
    write_carry_over(lead, tmp_path / "visit.carry", PHRASE)
    carried = open_carry_over(tmp_path / "visit.carry", PHRASE)
    assert carried.also == SCALE and carried.visit.format == carry_over.WITH_SECOND
    laptop = Laptop.create(tmp_path / "other", PASSPHRASE)[0]
    later = laptop.open_visit(begin_next_round(laptop, carried, date="2027-05-18", label="6 months"))
    later.record(*agreed(3, *(one.number for one in SCALE.standards)))
    found = series_of(second(later.state))
    assert [(one.label, one.held, one.total) for one in found.rounds] == [
        ("baseline", "2026-11-17", 16),
        ("6 months", "2027-05-18", 24),
    ]
    assert {one.values for one in found.items} == {(2, 3)} and found.not_comparable == 0
    assert [one.label for one in series_of(later.state).rounds] == ["baseline", "6 months"]
    made = build(later.state, later.status(), profile="host", today=TODAY)
    heads = [(one.id, plain_text(one.runs)) for one in made.parts if isinstance(one, Heading)]
    assert ("second-rounds", "Rounds side by side") in heads and len({name for name, _ in heads}) == len(heads)
    third = laptop.open_visit(begin_next_round(laptop, carried_from(later), date="2027-11-18", label="12 months"))
    assert [one.total for one in series_of(second(third.state)).rounds] == [16, 24, None]
    later.close()
    third.close()


def test_on_other_standards_beside_the_first_what_the_second_said_does_not_come_along(
    team: TwoSets, tmp_path: Path
) -> None:
    laptop = Laptop.create(tmp_path / "other", PASSPHRASE)[0]
    carried = carried_from(team.visit("L1"))
    later = laptop.open_visit(begin_next_round(laptop, carried, date="2027-05-18", also="core-fidelity-2"))
    assert later.state.also is not None and later.state.also.id == "core-fidelity-2"
    assert later.state.also_rounds == {} and len(later.state.rounds) == 2
    later.close()


def test_a_carry_over_of_a_later_format_is_told_apart_from_a_damaged_one(
    team: TwoSets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_carry_over(team.visit("L1"), tmp_path / "visit.carry", PHRASE)
    monkeypatch.setattr(carry_over, "WITH_SECOND", 1)  # a program that knows one instrument a round
    with pytest.raises(NewerVersion):
        open_carry_over(tmp_path / "visit.carry", PHRASE)


def test_an_earlier_round_by_the_second_is_before_this_one(team: TwoSets) -> None:
    lead = team.visit("L1")
    with pytest.raises(Invalid):
        lead.record(AlsoRound(instrument=SCALE.id, id="this", label="baseline"))
    with pytest.raises(Invalid):
        lead.record(AlsoRound(instrument=SCALE.id, id="E1", label="earlier", held="2027-01-01", total=20))
    lead.record(AlsoRound(instrument=SCALE.id, id="E1", label="earlier", held="2025-01-01", total=20))
    assert [one.total for one in series_of(second(lead.state)).rounds] == [20, None]
