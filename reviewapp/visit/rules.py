"""What may be said in a visit, by whom: the one set of rules for forms, the command line and spreadsheets.

What a kind of record asks for stands in its statement; recording and joining both ask here, so that what comes from
another laptop satisfies the same rules as what is typed on this one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.visit import labels
from reviewapp.visit.entities import ENTITIES, EntityInfo, record_in_words
from reviewapp.visit.state import Hidden, VisitState
from reviewapp.visit.statements import Statement
from reviewapp.visit.validators import (
    COMMITTEE,
    HOST,
    LONGEST_TEXT,
    InstrumentTerms,
    check_code,
    check_date,
    check_key_part,
    check_size,
    instrument_terms,
)

INSTRUMENT = "instrument"
"""The part of a key that says by which instrument something is judged."""

__all__ = [
    "COMMITTEE",
    "HOST",
    "LONGEST_TEXT",
    "check",
    "check_code",
    "check_date",
    "check_ids",
    "check_value",
    "terms_for",
]


def check(line: Statement, state: VisitState, person: str) -> None:
    """Raise Invalid, naming the field, when `person` may not say this or it does not fit the visit."""
    info = ENTITIES[line.kind()]
    _check_person(line, state, person)
    ids = {name: getattr(line, name) for name in line.IDS}
    terms = terms_for(ids, instrument_terms(state.instrument, state.also))
    check_ids(info, ids, terms)
    if f"{line.kind()}/{line.key(person)}" in state.withdrawn:
        raise Invalid(
            _("{kind} {key} was withdrawn", kind=line.kind(), key=line.key(person)), field="id", do=_("use a new id")
        )
    _check_not_hidden(line, state, person)
    for name, value in line.values().items():
        check_value(info, name, value, terms)
    line.check(state, person)


def hidden_by(line: Statement, state: VisitState, person: str) -> Hidden | None:
    """Why a record, or the interview it belongs to, is hidden until somebody decides; None where it is not."""
    if not state.hidden:
        return None
    interview = getattr(line, "interview", None)
    names = [f"{line.kind()}/{line.key(person)}", f"interview/{interview}/{person}"]
    return next((state.hidden[one] for one in names if one in state.hidden), None)


def _check_not_hidden(line: Statement, state: VisitState, person: str) -> None:
    """Raise Invalid for what is hidden: what is written of it would be hidden too."""
    found = hidden_by(line, state, person)
    if found is not None:
        raise Invalid(
            _("{record} is hidden, because {laptop} asked to withdraw it",
              record=labels.record_number(found.key, state.people), laptop=labels.laptop(state.people, found.asker)),
            field="id",
            do=_("first {author} or the lead decides: withdraw it, or show it again",
                 author=labels.person(state.people, found.person)),
        )  # fmt: skip


def terms_for(ids: Mapping[str, Any], terms: InstrumentTerms) -> InstrumentTerms:
    """The words by which a record is judged: those of the instrument in its key, or of the visit's first one.

    Raises Invalid for an instrument that the visit does not have.
    """
    return terms.of(ids[INSTRUMENT]) if INSTRUMENT in ids else terms


def check_ids(info: EntityInfo, ids: Mapping[str, Any], terms: InstrumentTerms) -> None:
    """The parts of a record's key. Raises Invalid, naming the part."""
    for name, value in ids.items():
        if isinstance(value, str):
            check_key_part(name, value, in_words=info.key_in_words or info.key_is_record)
    for name in info.checked_ids:
        info.checks[name](name, ids[name], terms)


def check_value(info: EntityInfo, field: str, value: Any, terms: InstrumentTerms) -> None:
    """One field's value, already of the right type; None clears it. Raises Invalid, naming the field."""
    if value is None:
        return
    check_size(field, value)
    check = info.checks.get(field)
    if check is not None:
        check(field, value, terms)


def _in_words(line: Statement, state: VisitState, person: str) -> str:
    """What somebody says, with its article: `a quotation (Q1 · R2 (clinician))`."""
    return record_in_words(line.kind(), line.key(person), _, state.people)


def _check_person(line: Statement, state: VisitState, person: str) -> None:
    by = line.RECORDED_BY
    if person in (HOST, COMMITTEE):
        if by != "everyone":
            raise Invalid(
                _("{person} does not record {record}", person=person, record=_in_words(line, state, person)),
                field="kind",
                do=_("record it as the lead") if by == "lead" else _("record it as a reviewer"),
            )
        return
    known = state.people.get(person)
    if known is None:
        raise Invalid(
            _("{person} is not on this visit", person=f"{person!r}"),
            field="as",
            do=_("ask the lead to add {person} to the review team, or use one of: ", person=person)
            + ", ".join(state.people),
        )
    if by == "lead" and known.role != "lead":
        raise Invalid(
            _("only the lead records {a_kind}", a_kind=line.LEAD_RECORDS or _in_words(line, state, person)),
            field="kind",
            do=_("ask the lead to record it"),
        )
    if by == "raters" and not known.rates:
        raise Invalid(_("an observer does not rate"), field="kind", do=_("record it as another reviewer"))
