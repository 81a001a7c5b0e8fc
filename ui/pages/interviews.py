"""Interviews: who was spoken to, what they agreed to, what they said, and their own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QSplitter, QStackedWidget, QWidget

from reviewapp.language import _
from reviewapp.visit.lines import Interview, Quote
from ui.pages.base import Page
from ui.pages.interviews_concern import ConcernView, untold
from ui.pages.interviews_form import InterviewForm
from ui.pages.interviews_prompt import PromptBox
from ui.pages.interviews_quotes import QuotePanel
from ui.pages.interviews_reading import ReadingView
from ui.pages.interviews_side import InterviewsSide
from ui.pages.interviews_words import letter
from ui.theme import space, theme
from ui.widgets import EmptyState, column, tab_through

if TYPE_CHECKING:
    from reviewapp.desk import Change
    from reviewapp.visit.state import InterviewRec

TWO_PANES = 770
QUOTES_BESIDE = 1060
MARK_FIRST = _("Mark somebody's own words in your notes first, then press Ctrl+Q.")


class InterviewsPage(Page):
    """A list on the left, one conversation on the right, its quotes beside it."""

    TITLE = _("Interviews")
    SHOWS = frozenset(("interview", "answer", "quote", "concern", "asks", "person", "visit", "settled"))
    HELP = _(
        "Everybody you speak to is a letter and a number: P1, C1, S1. Never write a name.\n\n"
        "New interview, then the group: the questions of that group appear. Ask for consent first; as "
        "long as nobody has agreed to notes there is nothing to write in. Each question says which "
        "standards it tests and how many people have been heard. What has been heard enough is shown "
        "paler, so that nobody is asked twice without need.\n\n"
        "To keep somebody's own words: mark them in your notes and press Ctrl+Q. The quote is tied to "
        "the standards of the question; you can change its words, its tone and its standards.\n\n"
        "When somebody takes back what they said, press Withdraw: the words are blanked here and on "
        "every laptop that joins this one. It cannot be undone.\n\n"
        "If somebody may be at risk, press “Something that cannot wait” and tell the person in charge at "
        "once."
    )

    def build(self) -> None:
        """List, form, quotes, and the view for what cannot wait."""
        self._narrow = self._beside = self._went = False
        self._chosen = ""
        self._sized_for = 0
        self.side = InterviewsSide(self)
        self.form, self.reading, self.concerns = InterviewForm(self), ReadingView(self), ConcernView(self)
        self.quotes = QuotePanel(self)
        self.quotes.hide()
        self.mine = QWidget()
        self._form_box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.mine)
        self._form_box.setContentsMargins(0, 0, 0, 0)
        self._form_box.setSpacing(0)
        self._form_box.addWidget(self.form, 1)
        self._form_box.addWidget(self.quotes)
        self.empty = EmptyState(
            "interviews",
            _("Nobody has been spoken to yet"),
            _(
                "Press New interview and choose whom you are talking to. Consent comes first; then the questions "
                "for that group."
            ),
        )
        self.stack = QStackedWidget()
        for view in (self.empty, self.mine, self.reading, self.concerns):
            self.stack.addWidget(view)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(space(1))
        self.splitter.addWidget(self.side)
        self.splitter.addWidget(self.stack)
        self.splitter.setStretchFactor(1, 1)
        self.setLayout(column(self.splitter, gap=0))
        self._connect()

    def _connect(self) -> None:
        self.side.chosen.connect(self._on_chosen)
        self.side.opened.connect(self._on_opened)
        self.side.begun.connect(self._on_begun)
        self.side.urgent_wanted.connect(self._on_urgent)
        self.form.quote_wanted.connect(self._on_quote)
        self.form.quotes_wanted.connect(self._on_show_quotes)
        self.quotes.mark_wanted.connect(self._on_mark)
        self.quotes.closed.connect(self._on_quotes_closed)
        for view in (self.form, self.reading, self.concerns):
            view.back_wanted.connect(self._on_back)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.New), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._on_new)
        theme().changed.connect(self._on_themed)

    def refresh(self, change: Change | None) -> None:
        """List, the conversation in view, and what cannot wait."""
        reset = self.side.refresh()
        here = self.side.model.find(self._chosen).isValid()
        if reset and here:
            self.side.select(self._chosen)
        elif not here:
            rows = self.side.model.rows
            self._chosen = rows[0].rec.key if rows else ""
            self.side.select(self._chosen)
        if self.stack.currentWidget() is self.concerns:
            self.concerns.refresh()
        else:
            self._show_chosen()
        if change is None or self.stack.currentWidget() is self.concerns:
            tab_through(self.side, self.form, self.quotes, self.reading, self.concerns)

    def place(self) -> dict[str, str]:
        """The conversation in view, or what cannot wait."""
        if self.stack.currentWidget() is self.concerns:
            return {"concern": "all"}
        return {"interview": self._chosen} if self._chosen else {}

    def go_to(self, place: dict[str, str]) -> None:
        """A conversation, a question of a group's guide, a quote, or a concern."""
        self._went = True
        if "concern" in place:
            self._open_concerns(place["concern"])
            return
        quote = self.state.quotes.get(place.get("quote", ""))
        key = quote.interview if quote else place.get("interview", "") or self.side.latest(place.get("group", ""))
        if not self.side.model.find(key).isValid():
            if place.get("group"):
                self._show_pane(detail=False)
                self.side.show_groups(True, place["group"])
            return
        self._open(key)
        if quote is not None and quote.person == self.desk.me:
            self._show_quotes(True)
            self.quotes.choose(quote.key)
        if "prompt" in place:
            self.form.show_prompt(place["prompt"])

    def start_focus(self) -> QWidget | None:
        """Where a link led; else the list, or the button that begins."""
        here = self.window().focusWidget() if self._went else None
        self._went = False
        if here is not None and self.isAncestorOf(here):
            return here
        return self.side.list if self.side.model.rows else self.side.new

    def chosen(self) -> InterviewRec | None:
        """The conversation in view."""
        return self.state.interviews.get(self._chosen)

    def _show_chosen(self) -> None:
        rec = self.chosen()
        if rec is None:
            self.stack.setCurrentWidget(self.empty)
        elif rec.person == self.desk.me:
            self.form.show_interview(rec)
            self.quotes.show_interview(rec)
            self.stack.setCurrentWidget(self.mine)
        else:
            self.reading.show_interview(rec, self.state)
            self.stack.setCurrentWidget(self.reading)

    def _turn(self, key: str) -> bool:
        """Make what was typed an entry and turn to a conversation; False while some of it cannot be saved."""
        if key != self._chosen and not self.form.settle():
            self.side.select(self._chosen)
            return False
        self._chosen = key
        self.side.select(key)
        self._show_chosen()
        return True

    def _open(self, key: str) -> None:
        if self._turn(key):
            self._show_pane(detail=True)

    def _open_concerns(self, key: str) -> None:
        self.stack.setCurrentWidget(self.concerns)
        self.concerns.refresh()
        self._show_pane(detail=True)
        if key == "new":
            self.concerns.begin_another()
        else:
            self.concerns.show_concern(key)

    @Slot()
    def _on_new(self) -> None:
        if self.writable:
            self._show_pane(detail=False)
            self.side.show_groups(True)

    @Slot(str)
    def _on_begun(self, group: str) -> None:
        number = self.desk.next_id("interview", letter(group))
        line = Interview(id=number, group=group)  # type: ignore[arg-type]
        if self.record(line, name=_("new interview {number}", number=number)) is not None:
            self._open(f"{number}/{self.desk.me}")
            self.form.first().setFocus()

    @Slot()
    def _on_urgent(self) -> None:
        waiting = untold(self.state)
        self._open_concerns(waiting[0].key if waiting else "new")

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        if key != self._chosen or self.stack.currentWidget() is self.concerns:
            self._turn(key)

    @Slot(str)
    def _on_opened(self, key: str) -> None:
        self._open(key)

    @Slot()
    def _on_back(self) -> None:
        self._show_chosen()
        self._show_pane(detail=False)
        self.side.list.setFocus()

    @Slot()
    def _on_mark(self) -> None:
        box = self.form.last_box
        if box is None:
            self.tell(MARK_FIRST, "info")
        else:
            self._on_quote(box)

    @Slot(object)
    def _on_quote(self, box: PromptBox) -> None:
        """The marked words become a quote, if the person agreed to be quoted."""
        rec, words = self.chosen(), box.selected()
        if rec is None or not self.writable:
            return
        if not words:
            self.tell(MARK_FIRST, "info")
            return
        if rec.consent_quotes is not True:
            self.tell(
                _("{id} has not agreed to be quoted. Ask, and say so at the top; or keep it as notes.", id=rec.id),
                "warn",
            )
            return
        box.editor.commit()
        number = self.desk.next_id("quote", "Q")
        line = Quote(id=number, interview=rec.id, text=words, standards=box.standards, tone="neutral")
        if self.record(line) is None:
            return
        self._show_quotes(True)
        self.quotes.choose(f"{number}/{rec.person}")
        tied = (
            _(" and tied to {list}", list=", ".join(box.standards))
            if box.standards
            else _("; tie it to a standard beside it")
        )
        self.tell(_("Quote {number} is kept{tied}.", number=number, tied=tied), "met")

    @Slot()
    def _on_show_quotes(self) -> None:
        self._show_quotes(True)
        (self.quotes.list if self.quotes.model.quotes else self.quotes.mark).setFocus()

    @Slot()
    def _on_quotes_closed(self) -> None:
        self._show_quotes(False)
        self.form.quotes.setFocus()

    def _show_quotes(self, on: bool) -> None:
        """Beside the notes they are always there; beneath them, while wanted."""
        self.quotes.setVisible(on or self._beside)

    def _show_pane(self, *, detail: bool) -> None:
        if self._narrow:
            self.side.setVisible(not detail)
            self.stack.setVisible(detail)

    def _fit(self) -> None:
        narrow, beside = self.width() < theme().px(TWO_PANES), self.width() >= theme().px(QUOTES_BESIDE)
        if narrow != self._narrow:
            self._narrow = narrow
            self.side.setVisible(True)
            self.stack.setVisible(not narrow)
            for view in (self.form, self.reading):
                view.back.setVisible(narrow)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._form_box.setDirection(way)
        if beside != self._beside:
            self._beside = beside
            self.quotes.setVisible(beside)
        self.quotes.close_button.setVisible(not beside)
        self.quotes.setMinimumWidth(theme().px(300) if beside else 0)
        self.quotes.setMaximumWidth(theme().px(300) if beside else 100_000)
        self.quotes.setMaximumHeight(100_000 if beside else round(self.height() * 0.48))
        self.form.quotes.setVisible(not beside)
        room = min(theme().px(270), round(self.width() * 0.34))
        if not narrow and self._sized_for != room:
            self._sized_for = room
            self.splitter.setSizes([room, self.width() - room])
        self.quotes.fit()

    @Slot()
    def _on_themed(self) -> None:
        self._fit()

    def finish(self) -> None:
        """Every question of the conversation in view."""
        self.form.guide.finish()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab never passes over a question that is about to be shown."""
        self.finish()
        return super().focusNextPrevChild(forward)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Panes give way."""
        super().resizeEvent(event)
        self._fit()
