"""Which questions of the guide are shown: all, those one was asked to ask, those not heard from enough people yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from reviewapp.figures.evidence import PromptCoverage
from ui.widgets import FlowLayout, Toggle
from ui.widgets.one_stop import OneStop

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reviewapp.instruments.model import Prompt
    from reviewapp.visit.state import InterviewRecord, VisitState
    from ui.pages.base import Page

_NOT_HEARD = PromptCoverage(count=0, target=0)


class GuideFilter(QWidget):
    """Two filters, remembered; emits `changed`. A question with notes of the interview is always shown."""

    changed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.mine = Toggle(_("Only mine"), name=_("Only the questions I should ask"))
        self.needed = Toggle(_("Still needed"), name=_("Only the questions that need more answers"))
        flow = FlowLayout(self, gap=1.5)
        for toggle, name in ((self.mine, "guide_mine"), (self.needed, "guide_needed")):
            toggle.setProperty("setting", name)
            toggle.setChecked(page.session.settings.flag(name, False))
            toggle.toggled.connect(self._on_toggled)
            flow.addWidget(toggle)
        OneStop(self)

    def show_state(self, state: VisitState) -> None:
        """Offer what there is to choose from: somebody must have been asked to ask something."""
        self.mine.setVisible(bool(state.asks) or self.mine.isChecked())

    def wants(
        self, prompt: Prompt, rec: InterviewRecord, state: VisitState, heard: Mapping[str, PromptCoverage]
    ) -> bool:
        """Whether a question is shown in this interview."""
        answer, asks = state.answers.get(f"{rec.id}/{prompt.id}/{rec.person}"), state.asks.get(prompt.id)
        if answer is not None and answer.text:
            return True
        if self.mine.isChecked() and asks is not None and asks.who and self._page.visit.me not in asks.who:
            return False
        return not (self.needed.isChecked() and heard.get(prompt.id, _NOT_HEARD).enough)

    def show_all(self) -> None:
        """Leave out nothing any more."""
        for toggle in (self.mine, self.needed):
            toggle.setChecked(False)

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        self._page.session.settings.set(str(self.sender().property("setting")), on)
        self.changed.emit()
