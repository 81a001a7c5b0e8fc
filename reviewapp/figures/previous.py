"""The figures of the previous visit, read from its `report.json` or `status.json`, for comparison with this one.

They are stored in the journal as one fact about the service, so they are attributed, travel with the visit, and are
never taken for figures of this visit. The shares are computed again from the counts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.crosswalk.comparable import Comparable
from reviewapp.figures.previous_common import PreviousCommon, common_figures, in_common
from reviewapp.figures.ratings import REVIEWED
from reviewapp.instruments.editions import Edition, digest
from reviewapp.instruments.model import Instrument, Score
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import Context
from reviewapp.visit.validators import check_date

PREVIOUS = "previous_visit"
"""The key of the fact about the service that holds the previous figures, as JSON text."""
NOT_ABOUT_THE_SERVICE = ("respondents_", PREVIOUS)
"""Key prefixes of facts that the report prints elsewhere and does not list among the facts about the service."""

LONGEST = 5_000_000
"""The largest file accepted, in bytes."""
_DO = _("give the figures of the earlier visit as they were saved: its report.json or status.json")


class PreviousCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Number of standards by outcome at the earlier visit; `percent` met of the applicable, None if none is."""

    met: int
    not_met: int
    na: int = 0
    unrated: int = 0
    percent: float | None = None


class PreviousPoints(msgspec.Struct, frozen=True, kw_only=True):
    """Points of a section at the earlier visit: `rated` of `of` items were scored; `mean` None if none was."""

    total: int
    rated: int
    of: int
    mean: float | None = None


class PreviousScore(msgspec.Struct, frozen=True, kw_only=True):
    """The score of the earlier visit on a scored scale; `band` None where it was not certain."""

    total: int
    rated: int
    of: int
    band: str | None = None
    by_section: dict[str, PreviousPoints] = {}


class Previous(msgspec.Struct, frozen=True, kw_only=True):
    """The figures stored of the earlier visit, with its date and instrument."""

    date: str
    instrument: str
    overall: PreviousCounts
    by_type: dict[str, PreviousCounts]
    by_section: dict[str, PreviousCounts]
    score: PreviousScore | None = None
    edition: str = ""
    common: PreviousCommon | None = None
    """What both visits asked, where the earlier one was made on another wording; then only this may be compared."""


class _Rating(msgspec.Struct, frozen=True):
    value: Score | None = None


class _Visit(msgspec.Struct, frozen=True):
    id: str
    date: str
    instrument: str
    edition: str | None = None
    instrument_digest: str = ""


class _Figures(msgspec.Struct, frozen=True):
    overall: PreviousCounts
    by_type: dict[str, PreviousCounts]
    by_section: dict[str, PreviousCounts]
    basis: str | None = None
    score: PreviousScore | None = None


class _Status(msgspec.Struct, frozen=True):
    """The part of `visit status --json` that is read; a `report.json` has the same."""

    visit: _Visit
    figures: _Figures
    ratings: dict[str, _Rating] = {}


Compare = Callable[[Edition], Comparable]
"""What may be compared with a visit made on this wording; the digest is empty where the file does not say it."""


def previous_fact(content: bytes, state: VisitState, compare: Compare | None = None) -> Context:
    """The fact to record, from the bytes of a `report.json` or `status.json`.

    Where the earlier visit was made on another wording, `compare` says what of the two may be compared; without it
    nothing is. Raises Invalid if the file is too large or not a visit's figures, is not of an earlier visit, or holds
    no ratings of a review (only a self-review, or none).
    """
    status = _read(content)
    visit, figures = status.visit, status.figures
    check_date(visit.date, "date")
    if visit.id == state.info.id or visit.date >= state.info.date:
        raise Invalid(
            _(
                "the visit of {date} in this file is not earlier than this one ({this_day})",
                date=visit.date,
                this_day=state.info.date,
            ),
            field="previous",
            do=_DO,
        )
    if figures.basis not in REVIEWED:
        raise Invalid(_("at that visit no reviewer had rated anything yet"), field="previous", do=_DO)
    kept = Previous(
        date=visit.date,
        instrument=visit.instrument,
        overall=_recounted(figures.overall),
        by_type={name: _recounted(counts) for name, counts in figures.by_type.items()},
        by_section={name: _recounted(counts) for name, counts in figures.by_section.items()},
        score=_checked_score(figures.score),
        edition=visit.edition or "",
        common=_common(status, state, compare),
    )
    return Context(field=PREVIOUS, value=msgspec.json.encode(kept).decode())


