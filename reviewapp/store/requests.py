"""Notices, requests to withdraw and answers to them, as a store holds them; and what is hidden by it now.

What each counts for is `visit.hiding`'s to say. Here it is read which records a request covers: by the same rule as
what a withdrawal covers (`withdrawal`), with a quote belonging to the interview that it names at present.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from reviewapp.store import field_heads, forks, marks
from reviewapp.store.driver import Database
from reviewapp.store.entry import Entry
from reviewapp.store.field_heads import without_value
from reviewapp.visit import hiding
from reviewapp.visit.entities import (
    ANSWERED_FIELD,
    ASK_WITHDRAW,
    BEGUN,
    CODINGS,
    CONCERNS_FIELD,
    SHOW_AGAIN,
    WITHDRAW,
    WITHDRAW_FIELD,
    WITHDRAWABLE,
    RecordId,
    author_of,
    belongs_to,
    can_be_withdrawn,
    coded_unit,
)
from reviewapp.visit.hiding import Request, ShownAgain
from reviewapp.visit.standing import NEVER_APART, Said, Standings
from reviewapp.visit.state import Hidden

QUOTE, ANSWER, INTERVIEW = "quote", "answer", "interview"
NEVER_HIDDEN = "known_name"
"""A listed name is never printed. Were it hidden on request, it would no longer be looked for in what is printed."""


class Notice(NamedTuple):
    """An entry that takes something back, or asks for it: which records it names, by whom and when."""

    request: Request
    names: tuple[str, ...]
    at: str
    of_concerns: bool = False
    """It is of the immediate concerns that it names, and of nothing else."""


class Notices(NamedTuple):
    """Every notice and request that is held or arrives, the answers, and what laptops' words count for."""

    all: list[Notice]
    shown: list[ShownAgain]
    standings: Standings | None

    def blanks(self, one: Notice, device: str) -> bool:
        """Whether what this laptop recorded of what the notice covers is gone for good."""
        return self.standings is None or hiding.blanks(one.request, device, self.shown, self.standings)

    def is_rightful(self, one: Notice) -> bool:
        """Whether a notice blanks anything at all, whatever was answered to it."""
        request = one.request
        known = self.standings
        return not request.asks and (known is None or known.may_withdraw(request.author, request.said))

    def was_answered(self, one: Notice) -> bool:
        """Whether somebody who may decide said that a notice hides no more; it blanks nothing either, then."""
        device = one.request.said.device
        return self.standings is not None and hiding.is_answered(one.request, device, self.shown, self.standings)


def read(db: Database, arriving: Iterable[Entry] = ()) -> Notices:
    """Those of a store, and of entries about to be inserted; hardly ever any, which one question tells."""
    came = list(arriving)
    rows = [*_held(db), *_of(came)]
    if not any(row.entity != SHOW_AGAIN for row in rows):
        return Notices([], [], None)
    standings = marks.standings(
        [*marks.held(db), *marks.of_entries(came)], {**marks.claims_of(came), **marks.held_claims(db)}, forks.held(db)
    )
    twice: dict[RecordId, bool] = {}
    found: list[Notice] = []
    shown: list[ShownAgain] = []
    for row in rows:
        record = split(row.key)
        texts = tuple(str(one) for one in row.value) if isinstance(row.value, list) else ()
        if row.entity == SHOW_AGAIN:
            shown.append(ShownAgain(record, frozenset(texts), row.said))
        elif _is_sound(row, texts) and (record[0] != NEVER_HIDDEN or row.entity == WITHDRAW):
            if record not in twice:
                twice[record] = _is_begun_twice(db, record, came, standings)
            request = Request(row.said.id, record, row.said, row.entity == ASK_WITHDRAW, twice[record])
            found.append(Notice(request, texts, row.at, row.field == CONCERNS_FIELD))
    return Notices(found, shown, standings)


class OpenRequest(msgspec.Struct, frozen=True):
    """What a laptop without the right asked to be withdrawn (`interview/P1/R2`), and nobody has decided of.

    `author`: whose words they are; `asker`: of whose laptop, `device`, the request is; `hidden`: what it hides.
    """

    record: str
    author: str
    asker: str
    device: str
    at: str
    reason: str
    hidden: tuple[str, ...]


