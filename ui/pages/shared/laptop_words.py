"""Laptops in plain language: whose each is, how it stands, and what of a file stands apart or was not taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from reviewapp.base.i18n import _, plural
from reviewapp.exchange.pack_checks import RefusedPart
from reviewapp.exchange.returns import Apart
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
        "certified": (_("Certified"), "met", "check"),
        "uncertified": (_("Not certified yet"), "na", "clock"),
        "apart": (_("Stands apart"), "warn", "alert"),
        "aside": (_("Set aside"), "warn", "dash"),
    }[one.state]


def apart_in_words(found: Iterable[Apart]) -> list[str]:
    """What of a file counts for nothing, a sentence a laptop and reason."""
    return [
        plural(
            "{n} entry of {laptop} stands apart: {why}. It is kept, and counted nowhere.",
            "{n} entries of {laptop} stand apart: {why}. They are kept, and counted nowhere.",
            one.entries,
            laptop=laptop_name(one.code, one.device),
            why=one.why,
        )
        for one in found
    ]


def refused_in_words(found: Iterable[RefusedPart]) -> list[str]:
    """What of a file is not taken, a sentence a laptop."""
    return [
        plural(
            "{n} entry of {laptop} is not taken: {why}. Everybody else's are.",
            "{n} entries of {laptop} are not taken: {why}. Everybody else's are.",
            one.entries,
            laptop=laptop_name(one.code, one.device),
            why=one.why,
        )
        for one in found
    ]


def limits_of_receipt(receipt: Mapping[str, Any]) -> list[str]:
    """The same of a file that was joined, from what was noted of it then; none of a file from before."""
    refused = msgspec.convert(receipt.get("refused", []), type=list[RefusedPart])
    return [*refused_in_words(refused), *apart_in_words(msgspec.convert(receipt.get("apart", []), type=list[Apart]))]
