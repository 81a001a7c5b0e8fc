"""What may be said in a visit, by whom: the one set of rules for forms, the command line and spreadsheets."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from typing import Any

from msgspec import UNSET

from reviewapp.errors import Invalid
from reviewapp.visit import lines as n
from reviewapp.visit.state import VisitState

HOST = "host"
COMMITTEE = "committee"

LONGEST_TEXT = 100_000
_ID = re.compile(r"[\w.:-]{1,64}")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]{0,15}")


def check(line: n.Line, state: VisitState, person: str) -> None:
    """Raise Invalid, naming the field, when `person` may not say this or it does not fit the visit."""
    _check_person(line, state, person)
    _check_ids(line)
    if f"{line.kind()}/{line.key(person)}" in state.withdrawn:
        raise Invalid(f"{line.kind()} {line.key(person)} was withdrawn", field="id", do="use a new id")
    for name, value in line.values().items():
        _check_text(name, value)
    checker = _CHECKS.get(type(line))
    if checker is not None:
        checker(line, state, person)


def check_code(code: str) -> None:
    """A person's code: a letter, then letters and digits; `host` and `committee` are taken."""
    if not _CODE.fullmatch(code) or code in (HOST, COMMITTEE):
        raise Invalid(f"{code!r} cannot be a person's code", field="person", do="use a letter and a number, such as R2")


def check_date(text: str, field: str) -> None:
    """A calendar day as YYYY-MM-DD."""
    try:
        valid = date.fromisoformat(text).isoformat() == text
    except ValueError:
        valid = False
    if not valid:
        raise Invalid(f"{text!r} is not a date", field=field, do="write it as YYYY-MM-DD")


def _check_person(line: n.Line, state: VisitState, person: str) -> None:
    if person in (HOST, COMMITTEE):
        if isinstance(line, (n.Rating, n.Interview, n.Answer, n.Quote, n.Concern, *n.LEAD_ONLY)):
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
}


def _check_ids(line: n.Line) -> None:
    in_words = isinstance(line, n.Context | n.Passage | n.Settled)
    for name in line.IDS:
        value = getattr(line, name)
        if isinstance(value, str) and not in_words and not _ID.fullmatch(value):
            raise Invalid(
                f"{value!r} cannot be used as {name}", field=name, do="use letters, digits, dot, dash or underscore"
            )
        if isinstance(value, str) and not (value.isprintable() and 0 < len(value) <= 200):
            raise Invalid(f"{name} is empty, too long or has a control character in it", field=name)


def _check_text(name: str, value: Any) -> None:
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise Invalid(f"{name} is longer than {LONGEST_TEXT} characters", field=name, do="divide it")
    if not _is_text(value):
        raise Invalid(f"{name} holds half a character", field=name, do="type it again")
    if isinstance(value, float) and not math.isfinite(value):
        raise Invalid(f"{name} is not a finite number", field=name)
    if isinstance(value, list) and len(value) > 500:
        raise Invalid(f"{name} has more than 500 items", field=name)


def _is_text(value: Any) -> bool:
    """Whether every text in a value can be written down (a lone surrogate cannot)."""
    if isinstance(value, list):
        return all(_is_text(one) for one in value)
    if not isinstance(value, str):
        return True
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _check_standard(number: str, state: VisitState, field: str = "standard") -> None:
    if number not in {standard.number for standard in state.instrument.standards}:
        raise Invalid(f"standard {number!r} does not exist in {state.instrument.title}", field=field)


def _check_rated(line: n.Rating | n.SelfReview | n.Agreed, state: VisitState, person: str) -> None:
    _check_standard(line.standard, state)
    scale = state.instrument.scale
    if line.value is not UNSET and line.value is not None and scale.find(line.value) is None:
        allowed = ", ".join(str(v.value) for v in scale.values)
        raise Invalid(f"{line.value!r} is not on the scale", field="value", do=f"use one of: {allowed}")


def _check_of_standard(line: n.LocalContext | n.Response | n.ResponseDecision, state: VisitState, person: str) -> None:
    _check_standard(line.standard, state)


def _check_interview(line: n.Interview, state: VisitState, person: str) -> None:
    existing = state.interviews.get(line.key(person))
    if existing is None and line.group is UNSET and line.deleted is UNSET:
        raise Invalid(f"interview {line.id} needs a group", field="group", do="give the group of the person spoken to")
    if line.people is not UNSET and not 1 <= line.people <= 50:
        raise Invalid("people must be between 1 and 50", field="people")
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
    if line.text is not UNSET and not line.text.strip():
        raise Invalid(f"quote {line.id} has no words", field="text")
    key = existing.interview if line.interview is UNSET and existing else f"{line.interview}/{person}"
    interview = state.interviews.get(key)
    if interview is None:
        raise Invalid(f"there is no interview {line.interview} of {person}", field="interview", do="record it first")
    if interview.consent_quotes is not True:
        raise Invalid(
            f"{interview.id} has not agreed to be quoted", field="interview",
            do="ask, and record consent_quotes on the interview, or keep it as notes",
        )  # fmt: skip
    if line.standards is not UNSET:
        for number in line.standards:
            _check_standard(number, state, "standards")


