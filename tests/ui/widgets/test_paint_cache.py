"""What lists draw again and again is drawn once, and looks as if it had been drawn each time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from tests.ui.support import Homes, Opener
from ui.theme import theme
from ui.widgets import paint_cache
from ui.widgets.paint_cache import PaintCache

GROUND = QColor("#ddeeff")


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    theme().choice, theme().percent = "light", 100
    theme().apply()
    yield
    theme().choice = "light"
    theme().apply()


class Drawing:
    """Words on a ground, and how often they were drawn."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, painter: QPainter, rect: QRectF, words: str) -> None:
        self.times += 1
        painter.setFont(theme().font("body"))
        painter.setPen(theme().colour("text"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, words)


def screen(ratio: float) -> QImage:
    image = QImage(QSize(300, 90) * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("#ffffff"))
    return image


@pytest.mark.parametrize("ratio", [1, 2])
def test_a_cached_row_has_the_pixels_of_a_row_painted_anew(ratio: int) -> None:
    drawing, rect, shown, drawn = Drawing(), QRect(7, 11, 201, 31), screen(ratio), screen(ratio)
    painter = QPainter(shown)
    PaintCache().show(painter, rect, "key", GROUND, drawing, "Standard 47")
    painter.end()
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(rect, GROUND)
    drawing(painter, QRectF(rect), "Standard 47")
    painter.end()
    assert shown == drawn


def test_neighbours_meet_where_a_pixel_is_less_than_a_pixel() -> None:
    rows, shown = PaintCache(), screen(1.5)
    painter = QPainter(shown)
    for number in range(5):
        rows.show(painter, QRect(0, 1 + 17 * number, 299, 17), number, GROUND, Drawing(), "")
    painter.end()
    white = QColor("#ffffff")
    inside = {shown.pixelColor(20, y).name() for y in range(2, 128)}
    assert inside == {GROUND.name()}
    assert shown.pixelColor(20, 0) == shown.pixelColor(20, 130) == white


def test_what_is_the_same_is_drawn_once() -> None:
    drawing, rows, painter = Drawing(), PaintCache(), QPainter(image := screen(1))
    for key, times in (("one", 1), ("one", 1), ("other", 2), ("one", 2)):
        rows.show(painter, QRect(0, 0, 50, 20), key, GROUND, drawing, key)
        assert drawing.times == times
    rows.show(painter, QRect(0, 0, 51, 20), "one", GROUND, drawing, "one")
    assert drawing.times == 3, "another size is another picture"
    PaintCache().show(painter, QRect(0, 0, 50, 20), "one", GROUND, drawing, "one")
    assert drawing.times == 4, "another list has pictures of its own"
    painter.end()
    del image


def test_another_look_is_drawn_anew() -> None:
    drawing, rows, image = Drawing(), PaintCache(), screen(1)
    for turn, change in enumerate((None, "dark", "light"), start=1):
        if change:
            theme().choose(change)
        painter = QPainter(image)
        for _ in range(2):
            rows.show(painter, QRect(0, 0, 50, 20), "one", theme().colour("surface"), drawing, "one")
        painter.end()
        assert drawing.times == turn
        assert image.pixelColor(40, 2) == theme().colour("surface")


def test_what_is_turned_is_drawn_each_time() -> None:
    drawing, rows, painter = Drawing(), PaintCache(), QPainter(image := screen(1))
    painter.rotate(3)
    for _ in range(2):
        rows.show(painter, QRect(0, 0, 50, 20), "one", GROUND, drawing, "one")
    painter.end()
    assert drawing.times == 2
    del image


def test_what_was_not_shown_for_long_leaves_the_cache() -> None:
    drawing, rows, painter = Drawing(), PaintCache(), QPainter(image := screen(1))
    each = 300 * 60 * 4
    many = paint_cache.MOST_BYTES // each
    for number in range(many + 2):
        rows.show(painter, QRect(0, 0, 300, 60), number, GROUND, drawing, "one")
        rows.show(painter, QRect(0, 0, 300, 60), 0, GROUND, drawing, "one")
    assert drawing.times == many + 2, "what is always in view stays"
    rows.show(painter, QRect(0, 0, 300, 60), 1, GROUND, drawing, "one")
    assert drawing.times == many + 3
    painter.end()
    del image


def test_nothing_painted_of_a_visit_is_cached_once_the_program_locks(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.go("standards")
    app.window.grab()
    assert paint_cache._IMAGES
    app.window.lock()
    assert not paint_cache._IMAGES and paint_cache._BYTES == [0]
