"""Cards that ask the lead about laptops: a list, and below it one decision for the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from ui.pages.bring_together.questions import Answer, LaptopQuestion
from ui.pages.bring_together.set_aside import SetAsideForm
from ui.widgets import Button, Card, FlowLayout, Text, column
from ui.widgets.status_list import StatusList
from ui.widgets.taborder import put_in_place
from ui.widgets.usable import only_read, usable


@dataclass(frozen=True)
class LaptopDecision:
    """What the lead decided of a laptop; `reason` of one that is set aside, `from_seq` if only from that entry on."""

    answer: Answer
    device: str
    code: str
    reason: str = ""
    from_seq: int | None = None


class LaptopDecisionsCard(Card):
    """A list of laptops; emits `decided(LaptopDecision)` for the chosen one. Hidden while there is none."""

    decided = Signal(object)

    def __init__(self, title: str, about: str) -> None:
        super().__init__(title)
        self.list = StatusList(title, most=200)
        self.list.selectionModel().currentChanged.connect(self._on_chosen)
        self._questions: dict[str, LaptopQuestion] = {}
        self._shown: LaptopQuestion | None = None
        self.words = Text("", "code", select=True)
        self.records = Text("", select=True)
        self.does = Text("", "muted")
        self._build_buttons()
        self._below = column(gap=0)
        self.add(Text(about, "muted"), self.list, self.words, self.records, self.does, self.buttons, self._below)
        self.hide()

    @cached_property
    def why(self) -> SetAsideForm:
        """Why a laptop is set aside, made when one first is."""
        made = SetAsideForm()
        made.wanted.connect(self._on_aside)
        put_in_place(made, self._below, self.not_theirs)
        return made

    def _build_buttons(self) -> None:
        self.certify = Button("", "check")
        self.certify.clicked.connect(self._on_certify)
        self.not_theirs = Button("", "cross")
        self.not_theirs.clicked.connect(self._on_not_theirs)
        self.back = Button(_("Count it again"), "restore")
        self.back.clicked.connect(self._on_back)
        self.away = Button(_("Hide"), kind="quiet", name=_("Hide this laptop from the list"))
        self.away.clicked.connect(self._on_away)
        self.buttons = QWidget()
        flow = FlowLayout(self.buttons)
        for button in (self.certify, self.back, self.away, self.not_theirs):
            flow.addWidget(button)

    def show_questions(self, questions: Sequence[LaptopQuestion], *, writable: bool) -> None:
        """Show these laptops; the chosen one stays chosen, at first the first."""
        self._questions = {one.device: one for one in questions}
        self.setVisible(bool(questions))
        self.list.show_rows([one.row for one in questions])
        if questions and self.list.chosen_key() not in self._questions:
            self.list.choose(questions[0].device)
        for part in (self.buttons, self.why) if "why" in vars(self) else (self.buttons,):
            usable(part, only_read(writable))
        self._show_chosen()

    def choose(self, device: str) -> bool:
        """Select the laptop whose id begins so; False if it is not on the list."""
        found = next((key for key in self._questions if device and key.startswith(device)), "")
        return bool(found) and self.list.choose(found)

    def _show_chosen(self) -> None:
        one = self._questions.get(self.list.chosen_key())
        if one == self._shown:
            return
        another = one is None or self._shown is None or one.device != self._shown.device
        if another and "why" in vars(self):
            self.why.put_away()
        self._shown = one
        if one is None:
            return
        self.words.setText(one.words)
        self.words.setAccessibleName(_("Check words of {laptop}: {words}", laptop=one.row.title, words=one.words))
        self.records.setText(one.records)
        self.records.setAccessibleName(one.records)
        self.records.setVisible(bool(one.records))
        self.does.setText(one.does)
        self._set_text(self.certify, _("These are {code}'s words", code=one.code))
        self.certify.setAccessibleDescription(one.person)
        theirs = "certify" in one.answers
        self._set_text(self.not_theirs, _("Not {code}'s…", code=one.code) if theirs else _("Set the laptop aside…"))
        self.certify.setVisible(theirs)
        self.not_theirs.setVisible("aside" in one.answers)
        self.back.setVisible("back" in one.answers)
        self.away.setVisible("away" in one.answers)
        self.buttons.setVisible(bool(one.answers))

    @staticmethod
    def _set_text(button: Button, text: str) -> None:
        button.setText(text)
        button.setAccessibleName(text)

    def _decide(self, answer: Answer, reason: str = "", from_seq: int | None = None) -> None:
        if self._shown is not None:
            self.decided.emit(LaptopDecision(answer, self._shown.device, self._shown.code, reason, from_seq))

    @Slot(QModelIndex, QModelIndex)
    def _on_chosen(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_chosen()

    @Slot()
    def _on_certify(self) -> None:
        self._decide("certify")

    @Slot()
    def _on_back(self) -> None:
        self._decide("back")

    @Slot()
    def _on_away(self) -> None:
        self._decide("away")

    @Slot()
    def _on_not_theirs(self) -> None:
        self.why.ask(self._shown.moments() if self._shown is not None else [])

    @Slot(str, object)
    def _on_aside(self, reason: str, from_seq: int | None) -> None:
        self._decide("aside", reason, from_seq)
