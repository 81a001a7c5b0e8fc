"""Out of a visit and back into it: the sheet with what stands behind it, and what came back, said by the team."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from reviewapp.base.i18n import _
from reviewapp.plan.export_sheet import export_plan
from reviewapp.plan.import_sheet import PlanReturn, read_plan
from reviewapp.plan.progress import ChangesSince, SentPlan, sent_now, since
from reviewapp.visit.validators import HOST

if TYPE_CHECKING:
    from reviewapp.workspace.changes import Change
    from reviewapp.workspace.open_visit import OpenVisit

_SENT = "plan_sent"
NAME = _("taking the team's action plan")


def sheet_of(visit: OpenVisit) -> bytes:
    """The XLSX for the team, with hidden marks of what they will be looking at."""
    return export_plan(visit.state, partial(visit.history, "action"))


def preview_return(visit: OpenVisit, path: Path, *, says: str = "") -> PlanReturn:
    """What a sheet would change; nothing is recorded. Raises `Invalid` as `read_plan` does."""
    return read_plan(path, visit.state, partial(visit.history, "action"), says=says or author_of_sheet(visit))


def record_return(visit: OpenVisit, found: PlanReturn, *, says: str = "") -> Change:
    """Record it in one undoable change. What the lead changed since the sheet went out is kept beside the team's."""
    visit.commit_drafts()
    me, visit.me = visit.me, says or author_of_sheet(visit)
    try:
        return visit.record(*found.lines, name=NAME, seen=found.seen)
    finally:
        visit.me = me


def author_of_sheet(visit: OpenVisit) -> str:
    """Who the sheet speaks for: the team, on the lead's laptop; elsewhere whoever brings it in."""
    return HOST if visit.is_lead else visit.me


def remember_sent(visit: OpenVisit, on: str) -> None:
    """Remember on this laptop what stood in the plan when it went to the team, on this day."""
    sent = sent_now(visit.state, partial(visit.history, "action"), on)
    with visit.store.transaction() as db:
        visit.store.set_local(db, _SENT, msgspec.json.encode(sent).decode())


def since_sent(visit: OpenVisit) -> ChangesSince | None:
    """What is different since the plan last went to the team from this laptop; None when it never did."""
    kept = visit.store.local(_SENT)
    if not kept:
        return None
    return since(msgspec.json.decode(kept, type=SentPlan), visit.state, partial(visit.history, "action"))
