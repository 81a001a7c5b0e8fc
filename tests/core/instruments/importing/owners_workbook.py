"""Owners' workbooks of this test's own making, as an office program would save them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Sheets = dict[str, list[list[Any]]]


def small() -> Sheets:
    """Two items, each form of cell as a person would type it: numbers as numbers, letters in any case."""
    return {
        "Scale": [
            ["key", "value"], ["id", "own-scale"], ["title", "Own scale"], ["edition", "Version 1"],
            ["edition date", "2026-11-01"], ["owner", "Example owner"], ["permission who", "Example owner"],
            ["permission when", "2026-11-02"], ["permission scope", "this network"],
            ["source file sha256", "A" * 64], ["lowest", 1], ["highest", 5], ["language", "en"], ["items", 2],
        ],
        "Bands": [["label", "from"], ["low", 2], ["moderate", 5], ["high", 8]],
        "Items": [
            ["item", "subscale", "title", "statement", "guidance", "sources", "form"],
            [1, "Access", "Quick", "They are quick.", "Look.", "C P M", "count"],
            [2, "Care", "Open", "They are open.", "", "SU, FF; O", "ladder"],
        ],
        "Criteria": [
            ["item", "letter", "text", "implies", "sources", "agreement", "measure", "op", "threshold", "unit", "list",
             "guidance"],
            [1, "a", "Half within a day", "", "C", "", "share", ">=", 50, "of case notes", "", ""],
            [1, "b", "Nine of ten within a day", "a", "C", "", "share", "≥", "90 %", "of case notes", "", ""],
            [1, "C", "All say so", "", "SU F S", "all", "yes-no", "", "", "", "", "Ask."],
            [1, "d", "Four of these", "", "P", "any", "list", ">=", 2, "", "x\ny\nz", ""],
            [2, "a", "By day", "", "M", "", "", "", "", "", "", ""],
            [2, "b", "By night", "", "M", "", "", "", "", "", "", ""],
            [2, "c", "At weekends", "", "M", "", "", "", "", "", "", ""],
            [2, "d", "Always", "", "M", "", "", "", "", "", "", ""],
        ],
        "Map": [
            ["item", "score", "rule"],
            [1, 5, "n>=4"], [1, 4, "n=3"], [1, 3, "n=2"], [1, 2, "c | n>=1"], [1, 1, "otherwise"],
            [2, 5, "level=4"], [2, 4, "level=3"], [2, 3, "level=2"], [2, 2, "level=1"], [2, 1, "otherwise"],
        ],
        "Questions": [
            ["group", "id", "text", "item", "letters"],
            ["SU", "Q1", "Were they quick?", 1, "a, b"], ["SU", "Q1", "Were they quick?", 2, ""],
            ["manager", "Q2", "When are you open?", 2, "a b c d"],
        ],
    }  # fmt: skip


def changed(sheet: str, cell: tuple[int, int], value: Any) -> Sheets:
    """The small workbook with another value in one cell; row and column count from 0, the heading is row 0."""
    book = small()
    row, column = cell
    while len(book[sheet]) <= row:
        book[sheet].append([])
    line = book[sheet][row]
    line += [""] * (column + 1 - len(line))
    line[column] = value
    return book


def without(sheet: str, row: int) -> Sheets:
    """The small workbook without one row."""
    book = small()
    del book[sheet][row]
    return book


def save(sheets: Mapping[str, Sequence[Sequence[Any]]], path: Path) -> Path:
    """Write the sheets, values as they are."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                if value != "":
                    sheet.cell(number, column).value = value
    book.save(path)
    return path
