"""Proportions on the screen, in the program's language; in the report `reviewapp.figures.formatting` says the same."""

from __future__ import annotations

from reviewapp.base.i18n import _
from reviewapp.figures import formatting


def share(part: int, whole: int) -> str:
    """`7 of 9` below ten, else `78 %`; `none` of nobody."""
    if not whole:
        return _("none")
    return _("{n} of {of}", n=part, of=whole) if whole < formatting.SMALL else formatting.share(part, whole)


def percent_text(value: float | None, threshold: int | float | None = None) -> str:
    """As much of a percentage as it takes not to mislead; `none applicable` for None."""
    return _("none applicable") if value is None else formatting.percent_text(value, threshold)
