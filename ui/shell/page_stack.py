"""The pages that were made so far: one in view, the others kept, each shown anew when something changed meanwhile."""

from __future__ import annotations

import gc
from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from ui.pages import build_page
from ui.pages.base import Page
from ui.widgets import DraftText, paint_cache

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import Change
    from ui.session.session import Session


class PageStack(QStackedWidget):
    """Makes a page when it is first looked at; throws pages away with everything they show."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.pages: dict[str, Page] = {}
        self.name = "start"
        """Where one is, also while that page is not made."""
        self._stale: set[str] = set()
        self.turns: Counter[str] = Counter()
        """How often each page was shown anew."""
        self._ahead: dict[str, Page] = {}

    @property
    def page(self) -> Page | None:
        """The page in view."""
        return self.pages.get(self.name)

    def prebuild_page(self, name: str) -> None:
        """Make a page that asks nothing of a visit while none is open, for when it is first looked at."""
        if name not in self.pages and self._session.visit is None:
            page = self._ahead[name] = build_page(name, self._session, self)
            page.hide()

    def prerender(self) -> None:
        """Lay it out and draw it for nobody, as large as it will be: most of both is then done."""
        for page in self._ahead.values():
            page.resize(self.size())
            page.grab()

    def show_page(self, name: str) -> Page:
        """Leave the page in view and show another, as the visit is now."""
        current = self.page
        if current is not None and name != self.name:
            current.leave()
        page = self.pages.get(name)
        if page is None:
            page = self._ahead.pop(name, None) or build_page(name, self._session, self)
            self.pages[name] = page
            self.addWidget(page)
            self._stale.add(name)
            if self._session.visit is not None:
                gc.freeze()  # as in Session.open_visit, until the visit is closed
        self.name = name
        self.setCurrentWidget(page)
        if name in self._stale:
            self._stale.discard(name)
            self.turns[name] += 1
            page.refresh(None)
        return page

    def refresh(self, change: Change) -> None:
        """Something changed: the page in view shows it now, the others when they are looked at.

        Pages that show nothing of the kind stay as they are.
        """
        self._stale.update(name for name, page in self.pages.items() if page.shows(change))
        if self.page is not None and self.name in self._stale:
            self._stale.discard(self.name)
            self.turns[self.name] += 1
            self.page.refresh(change)

    def save_everything(self) -> bool:
        """Make everything typed an entry; False when some of it is not even on the disk as a draft."""
        for page in self.pages.values():
            page.leave()
        return not any(editor.unsaved for page in self.pages.values() for editor in page.findChildren(DraftText))

    def forget(self, *, but_start: bool) -> None:
        """Throw pages away with everything they show; the one that stays is shown anew."""
        for name in [n for n in self.pages if not (but_start and n == "start")]:
            page = self.pages.pop(name)
            self.removeWidget(page)
            page.hide()
            page.setParent(None)
            page.deleteLater()
        paint_cache.let_go()
        self._stale.add("start")
