"""Banner for immediate concerns that come in with others' work, shown even if somebody was told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from reviewapp.base.i18n import _, plural
from ui.widgets import Banner, Button

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.session.session import Session


class ConcernsBanner(Banner):
    """Banner that names whose concerns came in since the page was built; it stays until the page is deleted."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._known: set[str] = set(session.visit.state.concerns) if session.visit is not None else set()
        self._new: set[str] = set()
        see = Button(_("Read it now"), "arrow_right")
        see.clicked.connect(self._on_see)
        self.add(see)

    def show_concerns(self, visit: OpenVisit) -> None:
        """Update the banner with the concerns that are new in this visit."""
        there = visit.state.concerns
        self._new |= there.keys() - self._known
        self._known = set(there)
        came = [there[key] for key in sorted(self._new & there.keys()) if there[key].person != visit.me]
        many = plural("An immediate concern", "{n} immediate concerns", len(came))
        who = ", ".join(sorted({one.person for one in came}))
        self.set_text(
            _("{many} came in with the work of {who}.", many=many, who=who) if came else "", "not_met", "alert"
        )

    @Slot()
    def _on_see(self) -> None:
        self._session.show_page("interviews", {"concern": "all"})