def _check_audit(line: n.Audit | n.AgreedAudit, state: VisitState, person: str) -> None:
    if state.instrument.audit_item(line.item) is None:
        items = ", ".join(a.item for a in state.instrument.audit)
        raise Invalid(f"{line.item!r} is not an item of the audit", field="item", do=f"use one of: {items}")


def _check_survey(line: n.Survey, state: VisitState, person: str) -> None:
    _check_standard(line.standard, state)
    for name in ("yes", "no", "na"):
        count = getattr(line, name)
        if count is not UNSET and not 0 <= count <= 100_000:
            raise Invalid(f"{name} must be a count of people", field=name)


def _check_concern(line: n.Concern, state: VisitState, person: str) -> None:
    if line.key(person) not in state.concerns and line.text is UNSET and line.deleted is UNSET:
        raise Invalid(f"concern {line.id} needs a text", field="text", do="write what was said")
    if line.at:
        try:
            datetime.fromisoformat(line.at)
        except ValueError as error:
            raise Invalid(f"{line.at!r} is not a time", field="at", do="write it as 2026-05-12T14:05:00Z") from error


def _check_action(line: n.Action, state: VisitState, person: str) -> None:
    if line.standard is UNSET and line.id not in state.actions and line.deleted is UNSET:
        raise Invalid(f"action {line.id} needs a standard", field="standard")
    if line.standard is not UNSET and line.standard:
        _check_standard(line.standard, state)
    if line.due:
        check_date(line.due, "due")
    if isinstance(line.priority, int) and not 1 <= line.priority <= 5:
        raise Invalid("priority is a number from 1 (first) to 5", field="priority")


def _check_decision(line: n.Decision, state: VisitState, person: str) -> None:
    rule = state.instrument.rule
    if not 1 <= line.presentation <= rule.presentations:
        raise Invalid(f"a service is presented at most {rule.presentations} times", field="presentation")
    if line.date:
        check_date(line.date, "date")
    if line.label and rule.labels and line.label not in rule.labels:
        raise Invalid(f"{line.label!r} is no decision", field="label", do="use one of: " + ", ".join(rule.labels))


def _check_slot(line: n.Slot, state: VisitState, person: str) -> None:
    for name in ("start", "end"):
        text = getattr(line, name)
        if text is not UNSET and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
            raise Invalid(f"{text!r} is not a time of day", field=name, do="write it as 09:30")
    if isinstance(line.start, str) and isinstance(line.end, str) and line.end < line.start:
        raise Invalid("the appointment ends before it begins", field="end", do="give a later end")
    if line.who is not UNSET:
        _check_people(line.who, state, "who")


def _check_person_line(line: n.Person, state: VisitState, person: str) -> None:
    check_code(line.code)
    existing = state.people.get(line.code)
    if existing is None and line.role is UNSET:
        raise Invalid(f"{line.code} needs a role", field="role")
    lead = state.lead()
    if lead is not None and line.role is not UNSET and (line.role == "lead") != (lead.key == line.code):
        raise Invalid("a visit has exactly one lead", field="role", do="choose another role")


def _check_asks(line: n.Asks, state: VisitState, person: str) -> None:
    if state.instrument.prompt(line.prompt) is None:
        raise Invalid(f"prompt {line.prompt!r} is in no guide", field="prompt")
    if line.who is not UNSET:
        _check_people(line.who, state, "who")


_CHECKS: dict[type[n.Line], Any] = {
    n.Rating: _check_rated,
    n.SelfReview: _check_rated,
    n.Agreed: _check_rated,
    n.LocalContext: _check_of_standard,
    n.Response: _check_of_standard,
    n.ResponseDecision: _check_of_standard,
    n.Interview: _check_interview,
    n.Answer: _check_answer,
    n.Quote: _check_quote,
    n.Audit: _check_audit,
    n.AgreedAudit: _check_audit,
    n.Survey: _check_survey,
    n.Concern: _check_concern,
    n.Action: _check_action,
    n.Decision: _check_decision,
    n.Slot: _check_slot,
    n.Person: _check_person_line,
    n.Asks: _check_asks,
}
