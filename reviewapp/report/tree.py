"""What a report says, without saying how it looks: PDF, Word and JSON all render this one tree.

Every number that the program worked out is a `Computed`, in running text, tables and charts alike; it names the
exact value and where that value stands, so any printed figure can be traced. Everything else is `Text`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

Tone = Literal["", "met", "not_met", "na", "unrated", "muted", "accent"]
Profile = Literal["committee", "host", "circulation"]


class Node(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", rename={"from_": "from"}):
    """Base of everything in the tree."""


class Text(Node, frozen=True, kw_only=True, tag="text"):
    """Words, exactly as typed. `tone` colours a rating; a word or sign always says the same."""

    text: str
    bold: bool = False
    italic: bool = False
    tone: Tone = ""


class Computed(Node, frozen=True, kw_only=True, tag="computed"):
    """A number the program worked out: as printed, exactly, and the place it comes from.

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
    """`id` is unique in the document; contents and links point to it. Levels never jump from 1 to 3."""

    level: Literal[1, 2, 3]
    runs: Runs
    id: str
    entry: bool = False
    """One of many of a kind (a standard, a concern): set smaller, and not in the contents."""
    listed: bool = True
    """Whether the contents may name it."""

    @property
    def shown(self) -> Runs:
        """Its words, or a dash: a reader who goes from heading to heading must not find nothing."""
        return self.runs if plain(self.runs).strip() else (Text(text="–"),)

    @property
    def named(self) -> bool:
        """Whether the contents do."""
        return self.listed and not self.entry and self.level < 3


class Paragraph(Node, frozen=True, kw_only=True, tag="paragraph"):
    """`lead` is a little larger, `small` for remarks, `rating` the line under a standard's heading."""

    runs: Runs
    style: Literal["body", "lead", "small", "rating"] = "body"
    keep: bool = False
    """Stays on the page of what follows."""


class Listing(Node, frozen=True, kw_only=True, tag="list"):
    """Points, one after another."""

    items: tuple[Runs, ...]
    ordered: bool = False


class Fact(Node, frozen=True, kw_only=True, tag="fact"):
    """A short label and what is to be said under it."""

    label: str
    runs: Runs


class Facts(Node, frozen=True, kw_only=True, tag="facts"):
    """Labelled statements, one below the other."""

    rows: tuple[Fact, ...]


class Column(Node, frozen=True, kw_only=True, tag="column"):
    """`weight` is the share of the width; numbers are set right."""

    title: str
    weight: float = 1.0
    align: Literal["left", "right", "centre"] = "left"


class Table(Node, frozen=True, kw_only=True, tag="table"):
    """One header row, repeated on every page. The first cell of each row names the row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Runs, ...], ...]


class Quote(Node, frozen=True, kw_only=True, tag="quote"):
    """Somebody's own words. `label` is P1, C2, S1-S3: never a name."""

    text: str
    label: str
    group: str
    tone: str = "neutral"
    standards: tuple[str, ...] = ()


class Mark(Node, frozen=True, kw_only=True, tag="mark"):
    """A value that bars of a group are measured against."""

    name: str
    shape: Literal["line", "diamond", "triangle"]
    value: Computed


class Group(Node, frozen=True, kw_only=True, tag="group"):
    """One label of a chart with a bar for every series (None: nothing applicable)."""

    label: str
    bars: tuple[Computed | None, ...]
    marks: tuple[Mark, ...] = ()


class Chart(Node, frozen=True, kw_only=True, tag="chart"):
    """Horizontal bars in per cent, with marks such as a threshold or a national figure."""

    caption: str
    alt: str
    series: tuple[str, ...]
    groups: tuple[Group, ...]
    none: str = "none applicable"
    """What stands in the place of a bar that is None."""


class Callout(Node, frozen=True, kw_only=True, tag="callout"):
    """Something no reader may miss: a draft, a subset."""

    title: str
    runs: Runs


class PageBreak(Node, frozen=True, kw_only=True, tag="page_break"):
    """The next block begins a page."""


class Cover(Node, frozen=True, kw_only=True, tag="cover"):
    """The first page. `notices` are printed prominently."""

    kind_of_report: str
    title: str
    subtitle: str
    facts: tuple[Fact, ...]
    notices: tuple[Callout, ...]


class Contents(Node, frozen=True, kw_only=True, tag="contents"):
    """Where the list of parts with their pages goes."""

    title: str


Block = (
    Cover | Contents | Heading | Paragraph | Listing | Facts | Table | Quote | Chart | Callout | PageBreak
)  # fmt: skip


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A whole report. `running` stands at the head of every page, `mark` (DRAFT) beside it until it is final."""

    title: str
    subject: str
    status: Literal["draft", "final"]
    profile: Profile
    running: str
    parts: tuple[Block, ...]
    made: str
    """The day it was made, YYYY-MM-DD."""
    author: str = ""
    language: str = "en-GB"
    numbered: bool = True
    """Whether pages bear their numbers; those of an excerpt would be wrong."""
    rests_on: dict[str, Any] = {}
    """What the visit is and its figures, as in its status: by these a later visit is held against this one."""

    @property
    def mark(self) -> str:
        """DRAFT while it is one, else nothing."""
        return "DRAFT" if self.status == "draft" else ""


def computed(node: Any) -> Iterator[Computed]:
    """Every computed number below `node`, in reading order."""
    if isinstance(node, Computed):
        yield node
    elif isinstance(node, (tuple, list)):
        for item in node:
            yield from computed(item)
    elif isinstance(node, msgspec.Struct):
        for name in node.__struct_fields__:
            yield from computed(getattr(node, name))


def plain(runs: Runs) -> str:
    """The words of runs, without their looks."""
    return "".join(run.text for run in runs)


def builtins(document: Document) -> list[Any]:
    """The tree as plain JSON values."""
    result: list[Any] = msgspec.to_builtins(document.parts)
    return result
