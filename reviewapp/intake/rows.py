"""What all kinds of sheets read alike: the standard of a row, rows that are no records, words beside the table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from reviewapp.base.i18n import _, join_words
from reviewapp.instruments.lookup import standards_meant, zero_twin
from reviewapp.instruments.model import Instrument
from reviewapp.intake.sheet import Heading, Reader, SkippedRow
from reviewapp.spreadsheets.cells import address, normalised, stripped, visible
from reviewapp.spreadsheets.outside import OutsideWords, comments_of, words_above, words_under
from reviewapp.spreadsheets.problems import Problems
from reviewapp.spreadsheets.row_labels import is_no_record
from reviewapp.spreadsheets.sheet import SheetRow
from reviewapp.spreadsheets.table import Names, Table, columns_fitting


def not_a_record(table: Table, row: SheetRow, labels: Sequence[str]) -> str:
    """The word by which a row is no record: an example, a target, a total, or the headings again; empty for a record.

    `labels` names the columns that say what a row is about; the row's first word counts as well.
    """
    if [normalised(text) for text in row.cells] == [normalised(text) for text in table.head.cells]:
        return row.cell(table.columns[labels[0]]).strip()
    for name in labels:
        if is_no_record(table.seen(row, name)):
            return table.seen(row, name)
    first = next((stripped(text) for text in row.cells if stripped(text)), "")
    return first if is_no_record(first, alone=True) else ""


def records(table: Table, labels: Sequence[str], skipped: list[SkippedRow]) -> Iterable[SheetRow]:
    """The rows below the heading that are records; the others are added to `skipped`."""
    for row in table.rows():
        label = not_a_record(table, row, labels)
        if label:
            skipped.append(SkippedRow(sheet=table.sheet.name, row=row.number, label=label))
        else:
            yield row


def standard_at(
    table: Table, row: SheetRow, column: int, instrument: Instrument, problems: Problems, *, heading: bool = False
) -> str | None:
    """The number of the one standard that a cell means; None, with a fault recorded, if it means none or several.

    `heading`: the cell heads a column, so that it is the column which can be left out.
    """
    if problems.value(table.sheet, row, column):
        return None
    text = visible(row.cell(column)).strip()
    found = standards_meant(text, instrument)
    do = _("correct it, or delete the column") if heading else _("enter the number of a standard")
    twin = lost_zero(row, column, found[0], instrument) if len(found) == 1 else ""
    if len(found) == 1 and not twin:
        return found[0]
    if not text:
        what = _("the row does not name a standard")
    elif twin:
        what = _("{text} may be {twin}, because a number loses the zero at its end", text=text, twin=twin)
        do = _("format the cell as text and type the number again")
    elif found:
        what = _("{text} may mean {numbers}", text=f"{text!r}", numbers=join_words(found, _(" or ")))
    elif heading:
        what = _(
            "the heading {heading} is not the number of a standard in {title}",
            heading=f"{text!r}",
            title=instrument.title,
        )
    else:
        what = _("there is no standard {text} in {title}", text=f"{text!r}", title=instrument.title)
    problems.add(table.sheet, row.number, column, what, do)
    return None


def lost_zero(row: SheetRow, column: int, number: str, instrument: Instrument) -> str:
    """The other standard, such as 5.10, that a number cell showing 5.1 may mean; empty if there is none."""
    return zero_twin(number, instrument) if row.kind(column) == "number" else ""


_EXCERPT = 60


def excerpt(text: str) -> str:
    """The beginning of a text in one line."""
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else f"{line[: _EXCERPT - 1].rstrip()}…"


def heading(table: Table, column: int, meaning: str, standard: str = "") -> Heading:
    """What the column of a table was taken for."""
    row = table.head.number
    return Heading(
        sheet=table.sheet.name,
        cell=address(row, column),
        heading=stripped(table.head.cell(column)),
        meaning=meaning,
        standard=standard,
    )


def named_otherwise(table: Table, row: SheetRow, number: str) -> list[Heading]:
    """What a row's standard was taken for, where the cell says it in other words than its number."""
    column = table.columns["standard"]
    text = stripped(row.cell(column))
    if text == number:
        return []
    cell, meaning = address(row.number, column), _("standard {number}", number=number)
    return [Heading(sheet=table.sheet.name, cell=cell, heading=text, meaning=meaning, standard=number)]


def words_outside(table: Table, used: Iterable[int], about: str, counters: Iterable[int] = ()) -> list[OutsideWords]:
    """The words of a table's sheet outside the columns that are used: above it, in other columns, comments at cells.

    `about` names the column that says which standard a row is about, if there is one; `counters` are columns that
    number or date the rows, in which words are told and numbers, dates and names of rows are not.
    """
    taken, counting = set(used), set(counters)
    rows = {row.number: row for row in table.rows()}
    found = [one for one in words_above(table) if one.kind == "above"]
    for row in rows.values():
        for column in range(len(row.cells)):
            if column not in taken and (column not in counting or _is_said(row, column)):
                beside = words_under(table, row, column, "column")
                found += [_about(one, table, row, about) for one in beside if stripped(one.text)]
    for number, one in zip((comment.row for comment in table.sheet.comments), comments_of(table.sheet), strict=True):
        found.append(_about(one, table, rows.get(number), about))
    return found


_SENTENCE = 3
"""From this many words a text that stands where rows are numbered or dated is more than a number, a date or a name."""


def _is_said(row: SheetRow, column: int) -> bool:
    text = stripped(row.cell(column))
    alone = all(n == column or not stripped(other) for n, other in enumerate(row.cells))
    words = re.findall(r"[^\W\d_]+", text)
    return len(words) >= _SENTENCE or (alone and bool(words) and not any(letter.isdigit() for letter in text))


def _about(words: OutsideWords, table: Table, row: SheetRow | None, about: str) -> OutsideWords:
    standard = table.seen(row, about) if row is not None and about else ""
    return msgspec.structs.replace(words, standard=standard)


def standard_column(table: Table, names: Names, reader: Reader) -> Table:
    """The table with the column of standards that its rows speak for, where several headings could be that.

    `No | Standard | Rating` may count its rows in the first column. A fault that stops everything is recorded where
    two columns name different standards in one row.
    """
    columns = columns_fitting(table.head, names["standard"])
    if len(columns) < 2:
        return table
    meant = {
        column: [standards_meant(row.cell(column), reader.instrument) for row in table.rows()] for column in columns
    }
    best = max(columns, key=lambda column: sum(len(found) == 1 for found in meant[column]))
    for column in columns:
        if any(one != two and len(one) == len(two) == 1 for one, two in zip(meant[best], meant[column], strict=True)):
            _both(table, best, column, _("the standard"), reader.problems)
    return msgspec.structs.replace(table, columns=table.columns | {"standard": best})


def refuse_rivals(table: Table, names: Names, name: str, meaning: str, problems: Problems) -> None:
    """Record a fault that stops everything where a second column could be the one taken, and says something else."""
    chosen = table.columns[name]
    for column in columns_fitting(table.head, names[name]):
        if column != chosen and any(
            stripped(row.cell(column)) and normalised(row.cell(column)) != normalised(row.cell(chosen))
            for row in table.rows()
        ):
            _both(table, chosen, column, meaning, problems)


def _both(table: Table, one: int, other: int, meaning: str, problems: Problems) -> None:
    headings = (stripped(table.head.cell(column)) for column in (one, other))
    what = _("“{one}” and “{other}” may both be {meaning}", one=next(headings), other=next(headings), meaning=meaning)
    problems.add(table.sheet, table.head.number, other, what, _("rename or delete one of them"), stops=True)
