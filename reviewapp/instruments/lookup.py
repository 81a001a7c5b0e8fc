"""Looking up standards and audit items by the forms in which people write their numbers: `47`, `Standard 47`."""

from __future__ import annotations

import re

from reviewapp.instruments.model import Instrument


def standard_of(text: str, instrument: Instrument) -> str | None:
    """The number of the standard meant by `47`, `047`, `Standard 47` or `47.`; None when the instrument lacks it."""
    return _find(text, {s.number.casefold(): s.number for s in instrument.standards}, r"(standard|std|no|number)\b\.?")


def item_of(text: str, instrument: Instrument) -> str | None:
    """The audit item meant by `A1`, or by a heading that begins with it; None when the instrument lacks it."""
    return _find(text, {a.item.casefold(): a.item for a in instrument.audit}, r"item\b")


def _find(text: str, known: dict[str, str], prefix: str) -> str | None:
    """The known number that the text is, with or without the prefix, leading zeros and a final full stop; or None."""
    word = re.sub(rf"^{prefix}", "", text.strip().casefold()).strip().rstrip(".:").strip()
    return known.get(word) or known.get(word.lstrip("0"))
