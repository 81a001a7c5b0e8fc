"""A small visit on the invented scale with criteria, also reviewed against a second set: for the pictures of both.

It knows of an earlier round, so that the pictures show what moved.
"""

from __future__ import annotations

from contextlib import closing

from reviewapp.figures.rounds import round_of
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import CriterionFinding, LocalContext, Paper, Passage, Rating, Round
from reviewapp.workspace.laptop import Laptop, NewPerson
from reviewapp.workspace.meeting import open_meeting

FIRST, SECOND = "example-fidelity-8", "core-fidelity-2"
TEAM = (NewPerson("L1", "lead"), NewPerson("R2", "clinician"))


def make_scored_visit(laptop: Laptop) -> str:
    """Make the visit, with its meeting open; returns its id."""
    visit_id = laptop.new_visit(
        instrument=FIRST, also=SECOND, kind="accreditation", service="Example team (invented)",
        organisation="Example trust (invented)", date="2026-11-17", people=list(TEAM),
    )  # fmt: skip
    with closing(laptop.open_visit(visit_id)) as visit:
        visit.record(
            CriterionFinding(standard="1", criterion="a", source="patient", value="met", note="Rang in the evening"),
            CriterionFinding(standard="1", criterion="b", source="staff", value="not_met"),
            CriterionFinding(standard="1", criterion="c", source="carer", value="not_established"),
            CriterionFinding(standard="7", criterion="a", source="manager", n=25),
            CriterionFinding(standard="1", criterion="a", source="document", value="not_established"),
            Rating(standard="1", value=5),
        )
        visit.record(
            LocalContext(standard="1", text="No telephone line at night is commissioned here"),
            Paper(scale=FIRST, standard="5", criterion="a", received=True),
            Passage(place="practice:1", text="Whoever rings in the evening speaks to somebody"),
            _earlier(visit.state),
        )
        open_meeting(visit)
    return visit_id


def _earlier(state: VisitState) -> Round:
    """The baseline of the same team, half a year before."""
    now = round_of(state)
    return Round(
        id="E1", label="baseline", held="2026-05-12", visit="e1e1e1e1e1e1e1e1", instrument=now.instrument,
        edition=now.edition, digest=now.digest, wording=now.wording, scores={"1": 2, "2": 3, "7": 4}, range=[14, 34],
        ranges={"3": [1, 4]}, criteria={"1": {"a": "not_met", "b": "met"}},
    )  # fmt: skip
