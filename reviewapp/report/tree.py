"""The content tree of a document, without its appearance: PDF, Word, HTML and JSON all render this one tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

import msgspec

from reviewapp.report.chart_blocks import Chart, Dots, Dumbbells, Slopes, Strip, Tiles
from reviewapp.report.runs import Computed, Node, Runs, Text, plain_text
from reviewapp.visit import labels

Profile = Literal["committee", "host", "circulation"]


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


def tree_as_json(document: Document) -> list[Any]:
    """The tree as plain JSON values."""
    result: list[Any] = msgspec.to_builtins(document.parts)
    return result


def label_run(label: str) -> Runs:
    """The label of a dense fact, before its text."""
    return (Text(text=f"{label}: ", bold=True, tone="muted"),)
