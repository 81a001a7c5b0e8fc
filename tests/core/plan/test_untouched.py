"""A sheet of ours that nobody touched says nothing when it comes back, whatever the visit accepts is in it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reviewapp.base.errors import Invalid
from reviewapp.plan import read_plan
from reviewapp.plan.parse_cells import day_of
from reviewapp.spreadsheets.writer import CELL_MOST
from reviewapp.visit import rules
from reviewapp.visit.state import ActionRecord, VisitState
from reviewapp.visit.statements import Action
from reviewapp.visit.validators import LONGEST_TEXT
from tests.core.plan.plan_building import Sheet, action, visit
from tests.core.plan.test_import_sheet import EMPTY, office

ODD = (
    "x" * CELL_MOST,
    "x" * (CELL_MOST + 1),
    "\U0001f642" * (CELL_MOST // 2 + 1),
    ("y" * 16_500 + "\n") * 2,
    "y" * LONGEST_TEXT,
    "_x0041_ _x005F_ x005F_ _x000D_\n_x005F_x005F_x0041_",
    "a\tb\n\n c\u00a0d\u2028e\u0085f\x7f\x9f\ufeff\u200b",
    "\x00\x0b\ufffe",
    "\r\r\n",
    "=E2",
    "#REF!",
    "'+1",
    "007",
    "1e5",
    "TRUE",
    "2026-01-01",
    "25%",
)
"""Texts that a program on the way could take for something else, and those at the limits."""
DUE = ("1000-01-01", "1899-12-31", "1900-01-01", "1900-02-28", "2099-12-31", "2126-09-30", "9999-12-31", "")

words = st.one_of(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.sampled_from(ODD))
days = st.one_of(
    st.dates().map(str).filter(lambda day: not day.startswith("0")),
    st.sampled_from(DUE),
)
actions = st.builds(
    Action,
    id=st.just("AP1"),
    standard=st.sampled_from(("4", "36a", "47", "")),
    action=words,
    owner=words,
    due=days,
    priority=st.none() | st.integers(1, 5),
    measure=words,
    status=st.sampled_from(("open", "in_progress", "done", "dropped")),
    progress=words,
    impact=st.sampled_from(("high", "medium", "low")),
    effort=st.sampled_from(("high", "medium", "low")),
)


def record_of(line: Action) -> ActionRecord:
    """The record, after the rules accepted the line as they accept a form's."""
    rules.check(line, visit(), "L1")
    return msgspec.convert({"key": line.id, "id": line.id, **line.values()}, ActionRecord)


@given(line=actions)
@example(Action(id="AP1", standard="4", action="x", due="2126-09-30", priority=5, status="dropped"))
def test_whatever_the_plan_accepts_comes_back_untouched(tmp_path_factory: Any, line: Action) -> None:
    state = visit(record_of(line))
    found = read_plan(Sheet(state).save(tmp_path_factory.mktemp("plan") / "plan.xlsx"), state)
    assert found.as_lists() == EMPTY
    assert found.lines == ()


@given(day=days.filter(bool))
def test_whatever_day_a_line_may_name_can_be_typed_into_the_sheet(day: str) -> None:
    year, month, date = day.split("-")
    assert day_of(day) == day_of(f"{int(date)}/{month}/{year}") == day


@pytest.mark.parametrize("day", ["0026-09-30", "0999-12-31"])
def test_a_year_below_1000_is_a_slip_for_lines_and_sheets_alike(day: str) -> None:
    assert day_of(day) is None
    with pytest.raises(Invalid, match="not a year"):
        rules.check(Action(id="AP1", standard="4", due=day), visit(), "L1")


def test_a_day_that_an_older_version_accepted_is_not_judged_either(tmp_path: Path) -> None:
    state = visit(action("AP1", "4", action="a", due="0026-09-30"))
    assert read_plan(Sheet(state).save(tmp_path / "plan.xlsx"), state).as_lists() == EMPTY


@pytest.mark.parametrize(
    "text",
    [
        "30\u00a0September\u00a02027",
        "30\u202fSeptember 2027",
        "\u200b30/09/2027\ufeff",
        "30  Sept 2027".replace("Sept", "Sep"),
    ],
)
def test_a_day_is_understood_whatever_blanks_came_with_it(tmp_path: Path, text: str) -> None:
    state = visit(action("AP1", "4", action="a"))
    found = read_plan(Sheet(state).put("AP1", due=text).save(tmp_path / "plan.xlsx"), state)
    assert found.lines == (Action(id="AP1", due="2027-09-30"),)


def long_plan() -> VisitState:
    """An action whose progress is longer than a cell."""
    return visit(action("AP1", "4", action="a", progress="first words " * 5_000))


def test_a_text_too_long_for_a_cell_says_that_it_goes_on() -> None:
    shown = Sheet(long_plan()).cell("AP1", "progress").value
    assert len(shown) <= CELL_MOST
    assert "more characters: only the review program has the rest" in shown


@pytest.mark.parametrize("how", ["added to", "the notice taken away", "written anew"])
def test_the_beginning_of_a_long_text_never_replaces_it(tmp_path: Path, how: str) -> None:
    state = long_plan()
    sheet = Sheet(state)
    shown = sheet.cell("AP1", "progress").value
    text = {"added to": f"{shown} And more.", "the notice taken away": shown[:30_000], "written anew": "Done"}[how]
    with pytest.raises(Invalid, match="only the beginning of a longer text"):
        read_plan(sheet.put("AP1", progress=text).save(tmp_path / "plan.xlsx"), state)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_what_only_went_through_libreoffice_is_untouched(tmp_path: Path) -> None:
    records = [
        action(
            f"AP{n}", "4", action=text, owner=text, measure=text, progress=text, due=DUE[n % len(DUE)],
            priority=n % 5 + 1, status=("open", "in_progress", "done", "dropped")[n % 4],
        )
        for n, text in enumerate(ODD)
    ]  # fmt: skip
    state = visit(*records)
    path = office(tmp_path, Sheet(state).save(tmp_path / "plan.xlsx"))
    assert read_plan(path, state).as_lists() == EMPTY
