"""Rules for every text and list of an instrument."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _

LONGEST = 20_000
"""Most characters in one text of an instrument; a spreadsheet cell and a screen can hold that."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def check_text(text: str, place: str, *, needed: bool = False, field: str = "") -> None:
    """Raise Invalid unless every document can hold the text: not too long, no control characters but breaks and tabs.

    `place` names the text in the error; with `needed` it must not be empty.
    """
    if needed and not text.strip():
        raise Invalid(_("{place} is empty", place=place), field=field)
    if len(text) > LONGEST:
        raise Invalid(
            _("{place} is longer than {longest} characters", place=place, longest=f"{LONGEST:,}"),
            field=field,
            do=_("shorten it"),
        )
    odd = _CONTROL.search(text)
    if odd:
        raise Invalid(
            _("{place} holds a control character (U+{ord})", place=place, ord=f"{ord(odd[0]):04X}"),
            field=field,
            do=_("remove it"),
        )


def check_unique(values: Iterable[str], what: str) -> None:
    """Raise Invalid for the first value that occurs twice; `what` names the values."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise Invalid(_("{what} {value} occurs twice", what=what, value=f"{value!r}"))
        seen.add(value)
