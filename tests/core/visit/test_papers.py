"""Which documents are here: the lead says it of a criterion that documents establish, by either set of standards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.figures.paperwork import paperwork
from reviewapp.visit.second import second_state
from reviewapp.visit.statements import Paper
from reviewapp.workspace.laptop import Laptop
from tests.core.homes import PASSPHRASE, TEAM, Team

SECOND = "example-fidelity-8"


class _Team(Team):
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        laptop = Laptop.create(folder / "L1", PASSPHRASE)[0]
        self.clock, self.laptops = laptop.home.clock, {"L1": laptop}
        self.visit_id = laptop.new_visit(
            instrument="qn-crhtt-4-pc", also=SECOND, service="Example team", organisation="Example trust",
            date="2026-11-17", people=TEAM,
        )  # fmt: skip
        self.visits = {"L1": laptop.open_visit(self.visit_id)}
        self.pack = folder / "visit.reviewpack"


@pytest.fixture
def team(tmp_path: Path) -> Iterator[_Team]:
    team = _Team(tmp_path)
    yield team
    team.close()


def test_a_document_is_here_once_the_lead_says_so_and_everybody_hears_it(team: _Team) -> None:
    lead, other = team.visits["L1"], team.visit("R2")
    lead.record(Paper(scale=SECOND, standard="5", criterion="a", received=True))
    other.merge(team.return_of("L1"))
    for visit in (lead, other):
        second = second_state(visit.state)
        assert second is not None
        assert [(one.standard, one.criterion) for one in paperwork(second) if one.received] == [("5", "a")]
        assert not any(one.looked_at for one in paperwork(second))
    assert lead.undo_name == "document for 5 a"


def test_only_the_lead_says_it(team: _Team) -> None:
    with pytest.raises(Invalid, match="lead"):
        team.visit("R2").record(Paper(scale=SECOND, standard="5", criterion="a", received=True))


@pytest.mark.parametrize(
    ("scale", "standard", "criterion", "field"),
    [
        ("another", "5", "a", "scale"),
        (SECOND, "99", "a", "standard"),
        (SECOND, "5", "z", "criterion"),
        (SECOND, "2", "a", "criterion"),
        ("qn-crhtt-4-pc", "47", "a", "criterion"),
    ],
)
def test_what_no_document_establishes_is_refused_with_the_field(
    team: _Team, scale: str, standard: str, criterion: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        team.visits["L1"].record(Paper(scale=scale, standard=standard, criterion=criterion, received=True))
    assert refused.value.field == field
