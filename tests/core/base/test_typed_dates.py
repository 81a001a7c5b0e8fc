"""Days and times as people type them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.base.typed_dates import MONTHS, typed_day, typed_time
from reviewapp.plan.parse_cells import day_of

TODAY = date(2026, 12, 31)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "29112027", "291127", "29.11.27", "29/11/2027", "29/11/27", "29-11-2027", "29 11 2027", "29 Nov 2027",
        "29 november 2027", "29th November 27", "29-Nov-27", "Nov 29, 2027", "November 29 2027", "2027-11-29",
        "20271129", "Mon 29 Nov 2027", "Monday, 29 November 2027", " 29\u00a0Nov\u200b 2027 ",
    ],
)  # fmt: skip
def test_a_day_is_understood_as_people_write_it(text: str) -> None:
    assert typed_day(text, TODAY) == "2027-11-29"


def test_today_and_the_days_beside_it_have_names() -> None:
    assert [typed_day(name, TODAY) for name in ("Today", "tomorrow", "YESTERDAY")] == [
        "2026-12-31", "2027-01-01", "2026-12-30",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "", "29 Nov", "29/11", "1/2/3", "31/02/2027", "00/01/2027", "29 Nom 2027", "29 Ma 2027", "Tue 29 Nov 2027",
        "29/11/2027 or so", "29/11/2027?", "-29/11/2027x", "29/11/0027", "2/3/4/5", "²/3/2027", "next week", "2027",
    ],
)  # fmt: skip
def test_what_is_unclear_is_never_guessed(text: str) -> None:
    assert typed_day(text, TODAY) is None


@given(DAYS)
def test_no_way_of_writing_a_day_gives_another(day: date) -> None:
    month = MONTHS[day.month - 1]
    ways = (
        f"{day:%d%m%Y}", f"{day:%d%m%y}", f"{day:%Y%m%d}", f"{day:%Y-%m-%d}", f"{day.day}/{day.month}/{day.year}",
        f"{day.day} {month} {day.year}", f"{day.day} {month[:3]} {day:%y}", f"{month} {day.day}, {day.year}",
        f"{day:%A} {day.day} {month} {day.year}",
    )  # fmt: skip
    assert {typed_day(way, TODAY) for way in ways} == {day.isoformat()}
    wrong = (day + timedelta(days=1)).strftime("%A")
    assert typed_day(f"{wrong} {day.day} {month} {day.year}", TODAY) is None


@given(st.text(max_size=12) | DAYS.map(lambda day: f"{day:%d/%m/%Y}"))
def test_a_field_understands_what_a_cell_of_a_sheet_does_and_raises_nothing(text: str) -> None:
    found = typed_day(text, TODAY)
    assert found is None or date.fromisoformat(found)
    strict = day_of(text)
    assert strict is None or found == strict


def test_names_of_another_language_are_known_beside_the_english_ones() -> None:
    french = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
              "novembre", "décembre")  # fmt: skip
    assert typed_day("1 août 2027", TODAY, months=french) == typed_day("1 Aug 2027", TODAY, months=french)
    assert typed_day("1 jui 2027", TODAY, months=french) is None  # June, or July


@pytest.mark.parametrize("text", ["930", "0930", "9.30", "9:30", "9h30", "9 30", "9:30 am", "9.30AM", "09:30 a.m."])
def test_a_time_is_understood_as_people_write_it(text: str) -> None:
    assert typed_time(text) == "09:30"


def test_hours_alone_noon_and_the_afternoon_are_times() -> None:
    assert [typed_time(text) for text in ("9", "9 pm", "12 am", "12pm", "noon", "1430", "2.30pm")] == [
        "09:00", "21:00", "00:00", "12:00", "12:00", "14:30", "14:30",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "24:00", "9:60", "13 pm", "0 am", "93", "9:3", "soon", "12345", "9:30x"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert typed_time(text) is None
