"""Turns each kind of block of the tree into reportlab flowables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import msgspec

from reviewapp.report import charts, dots, dumbbells, house_style, slopes, strips, tiles
from reviewapp.report.chart_blocks import Chart, Dots, Dumbbells, Slopes, Strip, Tiles
from reviewapp.report.escape import replace_unprintable
from reviewapp.report.pdf.cards import card_flowables
from reviewapp.report.pdf.contents import contents_table
from reviewapp.report.pdf.flowables import figure, heading_line, panel, ruled_paragraph, tagged_paragraph
from reviewapp.report.pdf.keep_with_next import keep_with_next, undivided
from reviewapp.report.pdf.tables import table_flowable
from reviewapp.report.pdf.tagging import Node
from reviewapp.report.pdf.text import Typesetter
from reviewapp.report.runs import Text, plain_text
from reviewapp.report.tree import (
    Block,
    Callout,
    Cards,
    Contents,
    Cover,
    Facts,
    Heading,
    Listing,
    PageBreak,
    Paragraph,
    Quote,
    Table,
    label_run,
)

ROOM_FOR_HEADING = {1: 0.18 * house_style.TEXT_HEIGHT, 2: 110.0, 3: 78.0}
"""Points that must be left on the page below a heading, by level; with less it moves to the next page."""

GROUPS_A_PIECE = 14
"""The most groups in one piece of a chart, so that it fits on a page with three bars each."""


def block_flowables(block: Block, setter: Typesetter) -> list[Any]:
    """The flowables for one block, in order."""
    make = cast(Callable[[Any, Typesetter], list[Any]], _MAKERS[type(block)])
    return make(block, setter)


def _heading(block: Heading, setter: Typesetter) -> list[Any]:
    size = 3 if block.entry else block.level
    line = setter.set(heading_line(), block.shown, setter.styles[f"h{size}"], Node(f"H{block.level}", setter.root))
    line.level, line.anchor, line.words = block.level, block.id, setter.line(plain_text(block.shown))
    line.least_room = ROOM_FOR_HEADING[size]
    return [keep_with_next(line)]


def _paragraph(block: Paragraph, setter: Typesetter) -> list[Any]:
    made = setter.runs(block.runs, block.style)
    return [keep_with_next(made) if block.keep or block.style == "rating" else made]


def _listing(block: Listing, setter: Typesetter) -> list[Any]:
    whole = Node("L", setter.root, ListNumbering="/Decimal" if block.ordered else "/Disc")
    return [
        setter.labelled(f"{number}." if block.ordered else "•", item, "point", Node("LI", whole))
        for number, item in enumerate(block.items, 1)
    ]


def _facts(block: Facts, setter: Typesetter) -> list[Any]:
    if block.dense:
        dense = [setter.runs((*label_run(row.label), *row.runs), "dense") for row in block.rows]
        return [keep_with_next(one) for one in dense] if block.keep else dense
    if len(block.rows) == 1:  # one is no list
        (row,) = block.rows
        return [setter.runs(row.runs, "fact", bulletText=replace_unprintable(row.label, setter.glyphs))]
    whole = Node("L", setter.root, ListNumbering="/None")
    return [setter.labelled(row.label, row.runs, "fact", Node("LI", whole)) for row in block.rows]


def _table(block: Table, setter: Typesetter) -> list[Any]:
    node = Node("Div" if block.lists else "Table", setter.root)
    return [*_caption(block.caption, setter, node), table_flowable(block, setter, node)]


def _caption(caption: str, setter: Typesetter, under: Node) -> list[Any]:
    return [keep_with_next(setter.words(caption, "caption", Node("Caption", under)))] if caption else []


def _quote(block: Quote, setter: Typesetter) -> list[Any]:
    runs = (Text(text=f"“{block.text}”  "), Text(text=_whose(block), tone="muted"))
    return [setter.set(ruled_paragraph(), runs, setter.styles["quote"], Node("P", Node("BlockQuote", setter.root)))]


def _whose(block: Quote) -> str:
    """Who said it, with the number of the quote on one line with what it is called."""
    return block.whose.replace("— Quote ", "—\u00a0Quote\u00a0", 1)


def _chart(block: Chart, setter: Typesetter) -> list[Any]:
    """Caption and figures of a chart; one too high for a page in pieces, each with its own axis and legend."""
    made: list[Any] = [keep_with_next(setter.words(block.caption, "caption"))]
    for start in range(0, len(block.groups), GROUPS_A_PIECE):
        piece = msgspec.structs.replace(block, groups=block.groups[start : start + GROUPS_A_PIECE])
        node = Node("Figure", setter.root, Alt=setter.line(block.alt))
        made.append(figure()(charts.drawing(piece, house_style.TEXT_WIDTH), node))
    return made


def _slopes(block: Slopes, setter: Typesetter) -> list[Any]:
    """Caption and figures of rounds side by side, in pieces that each fit on a page."""
    made: list[Any] = [keep_with_next(setter.words(block.caption, "caption"))]
    for piece in slopes.pieces(block):
        node = Node("Figure", setter.root, Alt=setter.line(block.alt))
        made.append(figure()(slopes.drawing(piece, house_style.TEXT_WIDTH), node))
    return made


def _dots(block: Dots, setter: Typesetter) -> list[Any]:
    """Caption and figures of a dot plot, in pieces that each fit on a page."""
    made: list[Any] = [keep_with_next(setter.words(block.caption, "caption"))]
    for piece in dots.pieces(block):
        node = Node("Figure", setter.root, Alt=setter.line(block.alt))
        made.append(figure()(dots.drawing(piece, house_style.TEXT_WIDTH), node))
    return made


def _tiles(block: Tiles, setter: Typesetter) -> list[Any]:
    """Caption and figures of tiles, in pieces that each fit on a page."""
    made: list[Any] = [keep_with_next(setter.words(block.caption, "caption"))]
    for piece in tiles.pieces(block):
        node = Node("Figure", setter.root, Alt=setter.line(block.alt))
        made.append(figure()(tiles.drawing(piece, house_style.TEXT_WIDTH), node))
    return made


def _dumbbells(block: Dumbbells, setter: Typesetter) -> list[Any]:
    """Title and figures of dumbbells, in pieces that each fit on a page."""
    made: list[Any] = [keep_with_next(setter.runs(block.title, "caption"))]
    for piece in dumbbells.pieces(block):
        node = Node("Figure", setter.root, Alt=setter.line(block.alt))
        made.append(figure()(dumbbells.drawing(piece, house_style.TEXT_WIDTH), node))
    return made


def _strip(block: Strip, setter: Typesetter) -> list[Any]:
    made = figure()(strips.drawing(block), Node("Figure", setter.root, Alt=setter.line(block.alt)))
    made.spaceAfter = 6
    return [keep_with_next(made)]


def _callout(block: Callout, setter: Typesetter) -> list[Any]:
    title = Text(text=block.title + ("\n" if block.runs else ""), bold=True)
    return [undivided(setter.runs((title, *block.runs), "callout"))]


def _page_break(block: PageBreak, setter: Typesetter) -> list[Any]:
    from reportlab.platypus.doctemplate import PageBreak as NewPage

    return [NewPage()]


def _contents(block: Contents, setter: Typesetter) -> list[Any]:
    from reportlab.platypus.doctemplate import PageBreak as NewPage

    title = setter.words(block.title, "contents_title")
    styles = [setter.styles["contents_1"], setter.styles["contents_2"]]
    return [title, contents_table(setter.entries, styles, Node("TOC", setter.root), setter.pages), NewPage()]


TITLE_SIZES = (34, 28, 22, 17)


def _cover(block: Cover, setter: Typesetter) -> list[Any]:
    from reportlab.platypus import NextPageTemplate, Spacer
    from reportlab.platypus.doctemplate import PageBreak as NewPage

    made: list[Any] = [NextPageTemplate("page"), *_cover_panel(block, setter), Spacer(1, 22)]
    made += _facts(Facts(rows=block.facts), setter)
    for notice in block.notices:
        made += _callout(notice, setter)
    return [*made, NewPage()]


def _cover_panel(block: Cover, setter: Typesetter) -> list[Any]:
    """The title panel with the title as large as fits; a title too long for any panel is set as plain paragraphs."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Spacer

    nodes = [Node("P", setter.root) for _ in range(3)]
    kind = setter.words(block.kind_of_report, "cover_kind", nodes[0])
    subtitle = setter.words(block.subtitle, "cover_sub", nodes[2])
    for size in TITLE_SIZES:
        style = ParagraphStyle(
            f"cover_title_{size}",
            parent=setter.styles["cover_sub"],
            fontName=setter.styles["h1"].fontName,
            fontSize=size,
            leading=size * 1.15,
            spaceAfter=12,
        )
        title = setter.set(tagged_paragraph(), (Text(text=block.title),), style, nodes[1])
        high = sum(p.wrap(house_style.TEXT_WIDTH, house_style.PAGE_HEIGHT)[1] for p in (kind, title, subtitle))
        if high < 0.42 * house_style.PAGE_HEIGHT:
            return [panel()([kind, title, subtitle], 0.36 * house_style.PAGE_HEIGHT)]
    return [Spacer(1, house_style.TOP)] + [
        setter.words(line, style, node)
        for line, style, node in zip(
            (block.kind_of_report, block.title, block.subtitle), ("caption", "lead", "lead"), nodes, strict=True
        )
    ]


_MAKERS: dict[type[Any], Callable[..., list[Any]]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Listing: _listing,
    Facts: _facts,
    Table: _table,
    Quote: _quote,
    Chart: _chart,
    Slopes: _slopes,
    Dots: _dots,
    Tiles: _tiles,
    Dumbbells: _dumbbells,
    Strip: _strip,
    Cards: card_flowables,
    Callout: _callout,
    PageBreak: _page_break,
    Contents: _contents,
    Cover: _cover,
}
