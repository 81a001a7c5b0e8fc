"""Writes each kind of block of the tree as Word paragraphs, tables and images."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

from reviewapp.report import charts, dots, dumbbells, house_style, slopes, strips, tiles
from reviewapp.report.chart_blocks import Chart, Dots, Dumbbells, Slopes, Strip, Tiles
from reviewapp.report.docx.image import Pictures
from reviewapp.report.docx.ooxml import VISIT_PREFIX, bookmark, bookmark_name, field, link
from reviewapp.report.docx.tables import add_panel, add_table, card_cells
from reviewapp.report.docx.text import add_runs, style_ids
from reviewapp.report.escape import for_word
from reviewapp.report.runs import Runs, Text, plain_text
from reviewapp.report.tree import (
    Block,
    Callout,
    Card,
    Cards,
    Contents,
    Cover,
    Document,
    Facts,
    Heading,
    Listing,
    PageBreak,
    Paragraph,
    Quote,
    Table,
    anchors,
    label_run,
)

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

STYLES = {"body": "Normal", "lead": "Lead", "small": "Remark", "rating": "Rating line"}
ENTRY_SIZE = 12
"""The font size of an entry heading, in points: that of a heading of level 3."""
UPDATE = "Word asks whether to update the fields: choose Yes for the page numbers."


class Writer:
    """Writes the blocks of a document into a Word document, one after the other."""

    def __init__(self, word: WordDocument, document: Document) -> None:
        self.word, self.document = word, document
        self.marks = {anchor: bookmark_name(anchor) for anchor in anchors(document.parts)}
        self.bookmarks = 0
        self.ids = style_ids(word)
        self.picture = 0
        self.pictures = Pictures()
        self.fresh = False

    def block(self, block: Block) -> None:
        """Write one block of any kind at the end of the document."""
        cast(Callable[[Any], None], _WRITERS[type(block)].__get__(self))(block)

    def blank(self, style: str) -> Any:
        """Add an empty paragraph in a style (a key of `ids`) and return it."""
        made: Any = self.word.add_paragraph()
        made._p.style = self.ids[style]
        return made

    def paragraph(self, runs: Runs, style: str) -> Any:
        """Add a paragraph of runs in a style and return it; it begins a page after `new_page`."""
        made = self.blank(style)
        if self.fresh:
            made.paragraph_format.page_break_before = True
            self.fresh = False
        add_runs(made, runs)
        return made

    def typed(self, words_: str, style: str) -> Any:
        """Add a paragraph of typed text in a style and return it."""
        return self.paragraph((Text(text=words_),), style)

    def heading(self, block: Heading) -> None:
        """Write a Word heading with a bookmark, the target of the contents."""
        from docx.shared import Pt, RGBColor

        made = self.paragraph(block.shown, f"Heading {block.level}")
        if block.entry:
            for run in made.runs:
                run.font.size, run.font.color.rgb = Pt(ENTRY_SIZE), RGBColor.from_string(house_style.INK.lstrip("#"))
        self._bookmark(made, self.marks[block.id])

    def _bookmark(self, paragraph: Any, name: str) -> None:
        bookmark(paragraph, name, self.bookmarks)
        self.bookmarks += 1

    def text(self, block: Paragraph) -> None:
        """Write a paragraph in the style for it, on the page of the next block if `keep`."""
        made = self.paragraph(block.runs, STYLES[block.style])
        if block.keep:
            made.paragraph_format.keep_with_next = True

    def listing(self, block: Listing) -> None:
        """Write a Word list, numbered if `ordered`."""
        for item in block.items:
            self.paragraph(item, "List Number" if block.ordered else "List Bullet")

    def facts(self, block: Facts) -> None:
        """Write labelled texts, the labels in the margin, or at the beginning of dense ones."""
        for row in block.rows:
            if block.dense:
                dense = self.paragraph((*label_run(row.label), *row.runs), "Dense")
                dense.paragraph_format.keep_with_next = block.keep or None
                continue
            made = self.blank("Fact")
            add_runs(made, (Text(text=row.label, bold=True, tone="muted"),))
            made.add_run("\t")
            add_runs(made, row.runs)

    def table(self, block: Table) -> None:
        """Write the caption, if any, then the table with its repeated header row."""
        if self.fresh and not block.caption:
            self.typed("", "Spacer")
        if block.caption:
            self.typed(block.caption, "Caption")
        add_table(self.word, block, self.ids)

    def quote(self, block: Quote) -> None:
        """Write a quote with the label and group of its speaker, and the standards it concerns."""
        made = self.typed(f"“{block.text}”", "Quote")
        made.add_run().add_break()
        add_runs(made, (Text(text=block.whose, tone="muted"),))

    def chart(self, block: Chart) -> None:
        """Write the caption and the chart as an image, with its text alternative."""
        self.typed(block.caption, "Caption")
        self._image(charts.drawing(block, house_style.TEXT_WIDTH), block.alt)

    def slopes(self, block: Slopes) -> None:
        """Write the caption and rounds side by side as images that each fit on a page."""
        self.typed(block.caption, "Caption")
        for piece in slopes.pieces(block):
            self._image(slopes.drawing(piece, house_style.TEXT_WIDTH), block.alt)

    def dots(self, block: Dots) -> None:
        """Write the caption and a dot plot as images that each fit on a page."""
        self.typed(block.caption, "Caption")
        for piece in dots.pieces(block):
            self._image(dots.drawing(piece, house_style.TEXT_WIDTH), block.alt)

    def tiles(self, block: Tiles) -> None:
        """Write the caption and the tiles as images that each fit on a page."""
        self.typed(block.caption, "Caption")
        for piece in tiles.pieces(block):
            self._image(tiles.drawing(piece, house_style.TEXT_WIDTH), block.alt)

    def dumbbells(self, block: Dumbbells) -> None:
        """Write the title and dumbbells as images that each fit on a page."""
        self.paragraph(block.title, "Caption")
        for piece in dumbbells.pieces(block):
            self._image(dumbbells.drawing(piece, house_style.TEXT_WIDTH), block.alt)

    def strip(self, block: Strip) -> None:
        """Write which sources spoke as an image on the page of what follows."""
        made = self.blank("Dense")
        made.paragraph_format.keep_with_next = True
        self._picture(made, strips.drawing(block), block.alt)

    def cards(self, block: Cards) -> None:
        """Write the cards in a table of two columns, its rows undivided."""
        for cell, card in zip(card_cells(self.word, len(block.cards)), block.cards, strict=True):
            self._card(cell, card)
        self.blank("Spacer")

    def _card(self, cell: Any, card: Card) -> None:
        title = cell.paragraphs[0]
        title._p.style = self.ids["Card title"]
        add_runs(title, card.title)
        self._bookmark(title, self.marks[card.id])
        rating = cell.add_paragraph()
        rating._p.style = self.ids["Dense"]
        add_runs(rating, (*card.rating, Text(text="   ")))
        self._picture(rating, strips.drawing(card.strip, short=True), card.strip.alt)
        for line in card.lines:
            made = cell.add_paragraph()
            made._p.style = self.ids["Dense"]
            add_runs(made, line)

    def _image(self, drawing: Any, alt: str) -> None:
        self._picture(self.word.add_paragraph(), drawing, alt)

    def _picture(self, paragraph: Any, drawing: Any, alt: str) -> None:
        from docx.shared import Pt

        shape = paragraph.add_run().add_picture(BytesIO(self.pictures.png(drawing)), width=Pt(drawing.width))
        self.picture += 1
        shape._inline.docPr.set("descr", for_word(alt))
        shape._inline.docPr.set("name", f"Chart {self.picture}")

    def callout(self, block: Callout) -> None:
        """Write a notice on a tinted background."""
        made = self.paragraph((Text(text=block.title, bold=True),), "Notice")
        if block.runs:
            made.add_run().add_break()
            add_runs(made, block.runs)
        self.blank("Spacer")

    def page_break(self, _: PageBreak) -> None:
        """Begin a page with the next block."""
        self.new_page()

    def new_page(self) -> None:
        """Begin a page with the next paragraph, by its own format: a break would leave an empty line at the head."""
        self.fresh = True

    def contents(self, block: Contents) -> None:
        """Write the headings listed, each with a link and with the field that gives its page.

        No field of Word's own contents: LibreOffice would print that as it was written, and not fill in the pages.
        """
        self.typed(block.title, "Contents title")
        for heading in self.document.parts:
            if not (isinstance(heading, Heading) and heading.named):
                continue
            made = self.blank(f"toc {heading.level}")
            link(made, for_word(plain_text(heading.shown)), self.marks[heading.id])
            made.add_run("\t")
            field(made, f"PAGEREF {self.marks[heading.id]} \\h", "")
        self.typed(UPDATE, "Remark")
        self.new_page()

    def cover(self, block: Cover) -> None:
        """Write the first page: title panel, facts and notices."""
        lines = (
            ("", "Subtitle"),
            (block.kind_of_report, "Subtitle"),
            (block.title, "Title"),
            (block.subtitle, "Subtitle"),
        )
        panel = add_panel(self.word, (*lines, ("", "Subtitle")), self.ids)
        if self.document.visit:
            self._bookmark(panel, f"{VISIT_PREFIX}{self.document.visit}")
        self.word.add_paragraph()
        self.facts(Facts(rows=block.facts))
        self.word.add_paragraph()
        for notice in block.notices:
            self.callout(notice)
        self.new_page()


_WRITERS: dict[type[Any], Any] = {
    Heading: Writer.heading,
    Paragraph: Writer.text,
    Listing: Writer.listing,
    Facts: Writer.facts,
    Table: Writer.table,
    Quote: Writer.quote,
    Chart: Writer.chart,
    Slopes: Writer.slopes,
    Dots: Writer.dots,
    Tiles: Writer.tiles,
    Dumbbells: Writer.dumbbells,
    Strip: Writer.strip,
    Cards: Writer.cards,
    Callout: Writer.callout,
    PageBreak: Writer.page_break,
    Contents: Writer.contents,
    Cover: Writer.cover,
}
