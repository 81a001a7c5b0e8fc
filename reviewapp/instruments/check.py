"""Is an instrument sound? Every rule the rest of the program relies on, said in one line when it is broken."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable

from reviewapp.errors import Invalid
from reviewapp.instruments.model import GROUPS, Instrument, Prompt, Standard

LONGEST = 20_000
"""Characters in one text of an instrument; a spreadsheet cell and a screen can hold that."""

MOST = 5_000
"""Standards in one instrument."""

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_CODE = re.compile(r"[^\s/]{1,40}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def check(instrument: Instrument) -> None:
    """Return when the instrument is sound; `Invalid` names the instrument and the first thing that is wrong."""
    try:
        for rule in _RULES:
            rule(instrument)
    except Invalid as error:
        where = f"instrument {instrument.id!r}: " if instrument.id else "instrument without an id: "
        raise Invalid(where + error.what, field=error.field, do="correct the instrument file and try again") from error


def check_id(text: str) -> None:
    """An instrument's id is also a file name: small letters, digits, dot, dash, underscore, at most 64."""
    if not _ID.fullmatch(text):
        raise Invalid(
            f"{text!r} cannot be the id of an instrument",
            field="id",
            do="use small letters, digits and dashes, such as qn-crhtt-5",
        )


def check_text(text: str, place: str, *, needed: bool = False, field: str = "") -> None:
    """A text that every document can hold: not too long, no control characters but line breaks and tabs."""
    if needed and not text.strip():
        raise Invalid(f"{place} is empty", field=field)
    if len(text) > LONGEST:
        raise Invalid(f"{place} is longer than {LONGEST:,} characters", field=field, do="shorten it")
    odd = _CONTROL.search(text)
    if odd:
        raise Invalid(f"{place} holds a control character (U+{ord(odd[0]):04X})", field=field, do="take it out")


def check_standard(standard: Standard, *, titled: bool = True) -> None:
    """What must hold for a standard whatever instrument it is in; a title may still be missing unless `titled`."""
    name = f"standard {standard.number!r}"
    if not _CODE.fullmatch(standard.number):
        raise Invalid(f"{name}: a number is 1 to 40 characters without spaces or slashes", field="number")
    for field in ("type", "section", "title", "statement", "guidance"):
        needed = field != "guidance" and (titled or field != "title")
        check_text(getattr(standard, field), f"the {field} of {name}", needed=needed, field=field)
    _unique(standard.sources, f"{name}: source")


def _header(instrument: Instrument) -> None:
    check_id(instrument.id)
    check_text(instrument.title, "the title", needed=True)
    for name in ("edition", "superseded_by", "subset_note", "source"):
        check_text(getattr(instrument, name) or "", name)
    if instrument.scope == "subset" and not instrument.subset_note.strip():
        raise Invalid("a subset must say what it is in `subset_note`", field="subset_note")


def _standards(instrument: Instrument) -> None:
    if not instrument.standards:
        raise Invalid("it has no standards")
    if len(instrument.standards) > MOST:
        raise Invalid(f"it has more than {MOST:,} standards")
    for section in instrument.sections:
        check_text(section, "a section heading", needed=True)
    _unique(instrument.sections, "section")
    _unique((s.number for s in instrument.standards), "standard")
    for standard in instrument.standards:
        check_standard(standard)
        if standard.section not in instrument.sections:
            raise Invalid(
                f"standard {standard.number!r} is in the unknown section {standard.section!r}", field="section"
            )


