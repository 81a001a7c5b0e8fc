"""Standards of the second set that too little is known of, with the standards of the first that could tell more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewapp.base.i18n import _
from reviewapp.figures.lens import UntestedItem, untested_by_second
from reviewapp.instruments.nouns import Nouns, nouns_of
from reviewapp.visit.state import VisitState
from ui.pages.overview.untested import SOURCES, Target, UntestedCard, UntestedCell, UntestedRow
from ui.widgets.full_height_table import CellText

if TYPE_CHECKING:
    from ui.pages.base import Page


def second_row(state: VisitState, found: UntestedItem) -> UntestedRow:
    """The two cells for one untested standard of the second set."""
    second = state.also.id if state.also is not None else ""
    heard = (
        _("Heard so far: ") + ", ".join(SOURCES.get(source, source) for source in found.heard)
        if found.heard
        else _("Nothing heard yet")
    )
    here: Target = ("standards", {"standard": found.standard, "instrument": second})
    words = CellText(f"{found.standard}  {found.title}", heard, link=True)
    return UntestedCell(words, here), _next_step(found, here, nouns_of(state.instrument))


def _next_step(found: UntestedItem, here: Target, first: Nouns) -> UntestedCell:
    """Where more could be heard: under standards of the first set, or by looking oneself."""
    missing = ", ".join(SOURCES.get(source, source) for source in found.not_heard)
    rest = _("Could also be heard from: {rest}", rest=missing) if missing else _("No other source is named.")
    if found.via:
        words = _("Ask more under {noun} {list}", noun=first.one, list=", ".join(found.via))
        return UntestedCell(CellText(words, rest, link=True), ("standards", {"standard": found.via[0]}))
    words = _("No {noun} of the first set is linked to it: look for yourself and note what you find", noun=first.one)
    return UntestedCell(CellText(words, rest, link=True), here)


class SecondUntestedCard(UntestedCard):
    """As for the first set; hidden in a visit with one."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.table.setAccessibleName(_("Still untested in the second set, with where to hear more"))
        self.hide()

    def again(self) -> None:
        """Show what is untested by the second set now."""
        state = self._page.state
        self.setVisible(state.also is not None)
        if state.also is None:
            return
        self._title = _("Still untested by {title}", title=state.also.title)
        self.head.title.setText(self._title)
        found = untested_by_second(state)
        self._show(nouns_of(state.also), [one.type for one in found], lambda place: second_row(state, found[place]))
