"""What a value may be, whoever says it and whatever else is there: judged by its place and the instrument alone.

Recording and joining both ask here, so that what comes from another laptop satisfies the same rules as what is
typed on this one.
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
from reviewapp.instruments.model import Instrument
from reviewapp.visit.entities import ENTITIES, NAMED

HOST = "host"
COMMITTEE = "committee"

LONGEST_TEXT = 100_000
MOST_ITEMS = 500
_ID = re.compile(r"[\w.:-]{1,64}")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]{0,15}")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_DEVICE = re.compile(r"[0-9a-f]{32}")
_PRINT = re.compile(r"[0-9a-f]{16}")
_ENTRY = re.compile(r"[0-9a-f]{1,64}")


class InstrumentTerms:
    """The words of one visit: what its instrument knows, ready to be asked often."""

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument

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


def instrument_terms(instrument: Instrument) -> InstrumentTerms:
    """The words of this instrument; those of the one asked for last are kept, because it is nearly always the same."""
    kept = _KEPT.get("last")
    if kept is None or kept.instrument is not instrument:
        kept = _KEPT["last"] = InstrumentTerms(instrument)
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


def check_date(text: str, field: str) -> None:
    """A calendar day as YYYY-MM-DD."""
    try:
        valid = date.fromisoformat(text).isoformat() == text
    except ValueError:
        valid = False
    if not valid:
        raise Invalid(_("{text} is not a date", text=f"{text!r}"), field=field, do=_("write it as YYYY-MM-DD"))


def check_ids(entity: str, ids: Mapping[str, Any], terms: InstrumentTerms) -> None:
    """The parts of a record's key. Raises Invalid, naming the part."""
    in_words = ENTITIES[entity].ids in NAMED
    for name, value in ids.items():
        if not isinstance(value, str):
            continue
        if not in_words and not _ID.fullmatch(value):
            raise Invalid(
                _("{value} cannot be used as {name}", value=f"{value!r}", name=name),
                field=name,
                do=_("use letters, digits, dot, dash or underscore"),
            )
        if not (value.isprintable() and 0 < len(value) <= 200):
            raise Invalid(_("{name} is empty, too long or has a control character in it", name=name), field=name)
    for name, check in _IDS.get(entity, {}).items():
        check(name, ids[name], terms)


def check_value(entity: str, field: str, value: Any, terms: InstrumentTerms) -> None:
    """One field's value, already of the right type; None clears it. Raises Invalid, naming the field."""
    if value is None:
        return
    _check_size(field, value)
    check = _VALUES.get((entity, field))
    if check is not None:
        check(field, value, terms)


def check_standard(field: str, number: str, terms: InstrumentTerms) -> None:
    """The instrument has this standard."""
    if number not in terms.standards:
        raise Invalid(
            _("standard {number} does not exist in {title}", number=f"{number!r}", title=terms.instrument.title),
            field=field,
        )


def _check_size(name: str, value: Any) -> None:
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise Invalid(
            _("{name} is longer than {longest_text} characters", name=name, longest_text=LONGEST_TEXT),
            field=name,
            do=_("divide it"),
        )
    if not _is_text(value):
        raise Invalid(_("{name} holds half a character", name=name), field=name, do=_("type it again"))
    if isinstance(value, float) and not math.isfinite(value):
        raise Invalid(_("{name} is not a finite number", name=name), field=name)
    if isinstance(value, int) and abs(value) >= 2**63:
        raise Invalid(_("{name} is too large a number", name=name), field=name)
    if isinstance(value, (list, dict)) and len(value) > MOST_ITEMS:
        raise Invalid(_("{name} has more than {most_items} items", name=name, most_items=MOST_ITEMS), field=name)
    if isinstance(value, list) and any(isinstance(one, str) and len(one) > 200 for one in value):
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


def _on_the_scale(field: str, value: Any, terms: InstrumentTerms) -> None:
    scale = terms.instrument.scale
    if scale.find(value) is None:
        allowed = ", ".join(str(v.value) for v in scale.values)
        raise Invalid(
            _("{value} is not on the scale", value=f"{value!r}"),
            field=field,
            do=_("use one of: {allowed}", allowed=allowed),
        )


def _standards(field: str, value: list[str], terms: InstrumentTerms) -> None:
    for number in value:
        check_standard(field, number, terms)


def _codes(field: str, value: list[str], terms: InstrumentTerms) -> None:
    for code in value:
        if not _CODE.fullmatch(code):
            raise Invalid(_("{code} is not a person's code", code=f"{code!r}"), field=field)


def _code(field: str, value: str, terms: InstrumentTerms) -> None:
    check_code(value)


def _people(field: str, value: int, terms: InstrumentTerms) -> None:
    if not 1 <= value <= 50:
        raise Invalid(_("people must be between 1 and 50"), field=field)


def _count_of_people(field: str, value: int, terms: InstrumentTerms) -> None:
    if not 0 <= value <= 100_000:
        raise Invalid(_("{field} must be a count of people", field=field), field=field)


def _words(field: str, value: str, terms: InstrumentTerms) -> None:
    if not value.strip():
        raise Invalid(_("the quote has no words"), field=field)


def _name(field: str, value: str, terms: InstrumentTerms) -> None:
    if sum(character.isalpha() for character in value) < 2 or len(value) > 200:
        raise Invalid(
            _("{value} is not a name", value=f"{value!r}"),
            field=field,
            do=_("write a first name or a surname, or both"),
        )


def _reason(field: str, value: str, terms: InstrumentTerms) -> None:
    if not value.strip():
        raise Invalid(_("a reason is missing"), field=field, do=_("say why, in a few words"))