def _scale(instrument: Instrument) -> None:
    scale = instrument.scale
    if len(scale.values) < 2:
        raise Invalid("the scale needs at least two values")
    _unique((str(v.value) for v in scale.values), "scale value")
    _unique((v.key.casefold() for v in scale.values), "scale key")
    for value in scale.values:
        check_text(value.label, f"the label of scale value {value.value!r}", needed=True)
        if len(value.key) != 1:
            raise Invalid(f"the key of scale value {value.value!r} must be one character")
        if scale.kind == "rated" and value.counts == "scored":
            raise Invalid(f"scale value {value.value!r} cannot count as scored on a rated scale")
        if scale.kind == "scored" and value.counts not in ("scored", "na"):
            raise Invalid(f"scale value {value.value!r} must count as scored or na on a scored scale")
    if scale.kind == "rated" and not {"met", "not_met"} <= {v.counts for v in scale.values}:
        raise Invalid("a rated scale needs a value for met and one for not met")
    _bands(instrument)


def _bands(instrument: Instrument) -> None:
    bands = instrument.scale.bands
    if bands and instrument.scale.kind == "rated":
        raise Invalid("bands belong to a scored scale only")
    _unique((b.label for b in bands), "band")
    starts = [b.from_ for b in bands]
    if any(low >= high for low, high in itertools.pairwise(starts)):
        raise Invalid("the bands must go up, each beginning at a higher total than the one before")
    scored = [v.points for v in instrument.scale.values if v.counts == "scored"]
    if bands and scored and starts[0] > min(scored) * len(instrument.standards):
        raise Invalid(f"the lowest total possible falls below the first band ({bands[0].label!r})")


def _rule(instrument: Instrument) -> None:
    types = set(instrument.types())
    thresholds = instrument.rule.thresholds
    _unique((t.type for t in thresholds), "threshold for type")
    if thresholds and instrument.scale.kind == "scored":
        raise Invalid("thresholds per type belong to a rated scale only")
    for threshold in thresholds:
        if threshold.type not in types:
            raise Invalid(f"there is a threshold for type {threshold.type!r} but no standard of that type")
        if not 0 <= threshold.required <= 100:
            raise Invalid(f"the threshold for type {threshold.type!r} must be 0 to 100 per cent")
    if instrument.rule.presentations < 1:
        raise Invalid("the rule must allow at least one presentation")
    if not 1 <= instrument.rule.reply_days <= 365:
        raise Invalid("reply_days must be 1 to 365", field="reply_days")
    if not 1 <= instrument.suppress_below <= 100:
        raise Invalid("suppress_below must be 1 to 100", field="suppress_below")
    _unique(instrument.rule.labels, "decision label")


def _questions(instrument: Instrument) -> None:
    numbers = {s.number for s in instrument.standards}
    _unique((g.group for g in instrument.guides), "guide for")
    prompts = [p for g in instrument.guides for p in g.prompts]
    _codes((p.id for p in prompts), "prompt")
    _codes((a.item for a in instrument.audit), "audit item")
    items = [Prompt(id=a.item, text=a.text, standards=a.standards) for a in instrument.audit]
    for question in [*prompts, *items]:
        check_text(question.text, f"the text of {question.id!r}", needed=True)
        _unique(question.standards, f"{question.id!r}: standard")
        for number in question.standards:
            if number not in numbers:
                raise Invalid(f"{question.id!r} refers to standard {number!r}, which does not exist", field="standards")


def _targets(instrument: Instrument) -> None:
    targets = instrument.targets
    for group, count in [*targets.interviews.items(), *targets.surveys.items(), ("case_notes", targets.case_notes)]:
        if count < 0:
            raise Invalid(f"the target for {group!r} must not be negative", field="targets")
    for group in (*targets.interviews, *targets.surveys):
        if group not in GROUPS:
            raise Invalid(f"there is a target for {group!r}, which is not one of {', '.join(GROUPS)}", field="targets")


def _codes(values: Iterable[str], what: str) -> None:
    listed = list(values)
    _unique(listed, what)
    for value in listed:
        if not _CODE.fullmatch(value):
            raise Invalid(f"{what} {value!r}: an id is 1 to 40 characters without spaces or slashes")


def _unique(values: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise Invalid(f"{what} {value!r} occurs twice")
        seen.add(value)


_RULES: tuple[Callable[[Instrument], None], ...] = (_header, _standards, _scale, _rule, _questions, _targets)
