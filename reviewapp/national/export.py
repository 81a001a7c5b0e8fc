"""A set as plain Parquet for an outside engine: ratings of services by number, and counts of people through the mask.

It leaves the safe: the files are not encrypted. There is no quote in them, no name, no code of a team, no fact about a
service, no month; teams and visits have numbers of their own, drawn from the digest of the set. `visits` and `ratings`
have the columns of the questions (`resources/national/questions.sql`), which run on them unchanged.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from reviewapp.base.errors import Invalid, ReviewError
from reviewapp.base.file_names import is_portable
from reviewapp.base.files import reason_of, save_file
from reviewapp.base.i18n import _
from reviewapp.instruments.editions import SHOWN, edition_of
from reviewapp.instruments.model import Instrument
from reviewapp.national.engines import BATCH, ParquetWriter
from reviewapp.national.figures import NationalFigures
from reviewapp.national.mask import masked
from reviewapp.national.network_set import NetworkSet
from reviewapp.national.tables import places
from reviewapp.store.question_tables import TABLES, Cell, Row, Type
from reviewapp.visit import sorting

FORMAT = 1
MANIFEST = "manifest.json"
Line = tuple[Cell | None, ...]


class ExportedFile(msgspec.Struct, frozen=True, kw_only=True):
    """One file of an export; `rows` of its table, and the sha256 of its bytes."""

    path: str
    rows: int
    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What an export holds, and of what; `set_digest` is that of the set, as its reports print it."""

    format: int
    set_digest: str
    instrument: str
    edition: str
    instrument_digest: str
    cycles: list[str]
    visits: int
    files: list[ExportedFile]
    withheld: dict[str, list[str]]


def export(found: NetworkSet, folder: Path) -> Manifest:
    """Write a set, de-identified, into a new folder; all or nothing. Raises ReviewError where that cannot be.

    One file a table, cycle and edition, so that an engine reads only what it is asked for.
    """
    _check_new(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".export-", dir=folder.parent))
    except OSError as error:
        raise _not_written(folder, error) from error
    try:
        made = _write(found, beside)
        if folder.exists():
            folder.rmdir()
        os.replace(beside, folder)
    except OSError as error:
        raise _not_written(folder, error) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return made


