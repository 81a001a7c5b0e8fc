"""The words of `reviewapp.visit.labels` in the language of the screen, and how a tone looks."""

from __future__ import annotations

from reviewapp.base.i18n import _, plural
from reviewapp.visit import labels
from reviewapp.visit.state import InterviewRecord


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]


GROUPS = {group: _capitalised(_(said.one)) for group, said in labels.GROUPS.items()}
ONE_OF = {group: _(said.one) for group, said in labels.GROUPS.items()}
A_ONE_OF = {group: _(said.a_one) for group, said in labels.GROUPS.items()}
MANY = {group: _(said.many) for group, said in labels.GROUPS.items()}
ICONS = {group: said.icon for group, said in labels.GROUPS.items()}
"""Groups by id: `Patient`, `patient`, `a patient`, `Patients`, and the icon."""
SOURCES = {
    **{group: _capitalised(_(said.many)) for group, said in labels.GROUPS.items()},
    "survey": _("Survey"),
    "case_note": _("Case notes"),
    "document": _("Documents"),
}
"""What something is established from, by the letter or id of the source."""
ROLES = {role: _(words) for role, words in labels.ROLES.items()}
KINDS = {kind: _(words) for kind, words in labels.KINDS.items()}
TONES = {tone: _(words) for tone, words in labels.TONES.items()}
TONE_LOOKS = {
    "positive": ("met", "plus"),
    "negative": ("not_met", "dash"),
    "mixed": ("warn", "differ"),
    "neutral": ("na", "equal"),
}
"""The colour and the icon of a tone."""
MODES = {"in_person": _("In person"), "phone": _("By phone"), "video": _("By video")}


def circumstances(rec: InterviewRecord) -> str:
    """Mode, number of people and other reviewers: `By phone · 2 people · together with R3`."""
    parts = [MODES[rec.mode]] if rec.mode in MODES else []
    people = plural("{n} person", "{n} people", rec.people)
    of_groups = ", ".join(
        f"{rec.groups[group]} {words.lower()}" for group, words in MANY.items() if group in rec.groups
    )
    parts.append(f"{people} ({of_groups})" if of_groups else people)
    if rec.with_:
        parts.append(_("together with ") + ", ".join(rec.with_))
    return " · ".join(parts)
