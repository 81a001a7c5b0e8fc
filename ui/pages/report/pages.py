"""Preview of the pages beside the text, built again in the worker shortly after a change.

Only the current part is built, so that the preview follows quickly however large the visit; the whole on request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from reviewapp.report.tree import Profile
from ui.pages.report.jobs import PreviewJob, PreviewPages
from ui.pages.shared.page_view import PageView
from ui.pages.shared.zoom_bar import ZoomBar
from ui.session.worker import WithVisit
from ui.widgets import ErrorLine, FlowLayout, Pill, Text, Toggle, column

if TYPE_CHECKING:
    from reviewapp.base.errors import ReviewError
    from ui.pages.report.outline import Headings
    from ui.session.session import Session

PAUSE_MS = 900
"""The preview is built after this long without a change."""
AT_ONCE_MS = 0
"""Delay after another part was chosen: none, because nobody is typing."""


class PagesPane(QWidget):
    """The preview with its state, whether it is up to date; emits `made(headings)` when it was built."""

    made = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._profile: Profile = "committee"
        self._dirty = True
        self._ready = False
        self._page_of: dict[str, int] = {}
        self._pending_heading = ""
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
        self.view.drawn.connect(self._on_drawn)
        self.why_not = ErrorLine()
        bar = QWidget()
        flow = FlowLayout(bar, gap=2)
        self.zoom = ZoomBar(self.view)
        for part in (self.state_pill, self.page_words, self.zoom, self.whole):
            flow.addWidget(part)
        layout = column(bar, self.why_not, self.view, gap=1.5)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    @property
    def up_to_date(self) -> bool:
        """Whether the preview shows the current visit."""
        return not self._dirty and not self._session.worker.busy

    def mark_outdated(self, profile: Profile) -> None:
        """Mark the preview as outdated; it is built soon, or when it is next visible."""
        self._profile, self._dirty, self._ready = profile, True, False
        self.state_pill.set_state(_("Updating…") if self.view.pages else _("Making the pages…"), "info", "clock")
        if self.isVisible():
            self._later.start(PAUSE_MS)

    def go_to_heading(self, anchor: str) -> None:
        """Scroll to the page of a heading, at once or when its part has been built."""
        self._pending_heading = ""
        self._part = anchor
        if anchor in self._page_of:
            self.view.go_to_page(self._page_of[anchor])
            return
        self._pending_heading = anchor
        if not self._dirty and not self.whole.isChecked():
            self._make_again()

    def _make_again(self) -> None:
        """Build other pages of the same report without delay."""
        self.mark_outdated(self._profile)
        if self.isVisible():
            self._later.start(AT_ONCE_MS)

    @Slot(bool)
    def _on_whole(self, _on: bool) -> None:
        self._pending_heading = self._part
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
        self._session.worker.run(_("Making the pages"), job, self._on_built, self._on_failed)

    def _on_built(self, made: PreviewPages) -> None:
        marks = self.view.show_pdf(made.pdf)
        self._page_of = dict(zip(made.anchors, (page for __, page in marks), strict=False))
        self.why_not.set_text()
        if self._pending_heading in self._page_of:
            self.go_to_heading(self._pending_heading)
        if self._dirty:
            self._later.start(PAUSE_MS)
        else:
            self._pending_heading = ""
            self._ready = True
            if self.view.complete:
                self._on_drawn()
            else:
                self.state_pill.set_state(_("Drawing the pages…"), "info", "clock")
        headings: Headings = made.headings
        self.made.emit(headings)

    @Slot()
    def _on_drawn(self) -> None:
        """Call it up to date only once the pages can be seen: until then the view is blank."""
        if self._ready:
            self.state_pill.set_state(_("Up to date"), "met", "check")

    def _on_failed(self, error: ReviewError) -> None:
        self._ready = False
        self.state_pill.set_state(_("Could not be made"), "not_met", "alert")
        self.why_not.set_text(error)

    @Slot(int, int)
    def _on_moved(self, page: int, pages: int) -> None:
        of = "" if self.whole.isChecked() else _(" of this part")
        self.page_words.setText(_("Page {page} of {pages}{of}", page=page, pages=pages, of=of) if pages else "")

    def showEvent(self, event: QShowEvent) -> None:
        # A change that came while the preview was hidden.
        super().showEvent(event)
        if self._dirty:
            self._later.start(PAUSE_MS)

    def hideEvent(self, event: QHideEvent) -> None:
        # Nothing is built while the preview is hidden.
        super().hideEvent(event)
        self._later.stop()
