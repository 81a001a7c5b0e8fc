"""Copies the action plan of an earlier visit into a later one, for an interim review of what was planned before."""

from __future__ import annotations

from collections.abc import Container
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.instruments.model import Instrument
from reviewapp.plan.progress import carried_text, log_of
from reviewapp.plan.rows import TYPED
from reviewapp.plan.sent_versions import History
from reviewapp.spreadsheets.row_marks import normalised_cell
from reviewapp.visit import labels
from reviewapp.visit.programme_records import GoalRecord
from reviewapp.visit.state import ActionRecord, VisitState
from reviewapp.visit.statements import Action, Goal

Carried = TypeVar("Carried", Action, Goal)

if TYPE_CHECKING:
    from reviewapp.workspace.changes import Change
    from reviewapp.workspace.open_visit import OpenVisit


def carry_over(visit: OpenVisit, earlier: OpenVisit) -> Change:
    """Copy the actions of `earlier` into `visit`, in one undoable change; actions already here stay as they are.

    Raises Invalid if it is not an earlier visit to the same service, if one of its actions is in conflict, or if there
    is nothing to copy.
    """
    check_earlier(visit.state, earlier.state)
    actions = carry_over_statements(earlier.state, partial(earlier.history, "action"), visit.state)
    lines = [*carried_goals(earlier.state, visit.state, {line.goal for line in actions}), *actions]
    if not actions:
        raise Invalid(
            _("every action of {when} is already here, or there were none", when=_when(earlier.state)),
            do=_("write new actions on the Action plan page"),
        )
    return visit.record(*lines, name=_("copying the plan of {when}", when=_when(earlier.state)))


def check_earlier(now: VisitState, earlier: VisitState) -> None:
    """Raise Invalid unless `earlier` is an earlier visit to the same service, without conflicts in its actions."""
    if earlier.info.id == now.info.id or earlier.info.date >= now.info.date:
        raise Invalid(
            _(
                "the visit of {when} is not earlier than this one ({this_day})",
                when=_when(earlier),
                this_day=_when(now),
            ),
            do=_("choose an earlier visit"),
        )
    if normalised_cell(earlier.info.service).casefold() != normalised_cell(now.info.service).casefold():
        raise Invalid(
            _(
                "the visit of {when} was to {service}, not to {other}",
                when=_when(earlier),
                service=earlier.info.service,
                other=now.info.service,
            ),
            do=_("choose a visit to the same service"),
        )
    conflict = next((c for c in earlier.conflicts if c.entity == "action"), None)
    if conflict is not None:
        raise Invalid(
            _("there are two versions of the action {key} in that visit", key=conflict.key),
            do=_("choose one in that visit first"),
        )


def carry_over_statements(earlier: VisitState, history: History, now: VisitState) -> list[Action]:
    """The statements that record the earlier plan's actions here, without those whose id `now` has.

    The log of reports, with dates and authors, becomes the text under progress.
    """
    actions = [one for one in earlier.actions.values() if one.key not in now.actions and one.action.strip()]
    return [fitted(_line(one, history), now.instrument) for one in actions]


def carried_goals(earlier: VisitState, now: VisitState, named: Container[str | None | UnsetType]) -> list[Goal]:
    """The statements that record here the earlier goals that are chosen or `named` by an action.

    Those that are here already are left out. Raises Invalid where a goal here says something else under the same id.
    """
    lines = []
    for goal in earlier.goals.values():
        if not (goal.chosen_by or goal.id in named):
            continue
        here = now.goals.get(goal.id)
        if here is not None and here.text != goal.text:
            raise Invalid(
                _("goal {id} here is not the goal {id} of {when}", id=goal.id, when=_when(earlier)),
                field="goal",
                do=_("record the goal of this visit under another id first"),
            )
        if here is None:
            lines.append(fitted(_goal_line(goal), now.instrument))
    return lines


def fitted(line: Carried, instrument: Instrument) -> Carried:
    """The goal or action as it can be recorded with this instrument: numbers of earlier standards become text."""
    known = {standard.number for standard in instrument.standards}
    if isinstance(line, Action):
        if not line.standard or line.standard in known:
            return line
        text = _("{action}\n(standard {standard} of the earlier standards)", action=line.action, standard=line.standard)
        return msgspec.structs.replace(line, standard="", action=text)
    standards = [number for number in line.standards or () if number in known]
    gone = [number for number in line.standards or () if number not in known]
    if not gone:
        return line
    told = _("(earlier standards: {list})", list=", ".join(gone))
    why = f"{line.why or ''}\n{told}".strip()
    if standards:
        return msgspec.structs.replace(line, standards=standards, why=why)
    if line.status == "reached":  # of what is asked no more nothing is a goal, so it cannot be a reached one either
        why = f"{why}\n{_('(reached on {day})', day=labels.day(str(line.ended)))}"
    return msgspec.structs.replace(
        line, standards=standards, why=why, chosen_by=None, status=UNSET, ended=UNSET, reason=UNSET
    )


def _goal_line(goal: GoalRecord) -> Goal:
    return Goal(
        id=goal.id, text=goal.text, standards=list(goal.standards), why=goal.why or None, target=goal.target or None,
        chosen_by=goal.chosen_by or None, proposed_by=goal.proposed_by or None, **_end(goal),
    )  # fmt: skip


def _end(goal: GoalRecord) -> dict[str, Any]:
    """That a goal was reached or left; nothing of one that is open."""
    if goal.status in ("", "open"):
        return {}
    return {"status": goal.status, "ended": goal.ended or None, "reason": goal.reason or None}


def _line(action: ActionRecord, history: History) -> Action:
    values: dict[str, Any] = {name: getattr(action, name) or None for name in TYPED}
    values["progress"] = _reports(action, history)
    return Action(id=action.key, standard=action.standard, deleted=False, **values)


def _reports(action: ActionRecord, history: History) -> str | None:
    """The log of reports as text; what came from a visit before that is in it once, with its own day and person."""
    return carried_text(log_of(history(action.key))) or action.progress or None


def _when(state: VisitState) -> str:
    return labels.day(state.info.date)
