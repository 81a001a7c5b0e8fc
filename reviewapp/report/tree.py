"""The content tree of a document, without its appearance: PDF, Word and JSON all render this one tree.

Every number that the program computed is a `Computed`, in running text, tables and charts alike; it holds the exact
value and the value's path in the status, so any printed figure can be traced. Everything else is `Text`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

import msgspec

from reviewapp.visit import labels

Tone = Literal["", "met", "not_met", "na", "unrated", "muted", "accent"]
Profile = Literal["committee", "host", "circulation"]


class Node(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", rename={"from_": "from"}):
    """Base class of everything in the tree."""


class Text(Node, frozen=True, kw_only=True, tag="text"):
    """A run of text, exactly as typed. `tone` colours a rating; its words or sign always give the rating too.

    `to` is the id of a heading that it leads to, where the format has links within a line.
    """

    text: str
    bold: bool = False
    italic: bool = False
    tone: Tone = ""
    to: str = ""


class Computed(Node, frozen=True, kw_only=True, tag="computed"):
    """A computed number: as printed (`text`), exact (`value`), and its path in the status.

    `from_` is a dotted path into the visit's status: `figures.by_type.1.percent`, `report.context.caseload`.
    """

    text: str
    value: int | float
    from_: str
    bold: bool = False
    tone: Tone = ""


Run = Text | Computed
Runs = tuple[Run, ...]


class Heading(Node, frozen=True, kw_only=True, tag="heading"):
    """A heading; `id` is unique in the document and the target of contents and links. Levels never jump from 1 to 3."""

    level: Literal[1, 2, 3]
    runs: Runs
    id: str
    entry: bool = False
    """True for one of many of a kind (a standard, a concern): set smaller, and not in the contents."""
    listed: bool = True
    """True if the table of contents may list it."""

    @property
    def shown(self) -> Runs:
        """The runs to print; a dash if they are blank, as a screen reader that jumps by headings must not meet none."""
        return self.runs if plain_text(self.runs).strip() else (Text(text="–"),)

    @property
    def named(self) -> bool:
        """True if the table of contents lists this heading."""
        return self.listed and not self.entry and self.level < 3


class Paragraph(Node, frozen=True, kw_only=True, tag="paragraph"):
    """A paragraph; `lead` is a little larger, `small` for remarks, `rating` the line under a standard's heading."""

    runs: Runs
    style: Literal["body", "lead", "small", "rating"] = "body"
    keep: bool = False
    """True to keep it on the page of the next block."""


class Listing(Node, frozen=True, kw_only=True, tag="list"):
    """A list of items with bullets or, if `ordered`, numbers."""

    items: tuple[Runs, ...]
    ordered: bool = False


class Fact(Node, frozen=True, kw_only=True, tag="fact"):
    """A short label with its text."""

    label: str
    runs: Runs


class Facts(Node, frozen=True, kw_only=True, tag="facts"):
    """Labelled texts, one below the other; `dense` ones smaller, each label at the beginning of its text."""

    rows: tuple[Fact, ...]
    dense: bool = False
    keep: bool = False
    """True to keep dense ones on the page of the next block."""


class Column(Node, frozen=True, kw_only=True, tag="column"):
    """A table column; `weight` is its share of the width relative to the others. Numbers are aligned right."""

    title: str
    weight: float = 1.0
    align: Literal["left", "right", "centre"] = "left"


