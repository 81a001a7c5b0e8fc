"""The page Case notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewapp.base.i18n import _
from ui.pages.entry import PageEntry, PageKey, Place, ShownRecord

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from reviewapp.workspace.open_visit import OpenVisit


def _progress(visit: OpenVisit) -> str:
    """How many case notes were read, of how many where the standards say so."""
    from reviewapp.figures.status import progress

    notes = progress(visit.state).case_notes
    return f"{notes.done}/{notes.target}" if notes.target else str(notes.done)


def _cell(key: str, _state: VisitState, _me: str) -> Place:
    record, item, *_ = key.split("/")
    return {"record": record, "item": item}


def _case_note(key: str, state: VisitState, _me: str) -> Place:
    first = state.instrument.audit[0].item if state.instrument.audit else ""
    return {"record": key.partition("/")[0], "item": first}


PAGE = PageEntry(
    name="case_notes",
    nav=_("Case notes"),
    icon="case_notes",
    cls="CaseNotesPage",
    progress=_progress,
    records=(
        ShownRecord("audit_item", "item"),
        ShownRecord("case_note", find=_case_note),
        ShownRecord("audit", find=_cell, draft=_("Case note {case_note}, item {item}")),
    ),
    keys=(
        PageKey(_("Y, N, A, R"), _("Yes, No, Not applicable, Not recorded; the next item follows")),
        PageKey(_("Shift+Y, N, A, R"), _("The same, with a note on why")),
        PageKey(_("Enter"), _("Write the note of the cell")),
        PageKey(_("Delete"), _("Empty the cell")),
        PageKey("+", _("Next case note")),
    ),
)
