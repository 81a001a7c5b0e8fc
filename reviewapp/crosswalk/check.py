"""The rules a crosswalk must satisfy; each breach is one line of error, with the row it stands in.

They are asked of a sheet that is imported, and of a crosswalk that came inside a visit or lies in a file of ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.crosswalk.model import Crosswalk, Pair
from reviewapp.instruments.check import LARGEST
from reviewapp.instruments.check_texts import check_text
from reviewapp.instruments.editions import edition_of
from reviewapp.instruments.model import Instrument

MOST = 20_000
"""Most rows in one crosswalk."""
_CRITERION = re.compile(r"[^\s/]{1,40}")
_LONGEST_REASON = 2_000
_LONGEST_AUTHOR = 300

Where = Callable[[int, str], str]
"""Where a row stands, and the column of it (empty for the whole row): words to be read before a colon."""


def check(crosswalk: Crosswalk, left: Instrument, right: Instrument, where: Where | None = None) -> None:
    """Return when the crosswalk is sound between these two wordings; raise Invalid with the place of its first fault.

    Criteria are looked up only where the standard has any: a scale may be held without them.
    """
    at = where or _row
    if edition_of(left) != crosswalk.left or edition_of(right) != crosswalk.right:
        raise Invalid(_("the crosswalk is between other editions of these standards"), field="from_instrument")
    if crosswalk.left == crosswalk.right:
        raise Invalid(
            _("{place}: both sides are the same standards", place=at(0, "to_instrument")),
            field="to_instrument",
            do=_("name the edition of each side"),
        )
    if len(crosswalk.pairs) > MOST:
        raise Invalid(_("it has more than {most} rows", most=f"{MOST:,}"))
    sides = (_Side(left, "from"), _Side(right, "to"))
    for number, pair in enumerate(crosswalk.pairs):
        _check_pair(pair, number, sides, at)
    _check_twice(crosswalk.pairs, at)
    _check_none_beside_link(crosswalk.pairs, at)
    if len(msgspec.json.encode(crosswalk)) > LARGEST:
        raise Invalid(
            _("the crosswalk is larger than a visit can carry"), do=_("shorten its reasons, or leave out criteria")
        )


def _row(number: int, column: str) -> str:
    return _("row {number} of the crosswalk", number=number + 1)


class _Side:
    """One side of every row: which standards and criteria there are."""

    def __init__(self, instrument: Instrument, name: str) -> None:
        self.instrument, self.name = instrument, name
        self._criteria = {
            one.number: {criterion.id for criterion in getattr(one, "criteria", ())} for one in instrument.standards
        }

    def check(self, standard: str, criterion: str, at: Callable[[str], str]) -> None:
        """Raise Invalid for a standard or a criterion that there is not."""
        name = self.name
        if standard not in self._criteria:
            raise Invalid(
                _("{place}: standard {number} does not exist in {title}",
                  place=at(name), number=f"{standard!r}", title=edition_of(self.instrument).in_words()),
                field=name,
            )  # fmt: skip
        known = self._criteria[standard]
        if criterion and ((known and criterion not in known) or not _CRITERION.fullmatch(criterion)):
            raise Invalid(
                _("{place}: standard {number} has no criterion {criterion}",
                  place=at(f"{name}_criterion"), number=standard, criterion=f"{criterion!r}"),
                field=f"{name}_criterion",
            )  # fmt: skip


def _check_pair(pair: Pair, number: int, sides: tuple[_Side, _Side], where: Where) -> None:
    def at(column: str) -> str:
        return where(number, column)

    for field, most in (("reason", _LONGEST_REASON), ("author", _LONGEST_AUTHOR), ("date", 10)):
        _check_words(getattr(pair, field), field, most, at)
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", pair.date):
        raise Invalid(
            _("{place}: {text} is not a date", place=at("date"), text=f"{pair.date!r}"),
            field="date",
            do=_("write it as YYYY-MM-DD"),
        )
    given = [(side, *half) for side, half in zip(sides, (pair.left, pair.right), strict=True) if half != ("", "")]
    if pair.links and len(given) != 2:
        empty = "to" if pair.from_ else "from"
        raise Invalid(
            _("{place}: {relation} needs a standard on both sides", place=at(empty), relation=pair.relation),
            field=empty,
            do=_("fill it in, or write none where there is no counterpart"),
        )
    if not pair.links and len(given) != 1:
        raise Invalid(
            _("{place}: none needs a standard on exactly one side", place=at("relation")),
            field="relation",
            do=_("leave the other side empty, or write how the two relate"),
        )
    for side, standard, criterion in given:
        side.check(standard, criterion, at)
    _check_change(pair, at)


def _check_words(text: str, field: str, most: int, at: Callable[[str], str]) -> None:
    """Raise Invalid where a text is missing, too long or cannot be written in a document."""
    if not text.strip():
        raise Invalid(
            _("{place}: the {field} is missing", place=at(field), field=field), field=field, do=_("fill it in")
        )
    if len(text) > most:
        raise Invalid(
            _("{place}: the {field} is longer than {most} characters", place=at(field), field=field, most=most),
            field=field,
            do=_("shorten it"),
        )
    check_text(text, at(field), field=field)


def _check_change(pair: Pair, at: Callable[[str], str]) -> None:
    """A standard that is new has nothing on the left, one that was dropped nothing on the right."""
    wrong = {
        "new": bool(pair.from_), "dropped": bool(pair.to), "": False,
    }.get(pair.change, not pair.links)  # fmt: skip
    if wrong:
        raise Invalid(
            _("{place}: {change} does not fit {relation}", place=at("change"), change=pair.change,
              relation=pair.relation),
            field="change",
            do=_("new and dropped go with none and one empty side, the other words with two standards"),
        )  # fmt: skip


def _check_twice(pairs: Sequence[Pair], where: Where) -> None:
    """Raise Invalid where a pair stands twice: nobody could say which row holds."""
    seen: dict[tuple[tuple[str, str], tuple[str, str]], int] = {}
    for number, pair in enumerate(pairs):
        first = seen.setdefault((pair.left, pair.right), number)
        if first != number:
            before = pairs[first]
            said = _("{place}: the same pair is in {other}", place=where(number, ""), other=where(first, ""))
            if before.relation != pair.relation:
                said = _(
                    "{place}: the same pair is in {other} as {relation}",
                    place=where(number, ""), other=where(first, ""), relation=before.relation,
                )  # fmt: skip
            raise Invalid(said, field="relation", do=_("keep one row for each pair"))


def _check_none_beside_link(pairs: Sequence[Pair], where: Where) -> None:
    """Raise Invalid where a standard, or the same part of it, has both no counterpart and one."""
    for side in (_left, _right):
        linked: dict[str, dict[str, int]] = {}
        for number, pair in enumerate(pairs):
            if pair.links:
                standard, criterion = side(pair)
                linked.setdefault(standard, {}).setdefault(criterion, number)
        for number, pair in enumerate(pairs):
            standard, criterion = side(pair)
            rows = linked.get(standard, {}) if standard and not pair.links else {}
            beside = next((row for one, row in rows.items() if not criterion or one == criterion), None)
            if beside is not None:
                raise Invalid(
                    _("{place}: standard {standard} has no counterpart here and one in {other}",
                      place=where(number, "relation"), standard=standard, other=where(beside, "")),
                    field="relation",
                    do=_("remove one of the two rows"),
                )  # fmt: skip


def _left(pair: Pair) -> tuple[str, str]:
    return pair.left


def _right(pair: Pair) -> tuple[str, str]:
    return pair.right
