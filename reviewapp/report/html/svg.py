"""Paints a chart drawing as SVG within the page, its colours the page's own so that they follow light and dark."""

from __future__ import annotations

from typing import Any

from reviewapp.report import fonts
from reviewapp.report.escape import for_html
from reviewapp.report.html.look import colour_value

_ANCHORS = {"start": "start", "middle": "middle", "end": "end"}


def svg(drawing: Any, alt: str, *, number: int) -> str:
    """The drawing (rectangles, lines, polygons, strings only) as an image with a text alternative.

    `number` is its own in the document: the alternative is tied to it by an id.
    """
    width, height = drawing.width, drawing.height
    shapes = "".join(_PAINTERS[type(shape).__name__](shape, height) for shape in drawing.contents)
    return (
        f'<svg role="img" aria-labelledby="alt-{number}" viewBox="0 0 {_n(width)} {_n(height)}" '
        f'style="width:{_n(width / 10.5)}em"><title id="alt-{number}">{for_html(alt)}</title>{shapes}</svg>'
    )


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _paint(shape: Any) -> str:
    fill, stroke = colour_value(_hex(shape.fillColor)), colour_value(_hex(shape.strokeColor))
    return f'style="fill:{fill};stroke:{stroke};stroke-width:{_n(shape.strokeWidth)}"'


def _hex(colour: Any) -> str:
    return f"#{str(colour.hexval())[2:].upper()}"


def _rectangle(shape: Any, height: float) -> str:
    top = height - shape.y - shape.height
    size = f'width="{_n(shape.width)}" height="{_n(shape.height)}"'
    return f'<rect x="{_n(shape.x)}" y="{_n(top)}" {size} {_paint(shape)}/>'


def _line(shape: Any, height: float) -> str:
    ends = f'x1="{_n(shape.x1)}" y1="{_n(height - shape.y1)}" x2="{_n(shape.x2)}" y2="{_n(height - shape.y2)}"'
    stroke = colour_value(_hex(shape.strokeColor))
    return f'<line {ends} style="stroke:{stroke};stroke-width:{_n(shape.strokeWidth)}"/>'


def _polygon(shape: Any, height: float) -> str:
    pairs = zip(shape.points[::2], shape.points[1::2], strict=True)
    points = " ".join(f"{_n(x)},{_n(height - y)}" for x, y in pairs)
    return f'<polygon points="{points}" {_paint(shape)}/>'


def _string(shape: Any, height: float) -> str:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    bold = ";font-weight:700" if shape.fontName == fonts.BOLD else ""
    style = f"fill:{colour_value(_hex(shape.fillColor))};font-size:{_n(shape.fontSize)}px{bold}"
    anchor = _ANCHORS[shape.textAnchor]
    place = f'x="{_n(shape.x)}" y="{_n(height - shape.y)}" text-anchor="{anchor}"'
    if shape.text.strip():  # as wide as it was laid out, whatever letters the reader's system has
        wide = stringWidth(shape.text, shape.fontName, shape.fontSize)
        place += f' textLength="{_n(wide)}" lengthAdjust="spacingAndGlyphs"'
    return f'<text {place} style="{style}">{for_html(shape.text)}</text>'


_PAINTERS = {"Rect": _rectangle, "Line": _line, "Polygon": _polygon, "String": _string}
