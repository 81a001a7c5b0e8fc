"""The criteria are looked at from all sides as every page is, in both themes, at 100 % and 200 % text."""

from __future__ import annotations

from functools import partial

import pytest

from tests.ui.access.walk import LOOKS, Walked, look, show_view
from tests.ui.standards.conftest import ScoredHomes
from tests.ui.support import Opener
from ui.shell.window import MainWindow
from ui.theme import theme

PLACES = {
    "nested": {"standard": "1"},
    "number": {"standard": "7"},
    "share": {"standard": "8"},
    "list": {"standard": "6"},
}


def _show(place: dict[str, str], window: MainWindow) -> None:
    window.show_page("standards", place)


@pytest.fixture
def walked(program: Opener, scored: ScoredHomes) -> Walked:
    """What is found of the criteria of four items, each shown once for each look."""
    window, result = program(scored.opened).window, Walked()
    for colours, percent, size in LOOKS:
        theme().percent = percent
        theme().choose(colours)
        for name, place in PLACES.items():
            show_view(window, size, partial(_show, place))
            look(window, name, f"{name}, {colours}, {percent} %, {size[0]} x {size[1]}", size, result)
    theme().percent = 100
    theme().choose("light")
    return result


def test_criteria_keep_every_promise_of_a_page(walked: Walked) -> None:
    assert {promise: found for promise, found in walked.wrong.items() if found} == {}
