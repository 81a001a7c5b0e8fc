"""Tables of Word: a repeated header row that screen readers recognise, rules instead of boxes, widths as in the PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reviewapp.report import fonts, house_style
from reviewapp.report.docx.ooxml import element, put, repeat_header, rule_below, shade
from reviewapp.report.docx.text import add_runs
from reviewapp.report.measure import column_widths
from reviewapp.report.runs import Runs, Text, plain_text
from reviewapp.report.tree import Column, Table

if TYPE_CHECKING:
    from docx.document import Document as WordDocument


SPREAD = 1.3
"""Width allowed for letters, relative to Source Sans: Word uses whatever font the reader has; some are this wide."""

FEW_ROWS = 6
"""A table of no more rows stands on one page."""

BEGINNING = 2
"""The rows of a longer one, with its header, that do not stand at the foot of a page without another."""

LONG = 600
"""A row with as many characters may be split between pages; a shorter one stays whole."""


def add_table(word: WordDocument, table: Table, ids: dict[str, str]) -> None:
    """Append the table and a small space; `ids` are those of `style_ids`."""
    from docx.shared import Pt

    fonts.register()
    made: Any = word.add_table(rows=1, cols=len(table.columns))
    made.autofit = False
    look = {"firstRow": "1", "lastRow": "0", "firstColumn": "0", "lastColumn": "0", "noHBand": "0", "noVBand": "1"}
    put(made._tbl.tblPr, element("w:tblLook", val="0420", **look))
    room = [Pt(width) for width in column_widths(table, house_style.TEXT_WIDTH, spread=SPREAD)]
    for column, width in zip(made.columns, room, strict=True):
        column.width = width
    titles: list[Runs] = [(Text(text=column.title),) for column in table.columns]
    _fill(made.rows[0], titles, table.columns, room, ids["Table head"])
    repeat_header(made.rows[0])
    for cell in made.rows[0].cells:
        shade(cell._tc.get_or_add_tcPr(), house_style.TINT)
        rule_below(cell, house_style.ACCENT, 8)
    for row in table.rows:
        added = made.add_row()
        _fill(added, list(row), table.columns, room, ids["Table text"])
        if sum(len(plain_text(runs)) for runs in row) < LONG:
            put(added._tr.get_or_add_trPr(), element("w:cantSplit"))
        for cell in added.cells:
            rule_below(cell, house_style.RULE, 4)
    whole = len(table.rows) <= FEW_ROWS
    for made_row in made.rows[: -1 if whole else BEGINNING]:
        _keep_with_next(made_row)
    word.add_paragraph()._p.style = ids["Spacer"]


def _keep_with_next(row: Any) -> None:
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def add_panel(word: WordDocument, lines: tuple[tuple[str, str], ...], ids: dict[str, str]) -> Any:
    """Append lines of text, each with its style, on a background of the accent colour; returns the first of them."""
    from docx.shared import Pt

    cell: Any = word.add_table(rows=1, cols=1).rows[0].cells[0]
    cell.width = Pt(house_style.TEXT_WIDTH)
    shade(cell._tc.get_or_add_tcPr(), house_style.ACCENT)
    for place, (words, style) in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph._p.style = ids[style]
        paragraph.paragraph_format.left_indent = Pt(10)
        add_runs(paragraph, (Text(text=words),))
    return cell.paragraphs[0]


def card_cells(word: WordDocument, many: int) -> list[Any]:
    """The cells for as many cards, two in a row that is not divided, in a table without rules."""
    from docx.shared import Pt

    made: Any = word.add_table(rows=(many + 1) // 2, cols=2)
    made.autofit = False
    cells: list[Any] = []
    for row in made.rows:
        put(row._tr.get_or_add_trPr(), element("w:cantSplit"))
        for cell in row.cells:
            cell.width = Pt(house_style.TEXT_WIDTH / 2)
        cells += row.cells
    return cells[:many]


def _fill(row: Any, cells: list[Runs], columns: tuple[Column, ...], room: list[Any], style: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    sides = {"right": WD_ALIGN_PARAGRAPH.RIGHT, "centre": WD_ALIGN_PARAGRAPH.CENTER}
    for cell, runs, column, width in zip(row.cells, cells, columns, room, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph._p.style = style
        paragraph.alignment = sides.get(column.align)
        add_runs(paragraph, runs)
