"""The fields of a record: what each is called, what is typed in it, and what that means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.visit.labels import MONTHS
from reviewapp.visit.statements.documents import is_document_date
from ui.formats import long_date, read_day

Kind = Literal["text", "line", "day", "part_day", "count", "hours", "standards", "choice", "suggested"]


NO_NUMBERS = frozenset({_("and"), _("item"), _("items"), _("standard"), _("standards")})
"""Words that people write among the numbers of standards: “standards 119 and 136”."""


@dataclass(frozen=True)
class FieldSpec:
    """One field. `text` saves while it is typed; the others when they are left. `part_day`: a day, a month or a year.

    `choices` are pairs of value and words: of a `choice` one of them is chosen, of `suggested` own words do too.
    """

    name: str
    label: str
    kind: Kind = "text"
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    wide: bool = False
    """Whether the words of its choices need the width of a line."""


def parse(spec: FieldSpec, text: str) -> Any:
    """The value that was typed; None for nothing, for standards a list. Raises Invalid with the field's name."""
    plain = " ".join(text.split())
    if spec.kind == "standards":
        parts = plain.replace(",", " ").replace(";", " ").replace("&", " ").split()
        return [part for part in parts if part.casefold() not in NO_NUMBERS]
    if not plain:
        return None
    if spec.kind == "day":
        return _day(spec, plain)
    if spec.kind == "part_day":
        return _part_of_day(spec, plain)
    if spec.kind == "count":
        if not plain.isdecimal():
            raise Invalid(_("“{text}” is not a number", text=plain), field=spec.name, do=_("write a number, such as 3"))
        return int(plain)
    if spec.kind == "hours":
        return _hours(spec, plain)
    if spec.kind == "suggested":
        return next((value for value, words in spec.choices if words.casefold() == plain.casefold()), plain)
    return plain


def written(spec: FieldSpec, value: Any) -> str:
    """A value as it is edited: `parse` of it gives the value again."""
    if value is None or value == "":
        return ""
    if spec.kind == "day":
        return long_date(str(value))
    if spec.kind == "part_day":
        return "/".join(reversed(str(value).split("-")))
    if spec.kind == "standards":
        return ", ".join(value)
    if spec.kind == "hours":
        return f"{value:g}"
    if spec.kind == "suggested":
        return dict(spec.choices).get(str(value), str(value))
    return str(value)


def _day(spec: FieldSpec, plain: str) -> str:
    day = read_day(plain)
    if day is None:
        raise Invalid(
            _("“{text}” is not understood as a day", text=plain),
            field=spec.name,
            do=_("write it with its year, like 29 Nov 2027 or 29/11/27"),
        )
    return day


def _part_of_day(spec: FieldSpec, plain: str) -> str:
    """A day as `_day`, or `03/2026`, `March 2026`, `2026`."""
    if is_document_date(plain):
        return plain
    month, _gap, year = plain.replace("/", " ").replace(".", " ").partition(" ")
    names = [one for one, name in enumerate(MONTHS, 1) if len(month) >= 3 and name.lower().startswith(month.lower())]
    number = int(month) if month.isdecimal() else names[0] if names else 0
    found = f"{year}-{number:02}"
    day = found if is_document_date(found) else read_day(plain)
    if day is None:
        raise Invalid(
            _("“{text}” is not a date", text=plain),
            field=spec.name,
            do=_("write it as 30/09/2027, 09/2027, September 2027 or 2027"),
        )
    return day


def _hours(spec: FieldSpec, plain: str) -> float:
    number = re.sub(r"(?<=\d) ?(h|hr|hrs|hours?)$", "", plain, flags=re.IGNORECASE)
    clock = re.fullmatch(r"(\d+):([0-5]\d)", number)
    try:
        hours = round(int(clock[1]) + int(clock[2]) / 60, 2) if clock else float(number.replace(",", "."))
    except ValueError:
        hours = -1.0
    if not 0 <= hours <= 1000:
        raise Invalid(
            _("“{text}” is not a number of hours", text=plain), field=spec.name, do=_("write a number, such as 3.5")
        )
    return hours
