"""The tables of a set of visits: extracts received, the key accepted for each visit, and what was taken back.

A set is a store like a visit's, with these tables and an empty journal. What was received stays as it came, but for
words that were taken back; which extract counts is worked out from all of them (`national.counting`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reviewapp.store.driver import Database

_TABLES = (
    """CREATE TABLE extract (
         n INTEGER PRIMARY KEY, visit TEXT NOT NULL, revision INTEGER NOT NULL, key TEXT NOT NULL,
         digest TEXT NOT NULL UNIQUE, team TEXT NOT NULL, cycle TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL,
         instrument TEXT NOT NULL, edition TEXT NOT NULL, wording TEXT NOT NULL, authorities TEXT NOT NULL,
         apart TEXT NOT NULL, at TEXT NOT NULL, content BLOB NOT NULL
       )""",
    "CREATE INDEX extract_of_visit ON extract (visit)",
    """CREATE TABLE accepted_key (
         visit TEXT PRIMARY KEY, key TEXT NOT NULL, authorities TEXT NOT NULL, team TEXT NOT NULL
       ) WITHOUT ROWID""",
    "CREATE TABLE team (n INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE)",
    "CREATE TABLE set_aside (visit TEXT PRIMARY KEY, reason TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE taken_back (
         visit TEXT NOT NULL, record TEXT NOT NULL, state INTEGER NOT NULL, at TEXT NOT NULL,
         PRIMARY KEY (visit, record)
       ) WITHOUT ROWID""",
    "CREATE TABLE receipt (n INTEGER PRIMARY KEY, at TEXT NOT NULL, content BLOB NOT NULL)",
    "CREATE TABLE printed (number INTEGER PRIMARY KEY, content BLOB NOT NULL)",
)


class Received(NamedTuple):
    """What is known of an extract without reading it: its number in the order of arrival, and the key that signed it.

    `wording`: the digest of the instrument it was rated by; `authorities`: the keys with which the lead of the visit
    spoke, from the first on, with spaces between; `apart`: why it stands apart, empty where it does not.
    """

    n: int
    visit: str
    revision: int
    key: str
    digest: str
    team: str
    cycle: str
    kind: str
    status: str
    instrument: str
    edition: str
    wording: str
    authorities: str
    apart: str
    at: str


_COLUMNS = ", ".join(Received._fields)


def create(db: Database) -> None:
    """Make the tables, inside the caller's transaction."""
    for statement in _TABLES:
        db.execute(statement)


def count(db: Database) -> int:
    """Number of extracts received; 0 in the store of a visit."""
    if not db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'extract'").fetchone()[0]:
        return 0
    return int(db.execute("SELECT count(*) FROM extract").fetchone()[0])


def received(db: Database) -> list[Received]:
    """Every extract received, in the order of arrival."""
    return [Received(*row) for row in db.execute(f"SELECT {_COLUMNS} FROM extract ORDER BY n")]


def content(db: Database, n: int) -> bytes:
    """What the extract of this number says."""
    return bytes(db.execute("SELECT content FROM extract WHERE n = ?", (n,)).fetchone()[0])


def contents(db: Database, numbers: Iterable[int]) -> Iterator[tuple[int, bytes]]:
    """What the extracts of these numbers say, one after the other."""
    for n in numbers:
        yield n, content(db, n)


def add(db: Database, one: Received, said: bytes) -> int:
    """Keep an extract and what it says; returns its number (that of `one` is not looked at)."""
    row = db.execute(
        f"INSERT INTO extract ({_COLUMNS}, content) VALUES ({', '.join('?' * (len(one) + 1))}) RETURNING n",
        (None, *one[1:], said),
    ).fetchone()
    return int(row[0])


def replace_content(db: Database, n: int, said: bytes) -> None:
    """Keep an extract with other content: without the words that were taken back."""
    db.execute("UPDATE extract SET content = ? WHERE n = ?", (said, n))


def team_number(db: Database, code: str) -> int:
    """The number of a team in this set, which it has from its first extract on; made where it has none yet."""
    known = db.execute("SELECT n FROM team WHERE code = ?", (code,)).fetchone()
    row = known or db.execute("INSERT INTO team (code) VALUES (?) RETURNING n", (code,)).fetchone()
    return int(row[0])


