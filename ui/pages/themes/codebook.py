"""The codebook: which ones are in force, what each theme is for, and files of other coding programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _
from reviewapp.codebooks.model import Codebook as Book
from reviewapp.visit.statements import Codebook, Statement
from reviewapp.visit.themes import themes_in_force
from ui.pages.themes.book_import import BookImport
from ui.pages.themes.exchange import ExchangeCard
from ui.pages.themes.own_themes import ThemesSection
from ui.theme import space
from ui.widgets import Card, ErrorLine, Scroll, Text
from ui.widgets.choice_list import ChoiceList
from ui.widgets.status_list import StatusRow

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from ui.pages.base import Page


class CodebookView(Scroll):
    """Codebooks to tick, the themes in force with their guidance, and files in and out."""

    def __init__(self, page: Page) -> None:
        super().__init__(margin=0, gap=3, width=space(260))
        self._page = page
        self._books: dict[str, Book] = {}
        self.chosen = Card(_("Codebooks in use"))
        self.only_lead = Text(_("The lead reviewer chooses them."), "muted")
        self.books = ChoiceList(_("Codebooks in use"), most=220)
        self.books.toggled.connect(self._on_toggled)
        self.titles = Text("", select=True)
        self.unusable = ErrorLine()
        self.imported = BookImport(page)
        self.imported.kept.connect(self._on_kept)
        self.chosen.add(self.only_lead, self.titles, self.books, self.unusable, self.imported)
        self.exchange = ExchangeCard(page)
        self.themes = ThemesSection(page)
        self.own = Card(_("Themes"))
        self.own.add(self.themes)
        self.add(self.chosen, self.own, self.exchange, None)

    def show_visit(self, seen: VisitState) -> None:
        """Show what is in force."""
        themes = themes_in_force(seen)
        self._books = {one.id: one for one in (*self._on_this_laptop(), *themes.books)}
        in_force = [one.id for one in themes.books]
        may = self._page.visit.is_lead and self._page.writable
        self.only_lead.setVisible(not self._page.visit.is_lead)
        self.titles.setText("\n".join(one.title for one in themes.books))
        self.titles.setAccessibleName(self.titles.text())
        self.titles.setVisible(not may)
        for part in (self.books, self.imported):
            part.setVisible(may)
        rows = [
            StatusRow(one.id, one.title, detail=one.source, tone="met" if one.id in in_force else "na", level=1)
            for one in self._books.values()
        ]
        self.books.show_choices(rows, self._books, in_force)
        self.exchange.show_visit()
        self.themes.refresh()

    def _on_this_laptop(self) -> tuple[Book, ...]:
        """The codebooks that can be put in force; what cannot be used, and why, stands below them."""
        laptop = self._page.session.laptop
        if laptop is None:
            return ()
        try:
            found, problems = laptop.codebooks.all(), laptop.codebooks.problems()
        except ReviewError as error:
            self.unusable.set_text(error)
            return ()
        self.unusable.set_text("\n".join(str(one) for one in problems.values()))
        return found

    def reveal(self, theme: str) -> None:
        """Make a theme the chosen one."""
        self.themes.choose(theme)

    @Slot()
    def _on_toggled(self) -> None:
        """Put what is ticked in force, and take out what is not; with none ticked the usual one is in force."""
        state, ticked = self._page.state, self.books.ticked()
        held = {key for key, one in state.codebooks.items() if one.content is not None}
        lines: list[Statement] = [
            Codebook(id=one.id, content=one) for one in self._books.values() if one.id in ticked - held
        ]
        lines += [Codebook(id=key, deleted=True) for key in sorted(held - ticked)]
        if lines:
            self._page.record(*lines, name=_("the codebooks in use"))
        self._page.refresh(None)

    @Slot(str)
    def _on_kept(self, codebook_id: str) -> None:
        """Show the codebook that was kept, so that Space puts it in force."""
        self._page.refresh(None)
        self.books.choose(codebook_id)
        self.books.setFocus()
