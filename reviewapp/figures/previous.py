"""The figures of the previous visit, from its `report.json` or `status.json`, to stand beside those of this one.

They are kept in the journal as one fact about the service, so they are attributed, travel with the visit, and are
never taken for figures of this visit. The shares are worked out again from the counts.
"""

from __future__ import annotations

from typing import Any

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import Context
from reviewapp.visit.validators import check_date

PREVIOUS = "previous_visit"
"""The fact that holds them, as JSON text."""
NOT_ABOUT_THE_SERVICE = ("respondents_", PREVIOUS)
"""How facts begin that have a place of their own in the report, and are not listed among those about the service."""

LONGEST = 5_000_000
_DO = _("give the figures of the earlier visit as they were saved: its report.json or status.json")


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """How many standards came out which way at the earlier visit."""

    met: int
    not_met: int
    na: int = 0
    unrated: int = 0
    percent: float | None = None


class Previous(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of the earlier visit."""

    date: str
    instrument: str
    overall: Counted
    by_type: dict[str, Counted]
    by_section: dict[str, Counted]


class _Visit(msgspec.Struct, frozen=True):
    id: str
    date: str
    instrument: str


class _Figures(msgspec.Struct, frozen=True):
    overall: Counted
    by_type: dict[str, Counted]
    by_section: dict[str, Counted]
    basis: str | None = None


class _Status(msgspec.Struct, frozen=True):
    """The part of `visit status --json` that is needed; a `report.json` has the same."""

    visit: _Visit
    figures: _Figures


def previous_line(content: bytes, state: VisitState) -> Context:
    """The fact to record. Raises Invalid for what is not of an earlier visit, or says nothing of its review."""
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
    if figures.basis not in ("agreed", "peer"):
        raise Invalid(_("at that visit no reviewer had rated anything yet"), field="previous", do=_DO)
    kept = Previous(
        date=visit.date,
        instrument=visit.instrument,
        overall=_counted(figures.overall),
        by_type={name: _counted(counts) for name, counts in figures.by_type.items()},
        by_section={name: _counted(counts) for name, counts in figures.by_section.items()},
    )
    return Context(field=PREVIOUS, value=msgspec.json.encode(kept).decode())


def previous_of(state: VisitState) -> Previous | None:
    """The earlier visit's figures, or None when none were taken in or two laptops hold different ones."""
    held = state.context.get(PREVIOUS)
    if held is None or not isinstance(held.value, str):
        return None
    try:
        return msgspec.json.decode(held.value, type=Previous)
    except msgspec.MsgspecError:
        return None


def previous_figures(state: VisitState) -> dict[str, Any] | None:
    """As plain values, for the report's numbers to point into."""
    found = previous_of(state)
    return None if found is None else msgspec.to_builtins(found)


def _read(content: bytes) -> _Status:
    if len(content) > LONGEST:
        raise Invalid(_("this file is too large to be the figures of a visit"), field="previous", do=_DO)
    try:
        return msgspec.json.decode(content, type=_Status)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Invalid(
            _("these are not the figures of a visit: {error}", error=error), field="previous", do=_DO
        ) from error


def _counted(counts: Counted) -> Counted:
    """The counts with the share they give; a share that somebody typed into the file is not believed."""
    if min(counts.met, counts.not_met, counts.na, counts.unrated) < 0:
        raise Invalid(_("a count in this file is below nought"), field="previous", do=_DO)
    applicable = counts.met + counts.not_met
    percent = counts.met / applicable * 100 if applicable else None
    return msgspec.structs.replace(counts, percent=percent)
