"""The laptops that nobody certified yet: each with its three words, and beside them what the lead says of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _, plural
from ui.pages.bring_together.decisions import LaptopDecision
from ui.pages.bring_together.set_aside import SetAsideForm
from ui.theme import theme
from ui.widgets import Button, Card, FlowLayout, Text, column, row
from ui.widgets.status import Pill
from ui.widgets.taborder import put_in_place
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from ui.pages.bring_together.questions import Answer, LaptopQuestion

MOST = 20
"""So many are shown at once; whoever hands in a file with more laptops than a visit has does not fill the page."""
ABOUT = _(
    "Each laptop has three check words, which are also shown on its own screen, on this page. Ask each person to "
    "read theirs out. If they match the words beside their code, the laptop is theirs, and anything recorded in "
    "their name on another laptop is no longer counted. If they do not match, set the laptop aside: its work is "
    "kept but not counted. You can undo both."
)


class NewLaptopRow(Card):
    """One laptop: whose it says it is, its words, and the two answers. Enter on the row certifies, Up and Down move."""

    decided = Signal(object)
    moved = Signal(int)

    def __init__(self, question: LaptopQuestion) -> None:
        super().__init__(kind="row", margin=2)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title, self.words = Text("", "strong"), Text("", "lead", wrap=False)
        self.pill, self.note, self.detail = Pill(), Text("", "muted"), Text("", "muted")
        self.certify = Button("", "check")
        self.certify.clicked.connect(self._on_certify)
        self.not_theirs = Button("", "cross")
        self.not_theirs.clicked.connect(self._on_not_theirs)
        line = QWidget()
        flow = FlowLayout(line, gap=3)
        for part in (self.words, self.certify, self.not_theirs):
            flow.addWidget(part)
        self._below = column(gap=0)
        head = row(self.title, self.pill, gap=2)
        head.setStretch(0, 1)
        self.add(head, line, self.note, self.detail, self._below)
        self.show_question(question)
        theme().changed.connect(self._on_themed)
        self._on_themed()

    @cached_property
    def why(self) -> SetAsideForm:
        """Why it is set aside, made when it is first asked."""
        made = SetAsideForm()
        made.wanted.connect(self._on_aside)
        put_in_place(made, self._below, self.not_theirs)
        return made

    def set_usable(self, reason: str) -> None:
        """Let it be decided of the laptop, or say why not."""
        for part in (self.certify, self.not_theirs, *((self.why,) if "why" in vars(self) else ())):
            usable(part, reason)

    def show_question(self, question: LaptopQuestion) -> None:
        """Show the laptop as it is now; what is being typed of it stays."""
        self.question = question
        told, code, words = question.row, question.code, question.words
        self.setAccessibleName(_("{row}. Check words: {words}", row=told.words(), words=words))
        self.setAccessibleDescription(_("Press Enter if {person} reads out these words", person=question.person))
        self.title.setText(told.title)
        self.pill.set_state(told.pill, told.tone, told.icon)
        self.words.setText(words)
        self.words.setAccessibleName(_("Check words of {laptop}: {words}", laptop=told.title, words=words))
        self.certify.setText(_("These are {code}'s words", code=code))
        self.certify.setAccessibleName(
            _("These are the words of {person}: {words}", person=question.person, words=words)
        )
        self.not_theirs.setText(_("Not {code}'s…", code=code))
        self.not_theirs.setAccessibleName(_("{laptop}: not theirs…", laptop=told.title))
        for line, text in ((self.note, told.note), (self.detail, told.detail)):
            line.setText(text)
            line.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # A key that is held down, or pressed in a field of the row, certifies nobody.
            if self.hasFocus() and not event.isAutoRepeat() and self.certify.isEnabled():
                self._on_certify()
        else:
            super().keyPressEvent(event)

    def _decide(self, answer: Answer, reason: str = "", from_seq: int | None = None) -> None:
        self.decided.emit(LaptopDecision(answer, self.question.device, self.question.code, reason, from_seq))

    @Slot()
    def _on_themed(self) -> None:
        self.words.setMinimumHeight(self.certify.sizeHint().height())  # in the middle of the buttons beside them

    @Slot()
    def _on_certify(self) -> None:
        self._decide("certify")

    @Slot()
    def _on_not_theirs(self) -> None:
        self.why.ask(self.question.moments())

    @Slot(str, object)
    def _on_aside(self, reason: str, from_seq: int | None) -> None:
        self._decide("aside", reason, from_seq)


class NewLaptopsCard(Card):
    """A row for each laptop that nobody certified; emits `decided(LaptopDecision)`. Hidden while there is none.

    Emits `filled` when rows came or went, so that the page puts them in its tab order.
    """

    decided = Signal(object)
    filled = Signal()

    def __init__(self) -> None:
        super().__init__(_("Whose laptop is this?"))
        self.rows: list[NewLaptopRow] = []
        self.number = 0
        self._shown: tuple[LaptopQuestion, ...] = ()
        self._column = column(gap=2)
        self.more = Text("", "muted")
        self.add(Text(ABOUT, "muted"), self._column, self.more)
        self.hide()

    def show_questions(self, questions: Sequence[LaptopQuestion], *, writable: bool) -> None:
        """Show these laptops; one that is asked about still keeps its row, and what is being typed in it."""
        self.number = len(questions)
        shown = tuple(questions[:MOST])
        if shown != self._shown:
            self._fill(shown)
        for one in self.rows:
            one.set_usable(only_read(writable))
        left = len(questions) - len(shown)
        self.more.setText(plural("and {n} more, shown after these", "and {n} more, shown after these", left))
        self.more.setVisible(bool(left))
        self.setVisible(bool(questions))

    def _fill(self, questions: tuple[LaptopQuestion, ...]) -> None:
        before = {one.question.device: one for one in self.rows}
        self.rows = [before.pop(one.device) if one.device in before else self._row(one) for one in questions]
        for gone in before.values():
            self._column.removeWidget(gone)
            gone.hide()
            gone.setParent(None)
            gone.deleteLater()
        for place, (one, question) in enumerate(zip(self.rows, questions, strict=True)):
            one.show_question(question)
            self._column.insertWidget(place, one)
        self._shown = questions
        self.filled.emit()

    def _row(self, question: LaptopQuestion) -> NewLaptopRow:
        made = NewLaptopRow(question)
        made.decided.connect(self.decided)
        made.moved.connect(self._on_moved)
        return made

    @Slot(int)
    def _on_moved(self, step: int) -> None:
        place = next((i for i, one in enumerate(self.rows) if one.hasFocus()), None)
        if place is not None and 0 <= place + step < len(self.rows):
            self.rows[place + step].setFocus(Qt.FocusReason.TabFocusReason)
