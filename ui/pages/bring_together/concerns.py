"""Banners for immediate concerns that come in with others' work, and for those of laptops that stand apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from reviewapp.base.i18n import _, join_words, plural
from reviewapp.visit.labels import person
from reviewapp.visit.standing import NEVER_APART
from ui.widgets import Banner, Button

if TYPE_CHECKING:
    from reviewapp.workspace.laptops import LaptopStanding
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.pages.shared.laptop_words import LaptopNames
    from ui.session.session import Session


class ConcernsBanner(Banner):
    """Banner that names whose concerns came in since the page was built; it stays until the page is deleted."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._known: set[str] = set(session.visit.state.concerns) if session.visit is not None else set()
        self._new: set[str] = set()
        self.see = Button(_("Read it now"), "arrow_right")
        self.see.clicked.connect(self._on_see)
        self.add(self.see)

    def show_concerns(self, visit: OpenVisit) -> None:
        """Update the banner with the concerns that are new in this visit."""
        there = visit.state.concerns
        self._new |= there.keys() - self._known
        self._known = set(there)
        came = [there[key] for key in sorted(self._new & there.keys()) if there[key].person != visit.me]
        many = plural("An immediate concern", "{n} immediate concerns", len(came))
        who = ", ".join(person(visit.state.people, code) for code in sorted({one.person for one in came}))
        self.set_text(_("{many} in the work of {who}.", many=many, who=who) if came else "", "not_met", "alert")
        self.see.setAccessibleDescription(self.label.text())

    @Slot()
    def _on_see(self) -> None:
        self._session.show_page("interviews", {"concern": "all"})


class ApartConcernsBanner(Banner):
    """Banner that says whose laptop stands apart or is set aside and recorded an immediate concern, and leads to it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._devices: set[str] = set()
        self.see = Button(_("Read it now"), "arrow_right", name=_("Read the concern from a laptop that is not counted"))
        self.see.clicked.connect(self._on_see)
        self.add(self.see)

    def show_laptops(self, laptops: Sequence[LaptopStanding], named: LaptopNames) -> None:
        """Update the banner with what these laptops hold."""
        found = [one for one in laptops if one.concern]
        self._devices = {one.device for one in found}
        names = join_words([named(one.code, one.device) for one in found], _(" and "))
        words = _(
            "An immediate concern was recorded on {laptops}. It is shown with the other concerns, although nothing "
            "else from that laptop counts.",
            laptops=names,
        )
        self.set_text(words if found else "", "not_met", "alert")
        self.see.setAccessibleDescription(self.label.text())

    @Slot()
    def _on_see(self) -> None:
        visit = self._session.visit
        if visit is None:
            return
        keys = [
            key for key in visit.state.concerns
            if any(item.device in self._devices for item in visit.history(NEVER_APART, key))
        ]  # fmt: skip
        self._session.show_page("interviews", {"concern": keys[0] if len(keys) == 1 else "all"})
