"""The editor of one quote: its words, tone, standards and speaker."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QComboBox, QWidget

from reviewapp.base.i18n import _
from reviewapp.instruments.nouns import nouns_of
from reviewapp.visit.labels import record_number
from reviewapp.visit.state import InterviewRecord, QuoteRecord
from reviewapp.visit.statements import Quote, Statement
from ui.labels import TONES
from ui.pages.interviews.speaker import SpeakerBox
from ui.pages.shared.withdraw_card import WithdrawCard
from ui.widgets import Button, Card, FlowLayout, Text, Toggle, clear, column, tab_through
from ui.widgets.one_stop import OneStop
from ui.widgets.panes import scroll_into_view
from ui.widgets.plain_text import plain_tip
from ui.widgets.taborder import put_in_place
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from ui.pages.base import Page

DELETE, WITHDRAW = _("Delete quote"), _("Withdraw…")


def _text_line(quote_id: str, text: str) -> Statement:
    return Quote(id=quote_id, text=text)


class QuoteEditor(Card):
    """Shows the selected quote, and records what is changed of it."""

    def __init__(self, page: Page, after: QWidget) -> None:
        """Tab comes to it from `after`."""
        super().__init__(kind="inset", margin=3)
        self.setAccessibleName(_("The selected quote"))
        self._page, self._after = page, after
        self.quote: QuoteRecord | None = None
        self._bound = ""
        self.words = page.draft(_("Words of the quote"), rows=3, most=8)
        tones, chips = self._tones(), self._standards()
        self.speaker = SpeakerBox()
        self.speaker.activated.connect(self._on_speaker)
        self.delete = Button(DELETE, "bin", "quiet")
        self.delete.clicked.connect(self.delete_quote)
        self.withdraw = Button(WITHDRAW, "eye_off", "quiet", tip=_("If the person withdraws these words"))
        self.withdraw.clicked.connect(self.ask_withdrawal)
        self._withdrawing_place = column(gap=0)
        last = QWidget()
        buttons = FlowLayout(last, gap=1)
        buttons.addWidget(self.delete)
        buttons.addWidget(self.withdraw)
        of = Text(nouns_of(page.state.instrument).titles, "overline")
        self.add(
            self._withdrawing_place, self.words, Text(_("Tone"), "overline"), tones, of, chips, self.add_box,
            self.speaker, last,
        )  # fmt: skip

    def _tones(self) -> QWidget:
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
        return tones

    def _standards(self) -> QWidget:
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
        return chips

    @cached_property
    def withdrawing(self) -> WithdrawCard:
        """Confirmation of a withdrawal, made when one is first asked for."""
        made = WithdrawCard(self._page)
        put_in_place(made, self._withdrawing_place, self._after, before=self.words)
        return made

    def show_quote(self, quote: QuoteRecord | None, interview: InterviewRecord | None) -> None:
        """Show a quote of an interview, or nothing; text being typed in the same one is not disturbed."""
        self.quote = quote
        self.setVisible(quote is not None)
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
        self.speaker.show_speaker(quote, interview)
        usable(self, only_read(self._page.writable))
        self.withdraw.setAccessibleName(_("Withdraw quote {id}", id=record_number(quote.key)))
        if "withdrawing" in vars(self):
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

    @Slot()
    def _on_tone(self) -> None:
        quote, toggle = self.quote, self.sender()
        if quote is not None and toggle is not None:
            self._page.record(
                Quote(id=quote.id, tone=toggle.property("tone")),
                name=_("tone of quote {id}", id=quote.id),
            )

    @Slot()
    def _on_untie(self) -> None:
        quote, chip = self.quote, self.sender()
        if quote is not None and chip is not None:
            self._tie(quote, [number for number in quote.standards if number != chip.property("standard")])

    @Slot(int)
    def _on_add(self, place: int) -> None:
        quote, number = self.quote, str(self.add_box.itemData(place))
        self.add_box.setCurrentIndex(0)
        if quote is not None and number and number not in quote.standards:
            self._tie(quote, [*quote.standards, number])

    def _tie(self, quote: QuoteRecord, standards: list[str]) -> None:
        self._page.record(Quote(id=quote.id, standards=standards), name=_("what quote {id} is tied to", id=quote.id))

    @Slot(int)
    def _on_speaker(self, place: int) -> None:
        quote, speaker = self.quote, str(self.speaker.itemData(place))
        if quote is not None and speaker != quote.speaker:
            self._page.record(
                Quote(id=quote.id, speaker=speaker or None),
                name=_("speaker of quote {id}", id=quote.id),
            )

    @Slot()
    def delete_quote(self) -> None:
        """Delete the quote; one may undo it."""
        quote = self.quote
        if quote is not None and self._page.writable:
            self.words.commit()
            if self._page.record(Quote(id=quote.id, deleted=True)) is not None:
                self._page.notify(_("Quote {id} was deleted. You can undo this.", id=quote.id), "info")

    @Slot()
    def ask_withdrawal(self) -> None:
        """Ask for who wanted the quote withdrawn."""
        quote = self.quote
        if quote is not None:
            self.withdrawing.ask("quote", quote.key)
            scroll_into_view(self)
