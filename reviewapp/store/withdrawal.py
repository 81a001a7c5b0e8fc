"""Withdrawing what a person said: the one exception to a journal that keeps everything.

A notice (an entry of the entity `withdraw`, key `interview/P1/R2` or `quote/Q1/R2`) names the records it blanks. So do
the rules below, because the one who withdraws may not have seen everything: whatever belongs to a withdrawn interview
is blanked on every store that learns of the notice, also when it arrives late. Ids, authors and times stay, and with
them the digest and every signature.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from reviewapp.store.driver import Database
from reviewapp.store.entry import Entry
from reviewapp.visit.entities import WITHDRAW, WITHDRAW_FIELD, RecordId
from reviewapp.visit.state import Withdrawn


class WithdrawalNotices:
    """The records covered by the notices in a store and among entries about to be inserted."""

    def __init__(self, db: Database, arriving: Iterable[Entry] = ()) -> None:
        """Read all notices; there are seldom any."""
        rows = db.conn.execute(
            "SELECT key, value FROM entry WHERE entity = ? AND field = ?", (WITHDRAW, WITHDRAW_FIELD)
        ).fetchall()
        found = [(str(key), msgspec.json.decode(value)) for key, value in rows]
        found += [(e.key, e.value) for e in arriving if e.entity == WITHDRAW and e.field == WITHDRAW_FIELD]
        self.records: set[RecordId] = {_split(name) for _, names in found for name in names or ()}
        self.interviews: set[RecordId] = set()
        for key, _ in found:
            self.records.add(_split(key))
            kind, _, rest = key.partition("/")
            if kind == "interview":
                identity, _, person = rest.rpartition("/")
                self.interviews.add((identity, person))

    def __bool__(self) -> bool:
        """True if anything was withdrawn at all."""
        return bool(self.records)

    def learn_quotes(self, entries: Iterable[Entry]) -> None:
        """Cover the quotes among these entries whose field `interview` names a withdrawn interview."""
        for one in entries:
            from_interview = one.entity == "quote" and one.field == "interview"
            if from_interview and isinstance(one.value, str) and (one.value, one.person) in self.interviews:
                self.records.add((one.entity, one.key))

    def covers(self, entity: str, key: str) -> bool:
        """True if this record was withdrawn, itself or with its interview."""
        if (entity, key) in self.records:
            return True
        identity, _, rest = key.partition("/")
        return entity == "answer" and (identity, rest.rpartition("/")[2]) in self.interviews


def withdrawn_records(db: Database) -> dict[str, Withdrawn]:
    """Who withdrew what and when: every record that a notice names, under its name (`interview/P1/R2`)."""
    found: dict[str, Withdrawn] = {}
    query = "SELECT key, value, person, at FROM entry WHERE entity = ? AND field = ? ORDER BY at, id"
    for key, value, person, at in db.execute(query, (WITHDRAW, WITHDRAW_FIELD)):
        for name in [key, *(msgspec.json.decode(value) or ())]:
            found.setdefault(str(name), Withdrawn(key=str(name), person=str(person), at=str(at)))
    return found


def apply(db: Database, notices: WithdrawalNotices) -> set[RecordId]:
    """Blank the covered entries in the store and delete their drafts; returns the records touched.

    Runs inside the caller's transaction.
    """
    for identity, person in notices.interviews:
        quoted = db.execute(
            """SELECT DISTINCT key FROM entry
               WHERE entity = 'quote' AND field = 'interview' AND person = ? AND value = ?""",
            (person, msgspec.json.encode(identity).decode()),
        ).fetchall()
        notices.records |= {("quote", str(row[0])) for row in quoted}
        answered = db.execute("SELECT DISTINCT key FROM entry WHERE entity = 'answer' AND person = ?", (person,))
        notices.records |= {("answer", str(row[0])) for row in answered if notices.covers("answer", str(row[0]))}
    touched: set[RecordId] = set()
    for entity, key in sorted(notices.records):
        done = db.execute(
            "UPDATE entry SET value = 'null', salt = '', withdrawn = 1 WHERE entity = ? AND key = ? AND withdrawn = 0",
            (entity, key),
        )
        db.execute("DELETE FROM draft WHERE instr(slot, ?) = 1", (f"{entity}/{key}/",))
        if done.rowcount:
            touched.add((entity, key))
    return touched


def scrub(db: Database) -> None:
    """Erase every trace of blanked values from the file and its log; outside any transaction."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.execute("VACUUM")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def count(db: Database) -> int:
    """Number of entries that have been blanked."""
    return int(db.execute("SELECT count(*) FROM entry WHERE withdrawn = 1").fetchone()[0])


def _split(name: str) -> RecordId:
    entity, _, key = name.partition("/")
    return entity, key
