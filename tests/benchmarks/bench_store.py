"""How much the journal costs beside the bare database, as ratios within one run.

Each figure compares our work with plain SQL on the same cipher, settings and disk. Nothing here passes or fails.
"""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec

from reviewapp.store import driver
from reviewapp.store.tables import COLUMNS
from reviewapp.visit import statements
from reviewapp.workspace.laptop import Laptop, NewPerson
from reviewapp.workspace.open_visit import OpenVisit

PHRASE = "soda frame favorite series detect swallow"
PASSPHRASE = "a passphrase for figures"
RETURNS = 8
ENTRIES = 5000


def main() -> None:
    """Print the ratios."""
    folder = Path(tempfile.mkdtemp())
    try:
        save_and_draft(folder / "save")
        join(folder / "join")
        open_large(folder / "open")
    finally:
        shutil.rmtree(folder)


def timed(work: Callable[[], object]) -> float:
    """Seconds one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def bare(folder: Path) -> driver.Database:
    """A database with the settings of a store and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    db = driver.connect(folder / "bare.db", os.urandom(32))
    db.execute("CREATE TABLE plain (id TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
    return db


def copy_schema(source: driver.Database, target: driver.Database) -> None:
    """The table of the journal and its indexes, empty."""
    for (statement,) in source.execute("SELECT sql FROM sqlite_master WHERE tbl_name = 'entry'").fetchall():
        if statement:
            target.execute(statement)


def new_visit(folder: Path, code: str = "L1") -> tuple[Laptop, str]:
    """A laptop with a fresh visit."""
    laptop, _ = Laptop.create(folder / code, PASSPHRASE)
    people = [NewPerson("L1", "lead"), *(NewPerson(f"R{n}", "clinician") for n in range(2, 2 + RETURNS))]
    made = laptop.new_visit(
        instrument="qn-crhtt-4-pc", service="Example", organisation="Example", date="2026-11-17", people=people
    )
    return laptop, made


def save_and_draft(folder: Path) -> None:
    """One rating and one draft, each against a commit of one row.

    The rating also against the same columns and indexes written by plain SQL: what an entry costs any program.
    """
    laptop, made = new_visit(folder)
    visit = laptop.open_visit(made)
    db = bare(folder)
    numbers = [standard.number for standard in visit.state.instrument.standards]
    copy_schema(visit._store.db, db)
    plain, entry, rating, draft = [], [], [], []
    for turn in range(400):
        number, value = numbers[turn % len(numbers)], ("met", "not_met")[turn // len(numbers) % 2]
        row = (os.urandom(8).hex(), "x" * 300)
        plain.append(timed(partial(db.execute, "INSERT INTO plain VALUES (?, ?)", row)))
        hashes = [os.urandom(32).hex() for _ in range(3)]
        place = ("2026-11-17T09:00:00.000000Z", "rating", f"{number}/L1", "value")
        cells = (hashes[0], "L1", "d" * 32, turn, *place, *hashes[1:], "s" * 32, '"met"', 0)
        entry.append(timed(partial(db.execute, f"INSERT INTO entry VALUES ({', '.join('?' * 13)})", cells)))
        line = statements.Rating(standard=number, value=value)
        rating.append(timed(partial(visit.record, line)))
        note = statements.Rating(standard=number, note=f"typing {turn}")
        draft.append(timed(partial(visit.save_draft, note)))
    base = statistics.median(plain)
    saved = statistics.median(rating)
    print(f"one rating saved: {saved / base:.2f} x a bare commit of one row ({base * 1000:.2f} ms),")
    print(f"  {saved / statistics.median(entry):.2f} x a bare commit of a row with the indexes of the journal")
    print(f"one draft saved:  {statistics.median(draft) / base:.2f} x a bare commit of one row")
    visit.close()
    db.close()


def fill(visit: OpenVisit, entries: int) -> None:
    """Quotes enough to make this many entries, four a quote."""
    talk = statements.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True)
    quotes = [
        statements.Quote(id=f"Q{n}", interview="P1", text=f"words number {n} " * 5, standards=["47"], tone="mixed")
        for n in range(entries // 4)
    ]
    visit.record(talk, *quotes)


def join(folder: Path) -> None:
    """Eight returns, signatures checked, against raw rows copied between two databases of the same cipher.

    A join makes a backup before: what another one costs at that moment is taken off, and told by itself.
    """
    laptop, made = new_visit(folder)
    lead = laptop.open_visit(made)
    pack = folder / "pack"
    lead.write_visit_pack(pack, PHRASE)
    files, ours, raw = [], 0.0, 0.0
    for n in range(2, 2 + RETURNS):
        other, _ = Laptop.create(folder / f"R{n}", PASSPHRASE)
        other.import_pack(pack, me=f"R{n}", phrase=PHRASE)
        visit = other.open_visit(made)
        fill(visit, ENTRIES)
        files.append((folder / f"r{n}", other.home.visit_folder(made) / "visit.db", other.home.visit_key(made)))
        visit.write_return(files[-1][0])
        visit.close()
    target = bare(folder / "raw")
    copy_schema(lead._store.db, target)
    copies = 0.0
    for file, database, key in files:
        copy = timed(lead.back_up_now)
        copies += copy
        ours += timed(partial(lead.merge, file)) - copy
        target.execute(f"ATTACH DATABASE '{database}' AS other KEY \"x'{key.hex()}'\"")
        with driver.wide_cache(target):  # as the join has it
            raw += timed(lambda: target.execute("INSERT OR IGNORE INTO main.entry SELECT * FROM other.entry"))
        target.execute("DETACH DATABASE other")
    total = lead._store.db.execute("SELECT count(*) FROM entry").fetchone()[0]
    print(f"joining {RETURNS} returns ({total} entries): {ours / raw:.1f} x raw rows ({ours:.2f} s)")
    print(f"the backup before each of them: {copies / RETURNS:.2f} s on average, written, synced, opened and checked")
    lead.close()
    target.close()


def quoted(name: str) -> str:
    """A column's name."""
    return f'"{name}"'


def open_large(folder: Path) -> None:
    """A visit of 50,000 entries, against opening the bare database and reading its current tables."""
    laptop, made = new_visit(folder)
    visit = laptop.open_visit(made)
    fill(visit, 50_000)
    visit.close()
    ours = min(timed(lambda: laptop.open_visit(made).close()) for _ in range(5))
    path, key = laptop.home.visit_folder(made) / "visit.db", laptop.home.visit_key(made)

    queries = [
        f'SELECT key, {", ".join(map(quoted, COLUMNS[table]))} FROM "{table}"'
        for table in ("interview", "quote", "person", "visit")
    ]

    def read() -> None:
        db = driver.connect(path, key)
        for query in queries:
            db.execute(query).fetchall()
        db.close()

    def read_values() -> None:
        db = driver.connect(path, key)
        for query in queries:
            for row in db.execute(query):
                [msgspec.json.decode(cell) for cell in row[1:] if cell is not None]
        db.close()

    base = min(timed(read) for _ in range(5))
    values = min(timed(read_values) for _ in range(5))
    print(f"opening a visit of 50,000 entries: {ours / base:.1f} x opening the bare database and reading its tables as")
    print(f"  text, {ours / values:.1f} x reading their values ({ours * 1000:.0f} ms)")


if __name__ == "__main__":
    main()
