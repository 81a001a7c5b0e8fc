"""A visit in which it has been said whose laptops are, with work of every kind on each, and after a take-over.

L1 made it and named R2 deputy; R2's laptop is certified and leads now. R3's nobody certified, and it counts. `R2b` is a
second one of R2's and `L1b` one that says it is the lead's: both stand apart. R4's was certified and is set aside from
one of its entries on. `O5` and `R3b` only listen; all know the same.
"""

from __future__ import annotations

from pathlib import Path

from reviewapp.visit import statements
from tests.core.homes import DEPUTY_WORDS, Team

AUTHORS = ("R2", "L1", "R3", "R2b", "R4", "L1b")
LISTENERS = ("O5", "R3b")
LEADS = "R2"
"""Whose marks may move the standing of another's laptop."""


def enrolled_team(folder: Path) -> Team:
    """The visit, and everybody at the same state of it."""
    team = Team(folder)
    team.name_deputy("R2")
    others = {"R2b": "R2", "L1b": "L1", "R3b": "R3"}
    for name in ("R2", "R3", "R4", "O5", *others):
        team.another_laptop(name, me=others.get(name, name))
    for name in AUTHORS:
        _morning(team, name)
    team.certify("R2", "R4")
    for name in ("R3", "R2b", "L1b"):
        team.tell(name, "L1")
    team.tell("L1", "R2", "R4")
    lead = team.visit("L1")
    lead.record(
        statements.Agreed(standard="47", value="met", reason="seen"),
        statements.Slot(id="T1", start="09:30", end="10:15", title="Meeting", who=["L1", "R2"]),
        statements.Action(id="AP1", standard="47", action="do it", due="2026-12-01", priority=1),
    )
    team.tell("L1", "R2")
    _afternoon(team, "R4")
    team.tell("R4", "L1")
    lead.laptops.set_aside(team.visit("R4").device, 8, "Example: it was lent")
    team.tell("L1", "R2")
    team.visit("R2").laptops.take_over(DEPUTY_WORDS)
    lead.record(statements.Agreed(standard="4", value="met", reason="not knowing who leads"))
    for name in ("R2", "R3", "L1", "R2b", "L1b"):
        _afternoon(team, name)
    for name in AUTHORS:
        team.tell(name, *(other for other in ("R2", "L1") if other != name))
    team.tell("L1", "R2")
    team.tell("R2", *(name for name in (*AUTHORS, *LISTENERS) if name != "R2"))
    assert len({visit._store.digest() for visit in team.visits.values()}) == 1, "all know the same"
    states = {name: team.visit("O5")._store.standings().of(team.visit(name).device).state for name in AUTHORS}
    assert states == {"R2": "lead", "L1": "certified", "R3": "uncertified", "R2b": "apart", "R4": "aside",
                      "L1b": "apart"}, states  # fmt: skip
    return team


def _morning(team: Team, name: str) -> None:
    visit = team.visit(name)
    visit.record(statements.Rating(standard="47", value="met", note=f"on {name}"))
    if name != "L1b":  # it stands apart from the first on, so that it would build on what does not count
        visit.record(
            statements.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True, people=1),
            statements.Answer(interview="P1", prompt="P01", text=f"told {name}"),
            statements.Quote(id="Q1", interview="P1", text=f"words to {name}", standards=["47"], tone="mixed"),
        )


def _afternoon(team: Team, name: str) -> None:
    visit = team.visit(name)
    visit.record(
        statements.Concern(id="IC1", text="somebody may be at risk", told="manager", at="2026-11-17T14:05:00Z"),
        statements.LocalContext(standard="54", text="not commissioned"),
        statements.Passage(place="summary", text=f"on {name}"),
    )
    if name not in ("R2b", "L1b"):
        visit.record(statements.CaseNote(id="3"), statements.Audit(case_note="3", item="A1", value="yes", note="seen"))
