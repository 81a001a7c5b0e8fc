"""One question of the guide: what it tests, who has been heard, and a box for what was said."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from reviewapp.instruments.model import Instrument, Prompt
from reviewapp.visit.evidence import Heard
from reviewapp.visit.lines import Answer, Line
from ui.theme import space
from ui.widgets import FlowLayout, Pill, Text, column, row

if TYPE_CHECKING:
    from ui.pages.base import Page

NOTES = "notes"


class Saying(NamedTuple):
    """Where one question stands. `why_not`: why nothing may be written, empty when it may."""

    text: str
    heard: Heard
    asks: tuple[str, ...]
    me: str
    why_not: str


def answer_line(interview: str, prompt: str, text: str) -> Line:
    """What was said to one prompt."""
    return Answer(interview=interview, prompt=prompt, text=text)


def heard_words(heard: Heard) -> str:
    """`Heard from 1 of 3`, or without a number hoped for `Heard from 1`."""
    if heard.target:
        return f"Heard from {heard.count} of {heard.target}"
    return f"Heard from {heard.count}" if heard.count else "Not heard yet"


class PromptBox(QWidget):
    """`quote_wanted(box)` on Ctrl+Q. Without a prompt it is the box for anything else."""

    quote_wanted = Signal(object)

    def __init__(self, page: Page, prompt: Prompt | None, instrument: Instrument) -> None:
        super().__init__()
        self.prompt_id = prompt.id if prompt else NOTES
        self.standards = list(prompt.standards) if prompt else []
        self._bound = ""
        self.words = Text(prompt.text if prompt else "Anything else they said", "strong")
        self.number = Text(prompt.id if prompt else "", "overline", wrap=False)
        self.heard, self.mine = Pill(), Pill("Yours to ask", "accent", "pin")
        self.others = Pill()
        titles = ", ".join(f"{number} {instrument.standard(number).title}" for number in self.standards)
        self.tests = Text(f"Tests {titles}" if titles else "Not tied to a standard; a quote can be.", "small")
        self.editor = page.draft(f"Notes: {self.words.text()}", placeholder="What did they say?", rows=2, most=16)
        self.editor.installEventFilter(self)
        self.words.setBuddy(self.editor)
        chips = QWidget()
        flow = FlowLayout(chips, gap=2)
        for part in (self.mine, self.heard, self.others):
            flow.addWidget(part)
        self._chips = chips
        head = row(self.number, self.words, gap=3)
        head.setStretch(1, 1)
        head.setAlignment(self.number, Qt.AlignmentFlag.AlignTop)
        layout = column(head, self.tests, chips, self.editor, gap=1.5)
        layout.setContentsMargins(0, space(1), 0, space(2))
        self.setLayout(layout)
        self.number.setVisible(prompt is not None)
        chips.setVisible(prompt is not None)

    def show_saying(self, interview: str, saying: Saying) -> None:
        """Turn to an interview, or bring the same one up to date without disturbing typing."""
        place = interview if not saying.why_not or saying.text else ""
        if self._bound != f"{interview}|{place}":
            self._bound = f"{interview}|{place}"
            self.editor.bind(
                partial(answer_line, interview.split("/")[0], self.prompt_id) if place else None, saying.text
            )
        else:
            self.editor.refresh(saying.text)
        self.editor.setPlaceholderText(saying.why_not or "What did they say?")
        enough = saying.heard.enough and not saying.text
        kind = "muted" if enough else "strong"
        if self.words.property("kind") != kind:
            self.words.set_kind(kind)
        self.heard.say(
            heard_words(saying.heard) + (": enough" if saying.heard.enough else ""),
            "met" if saying.heard.enough else "na",
            "check" if saying.heard.enough else "circle",
        )
        self.mine.setVisible(saying.me in saying.asks)
        rest = [code for code in saying.asks if code != saying.me]
        too = " too" if saying.me in saying.asks else ""
        self.others.say(f"{', '.join(rest)} {'asks' if len(rest) == 1 else 'ask'} this{too}", "na", "people")
        self.others.setVisible(bool(rest))

    def selected(self) -> str:
        """The words marked in the box."""
        return self.editor.textCursor().selectedText().replace("\u2029", "\n").strip()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Q belongs to quoting while the box has the keyboard, whatever it means elsewhere."""
        if (
            isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Q
            and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        ):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.quote_wanted.emit(self)
                return True
        return super().eventFilter(watched, event)
