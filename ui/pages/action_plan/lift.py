"""What would lift the standards of a goal: for each the fewest criteria, with their words."""

from __future__ import annotations

from collections.abc import Sequence

from reviewapp.base.i18n import _
from reviewapp.figures.items import lift
from reviewapp.visit.state import VisitState
from ui.pages.shared.criteria_words import lift_words


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
