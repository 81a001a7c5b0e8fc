"""Labels and icons for interview groups, modes, tones, roles and kinds of visit, the same on every page."""

from __future__ import annotations

from reviewapp.base.i18n import _, plural
from reviewapp.figures.conversations import LETTERS
from reviewapp.visit.state import InterviewRecord

GROUPS = {
    "patient": _("Patient"),
    "carer": _("Carer"),
    "staff": _("Staff"),
    "manager": _("Manager"),
    "other_service": _("Other service"),
}
ONE = {
    "patient": _("a patient"),
    "carer": _("a carer"),
    "staff": _("a member of staff"),
    "manager": _("the manager"),
    "other_service": _("another service"),
}
MANY = {
    "patient": _("Patients"),
    "carer": _("Carers"),
    "staff": _("Staff"),
    "manager": _("Managers"),
    "other_service": _("Other services"),
}
ICONS = {"patient": "person", "carer": "carer", "staff": "staff", "manager": "manager", "other_service": "building"}
MODES = {"in_person": _("In person"), "phone": _("By phone"), "video": _("By video")}
TONES = {"positive": _("Positive"), "negative": _("Negative"), "mixed": _("Mixed"), "neutral": _("Neutral")}
TONE_LOOKS = {
    "positive": ("met", "plus"),
    "negative": ("not_met", "dash"),
    "mixed": ("warn", "differ"),
    "neutral": ("na", "circle"),
}


def letter(group: str) -> str:
    """First letter of a group's interview ids, `P` for patients; `X` if the group has none."""
    return LETTERS.get(group, "X")


def name_of(rec: InterviewRecord, me: str) -> str:
    """`P1` for the person's own interview, `P1 · R3` for another reviewer's."""
    return rec.id if rec.person == me else f"{rec.id} · {rec.person}"


def circumstances(rec: InterviewRecord) -> str:
    """Mode, number of people and other reviewers: `By phone · 2 people · together with R3`."""
    parts = [MODES[rec.mode]] if rec.mode in MODES else []
    parts.append(plural("{n} person", "{n} people", rec.people))
    if rec.with_:
        parts.append(_("together with ") + ", ".join(rec.with_))
    return " · ".join(parts)


ROLES = {
    "lead": _("lead reviewer"),
    "clinician": _("clinician"),
    "patient_rep": _("patient representative"),
    "carer_rep": _("carer representative"),
    "observer": _("observer"),
}

KINDS = {
    "accreditation": _("Accreditation visit"),
    "developmental": _("Developmental visit"),
    "interim": _("Interim visit"),
}
