"""The words of the report for what the data holds as codes: roles, groups, dates, kinds."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from datetime import date, datetime

from reviewapp.base.i18n import either, later

ROLES = {
    "lead": "lead reviewer",
    "clinician": "clinician from another team",
    "patient_rep": "patient representative",
    "carer_rep": "carer representative",
    "observer": "observer",
}
GROUPS = {
    "patient": "Patients",
    "carer": "Carers",
    "staff": "Staff",
    "manager": "Managers",
    "other_service": "Other services",
}
ONE_OF = {
    "patient": "patient",
    "carer": "carer",
    "staff": "staff",
    "manager": "manager",
    "other_service": "another service",
}
KINDS = {
    "accreditation": "Accreditation review",
    "developmental": "Developmental review",
    "interim": "Interim review",
}
CONTEXT = {
    "caseload": later("People on the caseload"),
    "days_under_team": later("Days a person stays under the team"),
    "open_24_7": later("Open 24 hours, 7 days a week"),
    "staff_in_post": later("Staff in post (full-time equivalents)"),
    "staff": later("Staff"),
    "vacancies": later("Vacant posts"),
    "vacancy_rate": later("Vacancy rate"),
    "population": later("Population served"),
    "referrals_per_month": later("Referrals a month"),
    "area": later("Area served"),
    "commissioner": later("Commissioned by"),
    "opening_hours": later("Opening hours"),
}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
ENTITIES = {
    "agreed": later("the agreed rating of standard {key}"),
    "agreed_audit": later("the agreed case-note answer {key}"),
    "context": later("the fact about the service “{key}”"),
    "survey": later("the survey answers {key}"),
    "self_review": later("the team's own rating of standard {key}"),
    "passage": later("the written passage “{key}”"),
    "local_context": later("the local context of standard {key}"),
    "response": later("the team's answer to standard {key}"),
    "response_decision": later("what was decided on the team's answer to standard {key}"),
    "rating": later("a reviewer's rating ({key})"),
    "audit": later("a case-note answer ({key})"),
    "action": later("the action {key} of the action plan"),
    "decision": later("the committee's decision at presentation {key}"),
    "slot": later("the appointment {key} of the timetable"),
    "person": later("the member of the review team {key}"),
    "interview": later("an interview ({key})"),
    "answer": later("an answer in an interview ({key})"),
    "quote": later("a quotation ({key})"),
    "concern": later("an immediate concern ({key})"),
    "known_name": later("a name on the list of names ({key})"),
    "finding_accepted": later("why a finding may stand ({key})"),
}


def day(text: str) -> str:
    """A date as people write it, `12 May 2026`; what is not a date stays as typed."""
    with contextlib.suppress(ValueError):
        made = date.fromisoformat(text)
        return f"{made.day} {MONTHS[made.month - 1]} {made.year}"
    return text


def moment(text: str) -> str:
    """A time as people write it, with the zone it was recorded in; what is not one stays as typed."""
    with contextlib.suppress(ValueError):
        made = datetime.fromisoformat(text)
        zone = f" ({made.tzname()})" if made.tzinfo else ""
        return f"{day(made.date().isoformat())}, {made:%H:%M}{zone}"
    return text


def label(field: str) -> str:
    """The words for a fact about the service; one this version does not know is shown by its own name."""
    return CONTEXT.get(field) or field.replace("_", " ").strip().capitalize() or field


def role(name: str) -> str:
    """The words for a role."""
    return ROLES.get(name, name)


def group(name: str) -> str:
    """The heading for a group of people."""
    return GROUPS.get(name, name)


def one_of(name: str) -> str:
    """One person of a group, as it stands under a quotation."""
    return ONE_OF.get(name, name)


def entity(kind: str, key: str, translated: Callable[[str], str] = str) -> str:
    """A record of the visit in plain words, in English unless they are `translated`."""
    return translated(ENTITIES.get(kind, f"{kind} {{key}}")).replace("{key}", key)


def joined(names: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return either(names, " and ")
