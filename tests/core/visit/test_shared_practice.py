"""What other teams may read, and what is shown of theirs: only what a lead opted in to, word for word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.instruments.wording import wording_of
from reviewapp.visit.statements import Example, Passage, SharedPractice, Statement
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path)
    yield made
    made.close()


def refusal(visit: OpenVisit, line: Statement) -> str:
    """The field for which a statement is refused."""
    with pytest.raises(Invalid) as raised:
        visit.record(line)
    assert raised.value.do
    return raised.value.field


def test_nothing_is_shared_unless_the_lead_says_so(team: Team) -> None:
    lead = team.visit("L1")
    lead.record(Passage(place="practice:47", text="The door is open until ten."))
    assert lead.state.shared_practice == {}
    with pytest.raises(Invalid, match="only the lead records what other teams may read"):
        team.visit("R2").record(SharedPractice(standard="47", text="The door is open until ten."))
    assert refusal(lead, SharedPractice(standard="47")) == "text"
    assert refusal(lead, SharedPractice(standard="47", text=" ")) == "text"
    assert refusal(lead, SharedPractice(standard="none such", text="x")) == "standard"


def test_what_is_shared_stays_word_for_word_when_the_passage_changes(team: Team) -> None:
    lead = team.visit("L1")
    lead.record(SharedPractice(standard="47", text="The door is open until ten.", team="a team by the sea"))
    lead.record(Passage(place="practice:47", text="Mrs Example opens the door."))
    assert lead.state.shared_practice["47"].text == "The door is open until ten."
    lead.record(SharedPractice(standard="47", text=None, team=None))
    assert not lead.state.shared_practice.get("47")


def test_an_example_is_of_another_team_and_of_the_same_question(team: Team) -> None:
    lead = team.visit("L1")
    asked = wording_of(lead.state.instrument.standard("47"))
    whole = Example(id="X1", standard="47", text="They ring back in an hour.", team="a team by the sea", asks=asked)
    assert refusal(lead, Example(id="X1", text="x")) == "standard"
    assert refusal(lead, Example(id="X1", standard="47")) == "text"
    assert refusal(lead, Example(id="X1", standard="47", text="x", source=lead.state.info.id)) == "source"
    assert refusal(lead, Example(id="X1", standard="47", text="x", asks="0123456789abcdef")) == "asks"
    lead.record(whole)
    assert lead.state.examples["X1"].team == "a team by the sea"
    lead.record(Example(id="X1", deleted=True))
    assert lead.state.examples == {}
