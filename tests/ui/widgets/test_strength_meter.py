"""How strong a new passphrase is, while it is chosen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.theme import theme
from ui.widgets import strength_meter
from ui.widgets.passphrase_field import NewPassphrase

STRONG, WEAK = "lamp otter quay vine", "password1234"


@pytest.fixture
def new(qtbot: QtBot) -> Iterator[NewPassphrase]:
    window = QWidget()
    qtbot.addWidget(window)
    made = NewPassphrase()
    made.setParent(window)
    made.resize(400, 300)
    window.show()
    yield made


def test_the_meter_says_how_strong_it_is_and_why_no_stronger(new: NewPassphrase, qtbot: QtBot) -> None:
    assert not new.meter.isVisible()
    qtbot.keyClicks(new.first, WEAK)
    qtbot.waitUntil(lambda: new.meter.isVisible())
    assert new.meter.words.text() == "Too weak: it is one of the first passphrases that people try."
    new.first.clear()
    assert not new.meter.isVisible() and new.meter.words.text() == ""
    qtbot.keyClicks(new.first, STRONG)
    qtbot.waitUntil(lambda: new.meter.isVisible())
    assert new.meter.words.text() == "Very strong"


def test_it_judges_once_typing_pauses_and_not_with_each_key(new: NewPassphrase, qtbot: QtBot) -> None:
    new.meter.pause.setInterval(3_600_000)
    qtbot.keyClicks(new.first, STRONG)
    assert not new.meter.isVisible() and new.meter.pause.isActive()
    new.meter.pause.timeout.emit()
    assert new.meter.isVisible() and not new.meter.pause.isActive()


def test_the_bar_is_longer_the_stronger_it_is_and_is_seen_in_light_and_dark(new: NewPassphrase) -> None:
    for choice in ("light", "dark"):
        theme().choose(choice)
        filled = []
        for text in ("aaaaaaaaaaaa", "the the the the", "Tr0ub4dour&3xx", STRONG):
            new.first.setText(text)
            level = new.meter.judge().level
            picture = new.meter.bar.grab().toImage()
            middle = picture.height() // 2
            tone = theme().colour(strength_meter._TONES[level])
            filled.append(sum(picture.pixelColor(x, middle) == tone for x in range(picture.width())))
        assert 0 < filled[0] < filled[1] < filled[2] < filled[3]
    theme().choose("light")
    new.meter.pause.stop()


def test_a_weak_one_is_refused_where_it_is_typed_and_a_strong_one_taken(new: NewPassphrase, qtbot: QtBot) -> None:
    for field in (new.first, new.second):
        qtbot.keyClicks(field, WEAK)
    qtbot.keyClick(new.second, Qt.Key.Key_Return)
    assert new.chosen() == ""
    assert "people try" in new.first_field.error.label.text() and "at least 12" in new.first_field.error.label.text()
    assert not new.second_field.error.isVisible()
    new.clear()
    for field in (new.first, new.second):
        qtbot.keyClicks(field, STRONG)
    assert new.chosen() == STRONG
    new.meter.pause.stop()