def _write(found: NetworkSet, folder: Path) -> Manifest:
    edition = edition_of(found.instrument)
    numbers = _numbers(found)
    cycles = sorting.in_order({cycle for _new, cycle in numbers.values()})
    earlier = [report.visits for report in found.printed()]
    shown = {cycle: masked(found.figures(cycle=cycle), found.instrument, earlier) for cycle in cycles}
    with ParquetWriter(folder) as writer:
        tables = [*_ratings(writer, found, numbers), *_counts(writer, found.instrument, shown)]
        files = [_saved(writer, table, folder, edition.digest[:SHOWN]) for table in tables]
    made = Manifest(
        format=FORMAT,
        set_digest=found.digest,
        instrument=edition.id,
        edition=edition.edition,
        instrument_digest=edition.digest,
        cycles=cycles,
        visits=len(numbers),
        files=files,
        withheld={cycle: one.withheld for cycle, one in shown.items()},
    )
    save_file(folder / MANIFEST, msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n")
    return made


class _Table(NamedTuple):
    """A table in memory: its name there, the folder it is written to, and how many rows it has."""

    name: str
    folder: str
    rows: int


Numbers = Mapping[int, tuple[int, str]]
"""By the number of a visit in the set: the one it has in the export, and its cycle."""


def _numbers(found: NetworkSet) -> dict[int, tuple[int, str]]:
    rows = found.question_rows("visits", BATCH)
    cycle_of = {int(row[0]): str(row[2]) for batch in rows for row in batch}
    new = _drawn(found.digest, "visit", cycle_of)
    return {n: (new[n], cycle) for n, cycle in cycle_of.items()}


def _drawn(digest: str, what: str, numbers: Iterable[int]) -> dict[int, int]:
    """New numbers from 1 in an order that tells nothing, the same for the same set."""
    ordered = sorted(set(numbers), key=lambda n: hashlib.sha256(f"{digest} {what} {n}".encode()).digest())
    return {old: new for new, old in enumerate(ordered, 1)}


def _ratings(writer: ParquetWriter, found: NetworkSet, numbers: Numbers) -> Iterator[_Table]:
    """The tables that the questions about ratings read, a part for each cycle."""
    cycles = sorting.in_order({cycle for _new, cycle in numbers.values()})
    place = {cycle: n for n, cycle in enumerate(cycles)}
    teams = _drawn(
        found.digest, "team", (int(row[1]) for batch in found.question_rows("visits", BATCH) for row in batch)
    )
    for table in RATED:
        sizes = Counter[str]()
        for batch in found.question_rows(table, BATCH):
            parts: dict[str, list[Line]] = defaultdict(list)
            for row in batch:
                new, cycle = numbers[int(row[0])]
                parts[cycle].append(_anonymous(new, row, teams) if table == "visits" else (new, *row[1:]))
            for cycle, lines in parts.items():
                writer.add(f"{table}_{place[cycle]}", TABLES[table].columns, lines)
                sizes[cycle] += len(lines)
        for cycle in cycles:
            folder = cycle if is_portable(cycle) and "=" not in cycle else str(place[cycle])
            yield _Table(f"{table}_{place[cycle]}", f"{table}/cycle={folder}", sizes[cycle])


def _anonymous(new: int, row: Row, teams: Mapping[int, int]) -> Line:
    """A row of `visits` without what could tell which visit it is: its month, and how often it was sent."""
    _visit, team, cycle, _month, kind, status, _revision = row
    return new, teams[int(team)], cycle, "", kind, status, 0


def _counts(writer: ParquetWriter, instrument: Instrument, shown: Mapping[str, NationalFigures]) -> Iterator[_Table]:
    """The standards; and by cycle, as they may be shown, the counts of surveys and of the audit."""
    where = places(instrument)
    standards: list[Line] = [
        (n, one.number, one.section, one.type, where.part_of[n]) for n, one in enumerate(instrument.standards)
    ]
    surveys: list[Line] = [
        (cycle, group, number, *(row[name] for name in ("yes", "no", "na", "n", "percent")))
        for cycle, one in shown.items()
        for group, answers in one.surveys.items()
        for number, row in answers.standards.items()
    ]
    audit: list[Line] = [
        (cycle, item, *(row[name] for name in ("yes", "no", "na", "not_recorded", "n", "percent")))
        for cycle, one in shown.items()
        for item, row in one.audit.items()
    ]
    for name, lines in (("standards", standards), ("surveys", surveys), ("audit", audit)):
        writer.add(name, _COLUMNS[name], lines)
        yield _Table(name, name, len(lines))


RATED = ("visits", "ratings")
_COLUMNS: Mapping[str, Mapping[str, Type]] = {
    "standards": {"standard": "INTEGER", "number": "TEXT", "section": "TEXT", "type": "TEXT", "part": "INTEGER"},
    "surveys": {
        "cycle": "TEXT", "grp": "TEXT", "number": "TEXT",
        "yes": "INTEGER", "no": "INTEGER", "na": "INTEGER", "n": "INTEGER", "percent": "DOUBLE",
    },
    "audit": {
        "cycle": "TEXT", "item": "TEXT",
        "yes": "INTEGER", "no": "INTEGER", "na": "INTEGER", "not_recorded": "INTEGER", "n": "INTEGER",
        "percent": "DOUBLE",
    },
}  # fmt: skip


def _saved(writer: ParquetWriter, table: _Table, folder: Path, edition: str) -> ExportedFile:
    path = folder / table.folder / f"edition={edition}" / "data.parquet"
    path.parent.mkdir(parents=True)
    writer.write(table.name, path)
    data = path.read_bytes()
    save_file(path, data)
    return ExportedFile(
        path=path.relative_to(folder).as_posix(),
        rows=table.rows,
        bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _check_new(folder: Path) -> None:
    try:
        taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:
        raise _not_written(folder, error) from error
    if taken:
        raise Invalid(
            _("{path} is there already", path=folder), field="folder", do=_("name a new folder for the export")
        )


def _not_written(folder: Path, error: OSError) -> ReviewError:
    return ReviewError(
        _("cannot write {path}: {reason}", path=folder, reason=reason_of(error)), do=_("choose another place")
    )
