"""The words and icons for people spoken to, the same in the list, the form and on the overview."""

from __future__ import annotations

from reviewapp.visit.people_spoken_to import LETTERS
from reviewapp.visit.state import InterviewRec

GROUPS = {
    "patient": "Patient",
    "carer": "Carer",
    "staff": "Staff",
    "manager": "Manager",
    "other_service": "Other service",
}
ONE = {
    "patient": "a patient",
    "carer": "a carer",
    "staff": "a member of staff",
    "manager": "the manager",
    "other_service": "another service",
}
MANY = {
    "patient": "Patients",
    "carer": "Carers",
    "staff": "Staff",
    "manager": "Managers",
    "other_service": "Other services",
}
ICONS = {"patient": "person", "carer": "carer", "staff": "staff", "manager": "manager", "other_service": "building"}
MODES = {"in_person": "In person", "phone": "By phone", "video": "By video"}
TONES = {"positive": "Positive", "negative": "Negative", "mixed": "Mixed", "neutral": "Neutral"}
TONE_LOOKS = {
    "positive": ("met", "plus"),
    "negative": ("not_met", "dash"),
    "mixed": ("warn", "differ"),
    "neutral": ("na", "circle"),
}


def letter(group: str) -> str:
    """`P` for patients, and so on."""
    return LETTERS.get(group, "X")


def name_of(rec: InterviewRec, me: str) -> str:
    """`P1` for mine, `P1 · R3` for another reviewer's."""
    return rec.id if rec.person == me else f"{rec.id} · {rec.person}"


def circumstances(rec: InterviewRec) -> str:
    """`By phone · 2 people · with R3`."""
    parts = [MODES[rec.mode]] if rec.mode in MODES else []
    parts.append("1 person" if rec.people == 1 else f"{rec.people} people")
    if rec.with_:
        parts.append("together with " + ", ".join(rec.with_))
    return " · ".join(parts)


def count(number: int, one: str, many: str = "") -> str:
    """`1 note`, `3 notes`."""
    return f"{number} {one if number == 1 else many or one + 's'}"
