"""Stack of the pages made so far; hidden pages are refreshed when they are shown, if a change concerns them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from ui.pages import build_page
from ui.pages.base import Page
from ui.widgets import DraftText, paint_cache
from ui.widgets.taborder import let_go_of_keyboard

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import Change
    from ui.session.session import Session


class PageStack(QStackedWidget):
    """Makes a page on first view, keeps it, and deletes pages on request with everything they show."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.pages: dict[str, Page] = {}
        self.name = "start"
        """Name of the page in view; may be one that is not made yet."""
        self._stale: set[str] = set()
        self.turns: Counter[str] = Counter()
        """How often each page was shown anew."""
        self.prebuilt: dict[str, Page] = {}
        """Made and not yet shown; one made without a visit is as good for any that is opened."""
        self._of_visit: set[str] = set()

    @property
    def page(self) -> Page | None:
        """The page in view, or None if it is not made yet."""
        return self.pages.get(self.name)

    def prebuild(self, name: str) -> None:
        """Make a page for when it is first looked at (see ui.shell.prebuild)."""
        if name not in self.pages and name not in self.prebuilt:
            page = self.prebuilt[name] = build_page(name, self._session, self)
            page.hide()
            if self._session.visit is not None:
                self._of_visit.add(name)

    def show_page(self, name: str) -> Page:
        """Leave the page in view and show another, made if needed and refreshed if it is outdated."""
        current = self.page
        if current is not None and name != self.name:
            current.leave()
        page = self.pages.get(name)
        if page is None:
            page = self.prebuilt.pop(name, None) or build_page(name, self._session, self)
            self.pages[name] = page
            self.addWidget(page)
            self._stale.add(name)
        if current is not None and page is not current:
            let_go_of_keyboard(current)
        self.name = name
        self.setCurrentWidget(page)
        if name in self._stale:
            self._stale.discard(name)
            self.turns[name] += 1
            page.refresh(None)
        return page

    def refresh(self, change: Change) -> None:
        """Refresh the page in view after a change, and mark the others as outdated until they are shown.

        Pages that show nothing the change concerns are left alone.
        """
        self._stale.update(name for name, page in self.pages.items() if page.shows(change))
        if self.page is not None and self.name in self._stale:
            self._stale.discard(self.name)
            self.turns[self.name] += 1
            self.page.refresh(change)

    def save_everything(self) -> bool:
        """Commit all typed text; False if some of it could not even be saved as a draft."""
        for page in self.pages.values():
            page.leave()
        return not any(editor.unsaved for page in self.pages.values() for editor in page.findChildren(DraftText))

    def delete_pages(self, *, but_start: bool) -> None:
        """Delete pages with everything they show; with `but_start` the page Start is kept and marked as outdated."""
        for name in self._of_visit & self.prebuilt.keys():
            self._delete(self.prebuilt.pop(name))
        self._of_visit.clear()
        # The page in view goes last: as long as there are others, each that takes its place would be laid out, shown
        # and told to a screen reader, which then falls behind.
        for name in sorted((n for n in self.pages if not (but_start and n == "start")), key=self.name.__eq__):
            self._delete(self.pages.pop(name))
        paint_cache.clear_paint_cache()
        self._stale.add("start")

    def _delete(self, page: Page) -> None:
        self.removeWidget(page)
        page.hide()
        page.setParent(None)
        page.deleteLater()
