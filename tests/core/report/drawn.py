"""One of every kind of picture, and what can be seen of a picture: its shapes with their colours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reviewapp.report import chart_blocks as t
from reviewapp.report import charts, dots, dumbbells, house_style, slopes, strips, tiles
from reviewapp.report.runs import Computed, Text
from reviewapp.report.tree import Cards, Document, Heading

WIDTH = house_style.TEXT_WIDTH
RATINGS: tuple[t.TileKey, ...] = (
    t.TileKey(sign="✓", verdict="strength", words="Met"), t.TileKey(sign="×", verdict="gap", words="Not met"),
    t.TileKey(sign="3", verdict="neither", words="In the middle"), t.TileKey(sign="–", verdict="na", words="No"),
    t.TileKey(sign="?", verdict="unrated", words="Not rated"),
)  # fmt: skip


def number(value: float, text: str = "") -> Computed:
    """A computed number of a picture."""
    return Computed(text=text or f"{value:g}", value=value, from_="figures.x")


def some_tiles(many: int = 10, label: str = "") -> t.Tiles:
    """As many tiles of every rating in each of two rows and columns."""
    cell = tuple(
        t.Tile(label=label or str(n + 1), sign=RATINGS[n % 5].sign, verdict=RATINGS[n % 5].verdict) for n in range(many)
    )
    row = t.TileRow(label="A section", note=(number(3), Text(text=" of 4 met")), cells=(cell, cell[:3]))
    columns = (t.TileColumn(title="Type 1", notes=((number(9),),)), t.TileColumn(title="Type 2"))
    return t.Tiles(caption="All standards", alt="told", columns=columns, rows=(row, row), key=RATINGS)


def some_dumbbells(many: int = 3) -> t.Dumbbells:
    """Rows of which the first side says more, less and the same."""
    ends = [(9, 4), (2, 7), (5, 5)]
    rows = tuple(
        t.Dumbbell(label=f"Row {n}", first=number(a), second=number(b), of=number(10))
        for n, (a, b) in enumerate(ends * (many // 3 + 1))
    )[:many]
    return t.Dumbbells(
        title=(Text(text="A message"),), alt="told", names=("The team", "The review"), rows=rows, lowest=0, highest=10
    )


def a_strip(*spoke: str) -> t.Strip:
    """A strip in which those named spoke."""
    names = ("Patients", "Carers", "Surveys")
    return t.Strip(voices=tuple(t.Voice(name=name, letter=name[0], spoke=name in spoke) for name in names))


def pictures() -> dict[str, Any]:
    """A drawing of every kind."""
    bars = tuple(number(value, f"{value}%") for value in (80, 40, 60, 20, 90))
    marks = (t.Mark(name="Required", shape="line", value=number(50)), t.Mark(name="N", shape="diamond", value=bars[0]))
    chart = t.Chart(
        caption="c", alt="a", series=("a", "b", "c", "d", "e"), groups=(t.Group(label="g", bars=bars, marks=marks),)
    )
    middle = t.Middle(q1=number(20), median=number(50), q3=number(70))
    dot = t.Dots(caption="c", alt="a", rows=(t.Dot(label="x", value=number(40), own=True),), middle=middle)
    points = (t.Point(lowest=number(1), highest=number(1)), t.Point(lowest=number(2), highest=number(4)))
    slope = t.Slopes(
        caption="c", alt="a", rounds=("a", "b"), lowest=1, highest=5, rows=(t.SlopeRow(label="x", points=points),)
    )
    return {
        "chart": charts.drawing(chart, WIDTH), "dots": dots.drawing(dot, WIDTH), "slopes": slopes.drawing(slope, WIDTH),
        "tiles": tiles.drawing(some_tiles(), WIDTH), "dumbbells": dumbbells.drawing(some_dumbbells(), WIDTH),
        "strip": strips.drawing(a_strip("Carers")),
    }  # fmt: skip


def told_pictures(document: Document) -> list[str]:
    """The text alternatives of all pictures of a document, in reading order."""
    found: list[str] = []
    for block in document.parts:
        if isinstance(block, t.Chart | t.Slopes | t.Dots | t.Tiles | t.Dumbbells | t.Strip):
            found.append(block.alt)
        elif isinstance(block, Cards):
            found += [card.strip.alt for card in block.cards]
    return found


def headings(document: Document) -> list[int]:
    """The levels of all headings, the titles of cards among them, in reading order."""
    found: list[int] = []
    for block in document.parts:
        found += [block.level] if isinstance(block, Heading) else []
        found += [3 for _ in block.cards] if isinstance(block, Cards) else []
    return found


def shapes(drawing: Any) -> Iterator[tuple[str, str, str]]:
    """Kind, fill and outline of every shape; empty for what it has none of."""
    for shape in drawing.contents:
        yield type(shape).__name__, _name(shape, "fillColor"), _name(shape, "strokeColor")


def _name(shape: Any, which: str) -> str:
    found = getattr(shape, which, None)
    return "" if found is None else "#" + str(found.hexval())[2:].upper()


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2.2 computes it, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
