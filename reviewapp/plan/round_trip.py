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


def sheet_of(desk: OpenVisit) -> bytes:
    """The XLSX for the team, with hidden marks of what they will be looking at."""
    return export_plan(desk.state, partial(desk.history, "action"))


def preview_return(desk: OpenVisit, path: Path, *, says: str = "") -> PlanReturn:
    """What a sheet would change; nothing is recorded. Raises `Invalid` as `read_plan` does."""
    return read_plan(path, desk.state, partial(desk.history, "action"), says=says or author_of_sheet(desk))


def record_return(desk: OpenVisit, found: PlanReturn, *, says: str = "") -> Change:
    """Record it in one undoable change. What the lead changed since the sheet went out is kept beside the team's."""
    desk.commit_drafts()
    me, desk.me = desk.me, says or author_of_sheet(desk)
    try:
        return desk.record(*found.lines, name=NAME, seen=found.seen)
    finally:
        desk.me = me


def author_of_sheet(desk: OpenVisit) -> str:
    """Who the sheet speaks for: the team, on the lead's laptop; elsewhere whoever brings it in."""
    return HOST if desk.is_lead else desk.me


def remember_sent(desk: OpenVisit, on: str) -> None:
    """Remember on this laptop what stood in the plan when it went to the team, on this day."""
    sent = sent_now(desk.state, partial(desk.history, "action"), on)
    with desk.store.transaction() as db:
        desk.store.set_local(db, _SENT, msgspec.json.encode(sent).decode())


def since_sent(desk: OpenVisit) -> ChangesSince | None:
    """What is different since the plan last went to the team from this laptop; None when it never did."""
    kept = desk.store.local(_SENT)
    if not kept:
        return None
    return since(msgspec.json.decode(kept, type=SentPlan), desk.state, partial(desk.history, "action"))
