"""Criteria and the second set are looked at from all sides as every page is, in both themes, at 100 % and 200 %."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from tests.ui.access.walk import LOOKS, Walked, look, show_view
from tests.ui.standards.conftest import ScoredHomes
from tests.ui.support import Opener
from ui.shell.window import MainWindow
from ui.theme import theme

Place = dict[str, str]
CRITERIA: dict[str, Place] = {"nested": {"standard": "1"}, "number": {"standard": "7"}, "list": {"standard": "6"}}
SECOND: dict[str, Place] = {"second": {"standard": "13", "instrument": "core-fidelity-2"}}


def _show(place: Place, window: MainWindow) -> None:
    window.show_page("standards", place)


def walked(window: MainWindow, places: dict[str, Place]) -> dict[str, list[str]]:
    """What is wrong with these places, each shown once for each look."""
    result = Walked()
    for colours, percent, size in LOOKS:
        theme().percent = percent
        theme().choose(colours)
        for name, place in places.items():
            show_view(window, size, partial(_show, place))
            look(window, name, f"{name}, {colours}, {percent} %, {size[0]} x {size[1]}", size, result)
    theme().percent = 100
    theme().choose("light")
    return {promise: found for promise, found in result.wrong.items() if found}


def test_criteria_keep_every_promise_of_a_page(program: Opener, scored: ScoredHomes) -> None:
    assert walked(program(scored.opened).window, CRITERIA) == {}


def test_the_second_set_keeps_every_promise_of_a_page(program: Opener, two_sets: Path) -> None:
    assert walked(program(two_sets).window, SECOND) == {}
