"""How a finding of the proof-reader is shown, and where its cause can be corrected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reviewapp.base.i18n import _
from reviewapp.visit.labels import TeamMember, person
from reviewapp.visit.second import ALSO_KINDS
from ui.widgets.status_list import StatusRow

if TYPE_CHECKING:
    from reviewapp.report.proofreading import Finding

LOOKS = {
    "stop": ("not_met", "alert", _("Stop")),
    "warn": ("warn", "eye", _("Check")),
    "note": ("info", "info", _("Note")),
}
"""Tone, icon and label of a severity."""
EXPLAINED = {
    "stop": _("Correct this before you send it."),
    "warn": _("Check this before you send it."),
    "note": _("For information."),
}

TITLES = {
    "concern_not_passed_on": _("Nobody told about a concern"),
    "conflict": _("Two versions"),
    "disagreement": _("Reviewers differ"),
    "no_recommendation": _("No recommendation"),
    "quote_without_consent": _("Quote without consent"),
    "quote_outside_set": _("Not in this set"),
    "standard_outside_set": _("Not in this set"),
    "nhs_number": _("Perhaps an NHS number"),
    "nhs_number_bare": _("Perhaps an NHS number"),
    "nhs_number_wrong": _("Perhaps an NHS number"),
    "ni_number": _("Perhaps a National Insurance number"),
    "hospital_number": _("Perhaps a hospital number"),
    "phone": _("Perhaps a telephone number"),
    "email": _("Perhaps an e-mail address"),
    "postcode": _("Perhaps a postcode"),
    "date_of_birth": _("Perhaps a date of birth"),
    "old_date": _("Perhaps a date of birth"),
    "name": _("A name from the list"),
    "reviewer_named": _("A reviewer is named"),
    "contradicts_figures": _("Does not match the figures"),
    "contradicts_rating": _("Does not match a rating"),
    "agreed_against_all": _("All sources disagree"),
    "met_only_contrary": _("Evidence against only"),
    "not_met_only_praise": _("Not met, but only praise"),
    "met_no_evidence": _("No evidence"),
    "late_rating": _("Late ratings"),
    "not_counted": _("Not counted"),
    "criteria_differ": _("Criteria differ"),
    "case_notes_differ": _("Case notes read differently"),
    "missing_glyph": _("Cannot be printed"),
    "unrated": _("Not rated"),
    "not_agreed": _("Not agreed yet"),
    "practice_not_found": _("Nothing found for it"),
    "recommendation_not_printed": _("Not printed"),
    "hard_to_read": _("Hard to read"),
    "percentage_of_few": _("Percentage of few people"),
    "small_number": _("Small number of people"),
    "only_one_heard": _("Only one person heard"),
    "small_survey": _("Small survey"),
}
"""A short title for each rule; the sentence below it has the details."""


def finding_row(found: Finding, people: Mapping[str, TeamMember]) -> StatusRow:
    """The row of the list for one finding."""
    title = TITLES.get(found.rule, _("To check"))
    if found.accepted is not None:
        who = person(people, found.accepted.person)
        note = _("Accepted by {person}: {reason}", person=who, reason=found.accepted.reason)
        return StatusRow(found.id, title, found.why, tone="met", icon="check", state=_("Accepted"), note=note)
    tone, icon, word = LOOKS[found.severity]
    return StatusRow(found.id, title, found.why, tone=tone, icon=icon, state=word)


def cause_of(found: Finding) -> tuple[str, dict[str, str]]:
    """The page and the place on it where a finding's cause can be corrected."""
    first = found.key.split("/", maxsplit=1)[0]
    author = found.key.rpartition("/")[2]
    if found.rule == "conflict":
        return "bring_together", {"conflict": f"{found.entity}|{found.key}|"}
    if found.entity in ALSO_KINDS:
        return "standards", {"standard": found.standard, "instrument": first}
    if found.rule == "late_rating":
        return "agree", {"standard": found.standard}
    return {
        "passage": ("report", {"passage": found.key}),
        "concern": ("interviews", {"concern": found.key}),
        "quote": ("interviews", {"quote": found.key}),
        "answer": ("interviews", {"interview": f"{first}/{author}"}),
        "agreed_audit": ("agree", {"case_notes": found.key}),
        "audit": ("case_notes", {"record": first, "item": found.key.split("/")[1] if "/" in found.key else ""}),
        "case_note": ("case_notes", {"record": first}),
        "action": ("action_plan", {"action": found.key}),
        "survey": ("overview", {}),
        "context": ("overview", {}),
        "slot": ("overview", {}),
        "person": ("overview", {"card": "people"}),
        "agreed": ("agree", {"standard": found.standard}),
        "agreed_criterion": ("agree", {"standard": found.standard}),
        "response": ("agree", {"standard": found.standard}),
        "response_decision": ("agree", {"standard": found.standard}),
        "decision": ("agree", {}),
    }.get(found.entity, ("standards", {"standard": found.standard}))