class Table(Node, frozen=True, kw_only=True, tag="table"):
    """A table with one header row, repeated on every page; the first cell of each row is the row's header."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Runs, ...], ...]
    lists: bool = False
    """True if each column is a list of its own: what stands in a row has nothing to do with each other."""


class Quote(Node, frozen=True, kw_only=True, tag="quote"):
    """A quote of a person. `label` is P1, C2, S1-S3: never a name. A `number` is given where others refer to it.

    `line` is printed under it instead of what these say, where a quote comes from many visits.
    """

    text: str
    label: str
    group: str
    tone: str = "neutral"
    standards: tuple[str, ...] = ()
    number: int = 0
    line: str = ""
    beside: bool = False
    """True where it stands with a standard that it concerns: `standards` are the others."""

    @property
    def whose(self) -> str:
        """The line under it: who said it and the standards it concerns; of a numbered one number and tone as well."""
        if self.line:
            return f"— {self.line}"
        numbered = f"Quote {self.number}: " if self.number else ""
        tone = f", {labels.TONES[self.tone].lower()}" if self.number and self.tone in labels.TONES else ""
        also = "also " if self.beside or not self.number else ""
        standards = f"standard{'s' if len(self.standards) > 1 else ''} {labels.all_of(self.standards)}"
        return f"— {numbered}{self.label}, {self.group}{tone}" + (f" · {also}on {standards}" if self.standards else "")


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


class Card(Node, frozen=True, kw_only=True, tag="card"):
    """A standard in a few lines; `id` is unique in the document, as that of a heading."""

    id: str
    title: Runs
    rating: Runs
    strip: Strip
    lines: tuple[Runs, ...] = ()


class Cards(Node, frozen=True, kw_only=True, tag="cards"):
    """Cards side by side, read from left to right, then down; their titles are headings of level 3."""

    cards: tuple[Card, ...]


class Callout(Node, frozen=True, kw_only=True, tag="callout"):
    """A highlighted notice that no reader may miss: a draft, a subset."""

    title: str
    runs: Runs


class PageBreak(Node, frozen=True, kw_only=True, tag="page_break"):
    """A page break before the next block."""


class Cover(Node, frozen=True, kw_only=True, tag="cover"):
    """The first page; `notices` are printed prominently."""

    kind_of_report: str
    title: str
    subtitle: str
    facts: tuple[Fact, ...]
    notices: tuple[Callout, ...]


class Contents(Node, frozen=True, kw_only=True, tag="contents"):
    """The table of contents, filled in by the renderer from the headings."""

    title: str


Block = (
    Cover
    | Contents
    | Heading
    | Paragraph
    | Listing
    | Facts
    | Table
    | Quote
    | Chart
    | Slopes
    | Dots
    | Tiles
    | Dumbbells
    | Strip
    | Cards
    | Callout
    | PageBreak
)  # fmt: skip


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A whole document; `running` is printed at the head of every page, `mark` (DRAFT) beside it until it is final."""

    title: str
    subject: str
    status: Literal["draft", "final"]
    profile: Profile
    running: str
    parts: tuple[Block, ...]
    made: str
    """The day the document was made, YYYY-MM-DD, or the moment, with its offset; the file is dated by it."""
    author: str = ""
    language: str = "en-GB"
    numbered: bool = True
    """True to print page numbers; those of an excerpt would be wrong."""
    large: bool = False
    """True for large type, for readers who need it."""
    visit: str = ""
    """The id of the visit, named in a Word copy so that comments made in it find their way back; or empty."""
    rests_on: dict[str, Any] = {}
    """The visit and its figures, as in its status, for `report.json`: a later visit is compared with these."""

    @property
    def mark(self) -> str:
        """`DRAFT` for a draft, else empty."""
        return "DRAFT" if self.status == "draft" else ""


def computed_numbers(node: Any) -> Iterator[Computed]:
    """Every computed number below `node`, in reading order."""
    if isinstance(node, Computed):
        yield node
    elif isinstance(node, (tuple, list)):
        for item in node:
            yield from computed_numbers(item)
    elif isinstance(node, msgspec.Struct):
        for name in node.__struct_fields__:
            yield from computed_numbers(getattr(node, name))


def titles(parts: Iterable[Block]) -> dict[str, str]:
    """What every heading and card with an id is called, in reading order."""
    found: dict[str, str] = {}
    for block in parts:
        if isinstance(block, Heading):
            found[block.id] = plain_text(block.shown)
        elif isinstance(block, Cards):
            found |= {card.id: plain_text(card.title) for card in block.cards}
    return found


def anchors(parts: Iterable[Block]) -> Iterator[str]:
    """The ids of everything that can be pointed to: headings and cards, in reading order."""
    for block in parts:
        if isinstance(block, Heading):
            yield block.id
        elif isinstance(block, Cards):
            yield from (card.id for card in block.cards)


def plain_text(runs: Runs) -> str:
    """The text of runs, without formatting."""
    return "".join(run.text for run in runs)


def tree_as_json(document: Document) -> list[Any]:
    """The tree as plain JSON values."""
    result: list[Any] = msgspec.to_builtins(document.parts)
    return result


def label_run(label: str) -> Runs:
    """The label of a dense fact, before its text."""
    return (Text(text=f"{label}: ", bold=True, tone="muted"),)
