"""The search index of a visit (FTS5, in the store): finds records by the first letters of the words in them.

Nothing of it is written while somebody types or laptops are joined. The journal only grows, so the index remembers how
far it has read it and reads on at the next search. It keeps no texts, only which words stand where; a deleted record
stays in it, because the searcher asks the visit which records still exist. When something is withdrawn the whole index
is emptied in the same transaction (`forget`), and filled again from what is left.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from reviewapp.store.driver import Database, DatabaseError, OperationalError, in_memory, refused_by_place
from reviewapp.visit.entities import ENTITIES, HEADER, RecordId
from reviewapp.visit.sorting import sort_text

TEXTS: dict[str, tuple[str, ...]] = {
    name: info.statement.TEXTS for name, info in ENTITIES.items() if info.statement.TEXTS is not None
}
"""The fields of each kind of record in which a person writes words. Kinds without any that have a number of their own
(interviews, case notes) are found by that."""

ABOUT = {name: info.statement.ABOUT for name, info in ENTITIES.items() if info.statement.ABOUT}
"""The fields by which a record is found besides its key and texts."""

STANDARD, PROMPT, ITEM = "standard", "prompt", "audit_item"
"""The parts of the instrument that are indexed too."""

KINDS = (*TEXTS, STANDARD, PROMPT, ITEM)
_SHIFT = 32
"""A row's number begins with the number of its kind, so that a thousand matches are sorted without a look-up."""

_MOST_AT_ONCE = 1000
_WORTH_RANKING = 500
"""Most matches that are ranked: nobody reads the best of more, and ranking them takes longer than a key is down."""

_MATCHING = "FROM word WHERE word MATCH ?"
_TABLES = (
    "CREATE TABLE word_place (id INTEGER PRIMARY KEY, entity TEXT NOT NULL, key TEXT NOT NULL, UNIQUE (entity, key))",
    "CREATE TABLE word_mark (shape TEXT NOT NULL, entry INTEGER NOT NULL, emptied INTEGER NOT NULL)",
    """CREATE VIRTUAL TABLE word USING fts5(
         about, words, content = '', contentless_delete = 1, prefix = '1 2 3',
         tokenize = "unicode61 remove_diacritics 2")""",
    "INSERT INTO word (word, rank) VALUES ('rank', 'bm25(4.0, 1.0)')",
)
_SHAPE = hashlib.sha256(
    msgspec.json.encode([1, [(name, TEXTS[name], ABOUT.get(name)) for name in TEXTS], KINDS, _TABLES])
).hexdigest()
_NO_INDEX = ("", 0, 0)


class SearchIndex:
    """The search index through one connection; for a store open for reading only it is kept in memory."""

    def __init__(self, store: Database, *, apart: bool = False) -> None:
        """Creates no table yet. `apart`: keep the index in memory."""
        self._store = store
        self._index = in_memory() if apart else store
        self._order = _order(store)
        self._places: dict[int, RecordId] = {}
        self._known = _NO_INDEX

    def unread_entries(self) -> int:
        """Number of entries the index has not read yet."""
        mark, newest = _mark(self._index), _newest(self._store, self._order)
        if mark != self._known:
            self._known = mark
            self._places.clear()
        return newest - (mark[1] if mark[0] == _SHAPE else 0)

    def catch_up(self) -> None:
        """Index the entries written since the last search, inside the caller's transaction."""
        if self.unread_entries():
            _catch_up(self._index, self._store)
            self.unread_entries()

    def reset(self) -> None:
        """Drop an index that cannot be read, inside the caller's transaction; the next search makes another."""
        drop(self._index)

    def matching(self, expression: str, wanted: Container[str]) -> Iterator[RecordId]:
        """The records that match an FTS5 expression, best first; above `_WORTH_RANKING` kind by kind and unranked.

        Skips kinds that are not (or no longer) `wanted`.
        """
        conn = self._index.conn
        many, one = conn.execute(f"SELECT count(*), min(rowid) {_MATCHING}", (expression,)).fetchone()
        numbers: Iterable[int] = (one,) if many == 1 else ()
        if many > _WORTH_RANKING:
            numbers = [number for (number,) in conn.execute(f"SELECT rowid {_MATCHING}", (expression,))]
        elif many > 1:
            # Sorted here: the database would look each one up again to sort.
            numbers = [number for _, number in sorted(conn.execute(f"SELECT rank, rowid {_MATCHING}", (expression,)))]
        for number in numbers:
            if KINDS[number >> _SHIFT] in wanted:
                yield self._place(number)

    def close(self) -> None:
        """Close an index in memory; one in the store stays open with it."""
        if self._index is not self._store:
            self._index.close()

    def _place(self, number: int) -> RecordId:
        found = self._places.get(number)
        if found is None:
            row = self._index.conn.execute("SELECT entity, key FROM word_place WHERE id = ?", (number,)).fetchone()
            found = self._places[number] = (str(row[0]), str(row[1]))
        return found


