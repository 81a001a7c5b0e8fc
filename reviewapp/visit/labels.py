"""The words for what the data holds as codes: groups, roles, tones, kinds of visit, dates, records."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol

from reviewapp.base.i18n import _, gettext_noop, join_words


class GroupLabel(NamedTuple):
    """What a group is called: `one` of it, as a phrase (`a_one`), `many`, one `person`; `letter` as in `P1`."""

    letter: str
    one: str
    a_one: str
    many: str
    person: str
    icon: str


GROUPS = {
    "patient": GroupLabel(
        "P",
        gettext_noop("patient"),
        gettext_noop("a patient"),
        gettext_noop("Patients"),
        gettext_noop("patient"),
        icon="person",
    ),
    "carer": GroupLabel(
        "C", gettext_noop("carer"), gettext_noop("a carer"), gettext_noop("Carers"), gettext_noop("carer"), icon="carer"
    ),
    "staff": GroupLabel(
        "S",
        gettext_noop("staff"),
        gettext_noop("a member of staff"),
        gettext_noop("Staff"),
        gettext_noop("member of staff"),
        icon="staff",
    ),
    "manager": GroupLabel(
        "M",
        gettext_noop("manager"),
        gettext_noop("the manager"),
        gettext_noop("Managers"),
        gettext_noop("manager"),
        icon="manager",
    ),
    "other_service": GroupLabel(
        "O",
        gettext_noop("other service"),
        gettext_noop("another service"),
        gettext_noop("Other services"),
        gettext_noop("other service"),
        icon="building",
    ),
}
"""The one table of the groups, by id, in their usual order. Here as below: documents print the words as they stand,
in English, and screens through `_` (`ui.labels`)."""
ROLES = {
    "lead": gettext_noop("lead reviewer"),
    "clinician": gettext_noop("clinician"),
    "patient_rep": gettext_noop("patient representative"),
    "carer_rep": gettext_noop("carer representative"),
    "observer": gettext_noop("observer"),
}
ROLES_IN_FULL = {"clinician": "clinician from another team"}
"""Roles that a document calls otherwise than the screen."""
TONES = {
    "positive": gettext_noop("Positive"),
    "negative": gettext_noop("Negative"),
    "mixed": gettext_noop("Mixed"),
    "neutral": gettext_noop("Neutral"),
}
KINDS = {
    "accreditation": gettext_noop("Accreditation review"),
    "developmental": gettext_noop("Developmental review"),
    "interim": gettext_noop("Interim review"),
}
CONTEXT = {
    "caseload": gettext_noop("People on the caseload"),
    "days_under_team": gettext_noop("Days a person stays under the team"),
    "open_24_7": gettext_noop("Open 24 hours, 7 days a week"),
    "staff_in_post": gettext_noop("Staff in post (full-time equivalents)"),
    "staff": gettext_noop("Staff"),
    "vacancies": gettext_noop("Vacant posts"),
    "vacancy_rate": gettext_noop("Vacancy rate"),
    "population": gettext_noop("Population served"),
    "referrals_per_month": gettext_noop("Referrals a month"),
    "area": gettext_noop("Area served"),
    "pathways": gettext_noop("Who refers to the team, and where people go on to"),
    "commissioner": gettext_noop("Commissioned by"),
    "commissioned_for": gettext_noop("What the team is commissioned to do"),
    "not_commissioned": gettext_noop("What it is not commissioned to do"),
    "opening_hours": gettext_noop("Opening hours"),
}
READINESS = {
    "prioritisation": gettext_noop("Prioritisation"),
    "leadership": gettext_noop("Leadership"),
    "workforce": gettext_noop("Workforce"),
    "workflow": gettext_noop("Workflow"),
    "reinforcement": gettext_noop("Reinforcement"),
}
"""The five domains in which a team can be ready for a programme of improvement."""
BARRIERS = {
    "time": gettext_noop("Time"),
    "vacancies": gettext_noop("Vacancies"),
    "turnover": gettext_noop("Turnover of staff"),
    "leadership change": gettext_noop("Change of leadership"),
    "commissioning": gettext_noop("Commissioning"),
    "estate": gettext_noop("Buildings and rooms"),
}
"""What most often stands in the way of a goal. Another may be named in its own words."""
ROUNDS = {"baseline": 0, "6 months": 6, "12 months": 12}
"""The usual rounds of a review, with the months since the first."""
PRESENT = {
    "staff": gettext_noop("Staff"),
    "patients": gettext_noop("Patients"),
    "carers": gettext_noop("Carers"),
    "senior": gettext_noop("Senior managers"),
}
"""Who can be at a scoping day, as it is counted. Other roles may be named in their own words."""
ACTION_STATUS = {
    "open": gettext_noop("open"),
    "in_progress": gettext_noop("in progress"),
    "done": gettext_noop("done"),
    "dropped": gettext_noop("dropped"),
}
"""Value of an action's status → its label, on the sheet and in documents."""
GOAL_STATUS = {
    "open": gettext_noop("Open"),
    "reached": gettext_noop("Reached"),
    "left": gettext_noop("Left"),
}
"""Where a goal stands."""
POSTS = {
    "manager": gettext_noop("Team manager"),
    "facilitator": gettext_noop("Facilitator"),
    "other": gettext_noop("Another post"),
}
"""The posts of a programme that change hands."""
SHORT_ID = 6
"""So many letters of a laptop's id are shown."""
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def day(text: str) -> str:
    """A date as people write it, `12 May 2026`; what is not a date stays as typed."""
    with contextlib.suppress(ValueError):
        made = date.fromisoformat(text)
        return f"{made.day} {MONTHS[made.month - 1]} {made.year}"
    return text