def open_requests(db: Database) -> list[OpenRequest]:
    """The requests that hide something now, one for each record and laptop, in the order of their times."""
    hiding_now: dict[str, set[str]] = {}
    for name, one in hidden_records(db).items():
        for identity in one.requests:
            hiding_now.setdefault(identity, set()).add(name)
    found: dict[tuple[str, str], OpenRequest] = {}
    for row in _held(db) if hiding_now else ():
        names = hiding_now.get(row.said.id)
        if names:
            before = found.get((row.key, row.said.device))
            names |= set(before.hidden) if before else set()
            found[row.key, row.said.device] = OpenRequest(
                row.key, author_of(row.key), row.said.person, row.said.device, before.at if before else row.at,
                _reason(db, row), tuple(sorted(names)),
            )  # fmt: skip
    return sorted(found.values(), key=_by_request)


def _by_request(one: OpenRequest) -> tuple[str, str, str]:
    return one.at, one.record, one.device


def _reason(db: Database, row: _Row) -> str:
    """The newest reason that the laptop gave for what it asked of a record."""
    query = """SELECT value FROM entry WHERE entity = ? AND key = ? AND field = 'reason' AND device = ?
               ORDER BY seq DESC LIMIT 1"""
    found = db.conn.execute(query, (row.entity, row.key, row.said.device)).fetchone()
    value = msgspec.json.decode(found[0]) if found else ""
    return value if isinstance(value, str) else ""


def hidden_records(db: Database, *, also: ShownAgain | None = None) -> dict[str, Hidden]:
    """The records that are hidden now, under their names (`interview/P1/R2`), with who asked for it and when.

    `also`: what somebody is about to say.
    """
    notices = read(db)
    notices = notices._replace(shown=[*notices.shown, also]) if also else notices
    if notices.standings is None:
        return {}
    known = notices.standings
    perhaps = [one for one in notices.all if one.request.asks or not _takes_all(one, known)]
    if not perhaps:
        return {}
    belonging = _Belonging(db)
    full = {
        one.request.id: one._replace(request=one.request._replace(covered=belonging.covered_by(one)))
        for one in notices.all
        if one.request.record[0] != NEVER_HIDDEN
    }
    every = {record for one in full.values() for record in one.request.covered}
    found = hiding.hidden((one.request for one in full.values()), notices.shown, _written_by(db, every), known)
    for entity, key in db.conn.execute(_CODED, CODINGS).fetchall() if found else ():
        if ids := found.get(coded_unit(str(entity), str(key))):
            found[str(entity), str(key)] = ids
    return {
        "/".join(record): _hidden("/".join(record), min((full[one] for one in ids), key=_by_time), ids, full)
        for record, ids in sorted(found.items())
    }


_CODED = "SELECT DISTINCT entity, key FROM entry WHERE entity IN (?, ?)"


def split(name: str) -> RecordId:
    """Entity and key of a record's name (`interview/P1/R2`)."""
    entity, _, key = name.partition("/")
    return entity, key


def _takes_all(one: Notice, standings: Standings) -> bool:
    """Whether a notice is the lead's, so that nothing of what it covers can be left to hide."""
    return standings.is_visit and standings.has_lead(one.request.said)


def _hidden(name: str, first: Notice, ids: tuple[str, ...], full: dict[str, Notice]) -> Hidden:
    author = author_of(name)
    request = first.request
    return Hidden(
        key=name, person=author, asker=request.said.person, device=request.said.device, at=first.at,
        request="/".join(request.record), requests=ids,
        requested=tuple(sorted({"/".join(full[one].request.record) for one in ids})),
    )  # fmt: skip


def _by_time(one: Notice) -> tuple[str, str]:
    return one.at, one.request.id


class _Row(NamedTuple):
    entity: str
    key: str
    field: str
    value: Any
    said: Said
    at: str


_FIELDS = {
    WITHDRAW: (WITHDRAW_FIELD, CONCERNS_FIELD),
    ASK_WITHDRAW: (WITHDRAW_FIELD, CONCERNS_FIELD),
    SHOW_AGAIN: (ANSWERED_FIELD,),
}


def _held(db: Database) -> Iterator[_Row]:
    query = """SELECT entity, key, field, value, id, device, person, seq, at FROM entry
               WHERE entity IN (?, ?, ?) AND field != 'reason' ORDER BY at, id"""
    for entity, key, field, value, identity, device, person, seq, at in db.conn.execute(query, tuple(_FIELDS)):
        if field in _FIELDS[entity]:
            said = Said(str(identity), str(device), str(person), int(seq), ())
            yield _Row(str(entity), str(key), str(field), msgspec.json.decode(value), said, str(at))


