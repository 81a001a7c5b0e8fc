"""The pages beside the writing: made again a moment after something changed, in the worker.

Of the part one is at only, so that they follow quickly however large the visit is; all of them where one asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from reviewapp.report.tree import Profile
from ui.pages.report.jobs import PreviewJob, PreviewPages
from ui.pages.report.preview import PageView
from ui.session.worker import WithVisit
from ui.widgets import Pill, Text, Toggle, column, row

if TYPE_CHECKING:
    from reviewapp.base.errors import ReviewError
    from ui.pages.report.outline import Headings
    from ui.session.session import Session

PAUSE_MS = 900
"""So long nothing must change before the pages are made again."""
AT_ONCE_MS = 0
"""Another part was chosen; nobody is typing."""


class PagesPane(QWidget):
    """`made(headings)` after the pages were made. Says when they are not what the visit says now."""

    made = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._profile: Profile = "committee"
        self._dirty = True
        self._at: dict[str, int] = {}
        self._wanted = ""
        self._part = ""
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE_MS)
        self._later.timeout.connect(self._on_later)
        self.state_pill = Pill()
        self.page_words = Text("", "small", wrap=False)
        self.whole = Toggle(_("All pages"), name=_("Show all pages of the report, not only this part"))
        self.whole.toggled.connect(self._on_whole)
        self.view = PageView(_("Pages of the report"))
        self.view.moved.connect(self._on_moved)
        self.why_not = Text("", "error", select=True)
        self.why_not.hide()
        layout = column(row(self.state_pill, self.page_words, None, self.whole, gap=3), self.why_not, self.view, gap=2)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    @property
    def up_to_date(self) -> bool:
        """Whether the pages show the visit as it is."""
        return not self._dirty and not self._session.worker.busy

    def stale(self, profile: Profile) -> None:
        """Something is different: make the pages again soon."""
        self._profile, self._dirty = profile, True
        self.state_pill.set_state(_("Updating…") if self.view.pages else _("Making the pages…"), "info", "clock")
        if self.isVisible():
            self._later.start(PAUSE_MS)

    def go_to_heading(self, anchor: str) -> None:
        """To the page of a heading, now or as soon as its part is made."""
        self._wanted = ""
        self._part = anchor
        if anchor in self._at:
            self.view.go_to_page(self._at[anchor])
            return
        self._wanted = anchor
        if not self._dirty and not self.whole.isChecked():
            self._make_again()

    def _make_again(self) -> None:
        """Other pages of the same report."""
        self.stale(self._profile)
        if self.isVisible():
            self._later.start(AT_ONCE_MS)

    @Slot(bool)
    def _on_whole(self, _on: bool) -> None:
        self._wanted = self._part
        self._make_again()

    @Slot()
    def _on_later(self) -> None:
        visit = self._session.visit
        if not self._dirty or visit is None:
            return
        if self._session.worker.busy:
            self._later.start(PAUSE_MS)
            return
        self._dirty = False
        part = None if self.whole.isChecked() else self._part
        job = WithVisit(visit, PreviewJob(self._profile, part))
        self._session.worker.run(_("Making the pages"), job, self._made, self._not_made)

    def _made(self, made: PreviewPages) -> None:
        marks = self.view.show_pdf(made.pdf)
        self._at = dict(zip(made.anchors, (page for __, page in marks), strict=False))
        self.why_not.hide()
        if self._wanted in self._at:
            self.go_to_heading(self._wanted)
        if self._dirty:
            self._later.start(PAUSE_MS)
        else:
            self._wanted = ""
            self.state_pill.set_state(_("Up to date"), "met", "check")
        headings: Headings = made.headings
        self.made.emit(headings)

    def _not_made(self, error: ReviewError) -> None:
        self.state_pill.set_state(_("Could not be made"), "not_met", "alert")
        self.why_not.setText(str(error))
        self.why_not.show()

    @Slot(int, int)
    def _on_moved(self, page: int, pages: int) -> None:
        of = "" if self.whole.isChecked() else _(" of this part")
        self.page_words.setText(_("Page {page} of {pages}{of}", page=page, pages=pages, of=of) if pages else "")

    def showEvent(self, event: QShowEvent) -> None:
        """What changed meanwhile is drawn now."""
        super().showEvent(event)
        if self._dirty:
            self._later.start(PAUSE_MS)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self._later.stop()
