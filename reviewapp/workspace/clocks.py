"""What a person is told of clocks that are wrong: this laptop's, and another's whose entries are here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

import msgspec

from reviewapp.base.i18n import _
from reviewapp.store import clock, journal
from reviewapp.store.journal import LastEntry
from reviewapp.store.visit_store import VisitStore
from reviewapp.visit import labels


class WrongClock(msgspec.Struct, frozen=True):
    """Another laptop whose clock was wrong: whose it is, its id, and the time it gave its last entry."""

    person: str
    device: str
    at: str

    def in_words(self, people: Mapping[str, labels.TeamMember]) -> str:
        """One sentence without a full stop."""
        return _(
            "the clock of {laptop} was wrong: it gave its last entry the time {when}",
            laptop=labels.laptop(people, self.person),
            when=_when(self.at),
        )


class _Member(NamedTuple):
    role: str
    name: str


class LastChange(msgspec.Struct, frozen=True):
    """The time of the newest entry, by the clock of the laptop that wrote it; `clock` says so if that was wrong."""

    at: str
    clock: str = ""


def clock_warning(store: VisitStore, day: str) -> str:
    """One sentence for the person at this laptop if its clock is or may be wrong, else empty; `day`: the visit's date.

    Nothing is refused for it: what is recorded is kept, in its right place after what is here.
    """
    fault = store.clock_fault(day)
    if fault is None:
        return ""
    now, other = _when(clock.stamp(fault.now)), _when(clock.stamp(fault.other))
    if fault.fault == "impossible":
        return _(
            "this laptop's clock is wrong: it says {now}; what you record is kept, with the time of the newest "
            "entry here ({other}); set the clock",
            now=now,
            other=other,
        )
    if fault.fault == "went back":
        return _(
            "this laptop's clock went back: it says {now}, but its last entry is from {other}; what you record is "
            "kept in its place; check the clock",
            now=now,
            other=other,
        )
    if fault.fault == "behind":
        return _(
            "this laptop's clock says {now}, but every other laptop's entries are later (from {other}); one of them "
            "is wrong; what you record is kept in its place; check this clock",
            now=now,
            other=other,
        )
    return _(
        "this laptop's clock says {now}, years after everything in this visit ({other}); what you record is kept in "
        "its place; check the clock",
        now=now,
        other=other,
    )


def wrong_clocks(store: VisitStore) -> list[WrongClock]:
    """The other laptops whose last entry has a time that cannot be, or is more than a day ahead of this clock."""
    people = {device: one.person for device, one in store.devices().items()}
    return [
        WrongClock(people.get(one.device, "?"), one.device, one.at)
        for one in _wrong(store, journal.last_entries(store.db))
        if one.device != store.device
    ]


def last_change(store: VisitStore) -> LastChange:
    """When the visit was changed last, as far as clocks tell.

    A wrong clock's time stands only until something is recorded here that knew of it; it is told as such.
    """
    last = journal.last_entries(store.db)
    wrong = _wrong(store, last)
    right = [one for one in last if one not in wrong]
    newest_wrong = max(wrong, key=_arrival, default=None)
    newest_right = max((one.at for one in right), default="")
    mine = max((one.arrival for one in right if one.device == store.device), default=0)
    if newest_wrong is None or (mine > newest_wrong.arrival and newest_right):
        return LastChange(newest_right)
    if newest_wrong.device == store.device:
        return LastChange(newest_wrong.at, _("by this laptop's clock, which was wrong then"))
    whose = store.devices().get(newest_wrong.device)
    people = {row["key"]: _Member(row["role"] or "", row["name"] or "") for row in store.rows("person")}
    laptop = labels.laptop(people, whose.person if whose else "?")
    return LastChange(newest_wrong.at, _("by the clock of {laptop}, which was wrong", laptop=laptop))


def is_wrong(stamp: str) -> bool:
    """True for a time that cannot be, or is more than a day ahead of this laptop's clock."""
    return clock.was_wrong(stamp, clock.latest_right(clock.utc_now()))


def _wrong(store: VisitStore, last: list[LastEntry]) -> list[LastEntry]:
    latest = store.latest_right()
    return [one for one in last if clock.was_wrong(one.at, latest)]


def _arrival(one: LastEntry) -> int:
    return one.arrival


def _when(stamp: str) -> str:
    moment = datetime.fromisoformat(stamp)
    return f"{labels.day(moment.date().isoformat())}, {moment:%H:%M}"
