"""A second example set, plainly made up: cells to which nothing applies, drafts, two cycles, another edition, scores.

The teams S01-S08 by the QN-CRHTT standards, of whom S01-S06 came twice; the teams F1-F7 by the invented 8-item scale.
"""

from __future__ import annotations

from msgspec.structs import replace

from reviewapp.figures.ratings import Basis
from reviewapp.instruments.editions import edition_of
from reviewapp.instruments.library import builtin
from reviewapp.national.model import Extract, Survey, SurveyAnswers, Value

RATED = next(one for one in builtin() if one.id == "qn-crhtt-4-pc")
SCORED = next(one for one in builtin() if one.id == "example-fidelity-8")
OTHER_EDITION = replace(RATED, edition="5th edition (example)", superseded_by=None)

STAFFING = tuple(s.number for s in RATED.standards if s.section == "Staffing and training")
TEAMS = tuple(f"S{n:02}" for n in range(1, 9))
DRAFTS = frozenset({"S07", "S08"})
NO_WARDS = frozenset({"S02", "S05", "S08"})
"""To these standard 36 does not apply: nobody comes to them from a ward."""
NOTHING_OF_STAFFING = "S03"
"""To this team nothing of the section Staffing applies: it has no share there, which is not 0 per cent."""

SCORES = {
    "F1": (1, 2, 3, 4, 5, 3, 2, 1),
    "F2": (5, 5, 5, 5, 5, 5, 5, 5),
    "F3": (3, 3, 3, 3, 3, 3, 3, 3),
    "F4": (2, 4, 2, 4, 2, 4, 2, 4),
    "F5": (4, 4, 4, 4, 1, 1, 1, 1),
    "F6": (3, 3, None, 2, 2, 2, 5, 5),
    "F7": (1, 1, 1, 1, 1, 1, 1, 1),
}
"""Points by item; None while an item is open, here between 2 and 4."""


def rated(cycle: str = "2026") -> list[Extract]:
    """The visits by the QN-CRHTT standards in a cycle: eight in 2026, of which two are drafts, and six in 2025."""
    return [_rated(n, team, cycle) for n, team in enumerate(TEAMS) if cycle == "2026" or n < 6]


def both_cycles() -> list[Extract]:
    """2025 and 2026."""
    return [*rated("2025"), *rated("2026")]


def of_another_edition() -> Extract:
    """A visit that such a set leaves out."""
    return replace(_rated(9, "S10", "2026"), instrument=edition_of(OTHER_EDITION))


def _rated(n: int, team: str, cycle: str) -> Extract:
    better = int(cycle == "2026")
    return Extract(
        visit=f"{cycle}{n:028x}",
        revision=1,
        team=team,
        cycle=cycle,
        month=f"{cycle}-06",
        kind="accreditation",
        status="draft" if team in DRAFTS else "final",
        instrument=edition_of(RATED),
        scope=RATED.scope,
        values={s.number: _value(n, at, team, s.number, better) for at, s in enumerate(RATED.standards)},
        surveys={"patient": Survey(respondents=12 + n, standards={"20": SurveyAnswers(yes=9, no=1 + n % 3, na=n % 2)})},
        context={"caseload": 20 + n, "open_24_7": bool(n % 2)},
        spoken={"patient": 3, "carer": n % 2},
    )


def _value(n: int, at: int, team: str, number: str, better: int) -> Value:
    basis: Basis = "peer" if team in DRAFTS else "agreed"
    if (number == "36" and team in NO_WARDS) or (number in STAFFING and team == NOTHING_OF_STAFFING):
        return Value(counts="na", basis=basis)
    if (n + at) % 11 == 0 and team in DRAFTS:
        return Value()
    met = (n * 7 + at * 3) % 10 < 6 + better
    return Value(counts="met" if met else "not_met", basis=basis)


def scored() -> list[Extract]:
    """The visits by the invented scale."""
    return [
        Extract(
            visit=f"f{n:031x}",
            revision=1,
            team=team,
            cycle="2026",
            month="2026-04",
            kind="accreditation",
            status="final",
            instrument=edition_of(SCORED),
            scope=SCORED.scope,
            values={
                item.number: Value(lowest=2, highest=4) if score is None else Value(score=score, basis="agreed")
                for item, score in zip(SCORED.standards, scores, strict=True)
            },
        )
        for n, (team, scores) in enumerate(SCORES.items())
    ]
