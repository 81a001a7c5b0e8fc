"""The checks find pale words and edges, and states that only a colour tells."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from tests.ui.access import checks
from tests.ui.access.measure import changed_pixels, contrast_in, drawing, picture_of, ratio, scaled
from tests.ui.access.support import Shown, tinted
from ui.theme import theme
from ui.theme.icons import set_icon
from ui.widgets import Banner, Check, IconButton, Pill, Text, Toggle
from ui.widgets.boxes import NumberBox


def test_black_on_white_measures_21_and_the_pairs_of_the_theme_what_they_are(shown: Shown) -> None:
    assert ratio(0x000000, 0xFFFFFF) == pytest.approx(21)
    label = tinted(QLabel("measured"), "#767676")
    label.setAutoFillBackground(True)
    window = shown(label)
    window.setStyleSheet("QWidget#page { background: #ffffff; }")
    QApplication.processEvents()
    (words,) = drawing(label).words
    box = words.box.translated(label.pos())
    assert contrast_in(picture_of(window), scaled(box)) == pytest.approx(4.54, abs=0.05)


def test_pale_words_are_found(shown: Shown) -> None:
    window = shown(tinted(Text("Too pale"), "#9aa5ab"), Text("Dark enough", "muted"))
    found = checks.faint_words(window, picture_of(window))
    assert [line[:10] for line in found] == ["'Too pale'"]


def test_a_pale_hint_in_an_empty_input_is_found(shown: Shown) -> None:
    pale, right = QLineEdit(), QLineEdit()
    for edit in (pale, right):
        edit.setPlaceholderText("Type here")
    pale.setStyleSheet("QLineEdit { placeholder-text-color: #aab4b9; }")
    window = shown(pale, right)
    assert len(checks.faint_words(window, picture_of(window))) == 1


def test_an_input_whose_edge_cannot_be_seen_is_found(shown: Shown) -> None:
    faint, right = QLineEdit(), QLineEdit()
    faint.setAccessibleName("Faint")
    faint.setStyleSheet("border: 1px solid #d9e0e3;")
    window = shown(faint, right, NumberBox("Number", 0, 9), Check("Tick"))
    found = checks.faint_controls(window, picture_of(window))
    assert [line.split(":")[0] for line in found] == ["QLineEdit Faint"]


def test_a_button_whose_only_picture_is_pale_is_found(shown: Shown) -> None:
    pale = IconButton("cross", "Close")
    set_icon(pale, "cross", "line")
    window = shown(pale, IconButton("cross", "Shut"))
    found = checks.faint_controls(window, picture_of(window))
    assert [line.split(":")[0] for line in found] == ["IconButton Close"]


def test_a_state_told_by_colour_alone_is_found(shown: Shown) -> None:
    alone = tinted(Text("47 and 84"), theme().palette.not_met)
    banner = Banner("Told with a sign", "warn", "alert")
    window = shown(alone, Pill("Not met", "not_met"), banner, Text("Plain"))
    assert checks.colour_alone(window) == ["'47 and 84' only in the colour of not_met"]


def _grey(widget: QWidget) -> list[bool]:
    """Each pixel of a widget, whether it is nearer to ink than to ground: what is left of it without colours."""
    image = widget.grab().toImage()
    ground = image.pixel(image.width() // 2, 2)
    return [ratio(ground, image.pixel(x, y)) > 2 for y in range(image.height()) for x in range(image.width())]


def test_on_and_off_differ_without_their_colours(shown: Shown) -> None:
    off, on = Toggle("Only mine"), Toggle("Only mine", on=True)
    no, yes = Check("I understand"), Check("I understand", on=True)
    shown(off, on, no, yes)
    for one, other in ((off, on), (no, yes)):
        other.resize(one.size())
        assert _grey(one) != _grey(other)


def test_states_with_the_same_words_differ_without_their_colours(shown: Shown) -> None:
    pills = [Pill("Standard 47", tone) for tone in ("met", "not_met", "na", "warn", "info")]
    shown(*pills)
    seen = [tuple(_grey(pill)) for pill in pills]
    assert len(set(seen)) == len(seen)


def test_pixels_that_differ_are_counted() -> None:
    before, after = QImage(10, 10, QImage.Format.Format_RGB32), QImage(10, 10, QImage.Format.Format_RGB32)
    before.fill(QColor(255, 255, 255))
    after.fill(QColor(0, 0, 0))
    assert changed_pixels(before, before) == 0
    assert changed_pixels(before, after) == 100
