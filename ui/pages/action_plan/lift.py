"""What helps with the standards of a goal: the fewest criteria that would lift each, and what hinders from outside."""

from __future__ import annotations

from collections.abc import Sequence

from reviewapp.base.i18n import _
from reviewapp.figures.items import lift
from reviewapp.visit.state import VisitState
from ui.pages.shared.criteria_words import lift_words


def context_lines(state: VisitState, numbers: Sequence[str]) -> list[str]:
    """What lies outside the team's control at these standards, a line each; no score is changed by it."""
    return [
        _("{number}: {words}", number=number, words=one.text.strip())
        for number in numbers
        for one in state.local_context.values()
        if one.subject == number and one.text.strip()
    ]


def lift_lines(state: VisitState, numbers: Sequence[str]) -> list[str]:
    """A line for each standard that can rise, and below it the criteria that it needs; nothing of the others."""
    told = []
    for number in numbers:
        found = lift(state, number)
        if found is None:
            continue
        standard = state.instrument.standard(number)
        told.append(_("{number} {title}: {words}", number=number, title=standard.title, words=lift_words(found)))
        for letter in dict.fromkeys(letter for one in found.sets for letter in one):
            criterion = standard.criterion(letter)
            if criterion is not None:
                told.append(f"{letter}: {criterion.text.strip()}")
    return told
