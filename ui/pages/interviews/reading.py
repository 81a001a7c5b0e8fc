"""Another reviewer's interview, read-only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reviewapp.base.i18n import _
from reviewapp.visit.labels import person, record_number
from reviewapp.visit.state import InterviewRecord, QuoteRecord, VisitState
from ui.labels import GROUPS, TONE_LOOKS, TONES, circumstances
from ui.pages.interviews.consent import QUESTIONS, consent_look
from ui.pages.interviews.prompt import NOTES
from ui.pages.interviews.quote_list import quotes_of, standards_words
from ui.pages.shared.withdraw_card import WithdrawCard
from ui.theme import space
from ui.widgets import Button, Card, FlowLayout, Pill, Scroll, Text, clear, column, row
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from ui.pages.base import Page


class ReadingView(Scroll):
    """An interview to read, rebuilt only when it has changed; the lead can withdraw it. Emits `back_wanted`."""

    back_wanted = Signal()

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(margin=6, gap=4, width=space(220), parent=parent)
        self._page = page
        self._rec: InterviewRecord | None = None
        self.back = Button(_("All interviews"), "arrow_left", "quiet")
        self.back.clicked.connect(self.back_wanted)
        self.title = Text("", "title")
        self.about = Text("", "muted")
        self.withdraw = Button(_("Withdraw…"), "eye_off", "quiet", tip=_("If the person withdraws what they said"))
        self.withdraw.clicked.connect(self._on_withdraw)
        self.withdrawing = WithdrawCard(page)
        self.content = QVBoxLayout()
        self.content.setSpacing(space(4))
        head = column(self.title, self.about, row(self.withdraw, None), gap=0.5)
        self.add(row(self.back, None), head, self.withdrawing, self.content, None)
        self.back.hide()
        self._shown: object = None
        # There may be nothing else here that takes the keyboard; the arrows scroll it.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("kind", "reading")

    def first(self) -> QWidget:
        """Where reading begins: at the top."""
        self.verticalScrollBar().setValue(0)
        return self

    def show_interview(self, rec: InterviewRecord, state: VisitState) -> None:
        """Show everything recorded of an interview."""
        self._rec = rec
        may = self._page.visit.is_lead
        self.withdraw.setVisible(may)
        usable(self.withdraw, only_read(self._page.writable))
        self.withdraw.setAccessibleName(_("Withdraw {id}", id=record_number(rec.key, state.people)))
        if self._shown is None or not isinstance(self._shown, tuple) or self._shown[0].key != rec.key:
            self.withdrawing.close_card()
        answers = {a.prompt: a.text for a in state.answers.values() if a.interview == rec.key and a.text.strip()}
        quotes = quotes_of(state, rec.key)
        if self._shown == (rec, answers, quotes):
            return
        same = isinstance(self._shown, tuple) and self._shown[0].key == rec.key
        self._shown = (rec, answers, quotes)
        self.title.setText(f"{record_number(rec.key)}, {GROUPS.get(rec.group, rec.group)}")
        self.setAccessibleName(self.title.text())
        self.about.setText(
            _(
                "Interviewed by {person} · {circumstances}. You can read this; only {code} can change it",
                person=person(state.people, rec.person),
                code=rec.person,
                circumstances=circumstances(rec),
            )
            + (_(", and you can withdraw it for them.") if may else ".")
        )
        clear(self.content)
        self.content.addWidget(_consent(rec))
        self.content.addWidget(_notes(rec, answers, state))
        if quotes:
            self.content.addWidget(self._quotes(quotes, may=may))
        if not same:
            self.verticalScrollBar().setValue(0)

    def _quotes(self, quotes: list[QuoteRecord], *, may: bool) -> Card:
        card = Card(_("Quotes"))
        card.body.setSpacing(space(3))
        for quote in quotes:
            box = Card(kind="quote", margin=3)
            tone, icon = TONE_LOOKS.get(quote.tone, TONE_LOOKS["neutral"])
            foot = row(
                Pill(TONES.get(quote.tone, quote.tone), tone, icon),
                Text(standards_words(quote).capitalize(), "small"),
                gap=2,
            )
            foot.setStretch(1, 1)
            if may:
                button = Button(
                    _("Withdraw…"),
                    kind="quiet",
                    name=_("Withdraw quote {id}", id=record_number(quote.key)),
                )
                button.setProperty("quote", quote.key)
                usable(button, only_read(self._page.writable))
                button.clicked.connect(self._on_withdraw_quote)
                foot.addWidget(button)
            box.add(Text(f"“{quote.text}”", select=True), foot)
            card.add(box)
        return card

    @Slot()
    def _on_withdraw(self) -> None:
        if self._rec is not None:
            self._ask_withdrawal("interview", self._rec.key)

    @Slot()
    def _on_withdraw_quote(self) -> None:
        self._ask_withdrawal("quote", str(self.sender().property("quote")))

    def _ask_withdrawal(self, entity: str, key: str) -> None:
        self.withdrawing.ask(entity, key)
        self.verticalScrollBar().setValue(0)


def _consent(rec: InterviewRecord) -> QWidget:
    line = QWidget()
    flow = FlowLayout(line, gap=2)
    for field, __, word in QUESTIONS:
        flow.addWidget(Pill(*consent_look(word, getattr(rec, field))))
    return line


def _notes(rec: InterviewRecord, answers: dict[str, str], state: VisitState) -> Card:
    card = Card(_("What was said"))
    card.body.setSpacing(space(4))
    guide = state.instrument.guide(rec.group)
    prompts = [(p.id, p.text) for p in guide.prompts] if guide else []
    shown = [
        (words, answers[prompt_id])
        for prompt_id, words in [*prompts, (NOTES, _("Anything else"))]
        if prompt_id in answers
    ]
    for words, said in shown:
        card.add(column(Text(words, "muted"), Text(said, select=True), gap=1))
    if not shown:
        card.add(Text(_("Nothing has been written down."), "muted"))
    return card
