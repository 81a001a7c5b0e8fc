"""Letting late ratings count, for the pages on which they are shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reviewapp.base.i18n import _, plural
from reviewapp.workspace import meeting
from ui.pages.shared.run_change import run_change

if TYPE_CHECKING:
    from ui.session.session import Session


def accept(session: Session, keys: list[str]) -> None:
    """Accept late ratings, all of them as one change."""
    visit = session.visit
    if visit is None or not keys:
        return
    done = run_change(session, partial(meeting.accept_late, visit, *keys)) is not None
    versions = [one.key for one in visit.state.conflicts if one.entity in ("rating", "also_rating") and one.key in keys]
    if done and versions:
        session.notify(
            _("Let in; {list} count once their author has settled the two versions", list=", ".join(versions)), "warn"
        )
    elif done:
        what = plural("The late rating counts", "{n} late ratings count", len(keys))
        session.notify(_("{what} from now on. Undo takes it back.", what=what), "met")
