"""The quotes of one of my interviews: the list, and an editor for the text, tone and standards of the chosen one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QFrame, QWidget

from reviewapp.base.i18n import _
from reviewapp.instruments.nouns import nouns_of
from reviewapp.visit.labels import record_number
from reviewapp.visit.state import InterviewRecord, QuoteRecord
from reviewapp.visit.statements import Quote, Statement
from ui.labels import TONES
from ui.pages.interviews.quote_list import QUOTE, QuoteList, QuotesDelegate, QuotesModel, quotes_of
from ui.pages.interviews.speaker import SpeakerBox
from ui.pages.shared.withdraw_card import WithdrawCard
from ui.widgets import (
    Button,
    Card,
    FlowLayout,
    IconButton,
    Scroll,
    SectionHeading,
    Text,
    Toggle,
    clear,
    column,
    tab_through,
)
from ui.widgets.one_stop import OneStop
from ui.widgets.plain_text import plain_tip
from ui.widgets.row_menu import RowCommand, offer_row_commands
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from ui.pages.base import Page


def _text_line(quote_id: str, text: str) -> Statement:
    return Quote(id=quote_id, text=text)


class QuotePanel(QFrame):
    """Panel of quotes; emits `mark_wanted` to quote the selected text, and `closed` to hide the panel."""

    mark_wanted = Signal()
    closed = Signal()

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Quotes"))
        self._page = page
        self.interview: InterviewRecord | None = None
        self._bound = ""
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
        self._editor()
        for part in (self.none, self.list, self.editor):
            part.hide()  # until an interview is shown
        top = column(self.heading, self.mark, self.none, self.list, self.editor, None, gap=2)
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

    def _editor(self) -> None:
        self.editor = Card(kind="inset", margin=3)
        self.editor.setAccessibleName(_("The selected quote"))
        self.words = self._page.draft(_("Words of the quote"), rows=3, most=8)
        self.tones: dict[str, Toggle] = {}
        self._group = QButtonGroup(self)
        tones = QWidget()
        flow = FlowLayout(tones, gap=1.5)
        for tone, label in TONES.items():
            toggle = Toggle(label, name=_("Tone: {label}", label=label))
            toggle.setProperty("tone", tone)
            toggle.clicked.connect(self._on_tone)
            self._group.addButton(toggle)
            self.tones[tone] = toggle
            flow.addWidget(toggle)
        OneStop(tones)
        chips = QWidget()
        self.chips = FlowLayout(chips, gap=1.5)
        OneStop(chips)
        nouns = nouns_of(self._page.state.instrument)
        self.add_box = QComboBox()
        self.add_box.setAccessibleName(_("Tie the quote to another {noun}", noun=nouns.one))
        self.add_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.add_box.setMinimumContentsLength(10)
        self.add_box.addItem(_("Add {noun}…", noun=nouns.one), "")
        self.add_box.activated.connect(self._on_add)
        self.speaker = SpeakerBox()
        self.speaker.activated.connect(self._on_speaker)
        self.delete = Button(_("Delete quote"), "bin", "quiet")
        self.delete.clicked.connect(self._on_delete)
        self.withdraw = Button(_("Withdraw…"), "eye_off", "quiet", tip=_("If the person withdraws these words"))
        self.withdraw.clicked.connect(self._on_withdraw)
        self.withdrawing = WithdrawCard(self._page)
        last = QWidget()
        buttons = FlowLayout(last, gap=1)
        buttons.addWidget(self.delete)
        buttons.addWidget(self.withdraw)
        self.editor.add(
            self.withdrawing, self.words, Text(_("Tone"), "overline"), tones, Text(nouns.titles, "overline"), chips,
            self.add_box, self.speaker, last,
        )  # fmt: skip

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
        self.editor.setVisible(quote is not None)
        if quote is None:
            self._bound = ""
            self.words.bind(None)
            return
        self._fill_standards()
        if self._bound != quote.key:
            self._bound = quote.key
            self.words.bind(partial(_text_line, quote.id), quote.text)
        else:
            self.words.refresh(quote.text)
        for tone, toggle in self.tones.items():
            toggle.setChecked(tone == quote.tone)
        self._show_chips(quote)
        self.speaker.show_speaker(quote, self.interview)
        usable(self.editor, only_read(self._page.writable))
        self.withdraw.setAccessibleName(_("Withdraw quote {id}", id=record_number(quote.key)))
        self.withdrawing.close_unless(quote.key)

    def _fill_standards(self) -> None:
        """Fill the list of standards, once there is a quote to tie to one."""
        if self.add_box.count() == 1:
            standards = self._page.state.instrument.standards
            self.add_box.addItems([f"{standard.number} {standard.title}" for standard in standards])
            for place, standard in enumerate(standards, 1):
                self.add_box.setItemData(place, standard.number)

    def _show_chips(self, quote: QuoteRecord) -> None:
        shown = tuple(self.chips.itemAt(i).widget().property("standard") for i in range(self.chips.count()))  # type: ignore[union-attr]
        if shown == quote.standards:
            return
        clear(self.chips)
        for number in quote.standards:
            named = nouns_of(self._page.state.instrument).numbered(number)
            chip = Toggle(number, on=True, name=_("{standard}; select to untie", standard=named))
            title = self._page.state.instrument.standard(number).title
            chip.setToolTip(plain_tip(_("{title}: select to untie", title=title)))
            chip.setProperty("standard", number)
            chip.clicked.connect(self._on_untie)
            self.chips.addWidget(chip)
            chip.show()
        self.chips.invalidate()
        tab_through(self)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_quote()

    @Slot()
    def _on_tone(self) -> None:
        quote, toggle = self.current(), self.sender()
        if quote is not None and toggle is not None:
            self._page.record(
                Quote(id=quote.id, tone=toggle.property("tone")),
                name=_("tone of quote {id}", id=quote.id),
            )

    @Slot()
    def _on_untie(self) -> None:
        quote, chip = self.current(), self.sender()
        if quote is not None and chip is not None:
            self._tie(quote, [number for number in quote.standards if number != chip.property("standard")])

    @Slot(int)
    def _on_add(self, place: int) -> None:
        quote, number = self.current(), str(self.add_box.itemData(place))
        self.add_box.setCurrentIndex(0)
        if quote is not None and number and number not in quote.standards:
            self._tie(quote, [*quote.standards, number])

    def _tie(self, quote: QuoteRecord, standards: list[str]) -> None:
        self._page.record(Quote(id=quote.id, standards=standards), name=_("what quote {id} is tied to", id=quote.id))

    @Slot(int)
    def _on_speaker(self, place: int) -> None:
        quote, speaker = self.current(), str(self.speaker.itemData(place))
        if quote is not None and speaker != quote.speaker:
            self._page.record(
                Quote(id=quote.id, speaker=speaker or None),
                name=_("speaker of quote {id}", id=quote.id),
            )

    def _row_commands(self) -> list[RowCommand]:
        may = self._page.writable
        return [
            RowCommand(self.delete.text(), self._on_delete, may, _("Delete")),
            RowCommand(self.withdraw.text(), self._on_withdraw, may),
        ]

    @Slot()
    def _on_delete(self) -> None:
        quote = self.current()
        if quote is not None and self._page.writable:
            self.words.commit()
            if self._page.record(Quote(id=quote.id, deleted=True)) is not None:
                self._page.notify(_("Quote {id} was deleted. You can undo this.", id=quote.id), "info")

    @Slot()
    def _on_withdraw(self) -> None:
        quote = self.current()
        if quote is not None:
            self.withdrawing.ask("quote", quote.key)
            self.area.ensureWidgetVisible(self.editor, 0, 0)

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
