"""The documents that the review needs, criterion by criterion; the lead ticks them as they come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from reviewapp.figures.paperwork import Paper, paperwork
from reviewapp.visit import statements
from reviewapp.visit.blind import as_seen_by
from reviewapp.visit.second import second_state
from reviewapp.visit.state import VisitState
from ui.pages.shared.record_form import record_or_say
from ui.widgets import Text, column
from ui.widgets.choice_list import ChoiceList
from ui.widgets.fold import Fold
from ui.widgets.status_list import StatusRow

if TYPE_CHECKING:
    from ui.pages.base import Page

MOST_HIGH = 420
FOR_LEAD = _(
    "Ask the team for these once. Tick what was received (Space). The reviewer who looks at it rates its criterion."
)
FOR_OTHERS = _("What the team was asked for. The reviewer who looks at one rates its criterion on the Standards page.")


def key_of(instrument: str, one: Paper) -> str:
    """The key of the record that says whether it has come in."""
    return f"{instrument}/{one.standard}/{one.criterion}"


def papers_of(state: VisitState) -> list[tuple[VisitState, Paper]]:
    """What is needed of documents, by the first set and by the second, each with the visit as it is judged there."""
    second = second_state(state)
    judged = [state] if second is None else [state, second]
    return [(one, paper) for one in judged for paper in paperwork(one)]


def paper_row(judged: VisitState, one: Paper, *, both: bool) -> StatusRow:
    """One criterion, with what is open of its document."""
    if one.looked_at:
        words, tone, icon = _("Looked at"), "met", "check"
    elif one.received:
        words, tone, icon = _("Received"), "info", "file"
    else:
        words, tone, icon = _("Missing"), "warn", "clock"
    title = judged.instrument.standard(one.standard).title
    parts = [title, judged.instrument.title if both else "", _("asked first at this round") if one.first else ""]
    return StatusRow(
        key=key_of(judged.instrument.id, one),
        title=f"{one.standard} {one.criterion}  {one.text}",
        detail=" · ".join(part for part in parts if part),
        pill=words,
        tone=tone,
        icon=icon,
    )


class PaperworkPart(QWidget):
    """What to do with the list, and the list; the lead ticks in it."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.about = Text("", "muted")
        self.list = ChoiceList(_("Documents to look at"), most=MOST_HIGH)
        self.list.toggled.connect(self._on_toggled)
        self.setLayout(column(self.about, self.list, margin=2))

    def show_papers(self, found: list[tuple[VisitState, Paper]]) -> None:
        """Show what is needed and what has come in."""
        both = len({judged.instrument.id for judged, __ in found}) > 1
        rows = [paper_row(judged, one, both=both) for judged, one in found]
        may = self._page.visit.is_lead and self._page.writable
        offered = {key_of(judged.instrument.id, one) for judged, one in found if may and not one.looked_at}
        here = {key_of(judged.instrument.id, one) for judged, one in found if one.received}
        self.list.show_choices(rows, offered, here)
        self.about.setText(FOR_LEAD if self._page.visit.is_lead else FOR_OTHERS)

    @Slot()
    def _on_toggled(self) -> None:
        """Record the tick that was set or taken away."""
        papers = self._page.state.papers
        here = {key for key, one in papers.items() if one.received} & self.list.told.offered
        for key in sorted(self.list.ticked() ^ here):
            scale, standard, criterion = key.split("/")
            line = statements.Paper(
                scale=scale, standard=standard, criterion=criterion, received=key in self.list.ticked()
            )
            record_or_say(self._page, line)


class PaperworkCard(Fold[PaperworkPart]):
    """The list, folded away under how much of it is here; hidden where nothing is established from documents."""

    def __init__(self, page: Page) -> None:
        super().__init__(_("Documents to look at"), self._make_part)
        self._page = page
        self.unfolded.connect(self._on_unfolded)

    def _make_part(self) -> PaperworkPart:
        return PaperworkPart(self._page)

    def refresh(self) -> None:
        """Show what is needed now; before the meeting only what one has looked at oneself is told as looked at."""
        found = papers_of(as_seen_by(self._page.state, self._page.visit.me))
        self.setVisible(bool(found))
        here, looked_at = sum(one.received for __, one in found), sum(one.looked_at for __, one in found)
        self.set_note(_("{here} of {n} received, {looked_at} looked at", here=here, n=len(found), looked_at=looked_at))
        if self.is_open and self.part is not None:
            self.part.show_papers(found)

    @Slot()
    def _on_unfolded(self) -> None:
        self.refresh()
