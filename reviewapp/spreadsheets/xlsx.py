"""Reading XLSX: nothing is run, fetched, expanded or repaired, and every size is checked before it is parsed."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any

from reviewapp.base.errors import Damaged, Invalid, ReviewError
from reviewapp.base.i18n import _
from reviewapp.spreadsheets import xlsx_package
from reviewapp.spreadsheets.bounded_archive import BoundedArchive
from reviewapp.spreadsheets.row_bounds import Cells, ReadSoFar, bounded_rows, too_far
from reviewapp.spreadsheets.sheet import CellKind, Limits, Sheet, place
from reviewapp.spreadsheets.sheet_comments import CommentReader
from reviewapp.spreadsheets.shown_cell import PLAIN, CellStyle, shown_cell
from reviewapp.spreadsheets.xlsx_package import SheetPart

_LAST_COLUMN = 16_384
_ROW = 4
"""Cells that an empty row counts for: it takes as long to read."""
_TRUE = ("1", "true", "on")
_NO_SIZE = ("0", "0.0")


def read_xlsx(data: bytes, file: str, limits: Limits) -> tuple[Sheet, ...]:
    """Every sheet of a workbook in its order, also the hidden ones. Raises ReviewError as `reader.read_sheets`."""
    archive = BoundedArchive(data, file, limits)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of a date that is none; the cell says so itself
            sheets = _Workbook(archive, limits).sheets()
    except ReviewError:
        raise
    except Exception as error:  # parsers pass on whatever a malformed part makes of them
        raise Damaged(
            _("{file} cannot be read as a spreadsheet", file=file), do=_("open it, save it again as XLSX, and retry")
        ) from error
    if not sheets:
        raise Invalid(_("{file} has no sheet with cells", file=file), do=_("choose the right file"))
    return sheets


class _Workbook:
    """A workbook while its sheets are read; what they may hold together is counted here."""

    def __init__(self, archive: BoundedArchive, limits: Limits) -> None:
        self._archive, self._limits = archive, limits
        self._so_far = ReadSoFar()

    def sheets(self) -> tuple[Sheet, ...]:
        """All of them, read one after the other."""
        parts, strings, epoch = xlsx_package.sheet_parts(self._archive, self._limits)
        styles = xlsx_package.styles(self._archive)
        shown = _ShownCells(styles.cells, self._limits)
        comments = CommentReader(self._archive, self._limits)
        parser = partial(
            _parser_class(),
            shared_strings=strings,
            epoch=epoch,
            date_formats=styles.dates,
            timedelta_formats=styles.spans,
        )
        return tuple(self._sheet(one, parser, shown, comments) for one in parts)

    def _sheet(
        self, sheet: SheetPart, parser_of: Callable[..., Any], shown: _ShownCells, comments: CommentReader
    ) -> Sheet:
        file = self._archive.file
        if sheet.chart:
            return Sheet(file=file, name=sheet.name, hidden=sheet.hidden, chart=True)
        with self._archive.open(sheet.part) as source:
            parser = parser_of(source)
            parser.where, parser.left = place(file, sheet.name), self._limits.formulas
            raw = _cells(parser, shown, self._limits.cells)
            rows = bounded_rows(raw, file, sheet.name, self._limits, self._so_far)
        return Sheet(
            file=file,
            name=sheet.name,
            hidden=sheet.hidden,
            rows=rows,
            comments=comments.of(sheet.part, sheet.name),
            hidden_columns=_hidden_columns(parser.columns),
        )


@cache
def _parser_class() -> Any:
    """The parser that openpyxl uses itself; its own sheets show neither hidden rows nor the numbers of date cells."""
    from openpyxl.worksheet._reader import FORMULA_TAG, INLINE_STRING, WorkSheetParser

    class Parser(WorkSheetParser):  # type: ignore[misc]
        """Parses rows and nothing but rows; `columns` are the spans of those that nobody sees (hidden, of no width)."""

        where = ""
        left = 0

        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self.columns: set[tuple[int, int]] = set()

        def parse_cell(self, element: Any) -> Any:
            """The cell as openpyxl reads it, the words in it as all strings are read here."""
            inline = element.find(INLINE_STRING) if element.get("t") == "inlineStr" else None
            found = super().parse_cell(_without(element, inline) if inline is not None else element)
            if inline is not None and found["value"] is None:
                found |= {"value": xlsx_package.text_of(inline) or None, "data_type": "s"}
            return found

        def parse_formula(self, element: Any) -> Any:
            """The formula; how long all those may be together that others are made of, and are made of others."""
            formula = element.find(FORMULA_TAG)
            if formula.get("t") == "shared":
                first = self.shared_formulae.get(formula.get("si"))
                self.left -= len(formula.text or "") if first is None else len(first.get_tokens())
                if self.left < 0:
                    raise too_far(self.where)
            return super().parse_formula(element)

    return Parser


def _rows(parser: Any) -> Iterator[Any]:
    """Each row of the sheet as XML; rules, merged ranges and the like are passed over."""
    for one, __ in xlsx_package.elements(parser.source, "row", "col"):
        if one.tag.endswith("}row"):
            yield one
        elif one.get("hidden", "") in _TRUE or one.get("width", "") in _NO_SIZE:
            parser.columns.add((int(one.get("min")) - 1, min(int(one.get("max")), _LAST_COLUMN)))


class _ShownCells:
    """What the cells of a workbook show; numbers that come again are not formatted again."""

    def __init__(self, styles: list[CellStyle], limits: Limits) -> None:
        self._styles, self._left = styles, limits.formats
        self._known: dict[tuple[object, type, CellStyle], tuple[str, CellKind]] = {}

    def of(self, cell: dict[str, Any], where: str) -> tuple[int, str, CellKind]:
        """The column of a cell, counted from 0, its text and its kind. Raises Invalid for formats without end."""
        value, number = cell["value"], cell["style_id"]
        style = self._styles[number] if number < len(self._styles) else PLAIN
        if style.number_format == "General" or not isinstance(value, int | float):
            return cell["column"] - 1, *shown_cell(value, cell["data_type"], style)
        key = (value, type(value), style)
        if key not in self._known:
            self._left -= len(style.number_format)
            if self._left < 0:
                raise too_far(where)
            self._known[key] = shown_cell(value, cell["data_type"], style)
        return cell["column"] - 1, *self._known[key]


def _without(element: Any, inline: Any) -> Any:
    element.remove(inline)
    return element


def _cells(parser: Any, shown: _ShownCells, most: int) -> Iterator[tuple[int, Cells, bool]]:
    """Each row as its number, its cells that hold something as (column, text, kind), and whether it is hidden."""
    seen = 0
    for row in _rows(parser):
        if all("r" in cell.attrib for cell in row):  # else empty cells say where the next one stands
            row[:] = [cell for cell in row if len(cell)]
        seen += len(row) + _ROW
        if seen > most:
            raise too_far(parser.where)
        number, cells = parser.parse_row(row)
        found = [shown.of(cell, parser.where) for cell in cells if cell["value"] is not None]
        attributes = parser.row_dimensions.pop(str(number), {})
        yield number, found, attributes.get("hidden", "") in _TRUE


def _hidden_columns(spans: set[tuple[int, int]]) -> frozenset[int]:
    """The columns, counted from 0, in spans of hidden ones."""
    found: set[int] = set()
    reached = 0
    for first, last in sorted(spans):
        found.update(range(max(first, reached), last))
        reached = max(reached, last)
    return frozenset(found)
