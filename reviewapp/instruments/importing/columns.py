"""Standards from a sheet with a header row: number, type, section, statement, and perhaps title, guidance, sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.instruments.check import check_standard
from reviewapp.instruments.importing.appendix import Anomaly
from reviewapp.instruments.model import SOURCES, Source, Standard
from reviewapp.spreadsheets.account import choose_sheets
from reviewapp.spreadsheets.cells import address, visible
from reviewapp.spreadsheets.problems import Problems
from reviewapp.spreadsheets.reader import Sheet, SheetRow, place
from reviewapp.spreadsheets.row_labels import is_no_record
from reviewapp.spreadsheets.table import Names, TableRule, find_table

NEEDED = ("number", "type", "section", "statement")
OPTIONAL = ("title", "guidance", "sources")
COLUMNS = ("number", "type", "section", "title", "statement", "guidance", "sources")
"""The columns in the order in which they are written; they are read in any order."""
_NAMES: Names = {name: (name,) for name in COLUMNS}
TABLE = TableRule(_NAMES, NEEDED)
"""By what a list of standards is known among other spreadsheets."""


def read_columns(
    sheets: Sequence[Sheet], chosen: Sequence[str] = ()
) -> tuple[tuple[Standard, ...], tuple[Anomaly, ...]]:
    """Every standard of all sheets with a table of standards, in their order, and an anomaly for what was not read.

    An empty title stays empty: the importer decides on one. Raises SheetsUndecided where it is not certain which sheets
    are meant and none is `chosen`, and Invalid naming file, sheet and cell.
    """
    picked = choose_sheets(sheets, _NAMES, NEEDED, chosen=chosen)
    unread = [one for one in picked.accounts if one.treatment != "read" or one.why]
    anomalies = [Anomaly(line=0, kind="sheet", text=one.sentence()) for one in unread]
    standards: dict[str, Standard] = {}
    places: dict[str, str] = {}
    for sheet in picked.sheets:
        anomalies += _read_sheet(sheet, standards, places)
    return tuple(standards.values()), tuple(anomalies)


def _read_sheet(sheet: Sheet, standards: dict[str, Standard], places: dict[str, str]) -> list[Anomaly]:
    """Add the standards of one sheet, with the row of each; returns the anomalies of the sheet."""
    if not sheet.rows:
        raise Invalid(
            _("{place} is empty", place=place(sheet.file, sheet.name)),
            do=_("it needs the columns {list}", list=", ".join(NEEDED)),
        )
    table = find_table(sheet, _NAMES, NEEDED)
    header = table.head if table else sheet.rows[0]
    where, anomalies = _header(sheet, header)
    anomalies = [*_notes(sheet), *anomalies]
    rows = [row for row in sheet.rows if row.number > header.number]
    records = [row for row in rows if not _is_no_standard(row, where)]
    anomalies += [_skipped(row) for row in rows if _is_no_standard(row, where)]
    _refuse_odd_cells(sheet, records, where)
    for row in records:
        standard = _standard(sheet, row, where)
        if standard.number in standards:
            raise Invalid(
                _(
                    "{place}: standard {number} is already in {seen}",
                    place=sheet.sheet_location(row.number, where["number"]),
                    number=standard.number,
                    seen=places[standard.number].removeprefix(f'sheet "{sheet.name}", '),
                ),
                field="number",
                do=_("give each standard its own number"),
            )
        standards[standard.number] = standard
        places[standard.number] = f'sheet "{sheet.name}", row {row.number}'
    if not records:
        raise Invalid(
            _("{place} has a header row but no standards", place=place(sheet.file, sheet.name)),
            do=_("add a row a standard"),
        )
    return anomalies


def _notes(sheet: Sheet) -> Iterator[Anomaly]:
    """An anomaly for a guessed encoding, and one for each comment at a cell."""
    if sheet.note:
        yield Anomaly(line=1, kind="encoding", text=sheet.note)
    for one in sheet.comments:
        text = _("a comment at {cell} was not read: {text}", cell=address(one.row, one.column), text=one.text[:200])
        yield Anomaly(line=one.row, kind="comment", text=text)


def _is_no_standard(row: SheetRow, where: dict[str, int]) -> bool:
    """True for an example, a total or the like; a row that has all that a standard needs is a standard."""
    if all(row.cell(where[name]).strip() for name in NEEDED):
        return False
    return is_no_record(next(text for text in row.cells if text.strip()), alone=True)


def _skipped(row: SheetRow) -> Anomaly:
    label = next(text for text in row.cells if text.strip()).strip()
    return Anomaly(line=row.number, kind="no_standard", text=_("the row headed “{label}” was not read", label=label))


def _refuse_odd_cells(sheet: Sheet, rows: Sequence[SheetRow], where: dict[str, int]) -> None:
    """Raise one error for all cells that hold more or other than they show."""
    problems = Problems()
    for row in rows:
        for name, column in where.items():
            (problems.kind if name in ("number", "type") else problems.words)(sheet, row, column)
    problems.refuse()


def _header(sheet: Sheet, header: SheetRow) -> tuple[dict[str, int], list[Anomaly]]:
    """The known columns by name, and an anomaly for each unknown one; raises Invalid for a missing or doubled one."""
    where: dict[str, int] = {}
    anomalies = []
    for column, cell in enumerate(header.cells):
        name = visible(cell).strip().casefold()
        if name in where:
            raise Invalid(
                _(
                    "{place}: the column {name} occurs twice",
                    place=sheet.sheet_location(header.number, column),
                    name=f"{name!r}",
                ),
                do=_("rename or delete one"),
            )
        if name in NEEDED or name in OPTIONAL:
            where[name] = column
        elif name:
            text = _("the column {name} is not known and was not read", name=repr(cell.strip()[:60]))
            anomalies.append(Anomaly(line=header.number, kind="unknown_column", text=text))
    missing = [name for name in NEEDED if name not in where]
    if missing:
        raise Invalid(
            _(
                "{place}, row {number}: there is no column {list}",
                place=place(sheet.file, sheet.name),
                number=header.number,
                list=_(" or ").join(missing),
            ),
            do=_("the header row needs {list}", list=", ".join(NEEDED)),
        )
    return where, anomalies


def _standard(sheet: Sheet, row: SheetRow, where: dict[str, int]) -> Standard:
    """The standard of one row, checked; numbers, types and sections lose the spaces around them."""
    texts = {name: row.cell(column) for name, column in where.items()}
    for name in NEEDED:
        if not texts[name].strip():
            raise Invalid(
                _("{place} is empty: {name}", place=sheet.sheet_location(row.number, where[name]), name=name),
                field=name,
                do=_("fill it in"),
            )
    standard = Standard(
        number=_plain(texts["number"]),
        type=_plain(texts["type"]),
        section=texts["section"].strip(),
        title=texts.get("title", ""),
        statement=texts["statement"],
        guidance=texts.get("guidance", ""),
        sources=_sources(sheet, row, where["sources"]) if "sources" in where else (),
    )
    try:
        check_standard(standard, titled=False)
    except Invalid as error:
        at = (
            f", cell {sheet.sheet_location(row.number, where[error.field]).rpartition(' ')[2]}"
            if error.field in where
            else ""
        )
        raise Invalid(
            _(
                "{place}, row {number}{at}: {what}",
                place=place(sheet.file, sheet.name),
                number=row.number,
                at=at,
                what=error.what,
            ),
            field=error.field,
            do=error.do,
        ) from error
    return standard


def _plain(text: str) -> str:
    """A number or type without blanks around it and without characters that nobody sees; `47.0` is 47."""
    seen = visible(text).strip()
    return re.sub(r"^(\d+)\.0+$", r"\1", seen) if re.fullmatch(r"[\w.-]+", seen, re.ASCII) else text.strip()


def _sources(sheet: Sheet, row: SheetRow, column: int) -> tuple[Source, ...]:
    """The sources in a cell such as `patient, case note`, by the model's names, each once, in the order given."""
    found: list[Source] = []
    for word in re.split(r"[,;\n]", row.cell(column)):
        name = "_".join(word.casefold().split())
        if not name:
            continue
        if name not in SOURCES:
            raise Invalid(
                _(
                    "{place}: {word} is not a source",
                    place=sheet.sheet_location(row.number, column),
                    word=f"{word.strip()!r}",
                ),
                field="sources",
                do=_("use {list}", list=", ".join(SOURCES)),
            )
        if name not in found:
            found.append(name)
    return tuple(found)
