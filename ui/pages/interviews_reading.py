"""A conversation of another reviewer: to be read, not changed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reviewapp.visit.state import InterviewRec, QuoteRec, VisitState
from ui.pages.interviews_consent import QUESTIONS
from ui.pages.interviews_prompt import NOTES
from ui.pages.interviews_quotelist import quotes_of, standards_words
from ui.pages.interviews_words import GROUPS, TONE_LOOKS, TONES, circumstances
from ui.theme import space
from ui.widgets import Button, Card, FlowLayout, Pill, Scroll, Text, clear, column, row


class ReadingView(Scroll):
    """Rebuilt for another conversation, or when something in it has changed."""

    back_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(margin=6, gap=4, width=space(220))
        self.back = Button("Everybody spoken to", "arrow_left", "quiet")
        self.back.clicked.connect(self.back_wanted)
        self.title = Text("", "title")
        self.about = Text("", "muted")
        self.content = QVBoxLayout()
        self.content.setSpacing(space(4))
        self.add(row(self.back, None), column(self.title, self.about, gap=0.5), self.content, None)
        self.back.hide()
        self._shown: object = None

    def show_interview(self, rec: InterviewRec, state: VisitState) -> None:
        """Everything that was written down of it."""
        answers = {a.prompt: a.text for a in state.answers.values() if a.interview == rec.key and a.text.strip()}
        quotes = quotes_of(state, rec.key)
        if self._shown == (rec, answers, quotes):
            return
        same = isinstance(self._shown, tuple) and self._shown[0].key == rec.key
        self._shown = (rec, answers, quotes)
        self.title.setText(f"{rec.id} · {GROUPS.get(rec.group, rec.group)}")
        self.about.setText(
            f"Spoken to by {rec.person} · {circumstances(rec)}. You can read this; only {rec.person} can change it."
        )
        clear(self.content)
        self.content.addWidget(_consent(rec))
        self.content.addWidget(_notes(rec, answers, state))
        if quotes:
            self.content.addWidget(_quotes(quotes))
        if not same:
            self.verticalScrollBar().setValue(0)


def _consent(rec: InterviewRec) -> QWidget:
    line = QWidget()
    flow = FlowLayout(line, gap=2)
    for field, _, word in QUESTIONS:
        yes = getattr(rec, field)
        words = "not asked" if yes is None else "yes" if yes else "no"
        flow.addWidget(
            Pill(f"{word}: {words}", "met" if yes else "na", "check" if yes else "circle" if yes is None else "cross")
        )
    return line


def _notes(rec: InterviewRec, answers: dict[str, str], state: VisitState) -> Card:
    card = Card("What was said")
    card.body.setSpacing(space(4))
    guide = state.instrument.guide(rec.group)
    prompts = [(p.id, p.text) for p in guide.prompts] if guide else []
    shown = [
        (words, answers[prompt_id]) for prompt_id, words in [*prompts, (NOTES, "Anything else")] if prompt_id in answers
    ]
    for words, said in shown:
        card.add(column(Text(words, "muted"), Text(said, select=True), gap=1))
    if not shown:
        card.add(Text("Nothing has been written down.", "muted"))
    return card


def _quotes(quotes: list[QuoteRec]) -> Card:
    card = Card("Quotes")
    card.body.setSpacing(space(3))
    for quote in quotes:
        box = Card(kind="quote", margin=3)
        tone, icon = TONE_LOOKS.get(quote.tone, ("na", "circle"))
        foot = row(
            Pill(TONES.get(quote.tone, quote.tone), tone, icon),
            Text(standards_words(quote).capitalize(), "small"),
            gap=2,
        )
        foot.setStretch(1, 1)
        box.add(Text(f"“{quote.text}”", select=True), foot)
        card.add(box)
    return card
