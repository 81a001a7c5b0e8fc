"""A visit's extract as rows of the tables that the questions read, and what the numbers in them mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.figures.ratings import BASES
from reviewapp.instruments.model import Instrument
from reviewapp.national.model import Extract, Value
from reviewapp.store.question_tables import Row
from reviewapp.visit import sorting

NOT_MET, MET, NOT_APPLICABLE, UNRATED, SCORED = range(5)
"""`ratings.counts`; a standard with points counts as scored, and as neither met nor not met."""
COUNTS: Mapping[str, int] = {"not_met": NOT_MET, "met": MET, "na": NOT_APPLICABLE, "unrated": UNRATED}
BASIS_CODES: Mapping[str, int] = {"": 0, **{basis: code for code, basis in enumerate(BASES, 1)}}
"""`ratings.basis`, strongest first; 0 while a standard is unrated."""
NO_SCORE = -1
"""`ratings.score` of a standard without points."""
NO_YESNO = -1
"""`facts.yesno` of a fact that is a number; its `value` is 0 where it is a yes (1) or no (0).

A number is stored with 0.0 added: of the two zeros that a computer knows, engines group one apart."""
SPOKEN, REVIEWER, RESPONDENTS = "spoken", "reviewer", "respondents"
"""`people.what`; its `name` is a group, or the role of a reviewer."""


class Part(NamedTuple):
    """The standards of one type in one section: what `ratings.part` numbers."""

    section: str
    type: str


class Places(NamedTuple):
    """Where an instrument's standards stand: their numbers, the part of each, and its sections and types in order."""

    parts: tuple[Part, ...]
    number_of: dict[str, int]
    part_of: tuple[int, ...]
    sections: tuple[str, ...]
    types: tuple[str, ...]


def places(instrument: Instrument) -> Places:
    """The parts of an instrument and the number of each standard: its place in the instrument, from 0."""
    of_each = [Part(one.section, one.type) for one in instrument.standards]
    parts = tuple(dict.fromkeys(of_each))
    numbered = {part: n for n, part in enumerate(parts)}
    return Places(
        parts,
        {one.number: n for n, one in enumerate(instrument.standards)},
        tuple(numbered[part] for part in of_each),
        tuple(sorting.sections(instrument)),
        tuple(sorting.types(instrument)),
    )


def rows_of(extract: Extract, visit_no: int, team_no: int, instrument: Instrument) -> dict[str, list[Row]]:
    """The rows of one visit, by table, for `store.question_tables`; every standard of the instrument has a rating.

    Raises Invalid where the extract speaks of a standard that the instrument does not have.
    """
    where = places(instrument)
    numbers = where.number_of
    _check(extract, numbers, instrument)
    return {
        "visits": [
            (
                visit_no,
                team_no,
                extract.cycle,
                extract.month,
                extract.kind,
                extract.status,
                extract.revision,
            )
        ],
        "ratings": _ratings(extract, visit_no, where),
        "survey_answers": [
            (visit_no, group, numbers[standard], one.yes, one.no, one.na)
            for group, survey in extract.surveys.items()
            for standard, one in survey.standards.items()
        ],
        "audit_answers": [
            (visit_no, item, one.yes, one.no, one.na, one.not_recorded) for item, one in extract.audit.items()
        ],
        "action_counts": [
            (visit_no, standard, state, n)
            for standard, states in extract.actions.items()
            for state, n in states.items()
        ],
        "facts": [
            (visit_no, field, 0.0, int(value)) if isinstance(value, bool) else (visit_no, field, value + 0.0, NO_YESNO)
            for field, value in extract.context.items()
        ],
        "people": [
            *((visit_no, SPOKEN, group, n) for group, n in extract.spoken.items()),
            *((visit_no, REVIEWER, role, n) for role, n in extract.reviewers.items()),
            *((visit_no, RESPONDENTS, group, survey.respondents) for group, survey in extract.surveys.items()),
        ],
    }


def _ratings(extract: Extract, visit_no: int, where: Places) -> list[Row]:
    nothing = Value()
    found: list[Row] = []
    for number, n in where.number_of.items():
        value = extract.values.get(number, nothing)
        scored = value.score is not None and value.counts != "na"
        counts = SCORED if scored else COUNTS[value.counts]
        score = value.score if scored and value.score is not None else NO_SCORE
        found.append((visit_no, where.part_of[n], n, counts, BASIS_CODES[value.basis], score))
    return found


def _check(extract: Extract, numbers: Mapping[str, int], instrument: Instrument) -> None:
    spoken_of = [*extract.values, *(name for survey in extract.surveys.values() for name in survey.standards)]
    unknown = next((number for number in spoken_of if number not in numbers), None)
    if unknown is not None:
        raise Invalid(
            _(
                "the extract speaks of standard {number}, which {title} does not have",
                number=f"{unknown!r}",
                title=instrument.title,
            ),
            field="values",
            do=_("ask the team's lead for another extract"),
        )
