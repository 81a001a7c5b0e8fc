"""A small visit on the invented scale with criteria, also reviewed against a second set: for the pictures of both."""

from __future__ import annotations

from contextlib import closing

from reviewapp.visit.statements import CriterionFinding, Rating
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
        open_meeting(visit)
    return visit_id