def document_date(text: str) -> str:
    """The date that a document bears as people write it: `17 March 2026`, `March 2026`, `2026`; else as typed."""
    year, _dash, month = text.partition("-")
    if len(text) == len("YYYY-MM") and year.isdigit() and month.isdigit() and 1 <= int(month) <= len(MONTHS):
        return f"{MONTHS[int(month) - 1]} {year}"
    return day(text)


def document_line(title: str, version: str = "", date: str = "") -> str:
    """A document in a line: `Operational policy (version 4.2, March 2026)`."""
    about = ", ".join(part for part in (f"version {version}" if version else "", document_date(date)) if part)
    return f"{title} ({about})" if about else title


def moment(text: str) -> str:
    """A time as people write it, with the zone it was recorded in; what is not one stays as typed."""
    with contextlib.suppress(ValueError):
        made = datetime.fromisoformat(text)
        zone = f" ({made.tzname()})" if made.tzinfo else ""
        return f"{day(made.date().isoformat())}, {made:%H:%M}{zone}"
    return text


def record_number(key: str, people: Mapping[str, TeamMember] | None = None) -> str:
    """An interview, quote or concern as pages and messages name it, by number and author: `P1/R2` as `P1 · R2`.

    With the `people` of the visit their role or name stands there too, `P1 · R2 (clinician)`; without them the line
    is one beside which it does. Reviewers number for themselves, so a number alone can be somebody else's: only what
    is said to its author, of what they did themselves, leaves the author out. Printed reports number people afresh.
    """
    *number, author = key.split("/")
    return " · ".join([*number, person(people, author) if people is not None else author])


class TeamMember(Protocol):
    """What is known of a member of the review team."""

    @property
    def role(self) -> str:
        """Its id, a key of `ROLES`."""

    @property
    def name(self) -> str:
        """Empty where the team works with codes alone."""


def person(people: Mapping[str, TeamMember], code: str) -> str:
    """A member of the review team as every page names them: `R2 (clinician)`, with a name `R2 (Asha)`."""
    known = _known(people, code)
    return f"{code} ({known})" if known else code


def laptop(people: Mapping[str, TeamMember], code: str, device: str = "") -> str:
    """Somebody's laptop in a sentence: `the laptop of R2 (clinician)`, or `laptop 3f2a1c of R2 (clinician)`.

    The id is given where somebody has several, as much of it as tells two apart by telephone.
    """
    whose = person(people, code)
    if not device:
        return _("the laptop of {person}", person=whose)
    return _("laptop {device} of {person}", device=device[:SHORT_ID], person=whose)


def concern(people: Mapping[str, TeamMember], key: str) -> str:
    """An immediate concern as every page and message names it: `Immediate concern 1 (R2, clinician)`."""
    number, _slash, author = key.partition("/")
    who = ", ".join(word for word in (author, _known(people, author)) if word)
    return _("Immediate concern {number} ({who})", number=number.removeprefix("IC"), who=who)


def _known(people: Mapping[str, TeamMember], code: str) -> str:
    member = people.get(code)
    return (member.name or _(ROLES.get(member.role, member.role))) if member else ""


def label(field: str) -> str:
    """The words for a fact about the service; one this version does not know is shown by its own name."""
    return CONTEXT.get(field) or field.replace("_", " ").strip().capitalize() or field


def role(name: str) -> str:
    """The words for a role in a document, whose readers do not know the review team."""
    return ROLES_IN_FULL.get(name) or ROLES.get(name, name)


def letter(group: str) -> str:
    """`P` for patients, and so on; `X` for a group this version does not know."""
    return GROUPS[group].letter if group in GROUPS else "X"


def group(name: str) -> str:
    """The heading for a group of people, `Patients`."""
    return GROUPS[name].many if name in GROUPS else name


def one_of(name: str) -> str:
    """One person of a group, as it stands under a quotation, `patient`."""
    return GROUPS[name].one if name in GROUPS else name


def a_one_of(name: str) -> str:
    """One person of a group in a sentence, `a patient`."""
    return GROUPS[name].a_one if name in GROUPS else name


def all_of(names: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return join_words(names, " and ")
