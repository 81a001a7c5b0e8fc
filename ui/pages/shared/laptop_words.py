"""Laptops in plain language: whose each is, how it stands, and what of a file stands apart or was not taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from reviewapp.base.i18n import _, plural
from reviewapp.exchange.pack_checks import RefusedPart
from reviewapp.exchange.returns import Apart
from reviewapp.store.joining import Fork
from reviewapp.visit import labels
from reviewapp.visit.forks import laptop_of
from reviewapp.visit.labels import SHORT_ID
from ui.widgets.basics import sentence

if TYPE_CHECKING:
    from reviewapp.visit.labels import TeamMember
    from reviewapp.workspace.laptops import LaptopStanding
    from reviewapp.workspace.open_visit import OpenVisit


class LaptopNames:
    """How the laptops of a visit are named in a sentence: `the laptop of R2 (clinician)`.

    The beginning of its id stands with it where a person has, or would with this one have, more than one.
    """

    def __init__(self, people: Mapping[str, TeamMember], laptops: Iterable[LaptopStanding] = ()) -> None:
        self.people = people
        self._devices: dict[str, set[str]] = defaultdict(set)
        for one in laptops:
            self._devices[one.code].add(one.device)

    @classmethod
    def of(cls, visit: OpenVisit) -> LaptopNames:
        """Those of a visit as it is now."""
        return cls(visit.state.people, visit.laptops.all())

    def __call__(self, code: str, device: str) -> str:
        """The name of one laptop."""
        several = len(self._devices[code] | {device}) > 1
        return labels.laptop(self.people, code, device if several else "")

    def title(self, code: str, device: str) -> str:
        """The same as it begins a sentence, or stands as a heading."""
        return sentence(self(code, device))

    def person(self, code: str) -> str:
        """Whose it is: `R2 (clinician)`."""
        return labels.person(self.people, code)


def standing_look(one: LaptopStanding) -> tuple[str, str, str]:
    """How a laptop stands: label, tone and icon."""
    return {
        "lead": (_("Leads the visit"), "met", "check"),
        "certified": (_("Confirmed"), "met", "check"),
        "uncertified": (_("Not confirmed yet"), "na", "clock"),
        "apart": (_("Kept but not counted"), "warn", "alert"),
        "aside": (_("Set aside"), "warn", "dash"),
    }[one.state]


def apart_in_words(found: Iterable[Apart], named: LaptopNames) -> list[str]:
    """What of a file counts for nothing, a sentence a laptop and reason."""
    return [
        plural(
            "{n} entry of {laptop} is kept but not counted: {why}.",
            "{n} entries of {laptop} are kept but not counted: {why}.",
            one.entries,
            laptop=named(one.code, one.device),
            why=one.why,
        )
        for one in found
    ]


def copy_in_words(one: LaptopStanding) -> str:
    """That a laptop is one of the copies of another, and whether another copy leads."""
    old = laptop_of(one.device)[:SHORT_ID]
    if one.second_copy:
        return _("a copy of laptop {old} from its entry {n} on; another copy leads", old=old, n=one.first)
    return _("a copy of laptop {old} from its entry {n} on", old=old, n=one.first)


def copied_in_words(found: Iterable[Fork], named: LaptopNames) -> list[str]:
    """The laptops of which a file brought to light that a copy has recorded too, a sentence each."""
    told = []
    for one in found:
        if one.own:
            told.append(
                _(
                    "Another copy of this laptop has recorded too, from entry {n} on. Both count, and this one "
                    "continues under a new key",
                    n=one.first,
                )
            )
        else:
            told.append(
                _(
                    "{laptop} was copied, and {many} copies have recorded from entry {n} on. All count. Where they "
                    "changed the same field there are two versions",
                    laptop=named.title(one.code, one.device),
                    many=len(one.branches),
                    n=one.first,
                )
            )
    return told


def refused_in_words(found: Iterable[RefusedPart], named: LaptopNames) -> list[str]:
    """What of a file is not taken, a sentence a laptop."""
    return [
        plural(
            "{n} entry of {laptop} was not added: {why}. Everyone else's were.",
            "{n} entries of {laptop} were not added: {why}. Everyone else's were.",
            one.entries,
            laptop=named(one.code, one.device),
            why=one.why,
        )
        for one in found
    ]


def limits_of_receipt(receipt: Mapping[str, Any], named: LaptopNames) -> list[str]:
    """The same of a file that was joined, from what was noted of it then; none of a file from before."""
    refused = msgspec.convert(receipt.get("refused", []), type=list[RefusedPart])
    copied = copied_in_words(msgspec.convert(receipt.get("forks", []), type=list[Fork]), named)
    return [
        *copied,
        *refused_in_words(refused, named),
        *apart_in_words(msgspec.convert(receipt.get("apart", []), type=list[Apart]), named),
    ]
