"""What reviewers, and then the review team, found of each criterion of a standard."""

from __future__ import annotations

from typing import Any, ClassVar

from msgspec import UNSET, UnsetType

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, gettext_noop, ngettext_noop
from reviewapp.instruments.model import Criterion
from reviewapp.instruments.quantities import CriterionVerdict, Number, measured
from reviewapp.visit.criterion_records import AgreedCriterionRecord, CriterionRecord
from reviewapp.visit.record import Record
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements.base import Statement
from reviewapp.visit.validators import Checks, check_letter, check_quantity, check_source, check_standard


class CriterionFinding(Statement, frozen=True, kw_only=True, tag="criterion"):
    """What a reviewer found of one criterion, from one source.

    `value` is the verdict, `n` (of `of`) what was counted or measured; either may be left out. `ticked`: which parts of
    a list are there, by their place from 1.
    """

    IDS: ClassVar[tuple[str, ...]] = ("standard", "criterion", "source")
    TABLE = "criteria"
    RECORD: ClassVar[type[Record]] = CriterionRecord
    RECORDED_BY = "raters"
    CHECKS: ClassVar[Checks] = {
        "standard": check_standard, "criterion": check_letter, "source": check_source, "n": check_quantity,
        "of": check_quantity,
    }  # fmt: skip
    VALUE_FIELDS = ("value", "n", "of", "ticked")
    NOUN = _("criterion")
    PHRASE = gettext_noop("what a reviewer found of a criterion ({key})")
    WHOSE = gettext_noop("finding on criterion {criterion} of standard {standard} ({source}) by {author}")
    COUNTED = ngettext_noop("{n} criterion", "{n} criteria")
    TEXTS = ("note",)

    standard: str
    criterion: str
    source: str
    value: CriterionVerdict | None | UnsetType = UNSET
    n: int | float | None | UnsetType = UNSET
    of: int | float | None | UnsetType = UNSET
    ticked: list[int] | None | UnsetType = UNSET
    note: str | None | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """The standard has this criterion, the source is one of its own, and number and verdict do not contradict."""
        one = known_criterion(state, self.standard, self.criterion)
        if one.sources and self.source not in one.sources:
            raise Invalid(
                _(
                    "criterion {letter} of standard {number} is not established from {source}",
                    letter=self.criterion, number=self.standard, source=self.source.replace("_", " "),
                ),
                field="source",
                do=_("use one of: {list}", list=", ".join(one.sources)),
            )  # fmt: skip
        before = state.criteria.get(self.key(person))
        said: dict[str, Any] = {
            name: getattr(before, name, None) if given is UNSET else given
            for name, given in (("value", self.value), ("n", self.n), ("of", self.of), ("ticked", self.ticked))
        }
        _check_numbers(one, said)

    def change_name(self, person: str) -> str:
        """The criterion as people say it: 12 b."""
        return _("criterion {letter} of standard {number}", letter=self.criterion, number=self.standard)


class AgreedCriterion(Statement, frozen=True, kw_only=True, tag="agreed_criterion"):
    """What the review team holds of one criterion, over all sources and reviewers. Only the lead records it."""

    IDS: ClassVar[tuple[str, ...]] = ("standard", "criterion")
    SHARED = True
    TABLE = "agreed_criteria"
    RECORD: ClassVar[type[Record]] = AgreedCriterionRecord
    RECORDED_BY = "lead"
    LEAD_RECORDS = _("an agreed criterion")
    CHECKS: ClassVar[Checks] = {"standard": check_standard, "criterion": check_letter}
    VALUE_FIELDS = ("value",)
    NOUN = _("agreed criterion")
    PHRASE = gettext_noop("the agreed criterion {key}")
    COUNTED = ngettext_noop("{n} agreed criterion", "{n} agreed criteria")
    TEXTS = ("reason",)
    FOUND_AS = "agreed"

    standard: str
    criterion: str
    value: CriterionVerdict | None | UnsetType = UNSET
    reason: str | None | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """The standard has this criterion."""
        known_criterion(state, self.standard, self.criterion)

    def change_name(self, person: str) -> str:
        """The criterion as people say it: 12 b."""
        return _("agreed criterion {letter} of standard {number}", letter=self.criterion, number=self.standard)


def known_criterion(state: VisitState, number: str, letter: str) -> Criterion:
    """The criterion of the visit's standard. Raises Invalid, listing those there are, for one it does not have."""
    standard = state.instrument.standard(number)
    one = standard.criterion(letter)
    if one is None:
        known = ", ".join(each.id for each in standard.criteria)
        raise Invalid(
            _("standard {number} has no criterion {letter}", number=number, letter=f"{letter!r}"),
            field="criterion",
            do=_("use one of: {list}", list=known) if known else _("rate the standard itself"),
        )
    return one


def _check_numbers(one: Criterion, said: dict[str, Any]) -> None:
    """Raise Invalid for a number that cannot be, and for a verdict that its own number contradicts."""
    n: Number | None = said["n"]
    of: Number | None = said["of"]
    ticked: list[int] | None = said["ticked"]
    if of is not None and one.measure == "number":
        raise Invalid(_("criterion {letter} is a number, not a part of something", letter=one.id), field="of",
                      do=_("leave out `of`, and give the number as {unit}", unit=one.unit or "n"))  # fmt: skip
    if of is not None and n is not None and n > of:
        raise Invalid(_("{n} of {of} cannot be", n=n, of=of), field="n", do=_("correct one of the two"))
    if of == 0:
        raise Invalid(_("nothing of nothing establishes nothing"), field="of", do=_("leave both numbers out"))
    if one.measure == "share" and n is not None and of is None:
        raise Invalid(_("a share needs both numbers: {n} of how many?", n=n), field="of", do=_("give `of` as well"))
    if ticked is not None:
        if any(not 1 <= part <= len(one.parts) for part in ticked) or len(set(ticked)) != len(ticked):
            raise Invalid(_("the list of criterion {letter} has {n} parts, each ticked once", letter=one.id,
                            n=len(one.parts)), field="ticked", do=_("count them from 1"))  # fmt: skip
        if n is not None and n != len(ticked):
            raise Invalid(_("{n} are counted and {m} ticked", n=n, m=len(ticked)), field="n",
                          do=_("leave out the number"))  # fmt: skip
    found = measured(one, len(ticked) if n is None and ticked is not None else n, of)
    if found is not None and said["value"] is not None and said["value"] not in (found, "not_established"):
        raise Invalid(
            _("the number says {found} of criterion {letter}, and the verdict {value}", letter=one.id,
              found=found.replace("_", " "), value=said["value"].replace("_", " ")),
            field="value",
            do=_("leave out one of the two, or say not_established"),
        )  # fmt: skip
