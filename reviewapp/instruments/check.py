"""The rules an instrument must satisfy, on which the rest of the program relies; each breach is one line of error."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.instruments.check_criteria import check_criteria
from reviewapp.instruments.check_texts import check_text, check_unique
from reviewapp.instruments.model import GROUPS, Instrument, Prompt, Standard

MOST = 5_000
"""Most standards in one instrument."""

LARGEST = 2**20 - 2**14
"""Most bytes of an instrument as JSON: a visit carries it in one line of each file for another laptop."""

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_CODE = re.compile(r"[^\s/]{1,40}")


def check(instrument: Instrument) -> None:
    """Return when the instrument satisfies every rule; raise Invalid naming the instrument and its first fault."""
    try:
        for rule in _RULES:
            rule(instrument)
    except Invalid as error:
        where = _("instrument {id}: ", id=f"{instrument.id!r}") if instrument.id else _("instrument without an id: ")
        do = error.do if error.do != Invalid("").do else _("correct the instrument file and try again")
        raise Invalid(where + error.what, field=error.field, do=do) from error


def check_id(text: str) -> None:
    """Raise Invalid unless the text can be an id and file name: small letters, digits, . - _, at most 64."""
    if not _ID.fullmatch(text):
        raise Invalid(
            _("{text} cannot be the id of an instrument", text=f"{text!r}"),
            field="id",
            do=_("use small letters, digits and dashes, such as qn-crhtt-5"),
        )


def check_standard(standard: Standard, *, titled: bool = True) -> None:
    """Raise Invalid unless the standard is sound in any instrument; without `titled` its title may be missing."""
    name = _("standard {number}", number=f"{standard.number!r}")
    if not _CODE.fullmatch(standard.number):
        raise Invalid(_("{name}: a number is 1 to 40 characters without spaces or slashes", name=name), field="number")
    for field in ("type", "section", "title", "statement", "guidance"):
        needed = field != "guidance" and (titled or field != "title")
        check_text(
            getattr(standard, field), _("the {field} of {name}", field=field, name=name), needed=needed, field=field
        )
    check_unique(standard.sources, _("{name}: source", name=name))


def _header(instrument: Instrument) -> None:
    check_id(instrument.id)
    check_text(instrument.title, _("the title"), needed=True)
    for name in ("edition", "superseded_by", "subset_note", "source"):
        check_text(getattr(instrument, name) or "", name)
    if instrument.scope == "subset" and not instrument.subset_note.strip():
        raise Invalid(_("a subset must say what it is in `subset_note`"), field="subset_note")


def _standards(instrument: Instrument) -> None:
    if not instrument.standards:
        raise Invalid(_("it has no standards"))
    if len(instrument.standards) > MOST:
        raise Invalid(_("it has more than {most} standards", most=f"{MOST:,}"))
    for section in instrument.sections:
        check_text(section, _("a section heading"), needed=True)
    check_unique(instrument.sections, "section")
    check_unique((s.number for s in instrument.standards), "standard")
    for standard in instrument.standards:
        check_standard(standard)
        if standard.section not in instrument.sections:
            raise Invalid(
                _(
                    "standard {number} is in the unknown section {section}",
                    number=f"{standard.number!r}",
                    section=f"{standard.section!r}",
                ),
                field="section",
            )


def _scale(instrument: Instrument) -> None:
    scale = instrument.scale
    if len(scale.values) < 2:
        raise Invalid(_("the scale needs at least two values"))
    check_unique((str(v.value) for v in scale.values), _("scale value"))
    check_unique((v.key.casefold() for v in scale.values), _("scale key"))
    for value in scale.values:
        check_text(value.label, _("the label of scale value {value}", value=f"{value.value!r}"), needed=True)
        if len(value.key) != 1:
            raise Invalid(_("the key of scale value {value} must be one character", value=f"{value.value!r}"))
        if scale.kind == "rated" and value.counts == "scored":
            raise Invalid(_("scale value {value} cannot count as scored on a rated scale", value=f"{value.value!r}"))
        if scale.kind == "scored" and value.counts not in ("scored", "na"):
            raise Invalid(
                _("scale value {value} must count as scored or na on a scored scale", value=f"{value.value!r}")
            )
    if scale.kind == "rated" and not {"met", "not_met"} <= {v.counts for v in scale.values}:
        raise Invalid(_("a rated scale needs a value for met and one for not met"))
    _bands(instrument)


def _bands(instrument: Instrument) -> None:
    bands = instrument.scale.bands
    if bands and instrument.scale.kind == "rated":
        raise Invalid(_("bands belong to a scored scale only"))
    check_unique((b.label for b in bands), "band")
    starts = [b.from_ for b in bands]
    if any(low >= high for low, high in itertools.pairwise(starts)):
        raise Invalid(_("the bands must go up, each beginning at a higher total than the one before"))
    scored = [v.points for v in instrument.scale.values if v.counts == "scored"]
    if bands and scored and starts[0] > min(scored) * len(instrument.standards):
        raise Invalid(_("the lowest total possible falls below the first band ({label})", label=f"{bands[0].label!r}"))


def _rule(instrument: Instrument) -> None:
    types = set(instrument.types())
    thresholds = instrument.rule.thresholds
    check_unique((t.type for t in thresholds), _("threshold for type"))
    if thresholds and instrument.scale.kind == "scored":
        raise Invalid(_("thresholds per type belong to a rated scale only"))
    for threshold in thresholds:
        if threshold.type not in types:
            raise Invalid(
                _("there is a threshold for type {type} but no standard of that type", type=f"{threshold.type!r}")
            )
        if not 0 <= threshold.required <= 100:
            raise Invalid(_("the threshold for type {type} must be 0 to 100 per cent", type=f"{threshold.type!r}"))
    if instrument.rule.presentations < 1:
        raise Invalid(_("the rule must allow at least one presentation"))
    if not 1 <= instrument.rule.reply_days <= 365:
        raise Invalid(_("reply_days must be 1 to 365"), field="reply_days")
    if not 1 <= instrument.suppress_below <= 100:
        raise Invalid(_("suppress_below must be 1 to 100"), field="suppress_below")
    check_unique(instrument.rule.labels, _("decision label"))


def _questions(instrument: Instrument) -> None:
    numbers = {s.number for s in instrument.standards}
    check_unique((g.group for g in instrument.guides), _("guide for"))
    prompts = [p for g in instrument.guides for p in g.prompts]
    _codes((p.id for p in prompts), "prompt")
    _codes((a.item for a in instrument.audit), _("audit item"))
    items = [Prompt(id=a.item, text=a.text, standards=a.standards) for a in instrument.audit]
    for question in [*prompts, *items]:
        check_text(question.text, _("the text of {id}", id=f"{question.id!r}"), needed=True)
        check_unique(question.standards, _("{id}: standard", id=f"{question.id!r}"))
        for number in question.standards:
            if number not in numbers:
                raise Invalid(
                    _(
                        "{id} refers to standard {number}, which does not exist",
                        id=f"{question.id!r}",
                        number=f"{number!r}",
                    ),
                    field="standards",
                )


def _targets(instrument: Instrument) -> None:
    targets = instrument.targets
    for group, count in [*targets.interviews.items(), *targets.surveys.items(), ("case_notes", targets.case_notes)]:
        if count < 0:
            raise Invalid(_("the target for {group} must not be negative", group=f"{group!r}"), field="targets")
    for group in (*targets.interviews, *targets.surveys):
        if group not in GROUPS:
            raise Invalid(
                _(
                    "there is a target for {group}, which is not one of {list}",
                    group=f"{group!r}",
                    list=", ".join(GROUPS),
                ),
                field="targets",
            )


def _codes(values: Iterable[str], what: str) -> None:
    listed = list(values)
    check_unique(listed, what)
    for value in listed:
        if not _CODE.fullmatch(value):
            raise Invalid(
                _(
                    "{what} {value}: an id is 1 to 40 characters without spaces or slashes",
                    what=what,
                    value=f"{value!r}",
                )
            )


def _size(instrument: Instrument) -> None:
    size = len(msgspec.json.encode(msgspec.to_builtins(instrument)))
    if size > LARGEST:
        raise Invalid(
            _(
                "its texts take {size:,} bytes together; a file for another laptop holds {most:,}",
                size=size,
                most=LARGEST,
            ),
            field="standards",
            do=_("shorten the guidance, or divide the standards into two instruments"),
        )


_RULES: tuple[Callable[[Instrument], None], ...] = (
    _header, _standards, _scale, _rule, _questions, _targets, check_criteria, _size,
)  # fmt: skip
