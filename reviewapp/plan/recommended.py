"""What the report recommends on a standard, where its action is planned."""

from __future__ import annotations

from reviewapp.base.i18n import gettext_noop
from reviewapp.figures.gaps import recommendation_place
from reviewapp.instruments.model import Standard
from reviewapp.visit.state import VisitState

RECOMMENDED = gettext_noop("Recommended: {words}")
"""What stands before it on the sheet."""


def recommended(state: VisitState, number: str) -> str:
    """The words of the report's recommendation on a standard; empty where nothing is recommended."""
    found = state.passages.get(recommendation_place(number))
    return found.text.strip() if found is not None and found.text else ""


def asked_text(state: VisitState, standard: Standard) -> str:
    """What a standard asks, and below it what the report recommends, as the plan's sheet says it."""
    words = recommended(state, standard.number)
    return "\n".join([standard.title, standard.statement, *([RECOMMENDED.format(words=words)] if words else [])])
