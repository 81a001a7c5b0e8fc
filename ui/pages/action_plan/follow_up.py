"""What else goes with the plan: what was asked of those above the team, changes of staff, readiness."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reviewapp.base.dates import today
from reviewapp.base.i18n import _, plural
from reviewapp.figures.escalations import escalation_views
from reviewapp.visit import labels
from reviewapp.visit.programme_records import (
    EscalationRecord,
    ReadinessRecord,
    StaffChangeRecord,
)
from reviewapp.visit.statements import Escalation, Readiness, StaffChange
from ui.formats import long_date
from ui.pages.shared.record_fields import FieldSpec
from ui.pages.shared.record_section import SectionSpec
from ui.widgets.status_list import StatusRow

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from reviewapp.visit.statements import Statement
    from ui.pages.base import Page

READINESS = {domain: _(words) for domain, words in labels.READINESS.items()}
ASKED_OF_READINESS = {
    "prioritisation": _("Is this change wanted now, before others?"),
    "leadership": _("Who in the team, and above it, supports this and has the time?"),
    "workforce": _("Are there enough people, and do they have what they need to learn it?"),
    "workflow": _("What must change in the daily work?"),
    "reinforcement": _("How will it be kept up: who checks, how often, and what happens then?"),
}


def _escalation_line(key: str, field: str, value: Any) -> Statement:
    return Escalation(id=key, **{field: value})


def _escalations(state: VisitState, _me: str) -> list[EscalationRecord]:
    """Those without an answer first, the reply wanted soonest before the others."""
    return [state.escalations[one.id] for one in escalation_views(state, today().isoformat())]


def _escalation_row(state: VisitState, one: EscalationRecord, on: str) -> StatusRow:
    view = next(found for found in escalation_views(state, on) if found.id == one.id)
    parts = [_("Asked of: {whom}", whom=one.to)] if one.to else []
    parts += [_("asked on {day}", day=long_date(one.date))] if one.date else []
    parts += [_("reply needed by {day}", day=long_date(one.reply_by))] if one.reply_by else []
    parts += [_("answered {day}", day=long_date(one.answered))] if one.answered else []
    pill, tone, icon = (
        (_("Answered"), "met", "check")
        if not view.open
        else (_("Reply is late"), "not_met", "alert")
        if view.late
        else (_("No answer yet"), "warn", "clock")
    )
    return StatusRow(one.id, one.asked, one.answer, pill, tone, icon, note=" · ".join(parts))


def _begin_escalation(page: Page, asked: str) -> Statement:
    number = page.visit.next_id("escalation", f"X-{page.visit.me}-")
    return Escalation(id=number, asked=asked, date=today().isoformat())


def escalations_note(state: VisitState) -> str:
    """One line for the heading that folds them away."""
    found = escalation_views(state, today().isoformat())
    if not found:
        return _("None")
    told = _("{n} of {of} without an answer", n=sum(one.open for one in found), of=len(found))
    late = sum(one.late for one in found)
    return f"{told} · {plural('{n} reply is late', '{n} replies are late', late)}" if late else told


ESCALATIONS = SectionSpec(
    kind="escalation", title=_("Requests to people above the team"),
    about=_("What the team cannot solve itself: who was asked, when a reply is needed, and when an answer came."),
    empty=_("Nothing has been asked yet. Write what the team needs in the line above."),
    fields=(
        FieldSpec("asked", _("What was asked")),
        FieldSpec("to", _("Asked of, by role"), "line"),
        FieldSpec("date", _("Asked on"), "day"),
        FieldSpec("reply_by", _("Reply needed by"), "day"),
        FieldSpec("answered", _("Answered on"), "day"),
        FieldSpec("answer", _("The answer")),
    ),
    line=_escalation_line, records=_escalations, row=_escalation_row,
    first=FieldSpec("asked", _("What is asked"), "line"), add=_("Add a request"), begin=_begin_escalation,
    remove=_("Delete this"), removed=_("Deleted. You can undo this."),
    prints="managers-brief", printing=_("Save the brief for senior managers, as PDF…"),
)  # fmt: skip


def _staff_line(key: str, field: str, value: Any) -> Statement:
    return StaffChange(id=key, **{field: value})


def _staff(state: VisitState, _me: str) -> list[StaffChangeRecord]:
    """Those who were not told of the plan first."""
    return sorted(state.staff_changes.values(), key=lambda one: (bool(one.briefed), one.date))


def _staff_row(_state: VisitState, one: StaffChangeRecord, _on: str) -> StatusRow:
    parts = [long_date(one.date)] if one.date else []
    parts += [_("told about the plan on {day}", day=long_date(one.briefed))] if one.briefed else []
    pill, tone, icon = (_("Told"), "met", "check") if one.briefed else (_("Not told yet"), "warn", "clock")
    return StatusRow(one.id, one.what, " · ".join(parts), pill, tone, icon)


def _begin_staff(page: Page, what: str) -> Statement:
    return StaffChange(id=page.visit.next_id("staff_change", f"S-{page.visit.me}-"), what=what)


def staff_note(state: VisitState) -> str:
    """One line for the heading that folds them away."""
    waiting = sum(not one.briefed for one in state.staff_changes.values())
    if not state.staff_changes:
        return _("None")
    return (
        plural("{n} not told about the plan", "{n} not told about the plan", waiting)
        if waiting
        else _("Everyone was told")
    )


STAFF = SectionSpec(
    kind="staff_change", title=_("Staff changes"),
    about=_("Who left and who started, by role, and when they were told about the plan. If a post of the programme "
        "changes hands, write a handover note below too."),
    empty=_("No staff changes yet. Write one in the line above, such as: a new team manager started."),
    fields=(
        FieldSpec("what", _("Who left or started, by role")),
        FieldSpec("date", _("When"), "day"),
        FieldSpec("briefed", _("Told about the plan on"), "day"),
    ),
    line=_staff_line, records=_staff, row=_staff_row,
    first=FieldSpec("what", _("Who left or started, by role"), "line"), add=_("Add a change"), begin=_begin_staff,
    remove=_("Delete this change"), removed=_("Change deleted. You can undo this."),
    prints="brief", printing=_("Save the brief for new staff, as PDF…"),
)  # fmt: skip


def _readiness_line(key: str, field: str, value: Any) -> Statement:
    return Readiness(domain=key, **{field: value})  # type: ignore[arg-type]


def _readiness(state: VisitState, _me: str) -> list[ReadinessRecord]:
    """All five domains, also those of which nothing was said."""
    return [state.readiness.get(one) or ReadinessRecord(key=one, domain=one) for one in READINESS]


def _readiness_row(_state: VisitState, one: ReadinessRecord, _on: str) -> StatusRow:
    said = bool(one.answer.strip())
    pill, tone, icon = (_("Answered"), "met", "check") if said else (_("Not asked yet"), "na", "circle")
    asked = ASKED_OF_READINESS[one.domain]
    return StatusRow(one.domain, READINESS[one.domain], one.answer, pill, tone, icon, note=asked)


def readiness_note(state: VisitState) -> str:
    """One line for the heading that folds it away."""
    said = sum(bool(one.answer.strip()) for one in state.readiness.values())
    return _("{n} of {of} asked", n=said, of=len(READINESS))


READY = SectionSpec(
    kind="readiness", title=_("Is the team ready?"),
    about=_("Five questions that decide whether a plan can be carried out. Ask the team before choosing goals."),
    empty="",
    fields=(FieldSpec("answer", _("What the team says")), FieldSpec("note", _("Note"))),
    line=_readiness_line, records=_readiness, row=_readiness_row,
)  # fmt: skip
