"""A crosswalk as a spreadsheet that `import_sheet` reads back without a difference, and a person fills in."""

from __future__ import annotations

from pathlib import Path

from reviewapp.base.errors import Invalid
from reviewapp.base.files import save_file
from reviewapp.base.i18n import _
from reviewapp.crosswalk.model import CHANGES, RELATIONS, Crosswalk
from reviewapp.spreadsheets import layout
from reviewapp.spreadsheets.writer import csv_bytes, workbook_bytes

COLUMNS = (
    "from_instrument", "from", "from_criterion", "to_instrument", "to", "to_criterion", "relation", "change", "reason",
    "author", "date", "from_edition", "from_digest", "to_edition", "to_digest",
)  # fmt: skip
"""The columns in the order in which they are written; they are read in any order."""
SHEET = "Crosswalk"
_ROOM = 5_000
"""As far down as the choices of a column are offered: a sheet of more rows is not read."""
_WIDTHS = {"reason": 60, "author": 26, "from_instrument": 18, "to_instrument": 18, "from_digest": 20, "to_digest": 20}


def export_crosswalk(crosswalk: Crosswalk, path: Path) -> None:
    """Write the rows to `path` in the format of its suffix, `.csv` or `.xlsx`. Raises Invalid for any other."""
    path = Path(path)
    if path.suffix.casefold() == ".csv":
        save_file(path, csv_bytes([COLUMNS, *rows(crosswalk)]))
    elif path.suffix.casefold() == ".xlsx":
        save_file(path, _xlsx(crosswalk))
    else:
        raise Invalid(
            _("{name} ends in neither .csv nor .xlsx", name=path.name),
            field="file",
            do=_("choose one of the two endings"),
        )


def rows(crosswalk: Crosswalk) -> list[tuple[str, ...]]:
    """One row of texts for each pair, in the order of `COLUMNS`."""
    left, right = crosswalk.left, crosswalk.right
    return [
        (
            left.id, pair.from_, pair.from_criterion, right.id, pair.to, pair.to_criterion, pair.relation,
            pair.change, pair.reason, pair.author, pair.date, left.edition, left.digest, right.edition, right.digest,
        )
        for pair in crosswalk.pairs
    ]  # fmt: skip


def _xlsx(crosswalk: Crosswalk) -> bytes:
    book = layout.workbook(_("Crosswalk"))
    layout.instructions(book, _("Crosswalk"), _instructions(crosswalk))
    columns = [layout.Column(title=name, width=_WIDTHS.get(name, 13)) for name in COLUMNS]
    sheet = layout.table(book, SHEET, columns)
    sheet.protection.sheet = False  # rows are added, changed and taken out
    for row in rows(crosswalk):
        layout.add_row(sheet, columns, row)
    layout.drop_down(sheet, f"G2:G{_ROOM}", RELATIONS, title="relation")
    layout.drop_down(sheet, f"H2:H{_ROOM}", [change for change in CHANGES if change], title="change")
    return workbook_bytes(book)


def _instructions(crosswalk: Crosswalk) -> list[tuple[str, str]]:
    told = [
        (_("What this is"), _("One row for each pair of standards of {left} and {right}. It is read in both "
                              "directions: do not write a second row for the other one.",
                              left=crosswalk.left.in_words(), right=crosswalk.right.in_words())),
        (_("relation"), _("Of what the left standard asks to what the right asks: {words}. equal: the same; within: "
                          "the left is covered by the right; contains: the left covers the right; overlaps: in part; "
                          "none: someone looked and there is no counterpart, and the other side is empty. A standard "
                          "that nobody has looked at has no row.", words=", ".join(RELATIONS))),
        (_("change"), _("Only between two editions of one set of standards: {words}.",
                        words=", ".join(filter(None, CHANGES)))),
        (_("reason, author, date"), _("Needed in every row: why, who says so, and when, as 2026-09-30.")),
    ]  # fmt: skip
    if crosswalk.proposed():
        told.append(
            (_("A proposal"), _("{n} rows come with the program and are a proposal, to be checked by a clinician and a "
                                "representative. Who has checked a row puts their name in the column author.",
                                n=crosswalk.proposed()))
        )  # fmt: skip
    return told
