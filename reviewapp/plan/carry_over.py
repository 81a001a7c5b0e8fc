"""Copies the action plan of an earlier visit into a later one, for an interim review of what was planned before."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.plan.progress import log_of
from reviewapp.plan.rows import TYPED
from reviewapp.plan.sent_versions import History
from reviewapp.spreadsheets.row_marks import normalised_cell
from reviewapp.visit import labels
from reviewapp.visit.state import ActionRecord, VisitState
from reviewapp.visit.statements import Action
from reviewapp.visit.validators import HOST

if TYPE_CHECKING:
    from reviewapp.workspace.changes import Change
    from reviewapp.workspace.open_visit import OpenVisit


def carry_over(visit: OpenVisit, earlier: OpenVisit) -> Change:
    """Copy the actions of `earlier` into `visit`, in one undoable change; actions already here stay as they are.

    Raises Invalid if it is not an earlier visit to the same service, if one of its actions is in conflict, or if there
    is nothing to copy.
    """
    check_earlier(visit.state, earlier.state)
    lines = carry_over_statements(earlier.state, partial(earlier.history, "action"), visit.state)
    if not lines:
        raise Invalid(
            _("every action of {when} is here already, or there was none", when=_when(earlier.state)),
            do=_("write new actions on the page Action plan"),
        )
    return visit.record(*lines, name=_("taking over the plan of {when}", when=_when(earlier.state)))


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
            _("the action {key} of that visit says two things", key=conflict.key), do=_("settle it in that visit first")
        )


def carry_over_statements(earlier: VisitState, history: History, now: VisitState) -> list[Action]:
    """The statements that record the earlier plan's actions here, without those whose id `now` has.

    The log of reports, with dates and authors, becomes the text under progress.
    """
    known = {standard.number for standard in now.instrument.standards}
    return [_line(a, history, known) for a in earlier.actions.values() if a.key not in now.actions and a.action.strip()]


def _line(action: ActionRecord, history: History, known: set[str]) -> Action:
    values: dict[str, Any] = {name: getattr(action, name) or None for name in TYPED}
    values["progress"] = _reports(action, history)
    standard = action.standard
    if standard and standard not in known:
        standard, values["action"] = (
            "",
            _(
                "{action}\n(standard {standard} of the earlier standards)",
                action=values["action"],
                standard=action.standard,
            ),
        )
    return Action(id=action.key, standard=standard, deleted=False, **values)


def _reports(action: ActionRecord, history: History) -> str | None:
    """The log of reports as text, one per line: `12 May 2026, the team: Begun`."""
    log = log_of(history(action.key))
    reports = [f"{labels.day(o.day)}, {'the team' if o.person == HOST else o.person}: {o.text}" for o in log]
    return "\n".join(reports) or action.progress or None


def _when(state: VisitState) -> str:
    return labels.day(state.info.date)
