"""Writes each kind of block of the tree as HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, cast

from reviewapp.report import charts, dots, dumbbells, house_style, slopes, strips, tiles
from reviewapp.report.chart_blocks import Chart, Dots, Dumbbells, Slopes, Strip, Tiles
from reviewapp.report.escape import for_html
from reviewapp.report.html.svg import svg
from reviewapp.report.runs import Runs, Text, plain_text
from reviewapp.report.tree import (
    Block,
    Callout,
    Card,
    Cards,
    Column,
    Contents,
    Cover,
    Document,
    Fact,
    Facts,
    Heading,
    Listing,
    PageBreak,
    Paragraph,
    Quote,
    Table,
)

_LEVELS = {1: "", 2: "second", 3: ""}


def runs_html(runs: Runs) -> str:
    """Runs with their formatting; a line break stays one through the style sheet."""
    made = []
    for run in runs:
        words = for_html(run.text)
        if run.tone:
            words = f'<span class="{run.tone}">{words}</span>'
        if getattr(run, "italic", False):
            words = f"<em>{words}</em>"
        words = f"<strong>{words}</strong>" if run.bold else words
        to = getattr(run, "to", "")
        made.append(f'<a href="#{for_html(to)}">{words}</a>' if to else words)
    return "".join(made)


class Writer:
    """Writes the blocks of a document one after the other."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.pictures = 0
        self._names: Counter[str] = Counter()

    def block(self, block: Block) -> str:
        """One block of any kind."""
        return cast(Callable[[Any], str], _WRITERS[type(block)].__get__(self))(block)

    def heading(self, block: Heading) -> str:
        """A heading with the id that contents and links name; the page's own title is the only one of level 1."""
        level = block.level + 1
        entry = ' class="entry"' if block.entry else ""
        return f'<h{level} id="{for_html(block.id)}"{entry}>{runs_html(block.shown)}</h{level}>'

    def text(self, block: Paragraph) -> str:
        """A paragraph in the style for it."""
        return f"<p{_class(block.style)}>{runs_html(block.runs)}</p>"

    def listing(self, block: Listing) -> str:
        """A list, numbered if `ordered`."""
        tag = "ol" if block.ordered else "ul"
        return f"<{tag}>{''.join(f'<li>{runs_html(item)}</li>' for item in block.items)}</{tag}>"

    def facts(self, block: Facts) -> str:
        """Labelled texts."""
        return _facts(block.rows, dense=block.dense)

    def table(self, block: Table) -> str:
        """A table with its caption, its heads and the head of each row; a wide one scrolls by itself, also by keys."""
        if block.lists:
            return f'<div class="lists">{"".join(_list_of(n, block) for n in range(len(block.columns)))}</div>'
        caption = f"<caption>{for_html(block.caption)}</caption>" if block.caption else ""
        heads = "".join(f'<th scope="col"{_side(one)}>{for_html(one.title)}</th>' for one in block.columns)
        rows = "".join(f"<tr>{self._cells(row, block.columns)}</tr>" for row in block.rows)
        name = self._name(block.caption or block.columns[0].title)
        return (
            f'<div class="wide" tabindex="0" role="region" aria-label="{for_html(name)}"><table>{caption}'
            f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
        )

    def _name(self, words: str) -> str:
        """A name that no other part of the page has: somebody who jumps between them could not tell two apart."""
        self._names[words] += 1
        return words if self._names[words] == 1 else f"{words} ({self._names[words]})"

    def _cells(self, row: tuple[Runs, ...], columns: tuple[Column, ...]) -> str:
        made = []
        for place, (runs, column) in enumerate(zip(row, columns, strict=True)):
            tag, scope = ("th", ' scope="row"') if place == 0 else ("td", "")
            made.append(f"<{tag}{scope}{_side(column)}>{runs_html(runs)}</{tag}>")
        return "".join(made)

    def quote(self, block: Quote) -> str:
        """A quote and whose it is."""
        words = f"<blockquote><p>“{for_html(block.text)}”</p></blockquote>"
        return f'<figure class="quote">{words}<figcaption>{for_html(block.whose)}</figcaption></figure>'

    def chart(self, block: Chart) -> str:
        """A chart with its caption."""
        return self._figure((Text(text=block.caption),), [charts.drawing(block, house_style.TEXT_WIDTH)], block.alt)

    def slopes(self, block: Slopes) -> str:
        """Rounds side by side with their caption."""
        drawn = (slopes.drawing(one, house_style.TEXT_WIDTH) for one in slopes.pieces(block))
        return self._figure((Text(text=block.caption),), drawn, block.alt)

    def dots(self, block: Dots) -> str:
        """A dot plot with its caption."""
        drawn = (dots.drawing(one, house_style.TEXT_WIDTH) for one in dots.pieces(block))
        return self._figure((Text(text=block.caption),), drawn, block.alt)

    def tiles(self, block: Tiles) -> str:
        """Tiles with their caption."""
        drawn = (tiles.drawing(one, house_style.TEXT_WIDTH) for one in tiles.pieces(block))
        return self._figure((Text(text=block.caption),), drawn, block.alt)

    def dumbbells(self, block: Dumbbells) -> str:
        """Dumbbells with their title."""
        drawn = (dumbbells.drawing(one, house_style.TEXT_WIDTH) for one in dumbbells.pieces(block))
        return self._figure(block.title, drawn, block.alt)

    def strip(self, block: Strip) -> str:
        """Which sources spoke; where there is no room for the boxes, in words."""
        told = f'<p class="told">{for_html(block.alt)}</p>'
        return f'<div class="strip">{self._picture(strips.drawing(block), block.alt)}{told}</div>'

    def cards(self, block: Cards) -> str:
        """Cards side by side where there is room."""
        return f'<div class="cards">{"".join(self._card(card) for card in block.cards)}</div>'

    def _card(self, card: Card) -> str:
        picture = self._picture(strips.drawing(card.strip, short=True), card.strip.alt)
        lines = "".join(f"<p>{runs_html(line)}</p>" for line in card.lines)
        title = f'<h4 id="{for_html(card.id)}">{runs_html(card.title)}</h4>'
        return f'<div class="card">{title}<p>{runs_html(card.rating)} {picture}</p>{lines}</div>'

    def _figure(self, caption: Runs, drawings: Iterable[Any], alt: str) -> str:
        pictures = "".join(
            self._picture(one, alt if place == 0 else f"{alt[:40]}… (continued)") for place, one in enumerate(drawings)
        )
        name = for_html(self._name(plain_text(caption)))
        return (
            f"<figure><figcaption>{runs_html(caption)}</figcaption>"
            f'<div class="wide picture" tabindex="0" role="region" aria-label="{name}">{pictures}</div></figure>'
        )

    def _picture(self, drawing: Any, alt: str) -> str:
        self.pictures += 1
        return svg(drawing, alt, number=self.pictures)

    def callout(self, block: Callout) -> str:
        """A notice."""
        words = f"<p>{runs_html(block.runs)}</p>" if block.runs else ""
        return f'<div class="note" role="note"><p><strong>{for_html(block.title)}</strong></p>{words}</div>'

    def page_break(self, _: PageBreak) -> str:
        """Nothing on a screen; a page of its own on paper."""
        return '<div class="page-break"></div>'

    def contents(self, block: Contents) -> str:
        """Nothing here: the contents stand before the text, as a landmark of their own."""
        return ""

    def cover(self, block: Cover) -> str:
        """Nothing here: the cover is the head of the page."""
        return ""

    def navigation(self) -> str:
        """The contents; nothing where the document has none."""
        contents = next((one for one in self.document.parts if isinstance(one, Contents)), None)
        if contents is None:
            return ""
        named = (one for one in self.document.parts if isinstance(one, Heading) and one.named)
        items = "".join(f"<li{_class(_LEVELS[one.level])}>{_link(one)}</li>" for one in named)
        title = for_html(contents.title)
        return f'<nav aria-label="{title}"><h2>{title}</h2><ol>{items}</ol></nav>'

    def head(self) -> str:
        """The top of the page: draft or final, what it is, of whom, its facts and its notices."""
        mark = f'<p class="mark">{self.document.mark}</p>' if self.document.mark else ""
        cover = next((one for one in self.document.parts if isinstance(one, Cover)), None)
        if cover is None:
            return f'<header class="cover">{mark}<h1>{for_html(self.document.title)}</h1></header>'
        notices = "".join(self.callout(notice) for notice in cover.notices)
        return (
            f'<header class="cover">{mark}<p class="kind">{for_html(cover.kind_of_report)}</p>'
            f'<h1>{for_html(cover.title)}</h1><p class="subtitle">{for_html(cover.subtitle)}</p>'
            f"{_facts(cover.facts)}{notices}</header>"
        )


def _list_of(place: int, block: Table) -> str:
    """One column of a table whose columns are lists, under its title."""
    items = "".join(f"<li>{runs_html(row[place])}</li>" for row in block.rows if plain_text(row[place]).strip())
    caption = f"{for_html(block.caption)}: " if block.caption else ""
    return f"<section><p><b>{caption}{for_html(block.columns[place].title)}</b></p><ul>{items}</ul></section>"


def _facts(rows: tuple[Fact, ...], *, dense: bool = False) -> str:
    pairs = "".join(
        f"<div><dt>{for_html(row.label)}{':' if dense else ''}</dt> <dd>{runs_html(row.runs)}</dd></div>"
        for row in rows
    )
    return f"<dl{_class('dense' if dense else '')}>{pairs}</dl>"


def _link(heading: Heading) -> str:
    return f'<a href="#{for_html(heading.id)}">{runs_html(heading.shown)}</a>'


def _class(name: str) -> str:
    return f' class="{name}"' if name and name != "body" else ""


def _side(column: Column) -> str:
    return _class("" if column.align == "left" else column.align)


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
