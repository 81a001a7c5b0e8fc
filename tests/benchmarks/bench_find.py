"""What finding costs beside the bare query of FTS5, as a ratio within one run, on the large visit of `scale`.

The bare query is what the database does by itself: the same texts in a plain FTS5 table of the same cipher with the
same tokenizer, the best matches in order, as many as we find, with FTS5's own snippets for the matches. Below it the
same without snippets: then nothing could be shown. Ours marks the rows that are in view at once. Nothing here passes
or fails.
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
from typing import Any

from reviewapp.search.query import parse_query
from reviewapp.store import driver, search_index
from reviewapp.visit import statements
from reviewapp.workspace.open_visit import OpenVisit
from tests.benchmarks.scale import make_scale_visit

TYPED = ("c", "ca", "car", "care", "care s", "care sit", "47", "p1", "q1500", "teamvisit", '"water plan"', "xylophone")
TURNS = 41


def main() -> None:
    """Print the ratios."""
    folder = Path(tempfile.mkdtemp())
    try:
        laptop, made = make_scale_visit(folder / "home")
        visit = laptop.open_visit(made)
        finding(visit, folder)
        visit.close()
    finally:
        shutil.rmtree(folder)


def timed(*works: Callable[[], object]) -> list[float]:
    """Milliseconds of the processor that one call of each takes, the middle one of several; in turns, as others work
    on the machine too."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(TURNS):
        for work, took in zip(works, times, strict=True):
            start = time.thread_time()
            work()
            took.append(time.thread_time() - start)
    return [statistics.median(took) * 1000 for took in times]


def fetch(db: driver.Database, query: str, values: tuple[str, int]) -> list[Any]:
    """Everything that a query finds."""
    return list(db.conn.execute(query, values).fetchall())


def finding(visit: OpenVisit, folder: Path) -> None:
    """First the index, then one query after the other as somebody types."""
    db = visit._store.db
    start = time.perf_counter()
    visit.finder.catch_up()
    first = time.perf_counter() - start
    start = time.perf_counter()
    plain = bare(visit, folder)
    print(f"the index of words made at once: {first:.2f} s, {first / (time.perf_counter() - start):.2f} x a bare one")
    (texts,) = db.execute("SELECT count(*) FROM word_place").fetchone()
    print(f"looking for something among {texts} texts:")
    totals = [0.0, 0.0, 0.0]
    for typed in TYPED:
        asked = search_index.expression((part.typed, part.beginning) for part in parse_query(typed))
        found = len(visit.find(typed))
        matching = "FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT ?"
        row = (asked, max(1, found))
        with_snippets = f"SELECT rowid, entity, key, snippet(plain, -1, '[', ']', '…', 24) {matching}"
        times = timed(
            partial(look, visit, typed),
            partial(fetch, plain, with_snippets, row),
            partial(fetch, plain, f"SELECT rowid {matching}", row),
        )
        totals = [total + one for total, one in zip(totals, times, strict=True)]
        ratio = times[0] / times[1]
        print(f"  {typed:14} {times[0]:6.2f} ms, {found:3} found: {ratio:.2f} x the bare query ({times[1]:.2f} ms)")
    print(f"finding, all of these: {totals[0] / totals[1]:.2f} x the bare FTS query,")
    print(f"  {totals[0] / totals[2]:.2f} x the bare query that shows no matches")
    (note,) = timed(lambda: again(visit))
    print(f"the first look after something was written: {note:.1f} ms")


def bare(visit: OpenVisit, folder: Path) -> driver.Database:
    """The same texts in a plain table of FTS5."""
    plain = driver.connect(folder / "plain.db", os.urandom(32))
    plain.execute(
        """CREATE VIRTUAL TABLE plain USING fts5(
             entity UNINDEXED, key UNINDEXED, about, words, prefix = '1 2 3',
             tokenize = "unicode61 remove_diacritics 2")"""
    )
    rows = list(search_index.everything(visit._store.db))
    with plain.atomic():
        plain.conn.executemany("INSERT INTO plain (entity, key, about, words) VALUES (?, ?, ?, ?)", rows)
    return plain


IN_VIEW = 10


def look(visit: OpenVisit, typed: str) -> None:
    """Find, and put together what is in view at once."""
    for one in visit.find(typed)[:IN_VIEW]:
        assert (one.title.text, one.snippet.text) != ("", "")


def again(visit: OpenVisit) -> None:
    """Something is written, and looked for."""
    visit.record(statements.Rating(standard="47", note=f"written {time.perf_counter_ns()}"))
    visit.find("written")


if __name__ == "__main__":
    main()
