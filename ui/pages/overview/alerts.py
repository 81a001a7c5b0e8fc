"""Texts of the Overview banners: immediate concerns, and matters for the meeting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reviewapp.base.i18n import _, plural
from reviewapp.figures.ratings import disagreements
from reviewapp.instruments.nouns import nouns_of
from reviewapp.visit.state import Conflict, VisitState
from ui.pages.shared.concerns import concerns_without_told
from ui.pages.shared.conflict_words import may_settle

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import OpenVisit

LOOKED_AT = 5
"""Of so many conflicts it is asked who may settle them, for there may be thousands."""


def concerns_words(state: VisitState) -> tuple[str, str]:
    """Text and tone of the concerns banner; a concern stays in it after somebody was told, for the lead has to know."""
    waiting, told = len(concerns_without_told(state)), sum(1 for one in state.concerns.values() if one.told.strip())
    if waiting:
        words = plural("An immediate concern has", "{n} immediate concerns have", waiting)
        more = plural(" {n} more was told.", " {n} more were told.", told) if told else ""
        return _("{words} been written down, but not whom it was told to.{more}", words=words, more=more), "not_met"
    if told:
        return _(
            "{concerns} written down; it says who was told of each.",
            concerns=plural("{n} immediate concern", "{n} immediate concerns", told),
        ), "info"
    return "", "info"


def conflicts_words(visit: OpenVisit, conflicts: Sequence[Conflict]) -> str:
    """Text of the conflicts banner: to choose, for whoever may settle one of them; else that somebody else does."""
    if not conflicts:
        return ""
    torn = plural("{n} thing was", "{n} things were", len(conflicts)) + _(" written differently on two laptops")
    if any(may_settle(visit, one) for one in conflicts[:LOOKED_AT]):
        return _("{torn}: choose one, and say why.", torn=torn)
    return _("{torn}. Bring together says who chooses.", torn=torn)


def meeting_words(state: VisitState, *, lead: bool) -> str:
    """Text of the meeting banner: late ratings and open disagreements; empty before the meeting is opened."""
    if not state.meeting_opened:
        return ""
    parts = []
    differ = sum(1 for one in disagreements(state) if one.agreed is None)
    if state.late:
        whom = _("you") if lead else _("the lead reviewer")
        parts.append(
            _(
                "{wait} for {whom}",
                wait=plural("{n} late rating waits", "{n} late ratings wait", len(state.late)),
                whom=whom,
            )
        )
    if differ:
        parts.append(
            _(
                "reviewers rated {standards} differently, and nothing is agreed yet",
                standards=nouns_of(state.instrument).counted(differ),
            )
        )
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}." if text else ""
