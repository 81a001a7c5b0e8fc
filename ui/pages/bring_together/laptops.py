"""The laptops known to this one, the words that tell them apart, and who works on more than one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reviewapp.base.i18n import _
from reviewapp.visit.sorting import natural
from ui.pages.shared.clock import clock
from ui.pages.shared.conflict_words import SHORT
from ui.pages.shared.laptop_words import laptop_name, standing_look
from ui.pages.shared.words_line import LAPTOP, VISIT, WordsLine
from ui.widgets import Card, Text
from ui.widgets.basics import sentence
from ui.widgets.status_list import StatusList, StatusRow

if TYPE_CHECKING:
    from reviewapp.workspace.laptops import LaptopStanding
    from reviewapp.workspace.open_visit import OpenVisit


class LaptopsCard(Card):
    """Card with the words of the visit and a line per laptop; above it a sentence on everybody who has used two."""

    def __init__(self) -> None:
        super().__init__(_("Laptops seen"))
        self.own = WordsLine(LAPTOP)
        self.visit = WordsLine(
            VISIT,
            _(
                "Everybody's screen shows the same four words; where others stand, the standards were altered on the "
                "way."
            ),
        )
        self.twice = Text("")
        self.list = StatusList(_("Laptops seen"), most=300)
        self.add(self.own, self.visit, self.twice, self.list)

    def show_laptops(self, visit: OpenVisit, laptops: Sequence[LaptopStanding]) -> None:
        """Show the known laptops; no list while this is the only one."""
        if not self.visit.words.text():  # they never change
            self.own.set_words(visit.laptops.own_words())
            self.visit.set_words(visit.laptops.visit_words())
        rows = laptop_rows(visit, laptops)
        self.list.setVisible(len(rows) > 1)
        self.list.show_rows(rows)
        words = two_laptops(laptops)
        self.twice.setText(words)
        self.twice.setVisible(bool(words))


def laptop_rows(visit: OpenVisit, laptops: Sequence[LaptopStanding]) -> list[StatusRow]:
    """Rows by person, this laptop first; the device id is shortened, enough to tell two apart by telephone."""
    first: dict[str, str] = {}
    for one in visit.here.joined_files():
        first.setdefault(one.device, one.at)
    own, wrong = visit.device, {one.device: str(one) for one in visit.here.wrong_clocks()}
    ordered = sorted(laptops, key=lambda one: (natural(one.code), one.device != own, one.device))
    return [_row(one, own, first.get(one.device, ""), wrong.get(one.device, "")) for one in ordered]


def _row(one: LaptopStanding, own: str, came: str, clock_wrong: str) -> StatusRow:
    here = one.device == own
    pill, tone, icon = standing_look(one)
    if clock_wrong:
        pill, tone, icon = _("Wrong clock"), "warn", "clock"
    elif here:
        pill, tone, icon = _("This laptop"), "info", "check"
    told = [_("Words: {words}", words=one.words)]
    if here or clock_wrong:
        told.append(standing_look(one)[0])
    if one.restored_from:
        told.append(_("restored from a backup, it goes on for {laptop}", laptop=one.restored_from[:SHORT]))
    if not here:
        told.append(_("first seen {when}", when=clock(came)) if came else _("came with another laptop's file"))
    return StatusRow(
        key=one.device,
        title=laptop_name(one.code, one.device),
        detail=". ".join(sentence(words) for words in told),
        note=sentence(clock_wrong) if clock_wrong else "",
        pill=pill,
        tone=tone,
        icon=icon,
    )


def restored_in_words(laptops: Iterable[LaptopStanding]) -> list[str]:
    """A sentence for each of these laptops that was restored from a backup."""
    return [
        _(
            "{laptop} was restored from a backup: it goes on for {old}",
            laptop=laptop_name(one.code, one.device),
            old=one.restored_from[:SHORT],
        )
        for one in laptops
        if one.restored_from
    ]


def two_laptops(laptops: Sequence[LaptopStanding]) -> str:
    """A sentence for everybody whose work comes from more than one laptop; empty if there is nobody.

    A laptop that was restored from a backup goes on for the one before: together they are one.
    """
    gone_on_for = {one.restored_from for one in laptops}
    by_person: dict[str, list[str]] = defaultdict(list)
    for one in laptops:
        if one.device not in gone_on_for:
            by_person[one.code].append(one.device[:SHORT])
    return "\n".join(
        _(
            "{person} has worked on {n} laptops ({list}), or restored a backup. Bring in a file from each. "
            "What was changed on both is shown for settling.",
            person=person,
            n=len(devices),
            list=", ".join(sorted(devices)),
        )
        for person, devices in sorted(by_person.items(), key=lambda item: natural(item[0]))
        if len(devices) > 1
    )
