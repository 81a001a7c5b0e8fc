"""Runs of the tree as reportlab paragraphs: all typed text goes through `escape.markup` here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reviewapp.report import fonts, look
from reviewapp.report.escape import markup, one_line
from reviewapp.report.pdf_flow import tagged_paragraph
from reviewapp.report.tagging import Node
from reviewapp.report.tree import Block, Heading, Run, Runs


def run_markup(run: Run, glyphs: frozenset[int]) -> str:
    """One run as markup of a reportlab paragraph."""
    text = markup(run.text, glyphs)
    if getattr(run, "italic", False):
        text = f"<i>{text}</i>"
    if run.bold:
        text = f"<b>{text}</b>"
    if run.tone:
        text = f'<font color="{look.TONES[run.tone]}">{text}</font>'
    return text


@dataclass(frozen=True)
class Entry:
    """A heading that the contents name: level 1 or 2, its words as markup, and where it stands."""

    level: int
    words: str
    anchor: str


class Setter:
    """Sets runs in the styles of the document."""

    def __init__(self, parts: tuple[Block, ...] = ()) -> None:
        self.glyphs = fonts.register()
        self.styles = look.paragraph_styles()
        self.root = Node("Document")
        """Everything set is read in the order in which it is made."""
        self.entries = [Entry(b.level, self.markup(b.shown), b.id) for b in parts if isinstance(b, Heading) and b.named]
        self.pages: dict[str, int] = {}
        """The page of each heading, as soon as it is set."""

    def markup(self, runs: Runs) -> str:
        """Runs as markup."""
        return "".join(run_markup(run, self.glyphs) for run in runs)

    def typed(self, text: str) -> str:
        """Typed text as markup."""
        return markup(text, self.glyphs)

    def line(self, text: str) -> str:
        """Typed text as one plain line, for places that take no markup."""
        return one_line(text, self.glyphs)

    def paragraph(self, source: str, style: str, node: Node | None = None, **options: Any) -> Any:
        """A paragraph of finished markup, read as `node` or else as a paragraph of its own."""
        return self.tagged(tagged_paragraph()(source, self.styles[style], **options), node)

    def tagged(self, made: Any, node: Node | None = None) -> Any:
        """Give a flowable its place in what is read."""
        made.node = node or Node("P", self.root)
        return made

    def runs(self, runs: Runs, style: str, node: Node | None = None, **options: Any) -> Any:
        """A paragraph of runs."""
        return self.paragraph(self.markup(runs), style, node, **options)


def fit(text: str, font: str, size: float, width: float) -> str:
    """`text` cut with an ellipsis to `width` points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    text = text[:400]  # more never fits on a line, and cutting it letter by letter would take long
    if stringWidth(text, font, size) <= width:
        return text
    while text and stringWidth(text + "…", font, size) > width:
        text = text[:-1]
    return text.rstrip() + "…"