def teams(db: Database) -> dict[int, str]:
    """The code of every team by its number."""
    return dict(db.execute("SELECT n, code FROM team ORDER BY n").fetchall())


def accepted_keys(db: Database) -> dict[str, tuple[str, str, str]]:
    """By visit: the key whose extracts count, the lead's keys it spoke with, and the code of the team."""
    rows = db.execute("SELECT visit, key, authorities, team FROM accepted_key")
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def accept_key(db: Database, visit: str, key: str, authorities: str, team: str) -> None:
    """From now on extracts of this visit count when this key signed them, or a later lead's."""
    db.execute(
        "INSERT OR REPLACE INTO accepted_key (visit, key, authorities, team) VALUES (?, ?, ?, ?)",
        (visit, key, authorities, team),
    )


def take_in(db: Database, visit: str, key: str, why_others: str) -> None:
    """What this key signed for this visit stands apart no more, and what others signed stands apart from now on."""
    db.execute("UPDATE extract SET apart = '' WHERE visit = ? AND key = ?", (visit, key))
    db.execute("UPDATE extract SET apart = ? WHERE visit = ? AND key <> ?", (why_others, visit, key))


def set_aside(db: Database) -> dict[str, str]:
    """The visits that the office left out, with its reason."""
    return {row[0]: row[1] for row in db.execute("SELECT visit, reason FROM set_aside")}


def mark_aside(db: Database, visit: str, reason: str | None, at: str) -> None:
    """Leave a visit out of the figures, or count it again where `reason` is None."""
    if reason is None:
        db.execute("DELETE FROM set_aside WHERE visit = ?", (visit,))
    else:
        db.execute("INSERT OR REPLACE INTO set_aside (visit, reason, at) VALUES (?, ?, ?)", (visit, reason, at))


HIDDEN, ASKED, GONE = range(3)
"""Words that their lead hides for now; that another laptop asked to be taken back, so that the office decides; gone."""


def taken_back(db: Database) -> dict[str, dict[str, int]]:
    """By visit: the words that are not shown, and whether they are `HIDDEN`, `ASKED` or `GONE`."""
    found: dict[str, dict[str, int]] = {}
    for visit, record, state in db.execute("SELECT visit, record, state FROM taken_back ORDER BY visit, record"):
        found.setdefault(visit, {})[record] = state
    return found


def take_back(db: Database, visit: str, records: Iterable[str], *, state: int, at: str) -> None:
    """Words are not shown any more; what is further gone already stays so."""
    db.conn.executemany(
        """INSERT INTO taken_back (visit, record, state, at) VALUES (?, ?, ?, ?)
           ON CONFLICT (visit, record) DO UPDATE SET state = max(state, excluded.state)""",
        [(visit, record, state, at) for record in records],
    )


def show_again(db: Database, visit: str, records: Iterable[str], *, state: int) -> None:
    """Of these words, those that are in this state (and in none further gone) are shown again."""
    db.conn.executemany(
        "DELETE FROM taken_back WHERE visit = ? AND record = ? AND state <= ? AND state < ?",
        [(visit, record, state, GONE) for record in records],
    )


def add_receipt(db: Database, at: str, content: bytes) -> None:
    """Keep what a join did."""
    db.execute("INSERT INTO receipt (at, content) VALUES (?, ?)", (at, content))


def receipts(db: Database) -> list[tuple[str, bytes]]:
    """When each join was, and what it did, oldest first."""
    return [(row[0], row[1]) for row in db.execute("SELECT at, content FROM receipt ORDER BY n")]


def add_printed(db: Database, number: int, said: bytes) -> None:
    """A report of this number was written; what is to be known of it."""
    db.execute("INSERT OR REPLACE INTO printed (number, content) VALUES (?, ?)", (number, said))


def printed(db: Database) -> list[bytes]:
    """What is known of the reports written from the set, in their order."""
    return [bytes(row[0]) for row in db.execute("SELECT content FROM printed ORDER BY number")]
