"""Withdrawing what a person said: the one exception to a journal that keeps everything.

A notice (an entry of the entity `withdraw`, key `interview/P1/R2` or `quote/Q1/R2`) names the records it blanks. Who
withdraws may not have seen everything, so with an interview goes whatever belongs to it, also when it arrives late;
and a quote that its author has moved to another interview stays, though the notice may still name it. A quote belongs
to the interviews that its current entries name; where these are blank, nobody can tell, and it stays blank until
somebody brings them. So what is covered follows from the entries held, whatever the order in which they came. Ids,
authors and times stay, and with them the digest and every signature. An immediate concern goes only where its author
chose that one too. What coders said of covered words (`coding`, `agreed_coding`) goes with them, whoever said it.

A notice blanks only what its laptop may take back (`visit.standing`): the lead anybody's words, others what was
recorded on laptops that are known to be their own. Any other notice is a request: it hides the words until somebody
who may has decided (`visit.hiding`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from reviewapp.store import requests
from reviewapp.store.driver import Database
from reviewapp.store.entry import Entry
from reviewapp.store.requests import QUOTE, Notice, Notices, split
from reviewapp.visit import hiding
from reviewapp.visit.entities import CODINGS, RecordId, coded_unit
from reviewapp.visit.state import Withdrawn


class _Covered:
    """The records covered by notices that reach the same words."""

    def __init__(self, notices: Iterable[Notice]) -> None:
        self.records: set[RecordId] = set()
        self.interviews: set[RecordId] = set()
        self._named_quotes: set[str] = set()
        for one in notices:
            named = {split(name) for name in one.names}
            if one.of_concerns:
                self.records |= named
                continue
            record = one.request.record
            self.records.add(record)
            if record[0] == requests.INTERVIEW:
                identity, _, person = record[1].rpartition("/")
                self.interviews.add((identity, person))
                self._named_quotes |= {quote for entity, quote in named if entity == QUOTE}
                named = {one for one in named if one[0] != QUOTE}
            self.records |= named

    def learn_quotes(self, db: Database, entries: Iterable[Entry] = ()) -> None:
        """Cover the quotes in the store and among these entries that belong to a withdrawn interview."""
        arriving: dict[str, list[Entry]] = {}
        for one in entries:
            if one.entity == QUOTE and one.field == "interview":
                arriving.setdefault(one.key, []).append(one)
        keys = self._named_quotes | arriving.keys()
        for identity, person in self.interviews:
            rows = db.execute(_QUOTES_OF, (person, msgspec.json.encode(identity).decode()))
            keys |= {str(row[0]) for row in rows}
            keys |= {str(row[0]) for row in db.execute(_BLANK_QUOTES, (person,))}
        for key in keys - {key for entity, key in self.records if entity == QUOTE}:
            if self._belongs(db, key, arriving.get(key, [])):
                self.records.add((QUOTE, key))

    def learn_what_belongs(self, db: Database) -> None:
        """Cover the answers in the store of a withdrawn interview, and what coders said of covered words."""
        for person in {person for __, person in self.interviews}:
            rows = db.execute("SELECT DISTINCT key FROM entry WHERE entity = 'answer' AND person = ?", (person,))
            self.records |= {("answer", str(row[0])) for row in rows if self.covers("answer", str(row[0]))}
        codings = {(str(entity), str(key)) for entity, key in db.execute(_CODINGS)}
        self.records |= {record for record in codings if self.covers(*record)}

    def covers(self, entity: str, key: str) -> bool:
        """True if this record was withdrawn, itself or with its interview."""
        if (entity, key) in self.records:
            return True
        if entity in CODINGS:
            unit = coded_unit(entity, key)
            return unit[0] not in CODINGS and self.covers(*unit)
        identity, _, rest = key.partition("/")
        return entity == "answer" and (identity, rest.rpartition("/")[2]) in self.interviews

    def _belongs(self, db: Database, key: str, arriving: list[Entry]) -> bool:
        """True if a current entry of the quote names a withdrawn interview, or all are blank and it was blanked."""
        said: dict[str, Any] = {}
        replaced: set[str] = set()
        blank = False
        for identity, value, parents, withdrawn in db.execute(_WHERE_FROM, (key,)):
            said[str(identity)] = msgspec.json.decode(value)
            replaced |= set(parents.split())
            blank = blank or bool(withdrawn)
        for one in arriving:
            said[one.id] = one.value if one.value is not None else said.get(one.id)
            replaced |= set(one.parents)
        person = key.rpartition("/")[2]
        interviews = {identity for identity, author in self.interviews if author == person}
        now = {value for identity, value in said.items() if identity not in replaced and isinstance(value, str)}
        before = [value for identity, value in said.items() if identity in replaced]
        return hiding.belongs(interviews, now, before, named=key in self._named_quotes, blank=blank)


class WithdrawalNotices:
    """The records that are blank by the notices in a store and among entries about to be inserted."""

    def __init__(self, db: Database, arriving: Iterable[Entry] = ()) -> None:
        """Read all notices that have a right; there are seldom any."""
        self._notices = requests.read(db, arriving)
        alike: dict[Any, list[Notice]] = {}
        for one in self._notices.all:
            if self._notices.is_rightful(one) and not self._notices.was_answered(one):
                alike.setdefault(_reach(one, self._notices), []).append(one)
        self._parts = [(some[0], _Covered(some)) for some in alike.values()]

    @property
    def records(self) -> set[RecordId]:
        """The records that are covered, as far as they were named or learnt."""
        return {record for _, part in self._parts for record in part.records}

    def reaches(self, entity: str, key: str, device: str) -> bool:
        """True if what this laptop said of a record is blanked."""
        return any(
            part.covers(entity, key) and (entity in CODINGS or self._notices.blanks(one, device))
            for one, part in self._parts
        )

    def takes(self, one: Entry) -> bool:
        """True if an entry is to be blank."""
        return self.reaches(one.entity, one.key, one.device)

    def __bool__(self) -> bool:
        """True if anything was withdrawn at all."""
        return bool(self._parts)

    def learn(self, db: Database, entries: Iterable[Entry] = ()) -> None:
        """Cover what belongs to withdrawn interviews, in the store and among these entries."""
        came = list(entries)
        for _, part in self._parts:
            part.learn_quotes(db, came)

    def learn_what_belongs(self, db: Database) -> None:
        """Cover the notes in the store that belong to withdrawn interviews, and what coders said of covered words."""
        for _, part in self._parts:
            part.learn_what_belongs(db)

    def covers(self, entity: str, key: str) -> bool:
        """True if this record was withdrawn, itself or with its interview."""
        return any(part.covers(entity, key) for _, part in self._parts)


def _reach(one: Notice, notices: Notices) -> tuple[Any, ...]:
    """What two notices have in common that blank the same words of what they cover."""
    request = one.request
    lead = notices.standings is None or notices.standings.has_lead(request.said)
    return request.author, "" if lead else request.said.device, request.own_line


_CODINGS = "SELECT DISTINCT entity, key FROM entry WHERE entity IN ('coding', 'agreed_coding') AND withdrawn = 0"
_TO_BLANK = "SELECT DISTINCT device FROM entry WHERE entity = ? AND key = ? AND withdrawn = 0"
_BLANK_OF = """UPDATE entry SET value = 'null', salt = '', withdrawn = 1
               WHERE entity = ? AND key = ? AND device = ? AND withdrawn = 0"""
_QUOTES_OF = """SELECT DISTINCT head.key FROM head JOIN entry USING (id)
                WHERE head.entity = 'quote' AND head.field = 'interview' AND entry.person = ? AND entry.value = ?"""
_BLANK_QUOTES = "SELECT DISTINCT key FROM entry WHERE entity = 'quote' AND person = ? AND withdrawn = 1"
_WHERE_FROM = """SELECT id, value, parents, withdrawn FROM entry
                 WHERE entity = 'quote' AND key = ? AND field = 'interview'"""


def blank_records(db: Database) -> dict[str, Withdrawn]:
    """Who withdrew what and when: every record that is blank, or named and not here, under its name.

    Unlike `withdrawn_records`, without quotes that are named but belong to another interview, and with those notes and
    quotes that went with their interview without being named.
    """
    found = withdrawn_records(db)
    if not found:
        return found
    blank = {f"{entity}/{key}" for entity, key in db.execute(_BLANK)}
    for name in {f"{QUOTE}/{key}" for (key,) in db.execute(_QUOTES)} & found.keys() - blank:
        del found[name]
    talks = [one for name, one in found.items() if name.startswith("interview/")]
    for name in sorted(blank - found.keys()):
        author = name.rpartition("/")[2]
        for one in talks[:]:
            if one.key.endswith(f"/{author}"):
                found.setdefault(name, Withdrawn(key=name, person=one.person, at=one.at))
    return found


_BLANK = "SELECT DISTINCT entity, key FROM entry WHERE entity IN ('answer', 'quote') AND withdrawn = 1"
_QUOTES = "SELECT DISTINCT key FROM entry WHERE entity = 'quote' AND field = 'interview' AND withdrawn = 0"


def withdrawn_records(db: Database, *, answered: bool = False) -> dict[str, Withdrawn]:
    """Who withdrew what and when: every record that a notice names, under its name (`interview/P1/R2`).

    With `answered` also those of notices that somebody with the right answered by showing it again.
    """
    found: dict[str, Withdrawn] = {}
    notices = requests.read(db)
    for one in notices.all:
        if notices.is_rightful(one) and (answered or not notices.was_answered(one)):
            for name in one.names if one.of_concerns else ("/".join(one.request.record), *one.names):
                found.setdefault(name, Withdrawn(key=name, person=one.request.said.person, at=one.at))
    return found


def apply(db: Database, notices: WithdrawalNotices) -> set[RecordId]:
    """Blank the covered entries in the store and delete their drafts; returns the records touched.

    Runs inside the caller's transaction.
    """
    notices.learn(db)
    notices.learn_what_belongs(db)
    touched: set[RecordId] = set()
    for entity, key in sorted(notices.records):
        rows = db.conn.execute(_TO_BLANK, (entity, key)).fetchall()
        for device in [str(row[0]) for row in rows if notices.reaches(entity, key, str(row[0]))]:
            db.execute(_BLANK_OF, (entity, key, device))
            touched.add((entity, key))
    typed = [slot for (slot,) in db.execute("SELECT slot FROM draft") if notices.covers(*_record_of(slot))]
    db.conn.executemany("DELETE FROM draft WHERE slot = ?", [(slot,) for slot in typed])
    if touched or typed:
        strip_receipts(db)
        mark_to_scrub(db)
    return touched


def mark_to_scrub(db: Database) -> None:
    """Keep in mind that the files of the visit have to be cleaned, inside the transaction that makes it so."""
    db.execute("INSERT OR REPLACE INTO local (name, value) VALUES (?, '1')", (TO_SCRUB,))


def scrubbed(db: Database) -> None:
    """Every file of the visit has been cleaned; inside the caller's transaction."""
    db.execute("DELETE FROM local WHERE name = ?", (TO_SCRUB,))


