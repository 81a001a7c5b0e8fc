"""What the figures of many visits cost, as ratios within one run: 10,000 visits by 200 standards, 2 million ratings.

Each question is asked of every engine that is installed; beside it stands a bare DuckDB that holds the same rows and is
asked the same. Then everything that `national status` does. Nothing here passes or fails.
"""

from __future__ import annotations

import importlib.util
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import duckdb
from msgspec.structs import replace

from reviewapp.instruments.library import builtin
from reviewapp.instruments.model import Instrument
from reviewapp.national import engines
from reviewapp.national.compute import national_figures
from reviewapp.national.mask import masked
from reviewapp.national.questions import questions
from reviewapp.national.rating_figures import Head
from reviewapp.national.tables import places
from reviewapp.store import driver, question_tables
from reviewapp.store.question_tables import Row

VISITS = int(os.environ.get("BENCH_VISITS", "10000"))
STANDARDS, TEAMS, CYCLES = 200, 1000, 10
TURNS = 3


def main() -> None:
    """Print the ratios; with arguments, one of the parts that are measured in a process of their own."""
    if len(sys.argv) == _ARGUMENTS:
        status_alone(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), sys.argv[3])
        return
    folder = Path(tempfile.mkdtemp())
    try:
        measure(folder / "set.db", os.urandom(32))
    finally:
        shutil.rmtree(folder)


_ARGUMENTS = 4


def measure(path: Path, key: bytes) -> None:
    """Fill a store and ask."""
    instrument = many_standards()
    db = driver.connect(path, key)
    question_tables.create(db)
    filled = timed(lambda: fill(db, instrument))
    print(f"{VISITS} visits x {STANDARDS} standards: {VISITS * STANDARDS} ratings, filled in {filled:.1f} s,")
    print(f"  {path.stat().st_size / 1e6:.0f} MB encrypted", flush=True)

    def batches(name: str, size: int) -> Iterator[list[Row]]:
        yield from question_tables.batches(db, name, size)

    bare = bare_duckdb(batches)
    reading = timed(lambda: [None for name in question_tables.TABLES for _ in batches(name, 50_000)])
    loading = timed(lambda: engines.DuckDb(db).close())
    print(f"loading DuckDB: {loading:.1f} s, {loading / reading:.2f} x reading the rows of SQLCipher")
    with engines.opened("duckdb", db) as ours:
        asked = each_question(lambda sql: bare.execute(sql).fetchall(), ours.rows, engines.SqlCipher(db).rows)
    on_sail = on_spark(batches)
    print(f"{'question':16}{'bare DuckDB':>12}{'ours on it':>12}{'SQLCipher':>12}" + f"{'Sail':>10}" * bool(on_sail))
    for name, seconds in asked.items():
        table_line(name, *seconds, *on_sail.get(name, ()))
    table_line("all", *map(sum, zip(*((*asked[name], *on_sail.get(name, ())) for name in asked), strict=True)))
    db.close()
    for engine in ("sqlite", "duckdb"):
        subprocess.run([sys.executable, __file__, str(path), key.hex(), engine], check=True)


def status_alone(path: Path, key: bytes, name: str) -> None:
    """Everything that `national status` does, in this process, and what memory it takes."""
    instrument, heads = many_standards(), {n: Head(f"visit {n}", f"T{n % TEAMS}") for n in range(1, VISITS + 1)}
    before = memory()
    db = driver.connect(path, key, read_only=True)
    start = time.perf_counter()
    with engines.opened(name, db) as engine:
        opened = time.perf_counter()
        masked(national_figures(engine, name="bench", instrument=instrument, heads=heads), instrument)
    done = time.perf_counter()
    db.close()
    print(f"national status, {name}: loaded in {opened - start:.1f} s, figures in {done - opened:.1f} s;", end=" ")
    print(f"memory at most {memory():.0f} MB, {before:.0f} MB before it began", flush=True)


