"""Each block of the tree as what reportlab sets on pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from reviewapp.report import charts, look
from reviewapp.report.escape import visible
from reviewapp.report.pdf_flow import heading_line, panel, ruled_paragraph
from reviewapp.report.pdf_tables import table_flowable
from reviewapp.report.pdf_text import Setter
from reviewapp.report.tree import (
    Block,
    Callout,
    Chart,
    Contents,
    Cover,
    Facts,
    Heading,
    Listing,
    PageBreak,
    Paragraph,
    Quote,
    Table,
    plain,
)

ROOM_FOR_HEADING = {1: 0.40 * look.TEXT_HEIGHT, 2: 150.0, 3: 130.0}
"""A heading with less than this left on the page goes to the next one."""


def block_flowables(block: Block, setter: Setter) -> list[Any]:
    """What to set for one block, in order."""
    make = cast(Callable[[Any, Setter], list[Any]], _MAKERS[type(block)])
    return make(block, setter)


def _heading(block: Heading, setter: Setter) -> list[Any]:
    from reportlab.platypus import CondPageBreak

    size = 3 if block.entry else block.level
    line = heading_line()(setter.markup(block.runs), setter.styles[f"h{size}"])
    line.level, line.anchor, line.words = block.level, block.id, setter.line(plain(block.runs))
    line.listed = not block.entry and block.level < 3
    return [CondPageBreak(ROOM_FOR_HEADING[size]), line]


def _paragraph(block: Paragraph, setter: Setter) -> list[Any]:
    made = setter.runs(block.runs, block.style)
    if block.keep:
        made.keepWithNext = 1
    return [made]


def _listing(block: Listing, setter: Setter) -> list[Any]:
    return [
        setter.runs(item, "point", bulletText=f"{number}." if block.ordered else "•")
        for number, item in enumerate(block.items, 1)
    ]


def _facts(block: Facts, setter: Setter) -> list[Any]:
    return [setter.runs(row.runs, "fact", bulletText=visible(row.label, setter.glyphs)) for row in block.rows]


def _table(block: Table, setter: Setter) -> list[Any]:
    from reportlab.platypus import CondPageBreak

    made = [CondPageBreak(90), table_flowable(block, setter)]
    if block.caption:
        made.insert(1, setter.paragraph(setter.typed(block.caption), "caption"))
    return made


def _quote(block: Quote, setter: Setter) -> list[Any]:
    who = f'<font color="{look.MUTED}">— {setter.typed(block.label)}, {setter.typed(block.group)}</font>'
    words = f"“{setter.typed(block.text)}”<br/>{who}"
    return [ruled_paragraph()(words, setter.styles["quote"])]


def _chart(block: Chart, setter: Setter) -> list[Any]:
    from reportlab.platypus import KeepTogether, Spacer

    drawing = charts.drawing(block, look.TEXT_WIDTH)
    caption = setter.paragraph(setter.typed(block.caption), "caption")
    if drawing.height > look.TEXT_HEIGHT * 0.8:
        return [caption, drawing, Spacer(1, 12)]
    return [KeepTogether([caption, drawing, Spacer(1, 12)])]


def _callout(block: Callout, setter: Setter) -> list[Any]:
    words = f'<font color="{look.INK}"><b>{setter.typed(block.title)}</b></font>'
    if block.runs:
        words += f"<br/>{setter.markup(block.runs)}"
    return [setter.paragraph(words, "callout")]


def _page_break(block: PageBreak, setter: Setter) -> list[Any]:
    from reportlab.platypus.doctemplate import PageBreak as NewPage

    return [NewPage()]


def _contents(block: Contents, setter: Setter) -> list[Any]:
    from reportlab.platypus.doctemplate import PageBreak as NewPage
    from reportlab.platypus.tableofcontents import TableOfContents

    contents = TableOfContents(dotsMinLevel=0)
    contents.levelStyles = [setter.styles["contents_1"], setter.styles["contents_2"]]
    return [setter.paragraph(setter.typed(block.title), "contents_title"), contents, NewPage()]


TITLE_SIZES = (34, 28, 22, 17)


def _cover(block: Cover, setter: Setter) -> list[Any]:
    from reportlab.platypus import NextPageTemplate, Spacer
    from reportlab.platypus.doctemplate import PageBreak as NewPage

    made: list[Any] = [NextPageTemplate("page"), *_cover_panel(block, setter), Spacer(1, 22)]
    made += _facts(Facts(rows=block.facts), setter)
    for notice in block.notices:
        made += _callout(notice, setter)
    return [*made, NewPage()]


def _cover_panel(block: Cover, setter: Setter) -> list[Any]:
    """The title on its ground, as large as fits; a title no panel can hold is set as plain paragraphs."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph as Set

    kind = setter.paragraph(setter.typed(block.kind_of_report), "cover_kind")
    subtitle = setter.paragraph(setter.typed(block.subtitle), "cover_sub")
    for size in TITLE_SIZES:
        style = ParagraphStyle(
            f"cover_title_{size}",
            parent=setter.styles["cover_sub"],
            fontName=setter.styles["h1"].fontName,
            fontSize=size,
            leading=size * 1.15,
            spaceAfter=12,
        )
        title = Set(setter.typed(block.title), style)
        high = sum(p.wrap(look.TEXT_WIDTH, look.PAGE_HEIGHT)[1] for p in (kind, title, subtitle))
        if high < 0.42 * look.PAGE_HEIGHT:
            return [panel()([kind, title, subtitle], 0.36 * look.PAGE_HEIGHT)]
    return [
        setter.paragraph(setter.typed(words), style)
        for words, style in ((block.kind_of_report, "caption"), (block.title, "lead"), (block.subtitle, "lead"))
    ]


_MAKERS: dict[type[Any], Callable[..., list[Any]]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Listing: _listing,
    Facts: _facts,
    Table: _table,
    Quote: _quote,
    Chart: _chart,
    Callout: _callout,
    PageBreak: _page_break,
    Contents: _contents,
    Cover: _cover,
}
