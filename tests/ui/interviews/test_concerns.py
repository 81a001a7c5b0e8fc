"""Interviews: what cannot wait is written down, with who was told and when."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import cast

import pytest
from PySide6.QtCore import Qt

from reviewapp.visit.statements import Concern
from tests.ui.interviews.support import has_keyboard, opened
from tests.ui.support import Homes, Opener, focus
from ui.pages.interviews.concern import with_zone
from ui.pages.interviews.page import InterviewsPage
from ui.pages.shared import clock


@pytest.fixture
def five_past_two() -> Iterator[None]:
    clock.CLOCK.append(lambda: datetime(2026, 11, 17, 14, 5, tzinfo=UTC))
    yield
    clock.CLOCK.pop()


@pytest.mark.usefixtures("five_past_two")
def test_what_cannot_wait_is_written_told_and_timed(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    app.qtbot.mouseClick(page.side.urgent, Qt.MouseButton.LeftButton)
    card = next(iter(page.concerns.cards.values()))
    assert has_keyboard(card.text)
    assert not card.told.isEnabled()
    app.keys(card.text, "Has no tablets left for tonight")
    assert card.told.isEnabled()
    app.qtbot.mouseClick(card.just_now, Qt.MouseButton.LeftButton)
    app.keys(card.told, "Team manager, face to face")
    focus(page.concerns.back)
    rec = app.visit.state.concerns["IC1/R2"]
    assert rec.text == "Has no tablets left for tonight"
    assert rec.told == "Team manager, face to face"
    assert rec.at == "2026-11-17T14:05+00:00"
    assert card.pill.text() == "Told"


def test_nothing_moves_under_the_mouse_when_the_first_words_are_recorded(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    app.qtbot.mouseClick(page.side.urgent, Qt.MouseButton.LeftButton)
    card = next(iter(page.concerns.cards.values()))
    app.keys(card.text, "Has no tablets left for tonight")
    before = card.just_now.mapTo(app.window, card.just_now.rect().center())
    focus(page.concerns.back)  # what is left is recorded, as when a button is pressed
    app.qtbot.waitUntil(card.remove.isVisible)
    app.window.grab()  # lays it out
    assert card.just_now.mapTo(app.window, card.just_now.rect().center()) == before


def test_what_nobody_was_told_stands_on_the_button_and_on_the_overview(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    page.side.urgent.click()
    app.keys(page.concerns.cards["IC1"].text, "Said they are afraid to go home")
    focus(page.concerns.back)
    assert page.side.urgent.text() == "Immediate concern: 1 not told"
    overview = app.go("overview")
    assert overview.urgent.isVisible()  # type: ignore[attr-defined]
    overview.see_urgent.click()  # type: ignore[attr-defined]
    assert app.page is page
    assert page.concerns.isVisible()


@pytest.fixture
def in_new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A laptop whose clock is five hours behind."""
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "EST5")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a running program cannot be changed here")
def test_escape_goes_back_from_what_cannot_wait_and_keeps_what_was_typed(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    app.qtbot.mouseClick(page.side.urgent, Qt.MouseButton.LeftButton)
    app.keys(next(iter(page.concerns.cards.values())).text, "Has no tablets", Qt.Key.Key_Escape)
    assert not page.concerns.isVisible()
    app.go("overview")
    assert app.visit.state.concerns["IC1/R2"].text == "Has no tablets"


@pytest.mark.usefixtures("in_new_york")
def test_the_time_of_a_concern_is_by_the_clock_of_this_laptop_and_names_its_zone(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    app.visit.record(Concern(id="IC1", text="Afraid to go home", told="The manager", at="2026-11-17T14:06:00Z"))
    page = cast(InterviewsPage, app.go("interviews", {"concern": "IC1/R2"}))
    card = page.concerns.cards["IC1"]
    assert card.at.text() == "09:06"
    assert "EST" in card.when.text()
    focus(card.at)
    card.at.selectAll()
    app.qtbot.keyClicks(card.at, "9.10am")
    focus(page.concerns.back)
    said = app.visit.state.concerns["IC1/R2"].at
    assert datetime.fromisoformat(said) == datetime(2026, 11, 17, 14, 10, tzinfo=UTC)
    assert with_zone(said) == "09:10 (EST)"