def each_question(*asked: Callable[[str], object]) -> dict[str, list[float]]:
    """The seconds that each of these takes for each question: the quickest of some turns, taken one after the other."""
    found = {name: [float("inf")] * len(asked) for name in questions()}
    for _turn in range(TURNS):
        for name, sql in questions().items():
            for n, ask in enumerate(asked):
                found[name][n] = min(found[name][n], timed(partial(ask, sql)))
    return found


def table_line(name: str, bare: float, ours: float, alone: float, sail: float | None = None) -> None:
    """One question: what a bare DuckDB takes, and the others as so many times that."""
    more = f"{sail / bare:8.1f} x" if sail is not None else ""
    print(f"{name:16}{bare * 1000:9.0f} ms{ours / bare:10.2f} x{alone / bare:10.1f} x{more}")


def many_standards() -> Instrument:
    """The QN-CRHTT standards, repeated under other numbers until there are enough."""
    instrument = next(one for one in builtin() if one.id == "qn-crhtt-4-pc")
    source = instrument.standards
    every = tuple(replace(source[n % len(source)], number=str(n + 1)) for n in range(STANDARDS))
    return replace(instrument, standards=every)


def fill(db: driver.Database, instrument: Instrument) -> None:
    """Made-up visits: a team has one in each cycle."""
    drawn, where = random.Random(2021), places(instrument)
    at = list(enumerate(where.part_of))
    for first in range(1, VISITS + 1, 500):
        with db.atomic():
            for n in range(first, min(first + 500, VISITS + 1)):
                question_tables.insert(db, visit_rows(n, at, drawn, instrument))


def visit_rows(n: int, at: list[tuple[int, int]], drawn: random.Random, instrument: Instrument) -> dict[str, list[Row]]:
    """The rows of one visit."""
    cycle = str(2017 + (n - 1) // TEAMS % CYCLES)
    ratings = [(n, part, standard, int(drawn.random() < 0.75), 1, -1) for standard, part in at]
    return {
        "visits": [(n, (n - 1) % TEAMS, cycle, f"{cycle}-06", "accreditation", "final", 1)],
        "ratings": ratings,  # type: ignore[dict-item]
        "survey_answers": [(n, group, s, 9, 3, 1) for group in ("patient", "carer") for s in range(0, STANDARDS, 10)],
        "audit_answers": [(n, item.item, 7, 2, 0, 1) for item in instrument.audit],
        "action_counts": [(n, str(s + 1), "open", 1) for s in range(0, STANDARDS, 20)],
        "facts": [(n, "caseload", float(20 + n % 50), -1), (n, "open_24_7", 0.0, n % 2)],
        "people": [(n, "respondents", group, 13) for group in ("patient", "carer")],
    }


def bare_duckdb(batches: Callable[[str, int], Iterator[list[Row]]]) -> duckdb.DuckDBPyConnection:
    """The same rows in a DuckDB with nothing of ours around it."""
    bare = duckdb.connect(":memory:")
    for name, table in question_tables.TABLES.items():
        bare.execute(question_tables.to_create(name, table.columns))
        for batch in batches(name, 50_000):
            columns = [list(column) for column in zip(*batch, strict=True)]
            bare.execute(f"insert into {name} select {', '.join(['unnest(?)'] * len(columns))}", columns)
    return bare


def on_spark(batches: Callable[[str, int], Iterator[list[Row]]]) -> dict[str, list[float]]:
    """The seconds of each question on Sail; none where it is not installed."""
    if importlib.util.find_spec("pysail") is None:
        print("Sail is not installed here: python packaging/dev.py test --slow makes .venv-sail, which has it")
        return {}
    from pysail.spark import SparkConnectServer

    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    address = "sc://{}:{}".format(*server.listening_address)
    spark = engines.Spark(address, batches, list(question_tables.TABLES))
    found = each_question(spark.rows)
    spark.close()
    server.stop()
    return found


def timed(work: Callable[[], object]) -> float:
    """Seconds one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def memory() -> float:
    """Most memory that this process has had, in MB."""
    status = Path("/proc/self/status")
    if status.is_file():  # what `getrusage` says there begins with that of the process which started this one
        kilobytes = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(kilobytes.split()[1]) / 1e3
    import resource  # which Windows does not have

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most / 1e3


if __name__ == "__main__":
    main()
