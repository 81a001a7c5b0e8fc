"""The page Action plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewapp.base.i18n import _
from ui.pages.entry import VISIT, PageCommand, PageEntry, ShownRecord

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
    records=(ShownRecord("action", "action", draft=_("Action {id}")), ShownRecord("team_note", "note")),
    commands=(PageCommand(_("Add an action"), VISIT),),
)
