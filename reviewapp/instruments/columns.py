"""Standards from a sheet with a header row: number, type, section, statement, and perhaps title, guidance, sources."""

from __future__ import annotations

import re

from reviewapp.errors import Invalid
from reviewapp.instruments.appendix import Anomaly
from reviewapp.instruments.check import check_standard
from reviewapp.instruments.model import SOURCES, Source, Standard
from reviewapp.spreadsheets import Row, Sheet, place

NEEDED = ("number", "type", "section", "statement")
OPTIONAL = ("title", "guidance", "sources")
COLUMNS = ("number", "type", "section", "title", "statement", "guidance", "sources")
"""As they are written; read in any order."""


def read_columns(sheet: Sheet) -> tuple[tuple[Standard, ...], tuple[Anomaly, ...]]:
    """Every standard of the sheet, in its order, and the columns that were not known.

    An empty title stays empty: whoever imports decides on one. `Invalid` names file, sheet and cell.
    """
    if not sheet.rows:
        raise Invalid(f"{place(sheet.file, sheet.name)} is empty", do=f"it needs the columns {', '.join(NEEDED)}")
    where, anomalies = _header(sheet)
    if sheet.note:
        anomalies.insert(0, Anomaly(line=1, kind="encoding", text=sheet.note))
    standards: list[Standard] = []
    seen: dict[str, int] = {}
    for row in sheet.rows[1:]:
        standard = _standard(sheet, row, where)
        if standard.number in seen:
            raise Invalid(
                f"{sheet.place(row.number, where['number'])}: standard {standard.number} is already in row "
                f"{seen[standard.number]}",
                field="number",
                do="give each standard its own number",
            )
        seen[standard.number] = row.number
        standards.append(standard)
    if not standards:
        raise Invalid(f"{place(sheet.file, sheet.name)} has a header row but no standards", do="add a row a standard")
    return tuple(standards), tuple(anomalies)


def _header(sheet: Sheet) -> tuple[dict[str, int], list[Anomaly]]:
    """Which column is where; unknown ones are named, missing and doubled ones refused."""
    header = sheet.rows[0]
    where: dict[str, int] = {}
    anomalies = []
    for column, cell in enumerate(header.cells):
        name = cell.strip().casefold()
        if name in where:
            raise Invalid(
                f"{sheet.place(header.number, column)}: the column {name!r} occurs twice", do="rename or delete one"
            )
        if name in NEEDED or name in OPTIONAL:
            where[name] = column
        elif name:
            text = f"the column {cell.strip()[:60]!r} is not known and was not read"
            anomalies.append(Anomaly(line=header.number, kind="unknown_column", text=text))
    missing = [name for name in NEEDED if name not in where]
    if missing:
        raise Invalid(
            f"{place(sheet.file, sheet.name)}, row {header.number}: there is no column {' or '.join(missing)}",
            do=f"the header row needs {', '.join(NEEDED)}",
        )
    return where, anomalies


def _standard(sheet: Sheet, row: Row, where: dict[str, int]) -> Standard:
    """The standard of one row, judged; numbers, types and sections lose the spaces around them."""
    texts = {name: row.cell(column) for name, column in where.items()}
    for name in NEEDED:
        if not texts[name].strip():
            raise Invalid(f"{sheet.place(row.number, where[name])} is empty: {name}", field=name, do="fill it in")
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
        at = f", cell {sheet.place(row.number, where[error.field]).rpartition(' ')[2]}" if error.field in where else ""
        raise Invalid(
            f"{place(sheet.file, sheet.name)}, row {row.number}{at}: {error.what}", field=error.field, do=error.do
        ) from error
    return standard


def _sources(sheet: Sheet, row: Row, column: int) -> tuple[Source, ...]:
    """`patient, case note` as the model names them, each once, in the order given."""
    found: list[Source] = []
    for word in re.split(r"[,;\n]", row.cell(column)):
        name = "_".join(word.casefold().split())
        if not name:
            continue
        if name not in SOURCES:
            raise Invalid(
                f"{sheet.place(row.number, column)}: {word.strip()!r} is not a source",
                field="sources",
                do=f"use {', '.join(SOURCES)}",
            )
        if name not in found:
            found.append(name)
    return tuple(found)
