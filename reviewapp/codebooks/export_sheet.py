"""A codebook as a file that `import_file` reads back without a difference: a sheet, or `.qdc` for other programs."""

from __future__ import annotations

from pathlib import Path

from reviewapp.base.errors import Invalid
from reviewapp.base.files import save_file
from reviewapp.base.i18n import _
from reviewapp.codebooks.model import Codebook, Theme
from reviewapp.codebooks.qdc import to_qda
from reviewapp.qda.write import write_codebook
from reviewapp.spreadsheets import layout
from reviewapp.spreadsheets.writer import csv_bytes, workbook_bytes

COLUMNS = (
    "id", "parent", "title", "use_when", "not_when", "codable", "color", "standards", "same_as", "near", "guid",
    "codebook", "source", "edition",
)  # fmt: skip
"""The columns in the order in which they are written; they are read in any order. The last three are of the whole."""
SHEET = "Themes"
YES_NO = ("yes", "no")
_WIDTHS = {"title": 34, "use_when": 50, "not_when": 40, "standards": 30, "guid": 36, "codebook": 30, "source": 30}


def export_codebook(codebook: Codebook, path: Path) -> int:
    """Write the codebook in the format of the suffix, `.xlsx`, `.csv` or `.qdc`. Raises Invalid for any other.

    Returns how many characters were replaced by their names, which only a `.qdc` needs.
    """
    path = Path(path)
    kind = path.suffix.casefold()
    if kind == ".qdc":
        written = write_codebook(to_qda(codebook))
        save_file(path, written.data)
        return written.replaced
    if kind == ".csv":
        save_file(path, csv_bytes([COLUMNS, *rows(codebook)]))
    elif kind == ".xlsx":
        save_file(path, _xlsx(codebook))
    else:
        raise Invalid(
            _("{name} ends in none of .xlsx, .csv and .qdc", name=path.name),
            field="file",
            do=_("choose one of the three endings"),
        )
    return 0


def rows(codebook: Codebook) -> list[tuple[str, ...]]:
    """One row of texts for each theme, in the order of `COLUMNS`."""
    return [_row(one, codebook) for one in codebook.themes]


def _row(theme: Theme, codebook: Codebook) -> tuple[str, ...]:
    standards = "; ".join(f"{instrument}: {', '.join(numbers)}" for instrument, numbers in theme.standards.items())
    return (
        theme.id, theme.parent, theme.title, theme.use_when, theme.not_when, YES_NO[not theme.codable], theme.color,
        standards, ", ".join(theme.same_as), ", ".join(theme.near), theme.guid,
        codebook.title, codebook.source, codebook.edition,
    )  # fmt: skip


def _xlsx(codebook: Codebook) -> bytes:
    book = layout.workbook(codebook.title)
    layout.instructions(book, codebook.title, _instructions())
    columns = [layout.Column(title=name, width=_WIDTHS.get(name, 12)) for name in COLUMNS]
    sheet = layout.table(book, SHEET, columns)
    sheet.protection.sheet = False  # rows are added, changed and taken out
    for row in rows(codebook):
        layout.add_row(sheet, columns, row)
    layout.drop_down(sheet, "F2:F2000", YES_NO, title="codable")
    return workbook_bytes(book)


def _instructions() -> list[tuple[str, str]]:
    return [
        (_("What this is"), _("One row for each theme, those that hold others before them. Save it and import it.")),
        ("id", _("A short name that stays: what was coded under it would be lost with another one.")),
        ("parent", _("The id of the theme it is part of, or nothing.")),
        ("use_when, not_when", _("In a sentence, when to choose this theme, and when another one.")),
        ("codable", _("no for a theme that only holds others.")),
        ("standards", _("The standards that ask about the same matter, as: instrument: 1, 2; other-instrument: 3.")),
        ("same_as, near", _("Themes of other codebooks that say the same, or much of it, with commas between.")),
        ("guid, color", _("How other programs know the theme; leave them as they are.")),
    ]
