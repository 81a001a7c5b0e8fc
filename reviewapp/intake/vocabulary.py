"""The words people write in our tables, and their values. Tolerant of case, spaces and plurals; never guesses."""

from __future__ import annotations

import re

from reviewapp.instruments.model import Group, Scale, ScaleValue
from reviewapp.spreadsheets.cells import normalised, visible
from reviewapp.visit.statements import AuditValue

SURVEY_GROUPS: tuple[Group, ...] = ("patient", "carer", "staff")
"""The groups of people that fill in surveys."""

_GROUPS: dict[str, Group] = {
    **dict.fromkeys(("patient", "patients", "serviceuser", "serviceusers", "su", "user", "users"), "patient"),
    **dict.fromkeys(("carer", "carers", "caregiver", "caregivers", "family", "families", "familymember"), "carer"),
    **dict.fromkeys(("familycarer", "familycarers", "familyorcarer", "familyandcarer", "carerfamily"), "carer"),
    **dict.fromkeys(("staff", "staffmember", "staffmembers"), "staff"),
}
_ANSWERS: dict[str, AuditValue] = {
    **dict.fromkeys(("yes", "y", "true"), "yes"),
    **dict.fromkeys(("no", "n", "false"), "no"),
    **dict.fromkeys(("na", "notapplicable", "doesnotapply"), "na"),
    **dict.fromkeys(("notrecorded", "nr", "unrecorded"), "not_recorded"),
}


_NUMBER = re.compile(r"[+-]?\d*[.,]?\d+%?")


def _word(text: str) -> str:
    """The word a text is, for looking up; empty where a question mark says that somebody was not sure."""
    return "" if "?" in text else normalised(visible(text))


def group_of(text: str) -> Group | None:
    """The group a label such as "Family/carer" means; None when it is none of ours."""
    return _GROUPS.get(_word(text))


def answer_of(text: str) -> AuditValue | None:
    """The audit answer a word means: yes, no, na or not_recorded; None for any other word."""
    return _ANSWERS.get(_word(text))


def rating_of(text: str, scale: Scale) -> ScaleValue | None:
    """The choice of the scale with this label or value, or None; on any scale "N/A" means its "not applicable"."""
    plain = visible(text).strip()
    whole = re.sub(r"^0+(?=\d)|[.,]0+$", "", plain) if _NUMBER.fullmatch(plain) else _word(plain)
    for choice in scale.values:
        if whole and whole in (normalised(choice.label), normalised(str(choice.value))):
            return choice
    if answer_of(text) == "na":
        return next((choice for choice in scale.values if choice.counts == "na"), None)
    return None