def everything(db: Database) -> Iterator[tuple[str, str, str, str]]:
    """Kind, key, subject and words of every record and part of the instrument that can be found."""
    for kind, key, said in _of_instrument(db):
        yield kind, key, *said
    for entity in TEXTS:
        keys = [str(key) for (key,) in db.conn.execute(f'SELECT key FROM "{entity}"')]
        for record, said in _of_records(db, entity, keys):
            yield *record, *said


def clear(db: Database) -> None:
    """Empty the index, inside the caller's transaction: it may hold words that have since been withdrawn.

    One that is spoilt, so that it cannot be emptied, is dropped.
    """
    if not _mark(db)[1]:
        return
    try:
        db.execute("INSERT INTO word (word) VALUES ('delete-all')")
        db.execute("DELETE FROM word_place")
        db.execute("UPDATE word_mark SET entry = 0, emptied = emptied + 1")
    except DatabaseError as error:
        if refused_by_place(error):
            raise
        drop(db)


def drop(db: Database) -> None:
    """Drop the index's tables, inside the caller's transaction; the next search makes them anew."""
    for name in ("word", "word_place", "word_mark"):
        db.execute(f"DROP TABLE IF EXISTS {name}")


def picture(db: Database) -> list[tuple[Any, ...]]:
    """Every word with its record, column and position, sorted, for comparing two states of the index.

    Runs inside the caller's transaction, which is rolled back.
    """
    if not _mark(db)[0]:
        return []
    db.execute("CREATE VIRTUAL TABLE temp.word_seen USING fts5vocab('main', 'word', 'instance')")
    found = db.execute(
        """SELECT seen.term, coalesce(place.entity, ''), coalesce(place.key, ''), seen.col, seen.offset
           FROM temp.word_seen AS seen LEFT JOIN word_place AS place ON place.id = seen.doc"""
    ).fetchall()
    db.execute("DROP TABLE temp.word_seen")
    return sorted(found)


def _mark(db: Database) -> tuple[str, int, int]:
    """Layout of the index, the last entry it has read, and how often it was emptied; _NO_INDEX without one."""
    try:
        row = db.conn.execute("SELECT shape, entry, emptied FROM word_mark").fetchone()
    except OperationalError:
        return _NO_INDEX
    return (str(row[0]), int(row[1]), int(row[2])) if row else _NO_INDEX


def _newest(db: Database, order: str) -> int:
    return int(db.conn.execute(f"SELECT coalesce(max({order}), 0) FROM entry").fetchone()[0])


def _order(db: Database) -> str:
    """SQL by which entries sort in the order they came; the first stores keep no such order, there all count as one."""
    with contextlib.suppress(OperationalError):
        db.conn.execute("SELECT rowid FROM entry LIMIT 1").fetchone()
        return "rowid"
    return "(SELECT count(*) FROM entry)"


def _catch_up(index: Database, store: Database) -> None:
    shape, read, _ = _mark(index)
    order = _order(store)
    newest = _newest(store, order)
    if shape != _SHAPE or read > newest:
        drop(index)
        for statement in _TABLES:
            index.execute(statement)
        index.execute("INSERT INTO word_mark (shape, entry, emptied) VALUES (?, 0, 0)", (_SHAPE,))
        read = 0
    if not read:
        _write_texts(index, {(kind, key): said for kind, key, said in _of_instrument(store)})
    changed: dict[str, list[str]] = {}
    query = f"SELECT DISTINCT entity, key FROM entry WHERE {order} > ?"
    rows = store.conn.execute(query, (read,))
    for entity, key in rows:
        if entity in TEXTS:
            changed.setdefault(entity, []).append(key)
    for entity, keys in changed.items():
        for start in range(0, len(keys), _MOST_AT_ONCE):
            some = keys[start : start + _MOST_AT_ONCE]
            _write_texts(index, {(entity, key): None for key in some} | dict(_of_records(store, entity, some)))
    index.execute("UPDATE word_mark SET entry = ?", (newest,))


