"""Columns that only repeat what the standards say: what somebody wrote over them is words of the team."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reviewapp.instruments.lookup import standards_meant
from reviewapp.instruments.model import Instrument, Standard
from reviewapp.spreadsheets.cells import stripped
from reviewapp.spreadsheets.outside import OutsideWords, without_ours, words_under
from reviewapp.spreadsheets.row_marks import normalised_cell
from reviewapp.spreadsheets.table import Table

_FIELDS = {
    "type": "type",
    "title": "title",
    "what is asked": "statement",
    "section": "section",
    "statement": "statement",
    "guidance": "guidance",
    "sources": "sources",
}
"""Headings of columns that repeat what the standards say → the field of a standard."""


def given_columns(table: Table) -> dict[int, str]:
    """The columns of a table that only repeat the standards, with the field of a standard that each repeats."""
    headed = {column: " ".join(text.split()).casefold() for column, text in table.others()}
    return {column: _FIELDS[name] for column, name in headed.items() if name in _FIELDS}


def words_typed_over(table: Table, instrument: Instrument) -> Iterator[OutsideWords]:
    """What stands in cells that repeat a standard and is not its text."""
    standards = {s.number: s for s in instrument.standards}
    columns = given_columns(table)
    for row in table.rows():
        meant = standards_meant(table.seen(row, "standard"), instrument)
        standard = standards[meant[0]] if len(meant) == 1 else None
        for column, name in columns.items():
            text = _text(standard, name) if standard is not None else ""
            if stripped(row.cell(column)) and not _same(row.cell(column), text, name):
                number = standard.number if standard is not None else ""
                for words in words_under(table, row, column, "given"):
                    yield msgspec.structs.replace(words, text=without_ours(words.text, [text]), standard=number)


def _text(standard: Standard, name: str) -> str:
    return ", ".join(standard.sources) if name == "sources" else str(getattr(standard, name))


def _same(cell: str, text: str, name: str) -> bool:
    shown = " ".join(normalised_cell(cell).split()).casefold()
    if name == "type":
        shown = shown.removeprefix("type").strip()
    return shown == " ".join(normalised_cell(text).split()).casefold()
