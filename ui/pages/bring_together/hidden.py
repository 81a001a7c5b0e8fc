"""What laptops asked to be withdrawn without the right to it: hidden, until its author or the lead decides here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.visit.hiding import who_decides
from reviewapp.visit.labels import TeamMember, person
from reviewapp.workspace.withdrawal import show_again, withdraw
from ui.pages.shared.clock import clock
from ui.pages.shared.concern_choice import ConcernChoice
from ui.pages.shared.hidden_words import decides, record_in_words
from ui.pages.shared.laptop_words import LaptopNames
from ui.widgets import Button, Card, Field, FlowLayout, Text
from ui.widgets.basics import sentence
from ui.widgets.status_list import StatusList, StatusRow

if TYPE_CHECKING:
    from reviewapp.store.requests import OpenRequest
    from reviewapp.workspace.open_visit import Change, OpenVisit

Answer = Literal["withdraw", "show", "aside"]


@dataclass(frozen=True)
class HiddenDecision:
    """What somebody decided about what a laptop asked; `concerns` go with an interview that is withdrawn."""

    answer: Answer
    record: str
    device: str
    asker: str
    reason: str
    concerns: tuple[str, ...] = ()

    def carry_out(self, visit: OpenVisit) -> Change:
        """Do it. Raises Invalid."""
        entity, _slash, key = self.record.partition("/")
        if self.answer == "withdraw":
            return withdraw(visit, entity, key, reason=self.reason, concerns=self.concerns)
        if self.answer == "show":
            return show_again(visit, entity, key, reason=self.reason)
        return visit.laptops.set_aside(self.device, None, self.reason)

    def told(self, visit: OpenVisit) -> str:
        """What was done, in words."""
        name = sentence(record_in_words(self.record, visit.state.people))
        if self.answer == "withdraw":
            return _("{name} was withdrawn. It is erased on every laptop that imports your work.", name=name)
        if self.answer == "show":
            return _("{name} is shown again. The others are told with your next file.", name=name)
        return _(
            "{laptop} is set aside and no longer hides anything. You can undo this.",
            laptop=LaptopNames.of(visit).title(self.asker, self.device),
        )


class HiddenCard(Card):
    """A list of what was asked, and one decision for the chosen one; emits `decided(HiddenDecision)`."""

    decided = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("Hidden, because someone asked to withdraw it"))
        self.list = StatusList(_("Hidden, because someone asked to withdraw it"), most=190)
        self.list.selectionModel().currentChanged.connect(self._on_chosen)
        self._visit: OpenVisit | None = None
        self._asked: dict[str, OpenRequest] = {}
        self._shown: OpenRequest | None = None
        self.about = Text("", "muted")
        self.concerns = ConcernChoice()
        self.reason = QLineEdit()
        self.reason.setMaxLength(300)
        self.field = Field(_("Reason for your decision"), self.reason, hint=_("Without names. This is kept."))
        self._build_buttons()
        self.add(
            Text(
                _(
                    "It is not shown on any screen, report or sheet, but nothing is lost. Withdraw it for good, "
                    "which erases it on every laptop and cannot be undone, or show it again. If you show it again, "
                    "the request is answered for good and stays in the history."
                ),
                "muted",
            ),
            self.list, self.about, self.concerns, self.field, self.buttons,
        )  # fmt: skip
        self.hide()

    def _build_buttons(self) -> None:
        self.withdraw = Button(_("Withdraw for good"), "bin", "danger")
        self.withdraw.clicked.connect(self._on_withdraw)
        self.again = Button(_("Show again"), "restore")
        self.again.clicked.connect(self._on_again)
        self.aside = Button(_("Set the laptop that asked aside"), "dash", "quiet")
        self.aside.clicked.connect(self._on_aside)
        self.buttons = QWidget()
        flow = FlowLayout(self.buttons)
        for button in (self.again, self.withdraw, self.aside):
            flow.addWidget(button)

    def show_requests(self, visit: OpenVisit) -> None:
        """Show what is hidden now; the card is hidden if nothing is."""
        self._visit = visit
        asked = visit.requests_to_withdraw() if visit.state.hidden else []
        self._asked = {f"{one.record} {one.device}": one for one in asked}
        self.setVisible(bool(asked))
        named = LaptopNames.of(visit) if asked else LaptopNames({})
        self.list.show_rows([_row(key, one, named) for key, one in self._asked.items()])
        if asked and self.list.chosen_key() not in self._asked:
            self.list.choose(next(iter(self._asked)))
        self._show_chosen()

    def _show_chosen(self) -> None:
        one, visit = self._asked.get(self.list.chosen_key()), self._visit
        if one is None or visit is None:
            self._shown = None
            return
        mine = decides(visit, one.author) and not visit.read_only
        if one != self._shown:
            self.reason.clear()
            self.field.set_error("")
            self.concerns.show_concerns(visit.state, one.author if one.record.startswith("interview/") else "")
        self._shown = one
        may_set_aside = visit.laptops.may_mark and one.device != visit.device and not visit.read_only
        self.aside.setVisible(may_set_aside)
        self.withdraw.setVisible(mine)
        self.again.setVisible(mine or one.device == visit.device)
        self.field.setVisible(mine or one.device == visit.device)
        if not mine:
            self.concerns.hide()
        self.about.setText(_about(one, visit.state.people, mine=mine, may_set_aside=may_set_aside))
        name = record_in_words(one.record, visit.state.people)
        self.withdraw.setAccessibleName(_("Withdraw {name} for good", name=name))
        self.again.setAccessibleName(_("Show {name} again", name=name))

    def _decide(self, answer: Answer) -> None:
        one = self._shown
        reason = self.reason.text().strip()
        if one is None:
            return
        if not reason:
            self.field.set_error(_("Say why in a few words. Everyone can read it later"))
            self.reason.setFocus()
            return
        concerns = tuple(self.concerns.chosen()) if answer == "withdraw" else ()
        self.decided.emit(HiddenDecision(answer, one.record, one.device, one.asker, reason, concerns))

    @Slot(QModelIndex, QModelIndex)
    def _on_chosen(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_chosen()

    @Slot()
    def _on_withdraw(self) -> None:
        self._decide("withdraw")

    @Slot()
    def _on_again(self) -> None:
        self._decide("show")

    @Slot()
    def _on_aside(self) -> None:
        self._decide("aside")


def _row(key: str, one: OpenRequest, named: LaptopNames) -> StatusRow:
    more = len(one.hidden) - 1
    with_it = plural("{n} record belongs to it", "{n} records belong to it", more) if more > 0 else ""
    reason = _("Reason: {reason}", reason=one.reason) if one.reason else ""
    concern = _("An immediate concern is among them") if any(n.startswith("concern/") for n in one.hidden) else ""
    return StatusRow(
        key=key,
        title=sentence(record_in_words(one.record, named.people)),
        detail=". ".join(part.rstrip(".") for part in (reason, with_it, concern) if part),
        pill=_("Hidden"),
        tone="warn",
        icon="eye_off",
        note=_("{laptop} asked, {when}", laptop=named.title(one.asker, one.device), when=clock(one.at)),
    )


def _about(one: OpenRequest, people: Mapping[str, TeamMember], *, mine: bool, may_set_aside: bool) -> str:
    if may_set_aside:
        who = _("{author} or you decide.", author=person(people, one.author)) if one.author else _("You decide.")
        return _(
            "{who} If you do not trust the laptop, set it aside on the list of laptops or here. Then nothing it "
            "asks for is hidden, and nothing it recorded counts. You can undo this.",
            who=who,
        )
    if mine:
        return _("You or the lead decide, because these are your words.")
    return f"{sentence(_('{who} decides', who=who_decides(one.author, people)))}."
