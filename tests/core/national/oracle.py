"""What the questions must answer, counted from the extracts in plain Python: no table, no SQL, none of the code in use.

Each function answers the question of its name with the rows that an engine must give, in the same order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from reviewapp.instruments.model import Instrument
from reviewapp.national.model import Extract, Value
from reviewapp.store.question_tables import Row
from tests.core.national.sets import team_numbers

_COUNTS = {"not_met": 0, "met": 1, "na": 2, "unrated": 3}
_BASIS = {"": 0, "agreed": 1, "peer": 2, "derived": 3, "self_review": 4}


def answers(extracts: Sequence[Extract], instrument: Instrument) -> dict[str, list[Row]]:
    """Every question's answer."""
    asked = (visits, per_standard, per_visit, survey_answers, audit_answers, action_counts, facts, people)
    return {question.__name__: question(extracts, instrument) for question in asked}


def visits(extracts, instrument):
    teams = team_numbers(extracts)
    return [(n, teams[e.team], e.cycle, e.month, e.kind, e.status, e.revision) for n, e in enumerate(extracts, 1)]


def _code(value: Value) -> tuple[int, int]:
    """How a rating counts, and its points or -1."""
    if value.score is not None and value.counts != "na":
        return 4, value.score
    return _COUNTS[value.counts], -1


def per_standard(extracts, instrument):
    found: Counter[Row] = Counter()
    for e in extracts:
        for n, standard in enumerate(instrument.standards):
            value = e.values.get(standard.number, Value())
            code, score = _code(value)
            found[e.cycle, e.status, n, code, _BASIS[value.basis], score] += 1
    return sorted((*key, n) for key, n in found.items())


def per_visit(extracts, instrument):
    parts = list(dict.fromkeys((s.section, s.type) for s in instrument.standards))
    found = []
    for visit, e in enumerate(extracts, 1):
        for part, (section, kind) in enumerate(parts):
            of_it = [s.number for s in instrument.standards if (s.section, s.type) == (section, kind)]
            codes = [_code(e.values.get(number, Value())) for number in of_it]
            counted = [sum(1 for code, _ in codes if code == wanted) for wanted in (1, 0, 2, 3, 4)]
            found.append((visit, part, *counted, sum(score for code, score in codes if code == 4)))
    return found


def survey_answers(extracts, instrument):
    place = {s.number: n for n, s in enumerate(instrument.standards)}
    return _summed(
        ((e.cycle, group, place[number]), (a.yes, a.no, a.na, 1))
        for e in extracts
        for group, survey in e.surveys.items()
        for number, a in survey.standards.items()
    )


def audit_answers(extracts, instrument):
    return _summed(
        ((e.cycle, item), (a.yes, a.no, a.na, a.not_recorded, 1)) for e in extracts for item, a in e.audit.items()
    )


def action_counts(extracts, instrument):
    return _summed(
        ((e.cycle, standard, state), (n,))
        for e in extracts
        for standard, states in e.actions.items()
        for state, n in states.items()
    )


def facts(extracts, instrument):
    return _summed(
        ((e.cycle, field, int(v) if isinstance(v, bool) else -1, 0.0 if isinstance(v, bool) else float(v)), (1,))
        for e in extracts
        for field, v in e.context.items()
    )


def people(extracts, instrument):
    found = []
    for e in extracts:
        found += [((e.cycle, "spoken", name), (n, 1)) for name, n in e.spoken.items()]
        found += [((e.cycle, "reviewer", name), (n, 1)) for name, n in e.reviewers.items()]
        found += [((e.cycle, "respondents", name), (s.respondents, 1)) for name, s in e.surveys.items()]
    return _summed(found)


def _summed(found) -> list[Row]:
    sums: dict[Row, tuple[int, ...]] = {}
    for key, numbers in found:
        held = sums.get(key, (0,) * len(numbers))
        sums[key] = tuple(a + b for a, b in zip(held, numbers, strict=True))
    return sorted(((*key, *numbers) for key, numbers in sums.items()), key=_as_bytes)


def _as_bytes(row: Row) -> tuple[Any, ...]:
    """Texts compare by their bytes, in every engine."""
    return tuple(cell.encode() if isinstance(cell, str) else cell for cell in row)
