"""What a value may be, whoever says it and whatever else is there: judged by the instrument alone.

Statements name for each field which of these it has to pass (`Statement.CHECKS`); `rules` asks them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.base.limits import LONGEST_ITEM
from reviewapp.base.limits import LONGEST_NAME as LONGEST_NAME
from reviewapp.base.limits import LONGEST_TEXT as LONGEST_TEXT
from reviewapp.base.limits import MOST_ITEMS as MOST_ITEMS
from reviewapp.instruments.model import SOURCES, Instrument

HOST = "host"
COMMITTEE = "committee"

MOST_COUNTED = 1_000_000
_ID = re.compile(r"[\w.:-]{1,64}")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]{0,15}")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_LETTER = re.compile(r"[a-z][a-z0-9]{0,7}")
_DIGEST = re.compile(r"[0-9a-f]{16}")


class InstrumentTerms:
    """The words of one visit: what its instrument knows, ready to be asked often; `also` those of its second one."""

    def __init__(self, instrument: Instrument, also: Instrument | None = None) -> None:
        self.instrument = instrument
        self.also = InstrumentTerms(also) if also is not None else None

    def of(self, instrument: str) -> InstrumentTerms:
        """The words of the second instrument, by its id. Raises Invalid where the visit has none of this id."""
        if self.also is not None and self.also.instrument.id == instrument:
            return self.also
        first = self.instrument.id
        known = f"{first}, {self.also.instrument.id}" if self.also is not None else first
        raise Invalid(
            _("{instrument} is not used in this visit", instrument=f"{instrument!r}"),
            field="instrument",
            do=_("use one of: {known}", known=known),
        )

    @cached_property
    def standards(self) -> frozenset[str]:
        """The numbers of the standards."""
        return frozenset(standard.number for standard in self.instrument.standards)

    @cached_property
    def items(self) -> dict[str, None]:
        """The items of the audit, in their order."""
        return dict.fromkeys(item.item for item in self.instrument.audit)

    @cached_property
    def prompts(self) -> frozenset[str]:
        """The prompts of every guide."""
        return frozenset(prompt.id for guide in self.instrument.guides for prompt in guide.prompts)


Check = Callable[[str, Any, InstrumentTerms], None]
"""Raises Invalid for a value of this field, already of the right type, that does not fit the instrument."""
Checks = Mapping[str, Check]
"""The check of each part of the key and field, by its name in the journal."""


def instrument_terms(instrument: Instrument, also: Instrument | None = None) -> InstrumentTerms:
    """The words of these instruments; those asked for last are kept, because they are nearly always the same."""
    kept = _KEPT.get("last")
    if kept is None or kept.instrument is not instrument or (kept.also and kept.also.instrument) is not also:
        kept = _KEPT["last"] = InstrumentTerms(instrument, also)
    return kept


_KEPT: dict[str, InstrumentTerms] = {}


def is_code(text: str) -> bool:
    """Whether this can be a person's code: a letter, then letters and digits; `host` and `committee` are taken."""
    return bool(_CODE.fullmatch(text)) and text not in (HOST, COMMITTEE)


def check_code(code: str) -> None:
    """Raise Invalid for what cannot be a person's code."""
    if not is_code(code):
        raise Invalid(
            _("{code} cannot be a person's code", code=f"{code!r}"),
            field="person",
            do=_("use a letter and a number, such as R2"),
        )


