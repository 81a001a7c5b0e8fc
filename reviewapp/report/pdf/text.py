"""Runs of the tree as reportlab paragraphs: all typed text goes through `escape` here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from reviewapp.report import fonts, house_style
from reviewapp.report.escape import lines, markup, one_line, replace_unprintable
from reviewapp.report.pdf.flowables import tagged_paragraph
from reviewapp.report.pdf.tagging import Artifact, Node
from reviewapp.report.runs import Computed, Run, Runs, Text, plain_text
from reviewapp.report.tree import Block, Heading

FIGURE = "figure:"
"""The prefix of a link from a computed number to its path in the status."""
LONGEST = 300
"""Letters of a heading that a link to it says: links have a line for each line of theirs in the contents."""


@dataclass(frozen=True)
class ContentsEntry:
    """A heading listed in the contents: level 1 or 2, its text as markup, and its anchor."""

    level: int
    words: str
    anchor: str


class Typesetter:
    """Makes paragraphs from runs in the styles of the document, and holds its structure tree, contents and pages."""

    def __init__(self, parts: tuple[Block, ...] = (), *, traced: bool = False, large: bool = False) -> None:
        self.traced = traced
        self.glyphs = fonts.register()
        self.styles = house_style.paragraph_styles(large=large)
        self.root = Node("Document")
        """The root of the structure tree; nodes are read in the order in which they are made."""
        self._fragment_cache: dict[tuple[object, ...], Any] = {}
        self.entries = [
            ContentsEntry(b.level, markup(plain_text(b.shown), self.glyphs), b.id)
            for b in parts
            if isinstance(b, Heading) and b.named
        ]
        self.places = {b.id: self.line(plain_text(b.shown))[:LONGEST] for b in parts if isinstance(b, Heading)}
        """The words of each heading by anchor: what a link to it says."""
        self.pages: dict[str, int] = {}
        """The page of each heading by anchor, filled in during layout."""

    def line(self, text: str) -> str:
        """Typed text as one plain line, for places that take no markup."""
        return one_line(text, self.glyphs)

    def runs(self, runs: Runs, style: str, node: Node | Artifact | None = None, **options: Any) -> Any:
        """A paragraph of runs in a named style, tagged as `node` or else as a paragraph of its own."""
        return self.set(tagged_paragraph(), runs, self.styles[style], node, **options)

    def words(self, text: str, style: str, node: Node | Artifact | None = None) -> Any:
        """A paragraph of typed text in a named style."""
        return self.runs((Text(text=text),), style, node)

    def set(self, kind: Any, runs: Runs, style: Any, node: Node | Artifact | None = None, **options: Any) -> Any:
        """A paragraph of a class of `flowables`, of runs in a style, tagged as `node` or as a paragraph of its own."""
        made = kind(None, style, frags=self._fragments(runs, style), **options)
        made.node = node or Node("P", self.root)
        return made

    def labelled(self, label: str, runs: Runs, style: str, item: Node) -> Any:
        """A paragraph with its label or bullet at its left, as an item of a list."""
        name = Node("Lbl", item)
        made = self.runs(runs, style, Node("LBody", item), bulletText=replace_unprintable(label, self.glyphs))
        made.label = name
        return made

    def _fragments(self, runs: Runs, style: Any) -> list[Any]:
        """Runs as the fragments that reportlab would parse them into.

        Typed text is never parsed, so none of it can act as markup, or be slow to parse.
        """
        made: list[Any] = []
        for run in runs:
            fragment = self._empty_fragment(run, style)
            if self.traced and isinstance(run, Computed):
                fragment = fragment.clone(link=[(len(made), f"{FIGURE}{quote(run.from_)}")])
            for number, words in enumerate(lines(run.text, self.glyphs)):
                if number:
                    made.append(fragment.clone(lineBreak=True, text=""))
                if words:
                    made.append(fragment.clone(text=words))
        return made

    def _empty_fragment(self, run: Run, style: Any) -> Any:
        """An empty fragment with the formatting of a run; made once for each formatting and cached."""
        key = (style.name, run.bold, getattr(run, "italic", False), run.tone)
        if key not in self._fragment_cache:
            from reportlab.lib.colors import HexColor

            (piece,) = tagged_paragraph()("x", style).frags
            if run.bold or getattr(run, "italic", False):
                piece = piece.clone(fontName=fonts.BOLD if run.bold else fonts.ITALIC)
            if run.tone:
                piece = piece.clone(textColor=HexColor(house_style.TONES[run.tone]))
            self._fragment_cache[key] = piece
        return self._fragment_cache[key]
