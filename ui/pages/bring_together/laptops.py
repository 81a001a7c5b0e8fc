"""The laptops known to this one, and who works on more than one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reviewapp.base.i18n import _
from reviewapp.visit.sorting import natural
from ui.pages.shared.clock import clock
from ui.pages.shared.conflict_words import SHORT
from ui.widgets import Card, Text
from ui.widgets.basics import sentence
from ui.widgets.status_list import StatusList, StatusRow

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import OpenVisit


class LaptopsCard(Card):
    """Card with one line per laptop; above it a sentence on everybody who has used two."""

    def __init__(self) -> None:
        super().__init__(_("Laptops seen"))
        self.twice = Text("")
        self.list = StatusList(_("Laptops seen"), most=300)
        self.add(self.twice, self.list)

    def show_laptops(self, visit: OpenVisit) -> None:
        """Show the known laptops; hidden while this is the only one."""
        rows = laptop_rows(visit)
        self.setVisible(len(rows) > 1)
        self.list.show_rows(rows)
        words = two_laptops(visit)
        self.twice.setText(words)
        self.twice.setVisible(bool(words))


def laptop_rows(visit: OpenVisit) -> list[StatusRow]:
    """Rows by person, this laptop first; the device id is shortened, enough to tell two apart by telephone."""
    first: dict[str, str] = {}
    for one in visit.joined_files():
        first.setdefault(one.device, one.at)
    told = []
    own, wrong = visit.device, {one.device: one for one in visit.wrong_clocks()}
    for device, person in sorted(visit.devices().items(), key=lambda item: (natural(item[1]), item[0] != own, item[0])):
        here = device == own
        seen = (
            _("first seen {when}", when=clock(first[device]))
            if device in first
            else _("came with another laptop's file")
        )
        told.append(
            StatusRow(
                key=device,
                title=_("{person}'s laptop {device}", person=person, device=device[:SHORT]),
                detail="" if here else f"{seen[:1].upper()}{seen[1:]}",
                note=sentence(str(wrong[device])) if device in wrong else "",
                pill=_("This laptop") if here else _("Wrong clock") if device in wrong else "",
                tone="info" if here else "warn" if device in wrong else "met",
                icon="clock" if device in wrong else "check",
            )
        )
    return told


def two_laptops(visit: OpenVisit) -> str:
    """A sentence for everybody whose work comes from more than one laptop; empty if there is nobody."""
    by_person: dict[str, list[str]] = defaultdict(list)
    for device, person in visit.devices().items():
        by_person[person].append(device[:SHORT])
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
