"""What may be said in a visit, by whom: the one set of rules for forms, the command line and spreadsheets."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET

from reviewapp.errors import Invalid
from reviewapp.visit import lines as n
from reviewapp.visit import values
from reviewapp.visit.presentations import has_committee
from reviewapp.visit.state import VisitState
from reviewapp.visit.values import COMMITTEE, HOST, LONGEST_TEXT, check_code, check_date

__all__ = ["COMMITTEE", "HOST", "LONGEST_TEXT", "NOT_OF_THE_HOST", "check", "check_code", "check_date"]

NOT_OF_THE_HOST: tuple[type[n.Line], ...] = (
    n.Rating, n.Interview, n.Answer, n.Quote, n.Concern, n.KnownName, n.ResponseDecision, *n.LEAD_ONLY
)  # fmt: skip
"""What neither the team under review nor the committee says."""


def check(line: n.Line, state: VisitState, person: str) -> None:
    """Raise Invalid, naming the field, when `person` may not say this or it does not fit the visit."""
    _check_person(line, state, person)
    terms = values.terms(state.instrument)
    values.check_ids(line.kind(), {name: getattr(line, name) for name in line.IDS}, terms)
    if f"{line.kind()}/{line.key(person)}" in state.withdrawn:
        raise Invalid(f"{line.kind()} {line.key(person)} was withdrawn", field="id", do="use a new id")
    for name, value in line.values().items():
        values.check_value(line.kind(), name, value, terms)
    checker = _CHECKS.get(type(line))
    if checker is not None:
        checker(line, state, person)


def _check_person(line: n.Line, state: VisitState, person: str) -> None:
    if person in (HOST, COMMITTEE):
        if isinstance(line, NOT_OF_THE_HOST):
            raise Invalid(f"{person} does not record a {line.kind()}", field="kind", do="record it as a reviewer")
        return
    known = state.people.get(person)
    if known is None:
        raise Invalid(f"{person!r} is not on this visit", field="as", do="use one of: " + ", ".join(state.people))
    if isinstance(line, n.LEAD_ONLY) and known.role != "lead":
        raise Invalid(f"only the lead records {_A_KIND[line.kind()]}", field="kind", do="ask the lead to record it")
    if isinstance(line, n.Rating) and not known.rates:
        raise Invalid("an observer does not rate", field="kind", do="record it as another reviewer")


_A_KIND = {
    "agreed": "an agreed rating",
    "agreed_audit": "an agreed audit cell",
    "decision": "a decision",
    "slot": "the timetable",
    "person": "who is on the visit",
    "asks": "who asks what",
    "meeting": "the meeting",
    "accept_late": "that a late rating counts",
    "finding_accepted": "that a finding may stand",
}


def _check_interview(line: n.Interview, state: VisitState, person: str) -> None:
    existing = state.interviews.get(line.key(person))
    if existing is None and line.group is UNSET and line.deleted is UNSET:
        raise Invalid(f"interview {line.id} needs a group", field="group", do="give the group of the person spoken to")
    if line.with_ is not UNSET:
        _check_people(line.with_, state, "with")
        if person in line.with_:
            raise Invalid("with names other reviewers, not oneself", field="with")
    _check_consent(line, state, line.key(person))


def _check_consent(line: n.Interview, state: VisitState, key: str) -> None:
    """Consent is not taken back from under what rests on it."""
    if line.consent_quotes in (False, None) and any(q.interview == key for q in state.quotes.values()):
        raise Invalid(
            f"interview {line.id} has quotes", field="consent_quotes", do="delete its quotes first, then take this back"
        )
    noted = line.consent_notes in (False, None) and any(a.interview == key and a.text for a in state.answers.values())
    if noted:
        raise Invalid(
            f"interview {line.id} has notes", field="consent_notes", do="empty them first, or withdraw the interview"
        )


def _check_people(codes: list[str], state: VisitState, field: str) -> None:
    for code in codes:
        if code not in state.people:
            raise Invalid(f"{code!r} is not on this visit", field=field, do="use one of: " + ", ".join(state.people))


def _check_answer(line: n.Answer, state: VisitState, person: str) -> None:
    interview = state.interviews.get(f"{line.interview}/{person}")
    if interview is None:
        raise Invalid(f"there is no interview {line.interview} of {person}", field="interview", do="record it first")
    prompt_ids = {p.id for g in state.instrument.guides if g.group == interview.group for p in g.prompts}
    if line.prompt != "notes" and line.prompt not in prompt_ids:
        raise Invalid(
            f"prompt {line.prompt!r} is not in the guide for {interview.group}", field="prompt",
            do="use a prompt of that guide, or `notes` for anything else",
        )  # fmt: skip
    if line.text and interview.consent_notes is False:
        raise Invalid(f"{line.interview} did not agree to notes", field="interview", do="keep no notes of it")


def _check_quote(line: n.Quote, state: VisitState, person: str) -> None:
    existing = state.quotes.get(line.key(person))
    if line.deleted is True:
        return
    if existing is None and (line.interview is UNSET or line.text is UNSET):
        raise Invalid(f"quote {line.id} needs an interview and a text", field="interview")
    key = existing.interview if line.interview is UNSET and existing else f"{line.interview}/{person}"
    interview = state.interviews.get(key)
    if interview is None:
        raise Invalid(f"there is no interview {line.interview} of {person}", field="interview", do="record it first")
    if interview.consent_quotes is not True:
        raise Invalid(
            f"{interview.id} has not agreed to be quoted", field="interview",
            do="ask, and record consent_quotes on the interview, or keep it as notes",
        )  # fmt: skip


def _check_concern(line: n.Concern, state: VisitState, person: str) -> None:
    if line.key(person) not in state.concerns and line.text is UNSET and line.deleted is UNSET:
        raise Invalid(f"concern {line.id} needs a text", field="text", do="write what was said")


def _check_action(line: n.Action, state: VisitState, person: str) -> None:
    if line.standard is UNSET and line.id not in state.actions and line.deleted is UNSET:
        raise Invalid(f"action {line.id} needs a standard", field="standard")


def _check_slot(line: n.Slot, state: VisitState, person: str) -> None:
    if isinstance(line.start, str) and isinstance(line.end, str) and line.end < line.start:
        raise Invalid("the appointment ends before it begins", field="end", do="give a later end")
    if line.who is not UNSET:
        _check_people(line.who, state, "who")


def _check_person_line(line: n.Person, state: VisitState, person: str) -> None:
    existing = state.people.get(line.code)
    if existing is None and line.role is UNSET:
        raise Invalid(f"{line.code} needs a role", field="role")
    lead = state.lead()
    if lead is not None and line.role is not UNSET and (line.role == "lead") != (lead.key == line.code):
        raise Invalid("a visit has exactly one lead", field="role", do="choose another role")
    if lead is not None and line.code == lead.key and line.deleted is True:
        raise Invalid("the lead cannot be taken off the visit", field="deleted", do="keep the lead")


def _check_asks(line: n.Asks, state: VisitState, person: str) -> None:
    if line.who is not UNSET:
        _check_people(line.who, state, "who")


def _check_known_name(line: n.KnownName, state: VisitState, person: str) -> None:
    if line.key(person) not in state.known_names and line.name is UNSET and line.deleted is UNSET:
        raise Invalid(f"{line.id} needs a name", field="name", do="write the name that is to be looked for")


def _check_finding_accepted(line: n.FindingAccepted, state: VisitState, person: str) -> None:
    if line.reason is UNSET:
        raise Invalid("a reason is missing", field="reason", do="say why the finding may stand")


def _check_response_decision(line: n.ResponseDecision, state: VisitState, person: str) -> None:
    if not isinstance(line.accepted, bool):
        return
    held = state.response_decisions.get(line.standard)
    reason = (held.reason if held else "") if line.reason is UNSET else line.reason or ""
    if not reason.strip():
        raise Invalid(
            "a reason is missing",
            field="reason",
            do="say why the answer is accepted or declined",
            kept="nothing changed",
        )


def _check_decision(line: n.Decision, state: VisitState, person: str) -> None:
    if isinstance(line.label, str) and line.label and not has_committee(state):
        raise Invalid("a developmental review has no committee", field="presentation", do="record no decision for it")


_CHECKS: dict[type[n.Line], Any] = {
    n.ResponseDecision: _check_response_decision,
    n.Decision: _check_decision,
    n.Interview: _check_interview,
    n.Answer: _check_answer,
    n.Quote: _check_quote,
    n.Concern: _check_concern,
    n.Action: _check_action,
    n.Slot: _check_slot,
    n.Person: _check_person_line,
    n.Asks: _check_asks,
    n.KnownName: _check_known_name,
    n.FindingAccepted: _check_finding_accepted,
}
