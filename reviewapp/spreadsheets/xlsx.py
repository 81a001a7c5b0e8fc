"""Reading XLSX: nothing is run, fetched, expanded or repaired, and every size is checked before it is parsed."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from reviewapp.base.errors import Damaged, Invalid, ReviewError
from reviewapp.base.i18n import _
from reviewapp.base.undated_zip import UndatedZip
from reviewapp.spreadsheets.row_bounds import Cells, bounded_rows
from reviewapp.spreadsheets.sheet import Hidden, Limits, Sheet
from reviewapp.spreadsheets.sheet_comments import CommentReader
from reviewapp.spreadsheets.shown_cell import PLAIN, CellStyle, shown_cell

_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAME = re.compile(rb"http://purl\.oclc\.org/ooxml/([A-Za-z]+)/([A-Za-z/]+)")


def read_xlsx(data: bytes, file: str, limits: Limits) -> tuple[Sheet, ...]:
    """Every sheet of a workbook in its order, also the hidden ones. Raises ReviewError as `reader.read_sheets`."""
    import openpyxl

    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("openpyxl must use defusedxml")
    _check_archive(data, file, limits)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of features it does not keep; only text is wanted here
            data = _transitional(data)
            book = _load(data)
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                comments = CommentReader(archive, file, limits)
                sheets = tuple(_sheet(one, book, comments, file, limits) for one in book._sheets)
            book.close()
    except ReviewError:
        raise
    except Exception as error:  # openpyxl passes on whatever its parts raise on a malformed file
        raise Damaged(
            _("{file} cannot be read as a spreadsheet", file=file), do=_("open it, save it again as XLSX, and retry")
        ) from error
    if not sheets:
        raise Invalid(_("{file} has no sheet with cells", file=file), do=_("choose the right file"))
    return sheets


def _check_archive(data: bytes, file: str, limits: Limits) -> None:
    """Refuse an archive whose parts would inflate beyond the limit; zipfile never inflates past what it declares."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Damaged(_("{file} is cut short or damaged", file=file), do=_("get a fresh copy of it")) from error
    if sum(part.file_size for part in parts) > limits.unpacked or len(parts) > 2_000:
        raise Invalid(
            _("{file} holds more than {n} MB when unpacked", file=file, n=limits.unpacked // 1000000),
            do=_("take out pictures and sheets that are not needed"),
        )
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise Invalid(
            _("{file} is an archive but not an XLSX spreadsheet", file=file), do=_("save it as XLSX and try again")
        )


def _transitional(data: bytes) -> bytes:
    """The archive itself; one in Strict Open XML with the names of the usual form, which is all that differs here."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if not any(_STRICT in archive.read(one) for one in archive.namelist() if one.endswith("workbook.xml")):
            return data
        stream = io.BytesIO()
        with UndatedZip(stream, compresslevel=1) as written:
            for name in archive.namelist():
                part = archive.read(name)
                written.writestr(
                    name, _STRICT_NAME.sub(_usual_name, part) if name.endswith((".xml", ".rels")) else part
                )
    return stream.getvalue()


def _usual_name(found: re.Match[bytes]) -> bytes:
    kind, rest = found[1], found[2]
    if kind == b"officeDocument" and rest == b"customProperties":
        rest = b"custom-properties"
    if kind == b"officeDocument" and rest == b"extendedProperties":
        rest = b"extended-properties"
    head, slash, tail = rest.partition(b"/")
    return b"http://schemas.openxmlformats.org/" + kind + b"/2006/" + head + slash + tail


def _load(data: bytes) -> Any:
    """The workbook without its cells. A sheet that is a chart is only named, not drawn."""
    from openpyxl.reader.excel import ExcelReader

    reader: Any = ExcelReader(io.BytesIO(data), read_only=True, keep_links=False)

    def name_chartsheet(sheet: Any, _relation: Any) -> None:
        reader.wb._sheets.append(_ChartSheet(sheet.name, sheet.state))

    reader.read_chartsheet = name_chartsheet
    reader.read()
    return reader.wb


class _ChartSheet:
    """A sheet that shows a chart and has no cells."""

    def __init__(self, title: str, state: str) -> None:
        self.title, self.sheet_state = title, state
        self.defined_names: dict[str, Any] = {}


_HIDDEN: dict[str, Hidden] = {"visible": "", "hidden": "hidden", "veryHidden": "veryHidden"}


def _sheet(worksheet: Any, book: Any, comments: CommentReader, file: str, limits: Limits) -> Sheet:
    name, hidden = str(worksheet.title), _HIDDEN.get(worksheet.sheet_state, "hidden")
    if isinstance(worksheet, _ChartSheet):
        return Sheet(file=file, name=name, hidden=hidden, chart=True)
    with worksheet._get_source() as source:
        parser = _parser(source, worksheet, book)
        rows = bounded_rows(_cells(parser, _styles(book)), file, name, limits)
    return Sheet(
        file=file,
        name=name,
        hidden=hidden,
        rows=rows,
        comments=comments.of(worksheet._worksheet_path, name),
        hidden_columns=_hidden_columns(parser),
    )


def _parser(source: Any, worksheet: Any, book: Any) -> Any:
    """The parser that openpyxl uses itself; its own sheets show neither hidden rows nor the numbers of date cells."""
    from openpyxl.worksheet._reader import WorkSheetParser

    return WorkSheetParser(
        source,
        worksheet._shared_strings,
        epoch=book.epoch,
        date_formats=book._date_formats,
        timedelta_formats=book._timedelta_formats,
    )


def _cells(parser: Any, styles: list[CellStyle]) -> Iterator[tuple[int, Cells, bool]]:
    """Each row as its number, its cells that hold something as (column, text, kind), and whether it is hidden."""
    for number, cells in parser.parse():
        row = [
            (cell["column"] - 1, *shown_cell(cell["value"], cell["data_type"], _style_of(styles, cell["style_id"])))
            for cell in cells
            if cell["value"] is not None
        ]
        attributes = parser.row_dimensions.pop(str(number), {})
        yield number, row, attributes.get("hidden", "") in _TRUE


_TRUE = ("1", "true", "on")
_NO_SIZE = ("0", "0.0")


def _style_of(styles: list[CellStyle], number: int) -> CellStyle:
    return styles[number] if number < len(styles) else PLAIN


def _styles(book: Any) -> list[CellStyle]:
    """The styles of the workbook by their number."""
    found = []
    for one in book._cell_styles:
        code = _format_code(book, one.numFmtId)
        struck = one.fontId < len(book._fonts) and bool(book._fonts[one.fontId].strike)
        found.append(CellStyle(code, struck))
    return found


def _format_code(book: Any, number: int) -> str:
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

    if number < BUILTIN_FORMATS_MAX_SIZE:
        return str(BUILTIN_FORMATS.get(number, "General"))
    own = number - BUILTIN_FORMATS_MAX_SIZE
    return str(book._number_formats[own]) if own < len(book._number_formats) else "General"


def _hidden_columns(parser: Any) -> frozenset[int]:
    """The columns, counted from 0, that nobody sees: hidden ones and those of no width."""
    found: set[int] = set()
    for one in parser.column_dimensions.values():
        if one.get("hidden", "") in _TRUE or one.get("width", "") in _NO_SIZE:
            found.update(range(int(one["min"]) - 1, min(int(one["max"]), 16_384)))
    return frozenset(found)
