"""The quotes of one of my interviews: the list, and an editor for the chosen one."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from reviewapp.base.i18n import _
from reviewapp.visit.state import InterviewRecord, QuoteRecord
from ui.pages.interviews.quote_editor import DELETE, WITHDRAW, QuoteEditor
from ui.pages.interviews.quote_list import QUOTE, QuoteList, QuotesDelegate, QuotesModel, quotes_of
from ui.widgets import Button, IconButton, Scroll, SectionHeading, Text, column
from ui.widgets.row_menu import RowCommand, offer_row_commands
from ui.widgets.taborder import put_in_place

if TYPE_CHECKING:
    from ui.pages.base import Page


class QuotePanel(QFrame):
    """Panel of quotes; emits `mark_wanted` to quote the selected text, and `closed` to hide the panel."""

    mark_wanted = Signal()
    closed = Signal()

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Quotes"))
        self._page = page
        self.interview: InterviewRecord | None = None
        self.heading = SectionHeading(_("Quotes"))
        self.close_button = IconButton("cross", _("Hide quotes"))
        self.close_button.clicked.connect(self.closed)
        self.heading.add(self.close_button)
        self.mark = Button(_("Quote selected words"), "quote", tip=_("Select words in your notes, then press Ctrl+Q"))
        self.mark.clicked.connect(self.mark_wanted)
        self.none = Text(_("None yet. Select the person's own words in your notes and press Ctrl+Q."), "muted")
        self.area = Scroll(margin=4, gap=2, parent=self)
        self.setLayout(column(self.area, gap=0))
        self._list()
        self._editor_place = column(gap=0)
        for part in (self.none, self.list):
            part.hide()  # until an interview is shown
        top = column(self.heading, self.mark, self.none, self.list, self._editor_place, None, gap=2)
        top.setStretch(3, 1000)
        self.area.add(top)

    def _list(self) -> None:
        self.model = QuotesModel()
        self.list = QuoteList()
        self.list.setAccessibleName(_("Quotes from this interview"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(QuotesDelegate(self.list))
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.installEventFilter(self)
        offer_row_commands(self.list, self._row_commands)

    @cached_property
    def editor(self) -> QuoteEditor:
        """Words, tone and standards of the chosen quote, made for the first one."""
        made = QuoteEditor(self._page, self.list)
        put_in_place(made, self._editor_place, self.list)
        return made

    def show_interview(self, rec: InterviewRecord) -> None:
        """Show an interview's quotes; the chosen one stays chosen."""
        here, quotes = self.current(), quotes_of(self._page.state, rec.key)
        self.interview = rec
        others = quotes is not self.model.quotes
        reset = others and self.model.show(quotes)
        if reset and here is not None:
            index = self.model.find(here.key)
            if index.isValid():
                self.list.setCurrentIndex(index)
        self.none.setVisible(not self.model.quotes)
        self.list.setVisible(bool(self.model.quotes))
        if others:
            self.apply_width()
        self._show_quote()

    def choose(self, key: str) -> None:
        """Select a quote by its key."""
        index = self.model.find(key)
        if index.isValid():
            self.list.setCurrentIndex(index)

    def current(self) -> QuoteRecord | None:
        """The selected quote; None if there is none."""
        index = self.list.currentIndex()
        return index.data(QUOTE) if index.isValid() else None

    def apply_width(self) -> None:
        """Limit the list's height to its quotes."""
        self.list.apply_width()

    def _show_quote(self) -> None:
        quote = self.current()
        if quote is not None or "editor" in vars(self):
            self.editor.show_quote(quote, self.interview)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_quote()

    def _row_commands(self) -> list[RowCommand]:
        may = self._page.writable
        return [
            RowCommand(DELETE, self._on_delete, may, _("Delete")),
            RowCommand(WITHDRAW, self._on_withdraw, may),
        ]

    @Slot()
    def _on_delete(self) -> None:
        if self.current() is not None:
            self.editor.delete_quote()

    @Slot()
    def _on_withdraw(self) -> None:
        if self.current() is not None:
            self.editor.ask_withdrawal()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Delete in the list deletes the chosen quote.
        if (
            watched is self.list
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Delete
        ):
            self._on_delete()
            return True
        return super().eventFilter(watched, event)
