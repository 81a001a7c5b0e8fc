"""Empty tables for the team to fill in, with instructions in plain language and the standards or items filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, any_of
from reviewapp.instruments.model import Instrument
from reviewapp.intake.read import SHEETS
from reviewapp.intake.sheet import FOR, Legend, TemplateSpec
from reviewapp.spreadsheets import layout
from reviewapp.spreadsheets.layout import Column
from reviewapp.spreadsheets.writer import csv_bytes, workbook_bytes

if TYPE_CHECKING:
    from openpyxl import Workbook


def template(kind: str, instrument: Instrument, suffix: str = ".xlsx") -> bytes:
    """The file to send to a team, XLSX or (by `suffix`) CSV; filled in, `read_intake` of the same kind reads it.

    Raises Invalid for an unknown kind or suffix.
    """
    if kind not in SHEETS:
        raise Invalid(
            _("there is no template of kind {kind}", kind=f"{kind!r}"),
            field="kind",
            do=_("use {listed}", listed=any_of(SHEETS)),
        )
    plan = SHEETS[kind].template(instrument)
    if suffix.casefold() == ".csv":
        return csv_bytes([[column.title.partition("\n")[0] for column in plan.columns], *plan.rows])
    if suffix.casefold() != ".xlsx":
        raise Invalid(
            _("a template cannot be written as {suffix}", suffix=f"{suffix!r}"),
            field="file",
            do=_("name the file .xlsx or .csv"),
        )
    book = layout.workbook(f"{plan.title} - {instrument.title}")
    layout.instructions(book, plan.title, [(FOR, _edition(instrument)), *plan.how])
    _fill(book, plan)
    if plan.legend is not None:
        _legend(book, plan.legend)
    return workbook_bytes(book)


def _edition(instrument: Instrument) -> str:
    name = f"{instrument.title}, {instrument.edition}" if instrument.edition else instrument.title
    return f"{name}\n{instrument.subset_note}".strip()


def _fill(book: Workbook, plan: TemplateSpec) -> None:
    sheet = layout.table(book, plan.sheet, plan.columns, head_height=plan.head_height, freeze=plan.freeze)
    for row in plan.rows:
        layout.add_row(sheet, plan.columns, row)
    last = len(plan.rows) + 1
    ranges: dict[tuple[str, ...], list[str]] = {}
    for number, column in enumerate(plan.columns, 1):
        if not column.locked and (choices := plan.lists.get(column.title, plan.lists.get(""))):
            letter = sheet.cell(1, number).column_letter
            ranges.setdefault(choices, []).append(f"{letter}2:{letter}{last}")
    for choices, cells in ranges.items():
        layout.drop_down(sheet, " ".join(cells), choices, title="Please choose")
    book.active = 0


def _legend(book: Workbook, legend: Legend) -> None:
    columns = tuple(Column(title=title, width=width, locked=True) for title, width in legend.columns)
    sheet = layout.table(book, legend.sheet, columns)
    for row in legend.rows:
        layout.add_row(sheet, columns, row)
