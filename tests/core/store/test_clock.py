"""The time an entry gets: never one that cannot be, never moved by a clock ahead, never a reason to refuse."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.__main__ import let_any_clock_be_read
from reviewapp.store import clock
from reviewapp.store.clock import AHEAD, EARLIEST, LATEST, believable, fault_of
from reviewapp.store.entry import Entry
from reviewapp.store.ordering import in_order_of_writing

NOW = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
moments = st.datetimes(timezones=st.just(UTC))
held = st.lists(moments, max_size=5)


@given(moments, st.none() | moments, held)
def test_whatever_the_clocks_say_there_is_a_time_and_it_can_be(
    now: datetime, own: datetime | None, others: list[datetime]
) -> None:
    found = believable(now, own, others)
    assert EARLIEST <= found < LATEST and len(clock.stamp(found)) == len("2026-11-17T09:00:00.000000Z")
    if EARLIEST <= now < LATEST:
        assert now <= found <= now + 2 * AHEAD
    fault_of(now, own, others, "9999-12-31")
    clock.latest_right(now)


@given(held)
def test_a_clock_more_than_a_day_ahead_moves_no_other(others: list[datetime]) -> None:
    near = [one for one in others if EARLIEST <= one <= NOW + AHEAD]
    assert believable(NOW, None, others) == max([NOW, *near])


@pytest.mark.parametrize("year", [1, 1969, 1970, 1999, 2024, 2100, 2105, 9999])
def test_a_clock_that_cannot_be_right_gives_the_newest_time_held(year: int) -> None:
    now = NOW.replace(year=year)
    others = [NOW - HOUR, NOW, now]
    assert believable(now, None, others) == NOW
    assert believable(now, NOW + HOUR, others) == NOW + HOUR
    assert believable(now, None, [now]) == EARLIEST
    assert believable(now, NOW, [NOW + HOUR, NOW.replace(year=2035)]) == NOW + HOUR
    assert believable(now, None, [NOW.replace(year=2035)]) == NOW.replace(year=2035), "nothing else tells the time"
    fault = fault_of(now, None, others, "2026-11-17")
    assert fault is not None and (fault.fault, fault.other) == ("impossible", NOW)


@pytest.mark.parametrize(
    ("own", "others", "day", "expected"),
    [
        (None, [], "2026-11-17", None),
        (NOW, [NOW, NOW + 23 * HOUR], "2026-11-17", None),
        (NOW + 49 * HOUR, [NOW], "2026-11-17", "went back"),
        (NOW, [NOW + 25 * HOUR], "2026-11-17", "behind"),
        (NOW, [NOW + 25 * HOUR, NOW], "2026-11-17", None),  # the other one is wrong
        (NOW, [NOW + 4 * 366 * 24 * HOUR], "2026-11-17", None),  # so are these, by the date of the visit
        (NOW, [NOW + 4 * 366 * 24 * HOUR], "", "behind"),
        (None, [NOW - 4 * 366 * 24 * HOUR], "", None),  # cannot be either
        (None, [], "2023-10-01", None),  # too early to tell anything
    ],
)
def test_what_is_told_of_this_laptops_clock(
    own: datetime | None, others: list[datetime], day: str, expected: str | None
) -> None:
    fault = fault_of(NOW, own, others, day)
    assert (fault.fault if fault else None) == expected


def test_a_clock_years_after_everything_in_the_visit_is_told_also_once_it_was_used() -> None:
    later = NOW.replace(year=2035)
    for own in (None, later):
        fault = fault_of(later, own, [NOW], "2026-11-17")
        assert fault is not None and (fault.fault, fault.other) == ("far ahead", NOW)
    assert fault_of(NOW + timedelta(days=900), None, [NOW], "2026-11-17") is None


INSTANT = timedelta(microseconds=1)


def test_a_time_that_can_be_is_from_the_first_moment_of_2025_until_2100_begins() -> None:
    assert [clock.is_possible(one) for one in (EARLIEST - INSTANT, EARLIEST)] == [False, True]
    assert [clock.is_possible(one) for one in (LATEST - INSTANT, LATEST)] == [True, False]


def test_a_stamp_has_microseconds_also_where_they_are_none() -> None:
    assert clock.stamp(NOW) == "2026-11-17T09:00:00.000000Z"


def test_how_far_ahead_a_time_may_be_that_moves_this_clock() -> None:
    """Another laptop's a day, the last one given out here two."""
    assert believable(NOW, None, [NOW + AHEAD]) == NOW + AHEAD
    assert believable(NOW, None, [NOW + AHEAD + INSTANT]) == NOW
    assert believable(NOW, NOW + 2 * AHEAD, []) == NOW + 2 * AHEAD
    assert believable(NOW, NOW + 2 * AHEAD + INSTANT, []) == NOW