def is_day(text: str) -> bool:
    """Whether this is a calendar day as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_due_day(text: str) -> bool:
    """Whether an action can be due on this day: any calendar day, but for a year below 1000, which is a slip (0026).

    The one rule for forms, lines and sheets.
    """
    return is_day(text) and not text.startswith("0")


def check_name(field: str, name: str | None, *, place: str = "") -> None:
    """Raise Invalid for a name that no line of a document holds; an empty one is allowed. `place` names it."""
    if name and (len(name) > LONGEST_NAME or not name.isprintable()):
        raise Invalid(
            _(
                "the {field} is longer than {most} characters or has a line break in it",
                field=place or field,
                most=LONGEST_NAME,
            ),
            field=field,
            do=_("shorten it"),
        )


def check_date(text: str, field: str) -> None:
    """A calendar day as YYYY-MM-DD."""
    if not is_day(text):
        raise Invalid(_("{text} is not a date", text=f"{text!r}"), field=field, do=_("write it as YYYY-MM-DD"))


def check_key_part(name: str, value: str, *, in_words: bool) -> None:
    """A part of a record's key: an id, or `in_words` anything printable."""
    if not in_words and not _ID.fullmatch(value):
        raise Invalid(
            _("{value} cannot be used as {name}", value=f"{value!r}", name=name),
            field=name,
            do=_("use letters, digits, dot, dash or underscore"),
        )
    if not (value.isprintable() and 0 < len(value) <= 200):
        raise Invalid(_("{name} is empty, too long or has a control character in it", name=name), field=name)


def check_standard(field: str, number: str, terms: InstrumentTerms) -> None:
    """The instrument has this standard."""
    if number not in terms.standards:
        raise Invalid(
            _("standard {number} does not exist in {title}", number=f"{number!r}", title=terms.instrument.title),
            field=field,
        )


def check_size(name: str, value: Any) -> None:
    """No value is larger than what can be kept and shown, and every text in it can be written down."""
    if type(value) is str and len(value) <= LONGEST_TEXT and value.isascii():  # nearly all; asked for every entry
        return
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise Invalid(
            _("{name} is longer than {longest_text} characters", name=name, longest_text=LONGEST_TEXT),
            field=name,
            do=_("split it"),
        )
    if not _is_text(value):
        raise Invalid(_("{name} holds half a character", name=name), field=name, do=_("type it again"))
    if isinstance(value, float) and not math.isfinite(value):
        raise Invalid(_("{name} is not a finite number", name=name), field=name)
    if isinstance(value, int) and abs(value) >= 2**63:
        raise Invalid(_("{name} is too large a number", name=name), field=name)
    if isinstance(value, (list, dict)) and len(value) > MOST_ITEMS:
        raise Invalid(_("{name} has more than {most_items} items", name=name, most_items=MOST_ITEMS), field=name)
    if isinstance(value, list) and any(isinstance(one, str) and len(one) > LONGEST_ITEM for one in value):
        raise Invalid(_("{name} has an item that is too long", name=name), field=name)


def _is_text(value: Any) -> bool:
    """Whether every text in a value can be written down (a lone surrogate cannot)."""
    if isinstance(value, list):
        return all(_is_text(one) for one in value)
    if not isinstance(value, str):
        return True
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def check_scale_value(field: str, value: Any, terms: InstrumentTerms) -> None:
    """The scale has this value."""
    scale = terms.instrument.scale
    if scale.find(value) is None:
        allowed = ", ".join(str(v.value) for v in scale.values)
        raise Invalid(
            _("{value} is not on the scale", value=f"{value!r}"),
            field=field,
            do=_("use one of: {allowed}", allowed=allowed),
        )


def check_letter(field: str, value: str, terms: InstrumentTerms) -> None:
    """This can be the letter of a criterion; whether the standard has it is asked where both are known."""
    if not _LETTER.fullmatch(value):
        raise Invalid(
            _("{value} is not the letter of a criterion", value=f"{value!r}"), field=field, do=_("write it as a, b, c1")
        )


def check_source(field: str, value: str, terms: InstrumentTerms) -> None:
    """One of the sources from which something is established."""
    if value not in SOURCES:
        raise Invalid(
            _("{value} is not a source", value=f"{value!r}"),
            field=field,
            do=_("use one of: {list}", list=", ".join(SOURCES)),
        )


