"""Tells the kind of a spreadsheet by the headings of its tables, the most telling ones first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from reviewapp.codebooks.import_file import TABLE as CODEBOOK
from reviewapp.factcheck.import_sheet import TABLE as RESPONSE
from reviewapp.factcheck.import_sheet import visit_of as visit_of_response
from reviewapp.instruments.importing.columns import TABLE as STANDARDS
from reviewapp.instruments.importing.workbook_sheets import KNOWN_BY, sheet_called
from reviewapp.instruments.model import Instrument
from reviewapp.intake.read import SHEETS
from reviewapp.intake.submissions import source_of
from reviewapp.plan.import_sheet import TABLE as PLAN
from reviewapp.plan.import_sheet import visit_of as visit_of_plan
from reviewapp.spreadsheets.sheet import Sheet
from reviewapp.spreadsheets.table import TableRule, find_table

_Whose = Callable[[Sequence[Sheet], Collection[str]], str]


class KindOfSheet(NamedTuple):
    """What a spreadsheet is, and the visit whose marks it bears; both empty where that is not known."""

    kind: str = ""
    visit: str = ""


_SENT: tuple[tuple[str, TableRule, _Whose], ...] = (
    ("plan", PLAN, visit_of_plan),
    ("response", RESPONSE, visit_of_response),
)
"""Sheets that the program sent with a mark in each row, by which they are known before any that only look like them."""
_OF_TEAM = ("self_review", "survey", "audit")


def kind_of_sheets(
    sheets: Sequence[Sheet], visits: Collection[str] = (), instrument: Instrument | None = None
) -> KindOfSheet:
    """What the sheets of one file are. A survey and an audit are known by what `instrument` asks."""
    for kind, rule, whose in _SENT:
        visit = whose(sheets, visits)
        if visit or (kind == "plan" and _has(sheets, rule)):
            return KindOfSheet(kind, visit)
    if any(source_of(sheet) is not None for sheet in sheets):
        return KindOfSheet("survey")
    for kind in _OF_TEAM:
        table = SHEETS[kind].table
        if table is not None and instrument is not None and _has(sheets, table(instrument)):
            return KindOfSheet(kind)
    if all(sheet_called(sheets, name) is not None for name in KNOWN_BY):
        return KindOfSheet("standards")
    known = (("response", RESPONSE), ("codebook", CODEBOOK), ("standards", STANDARDS))
    return KindOfSheet(next((kind for kind, rule in known if _has(sheets, rule)), ""))


def _has(sheets: Sequence[Sheet], rule: TableRule) -> bool:
    return any(find_table(sheet, rule.names, rule.required, rule.beside) is not None for sheet in sheets)
