"""Any set of extracts: ratings of any kind, blanks, drafts, several cycles, names in any script."""

from __future__ import annotations

import msgspec
from hypothesis import strategies as st

from reviewapp.instruments.editions import edition_of
from reviewapp.instruments.library import builtin
from reviewapp.instruments.model import Instrument
from reviewapp.national.model import AuditAnswers, Extract, Survey, SurveyAnswers, Value

SCORED = next(one for one in builtin() if one.id == "example-fidelity-8")
_LONG = next(one for one in builtin() if one.id == "qn-crhtt-4-pc")
RATED = msgspec.structs.replace(_LONG, standards=tuple(s for n, s in enumerate(_LONG.standards) if n % 6 in (0, 5)))
"""Some standards of every section and type: enough to count, and quickly drawn."""

_BASES = ("agreed", "peer", "derived", "self_review")
_counts = st.integers(0, 40)
_names = st.sampled_from(["patient", "carer", "Angehörige", "staff", "z", "Z", "ÿ", "\U0001f600"])
_facts = st.one_of(st.booleans(), st.integers(0, 200), st.sampled_from([0.0, -0.0, 0.5, 22.25, 1e9, -3.1]))


def _rated() -> st.SearchStrategy[Value]:
    rated = st.builds(Value, counts=st.sampled_from(["met", "not_met", "na"]), basis=st.sampled_from(_BASES))
    return st.one_of(rated, rated, st.just(Value()))


def _scored() -> st.SearchStrategy[Value]:
    scored = st.builds(Value, score=st.integers(1, 5), basis=st.sampled_from(_BASES))
    still_open = st.builds(Value, lowest=st.just(1), highest=st.integers(2, 5))
    return st.one_of(scored, scored, scored, still_open, st.just(Value(counts="na", basis="agreed")))


@st.composite
def extracts(draw: st.DrawFn, instrument: Instrument, most: int = 6) -> list[Extract]:
    """Visits of which each team has one a cycle at most."""
    whose = st.tuples(st.sampled_from([f"T{n}" for n in range(1, 8)]), st.sampled_from(["2021", "2022", "10"]))
    drawn = draw(st.lists(whose, min_size=1, max_size=most, unique=True))
    return [_extract(draw, instrument, n, team, cycle) for n, (team, cycle) in enumerate(drawn, 1)]


def _extract(draw: st.DrawFn, instrument: Instrument, n: int, team: str, cycle: str) -> Extract:
    numbers = [s.number for s in instrument.standards]
    value = _scored() if instrument.scale.kind == "scored" else _rated()
    listed = draw(st.lists(value, min_size=len(numbers), max_size=len(numbers)))
    survey = st.builds(
        Survey,
        respondents=_counts,
        standards=st.dictionaries(
            st.sampled_from(numbers), st.builds(SurveyAnswers, yes=_counts, no=_counts, na=_counts), max_size=3
        ),
    )
    audit = st.builds(AuditAnswers, yes=_counts, no=_counts, na=_counts, not_recorded=_counts)
    states = st.dictionaries(st.sampled_from(["open", "done"]), _counts, max_size=2)
    return Extract(
        visit=f"{n:032x}",
        revision=draw(st.integers(1, 3)),
        team=team,
        cycle=cycle,
        month=draw(st.sampled_from(["2021-01", "2021-11", "2022-05"])),
        kind=draw(st.sampled_from(["accreditation", "interim"])),
        status=draw(st.sampled_from(["draft", "final"])),
        instrument=edition_of(instrument),
        scope=instrument.scope,
        values=dict(zip(numbers, listed, strict=True)),
        surveys=draw(st.dictionaries(_names, survey, max_size=2)),
        audit=draw(st.dictionaries(st.sampled_from(["A1", "A2", "é"]), audit, max_size=2)),
        context=draw(st.dictionaries(st.sampled_from(["caseload", "open_24_7"]), _facts, max_size=2)),
        spoken=draw(st.dictionaries(_names, _counts, max_size=2)),
        reviewers=draw(st.dictionaries(_names, _counts, max_size=2)),
        actions=draw(st.dictionaries(st.sampled_from(["", *numbers[:3]]), states, max_size=2)),
    )
