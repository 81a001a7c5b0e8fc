"""What an extract may hold at most: asked before one is written and after one is read, so both sides agree.

An extract is small (a QN-CRHTT visit makes some 10 kB). Nobody who reads one has to trust that it was written by this
program: every name is short and printable, every count is between 0 and a million, every text has an end.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from reviewapp.base.limits import LONGEST_TEXT
from reviewapp.national.model import Extract, Notice, Value

MOST_COUNTED = 1_000_000
LARGEST_NUMBER = 1e9
"""Of a fact about the service that is a number."""
LONGEST_NAME = 120
"""Characters of what names something: a code, a standard, a field, a section."""
MOST_STANDARDS = 1_000
MOST_NAMED = 200
"""Groups, roles, audit items, criteria, facts: of each so many."""
MOST_TEXTS = 5_000
"""Quotes, examples of practice, and records that were taken back: of each so many."""
MOST_POINTS = 1_000
LONGEST_CYCLE = 40

_VISIT = re.compile(r"[0-9A-Za-z]{1,64}")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_KEPT_IN_TEXTS = frozenset("\n\t\u200c\u200d")
"""Beside what is printable: new lines, and the joiners that some scripts and emoji are written with."""


def fault(said: Extract | Notice) -> str:
    """The part that is out of bounds, by the name of its field; empty when all is within."""
    checks = _of_notice(said) if isinstance(said, Notice) else _of_extract(said)
    return next((name for name, sound in checks if not sound), "")


def is_name(text: str) -> bool:
    """Whether this can name something: not empty, one short line."""
    return bool(text.strip()) and _is_line(text)


def is_team_code(text: str) -> bool:
    """Whether this can be the code of a team: a short line without a space at its ends."""
    return is_name(text) and text == text.strip() and len(text) <= 40


def _of_notice(notice: Notice) -> Iterable[tuple[str, bool]]:
    yield "visit", bool(_VISIT.fullmatch(notice.visit))
    every = [*notice.records, *notice.hidden]
    yield "records", len(set(every)) == len(every) and 0 < len(every) <= MOST_TEXTS
    yield "records", all(map(is_name, every))


def _of_extract(one: Extract) -> Iterable[tuple[str, bool]]:
    yield "visit", bool(_VISIT.fullmatch(one.visit))
    yield "revision", 1 <= one.revision <= MOST_COUNTED
    yield "team", is_team_code(one.team)
    yield "cycle", is_name(one.cycle) and len(one.cycle) <= LONGEST_CYCLE
    yield "month", bool(_MONTH.fullmatch(one.month))
    yield "instrument", is_name(one.instrument.id) and _is_line(one.instrument.edition)
    yield "instrument", bool(_DIGEST.fullmatch(one.instrument.digest))
    yield "scope", is_name(one.scope)
    yield "round", _is_line(one.round)
    yield "values", _are_names(one.values, MOST_STANDARDS) and all(map(_is_value, one.values.values()))
    yield "surveys", _are_names(one.surveys, MOST_NAMED)
    for survey in one.surveys.values():
        yield "surveys", _is_count(survey.respondents) and _are_names(survey.standards, MOST_STANDARDS)
        yield (
            "surveys",
            all(_is_count(a.yes) and _is_count(a.no) and _is_count(a.na) for a in survey.standards.values()),
        )
    yield "audit", _are_names(one.audit, MOST_NAMED)
    for cell in one.audit.values():
        yield "audit", all(map(_is_count, (cell.yes, cell.no, cell.na, cell.not_recorded)))
    yield "context", _are_names(one.context, MOST_NAMED) and all(map(is_number, one.context.values()))
    yield "spoken", _are_names(one.spoken, MOST_NAMED) and all(map(_is_count, one.spoken.values()))
    yield "reviewers", _are_names(one.reviewers, MOST_NAMED) and all(map(_is_count, one.reviewers.values()))
    yield "actions", len(one.actions) <= MOST_STANDARDS and all(map(_is_line, one.actions))
    for states in one.actions.values():
        yield "actions", _are_names(states, MOST_NAMED) and all(map(_is_count, states.values()))
    yield from _of_texts(one)


def _of_texts(one: Extract) -> Iterable[tuple[str, bool]]:
    yield "quotes", len(one.quotes) <= MOST_TEXTS
    yield "practice", len(one.practice) <= MOST_TEXTS
    records = [quote.record for quote in one.quotes] + [practice.record for practice in one.practice]
    yield "record", len(set(records)) == len(records) and all(map(is_name, records))
    for quote in one.quotes:
        yield "quotes", is_text(quote.text) and is_name(quote.group) and is_name(quote.tone)
        yield "quotes", _are_names(quote.standards, MOST_STANDARDS) and _are_names(quote.themes, MOST_STANDARDS)
    for practice in one.practice:
        yield "practice", is_text(practice.text) and _is_line(practice.team, 700)
        yield "practice", _are_names(practice.standards, MOST_STANDARDS)


def _is_value(value: Value) -> bool:
    points = [one for one in (value.score, value.lowest, value.highest) if one is not None]
    ends = value.lowest is None or value.highest is None or value.lowest <= value.highest
    rated = (value.counts == "unrated" and value.score is None) == (value.basis == "")
    within = all(0 <= one <= MOST_POINTS for one in points)
    return ends and rated and within and _are_names(value.criteria, MOST_NAMED)


def _are_names(names: Iterable[str], most: int) -> bool:
    every = list(names)
    return len(every) <= most and len(set(every)) == len(every) and all(map(is_name, every))


def _is_line(text: str, most: int = LONGEST_NAME) -> bool:
    return len(text) <= most and text.isprintable()


def is_text(text: str) -> bool:
    """Whether an extract can hold these words: something that can be seen, of a bounded length."""
    if not text.strip() or len(text) > LONGEST_TEXT:
        return False
    return text.isprintable() or all(letter.isprintable() or letter in _KEPT_IN_TEXTS for letter in text)


def _is_count(number: int) -> bool:
    return 0 <= number <= MOST_COUNTED


def is_number(value: float | bool) -> bool:
    """Whether an extract can hold this fact about a service: yes, no, or a number of a size that is counted."""
    return isinstance(value, bool) or (math.isfinite(value) and abs(value) <= LARGEST_NUMBER)
