"""What is really drawn: words with their colour and ground from rendered pixels, edges of controls, the focus.

Where the words are is asked of the painting itself (it is sent to an SVG, which keeps words as words); how they look is
read from pixels, at twice the size so that a stroke of a letter has pixels that are all letter.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from operator import ne
from xml.etree import ElementTree

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QRegion, QTransform
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication, QWidget

from ui.theme.tokens import contrast

SCALE = 2
FEWEST = 4
"""Pixels a colour must have to count: fewer are the soft rims of letters."""
_SVG = "{http://www.w3.org/2000/svg}"
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


@dataclass(frozen=True)
class Words:
    """A run of words as drawn: where (in the widget's own pixels), and the colour the painter was given."""

    text: str
    box: QRectF
    fill: str


@dataclass(frozen=True)
class Drawing:
    """What one widget paints by itself: its words, and the small pictures (icons) it paints."""

    words: tuple[Words, ...]
    pictures: tuple[QRectF, ...]


class Drawings:
    """What widgets paint by themselves, each asked once; good as long as nothing on the page changes."""

    def __init__(self) -> None:
        self._made: dict[QWidget, Drawing] = {}

    def of(self, widget: QWidget) -> Drawing:
        """As `drawing`."""
        if widget not in self._made:
            self._made[widget] = drawing(widget)
        return self._made[widget]


def drawing(widget: QWidget) -> Drawing:
    """What a widget paints, without its children."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(96)
    generator.setSize(widget.size())
    generator.setViewBox(widget.rect())
    widget.render(generator, QPoint(), QRegion(), QWidget.RenderFlag(0))
    data = bytes(buffer.data().data())
    return _read(data) if data else Drawing((), ())


def _read(data: bytes) -> Drawing:
    words: list[Words] = []
    pictures: list[QRectF] = []
    for group in ElementTree.fromstring(data).iter(f"{_SVG}g"):
        place = _matrix(group.get("transform", ""))
        for part in group:
            if part.tag == f"{_SVG}text" and (part.text or "").strip():
                words.append(_words(part, place))
            elif part.tag == f"{_SVG}image":
                size = QRectF(*(float(part.get(key, "0")) for key in ("x", "y", "width", "height")))
                pictures.append(place.mapRect(size))
            elif part.tag in (f"{_SVG}path", f"{_SVG}polyline", f"{_SVG}circle", f"{_SVG}line"):
                found = [float(n) for n in _NUMBERS.findall(part.get("d") or part.get("points") or "")]
                if len(found) > 3:
                    xs, ys = found[0::2], found[1::2]
                    pictures.append(place.mapRect(QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))))
    return Drawing(tuple(words), tuple(pictures))


def _matrix(text: str) -> QTransform:
    found = [float(n) for n in _NUMBERS.findall(text)]
    return QTransform(*found) if len(found) == 6 else QTransform()


def _words(part: ElementTree.Element, place: QTransform) -> Words:
    font = QFont(part.get("font-family", ""))
    font.setPixelSize(max(1, round(float(part.get("font-size", "12")))))
    font.setWeight(QFont.Weight(int(part.get("font-weight", "400"))))
    metrics = QFontMetricsF(font)
    text, x, base = part.text or "", float(part.get("x", "0")), float(part.get("y", "0"))
    wide = metrics.horizontalAdvance(text.rstrip())
    box = QRectF(x, base - metrics.capHeight(), wide, metrics.capHeight() + 1)
    return Words(text.strip(), place.mapRect(box), part.get("fill", ""))


def picture_of(widget: QWidget, scale: int = SCALE) -> QImage:
    """The widget and everything on it, drawn `scale` times as large."""
    image = QImage(widget.size() * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(QApplication.palette().window().color())
    widget.render(image)
    return image


def colours(image: QImage, box: QRect) -> Counter[int]:
    """How many pixels of each colour there are in a part of an image, given in its own pixels."""
    part = image.copy(box.intersected(image.rect()))
    return Counter(memoryview(part.constBits()).cast("I")) if not part.isNull() else Counter()


@lru_cache(maxsize=200_000)
def ratio(one: int, other: int) -> float:
    """The contrast of two pixels."""
    return contrast(f"#{one & 0xFFFFFF:06x}", f"#{other & 0xFFFFFF:06x}")


def contrast_in(image: QImage, box: QRect) -> float:
    """The contrast of what is drawn in a box with its ground: the colour most of it has, and the one farthest away."""
    found = colours(image, box)
    if not found:
        return 1.0
    ground = found.most_common(1)[0][0]
    inks = [colour for colour, many in found.items() if many >= FEWEST]
    return max((ratio(ground, ink) for ink in inks), default=1.0)


def scaled(box: QRectF, scale: int = SCALE) -> QRect:
    """A box in pixels of a picture drawn `scale` times as large."""
    return QRectF(box.x() * scale, box.y() * scale, box.width() * scale, box.height() * scale).toAlignedRect()


def edge_contrast(image: QImage, box: QRect, reach: int = 4) -> float:
    """How far the edge of a control stands out: the least over its four sides of what lies just inside and outside."""
    middle, centre = box.center(), []
    for x, y, dx, dy in (
        (box.left(), middle.y(), 1, 0),
        (box.right(), middle.y(), -1, 0),
        (middle.x(), box.top(), 0, 1),
        (middle.x(), box.bottom(), 0, -1),
    ):
        outside = QPoint(x - 2 * dx, y - 2 * dy)
        if not image.rect().contains(outside):
            continue
        ground = image.pixel(outside)
        inside = (QPoint(x + dx * step, y + dy * step) for step in range(reach))
        centre.append(max(ratio(ground, image.pixel(p)) for p in inside if image.rect().contains(p)))
    return min(centre, default=1.0)


def changed_pixels(before: QImage, after: QImage, least: float = 3.0) -> int:
    """How many pixels differ by a contrast of at least `least`."""
    if before.size() != after.size():
        return before.width() * before.height()
    kept = [image.convertToFormat(QImage.Format.Format_RGB32) for image in (before, after)]
    one, other = (memoryview(image.constBits()).cast("I") for image in kept)
    wide, pairs = before.width(), Counter[tuple[int, int]]()
    for start in range(0, len(one), wide):
        row, same_row = one[start : start + wide], other[start : start + wide]
        if row != same_row:
            pairs.update(compress(zip(row, same_row, strict=True), map(ne, row, same_row)))
    return sum(many for pair, many in pairs.items() if ratio(*pair) >= least)
