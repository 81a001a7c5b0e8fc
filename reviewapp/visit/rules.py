"""What may be said in a visit, by whom: the one set of rules for forms, the command line and spreadsheets."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.visit import statements as n
from reviewapp.visit import validators
from reviewapp.visit.state import VisitState, has_committee
from reviewapp.visit.validators import COMMITTEE, HOST, LONGEST_TEXT, check_code, check_date

__all__ = ["COMMITTEE", "HOST", "LONGEST_TEXT", "NOT_OF_THE_HOST", "check", "check_code", "check_date"]

NOT_OF_THE_HOST: tuple[type[n.Statement], ...] = (
    n.Rating,
    n.Interview,
    n.Answer,
    n.Quote,
    n.Concern,
    n.KnownName,
    n.ResponseDecision,
    *n.LEAD_ONLY,
)
"""What neither the team under review nor the committee says."""


def check(line: n.Statement, state: VisitState, person: str) -> None:
    """Raise Invalid, naming the field, when `person` may not say this or it does not fit the visit."""
    _check_person(line, state, person)
    terms = validators.instrument_terms(state.instrument)
    validators.check_ids(line.kind(), {name: getattr(line, name) for name in line.IDS}, terms)
    if f"{line.kind()}/{line.key(person)}" in state.withdrawn:
        raise Invalid(
            _("{kind} {key} was withdrawn", kind=line.kind(), key=line.key(person)), field="id", do=_("use a new id")
        )
    for name, value in line.values().items():
        validators.check_value(line.kind(), name, value, terms)
    checker = _CHECKS.get(type(line))
    if checker is not None:
        checker(line, state, person)


def _check_person(line: n.Statement, state: VisitState, person: str) -> None:
    if person in (HOST, COMMITTEE):
        if isinstance(line, NOT_OF_THE_HOST):
            raise Invalid(
                _("{person} does not record a {kind}", person=person, kind=line.kind()),
                field="kind",
                do=_("record it as a reviewer"),
            )
        return
    known = state.people.get(person)
    if known is None:
        raise Invalid(
            _("{person} is not on this visit", person=f"{person!r}"),
            field="as",
            do=_("use one of: ") + ", ".join(state.people),
        )
    if isinstance(line, n.LEAD_ONLY) and known.role != "lead":
        raise Invalid(
            _("only the lead records {a_kind}", a_kind=_A_KIND[line.kind()]),
            field="kind",
            do=_("ask the lead to record it"),
        )
    if isinstance(line, n.Rating) and not known.rates:
        raise Invalid(_("an observer does not rate"), field="kind", do=_("record it as another reviewer"))


_A_KIND = {
    "agreed": _("an agreed rating"),
    "agreed_audit": _("an agreed audit cell"),
    "decision": _("a decision"),
    "slot": _("the timetable"),
    "person": _("who is on the visit"),
    "asks": _("who asks what"),
    "meeting": _("the meeting"),
    "accept_late": _("that a late rating counts"),
    "finding_accepted": _("that a finding may stand"),
}


def _check_interview(line: n.Interview, state: VisitState, person: str) -> None:
    existing = state.interviews.get(line.key(person))
    if existing is None and line.group is UNSET and line.deleted is UNSET:
        raise Invalid(
            _("interview {id} needs a group", id=line.id), field="group", do=_("give the group of the person spoken to")
        )
    if line.with_ is not UNSET:
        _check_people(line.with_, state, "with")
        if person in line.with_:
            raise Invalid(_("with names other reviewers, not oneself"), field="with")
    _check_consent(line, state, line.key(person))


def _check_consent(line: n.Interview, state: VisitState, key: str) -> None:
    """Consent is not taken back from under what rests on it."""
    if line.consent_quotes in (False, None) and any(q.interview == key for q in state.quotes.values()):
        raise Invalid(
            _("interview {id} has quotes", id=line.id),
            field="consent_quotes",
            do=_("delete its quotes first, then take this back"),
        )
    noted = line.consent_notes in (False, None) and any(a.interview == key and a.text for a in state.answers.values())
    if noted:
        raise Invalid(
            _("interview {id} has notes", id=line.id),
            field="consent_notes",
            do=_("empty them first, or withdraw the interview"),
        )


def _check_people(codes: list[str], state: VisitState, field: str) -> None:
    for code in codes:
        if code not in state.people:
            raise Invalid(
                _("{code} is not on this visit", code=f"{code!r}"),
                field=field,
                do=_("use one of: ") + ", ".join(state.people),
            )


def _check_answer(line: n.Answer, state: VisitState, person: str) -> None:
    interview = state.interviews.get(f"{line.interview}/{person}")
    if interview is None:
        raise Invalid(
            _("there is no interview {interview} of {person}", interview=line.interview, person=person),
            field="interview",
            do=_("record it first"),
        )
    prompt_ids = {p.id for g in state.instrument.guides if g.group == interview.group for p in g.prompts}
    if line.prompt != "notes" and line.prompt not in prompt_ids:
        raise Invalid(
            _("prompt {prompt} is not in the guide for {group}", prompt=f"{line.prompt!r}", group=interview.group),
            field="prompt",
            do=_("use a prompt of that guide, or `notes` for anything else"),
        )
    if line.text and interview.consent_notes is False:
        raise Invalid(
            _("{interview} did not agree to notes", interview=line.interview),
            field="interview",
            do=_("keep no notes of it"),
        )


def _check_quote(line: n.Quote, state: VisitState, person: str) -> None:
    existing = state.quotes.get(line.key(person))
    if line.deleted is True:
        return
    if existing is None and (line.interview is UNSET or line.text is UNSET):
        raise Invalid(_("quote {id} needs an interview and a text", id=line.id), field="interview")
    key = existing.interview if line.interview is UNSET and existing else f"{line.interview}/{person}"
    interview = state.interviews.get(key)
    if interview is None:
        raise Invalid(
            _("there is no interview {interview} of {person}", interview=line.interview, person=person),
            field="interview",
            do=_("record it first"),
        )
    if interview.consent_quotes is not True:
        raise Invalid(
            _("{id} has not agreed to be quoted", id=interview.id),
            field="interview",
            do=_("ask, and record consent_quotes on the interview, or keep it as notes"),
        )


def _check_concern(line: n.Concern, state: VisitState, person: str) -> None:
    if line.key(person) not in state.concerns and line.text is UNSET and line.deleted is UNSET:
        raise Invalid(_("concern {id} needs a text", id=line.id), field="text", do=_("write what was said"))


def _check_action(line: n.Action, state: VisitState, person: str) -> None:
    if line.standard is UNSET and line.id not in state.actions and line.deleted is UNSET:
        raise Invalid(_("action {id} needs a standard", id=line.id), field="standard")


def _check_slot(line: n.Slot, state: VisitState, person: str) -> None:
    if isinstance(line.start, str) and isinstance(line.end, str) and line.end < line.start:
        raise Invalid(_("the appointment ends before it begins"), field="end", do=_("give a later end"))
    if line.who is not UNSET:
        _check_people(line.who, state, "who")


def _check_person_line(line: n.Person, state: VisitState, person: str) -> None:
    existing = state.people.get(line.code)
    if existing is None and line.role is UNSET:
        raise Invalid(_("{code} needs a role", code=line.code), field="role")
    lead = state.lead()
    if lead is not None and line.role is not UNSET and (line.role == "lead") != (lead.key == line.code):
        raise Invalid(_("a visit has exactly one lead"), field="role", do=_("choose another role"))
    if lead is not None and line.code == lead.key and line.deleted is True:
        raise Invalid(_("the lead cannot be taken off the visit"), field="deleted", do=_("keep the lead"))


def _check_asks(line: n.Asks, state: VisitState, person: str) -> None:
    if line.who is not UNSET:
        _check_people(line.who, state, "who")


def _check_known_name(line: n.KnownName, state: VisitState, person: str) -> None:
    if line.key(person) not in state.known_names and line.name is UNSET and line.deleted is UNSET:
        raise Invalid(_("{id} needs a name", id=line.id), field="name", do=_("write the name that is to be looked for"))


def _check_finding_accepted(line: n.FindingAccepted, state: VisitState, person: str) -> None:
    if line.reason is UNSET:
        raise Invalid(_("a reason is missing"), field="reason", do=_("say why the finding may stand"))


def _check_response_decision(line: n.ResponseDecision, state: VisitState, person: str) -> None:
    if not isinstance(line.accepted, bool):
        return
    held = state.response_decisions.get(line.standard)
    reason = (held.reason if held else "") if line.reason is UNSET else line.reason or ""
    if not reason.strip():
        raise Invalid(
            _("a reason is missing"),
            field="reason",
            do=_("say why the answer is accepted or declined"),
            kept=_("nothing changed"),
        )


def _check_decision(line: n.Decision, state: VisitState, person: str) -> None:
    if isinstance(line.label, str) and line.label and not has_committee(state):
        raise Invalid(
            _("a developmental review has no committee"), field="presentation", do=_("record no decision for it")
        )


_CHECKS: dict[type[n.Statement], Any] = {
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
