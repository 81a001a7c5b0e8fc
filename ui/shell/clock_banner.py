"""Banner that says that this laptop's clock is wrong, above every page, for as long as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from reviewapp.base.i18n import _
from ui.widgets import Banner
from ui.widgets.basics import sentence

if TYPE_CHECKING:
    from ui.session.session import Session


class ClockBanner(Banner):
    """Looks when a visit is opened and at each change, because a clock may jump during the day."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        session.visit_changed.connect(self.look)
        session.bridge.changed.connect(self._on_changed)

    @Slot()
    def look(self) -> None:
        """Show what is wrong with the clock, or nothing."""
        visit = self._session.visit
        warning = visit.clock_warning() if visit is not None and not visit.read_only else ""
        self.set_text(_("{warning}.", warning=sentence(warning)) if warning else "", "warn", "clock")

    @Slot(object)
    def _on_changed(self, _change: object) -> None:
        self.look()
