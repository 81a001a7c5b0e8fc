"""Runs of words and numbers, of which everything in the content tree of a document is made.

Every number that the program computed is a `Computed`, in running text, tables and charts alike; it holds the exact
value and the value's path in the status, so any printed figure can be traced. Everything else is `Text`.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Tone = Literal["", "met", "not_met", "na", "unrated", "muted", "accent"]


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


def plain_text(runs: Runs) -> str:
    """The text of runs, without formatting."""
    return "".join(run.text for run in runs)