def _id(field: str, value: str, terms: InstrumentTerms) -> None:
    if not _ID.fullmatch(value):
        raise Invalid(_("{value} cannot be an id", value=f"{value!r}"), field=field)


def _moment(field: str, value: str, terms: InstrumentTerms) -> None:
    try:
        valid = not value or bool(datetime.fromisoformat(value))
    except ValueError:
        valid = False
    if not valid:
        raise Invalid(
            _("{value} is not a time", value=f"{value!r}"), field=field, do=_("write it as 2026-05-12T14:05:00Z")
        )


def _standard_or_none(field: str, value: str, terms: InstrumentTerms) -> None:
    if value:
        check_standard(field, value, terms)


def _date_or_none(field: str, value: str, terms: InstrumentTerms) -> None:
    if value:
        check_date(value, field)


def _priority(field: str, value: int, terms: InstrumentTerms) -> None:
    if not 1 <= value <= 5:
        raise Invalid(_("priority is a number from 1 (first) to 5"), field=field)


def _label(field: str, value: str, terms: InstrumentTerms) -> None:
    labels = terms.instrument.rule.labels
    if value and labels and value not in labels:
        raise Invalid(
            _("{value} is no decision", value=f"{value!r}"), field=field, do=_("use one of: ") + ", ".join(labels)
        )


def _rating_or_none(field: str, value: Any, terms: InstrumentTerms) -> None:
    if value != "":
        _on_the_scale(field, value, terms)


def _stood(field: str, value: dict[str, Any], terms: InstrumentTerms) -> None:
    for number, rating in value.items():
        check_standard(field, number, terms)
        _on_the_scale(field, rating, terms)


def _answered(field: str, value: dict[str, str], terms: InstrumentTerms) -> None:
    for number, print_ in value.items():
        check_standard(field, number, terms)
        _print(field, print_, terms)


def _print(field: str, value: str, terms: InstrumentTerms) -> None:
    if value and not _PRINT.fullmatch(value):
        raise Invalid(_("{value} is not a print of an answer", value=f"{value!r}"), field=field, do=_("leave it out"))


def _time_of_day(field: str, value: str, terms: InstrumentTerms) -> None:
    if not _TIME.fullmatch(value):
        raise Invalid(_("{value} is not a time of day", value=f"{value!r}"), field=field, do=_("write it as 09:30"))


def _held(field: str, value: dict[str, int], terms: InstrumentTerms) -> None:
    if not all(_DEVICE.fullmatch(device) and 0 <= seq < 10**9 for device, seq in value.items()):
        raise Invalid(_("what the lead held is malformed"), field=field)


def _entry(field: str, value: str, terms: InstrumentTerms) -> None:
    if value and not _ENTRY.fullmatch(value):
        raise Invalid(_("{value} is not an entry", value=f"{value!r}"), field=field)


def _presentation(field: str, value: int, terms: InstrumentTerms) -> None:
    most = terms.instrument.rule.presentations
    if not 1 <= value <= most:
        raise Invalid(_("a service is presented at most {most} times", most=most), field=field)


def _item(field: str, value: str, terms: InstrumentTerms) -> None:
    if value not in terms.items:
        raise Invalid(
            _("{value} is not an item of the audit", value=f"{value!r}"),
            field=field,
            do=_("use one of: ") + ", ".join(terms.items),
        )


def _prompt(field: str, value: str, terms: InstrumentTerms) -> None:
    if value not in terms.prompts:
        raise Invalid(_("prompt {value} is in no guide", value=f"{value!r}"), field=field)


def _prompt_or_notes(field: str, value: str, terms: InstrumentTerms) -> None:
    if value != "notes":
        _prompt(field, value, terms)


Check = Callable[[str, Any, InstrumentTerms], None]

_STANDARD: dict[str, Check] = {"standard": check_standard}
_IDS: dict[str, dict[str, Check]] = {
    **dict.fromkeys(("rating", "self_review", "agreed", "local_context", "response", "response_decision"), _STANDARD),
    "survey": _STANDARD,
    "audit": {"item": _item},
    "agreed_audit": {"item": _item},
    "answer": {"prompt": _prompt_or_notes},
    "asks": {"prompt": _prompt},
    "decision": {"presentation": _presentation},
    "person": {"code": _code},
    "accept_late": {"standard": check_standard, "reviewer": _code},
}
_VALUES: dict[tuple[str, str], Check] = {
    **dict.fromkeys((("rating", "value"), ("self_review", "value"), ("agreed", "value")), _on_the_scale),
    **dict.fromkeys((("survey", "yes"), ("survey", "no"), ("survey", "na")), _count_of_people),
    **dict.fromkeys((("slot", "start"), ("slot", "end")), _time_of_day),
    **dict.fromkeys((("slot", "who"), ("asks", "who"), ("interview", "with")), _codes),
    ("interview", "people"): _people,
    ("quote", "text"): _words,
    ("known_name", "name"): _name,
    ("finding_accepted", "reason"): _reason,
    ("quote", "interview"): _id,
    ("quote", "standards"): _standards,
    ("concern", "at"): _moment,
    ("action", "standard"): _standard_or_none,
    ("action", "due"): _date_or_none,
    ("action", "priority"): _priority,
    ("decision", "date"): _date_or_none,
    ("decision", "label"): _label,
    ("decision", "stood"): _stood,
    ("decision", "answered"): _answered,
    ("response", "rating"): _rating_or_none,
    ("response_decision", "about"): _print,
    ("meeting", "held"): _held,
    ("accept_late", "entry"): _entry,
    ("settled", "entry"): _entry,
}
