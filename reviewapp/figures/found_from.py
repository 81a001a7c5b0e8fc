"""From which sources reviewers looked at the criteria of a standard: that they asked there, never what they found."""

from __future__ import annotations

from reviewapp.figures.whose_words import raters
from reviewapp.visit.figure_cache import cached_figure
from reviewapp.visit.state import VisitState


@cached_figure("criteria", "people")
def found_from(state: VisitState) -> dict[str, set[str]]:
    """By standard the sources from which somebody who rates said something of a criterion, be it `not established`."""
    codes, found = set(raters(state)), dict[str, set[str]]()
    for one in state.criteria.values():
        said = one.value is not None or one.n is not None or one.ticked is not None
        if said and one.person in codes:
            found.setdefault(one.standard, set()).add(one.source)
    return found
