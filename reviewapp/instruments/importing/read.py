"""Importing a network's official wording from CSV, XLSX or the text of a report as an instrument of this laptop."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import UNSET

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.instruments.check import check_id
from reviewapp.instruments.importing.appendix import Anomaly, has_table, read_table
from reviewapp.instruments.importing.cited import compare
from reviewapp.instruments.importing.columns import read_columns
from reviewapp.instruments.importing.matching import adopt
from reviewapp.instruments.importing.workbook import is_workbook, read_workbook
from reviewapp.instruments.library import Library, builtin
from reviewapp.instruments.model import Instrument, Standard
from reviewapp.spreadsheets.reader import ARCHIVE, OLD_OR_PROTECTED, decode, read_bytes, read_sheets

_TITLE_MOST = 60
_ENDING = " .:;,("


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """The content of a file: standards in its order, their section headings, number of each type, and anomalies."""

    standards: tuple[Standard, ...]
    sections: tuple[str, ...]
    by_type: dict[str, int]
    anomalies: tuple[Anomaly, ...]


class ImportReport(msgspec.Struct, frozen=True, kw_only=True):
    """The result of an import. `happened` is `added`, `unchanged` or `replaced`; `scope` is that of the instrument."""

    id: str
    found: int
    by_type: dict[str, int]
    anomalies: tuple[Anomaly, ...]
    scope: str
    happened: str


def read_standards(path: Path, sheets: Sequence[str] = ()) -> Imported:
    """Every standard of a file, recognised by content, not by name: XLSX, CSV, or text with a table as in `appendix`.

    `sheets` names those to read, where somebody had to choose. Titles the file does not give are empty. Raises one
    `ReviewError` naming the file and line, row or cell, and `SheetsUndecided` where it is not certain which sheets are
    meant.
    """
    path = Path(path)
    data = read_bytes(path)
    is_text = not data.startswith((*ARCHIVE, OLD_OR_PROTECTED))
    text, note = decode(data, path.name) if is_text else ("", "")
    is_text = is_text and "\0" not in text
    if is_text and path.suffix.casefold() != ".csv" and (has_table(text) or path.suffix.casefold() in (".txt", ".md")):
        standards, anomalies = _from_text(text, path.name)
        if note:
            anomalies = (Anomaly(line=1, kind="encoding", text=note), *anomalies)
    else:
        found = read_sheets(path)
        if is_workbook(found):
            instrument, anomalies = read_workbook(found)
            standards = instrument.standards
        else:
            standards, anomalies = read_columns(found, sheets)
    return Imported(
        standards=standards,
        sections=tuple(dict.fromkeys(s.section for s in standards)),
        by_type=dict(sorted(Counter(s.type for s in standards).items())),
        anomalies=anomalies,
    )


def _from_text(text: str, file: str) -> tuple[tuple[Standard, ...], tuple[Anomaly, ...]]:
    table = read_table(text, file)
    standards = tuple(
        Standard(
            number=row.number,
            type=row.type,
            section=row.section,
            title="",
            statement=row.wording.statement,
            guidance=row.wording.guidance,
        )
        for row in table.rows
    )
    anomalies = [*table.anomalies, *compare(table.elsewhere, {s.number: s.type for s in standards})]
    return standards, tuple(sorted(anomalies, key=_by_line))


def _by_line(anomaly: Anomaly) -> int:
    return anomaly.line


def import_instrument(
    path: Path, id: str, title: str, library: Library, *, replace: bool = False, sheets: Sequence[str] = ()
) -> ImportReport:
    """Read a file and save it in the library as the instrument `id`; all or nothing.

    An owner's workbook (`workbook`) brings its own id and title, unless others are given, and everything else.

    Scale, rule and targets are those of QN-CRHTT. Questions, audit items, sources and titles come from the built-in
    instrument for the standards that are plainly the same (`matching`). Raises Invalid for an id in use, unless the
    content is the same or `replace` is given, and ReviewError as `read_standards`.
    """
    workbook = _workbook_in(path)
    if workbook is not None:
        return _import_workbook(workbook, Path(path).name, id, title, library, replace=replace)
    check_id(id)
    if not title.strip():
        raise Invalid(_("the instrument needs a title"), field="title", do=_("give it one with --title"))
    imported = read_standards(path, sheets)
    adopted = adopt(imported.standards, builtin())
    edition = _edition(title) or adopted.instrument.edition
    instrument = msgspec.structs.replace(
        adopted.instrument,
        id=id,
        title=title.strip(),
        edition=edition,
        superseded_by=adopted.instrument.superseded_by if edition == adopted.instrument.edition else None,
        source=f"imported from {Path(path).name}",
        origin=UNSET,
        sections=imported.sections,
        standards=tuple(
            msgspec.structs.replace(s, title=s.title if s.title.strip() else shortened(s.statement))
            for s in adopted.instrument.standards
        ),
    )
    happened = library.add(instrument, replace=replace, edition_named=bool(_edition(title)))
    return ImportReport(
        id=id,
        found=len(imported.standards),
        by_type=imported.by_type,
        anomalies=(*imported.anomalies, *adopted.anomalies),
        scope=instrument.scope,
        happened=happened,
    )


def is_owners_workbook(path: Path) -> bool:
    """Whether a file is the workbook of a scored scale, told by its sheets. Raises ReviewError as `read_sheets`."""
    return read_bytes(path).startswith(ARCHIVE) and is_workbook(read_sheets(path))


def _workbook_in(path: Path) -> tuple[Instrument, tuple[Anomaly, ...]] | None:
    """What a file holds if it is an owner's workbook, told by its content; else None."""
    if not read_bytes(path).startswith(ARCHIVE):
        return None
    sheets = read_sheets(path)
    return read_workbook(sheets) if is_workbook(sheets) else None


def _import_workbook(
    workbook: tuple[Instrument, tuple[Anomaly, ...]], file: str, id: str, title: str, library: Library, *, replace: bool
) -> ImportReport:
    read, anomalies = workbook
    instrument = msgspec.structs.replace(
        read, id=id or read.id, title=title.strip() or read.title, source=read.source or f"imported from {file}"
    )
    check_id(instrument.id)
    happened = library.add(instrument, replace=replace)
    return ImportReport(
        id=instrument.id,
        found=len(instrument.standards),
        by_type=dict(sorted(Counter(s.type for s in instrument.standards).items())),
        anomalies=anomalies,
        scope=instrument.scope,
        happened=happened,
    )


def shortened(statement: str) -> str:
    """A title made from a statement: its first line, cut between words."""
    line = next(line for line in statement.splitlines() if line.strip()).strip()
    if len(line) <= _TITLE_MOST:
        return line.rstrip(_ENDING) or line
    cut = line[: _TITLE_MOST - 1]
    if not line[len(cut)].isspace():
        cut = " ".join(cut.split()[:-1]) or line.split()[0]
    return (cut.rstrip(_ENDING) or cut) + "…"


def _edition(title: str) -> str:
    """The edition that the title names, as in `5th edition`; empty when it names none."""
    found = re.search(r"\b(\d{1,2})\s*(st|nd|rd|th)\s+edition\b", title, re.IGNORECASE)
    return f"{found[1]}{found[2].lower()} edition" if found else ""