def test_one_laptop_years_ahead_of_all_others_does_not_tell_the_time() -> None:
    stopped, gap = NOW.replace(year=1970), clock.LONGEST_GAP
    assert believable(stopped, None, [NOW, NOW + gap]) == NOW + gap
    assert believable(stopped, None, [NOW, NOW + gap + INSTANT]) == NOW
    assert believable(stopped, None, [NOW, NOW + 2 * gap, NOW + 5 * gap]) == NOW
    assert believable(stopped, LATEST, []) == EARLIEST, "what this laptop gave out cannot be either"


def test_the_last_time_that_is_right_is_a_day_ahead_and_never_one_that_cannot_be() -> None:
    assert clock.latest_right(NOW) == clock.stamp(NOW + AHEAD)
    assert clock.latest_right(LATEST - HOUR) == clock.latest_right(NOW.replace(year=1970)) == clock.stamp(LATEST)
    latest = clock.latest_right(NOW)
    assert not clock.was_wrong(latest, latest) and clock.was_wrong(clock.stamp(NOW + AHEAD + INSTANT), latest)
    first = EARLIEST + AHEAD
    assert not clock.was_wrong(clock.stamp(first), latest) and clock.was_wrong(clock.stamp(first - INSTANT), latest)


@pytest.mark.parametrize(
    ("own", "others", "day", "expected"),
    [
        (NOW + 2 * AHEAD, [], "", None),
        (NOW + 2 * AHEAD + INSTANT, [], "", ("went back", NOW + 2 * AHEAD + INSTANT)),
        (LATEST, [], "", None),  # cannot be, so nothing went back to it
        (None, [NOW + AHEAD], "", None),
        (None, [NOW + AHEAD + INSTANT, NOW + 3 * AHEAD], "", ("behind", NOW + AHEAD + INSTANT)),
        (None, [NOW.replace(year=1970), NOW + 2 * AHEAD], "", ("behind", NOW + 2 * AHEAD)),
        (None, [NOW - clock.LONGEST_GAP], "", None),  # before there was such a program
        (None, [], "no date", None),
        (None, [], "", None),
    ],
)
def test_from_when_on_a_clock_is_told_as_wrong(
    own: datetime | None, others: list[datetime], day: str, expected: tuple[str, datetime] | None
) -> None:
    fault = fault_of(NOW, own, others, day)
    assert (fault and (fault.fault, fault.other)) == expected


def test_the_date_of_the_visit_tells_which_clock_is_years_off() -> None:
    midnight, gap = datetime(2026, 11, 17, tzinfo=UTC), clock.LONGEST_GAP
    for ahead, expected in ((midnight + gap, "behind"), (midnight + gap + INSTANT, None)):
        fault = fault_of(NOW, None, [ahead], "2026-11-17")
        assert (fault.fault if fault else None) == expected
    for now, wrong in ((midnight + gap, False), (midnight + gap + INSTANT, True)):
        fault = fault_of(now, None, [], "2026-11-17")
        assert bool(fault) is wrong and (fault is None or (fault.fault, fault.other) == ("far ahead", midnight))
    other = fault_of(NOW, None, [NOW + 2 * AHEAD, NOW + 5 * gap], "2026-11-17")
    assert other is not None and (other.fault, other.other) == ("behind", NOW + 2 * AHEAD)
    assert fault_of(midnight + gap + 9 * AHEAD, None, [midnight + 10 * AHEAD], "2026-11-17") is None
    later = fault_of(midnight + gap + 9 * AHEAD, None, [midnight + AHEAD, midnight + 2 * AHEAD], "2026-11-17")
    assert later is not None and later.other == midnight + 2 * AHEAD, "the newest time that is known"


def entry(name: str, at: datetime, device: str = "a", seq: int = 1, parents: tuple[str, ...] = ()) -> Entry:
    return Entry(name, "R2", device, seq, clock.stamp(at), "context", "caseload", "value", "", parents)


FUTURE, PAST = NOW.replace(year=2035), NOW.replace(year=1970)


