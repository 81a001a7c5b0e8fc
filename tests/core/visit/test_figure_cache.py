"""Figures are worked out once, and never stand longer than what they rest on."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

import reviewapp.figures.status  # noqa: F401  (with this and the matrix every figure is known)
from reviewapp.base.errors import Invalid
from reviewapp.base.paths import resource
from reviewapp.figures.audit import audit_figures
from reviewapp.figures.conversations import person_labels
from reviewapp.figures.evidence import EvidenceIndex, _sources_by_standard
from reviewapp.figures.matrix import _rows
from reviewapp.figures.ratings import peer_ratings
from reviewapp.visit import statements
from reviewapp.visit.figure_cache import READS
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import AnyStatement
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import Team

_LINE = msgspec.json.Decoder(AnyStatement)
CONSTANT = {"info", "instrument", "also", "crosswalk", "lead_code", "only_here"}


class Watched:
    """Notes which fields of a visit are read."""

    def __init__(self, state: VisitState) -> None:
        self.state, self.read = state, set[str]()

    def __getattr__(self, name: str) -> Any:
        self.read.add(name)
        return getattr(self.state, name)


@pytest.fixture
def visit(team: Team) -> OpenVisit:
    return team.visit("L1")


def sample(name: str) -> list[statements.Statement]:
    text = resource("sample", name).read_text(encoding="utf-8")
    return [_LINE.decode(line) for line in text.splitlines() if line.strip()]


def assert_up_to_date(visit: OpenVisit) -> None:
    """A copy is followed by nobody, so everything is worked out anew of it."""
    copy = msgspec.structs.replace(visit.state)
    for figure in READS.keys() - {_sources_by_standard, _rows}:  # filled as somebody asks: asked for in the last line
        assert figure(visit.state) == figure(copy), figure
    assert EvidenceIndex(visit.state).all() == EvidenceIndex(copy).all()


def test_every_remembered_figure_says_what_it_reads(visit: OpenVisit) -> None:
    visit.record(*sample("prepare.jsonl"), *sample("L1.jsonl"))
    assert len(READS) > 15
    for figure, fields in READS.items():
        watched = Watched(visit.state)
        figure(watched)  # type: ignore[arg-type]
        assert watched.read <= {*fields, *CONSTANT}, figure


def test_figures_follow_every_change_and_every_undo(visit: OpenVisit) -> None:
    visit.record(*sample("prepare.jsonl"))
    assert_up_to_date(visit)
    lines = sample("L1.jsonl")
    for start in range(0, len(lines), 25):
        visit.record(*lines[start : start + 25])
        assert_up_to_date(visit)
    visit.record(statements.Meeting(open=True, held={}))
    assert_up_to_date(visit)
    interview = next(iter(visit.state.interviews.values()))
    for line in (
        statements.Rating(standard="47", value="na"),
        statements.Agreed(standard="47", value="met"),
        statements.Interview(id=interview.id, deleted=True),
        statements.Audit(case_note="77", item=visit.state.instrument.audit[0].item, value="yes"),
        statements.CaseNote(id="77", deleted=True),
        statements.Person(code="R2", role="observer"),
    ):
        visit.record(line)
        assert_up_to_date(visit)
    while visit.undo() is not None:
        assert_up_to_date(visit)


def test_what_is_refused_leaves_the_figures_as_they_were(visit: OpenVisit) -> None:
    before = peer_ratings(visit.state)
    with pytest.raises(Invalid):
        visit.record(
            statements.Rating(standard="47", value="met"), statements.Rating(standard="no such standard", value="met")
        )
    assert peer_ratings(visit.state) == before
    assert_up_to_date(visit)


def test_figures_follow_what_another_laptop_brings(team: Team) -> None:
    lead, reviewer = team.visit("L1"), team.visit("R2")
    reviewer.record(statements.Rating(standard="47", value="met"))
    assert peer_ratings(lead.state)["47"] == {}
    lead.merge(team.return_of("R2"))
    assert peer_ratings(lead.state)["47"] == {"R2": "met"}
    assert_up_to_date(lead)


def test_a_rating_makes_only_what_rests_on_ratings_anew(visit: OpenVisit) -> None:
    visit.record(*sample("L1.jsonl"))
    state = visit.state
    names, cells, ratings = person_labels(state), audit_figures(state), peer_ratings(state)
    heard = EvidenceIndex(state)._sources
    visit.record(statements.Rating(standard="47", note="seen once more"))
    assert person_labels(state) is names and audit_figures(state) is cells and EvidenceIndex(state)._sources is heard
    assert peer_ratings(state) is not ratings


def test_a_copy_of_a_state_is_worked_out_by_itself(visit: OpenVisit) -> None:
    visit.record(statements.Rating(standard="47", value="met"))
    assert peer_ratings(visit.state)["47"] == {"L1": "met"}
    assert peer_ratings(msgspec.structs.replace(visit.state, ratings={}))["47"] == {}
