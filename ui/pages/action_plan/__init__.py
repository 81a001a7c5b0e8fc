"""The page Action plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewapp.base.i18n import _
from ui.pages.entry import LEAD, VISIT, PageCommand, PageEntry, PageKey, ShownRecord

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import OpenVisit


def _progress(visit: OpenVisit) -> str:
    """How many actions there are."""
    return str(len(visit.state.actions) or "")


PAGE = PageEntry(
    name="action_plan",
    nav=_("Action plan"),
    icon="plan",
    cls="ActionPlanPage",
    progress=_progress,
    records=(
        ShownRecord("action", "action", draft=_("Action {id}")),
        ShownRecord("team_note", "note"),
        ShownRecord("goal", "goal", draft=_("Goal {id}")),
        ShownRecord("scoping", "scoping", draft=_("Scoping day")),
        ShownRecord("readiness", "readiness", draft=_("Readiness: {domain}")),
        ShownRecord("follow_up", "follow_up", draft=_("Plan meeting {id}")),
        ShownRecord("follow_up_goal", "follow_up", draft=_("Goal {goal} at meeting {follow_up}")),
        ShownRecord("learning_event", "learning_event", draft=_("Learning event {id}")),
        ShownRecord("handover", "handover", draft=_("Handover note {id}")),
        ShownRecord("staff_change", "staff_change", draft=_("Change of staff {id}")),
        ShownRecord("example", "example"),
        ShownRecord("shared_practice", "shared_practice", draft=_("What other teams may read of {standard}")),
        ShownRecord("escalation", "escalation", draft=_("Asked of those above the team: {id}")),
    ),
    keys=(
        PageKey("F2", _("Edit the cell")),
        PageKey(_("Enter"), _("Edit the cell, or begin an action; end the cell that is being edited")),
        PageKey(_("Shift+Enter"), _("New line in a cell")),
    ),
    commands=(
        PageCommand(_("Add an action"), LEAD),
        PageCommand(_("Goals of the plan"), VISIT, ("goal", "")),
        PageCommand(_("Scoping day"), VISIT, ("scoping", "scoping")),
        PageCommand(_("Plan meetings"), VISIT, ("follow_up", "")),
        PageCommand(_("Handover notes"), VISIT, ("handover", "")),
        PageCommand(_("Is the team ready?"), VISIT, ("readiness", "")),
    ),
)
