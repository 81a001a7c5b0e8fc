"""The rounds of one team in words, and where the total of each stands on its scale."""

from __future__ import annotations

from typing import NamedTuple

from reviewapp.base.i18n import _, plural
from reviewapp.figures.ask_first import AskFirst, ToAsk
from reviewapp.figures.goals import days_between
from reviewapp.figures.scores import item_points
from reviewapp.figures.series import RoundRow, Series
from reviewapp.instruments.model import Instrument
from reviewapp.visit.state import VisitState
from ui.formats import long_date, percent_text

WHY = {
    "goal": _("a goal is to improve it: {goals}"),
    "not_established": _("could not be established before"),
    "new_wording": _("asks something different from before"),
}


class RoundWords(NamedTuple):
    """One round: its name, its days, its total, and what the strip shows (None: nothing)."""

    name: str
    days: str
    total: str
    span: tuple[float, float] | None
    scale: tuple[float, float]


def round_words(one: RoundRow, instrument: Instrument, *, own: bool) -> RoundWords:
    """What is shown of a round; `own` is the visit that is open."""
    name = one.label or (_("This visit") if own else long_date(one.held or one.planned))
    if own and one.label:
        name = _("{label} (this visit)", label=one.label)
    points = item_points(instrument.scale)
    many = len(instrument.standards)
    scale = (min(points) * many, max(points) * many) if points else (0, 100)
    if one.lowest is not None and one.highest is not None:
        certain = one.lowest == one.highest
        total = (
            _("{total} points", total=one.lowest)
            if certain
            else _("{lowest} to {highest} points", lowest=one.lowest, highest=one.highest)
        )
        total += f" · {one.band}" if one.band else ""
        return RoundWords(name, _days(one), total, (one.lowest, one.highest), scale)
    if one.percent is not None:
        total = _("{percent} met of {n}", percent=percent_text(one.percent), n=one.n or 0)
        return RoundWords(name, _days(one), total, (one.percent, one.percent), (0, 100))
    return RoundWords(name, _days(one), _("nothing rated yet"), None, scale)


def _days(one: RoundRow) -> str:
    parts = [_("planned {day}", day=long_date(one.planned))] if one.planned and one.planned != one.held else []
    parts += [_("held {day}", day=long_date(one.held))] if one.held else []
    late = days_between(one.planned, one.held)
    if late is not None and late > 0:
        parts.append(plural("{n} day late", "{n} days late", late))
    return " · ".join(parts)


def change_words(found: Series) -> list[str]:
    """What lies between certain totals, as points; never as better or worse."""
    names = [one.label or long_date(one.held or one.planned) for one in found.rounds]
    told = [
        _("Between {before} and {after}: {points} points.", before=names[one.before], after=names[one.after],
          points=f"{one.points:+d}")
        for one in found.changes
    ]  # fmt: skip
    return [*told, found.caution] if told and found.caution else told


def why_first(one: ToAsk, state: VisitState) -> str:
    """Why an item is asked first, with the words of the goals that are to lift it."""
    goals = ", ".join(state.goals[goal].text for goal in one.goals if goal in state.goals)
    return WHY[one.why].format(goals=goals)


def carried_words(found: AskFirst) -> str:
    """Which scores stand from before until somebody asks, and what the total would be with them."""
    if not found.carried:
        return ""
    rounds = " · ".join(dict.fromkeys(one.label for one in found.carried))
    listed = ", ".join(f"{one.standard}: {one.value}" for one in found.carried)
    told = _("Carried over from {round} until someone asks. Not a rating of this visit: {list}.", round=rounds,
             list=listed)  # fmt: skip
    return told if found.total is None else f"{told} {_('With them the total would be {n}.', n=found.total)}"
