"""What joining a thousand extracts costs beside verifying and inserting them bare, and how much memory it takes.

"Bare" reads the same files with the same checks of signature and bounds, and inserts what they say into a plain table
of the same cipher and settings. Nothing here passes or fails; at most 3 times is wanted, and 300 MB.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import tempfile
import time
from pathlib import Path

from reviewapp.instruments.editions import edition_of
from reviewapp.instruments.library import Library
from reviewapp.national.joining import join
from reviewapp.national.model import AuditAnswers, Extract, Quote, Survey, SurveyAnswers, Value
from reviewapp.national.network_set import NetworkSet
from reviewapp.national.networks import Networks
from reviewapp.national.sealed import plain_bytes, read_sealed, write_extract
from reviewapp.store import driver, signing
from reviewapp.workspace.laptop import Laptop

VISITS = 1000
RUNS = 3
QN = Library(Path("no such folder")).get("qn-crhtt-4-pc")


def main() -> None:
    """Print the ratio of each run, and the memory at its highest."""
    folder = Path(tempfile.mkdtemp())
    try:
        networks = Networks(Laptop.create(folder / "home", "a passphrase for figures")[0].home)
        for run in range(RUNS):
            with networks.open(networks.new(f"run {run}", QN)) as network:
                files = written(network, folder / f"files {run}")
                bare = timed_bare(network, files, folder / f"bare {run}.db")
                ours = timed(network, files)
            print(f"joining {VISITS} extracts: {ours / bare:.2f} x verifying and inserting them bare")
        print(f"memory at its highest: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    finally:
        shutil.rmtree(folder)


def written(network: NetworkSet, folder: Path) -> list[Path]:
    """A file for each visit, each signed by a laptop of its own."""
    folder.mkdir()
    chance = random.Random(1)
    paths = [folder / f"{n:04}.extract" for n in range(VISITS)]
    for n, path in enumerate(paths):
        write_extract(path, made_up(n, chance), network=network.key, private=signing.new_private_key())
    return paths


def made_up(n: int, chance: random.Random) -> Extract:
    """An extract with ratings, a survey of two groups, case notes and five quotes."""
    numbers = [one.number for one in QN.standards]
    return Extract(
        visit=f"{n:016x}", revision=chance.randrange(100, 900), team=f"T{n:04}", cycle="2021", month="2021-05",
        kind="accreditation", status="final", instrument=edition_of(QN), scope=QN.scope,
        values={one: Value(counts=chance.choice(("met", "met", "not_met")), basis="agreed") for one in numbers},
        surveys={
            group: Survey(
                respondents=20,
                standards={one: SurveyAnswers(yes=chance.randrange(15), no=chance.randrange(5)) for one in numbers},
            )
            for group in ("patient", "carer")
        },
        audit={one.item: AuditAnswers(yes=chance.randrange(10), no=chance.randrange(4)) for one in QN.audit},
        context={"caseload": chance.randrange(10, 80), "open_24_7": chance.random() < 0.8},
        quotes=tuple(
            Quote(record=f"quote/Q{one}/R2", text="They came when they said they would. " * 3, group="patient")
            for one in range(5)
        ),
    )  # fmt: skip


def timed(network: NetworkSet, files: list[Path]) -> float:
    """Seconds of joining them."""
    start = time.perf_counter()
    receipts = join(network, files)
    seconds = time.perf_counter() - start
    assert {one.result for one in receipts} == {"new"}
    return seconds


def timed_bare(network: NetworkSet, files: list[Path], path: Path) -> float:
    """Seconds of reading and checking the same files, and of inserting what they say into one table."""
    db = driver.connect(path, os.urandom(32))
    db.execute("CREATE TABLE plain (visit TEXT PRIMARY KEY, content BLOB)")
    identity = network.identity
    start = time.perf_counter()
    db.conn.execute("BEGIN IMMEDIATE")
    for file in files:
        said = read_sealed(file, identity).extract
        assert said is not None
        db.execute("INSERT INTO plain VALUES (?, ?)", (said.visit, plain_bytes(said)))
    db.conn.execute("COMMIT")
    seconds = time.perf_counter() - start
    db.close()
    return seconds


if __name__ == "__main__":
    main()
