"""Which round of a team's reviews a visit is, and the rounds before it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

import msgspec
from msgspec import UNSET, UnsetType

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, gettext_noop, ngettext_noop
from reviewapp.instruments.model import Instrument, Score
from reviewapp.visit import labels
from reviewapp.visit.programme_records import RoundRecord
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements.base import Statement
from reviewapp.visit.validators import Checks, InstrumentTerms, check_date_or_none, check_line

THIS = "this"
"""The key of the round that the visit itself is; every other key is an earlier one."""
_MOST = 100_000
_SHORT = re.compile(r"[^\x00-\x1f]{1,64}")


def _check_total(field: str, value: int, terms: InstrumentTerms) -> None:
    if not 0 <= value <= _MOST:
        raise Invalid(_("{value} is no total", value=value), field=field)


def _check_range(field: str, value: list[int], terms: InstrumentTerms) -> None:
    if len(value) not in (0, 2) or not all(0 <= one <= _MOST for one in value) or sorted(value) != value:
        raise Invalid(_("a range is its lowest and its highest"), field=field)


def _check_ranges(field: str, value: Mapping[str, list[int]], terms: InstrumentTerms) -> None:
    for one in value.values():
        _check_range(field, one, terms)
    _check_by_item(field, dict.fromkeys(value, "-"), terms)


def _check_by_item(field: str, value: Mapping[str, Any], terms: InstrumentTerms) -> None:
    for name, one in value.items():
        if not _SHORT.fullmatch(name) or (isinstance(one, str) and not _SHORT.fullmatch(one)):
            raise Invalid(_("“{field}” of a round is malformed", field=field), field=field)


def _check_criteria(field: str, value: Mapping[str, Mapping[str, str]], terms: InstrumentTerms) -> None:
    for letters in value.values():
        if len(letters) > 100:
            raise Invalid(_("“{field}” of a round is malformed", field=field), field=field)
        _check_by_item(field, letters, terms)
    _check_by_item(field, dict.fromkeys(value, "-"), terms)


class Round(Statement, frozen=True, kw_only=True, tag="round"):
    """A round of reviews of this team: its label, the day it was planned for, the day it was held.

    `this` is what this visit is; of an earlier one the total alone may be known, or everything its visit said.
    """

    IDS: ClassVar[tuple[str, ...]] = ("id",)
    SHARED = True
    TABLE = "rounds"
    RECORD = RoundRecord
    RECORDED_BY = "lead"
    LEAD_RECORDS = _("which round a visit is")
    CHECKS: ClassVar[Checks] = {
        "label": check_line,
        "planned": check_date_or_none,
        "held": check_date_or_none,
        "total": _check_total,
        "visit": check_line,
        "instrument": check_line,
        "edition": check_line,
        "digest": check_line,
        "scores": _check_by_item,
        "range": _check_range,
        "ranges": _check_ranges,
        "criteria": _check_criteria,
        "wording": _check_by_item,
    }
    VALUE_FIELDS = ("label", "planned", "held")
    PHRASE = gettext_noop("a round of the team's reviews ({key})")
    COUNTED = ngettext_noop("{n} round", "{n} rounds")
    NUMBERED = True

    id: str
    label: str | None | UnsetType = UNSET
    planned: str | None | UnsetType = UNSET
    held: str | None | UnsetType = UNSET
    total: int | None | UnsetType = UNSET
    visit: str | None | UnsetType = UNSET
    instrument: str | None | UnsetType = UNSET
    edition: str | None | UnsetType = UNSET
    digest: str | None | UnsetType = UNSET
    scores: dict[str, Score] | None | UnsetType = UNSET
    range: list[int] | None | UnsetType = UNSET
    ranges: dict[str, list[int]] | None | UnsetType = UNSET
    criteria: dict[str, dict[str, str]] | None | UnsetType = UNSET
    wording: dict[str, str] | None | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """An earlier round has a label and a day before this visit; the usual rounds follow each other."""
        if self.deleted is True:
            return
        held = state.rounds.get(self.id) or RoundRecord(key=self.id, id=self.id)
        said = {name: value or "" for name, value in self.values().items() if name in ("label", "planned", "held")}
        now = msgspec.structs.replace(held, **said)
        if self.id != THIS:
            if not now.label.strip():
                raise Invalid(_("an earlier round needs a label"), field="label", do=_("say which: baseline, 6 months"))
            if not (now.held or now.planned):
                raise Invalid(_("an earlier round needs its day"), field="held", do=_("write it as YYYY-MM-DD"))
            if isinstance(self.total, int) and not (self.instrument or held.instrument):
                _check_possible(self.total, state.instrument)
        rounds = {THIS: RoundRecord(key=THIS, id=THIS)} | state.rounds | {self.id: now}
        check_order(rounds, state.info.date, self.id)

    def change_name(self, person: str) -> str:
        """By its label, where it says one."""
        return _("round “{label}”", label=self.label) if self.label else self.noun()


def _check_possible(total: int, instrument: Instrument) -> None:
    """Raise Invalid for a total that no visit with this instrument can have."""
    points = [choice.points for choice in instrument.scale.values if choice.counts == "scored"]
    if instrument.scale.kind != "scored" or not points:
        raise Invalid(
            _("{title} has no totals", title=instrument.title),
            field="total",
            do=_("start the visit from the earlier one's carry-over instead"),
        )
    lowest, highest = (end * len(instrument.standards) for end in (min(points), max(points)))
    if not lowest <= total <= highest:
        raise Invalid(
            _("{total} cannot be a total of {title}", total=total, title=instrument.title),
            field="total",
            do=_("give a number from {lowest} to {highest}", lowest=lowest, highest=highest),
        )


def day_of(one: RoundRecord, visit_date: str) -> str:
    """The day of a round: held, else planned, else of the visit's own that of the visit."""
    return one.held or one.planned or (visit_date if one.key == THIS else "")


def months_of(label: str) -> int | None:
    """The months since the first round that a label says (`6 months`); None for a free one."""
    plain = " ".join(label.casefold().split())
    found = re.fullmatch(r"(\d{1,3}) months?", plain)
    return int(found[1]) if found else labels.ROUNDS.get(plain)


def check_order(rounds: Mapping[str, RoundRecord], visit_date: str, changed: str) -> None:
    """Raise Invalid when the `changed` round does not stand among the others in the order of their days."""
    own = rounds[changed]
    day, months = day_of(own, visit_date), months_of(own.label)
    for key, other in rounds.items():
        its_day = day_of(other, visit_date)
        if key == changed or not day or not its_day:
            continue
        if own.label.strip() and other.label.casefold().strip() == own.label.casefold().strip():
            raise Invalid(
                _("there is a round “{label}” already, of {day}", label=other.label, day=labels.day(its_day)),
                field="label",
                do=_("give this one another label"),
            )
        its_months = months_of(other.label)
        before = key == THIS or (months is not None and its_months is not None and months < its_months)
        after = changed == THIS or (months is not None and its_months is not None and months > its_months)
        if (before and day >= its_day) or (after and day <= its_day):
            early, late = (own, other) if before else (other, own)
            raise Invalid(
                _(
                    "the round {late} ({late_day}) is not after the round {early} ({early_day})",
                    late=name_of(late),
                    late_day=labels.day(day_of(late, visit_date)),
                    early=name_of(early),
                    early_day=labels.day(day_of(early, visit_date)),
                ),
                field="held" if changed != THIS else "date",
                do=_("correct the day, or the label"),
            )


def name_of(one: RoundRecord) -> str:
    """A round in a sentence: its label in quotation marks, or that it is this visit."""
    return f"“{one.label}”" if one.label else _("of this visit")
