"""Paints a chart drawing as a PNG for Word, with Pillow only, so that no further program is needed."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reviewapp.report.fonts import font_file

SCALE = 4.0
"""Pixels for each point of the drawing: 288 per inch, sharp in print."""


class Pictures:
    """The pictures of one document: those that look alike, as most strips of sources do, are painted once."""

    def __init__(self) -> None:
        self._painted: dict[str, bytes] = {}

    def png(self, drawing: Any) -> bytes:
        """The drawing as `png` paints it."""
        looks = repr((drawing.width, drawing.height, [(type(each).__name__, vars(each)) for each in drawing.contents]))
        if looks not in self._painted:
            self._painted[looks] = png(drawing)
        return self._painted[looks]


def png(drawing: Any) -> bytes:
    """The drawing (rectangles, lines, polygons, strings only) as a PNG on white, `SCALE` pixels per point."""
    from PIL import Image, ImageDraw

    size = (round(drawing.width * SCALE), round(drawing.height * SCALE))
    image = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(image)
    for shape in drawing.contents:
        _PAINTERS[type(shape).__name__](pen, shape, drawing.height)
    stream = BytesIO()
    image.convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(stream, "PNG")
    return stream.getvalue()


def _point(x: float, y: float, height: float) -> tuple[float, float]:
    return x * SCALE, (height - y) * SCALE


def _colour(colour: Any) -> str:
    return "#" + str(colour.hexval())[2:]


def _rectangle(pen: Any, shape: Any, height: float) -> None:
    left, top = _point(shape.x, shape.y + shape.height, height)
    right, bottom = _point(shape.x + shape.width, shape.y, height)
    width = max(1, round(shape.strokeWidth * SCALE))
    pen.rectangle((left, top, right, bottom), _colour(shape.fillColor), _colour(shape.strokeColor), width)


def _line(pen: Any, shape: Any, height: float) -> None:
    ends = (*_point(shape.x1, shape.y1, height), *_point(shape.x2, shape.y2, height))
    pen.line(ends, _colour(shape.strokeColor), max(1, round(shape.strokeWidth * SCALE)))


def _polygon(pen: Any, shape: Any, height: float) -> None:
    pairs = zip(shape.points[::2], shape.points[1::2], strict=True)
    points = [_point(x, y, height) for x, y in pairs]
    pen.polygon(points, _colour(shape.fillColor), _colour(shape.strokeColor), max(1, round(shape.strokeWidth * SCALE)))


def _string(pen: Any, shape: Any, height: float) -> None:
    from PIL import ImageFont

    font = ImageFont.truetype(str(font_file(shape.fontName)), round(shape.fontSize * SCALE))
    anchor = {"start": "ls", "middle": "ms", "end": "rs"}[shape.textAnchor]
    pen.text(_point(shape.x, shape.y, height), shape.text, _colour(shape.fillColor), font, anchor)


_PAINTERS = {"Rect": _rectangle, "Line": _line, "Polygon": _polygon, "String": _string}
