"""In which order the visits of this laptop are listed."""

from __future__ import annotations

from collections.abc import Sequence

from reviewapp.base.i18n import _
from reviewapp.workspace.laptop import VisitSummary

WORTH_SORTING = 3
"""From so many visits on, there is a choice of orders."""
ORDERS = (
    ("oldest", _("Oldest visit first")),
    ("service", _("By service")),
    ("organisation", _("By organisation")),
    ("change", _("Last changed first")),
)


def in_order_of(visits: Sequence[VisitSummary], by: str) -> list[VisitSummary]:
    """The visits, of which the newest comes first, in another order; one that does not open keeps to the end."""
    found = list(visits)
    if by == "oldest":
        found.sort(key=lambda one: one.date)
    elif by == "change":
        found.sort(key=lambda one: one.last_change, reverse=True)
    elif by in ("service", "organisation"):
        found.sort(key=lambda one: str(getattr(one, by)).casefold())
    return sorted(found, key=lambda one: bool(one.problem)) if by else found
