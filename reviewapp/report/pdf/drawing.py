"""Paints a chart drawing on the page; reportlab's own painter would refer to a font that is not embedded."""

from __future__ import annotations

from typing import Any


def paint(canvas: Any, drawing: Any) -> None:
    """Paint the drawing (rectangles, lines, polygons, strings only) with its lower left corner at the origin."""
    canvas.saveState()
    for shape in drawing.contents:
        _PAINTERS[type(shape).__name__](canvas, shape)
    canvas.restoreState()


def _rectangle(canvas: Any, shape: Any) -> None:
    _outline(canvas, shape)
    canvas.setFillColor(shape.fillColor)
    canvas.rect(shape.x, shape.y, shape.width, shape.height, stroke=1, fill=1)


def _line(canvas: Any, shape: Any) -> None:
    _outline(canvas, shape)
    canvas.line(shape.x1, shape.y1, shape.x2, shape.y2)


def _polygon(canvas: Any, shape: Any) -> None:
    _outline(canvas, shape)
    canvas.setFillColor(shape.fillColor)
    path = canvas.beginPath()
    first, *others = zip(shape.points[::2], shape.points[1::2], strict=True)
    path.moveTo(*first)
    for point in others:
        path.lineTo(*point)
    path.close()
    canvas.drawPath(path, stroke=1, fill=1)


def _string(canvas: Any, shape: Any) -> None:
    canvas.setFillColor(shape.fillColor)
    canvas.setFont(shape.fontName, shape.fontSize)
    draw = {"start": canvas.drawString, "middle": canvas.drawCentredString, "end": canvas.drawRightString}
    draw[shape.textAnchor](shape.x, shape.y, shape.text)


def _outline(canvas: Any, shape: Any) -> None:
    canvas.setStrokeColor(shape.strokeColor)
    canvas.setLineWidth(shape.strokeWidth)


_PAINTERS = {"Rect": _rectangle, "Line": _line, "Polygon": _polygon, "String": _string}
