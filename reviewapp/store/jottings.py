"""Private jottings: what somebody writes for nobody else, among the values that only this laptop keeps.

They are no entries, so nothing that is made of entries (returns, packs, reports, plans, what is searched) can hold one.
"""

from __future__ import annotations

from reviewapp.store.driver import Database
from reviewapp.store.withdrawal import WithdrawalNotices
from reviewapp.visit.entities import RecordId

_PREFIX = "jotting/"


def read(db: Database, person: str) -> dict[RecordId, str]:
    """The jottings of a person, by the record that each is about."""
    return {about: text for (whose, about), text in _all(db).items() if whose == person}


def count(db: Database) -> int:
    """How many jottings are kept here, whoever wrote them."""
    return len(_all(db))


def write(db: Database, person: str, about: RecordId, text: str) -> None:
    """Keep a jotting in place of the one there was; an empty one is deleted. Inside the caller's transaction."""
    name = f"{_PREFIX}{person}/{'/'.join(about)}"
    if text.strip():
        db.execute("INSERT OR REPLACE INTO local (name, value) VALUES (?, ?)", (name, text))
    else:
        db.execute("DELETE FROM local WHERE name = ?", (name,))


def blank(db: Database, notices: WithdrawalNotices) -> int:
    """Delete the jottings about what was withdrawn, and return how many; inside the caller's transaction."""
    covered = [(whose, about) for whose, about in _all(db) if notices.covers(*about)]
    for whose, about in covered:
        write(db, whose, about, "")
    return len(covered)


def _all(db: Database) -> dict[tuple[str, RecordId], str]:
    rows = db.conn.execute("SELECT name, value FROM local WHERE name GLOB ?", (_PREFIX + "*",)).fetchall()
    found: dict[tuple[str, RecordId], str] = {}
    for name, text in rows:
        whose, entity, key = str(name).removeprefix(_PREFIX).split("/", 2)
        found[whose, (entity, key)] = str(text)
    return found
