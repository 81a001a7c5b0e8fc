"""Small instruments, files and views of workbooks for the tests of everything that is a spreadsheet."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reviewapp.instruments.model import AuditItem, Instrument, Rule, Scale, ScaleValue, Standard, Targets

GOLDEN = Path(__file__).parents[2] / "golden"

RATED = Scale(
    kind="rated",
    values=(
        ScaleValue(value="met", label="Met", key="M", counts="met"),
        ScaleValue(value="not_met", label="Not Met", key="N", counts="not_met"),
        ScaleValue(value="na", label="Not Applicable", key="A", counts="na"),
    ),
)
SCORED = Scale(
    kind="scored",
    values=tuple(ScaleValue(value=n, label=f"{n} points", key=str(n), counts="scored", points=n) for n in range(1, 6)),
)


def standard(number: str, type_: str, sources: tuple[Any, ...] = ("patient", "survey")) -> Standard:
    """An example standard."""
    return Standard(
        number=number,
        type=type_,
        section="Example section",
        title=f"Example title {number}",
        statement=f"What example {number} asks, in a sentence.",
        sources=sources,
    )


def instrument(scale: Scale = RATED) -> Instrument:
    """Five standards (one with a letter in its number, one no survey can test) and two audit items."""
    return Instrument(
        id="example",
        title="Example standards",
        edition="1st edition",
        scope="subset",
        sections=("Example section",),
        scale=scale,
        rule=Rule(),
        standards=(
            standard("4", "1"),
            standard("36a", "2"),
            standard("47", "1"),
            standard("90", "3"),
            standard("101", "2", ("document",)),
        ),
        audit=(
            AuditItem(item="A1", text="A plan of care", standards=("4",)),
            AuditItem(item="A2", text="A named carer", standards=("47",)),
        ),
        targets=Targets(case_notes=3, surveys={"patient": 10, "carer": 10}),
        subset_note="on these 5 example standards only; not an accreditation outcome",
    )


def write_csv(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """Rows as a CSV file."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    path.write_bytes(stream.getvalue().encode())
    return path


def write_xlsx(path: Path, rows: Sequence[Sequence[Any]], sheet: str = "Table") -> Path:
    """Rows as an XLSX file with one sheet."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def opened(data: bytes) -> Any:
    """The workbook in these bytes."""
    import openpyxl

    return openpyxl.load_workbook(io.BytesIO(data))


def cells(data: bytes) -> str:
    """All that a reader meets in a workbook: sheets, cells, what is locked, hidden, offered and kept in view."""
    told = []
    for sheet in opened(data).worksheets:
        state = f"{sheet.sheet_state}, protected {sheet.protection.sheet}, frozen {sheet.freeze_panes}"
        told.append(f"== {sheet.title} ({state})")
        told += [f"   hidden {name}" for name, column in sorted(sheet.column_dimensions.items()) if column.hidden]
        told += [f"   list {rule.sqref}: {rule.formula1}" for rule in sheet.data_validations.dataValidation]
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None or not cell.protection.locked:
                    lock = "" if cell.protection.locked else " open"
                    value = "" if cell.value is None else f": {cell.value!r}"
                    told.append(f"{cell.coordinate}{lock}{value}")
    return "\n".join(told) + "\n"


def same_as_golden(name: str, text: str) -> None:
    """Compare with the file in tests/golden; `UPDATE_GOLDEN=1` writes it anew, to be looked at before committing."""
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
