"""The page Agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewapp.base.i18n import _
from ui.pages.entry import LEAD, PageCommand, PageEntry, PageKey, Place, ShownRecord

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from reviewapp.workspace.open_visit import OpenVisit


def _progress(visit: OpenVisit) -> str:
    """How many standards are rated differently and not agreed.

    Before the meeting was opened a number here would tell how far others' ratings are from one's own.
    """
    from reviewapp.figures.ratings import disagreements

    if not visit.state.meeting_opened:
        return ""
    return str(sum(1 for one in disagreements(visit.state) if one.agreed is None) or "")


def _about_criterion(key: str, _state: VisitState, _me: str) -> Place:
    return {"standard": key.partition("/")[0]}


PAGE = PageEntry(
    name="agree",
    nav=_("Agree"),
    icon="agree",
    cls="AgreePage",
    progress=_progress,
    records=(
        ShownRecord("agreed", "standard", draft=_("What was agreed on standard {standard}")),
        ShownRecord(
            "agreed_criterion",
            find=_about_criterion,
            draft=_("What was agreed on criterion {criterion} of standard {standard}"),
        ),
        ShownRecord("agreed_audit", "case_notes"),
    ),
    commands=(PageCommand(_("Open or close the meeting"), LEAD),),
    keys=(PageKey("F11", _("Large type for a projector, on and off")),),
    rates=True,
)