IndexedText = tuple[str, str]
"""The subject of a record (its key, and the fields in ABOUT), and the words written in it."""


def _write_texts(index: Database, records: dict[RecordId, IndexedText | None]) -> None:
    """Set the words of these records in the index; a record mapped to None is removed."""
    wanted = msgspec.json.encode(list(records)).decode()
    rows = index.conn.execute(
        """SELECT place.entity, place.key, place.id FROM json_each(?) AS named
           JOIN word_place AS place ON place.entity = named.value ->> 0 AND place.key = named.value ->> 1""",
        (wanted,),
    )
    known = {(str(entity), str(key)): int(number) for entity, key, number in rows}
    gone = [(known[record],) for record, said in records.items() if said is None and record in known]
    index.conn.executemany("DELETE FROM word WHERE rowid = ?", gone)
    index.conn.executemany("DELETE FROM word_place WHERE id = ?", gone)
    new = {record: said for record, said in records.items() if said is not None}
    numbers = known | _numbered(index, [record for record in new if record not in known])
    index.conn.executemany(
        "INSERT OR REPLACE INTO word (rowid, about, words) VALUES (?, ?, ?)",
        [(numbers[record], *said) for record, said in new.items()],
    )


def _numbered(index: Database, records: Sequence[RecordId]) -> dict[RecordId, int]:
    numbers: dict[RecordId, int] = {}
    last: dict[str, int] = {}
    for entity, key in records:
        if entity not in last:
            low = KINDS.index(entity) << _SHIFT
            query = "SELECT coalesce(max(id), ?) FROM word_place WHERE id >= ? AND id < ?"
            last[entity] = int(index.conn.execute(query, (low, low, low + (1 << _SHIFT))).fetchone()[0])
        last[entity] += 1
        numbers[entity, key] = last[entity]
    index.conn.executemany(
        "INSERT INTO word_place (id, entity, key) VALUES (?, ?, ?)",
        [(number, *record) for record, number in numbers.items()],
    )
    return numbers


def _of_records(store: Database, entity: str, keys: Sequence[str]) -> Iterator[tuple[RecordId, IndexedText]]:
    about, texts = ABOUT.get(entity, ()), TEXTS[entity]
    names = ", ".join(f"[{name}]" for name in ("key", *about, *texts))
    query = f'SELECT {names} FROM "{entity}" WHERE place IN (SELECT value FROM json_each(?))'
    wanted = msgspec.json.encode([sort_text(key) for key in keys]).decode()
    try:
        rows = store.conn.execute(query, (wanted,)).fetchall()
    except OperationalError:  # the tables of an earlier version, open for reading only, hold no such kind
        return
    for key, *cells in rows:
        said = [_plain(cell) for cell in cells]
        of = " ".join([key.replace("/", " "), *said[: len(about)]])
        yield (entity, key), (of, "\n".join(text for text in said[len(about) :] if text))


def _of_instrument(store: Database) -> Iterator[tuple[str, str, IndexedText]]:
    """Standards, prompts and audit items, each with its number; they never change within a visit."""
    row = store.conn.execute(f'SELECT content FROM "{HEADER}"').fetchone()
    content: dict[str, Any] = msgspec.json.decode(row[0]) if row and row[0] else {}
    for one in content.get("standards", ()):
        about = f"{one['number']} {one['title']}"
        yield STANDARD, one["number"], (about, f"{one['statement']}\n{one.get('guidance', '')}")
    for guide in content.get("guides", ()):
        for one in guide["prompts"]:
            yield PROMPT, one["id"], (_about(one["id"], guide["group"], one), one["text"])
    for one in content.get("audit", ()):
        yield ITEM, one["item"], (_about(one["item"], "", one), one["text"])


def _about(number: str, group: str, one: dict[str, Any]) -> str:
    return " ".join([number, group, *one.get("standards", ())])


def _plain(cell: str | None) -> str:
    """A JSON value of the journal as words; empty for none and for true or false."""
    value = msgspec.json.decode(cell) if cell else None
    if value is None or isinstance(value, bool):
        return ""
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def expression(parts: Iterable[tuple[str, bool]]) -> str:
    """The FTS5 query for these parts, each a phrase as it was typed; those marked True also match as a beginning.

    FTS5 splits a quoted string into words as it split the texts, so nothing anybody types can be a syntax error.
    """
    return " ".join(f'"{text}"{"*" if beginning else ""}' for text, beginning in parts)
