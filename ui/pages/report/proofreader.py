"""Proof-reading in the worker, repeated after every change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from reviewapp.visit.blind import as_seen_by
from ui.pages.report.jobs import ProofreadJob

if TYPE_CHECKING:
    from reviewapp.report.proofreading import Finding
    from reviewapp.workspace.open_visit import Change
    from ui.pages.base import Page

ACCEPTING = "finding_accepted"


class ProofReader(QObject):
    """Proof-reads the visit; emits `found(findings)` for the current state, never for an outdated one."""

    found = Signal(object)

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._last: list[Finding] | None = None
        self._busy = self._again = False
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self._on_next)

    def read(self, change: Change | None) -> bool:
        """Proof-read after a change; False if the findings are known at once, as after an acceptance."""
        kinds = {kind for kind, _key in change.records} if change is not None else set()
        if kinds == {ACCEPTING} and self._last is not None and not self._busy:
            from reviewapp.report.proofreading import with_acceptances

            self._last = with_acceptances(self._last, self._page.state)
            self.found.emit(self._last)
            return False
        if self._busy:
            self._again = True
        else:
            self._begin()
        return True

    def _begin(self) -> None:
        page = self._page
        self._busy, self._again = True, False
        job = ProofreadJob(as_seen_by(page.state, page.visit.me))
        page.session.worker.run("", job, self._done, quiet=True)

    def _done(self, findings: list[Finding]) -> None:
        self._busy = False
        if self._again:
            self._next.start()  # through the event loop, because the visit may be about to be closed
            return
        self._last = findings
        self.found.emit(findings)

    @Slot()
    def _on_next(self) -> None:
        if self._page.session.visit is not None and not self._busy:
            self._begin()
