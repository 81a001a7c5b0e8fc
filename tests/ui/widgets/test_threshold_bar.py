"""A threshold as a bar, alone or with its words."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from reviewapp.figures.forecast import ThresholdNow
from ui.theme import theme
from ui.widgets.threshold_bar import LabelledThresholdBar, ThresholdBar


def now(percent: float | None, *, required: int = 80, holds: bool = False) -> ThresholdNow:
    return ThresholdNow(type="2", required=required, percent=percent, holds=holds)


def colours(bar: ThresholdBar) -> dict[str, int]:
    """How many pixels have which of the theme's colours."""
    picture, found = bar.grab().toImage(), dict.fromkeys(("met", "not_met", "accent", "line", "text"), 0)
    names = {theme().colour(role).rgb(): role for role in found}
    for x in range(picture.width()):
        for y in range(picture.height()):
            role = names.get(picture.pixel(x, y))
            if role:
                found[role] += 1
    return found


def test_the_bar_is_as_long_as_what_is_met_and_says_by_colour_whether_it_is_reached(qtbot: QtBot) -> None:
    bar = ThresholdBar()
    qtbot.addWidget(bar)
    bar.resize(204, bar.sizeHint().height())
    bar.show_threshold(now(90.0, holds=True))
    nine_tenths = colours(bar)["met"]
    bar.show_threshold(now(45.0, holds=True))
    assert 0.45 < colours(bar)["met"] / nine_tenths < 0.6
    bar.show_threshold(now(45.0))
    assert colours(bar)["met"] == 0 < colours(bar)["accent"]


def test_what_is_not_rated_has_an_empty_bar_with_its_mark(qtbot: QtBot) -> None:
    bar = ThresholdBar()
    qtbot.addWidget(bar)
    bar.resize(204, bar.sizeHint().height())
    bar.show_threshold(now(None, required=100))
    found = colours(bar)
    assert found["met"] == found["accent"] == found["not_met"] == 0
    assert found["line"] > 0 < found["text"]


def test_the_words_are_spoken_with_what_it_would_take(qtbot: QtBot) -> None:
    bar = LabelledThresholdBar()
    qtbot.addWidget(bar)
    bar.show_threshold(now(45.0), "3 more")
    assert bar.accessibleName() == bar.toolTip() == "Type 2: 45%, 80% needed, not met. 3 more"
    bar.show_threshold(now(None))
    assert bar.accessibleName() == "Type 2: not rated yet, 80% needed"
    bar.resize(bar.sizeHint())
    bar.show_threshold(now(45.0))
    assert colours(bar)["not_met"] > 0
