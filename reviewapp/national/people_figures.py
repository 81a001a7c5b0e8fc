"""What a set of visits counts of people and records: surveys, the case-note audit, facts, actions, who was spoken to.

These are the true counts, which the office needs for its sums; what may be shown of them: `national.mask`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction

from reviewapp.instruments.model import Instrument
from reviewapp.national.figures import ContextSpread, GroupAnswers
from reviewapp.national.tables import NO_YESNO, RESPONDENTS
from reviewapp.store.question_tables import Row
from reviewapp.visit import sorting

Numbers = dict[str, int | float | None]


def surveys(
    answers: Iterable[Row], people: Iterable[Row], cycle: str, instrument: Instrument
) -> dict[str, GroupAnswers]:
    """Every group's survey in the cycle, in the usual order of groups."""
    asked = {
        str(name): (int(n), int(visits)) for c, what, name, n, visits in people if (c, what) == (cycle, RESPONDENTS)
    }
    standards: dict[str, dict[int, Numbers]] = defaultdict(dict)
    for c, group, standard, yes, no, na, visits in answers:
        if c == cycle:
            standards[str(group)][int(standard)] = _answers(int(yes), int(no), int(na), int(visits))
    return {
        group: GroupAnswers(
            respondents=asked[group][0],
            visits=asked[group][1],
            mean_respondents=asked[group][0] / asked[group][1],
            standards={instrument.standards[n].number: standards[group][n] for n in sorted(standards[group])},
        )
        for group in sorting.groups(asked)
    }


def _answers(yes: int, no: int, na: int, visits: int) -> Numbers:
    n = yes + no
    return {"yes": yes, "no": no, "na": na, "n": n, "percent": 100 * yes / n if n else None, "visits": visits}


def audit(rows: Iterable[Row], cycle: str, instrument: Instrument) -> dict[str, Numbers]:
    """Every item of the audit in the cycle, in the order of the instrument; not recorded counts against the item."""
    found: dict[str, Numbers] = {}
    for c, item, *numbers in rows:
        if c == cycle:
            yes, no, na, not_recorded, visits = map(int, numbers)
            n = yes + no + not_recorded
            found[str(item)] = {
                "yes": yes,
                "no": no,
                "na": na,
                "not_recorded": not_recorded,
                "n": n,
                "percent": 100 * yes / n if n else None,
                "visits": visits,
            }
    known = [one.item for one in instrument.audit if one.item in found]
    return {item: found[item] for item in [*known, *sorting.in_order(found.keys() - set(known))]}


def facts(rows: Iterable[Row], cycle: str) -> dict[str, ContextSpread]:
    """The facts about the services: how many said yes, or mean and range of a number. Blank counts as neither."""
    yesno: dict[str, dict[int, int]] = defaultdict(lambda: {0: 0, 1: 0})
    numbers: dict[str, list[tuple[Fraction, int]]] = defaultdict(list)
    for c, field, yes, value, visits in rows:
        if c != cycle:
            continue
        if yes == NO_YESNO:
            numbers[str(field)].append((Fraction(value), int(visits)))
        else:
            yesno[str(field)][int(yes)] += int(visits)
    found = {name: _number(values) for name, values in numbers.items()}
    for name, answers in yesno.items():
        held = found.get(name, ContextSpread(n=0))
        found[name] = ContextSpread(
            n=held.n or sum(answers.values()), mean=held.mean, min=held.min, max=held.max, yes=answers[1]
        )
    return {name: found[name] for name in sorting.in_order(found)}


def _number(values: list[tuple[Fraction, int]]) -> ContextSpread:
    n = sum(visits for _value, visits in values)
    every = [value for value, _visits in values]
    mean = sum((value * visits for value, visits in values), Fraction()) / n
    return ContextSpread(n=n, mean=float(mean), min=float(min(every)), max=float(max(every)))


def actions(rows: Iterable[Row], cycle: str, instrument: Instrument) -> dict[str, dict[str, int]]:
    """The actions by standard and state; those about no standard of the instrument last, under their own name."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for c, standard, state, n in rows:
        if c == cycle:
            found[str(standard)][str(state)] = int(n)
    known = [one.number for one in instrument.standards if one.number in found]
    return {name: found[name] for name in [*known, *sorting.in_order(found.keys() - set(known))]}


def people(rows: Iterable[Row], cycle: str, what: str) -> dict[str, int]:
    """People interviewed by group, or members of review teams by role."""
    found: Mapping[str, int] = {str(name): int(n) for c, kind, name, n, _v in rows if (c, kind) == (cycle, what)}
    return {name: found[name] for name in sorting.groups(found)}
