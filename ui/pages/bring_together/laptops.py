"""The laptops known to this one, the words that tell them apart, and who works on more than one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal, Slot

from reviewapp.base.i18n import _
from reviewapp.visit.labels import SHORT_ID
from reviewapp.visit.sorting import natural
from ui.pages.bring_together.decisions import LaptopDecision
from ui.pages.bring_together.questions import moments_of
from ui.pages.bring_together.set_aside import SetAsideForm
from ui.pages.shared.clock import clock
from ui.pages.shared.laptop_words import LaptopNames, copy_in_words, standing_look
from ui.pages.shared.words_line import LAPTOP, VISIT, WordsLine
from ui.widgets import Button, Card, Text, column, row, tab_through
from ui.widgets.basics import sentence
from ui.widgets.status_list import StatusList, StatusRow
from ui.widgets.taborder import put_in_place

if TYPE_CHECKING:
    from reviewapp.workspace.laptops import LaptopStanding
    from reviewapp.workspace.open_visit import OpenVisit


class LaptopsCard(Card):
    """Card with the words of the visit and a line per laptop; above it a sentence on everybody who has used two.

    For the lead a certified laptop can be set aside: emits `decided(LaptopDecision)`. Others have a card of their own.
    """

    decided = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("Laptops seen"))
        self.own = WordsLine(LAPTOP)
        self.visit = WordsLine(
            VISIT,
            _(
                "Everyone's screen should show the same four check words. If a screen shows other words, something "
                "was changed on the way."
            ),
        )
        self.twice = Text("")
        self._listed, self._below = column(gap=0), column(gap=0)
        self.aside = Button("", "cross", "quiet")
        self.aside.clicked.connect(self._on_aside)
        self._why_of = ""
        self._certified: dict[str, str] = {}
        self._named = LaptopNames({})
        self._moments: Callable[[str], list[tuple[int, str]]] = _none
        self.add(self.own, self.visit, self.twice, self._listed, row(self.aside, None), self._below)

    @cached_property
    def list(self) -> StatusList:
        """The laptops, made once there is another than this one."""
        made = StatusList(_("Laptops seen"), most=300)
        made.selectionModel().currentChanged.connect(self._on_chosen)
        self._listed.addWidget(made)
        made.stackUnder(self.aside)
        tab_through(made, self.aside)
        return made

    @cached_property
    def why(self) -> SetAsideForm:
        """Why a laptop is set aside, made when one first is."""
        made = SetAsideForm()
        made.wanted.connect(self._on_wanted)
        put_in_place(made, self._below, self.aside)
        return made

    def show_laptops(self, visit: OpenVisit, laptops: Sequence[LaptopStanding]) -> None:
        """Show the known laptops; no list while this is the only one."""
        if not self.visit.words.text():  # they never change
            self.own.set_words(visit.laptops.own_words())
            self.visit.set_words(visit.laptops.visit_words())
        rows = laptop_rows(visit, laptops)
        if len(rows) > 1 or "list" in vars(self):
            self.list.setVisible(len(rows) > 1)
            self.list.show_rows(rows)
        may = visit.laptops.may_mark and not visit.read_only
        certified = {one.device: one.code for one in laptops if one.state == "certified" and one.apart_from is None}
        self._certified = certified if may else {}
        self._moments = partial(moments_of, visit)
        self._named = LaptopNames(visit.state.people, laptops)
        self._show_chosen()
        words = two_laptops(laptops, self._named)
        self.twice.setText(words)
        self.twice.setVisible(bool(words))

    def _show_chosen(self) -> None:
        """Offer to set the chosen laptop aside, if it is certified and the lead's to decide."""
        device = self._chosen()
        code = self._certified.get(device, "")
        if "why" in vars(self) and (self._why_of != device or not code):
            self.why.put_away()
        self.aside.setText(_("Set {laptop} aside…", laptop=self._named(code, device)) if code else "")
        self.aside.setAccessibleName(self.aside.text())
        self.aside.setVisible(bool(code))

    def _chosen(self) -> str:
        return self.list.chosen_key() if "list" in vars(self) else ""

    @Slot(QModelIndex, QModelIndex)
    def _on_chosen(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_chosen()

    @Slot()
    def _on_aside(self) -> None:
        self._why_of = self._chosen()
        self.why.ask(self._moments(self._why_of))

    @Slot(str, object)
    def _on_wanted(self, reason: str, from_seq: int | None) -> None:
        device = self._chosen()
        self.decided.emit(LaptopDecision("aside", device, self._certified[device], reason, from_seq))


def _none(_device: str) -> list[tuple[int, str]]:
    return []


def laptop_rows(visit: OpenVisit, laptops: Sequence[LaptopStanding]) -> list[StatusRow]:
    """Rows by person, this laptop first; the device id is shortened, enough to tell two apart by telephone."""
    first: dict[str, str] = {}
    for one in visit.here.joined_files():
        first.setdefault(one.device, one.at)
    own, people = visit.device, visit.state.people
    wrong = {one.device: one.in_words(people) for one in visit.here.wrong_clocks()}
    ordered = sorted(laptops, key=lambda one: (natural(one.code), one.device != own, one.device))
    named = LaptopNames(people, laptops)
    return [_row(one, own, first.get(one.device, ""), wrong.get(one.device, ""), named) for one in ordered]


def _row(one: LaptopStanding, own: str, came: str, clock_wrong: str, named: LaptopNames) -> StatusRow:
    here = one.device == own
    pill, tone, icon = standing_look(one)
    if clock_wrong:
        pill, tone, icon = _("Wrong clock"), "warn", "clock"
    elif here:
        pill, tone, icon = _("This laptop"), "info", "check"
    told = [_("Check words: {words}", words=one.words)]
    if here or clock_wrong:
        told.append(standing_look(one)[0])
    if one.restored_from:
        told.append(_("restored from a backup; it continues for laptop {id}", id=one.restored_from[:SHORT_ID]))
    if one.copied_from:
        told.append(copy_in_words(one))
    if not here:
        told.append(_("first seen {when}", when=clock(came)) if came else _("arrived in another laptop's file"))
    return StatusRow(
        key=one.device,
        title=named.title(one.code, one.device),
        detail=". ".join(sentence(words) for words in told),
        note=sentence(clock_wrong) if clock_wrong else "",
        pill=pill,
        tone=tone,
        icon=icon,
    )


def restored_in_words(laptops: Iterable[LaptopStanding], named: LaptopNames) -> list[str]:
    """A sentence for each of these laptops that was restored from a backup."""
    return [
        _(
            "{laptop} was restored from a backup. It continues for laptop {old}",
            laptop=named.title(one.code, one.device),
            old=one.restored_from[:SHORT_ID],
        )
        for one in laptops
        if one.restored_from
    ]


def two_laptops(laptops: Sequence[LaptopStanding], named: LaptopNames) -> str:
    """A sentence for everybody whose work comes from more than one laptop; empty if there is nobody.

    A laptop that was restored from a backup goes on for the one before: together they are one.
    """
    gone_on_for = {one.restored_from for one in laptops}
    by_person: dict[str, list[str]] = defaultdict(list)
    for one in laptops:
        if one.device not in gone_on_for:
            by_person[one.code].append(one.device[:SHORT_ID])
    return "\n".join(
        _(
            "{person} has worked on {n} laptops ({list}), or restored a backup. Import a file from each. Where both "
            "changed the same thing, you can choose a version.",
            person=named.person(code),
            n=len(devices),
            list=", ".join(sorted(devices)),
        )
        for code, devices in sorted(by_person.items(), key=lambda item: natural(item[0]))
        if len(devices) > 1
    )
