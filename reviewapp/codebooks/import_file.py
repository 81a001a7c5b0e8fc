"""A codebook from a spreadsheet (`export_sheet.COLUMNS`) or a `.qdc`: all or nothing, each fault with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from reviewapp.base.errors import Invalid, ReviewError
from reviewapp.base.files import read_whole, reason_of, shortened
from reviewapp.base.i18n import _
from reviewapp.codebooks.check import check
from reviewapp.codebooks.export_sheet import COLUMNS, YES_NO
from reviewapp.codebooks.model import Codebook, Theme
from reviewapp.codebooks.qdc import from_qda
from reviewapp.qda.limits import LIMITS
from reviewapp.qda.read_codes import read_codebook
from reviewapp.spreadsheets.account import choose_sheets
from reviewapp.spreadsheets.problems import Problems
from reviewapp.spreadsheets.reader import SheetRow, read_sheets
from reviewapp.spreadsheets.table import Names, Table, TableRule, find_tables

_NEEDED = ("id", "title")
_NAMES: Names = {name: (name, name.replace("_", " ")) for name in COLUMNS}
TABLE = TableRule(_NAMES, _NEEDED)
"""By what a codebook is known among other spreadsheets."""
_OF_THE_WHOLE = ("codebook", "source", "edition")
_WORDS = ("title", "use_when", "not_when", "codebook", "source")
_YES, _NO = ("yes", "y", "true", "1", ""), ("no", "n", "false", "0")


class ReadCodebook(msgspec.Struct, frozen=True):
    """A codebook of a file; `not_read` tells in words what of the file was left out."""

    codebook: Codebook
    not_read: tuple[str, ...] = ()


def import_codebook(
    path: Path, codebook_id: str, known: Codebook | None = None, sheets: Sequence[str] = ()
) -> ReadCodebook:
    """The codebook in an XLSX, a CSV or a `.qdc`, checked; `known` is the one of that id that is here already.

    Raises Invalid naming the cell, the theme or the limit, Damaged for a file cut short, SheetsUndecided where it is
    not certain which sheets are meant.
    """
    path = Path(path)
    if path.suffix.casefold() == ".qdc":
        return _from_qdc(path, codebook_id, known)
    picked = choose_sheets(read_sheets(path), _NAMES, _NEEDED, chosen=sheets)
    tables = find_tables(picked.sheets, _NAMES, _NEEDED, instead=_("export a codebook and fill that in"))
    _refuse_odd_cells(tables)
    rows = [(table, row) for table in tables for row in table.rows()]
    whole = dict.fromkeys(_OF_THE_WHOLE, "")
    for table, row in rows:
        for name in _OF_THE_WHOLE:
            whole[name] = _same(table, row, name, whole[name])
    book = Codebook(
        id=codebook_id,
        title=whole["codebook"] or (known.title if known else path.stem),
        source=whole["source"],
        edition=whole["edition"] or "1",
        themes=[_theme(table, row) for table, row in rows],
    )
    check(book, lambda number: _cell(*rows[number], "id"))
    told = [one.sentence() for one in picked.accounts if one.treatment not in ("read", "own")]
    return ReadCodebook(book, (*told, *_unread(tables)))


def _from_qdc(path: Path, codebook_id: str, known: Codebook | None) -> ReadCodebook:
    found, ignored = read_codebook(_read(path), path.name)
    book = from_qda(found, codebook_id, known.title if known else path.stem, known)
    check(book)
    return ReadCodebook(book, tuple(_("{n} × {name} was not read", n=n, name=name) for name, n in ignored.items()))


def _unread(tables: Sequence[Table]) -> Iterator[str]:
    for table in tables:
        for column, heading in table.others():
            cell = table.sheet.sheet_location(table.head.number, column)
            yield _("{cell}: the column “{heading}” is not known and was not read", cell=cell, heading=heading[:60])


def _theme(table: Table, row: SheetRow) -> Theme:
    text = {name: table.get(row, name).strip() for name in COLUMNS}
    codable = text["codable"].casefold()
    if codable not in _YES + _NO:
        raise Invalid(
            _("{cell}: {text} is neither {yes} nor {no}", cell=_cell(table, row, "codable"), text=repr(codable)[:40],
              yes=YES_NO[0], no=YES_NO[1]),
            field="codable",
        )  # fmt: skip
    return Theme(
        id=text["id"],
        parent=text["parent"],
        title=text["title"],
        use_when=text["use_when"],
        not_when=text["not_when"],
        codable=codable in _YES,
        color=text["color"].lower(),
        standards=_standards(table, row, text["standards"]),
        same_as=_listed(text["same_as"]),
        near=_listed(text["near"]),
        guid=text["guid"],
    )


def _standards(table: Table, row: SheetRow, text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part in filter(None, (one.strip() for one in text.split(";"))):
        instrument, colon, numbers = part.partition(":")
        if not colon or not instrument.strip() or not _listed(numbers):
            raise Invalid(
                _("{cell}: {text} does not name an instrument and its standards",
                  cell=_cell(table, row, "standards"), text=repr(part)[:60]),
                field="standards",
                do=_("write it as: instrument: 1, 2; other-instrument: 3"),
            )  # fmt: skip
        found[instrument.strip()] = _listed(numbers)
    return found


def _same(table: Table, row: SheetRow, name: str, before: str) -> str:
    """A value of the whole codebook, which every row says alike or leaves empty."""
    text = table.get(row, name).strip()
    if before and text and text != before:
        raise Invalid(
            _("{cell}: {text} is not what the rows above say ({before})",
              cell=_cell(table, row, name), text=repr(text)[:60], before=repr(before)[:60]),
            field=name,
        )  # fmt: skip
    return before or text


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _cell(table: Table, row: SheetRow, name: str) -> str:
    return table.sheet.sheet_location(row.number, table.columns.get(name, table.columns["id"]))


def _refuse_odd_cells(tables: Sequence[Table]) -> None:
    problems = Problems()
    for table in tables:
        for row in table.rows():
            for name, column in table.columns.items():
                (problems.words if name in _WORDS else problems.kind)(table.sheet, row, column)
    problems.refuse()


def _read(path: Path) -> bytes:
    try:
        data = read_whole(path, LIMITS.xml)
    except OSError as error:
        raise ReviewError(
            _("cannot read {path}: {reason}", path=shortened(path), reason=reason_of(error)),
            do=_("check the name and the place"),
        ) from error
    return data
