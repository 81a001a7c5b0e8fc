"""Standards from a sheet with a header row: number, type, section, statement, and perhaps title, guidance, sources."""

from __future__ import annotations

import re

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.instruments.check import check_standard
from reviewapp.instruments.importing.appendix import Anomaly
from reviewapp.instruments.model import SOURCES, Source, Standard
from reviewapp.spreadsheets.reader import Sheet, SheetRow, place

NEEDED = ("number", "type", "section", "statement")
OPTIONAL = ("title", "guidance", "sources")
COLUMNS = ("number", "type", "section", "title", "statement", "guidance", "sources")
"""The columns in the order in which they are written; they are read in any order."""


def read_columns(sheet: Sheet) -> tuple[tuple[Standard, ...], tuple[Anomaly, ...]]:
    """Every standard of the sheet, in its order, and an anomaly for each unknown column.

    An empty title stays empty: the importer decides on one. Raises Invalid naming file, sheet and cell.
    """
    if not sheet.rows:
        raise Invalid(
            _("{place} is empty", place=place(sheet.file, sheet.name)),
            do=_("it needs the columns {list}", list=", ".join(NEEDED)),
        )
    where, anomalies = _header(sheet)
    if sheet.note:
        anomalies.insert(0, Anomaly(line=1, kind="encoding", text=sheet.note))
    standards: list[Standard] = []
    seen: dict[str, int] = {}
    for row in sheet.rows[1:]:
        standard = _standard(sheet, row, where)
        if standard.number in seen:
            raise Invalid(
                _(
                    "{place}: standard {number} is already in row {seen}",
                    place=sheet.sheet_location(row.number, where["number"]),
                    number=standard.number,
                    seen=seen[standard.number],
                ),
                field="number",
                do=_("give each standard its own number"),
            )
        seen[standard.number] = row.number
        standards.append(standard)
    if not standards:
        raise Invalid(
            _("{place} has a header row but no standards", place=place(sheet.file, sheet.name)),
            do=_("add a row a standard"),
        )
    return tuple(standards), tuple(anomalies)


def _header(sheet: Sheet) -> tuple[dict[str, int], list[Anomaly]]:
    """The known columns by name, and an anomaly for each unknown one; raises Invalid for a missing or doubled one."""
    header = sheet.rows[0]
    where: dict[str, int] = {}
    anomalies = []
    for column, cell in enumerate(header.cells):
        name = cell.strip().casefold()
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
        number=texts["number"].strip(),
        type=texts["type"].strip(),
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
