"""Consent, asked before anything said is recorded; and the circumstances: way of talking, number, companions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.instruments.model import Group
from reviewapp.visit.labels import person
from reviewapp.visit.state import InterviewRecord, VisitState
from reviewapp.visit.statements import Interview
from ui.labels import MODES
from ui.pages.interviews.mixed_group import MixedGroup
from ui.widgets import Button, Card, DescribingText, FlowLayout, Pill, Text, Toggle, column, row
from ui.widgets.boxes import NumberBox
from ui.widgets.one_stop import OneStop
from ui.widgets.panes import scroll_into_view
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from ui.pages.base import Page

SAY = _(
    "Say who you are, and that you do not work for this team. Taking part is the person's choice: they can skip any "
    "question, stop at any time, and withdraw what they said. If you hear that someone is at risk, you will have to "
    "pass it on."
)
PUBLISHED = "consent_published"
"""Asked last. It was not always asked, and not asked counts as no: a conversation from before stays as it was."""
QUESTIONS: tuple[tuple[str, str, str], ...] = (
    ("consent_notes", _("May I write down what you tell me?"), _("Notes")),
    ("consent_quotes", _("May we use some of your own words in the report? We never print your name."), _("Quotes")),
    (
        "consent_circulation",
        _("May we also use them in the copy that people outside the team can read, such as commissioners?"),
        _("Wider circulation"),
    ),
    (PUBLISHED, _("May we also use them in a published report that anyone can read?"), _("Published report")),
)


def asked(rec: InterviewRecord) -> bool:
    """Whether the consent questions are answered that a conversation cannot do without."""
    return all(getattr(rec, field) is not None for field, __, __ in QUESTIONS if field != PUBLISHED)


def _complete(rec: InterviewRecord) -> bool:
    return all(getattr(rec, field) is not None for field, __, __ in QUESTIONS)


def consent_look(word: str, answer: bool | None) -> tuple[str, str, str]:
    """How an answer is shown in a pill: words, look and icon; what was not asked is told apart from a no."""
    if answer is None:
        return _("{asked}: not asked", asked=word), "na", "circle"
    return (_("{asked}: yes", asked=word), "met", "check") if answer else (_("{asked}: no", asked=word), "na", "cross")


class Question(QWidget):
    """One consent question with Yes and No; pressing the chosen one again clears it."""

    def __init__(self, card: ConsentCard, field: str, words: str) -> None:
        super().__init__()
        self.field = field
        self._card = card
        self.yes, self.no = (
            Toggle(_("Yes"), name=_("{words} Yes", words=words)),
            Toggle(_("No"), name=_("{words} No", words=words)),
        )
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        for button in (self.yes, self.no):
            self._group.addButton(button)
            button.clicked.connect(self._on_clicked)
        OneStop(self, self.yes, self.no)
        # A reader says the question with each of its answers, and not all four before the first.
        layout = row(DescribingText(words, "body"), self.yes, self.no, gap=2)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def show_answer(self, answer: bool | None) -> None:
        """Show yes, no, or None for not asked."""
        self.yes.setChecked(answer is True)
        self.no.setChecked(answer is False)

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        on = isinstance(button, Toggle) and button.isChecked()
        self._card.record_answer(self.field, (button is self.yes) if on else None)


class ConsentCard(Card):
    """The consent questions, reduced to one line with Change once all are answered, or with Done.

    Emits `settled` then.
    """

    settled = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(_("Before you begin"))
        self._page = page
        self._rec: InterviewRecord | None = None
        self._opened = False
        self.questions = [Question(self, field, words) for field, words, __ in QUESTIONS]
        self.change = Button(_("Change"), "edit", "quiet", name=_("Change consent, mode or number of people"))
        self.change.clicked.connect(self._on_change)
        self.done = Button(_("Done"), kind="quiet", name=_("Done with consent"))
        self.done.clicked.connect(self._on_done)
        self._pills = [Pill() for __ in QUESTIONS]
        self._open_part, self._line = QWidget(), QWidget()
        self._circumstances()
        said = Text(SAY, "muted")
        body = column(self._facts, self._with, self.mixed, said, *self.questions, row(None, self.done), gap=2)
        self._open_part.setLayout(body)
        pills = QWidget()
        flow = FlowLayout(pills, gap=2)
        for pill in self._pills:
            flow.addWidget(pill)
        line = row(pills, self.change, gap=2)
        line.setStretch(0, 1)
        line.setAlignment(pills, Qt.AlignmentFlag.AlignVCenter)
        self._line.setLayout(line)
        self.add(self._open_part, self._line)

    def _circumstances(self) -> None:
        self.modes: dict[str, Toggle] = {}
        self._facts = QWidget()
        flow = FlowLayout(self._facts, gap=2)
        for mode, words in MODES.items():
            toggle = Toggle(words)
            toggle.setProperty("mode", mode)
            toggle.clicked.connect(self._on_mode)
            self.modes[mode] = toggle
            flow.addWidget(toggle)
        OneStop(self._facts, *self.modes.values())
        self.people = NumberBox(_("How many people took part"), 1, 50)
        self.people.setSuffix(" person")
        self.people.valueChanged.connect(self._on_people)
        flow.addWidget(self.people)
        self._with = QWidget()
        self._with_row = FlowLayout(self._with, gap=2)
        OneStop(self._with)
        self.mixed = MixedGroup(self._facts, self._with)
        self.mixed.changed.connect(self._on_mixed)
        flow.addWidget(self.mixed.toggle)
        self.with_: dict[str, Toggle] = {}

    def show_interview(self, rec: InterviewRecord, state: VisitState, *, writable: bool) -> None:
        """Show the answers; for another interview the card opens or closes afresh."""
        fresh = self._rec is None or self._rec.key != rec.key
        if fresh:
            self._opened = False
        self._rec = rec
        for question in self.questions:
            question.show_answer(getattr(rec, question.field))
        for pill, (field, __, word) in zip(self._pills, QUESTIONS, strict=True):
            pill.set_state(*consent_look(word, getattr(rec, field)))
        for mode, toggle in self.modes.items():
            toggle.setChecked(rec.mode == mode)
        self.people.blockSignals(True)
        self.people.setValue(rec.people)
        self.people.setSuffix(plural(" person", " people", rec.people))
        self.people.blockSignals(False)
        usable(self.people, _("The number is the sum of the groups below.") if rec.groups else "")
        self.mixed.show_interview(rec, fresh=fresh)
        self._show_with(rec, state)
        usable(self._open_part, only_read(writable))
        usable(self.change, only_read(writable))
        self._show_parts()

    def _show_with(self, rec: InterviewRecord, state: VisitState) -> None:
        others = [code for code in state.people if code != rec.person]
        if list(self.with_) != others:
            for toggle in self.with_.values():
                toggle.deleteLater()
            self.with_ = {}
            for code in others:
                who = person(state.people, code)
                toggle = Toggle(_("with {person}", person=who), name=_("Together with {person}", person=who))
                toggle.setProperty("code", code)
                toggle.clicked.connect(self._on_with)
                self._with_row.addWidget(toggle)
                self.with_[code] = toggle
        for code, toggle in self.with_.items():
            toggle.setChecked(code in rec.with_)

    def _show_parts(self) -> None:
        whole = self._rec is not None and asked(self._rec)
        opened = self._opened or not whole
        self._open_part.setVisible(opened)
        self._line.setVisible(not opened)
        self.done.setVisible(whole)
        if self.heading is not None:
            self.heading.setVisible(opened)

    def record_answer(self, field: str, answer: bool | None) -> None:
        """Record one answer; one that is refused is shown as before."""
        rec = self._rec
        if rec is None:
            return
        self._page.leave()  # what was typed under the old answer is kept first, or the new one could refuse it
        values: dict[str, Any] = {field: answer}
        opened, self._opened = self._opened, True  # hidden for a moment, the answer would lose the keyboard
        self._page.record(Interview(id=rec.id, **values), name=_("consent of {id}", id=rec.id))
        self._opened = opened
        now = self._page.state.interviews.get(rec.key)
        if now is None:
            return
        all_answered = _complete(now) and not _complete(rec)
        last_to_ask = asked(now) and not asked(rec) and not _complete(now)
        self._opened = (self._opened or last_to_ask) and not all_answered
        self.show_interview(now, self._page.state, writable=self._page.writable)
        if last_to_ask:  # the keyboard stays, as after each answer: Tab would pass over a question that has it already
            scroll_into_view(self.questions[-1])
        elif all_answered:
            self.settled.emit()

    @Slot()
    def _on_change(self) -> None:
        self._opened = True
        self._show_parts()
        self.questions[0].yes.setFocus()

    @Slot()
    def _on_done(self) -> None:
        self._opened = False
        self._show_parts()
        self.settled.emit()

    @Slot()
    def _on_mode(self) -> None:
        toggle, rec = self.sender(), self._rec
        if rec is not None and isinstance(toggle, Toggle):
            mode = toggle.property("mode") if toggle.isChecked() else None
            self._page.record(Interview(id=rec.id, mode=mode))

    @Slot(int)
    def _on_people(self, people: int) -> None:
        if self._rec is not None and people != self._rec.people:
            self._page.record(Interview(id=self._rec.id, people=people))

    @Slot(dict)
    def _on_mixed(self, groups: dict[Group, int]) -> None:
        """People by group make the number of people; all of the conversation's own group is no mixed group."""
        if self._rec is not None:
            several: dict[Group, int] | None = groups if len(groups) > 1 else None
            self._page.record(Interview(id=self._rec.id, groups=several, people=sum(groups.values())))

    @Slot()
    def _on_with(self) -> None:
        if self._rec is not None:
            chosen = [code for code, toggle in self.with_.items() if toggle.isChecked()]
            self._page.record(Interview(id=self._rec.id, with_=chosen))
