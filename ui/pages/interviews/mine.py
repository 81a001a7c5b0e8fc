"""One of my interviews with its quotes: beside the notes if there is space, otherwise below them or in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QWidget

from reviewapp.base.i18n import _
from reviewapp.visit.state import InterviewRecord
from reviewapp.visit.statements import Quote
from ui.pages.interviews.form import InterviewForm
from ui.pages.interviews.prompt import PromptBox
from ui.pages.interviews.quotes import QuotePanel
from ui.theme import theme
from ui.widgets import tab_through

if TYPE_CHECKING:
    from ui.pages.base import Page

QUOTES_BESIDE = 1060
MARK_FIRST = _("Select the person's own words in your notes first, then press Ctrl+Q.")
LEAST_QUOTES = 300
"""The height, in pixels at 100 %, in which the words of a quote can be read and changed below the notes."""
QUOTES_SHARE = 0.48


class MinePane(QWidget):
    """Notes and quotes of one of my interviews, each created when first used; emits `back_wanted` for the list."""

    back_wanted = Signal()

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        self._form: InterviewForm | None = None
        self._quotes: QuotePanel | None = None
        self._narrow = self._beside = self._alone = False
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)

    @property
    def form(self) -> InterviewForm:
        """The form with the notes."""
        return self._form or self._make_form()

    def _make_form(self) -> InterviewForm:
        form = self._form = InterviewForm(self._page, self)
        self._box.insertWidget(0, form, 1)
        form.quote_wanted.connect(self._on_quote)
        form.quotes_wanted.connect(self._on_quotes_wanted)
        form.back_wanted.connect(self.back_wanted)
        form.back.setVisible(self._narrow)
        form.quotes.setVisible(not self._beside)
        return form

    @property
    def quotes(self) -> QuotePanel:
        """The panel with the quotes."""
        return self._quotes or self._make_quotes()

    def _make_quotes(self) -> QuotePanel:
        quotes = self._quotes = QuotePanel(self._page, self)
        self._box.addWidget(quotes)
        quotes.mark_wanted.connect(self._on_mark)
        quotes.closed.connect(self._on_closed)
        quotes.setVisible(self._beside)
        self._fit_quotes()
        return quotes

    @property
    def ready(self) -> bool:
        """Whether both parts have been created."""
        return self._form is not None and self._quotes is not None

    def make_more(self) -> None:
        """Create the next part that is missing."""
        if self._form is None:
            self._make_form()
        else:
            self._make_quotes()

    def parts(self) -> list[QWidget]:
        """The parts created so far, in reading order."""
        return [part for part in (self._form, self._quotes) if part is not None]

    def show_interview(self, rec: InterviewRecord) -> None:
        """Show an interview, or update the one shown."""
        made = not self.ready
        if self.quotes_cover_notes() and (self.form.rec is None or self.form.rec.key != rec.key):
            self.show_quotes(False)
        self.form.show_interview(rec)
        self.quotes.show_interview(rec)
        if made:
            tab_through(*self.parts())

    def commit_all(self) -> bool:
        """Commit all drafts; False if some text could not be saved and exists only on the screen."""
        return self._form is None or self._form.commit_all()

    def finish(self) -> None:
        """Show every question of the interview at once."""
        if self._form is not None:
            self._form.guide.finish()

    def show_quotes(self, on: bool) -> None:
        """Show or hide the quotes; beside the notes they are always shown, and with little height in their place."""
        self.quotes.setVisible(on or self._beside)
        if self._form is not None:
            self._form.setVisible(not (on and self._alone))

    def quotes_cover_notes(self) -> bool:
        """Whether the quotes are shown in the place of the notes."""
        return self._alone and self._form is not None and not self._form.isVisibleTo(self)

    def back_to_notes(self) -> None:
        """Show the notes again in place of the quotes, with the keyboard where it was in them."""
        self.show_quotes(False)
        box = self.form.last_box
        (box.editor if box is not None and box.isVisibleTo(self) else self.form.quotes).setFocus()

    def apply_width(self, width: int, *, narrow: bool) -> None:
        """Arrange for a page of this width; `narrow` if it shows only one pane at a time."""
        beside = width >= theme().px(QUOTES_BESIDE)
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        alone = not beside and self._page.height() * QUOTES_SHARE < theme().px(LEAST_QUOTES)
        turned = (beside, alone) != (self._beside, self._alone)
        self._beside, self._alone, self._narrow = beside, alone, narrow
        if self._form is not None:
            self._form.back.setVisible(narrow)
            self._form.quotes.setVisible(not beside)
        if self._quotes is not None:
            if turned:
                self.show_quotes(beside)
            self._fit_quotes()

    def _fit_quotes(self) -> None:
        quotes, beside, wide = self.quotes, self._beside, theme().px(300)
        quotes.close_button.setVisible(not beside)
        quotes.setMinimumWidth(wide if beside else 0)
        quotes.setMaximumWidth(wide if beside else 100_000)
        high = self._page.height() * (1 if self._alone else QUOTES_SHARE)
        quotes.setMaximumHeight(100_000 if beside else round(high))
        quotes.apply_width()

    @Slot()
    def _on_mark(self) -> None:
        box = self.form.last_box
        if box is None:
            self._page.notify(MARK_FIRST, "info")
        else:
            self._on_quote(box)

    @Slot(object)
    def _on_quote(self, box: PromptBox) -> None:
        """Record the selected text as a quote, if the person agreed to be quoted."""
        rec, words, page = self.form.rec, box.selected(), self._page
        if rec is None or not page.writable:
            return
        if not words:
            if self._alone and self.quotes.model.quotes:
                self._on_quotes_wanted()
            else:
                page.notify(MARK_FIRST, "info")
            return
        if rec.consent_quotes is not True:
            page.notify(
                _(
                    "{id} has not agreed to be quoted. Ask, and record it at the top, or keep it as notes.",
                    id=rec.id,
                ),
                "warn",
            )
            return
        box.editor.commit()
        number = page.visit.next_id("quote", "Q")
        line = Quote(id=number, interview=rec.id, text=words, standards=box.standards, tone="neutral")
        if page.record(line) is None:
            return
        box.unmark()
        self.show_quotes(not self._alone)
        self.quotes.choose(f"{number}/{rec.person}")
        tied = (
            _(" and tied to {list}", list=", ".join(box.standards))
            if box.standards
            else _("; now tie it to a standard")
        )
        kept = _("Quote {number} is kept{tied}.", number=line.id, tied=tied)
        page.notify(f"{kept} {_('Ctrl+Q again shows it.')}" if self._alone else kept, "met")

    @Slot()
    def _on_quotes_wanted(self) -> None:
        self.show_quotes(True)
        (self.quotes.list if self.quotes.model.quotes else self.quotes.mark).setFocus()

    @Slot()
    def _on_closed(self) -> None:
        if self._alone:
            self.back_to_notes()
            return
        self.show_quotes(False)
        self.form.quotes.setFocus()