def follows_rule(db: Database) -> bool:
    """True if all that this version's rule covers was blanked, as far as this store was ever opened for writing."""
    row = db.execute("SELECT value FROM local WHERE name = ?", (_RULE,)).fetchone()
    return row is not None and row[0] == RULE


def remember_rule(db: Database) -> None:
    """Note that the store follows this version's rule, inside the caller's transaction."""
    db.execute("INSERT OR REPLACE INTO local (name, value) VALUES (?, ?)", (_RULE, RULE))


def strip_receipts(db: Database) -> None:
    """Leave in the receipts of joined files what they count, and nothing that anybody said.

    Earlier versions kept the values in conflict there.
    """
    for number, receipt in db.execute("SELECT number, receipt FROM joined").fetchall():
        said = msgspec.json.decode(receipt)
        kept = {name: value for name, value in said.items() if name in _OF_A_RECEIPT}
        if kept != said:
            text = msgspec.json.encode(kept).decode()
            db.execute("UPDATE joined SET receipt = ? WHERE number = ?", (text, number))


_OF_A_RECEIPT = ("who", "counts", "kinds", "apart", "part", "forks")

RULE = "2"
"""What is blanked and cleaned changed so often; a store that an earlier version cleaned is cleaned again."""
_RULE = "withdrawal_rule"

TO_SCRUB = "to_scrub"
"""Name of the value kept on this laptop while blanked words may still be in free pages, the log or a backup."""


def is_to_scrub(db: Database) -> bool:
    """True if something was blanked and not every file of the visit has been cleaned since."""
    return db.execute("SELECT 1 FROM local WHERE name = ?", (TO_SCRUB,)).fetchone() is not None


def scrub(db: Database) -> None:
    """Erase every trace of blanked values from the file and its log; outside any transaction."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.execute("VACUUM")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def count(db: Database) -> int:
    """Number of entries that have been blanked."""
    return int(db.execute("SELECT count(*) FROM entry WHERE withdrawn = 1").fetchone()[0])


def _record_of(slot: str) -> RecordId:
    """The record of a draft, whose slot is its field's address."""
    return split(slot.rpartition("/")[0])
