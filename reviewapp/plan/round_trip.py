"""Round trip of the plan for an open visit: export the sheet, preview a returned one, record it as the host team."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from reviewapp.base.i18n import _
from reviewapp.plan.export_sheet import export_plan
from reviewapp.plan.import_sheet import Corrections, PlanReturn, read_plan
from reviewapp.plan.progress import ChangesSince, SentPlan, changes_since, snapshot_sent_plan
from reviewapp.visit.team_notes import notes_of
from reviewapp.visit.validators import HOST

if TYPE_CHECKING:
    from reviewapp.spreadsheets.outside import OutsideWords
    from reviewapp.workspace.changes import Change
    from reviewapp.workspace.open_visit import OpenVisit

_SENT = "plan_sent"
NAME = _("importing the team's action plan")


def sheet_of(visit: OpenVisit) -> bytes:
    """The XLSX of the plan for the team, with hidden marks of the journal entries behind every cell."""
    return export_plan(visit.state, partial(visit.history, "action"))


def preview_return(
    visit: OpenVisit,
    path: Path,
    *,
    says: str = "",
    sheets: Sequence[str] = (),
    skip_odd: bool = False,
    corrections: Corrections | None = None,
) -> PlanReturn:
    """Compare a returned sheet with the visit; nothing is recorded. The choices and what is raised: see `read_plan`.

    `says` is the code of the author it will be recorded as, by default `author_of_sheet`.
    """
    history, author = partial(visit.history, "action"), says or author_of_sheet(visit)
    return read_plan(path, visit.state, history, says=author, sheets=sheets, skip_odd=skip_odd, corrections=corrections)


def record_return(visit: OpenVisit, found: PlanReturn, *, says: str = "", keep: Iterable[OutsideWords] = ()) -> Change:
    """Record a previewed return in one undoable change, as `says` or `author_of_sheet`, and `keep` words as notes.

    A cell that the lead changed too since the sheet was sent becomes a conflict with both values.
    """
    visit.commit_drafts()
    me, visit.me = visit.me, says or author_of_sheet(visit)
    try:
        notes = notes_of(keep, visit.state, found.file)
        return visit.record(*found.lines, *notes, name=NAME, seen=found.seen)
    finally:
        visit.me = me


def author_of_sheet(visit: OpenVisit) -> str:
    """The author code to record a sheet with: the host team on the lead's laptop, elsewhere whoever imports it."""
    return HOST if visit.is_lead else visit.me


def remember_sent(visit: OpenVisit, on: str) -> None:
    """Store on this laptop only which entries were current when the plan was sent; `on` is the day, as 2026-11-17."""
    sent = snapshot_sent_plan(visit.state, partial(visit.history, "action"), on)
    visit.here.set_local_note(_SENT, msgspec.json.encode(sent).decode())


def since_sent(visit: OpenVisit) -> ChangesSince | None:
    """What is different since the plan last went to the team from this laptop; None when it never did."""
    kept = visit.here.local_note(_SENT)
    if not kept:
        return None
    return changes_since(msgspec.json.decode(kept, type=SentPlan), visit.state, partial(visit.history, "action"))
