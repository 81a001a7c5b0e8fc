"""Letting late ratings count, for the pages on which they are shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reviewapp.base.i18n import _, join_words, plural
from reviewapp.visit.lateness import JUDGED
from reviewapp.workspace import meeting
from ui.pages.shared.run_change import run_change

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from ui.session.session import Session


MOST_OF_A_RATING = 2
"""Strokes in the key of a rating, at most: `core-fidelity-2/12/R2`. That of a finding has more."""


def late_of(state: VisitState) -> list[str]:
    """The keys of everything that came too late to count by itself: ratings, and what was found of criteria."""
    return sorted(state.late | state.late_criteria)


def late_words(ratings: int, findings: int) -> str:
    """So many ratings and findings on criteria: `2 ratings and 1 finding on a criterion`."""
    parts = [plural("{n} rating", "{n} ratings", ratings)] if ratings else []
    if findings:
        parts.append(plural("{n} finding on a criterion", "{n} findings on criteria", findings))
    return join_words(parts, _(" and "))


def accept(session: Session, keys: list[str]) -> None:
    """Accept what came late, all of it as one change."""
    visit = session.visit
    if visit is None or not keys:
        return
    done = run_change(session, partial(meeting.accept_late, visit, *keys)) is not None
    versions = [one.key for one in visit.state.conflicts if one.entity in JUDGED and one.key in keys]
    if done and versions:
        session.notify(
            _("Counted. {list} count once their author has chosen a version", list=", ".join(versions)), "warn"
        )
    elif done:
        waiting = sum(key.count("/") > MOST_OF_A_RATING for key in keys)
        what = (
            _("Late ratings count")
            if waiting
            else plural("The late rating counts", "{n} late ratings count", len(keys))
        )
        session.notify(_("{what} from now on. You can undo this.", what=what), "met")
