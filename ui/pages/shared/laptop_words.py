"""Laptops in plain language: whose each is, how it stands, and what of a file stands apart or was not taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from reviewapp.base.i18n import _, plural
from reviewapp.exchange.pack_checks import RefusedPart
from reviewapp.exchange.returns import Apart
from reviewapp.store.joining import Fork
from reviewapp.visit.forks import laptop_of
from ui.pages.shared.conflict_words import SHORT

if TYPE_CHECKING:
    from reviewapp.workspace.laptops import LaptopStanding


def laptop_name(code: str, device: str) -> str:
    """A laptop as it is named everywhere: `R2's laptop 3f2a1c`, enough to tell two apart by telephone."""
    return _("{person}'s laptop {device}", person=code, device=device[:SHORT])


def standing_look(one: LaptopStanding) -> tuple[str, str, str]:
    """How a laptop stands: label, tone and icon."""
    return {
        "lead": (_("Leads the visit"), "met", "check"),
        "certified": (_("Confirmed"), "met", "check"),
        "uncertified": (_("Not confirmed yet"), "na", "clock"),
        "apart": (_("Kept but not counted"), "warn", "alert"),
        "aside": (_("Set aside"), "warn", "dash"),
    }[one.state]


def apart_in_words(found: Iterable[Apart]) -> list[str]:
    """What of a file counts for nothing, a sentence a laptop and reason."""
    return [
        plural(
            "{n} entry of {laptop} is kept but not counted: {why}.",
            "{n} entries of {laptop} are kept but not counted: {why}.",
            one.entries,
            laptop=laptop_name(one.code, one.device),
            why=one.why,
        )
        for one in found
    ]


def copy_in_words(one: LaptopStanding) -> str:
    """That a laptop is one of the copies of another, and whether another copy leads."""
    old = laptop_of(one.device)[:SHORT]
    if one.second_copy:
        return _("a copy of laptop {old} from its entry {n} on; another copy leads", old=old, n=one.first)
    return _("a copy of laptop {old} from its entry {n} on", old=old, n=one.first)


def copied_in_words(found: Iterable[Fork]) -> list[str]:
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
                    laptop=laptop_name(one.code, one.device),
                    many=len(one.branches),
                    n=one.first,
                )
            )
    return told


def refused_in_words(found: Iterable[RefusedPart]) -> list[str]:
    """What of a file is not taken, a sentence a laptop."""
    return [
        plural(
            "{n} entry of {laptop} was not added: {why}. Everyone else's were.",
            "{n} entries of {laptop} were not added: {why}. Everyone else's were.",
            one.entries,
            laptop=laptop_name(one.code, one.device),
            why=one.why,
        )
        for one in found
    ]


def limits_of_receipt(receipt: Mapping[str, Any]) -> list[str]:
    """The same of a file that was joined, from what was noted of it then; none of a file from before."""
    refused = msgspec.convert(receipt.get("refused", []), type=list[RefusedPart])
    copied = copied_in_words(msgspec.convert(receipt.get("forks", []), type=list[Fork]))
    return [
        *copied,
        *refused_in_words(refused),
        *apart_in_words(msgspec.convert(receipt.get("apart", []), type=list[Apart])),
    ]
