"""Panels for the parts that follow the draft: the team's answers, the committee's decision, the network's extract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.theme import space
from ui.widgets import column
from ui.widgets.taborder import put_in_place

if TYPE_CHECKING:
    from ui.pages.base import Page
    from ui.pages.report.answers import AnswersPanel
    from ui.pages.report.comments import CommentsPanel
    from ui.pages.report.committee import CommitteePanel
    from ui.pages.report.network import NetworkPanel


class AfterDraft(QWidget):
    """Shows the panel of the current part, or nothing if it has none; Tab reaches it from `before`.

    Each panel is created when its part is first shown. Emits `grew` when it may need more width, and
    `part_wanted` with the heading of a part of the report that is to be shown.
    """

    grew = Signal()
    part_wanted = Signal(str)

    def __init__(self, page: Page, before: QWidget) -> None:
        super().__init__()
        self._page, self._before = page, before
        self._answers: AnswersPanel | None = None
        self._comments: CommentsPanel | None = None
        self._committee: CommitteePanel | None = None
        self._network: NetworkPanel | None = None
        self._column = column(gap=0)
        self.setLayout(self._column)
        self.hide()

    @property
    def answers(self) -> AnswersPanel:
        """The panel of the team's answers; created when first used."""
        if self._answers is None:
            from ui.pages.report.answers import AnswersPanel

            self._answers = AnswersPanel(self._page)
            self._answers.grew.connect(self.grew)
            self._add(self._answers)
        return self._answers

    @property
    def comments(self) -> CommentsPanel:
        """The panel of comments made in Word; created when first used."""
        if self._comments is None:
            from ui.pages.report.comments import CommentsPanel

            self._comments = CommentsPanel(self._page)
            self._comments.part_wanted.connect(self.part_wanted)
            self._add(self._comments)
        return self._comments

    @property
    def committee(self) -> CommitteePanel:
        """The panel of the committee's decision; created when first used."""
        if self._committee is None:
            from ui.pages.report.committee import CommitteePanel

            self._committee = CommitteePanel(self._page)
            self._add(self._committee)
        return self._committee

    @property
    def network(self) -> NetworkPanel:
        """The panel of the extract for the network; created when first used."""
        if self._network is None:
            from ui.pages.report.network import NetworkPanel

            self._network = NetworkPanel(self._page)
            self._add(self._network)
        return self._network

    def _add(self, panel: QWidget) -> None:
        put_in_place(panel, self._column, self._before)

    def needed(self) -> int:
        """The width of the writing column that the visible panel needs; 0 while none is shown."""
        return self.minimumSizeHint().width() + space(7) if not self.isHidden() else 0

    def show_part(self, anchor: str) -> None:
        """Show the panel of this part, updated; hide the others."""
        if self._answers is not None:
            self._answers.setVisible(anchor == "responses")
        if self._comments is not None:
            self._comments.setVisible(anchor == "comments")
        if self._committee is not None:
            self._committee.setVisible(anchor == "decisions")
        if self._network is not None:
            self._network.setVisible(anchor == "network")
        if anchor == "responses":
            self.answers.show()
            self.answers.refresh()
        elif anchor == "comments":
            self.comments.show()
            self.comments.refresh()
        elif anchor == "decisions":
            self.committee.show()
            self.committee.refresh()
        elif anchor == "network":
            self.network.show()
            self.network.refresh()
        self.setVisible(anchor in ("responses", "comments", "decisions", "network"))