def _of(entries: Iterable[Entry]) -> Iterator[_Row]:
    for one in entries:
        if one.field in _FIELDS.get(one.entity, ()):
            yield _Row(one.entity, one.key, one.field, one.value, without_value(one), one.at)


def _is_sound(row: _Row, names: tuple[str, ...]) -> bool:
    """Whether a notice is of something that can be taken back, and names only what its author recorded.

    Joining refuses a malformed notice of a kind that earlier versions know; of the others it says nothing here.
    """
    if row.entity == WITHDRAW and row.field == WITHDRAW_FIELD:
        return True
    if not can_be_withdrawn(row.key):
        return False
    if any(not belongs_to(one, row.key) for one in names):
        return False
    kinds = (NEVER_APART,) if row.field == CONCERNS_FIELD else (*WITHDRAWABLE, ANSWER)
    return all(split(one)[0] in kinds for one in names)


def _is_begun_twice(db: Database, record: RecordId, arriving: Iterable[Entry], standings: Standings) -> bool:
    kind, key = record
    return kind in BEGUN and field_heads.begun_twice(db, (kind, key, BEGUN[kind]), arriving, standings)


def _written_by(db: Database, records: Iterable[RecordId]) -> dict[RecordId, set[str]]:
    """Which laptops wrote these records."""
    query = """SELECT DISTINCT entry.entity, entry.key, device FROM json_each(?) AS place
               CROSS JOIN entry ON entry.entity = place.value ->> 0 AND entry.key = place.value ->> 1"""
    found: dict[RecordId, set[str]] = {}
    wanted = msgspec.json.encode(sorted(records)).decode()
    for entity, key, device in db.conn.execute(query, (wanted,)):
        found.setdefault((str(entity), str(key)), set()).add(str(device))
    return found


class _Home(NamedTuple):
    """Of which interviews the entries of a quote say it is: those that nothing replaced, and earlier ones."""

    now: frozenset[str]
    before: tuple[str | None, ...]


_NOWHERE = _Home(frozenset(), ())


class _Belonging:
    """What belongs to the interviews of a visit, read at once."""

    def __init__(self, db: Database) -> None:
        self._answers: dict[str, set[str]] = {}
        for (key,) in db.conn.execute("SELECT DISTINCT key FROM entry WHERE entity = ?", (ANSWER,)):
            identity, _, rest = str(key).partition("/")
            self._answers.setdefault(f"{identity}/{rest.rpartition('/')[2]}", set()).add(str(key))
        said: dict[str, list[tuple[str, Any, set[str]]]] = {}
        query = "SELECT key, id, value, parents FROM entry WHERE entity = ? AND field = 'interview'"
        for key, identity, value, parents in db.conn.execute(query, (QUOTE,)):
            said.setdefault(str(key), []).append((str(identity), msgspec.json.decode(value), set(parents.split())))
        self._homes = {key: _home(rows) for key, rows in said.items()}
        self._quotes: dict[str, set[str]] = {}
        for key, home in self._homes.items():
            author = key.rpartition("/")[2]
            for identity in home.now:
                self._quotes.setdefault(f"{identity}/{author}", set()).add(key)

    def covered_by(self, one: Notice) -> frozenset[RecordId]:
        """The records that a notice covers, itself too."""
        names = {split(name) for name in one.names}
        if one.of_concerns:
            return frozenset(names)
        record = one.request.record
        if record[0] != INTERVIEW:
            return frozenset({record, *names})
        identity = record[1].rpartition("/")[0]
        named = {key for entity, key in names if entity == QUOTE}
        quotes = {
            key
            for key in named | self._quotes.get(record[1], set())
            if hiding.belongs({identity}, (home := self._homes.get(key, _NOWHERE)).now, home.before, named=key in named)
        }
        others = {name for name in names if name[0] != QUOTE}
        answers = {(ANSWER, key) for key in self._answers.get(record[1], ())}
        return frozenset({record, *others, *answers, *((QUOTE, key) for key in quotes)})


def _home(rows: list[tuple[str, Any, set[str]]]) -> _Home:
    replaced = {parent for _, _, parents in rows for parent in parents}
    now = frozenset(value for identity, value, _ in rows if identity not in replaced and isinstance(value, str))
    return _Home(now, tuple(value for identity, value, _ in rows if identity in replaced))
