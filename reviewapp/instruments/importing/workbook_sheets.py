"""The sheets of the workbook in which the owner of a scored scale keeps it: names, columns, reading single cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.instruments.importing.appendix import Anomaly
from reviewapp.instruments.model import SOURCES, Source
from reviewapp.spreadsheets.cells import address, normalised, stripped
from reviewapp.spreadsheets.problems import Problems
from reviewapp.spreadsheets.sheet import Sheet, SheetRow, place
from reviewapp.spreadsheets.table import Names, Table, find_table

SHEETS: Mapping[str, tuple[str, ...]] = {
    "Scale": ("key", "value"),
    "Bands": ("label", "from"),
    "Items": ("item", "subscale", "title", "statement", "guidance", "sources", "form", "scores", "type"),
    "Criteria": (
        "item", "letter", "text", "implies", "sources", "agreement", "measure", "op", "threshold", "unit", "list",
        "guidance", "fewest", "audit", "level",
    ),
    "Map": ("item", "score", "rule"),
    "Questions": ("group", "id", "text", "item", "letters"),
    "Audit": ("id", "text", "items"),
}  # fmt: skip
"""Every sheet with its columns, in the order in which they are written."""
NEEDED: Mapping[str, tuple[str, ...]] = {
    "Scale": ("key", "value"),
    "Bands": ("label", "from"),
    "Items": ("item", "subscale", "title"),
    "Criteria": ("item", "letter", "text"),
    "Map": ("item", "score", "rule"),
    "Questions": ("group", "id", "text"),
    "Audit": ("id", "text"),
}
KNOWN_BY = ("Scale", "Items")
"""A workbook with sheets of these names, and one of the next, is such a workbook."""
KNOWN_BESIDE = ("Bands", "Criteria", "Map")
NO_NUMBER = frozenset({"threshold", "value"})
"""Columns in which a percentage or a date may stand: they are read as they are seen."""

LETTERS: Mapping[str, Source] = {
    "c": "case_note", "p": "document", "m": "manager", "s": "staff", "su": "patient", "ff": "carer", "f": "carer",
    "o": "other_service",
}  # fmt: skip
"""The letters of the scale for its sources; F and FF are the same."""
SOURCE_LETTERS: Mapping[Source, str] = {source: letter.upper() for letter, source in LETTERS.items() if letter != "f"}
_SOURCES: Mapping[str, Source] = {**LETTERS, **{normalised(source): source for source in SOURCES}}


def sheet_called(sheets: Sequence[Sheet], name: str) -> Sheet | None:
    """The sheet with this name, whatever its case; a shown one before a hidden one."""
    found = [one for one in sheets if normalised(one.name) == normalised(name)]
    return next((one for one in found if not one.hidden), found[0] if found else None)


class Rows:
    """The rows of one sheet of the workbook, by our column names; every odd cell is gathered in `problems`."""

    def __init__(self, sheet: Sheet, name: str, problems: Problems) -> None:
        """Raises Invalid when the sheet lacks a column it needs."""
        names: Names = {column: (column,) for column in SHEETS[name]}
        found = find_table(sheet, names, NEEDED[name])
        if found is None:
            raise Invalid(
                _(
                    "{place} has no heading row with {list}",
                    place=place(sheet.file, sheet.name),
                    list=", ".join(NEEDED[name]),
                ),
                field=NEEDED[name][0],
                do=_("give it one"),
                kept=_("nothing was imported"),
            )
        self.table: Table = found
        self.problems = problems

    def __iter__(self) -> Iterator[SheetRow]:
        """The rows with content, each cell looked at for more or other than it shows."""
        for row in self.table.rows():
            if not any(self.get(row, name) for name in self.table.columns):
                continue
            for name, column in self.table.columns.items():
                (self.problems.words if name in NO_NUMBER else self.problems.kind)(self.table.sheet, row, column)
            yield row

    def get(self, row: SheetRow, name: str) -> str:
        """The text in a column, without blanks around it; empty where there is no such column."""
        return self.table.get(row, name) if stripped(self.table.get(row, name)) else ""

    def needed(self, row: SheetRow, name: str) -> str:
        """As `get`. Raises Invalid, naming the cell, when it is empty."""
        text = self.get(row, name)
        if not text:
            raise self.wrong(row, name, _("{name} is missing", name=name), _("fill it in"))
        return text

    def number(self, row: SheetRow, name: str) -> int | None:
        """A whole number, or None for an empty cell. Raises Invalid, naming the cell, for anything else."""
        text = self.get(row, name)
        if not text:
            return None
        if not re.fullmatch(r"-?\d{1,9}(\.0+)?", text):
            raise self.wrong(row, name, _("{text} is not a whole number", text=repr(text)), _("correct it"))
        return int(float(text))

    def sources(self, row: SheetRow) -> tuple[Source, ...]:
        """The sources in a cell, by letter or by name, each once in the order given."""
        found: dict[Source, None] = {}
        for part in re.split(r"[,;/+\n]", self.get(row, "sources")):
            words = [part] if normalised(part) in _SOURCES else part.split()
            for word in words:
                source = _SOURCES.get(normalised(word))
                if source is None:
                    raise self.wrong(
                        row, "sources", _("{word} is not a source", word=repr(word.strip())),
                        _("use the letters C, P, M, S, SU, FF and O"),
                    )  # fmt: skip
                found[source] = None
        return tuple(found)

    def wrong(self, row: SheetRow, name: str, what: str, do: str = "") -> Invalid:
        """The error for a cell, or for the row where there is no such column."""
        sheet = self.table.sheet
        column = self.table.columns.get(name)
        where = (
            sheet.sheet_location(row.number, column)
            if column is not None
            else _("{place}, row {number}", place=place(sheet.file, sheet.name), number=row.number)
        )
        cell = address(row.number, column) if column is not None else ""
        return Invalid(
            f"{where}: {what}", field=cell, do=do or _("correct it and import again"), kept=_("nothing was imported")
        )

    def unread(self) -> Iterator[Anomaly]:
        """What of the sheet is not read: unknown columns, comments at cells; and what is hidden and is read."""
        sheet = self.table.sheet
        for __, heading in self.table.others():
            text = _('sheet "{sheet}": the column {name} is not known and was not read', sheet=sheet.name,
                     name=repr(heading[:60]))  # fmt: skip
            yield Anomaly(line=self.table.head.number, kind="unknown_column", text=text)
        for one in sheet.comments:
            where = f"{sheet.name} {address(one.row, one.column)}"
            text = _("a comment at {cell} was not read: {text}", cell=where, text=one.text[:200])
            yield Anomaly(line=one.row, kind="comment", text=text)
        hidden = [row.number for row in sheet.rows if row.hidden]
        if sheet.hidden or hidden or sheet.hidden_columns:
            text = _('sheet "{sheet}": something in it is hidden, and was read', sheet=sheet.name)
            yield Anomaly(line=hidden[0] if hidden else 0, kind="hidden", text=text)


def listed(text: str) -> tuple[str, ...]:
    """Words or letters in a cell, separated by blanks, commas or semicolons, each once."""
    return tuple(dict.fromkeys(word for word in re.split(r"[\s,;]+", text) if word))


def parts(text: str) -> tuple[str, ...]:
    """The parts of a list in a cell: one a line, or separated by semicolons, or else by commas.

    A single part with a comma in it ends in a semicolon.
    """
    for separator in ("\n", ";", ","):
        if separator in text:
            return tuple(part.strip() for part in text.split(separator) if part.strip())
    return (text.strip(),) if text.strip() else ()
