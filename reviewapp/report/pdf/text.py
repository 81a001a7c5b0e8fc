"""Runs of the tree as reportlab paragraphs: all typed text goes through `escape` here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from reviewapp.report import fonts, house_style
from reviewapp.report.escape import lines, markup, one_line
from reviewapp.report.pdf.flowables import tagged_paragraph
from reviewapp.report.pdf.tagging import Node
from reviewapp.report.tree import Block, Computed, Heading, Run, Runs, Text, plain

FIGURE = "figure:"
"""How a link begins that leads to where a number comes from."""


@dataclass(frozen=True)
class ContentsEntry:
    """A heading that the contents name: level 1 or 2, its words as markup, and where it stands."""

    level: int
    words: str
    anchor: str


class Typesetter:
    """Sets runs in the styles of the document."""

    def __init__(self, parts: tuple[Block, ...] = (), *, traced: bool = False) -> None:
        self.traced = traced
        self.glyphs = fonts.register()
        self.styles = house_style.paragraph_styles()
        self.root = Node("Document")
        """Everything set is read in the order in which it is made."""
        self._looks: dict[tuple[object, ...], Any] = {}
        self.entries = [
            ContentsEntry(b.level, markup(plain(b.shown), self.glyphs), b.id)
            for b in parts
            if isinstance(b, Heading) and b.named
        ]
        self.pages: dict[str, int] = {}
        """The page of each heading, as soon as it is set."""

    def line(self, text: str) -> str:
        """Typed text as one plain line, for places that take no markup."""
        return one_line(text, self.glyphs)

    def runs(self, runs: Runs, style: str, node: Node | None = None, **options: Any) -> Any:
        """A paragraph of runs, read as `node` or else as a paragraph of its own."""
        return self.set(tagged_paragraph(), runs, self.styles[style], node, **options)

    def words(self, text: str, style: str, node: Node | None = None) -> Any:
        """A paragraph of typed text."""
        return self.runs((Text(text=text),), style, node)

    def set(self, kind: Any, runs: Runs, style: Any, node: Node | None = None, **options: Any) -> Any:
        """A paragraph of one of our classes, of runs in a style, with its place in what is read."""
        made = kind(None, style, frags=self._pieces(runs, style), **options)
        made.node = node or Node("P", self.root)
        return made

    def _pieces(self, runs: Runs, style: Any) -> list[Any]:
        """Runs as reportlab has them after parsing: nothing typed is parsed, so none of it can be markup, or slow."""
        made: list[Any] = []
        for run in runs:
            look_ = self._piece(run, style)
            if self.traced and isinstance(run, Computed):
                look_ = look_.clone(link=[(len(made), f"{FIGURE}{quote(run.from_)}")])
            for number, words in enumerate(lines(run.text, self.glyphs)):
                if number:
                    made.append(look_.clone(lineBreak=True, text=""))
                if words:
                    made.append(look_.clone(text=words))
        return made

    def _piece(self, run: Run, style: Any) -> Any:
        """An empty piece with the looks of a run; made once for each."""
        key = (style.name, run.bold, getattr(run, "italic", False), run.tone)
        if key not in self._looks:
            from reportlab.lib.colors import HexColor

            (piece,) = tagged_paragraph()("x", style).frags
            if run.bold or getattr(run, "italic", False):
                piece = piece.clone(fontName=fonts.BOLD if run.bold else fonts.ITALIC)
            if run.tone:
                piece = piece.clone(textColor=HexColor(house_style.TONES[run.tone]))
            self._looks[key] = piece
        return self._looks[key]
