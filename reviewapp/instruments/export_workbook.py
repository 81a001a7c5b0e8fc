"""A scored instrument as its owner's workbook, which `importing.workbook` reads back without a difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.instruments.importing.workbook_scale import scale_rows
from reviewapp.instruments.importing.workbook_sheets import SHEETS, SOURCE_LETTERS
from reviewapp.instruments.model import Instrument, Origin, Source
from reviewapp.spreadsheets.writer import put_text, workbook_bytes

_WIDE = {"text": 60, "statement": 60, "guidance": 50, "list": 40, "value": 60, "title": 36, "rule": 30, "key": 22}
_NARROW = 12

Row = Sequence[str]


def belongs_in_workbook(instrument: Instrument) -> bool:
    """Whether an instrument has what only the owner's workbook holds: criteria, maps, or whose scale it is."""
    return instrument.scale.kind == "scored" and (
        isinstance(instrument.origin, Origin) or any(one.criteria or one.map for one in instrument.standards)
    )


def workbook_of(instrument: Instrument) -> bytes:
    """The workbook as XLSX. Raises Invalid for a scale that it cannot hold."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    _refuse_what_would_be_lost(instrument)
    book = Workbook()
    book.remove(book.active)
    for name, rows in _sheets(instrument).items():
        sheet = book.create_sheet(name)
        for column, heading in enumerate(SHEETS[name], 1):
            cell = sheet.cell(1, column)
            put_text(cell, heading)
            cell.font = Font(name="Calibri", bold=True, color="FFFFFF")
            cell.fill = PatternFill("solid", start_color="1F3A4D")
            sheet.column_dimensions[get_column_letter(column)].width = _WIDE.get(heading, _NARROW)
        for number, row in enumerate(rows, 2):
            for column, text in enumerate(row, 1):
                cell = sheet.cell(number, column)
                put_text(cell, text)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.freeze_panes = "A2"
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_title_rows = "1:1"
    book.properties.title, book.properties.creator = instrument.title, "Reviewapp"
    return workbook_bytes(book)


def _refuse_what_would_be_lost(instrument: Instrument) -> None:
    values = [one for one in instrument.scale.values if one.counts == "scored"]
    steps = [one.value for one in values]
    plain = steps == list(range(min(one.points for one in values), max(one.points for one in values) + 1))
    if not plain or any(one.value != one.points for one in values):
        raise Invalid(
            _("a workbook holds only scales whose values are whole numbers without a gap"),
            field="scale",
            do=_("export it as CSV"),
        )


def _sheets(instrument: Instrument) -> dict[str, list[Row]]:
    return {
        "Scale": [*scale_rows(instrument)],
        "Bands": [(band.label, str(band.from_)) for band in instrument.scale.bands],
        "Items": [*_items(instrument)],
        "Criteria": [*_criteria(instrument)],
        "Map": [(one.number, str(row.score), row.rule) for one in instrument.standards for row in one.map],
        "Questions": [*_questions(instrument)],
        "Audit": [(one.item, one.text, ", ".join(one.standards)) for one in instrument.audit],
    }


def _items(instrument: Instrument) -> Iterator[Row]:
    for one in instrument.standards:
        yield (
            one.number, one.section, one.title, one.statement, one.guidance, _letters(one.sources), one.form,
            ", ".join(map(str, one.scores)), one.type,
        )  # fmt: skip


def _criteria(instrument: Instrument) -> Iterator[Row]:
    for standard in instrument.standards:
        for one in standard.criteria:
            yield (
                standard.number, one.id, one.text, ", ".join(one.implies), _letters(one.sources), one.agreement,
                one.measure, one.op, "" if one.threshold is None else str(one.threshold), one.unit,
                "\n".join(one.parts) + (";" if len(one.parts) == 1 else ""), one.guidance,
                str(one.fewest) if one.fewest else "", one.audit, str(one.level) if one.level else "",
            )  # fmt: skip


def _questions(instrument: Instrument) -> Iterator[Row]:
    """A row for each item that a question is about, with the letters of its criteria."""
    for guide in instrument.guides:
        for prompt in guide.prompts:
            for number in prompt.standards or ("",):
                letters = [name.partition("/")[2] for name in prompt.criteria if name.partition("/")[0] == number]
                yield guide.group, prompt.id, prompt.text, number, ", ".join(letters)


def _letters(sources: Sequence[Source]) -> str:
    return ", ".join(SOURCE_LETTERS.get(source, source) for source in sources)