@pytest.mark.parametrize(
    "written",
    [
        [entry("1", NOW), entry("2", FUTURE, "b", parents=("1",)), entry("3", NOW + HOUR, parents=("2",), seq=2)],
        [entry("1", NOW), entry("2", PAST, "b", parents=("1",)), entry("3", NOW + HOUR, parents=("2",), seq=2)],
        [  # what was written knowing of the wrong one keeps its own place
            entry("1", NOW), entry("2", FUTURE, "b", parents=("1",)), entry("3", NOW + HOUR, "c", parents=("2",)),
            entry("4", NOW + 2 * HOUR, "d"),
        ],
        [entry("1", NOW, "c"), entry("2", PAST, "b", 1, ("1",)), entry("3", NOW + HOUR, "d")],
        [entry("1", FUTURE, "b", 1), entry("2", NOW, "b", 2)],  # the clock was set right
        [entry("1", NOW), entry("2", FUTURE, "b")],
        [entry("1", NOW, "d"), entry("2", FUTURE, "b"), entry("3", PAST, "a", parents=("2",))],  # two wrong clocks
        [entry("1", NOW + HOUR, "d"), entry("2", NOW + 2 * HOUR), entry("3", NOW, "b", parents=("2",))],  # a bit behind
        [entry("1", NOW, "z", parents=("absent",)), entry("2", NOW + HOUR, "b")],
    ],
)  # fmt: skip
def test_entries_are_shown_in_the_order_in_which_they_were_written(written: list[Entry]) -> None:
    for given_ in (written, written[::-1]):
        found = in_order_of_writing(given_, clock.latest_right(NOW + 3 * HOUR))
        assert [one.id for one in found] == [one.id for one in written]


@given(
    st.lists(st.tuples(st.sampled_from("abc"), moments, st.sets(st.integers(0, 9), max_size=3)), max_size=10),
    st.randoms(use_true_random=False),
)
def test_no_entry_is_left_out_or_comes_before_what_it_knew_of(
    drawn: list[tuple[str, datetime, set[int]]], random: object
) -> None:
    counts: dict[str, int] = {}
    written = []
    for number, (device, at, parents) in enumerate(drawn):
        counts[device] = counts.get(device, 0) + 1
        known = tuple(str(one) for one in sorted(parents) if one < number)
        written.append(entry(str(number), at, device, counts[device], known))
    shuffled = list(written)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    found = in_order_of_writing(shuffled, clock.latest_right(NOW))
    assert found == in_order_of_writing(written, clock.latest_right(NOW))
    place = {one.id: number for number, one in enumerate(found)}
    assert len(place) == len(written)
    for one in written:
        assert all(place[parent] < place[one.id] for parent in one.parents)
    for earlier, later in pairwise(written):
        assert earlier.device != later.device or place[earlier.id] < place[later.id]


def test_entries_that_each_name_the_other_as_earlier_are_both_shown() -> None:
    forged = [entry("1", NOW, "b", 1, ("2",)), entry("2", NOW, "b", 2), entry("3", NOW, "c")]
    assert [one.id for one in in_order_of_writing(forged, clock.latest_right(NOW))] == ["3", "1", "2"]


def test_the_last_time_that_can_be_right_is_right() -> None:
    last = NOW + 2 * HOUR
    written = [entry("1", NOW + HOUR, "d"), entry("2", last), entry("3", NOW, "b", parents=("2",))]
    assert in_order_of_writing(written, clock.stamp(last)) == written


@pytest.mark.parametrize(("seconds", "expected"), [(1e15, datetime.max), (-1e15, datetime.min)])
def test_a_clock_beyond_the_calendar_says_its_first_or_last_moment(
    monkeypatch: pytest.MonkeyPatch, seconds: float, expected: datetime
) -> None:
    class Calendar(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Calendar:
            raise OverflowError("year is out of range")

    monkeypatch.setattr(clock, "datetime", Calendar)
    monkeypatch.setattr(time, "time", lambda: seconds)
    assert clock.utc_now() == expected.replace(tzinfo=UTC)


def test_a_clock_beyond_what_python_can_read_says_the_last_moment_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable() -> float:
        raise OverflowError("timestamp too large")

    monkeypatch.setattr(time, "time", unreadable)
    monkeypatch.setattr(time, "time_ns", unreadable)
    let_any_clock_be_read()
    assert datetime.fromtimestamp(time.time(), UTC).year == 2262 and time.time_ns() == time.time() * 10**9
    assert not clock.is_possible(datetime.fromtimestamp(time.time(), UTC))