def _common(status: _Status, state: VisitState, compare: Compare | None) -> PreviousCommon | None:
    """What is common with a visit on another wording; None where the wording is the same, as far as the file tells."""
    visit, instrument = status.visit, state.instrument
    own = digest(instrument)
    known = visit.instrument == instrument.id and visit.edition in (None, instrument.edition)
    if visit.instrument_digest == own or (known and not visit.instrument_digest):
        return None
    if not status.ratings:
        why = _("the file of the earlier visit has no single standards")
        return PreviousCommon((), {"before": {}, "now": {why: _numbers(instrument)}})
    if compare is None:
        why = _("nobody has checked for a crosswalk between the two editions")
        return PreviousCommon((), {"before": {why: [*status.ratings]}, "now": {why: _numbers(instrument)}})
    comparable = compare(Edition(visit.instrument, visit.edition or "", visit.instrument_digest))
    return in_common(comparable, {number: one.value for number, one in status.ratings.items()})


def _numbers(instrument: Instrument) -> list[str]:
    return [standard.number for standard in instrument.standards]


def previous_of(state: VisitState) -> Previous | None:
    """The earlier visit's figures, or None when none were recorded or two laptops recorded different ones."""
    stored = state.context.get(PREVIOUS)
    if stored is None or not isinstance(stored.value, str):
        return None
    try:
        return msgspec.json.decode(stored.value, type=Previous)
    except msgspec.MsgspecError:
        return None


def previous_figures(state: VisitState) -> dict[str, Any] | None:
    """The earlier visit's figures as plain JSON values, for the report's traced numbers, or None."""
    found = previous_of(state)
    if found is None:
        return None
    plain: dict[str, Any] = msgspec.to_builtins(found)
    if found.common is not None:
        plain["common"] = msgspec.to_builtins(common_figures(state, found.common))
    return plain


def _read(content: bytes) -> _Status:
    if len(content) > LONGEST:
        raise Invalid(_("this file is too large to be the figures of a visit"), field="previous", do=_DO)
    try:
        return msgspec.json.decode(content, type=_Status)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Invalid(
            _("these are not the figures of a visit: {error}", error=error), field="previous", do=_DO
        ) from error


def _recounted(counts: PreviousCounts) -> PreviousCounts:
    """The counts with `percent` computed again: a share typed into the file is not trusted.

    Raises Invalid for a negative count.
    """
    if min(counts.met, counts.not_met, counts.na, counts.unrated) < 0:
        raise Invalid(_("a count in this file is below nought"), field="previous", do=_DO)
    applicable = counts.met + counts.not_met
    percent = counts.met / applicable * 100 if applicable else None
    return msgspec.structs.replace(counts, percent=percent)


def _checked_score(score: PreviousScore | None) -> PreviousScore | None:
    """The score with every mean computed again. Raises Invalid for counts that cannot be."""
    if score is None:
        return None
    counted: list[PreviousScore | PreviousPoints] = [score, *score.by_section.values()]
    for points in counted:
        if points.total < 0 or not 0 <= points.rated <= points.of:
            raise Invalid(_("a score in this file cannot be"), field="previous", do=_DO)
    by_section = {
        name: msgspec.structs.replace(points, mean=points.total / points.rated if points.rated else None)
        for name, points in score.by_section.items()
    }
    return msgspec.structs.replace(score, by_section=by_section)
