"""Criteria and the second set are looked at from all sides as every page is, in both themes, at 100 % and 200 %."""

from __future__ import annotations

from pathlib import Path

from reviewapp.workspace.meeting import open_meeting
from tests.ui.access.walk import walked_places
from tests.ui.scored_visit import ScoredHomes, make_listed
from tests.ui.support import Opener

PAGE = "standards"


def test_criteria_keep_every_promise_of_a_page(program: Opener, scored: ScoredHomes) -> None:
    places = {f"item {number}": (PAGE, {"standard": number}) for number in ("1", "6", "7")}
    assert walked_places(program(scored.opened).window, places) == {}


def test_the_second_set_keeps_every_promise_of_a_page(program: Opener, two_sets: Path) -> None:
    places = {
        "second": (PAGE, {"standard": "13", "instrument": "core-fidelity-2"}),
        "overview": ("overview", {"card": "second_untested"}),
    }
    app = program(two_sets)
    open_meeting(app.visit)
    assert walked_places(app.window, places) == {}


def test_a_list_to_tick_keeps_every_promise_of_a_page(program: Opener, tmp_path: Path) -> None:
    window = program(make_listed(tmp_path / "L1")).window
    assert walked_places(window, {"ticks": (PAGE, {"standard": "1"})}) == {}
