"""Texts of the Overview banners: immediate concerns, and matters for the meeting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reviewapp.base.i18n import _, join_words, plural
from reviewapp.figures.ratings import disagreements
from reviewapp.instruments.nouns import nouns_of
from reviewapp.visit.second import second_state
from reviewapp.visit.state import Conflict, VisitState
from ui.pages.shared.accept_late import late_of, late_words
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
        more = plural(" For {n} more this is recorded.", " For {n} more this is recorded.", told) if told else ""
        return _("{words} been recorded, but not who was told.{more}", words=words, more=more), "not_met"
    if told:
        return _(
            "{concerns} recorded, each with who was told. Action taken is recorded for {acted}.",
            concerns=plural("{n} immediate concern", "{n} immediate concerns", told),
            acted=sum(1 for one in state.concerns.values() if one.action.strip()),
        ), "info"
    return "", "info"


def conflicts_words(visit: OpenVisit, conflicts: Sequence[Conflict]) -> str:
    """Text of the conflicts banner: to choose, for whoever may settle one of them; else that somebody else does."""
    if not conflicts:
        return ""
    torn = plural("{n} thing was", "{n} things were", len(conflicts)) + _(" written differently on two laptops")
    if any(may_settle(visit, one) for one in conflicts[:LOOKED_AT]):
        return _("{torn}: choose one, and say why.", torn=torn)
    return _("{torn}. Combine says who chooses.", torn=torn)


def meeting_words(state: VisitState, *, lead: bool) -> str:
    """Text of the meeting banner: late ratings and open disagreements; empty before the meeting is opened."""
    if not state.meeting_opened:
        return ""
    parts = []
    ratings, found = len(state.late | state.also_late), len(state.late_criteria | state.also_late_criteria)
    if ratings or found:
        whom = _("you") if lead else _("the lead reviewer")
        parts.append(
            _(
                "{late} arrived late, waiting for {whom}",
                late=late_words(ratings, found),
                whom=whom,
            )
        )
    differ = _differ(state)
    second = second_state(state)
    by_second = _differ(second) if second is not None else ""
    if second is not None and by_second:
        title = second.instrument.title
        by_second = _("{standards} of {title}", standards=by_second, title=title)
    if differ or by_second:
        both = join_words([one for one in (differ, by_second) if one], _(" and "))
        parts.append(_("reviewers rated {standards} differently, and nothing is agreed yet", standards=both))
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _differ(state: VisitState) -> str:
    """How many standards reviewers rated differently with nothing agreed; empty for none."""
    many = sum(1 for one in disagreements(state) if one.agreed is None)
    return nouns_of(state.instrument).counted(many) if many else ""


def where_to_settle(state: VisitState) -> tuple[str, dict[str, str]]:
    """The page and the place of the first thing that the banner of the meeting speaks of."""
    if late_of(state):
        return "agree", {"standard": late_of(state)[0].split("/")[0]}
    second = second_state(state)
    if second is None or _differ(state):
        return "agree", {}
    open_ = [one.standard for one in disagreements(second) if one.agreed is None]
    late = late_of(second)
    number = late[0].split("/")[0] if late else next(iter(open_), "")
    return ("standards", {"standard": number, "instrument": second.instrument.id}) if number else ("agree", {})
