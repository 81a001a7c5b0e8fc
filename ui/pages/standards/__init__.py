"""The page Standards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewapp.base.i18n import _
from ui.pages.entry import PageEntry, Place, ShownRecord

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from reviewapp.workspace.open_visit import OpenVisit


def _progress(visit: OpenVisit) -> str:
    """How many standards one has rated oneself, of how many."""
    from reviewapp.figures.status import progress

    mine = progress(visit.state).people.get(visit.me)
    return f"{mine.rated}/{mine.of}" if mine is not None else ""


def _rated(key: str, _state: VisitState, _me: str) -> Place:
    return {"standard": key.partition("/")[0]}


def _rated_by_second(key: str, _state: VisitState, _me: str) -> Place:
    instrument, number, *_rest = key.split("/")
    return {"standard": number, "instrument": instrument}


PAGE = PageEntry(
    name="standards",
    nav=_("Standards"),
    icon="standards",
    cls="StandardsPage",
    progress=_progress,
    records=(
        ShownRecord("standard", "standard"),
        ShownRecord("self_review", "standard"),
        ShownRecord("rating", find=_rated, draft=_("Your note on standard {standard}")),
        ShownRecord("criterion", find=_rated, draft=_("Your note on criterion {criterion} of standard {standard}")),
        ShownRecord("also_rating", find=_rated_by_second, draft=_("Your note on standard {standard} of {instrument}")),
        ShownRecord(
            "also_criterion",
            find=_rated_by_second,
            draft=_("Your note on criterion {criterion} of standard {standard} of {instrument}"),
        ),
        ShownRecord(
            "also_agreed",
            find=_rated_by_second,
            draft=_("What was agreed on standard {standard} of {instrument}"),
        ),
        ShownRecord("also_agreed_criterion", find=_rated_by_second),
        ShownRecord("also_self_review", find=_rated_by_second),
        ShownRecord(
            "also_local_context",
            find=_rated_by_second,
            draft=_("Local context of standard {standard} of {instrument}"),
        ),
        ShownRecord("local_context", find=_rated, draft=_("Local context of standard {standard}")),
    ),
    rates=True,
)
