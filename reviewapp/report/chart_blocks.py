"""Pictures of numbers in the content tree of a document: what each shows, without its appearance.

Each has its text alternative, with every value that it shows.
"""

from __future__ import annotations

from typing import Literal

from reviewapp.report.runs import Computed, Node, Runs


class Mark(Node, frozen=True, kw_only=True, tag="mark"):
    """A mark in a chart: a value that the bars of a group are compared with, such as a threshold."""

    name: str
    shape: Literal["line", "diamond", "triangle"]
    value: Computed


class Group(Node, frozen=True, kw_only=True, tag="group"):
    """One labelled group of a chart with a bar for every series (None: no value) and its marks."""

    label: str
    bars: tuple[Computed | None, ...]
    marks: tuple[Mark, ...] = ()


class Chart(Node, frozen=True, kw_only=True, tag="chart"):
    """A chart of horizontal bars in per cent, with marks such as a threshold or a national figure.

    `alt` is the text alternative, with every value.
    """

    caption: str
    alt: str
    series: tuple[str, ...]
    groups: tuple[Group, ...]
    none: str = "none applicable"
    """The text printed instead of a bar that is None."""


class Point(Node, frozen=True, kw_only=True, tag="point"):
    """What is known of a score at one round: from `lowest` to `highest`, which are the same where it is certain."""

    lowest: Computed
    highest: Computed

    @property
    def is_certain(self) -> bool:
        """True where it is one score, not a range."""
        return self.lowest.value == self.highest.value


class SlopeRow(Node, frozen=True, kw_only=True, tag="slope"):
    """One item, or the total, with what is known of it at each round (None: nothing)."""

    label: str
    points: tuple[Point | None, ...]


class Level(Node, frozen=True, kw_only=True, tag="level"):
    """A named value across the rows, such as where a band begins."""

    label: str
    value: int


class Slopes(Node, frozen=True, kw_only=True, tag="slopes"):
    """Rounds side by side, from `lowest` to `highest`: dots and ranges, with lines from dot to dot if `joined`.

    `alt` is the text alternative, with every value.
    """

    caption: str
    alt: str
    rounds: tuple[str, ...]
    lowest: int
    highest: int
    rows: tuple[SlopeRow, ...]
    levels: tuple[Level, ...] = ()
    joined: bool = True


class Dot(Node, frozen=True, kw_only=True, tag="dot"):
    """One row of a dot plot: what it is, where its dot stands (None: nowhere), and the words at its end.

    `own`: the reader's own, which is filled.
    """

    label: str
    value: Computed | None
    note: Runs = ()
    own: bool = False


class Middle(Node, frozen=True, kw_only=True, tag="middle"):
    """The middle half of the rows of a dot plot: lower quartile, median and upper quartile."""

    q1: Computed
    median: Computed
    q3: Computed


class Dots(Node, frozen=True, kw_only=True, tag="dots"):
    """A row for each team or standard with a dot on an axis from `lowest` to `highest`, without any rank.

    The middle half of the dots is shaded, with a line at the median. `alt` is the text alternative; every value stands
    in a table beside it or in the notes.
    """

    caption: str
    alt: str
    rows: tuple[Dot, ...]
    middle: Middle | None = None
    lowest: float = 0.0
    highest: float = 100.0
    unit: str = "%"
    none: str = "none applicable"


Verdict = Literal["strength", "gap", "neither", "na", "unrated"]
"""How a tile looks: met or scored high, not met or scored low, in the middle, not applicable, not rated."""


class Tile(Node, frozen=True, kw_only=True, tag="tile"):
    """One standard: its number, the sign of its rating (`✓`, `×`, `–`, `?`, or a score), and what it looks like."""

    label: str
    sign: str
    verdict: Verdict


class TileColumn(Node, frozen=True, kw_only=True, tag="tile_column"):
    """A column of tiles, such as a type of standard, with a few words of each line below its title."""

    title: str
    notes: tuple[Runs, ...] = ()


class TileRow(Node, frozen=True, kw_only=True, tag="tile_row"):
    """A row of tiles, such as a section: its label, a note at its end, and the tiles of each column."""

    label: str
    note: Runs
    cells: tuple[tuple[Tile, ...], ...]


class TileKey(Node, frozen=True, kw_only=True, tag="tile_key"):
    """What a sign means, in the legend: a tile without a number, and the words."""

    sign: str
    verdict: Verdict
    words: str


class Tiles(Node, frozen=True, kw_only=True, tag="tiles"):
    """Every standard as a tile, by row and column. Looks and signs both tell the rating.

    `alt` is the text alternative, with every number.
    """

    caption: str
    alt: str
    columns: tuple[TileColumn, ...]
    rows: tuple[TileRow, ...]
    key: tuple[TileKey, ...]


class Dumbbell(Node, frozen=True, kw_only=True, tag="dumbbell"):
    """Two values of one thing, which a line joins, and how far both could reach (None: to the end of the axis)."""

    label: str
    first: Computed
    second: Computed
    of: Computed | None = None


class Dumbbells(Node, frozen=True, kw_only=True, tag="dumbbells"):
    """What two sides say of the same things, row by row: a ring and a dot, joined. The title is the message.

    `names` are those of the ring and the dot; `alt` is the text alternative, with every value.
    """

    title: Runs
    alt: str
    names: tuple[str, str]
    rows: tuple[Dumbbell, ...]
    lowest: int
    highest: int


class Voice(Node, frozen=True, kw_only=True, tag="voice"):
    """A source of evidence by name and letter, and whether it spoke."""

    name: str
    letter: str
    spoke: bool


class Strip(Node, frozen=True, kw_only=True, tag="strip"):
    """Which sources spoke on one standard: filled boxes; the others are outlined."""

    voices: tuple[Voice, ...]

    @property
    def alt(self) -> str:
        """The text alternative: `Heard: patients, surveys. Not heard: carers.`"""
        heard = ", ".join(one.name.lower() for one in self.voices if one.spoke) or "nobody"
        silent = ", ".join(one.name.lower() for one in self.voices if not one.spoke)
        return f"Heard: {heard}." + (f" Not heard: {silent}." if silent else "")