def check_quantity(field: str, value: float, terms: InstrumentTerms) -> None:
    """What was counted or measured: not below nought."""
    if isinstance(value, bool) or value < 0 or value > MOST_COUNTED:
        raise Invalid(
            _("{value} cannot have been counted or measured", value=value),
            field=field,
            do=_("give a number from 0 to {most}", most=MOST_COUNTED),
        )


def check_standards(field: str, value: list[str], terms: InstrumentTerms) -> None:
    """The instrument has all of these standards."""
    for number in value:
        check_standard(field, number, terms)


def check_codes(field: str, value: list[str], terms: InstrumentTerms) -> None:
    """Each of these reads like a person's code."""
    for code in value:
        if not _CODE.fullmatch(code):
            raise Invalid(_("{code} is not a person's code", code=f"{code!r}"), field=field)


def check_person_code(field: str, value: str, terms: InstrumentTerms) -> None:
    """This can be the code of somebody new (`check_code`)."""
    check_code(value)


def check_id(field: str, value: str, terms: InstrumentTerms) -> None:
    """The id of another record."""
    if not _ID.fullmatch(value):
        raise Invalid(_("{value} cannot be an id", value=f"{value!r}"), field=field)


def check_id_or_none(field: str, value: str, terms: InstrumentTerms) -> None:
    """The id of another record, or empty."""
    if value:
        check_id(field, value, terms)


def check_moment(field: str, value: str, terms: InstrumentTerms) -> None:
    """A time, with its day."""
    try:
        valid = not value or bool(datetime.fromisoformat(value))
    except ValueError:
        valid = False
    if not valid:
        raise Invalid(
            _("{value} is not a time", value=f"{value!r}"), field=field, do=_("write it as 2026-05-12T14:05:00Z")
        )


def check_standard_or_none(field: str, value: str, terms: InstrumentTerms) -> None:
    """A standard of the instrument, or empty."""
    if value:
        check_standard(field, value, terms)


def check_date_or_none(field: str, value: str, terms: InstrumentTerms) -> None:
    """A calendar day, or empty."""
    if value:
        check_date(value, field)


def check_count(field: str, value: int, terms: InstrumentTerms) -> None:
    """A count of people."""
    if not 0 <= value <= 100_000:
        raise Invalid(_("{field} must be a count of people", field=field), field=field)


def check_line(field: str, value: str, terms: InstrumentTerms) -> None:
    """A few words on one line, or empty."""
    check_name(field, value)


def check_scale_value_or_none(field: str, value: Any, terms: InstrumentTerms) -> None:
    """A value of the scale, or empty."""
    if value != "":
        check_scale_value(field, value, terms)


def check_digest(field: str, value: str, terms: InstrumentTerms) -> None:
    """The print of an answer, or empty."""
    if value and not _DIGEST.fullmatch(value):
        raise Invalid(_("{value} is not a print of an answer", value=f"{value!r}"), field=field, do=_("leave it out"))


def check_time_of_day(field: str, value: str, terms: InstrumentTerms) -> None:
    """HH:MM."""
    if not _TIME.fullmatch(value):
        raise Invalid(_("{value} is not a time of day", value=f"{value!r}"), field=field, do=_("write it as 09:30"))


def check_audit_item(field: str, value: str, terms: InstrumentTerms) -> None:
    """The audit has this item."""
    if value not in terms.items:
        raise Invalid(
            _("{value} is not an item of the audit", value=f"{value!r}"),
            field=field,
            do=_("use one of: ") + ", ".join(terms.items),
        )


def check_prompt(field: str, value: str, terms: InstrumentTerms) -> None:
    """A guide has this prompt."""
    if value not in terms.prompts:
        raise Invalid(_("prompt {value} is in no guide", value=f"{value!r}"), field=field)


def check_prompt_or_notes(field: str, value: str, terms: InstrumentTerms) -> None:
    """A prompt of a guide, or `notes` for anything else."""
    if value != "notes":
        check_prompt(field, value, terms)
