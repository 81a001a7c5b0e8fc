"""The entries that stand for each field, kept up to date in the table `head`.

Nearly always every entry of a field counts and replaces what it names as its parents: then a new one takes their place
with two statements. A field for which that is not so (something in it stands apart, or may not replace what another
laptop said) is in the table `limited`, and is worked out from all of its entries (`visit.heads`). The table
`standing` holds what was known of each laptop when the heads were last worked out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from reviewapp.store import marks
from reviewapp.store.driver import Database
from reviewapp.store.entry import Entry
from reviewapp.visit.entities import HEADER, MARKS, FieldAddress, RecordId
from reviewapp.visit.heads import heads, unaware
from reviewapp.visit.rights import is_allowed, needs_lead
from reviewapp.visit.standing import Said, Standings

_TABLES = (
    """CREATE TABLE IF NOT EXISTS limited (
         entity TEXT NOT NULL, key TEXT NOT NULL, field TEXT NOT NULL, PRIMARY KEY (entity, key, field)
       ) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS standing (
         device TEXT PRIMARY KEY, line TEXT NOT NULL, lead INTEGER NOT NULL, certified TEXT NOT NULL,
         apart_from INTEGER, led TEXT NOT NULL
       ) WITHOUT ROWID""",
)
_VISIT = ""
"""The row of `standing` that says which laptop made the visit."""
_BATCH = 5000


def create_tables(db: Database) -> None:
    """Create what is derived beside `head`; a store of an earlier version has none of it."""
    for statement in _TABLES:
        db.execute(statement)


def drop_tables(db: Database) -> None:
    """Drop what is derived, to be created as this version has it."""
    for table in ("limited", "standing"):
        db.execute(f"DROP TABLE IF EXISTS {table}")


def append(db: Database, made: Sequence[Entry]) -> set[RecordId]:
    """Entries that this laptop has just made take the place of what they name, as far as they may.

    Returns other records that changed by it.
    """
    if all(_is_said_plainly(db, one) for one in made):
        return set()
    standings = marks.load(db)
    changed = _changed_by(db, standings, made)
    recompute(db, standings, {one.address for one in made} | changed)
    return {(entity, key) for entity, key, _ in changed}


def add(db: Database, fresh: Sequence[Entry]) -> set[RecordId]:
    """Entries that came in, and are in the journal, take their places; returns other records that changed by it."""
    standings = marks.load(db)
    slow = _changed_by(db, standings, fresh)
    slow |= _known_before(db, fresh)
    places = _places_of_parents(db, fresh)
    ours = {one.id: one for one in fresh}
    links = []
    for one in fresh:
        address, said = one.address, without_value(one)
        if not standings.counts(address, said):
            slow.add(address)
        for parent in one.parents:
            held = ours.get(parent)
            place = (held.address, without_value(held)) if held else places.get(parent)
            if place is None or place[0] == address:
                links.append((parent, one.id))
            if place is not None and place[0] == address and not standings.may_replace(address, said, place[1]):
                slow.add(address)
    db.conn.executemany("INSERT OR IGNORE INTO parent (parent, child) VALUES (?, ?)", links)
    if slow or any_limited(db):
        slow |= _limited_among(db, {one.address for one in fresh})
    _replace(db, [one for one in fresh if one.address not in slow])
    recompute(db, standings, slow)
    return {(entity, key) for entity, key, _ in slow}


def recompute(db: Database, standings: Standings, addresses: Iterable[FieldAddress]) -> None:
    """Work out the heads of these fields from all of their entries."""
    todo = sorted(set(addresses))
    for start in range(0, len(todo), _BATCH):
        some = todo[start : start + _BATCH]
        wanted = _json(some)
        for table in ("head", "limited"):
            db.conn.executemany(f"DELETE FROM {table} WHERE entity = ? AND key = ? AND field = ?", some)
        standing, limited = [], []
        for address, said in _said_of(db, wanted):
            found = heads(address, said, standings)
            standing += [(*address, identity) for identity in found.ids]
            limited += [] if found.plain else [address]
        db.conn.executemany("INSERT INTO head (entity, key, field, id) VALUES (?, ?, ?, ?)", standing)
        db.conn.executemany("INSERT INTO limited (entity, key, field) VALUES (?, ?, ?)", limited)


def rebuild(db: Database) -> None:
    """Work out all heads anew, inside the caller's transaction."""
    standings = marks.load(db)
    for table in ("head", "limited", "standing"):
        db.execute(f"DELETE FROM {table}")
    _remember(db, standings, standings.devices())
    db.execute("DELETE FROM parent")
    db.execute(
        """INSERT OR IGNORE INTO parent (parent, child) SELECT named.value, entry.id
           FROM entry, json_each('["' || replace(entry.parents, ' ', '","') || '"]') AS named
           LEFT JOIN entry AS earlier ON earlier.id = named.value
           WHERE entry.parents != '' AND (earlier.id IS NULL OR (earlier.entity = entry.entity
             AND earlier.key = entry.key AND earlier.field = entry.field))"""
    )
    db.execute(
        """INSERT INTO head (entity, key, field, id) SELECT entity, key, field, id FROM entry
           WHERE NOT EXISTS (SELECT 1 FROM parent WHERE parent.parent = entry.id)"""
    )
    recompute(db, standings, _perhaps_limited(db, standings))


def any_limited(db: Database) -> bool:
    """Whether anything at all stands apart, or in no other laptop's place."""
    return db.conn.execute("SELECT 1 FROM limited LIMIT 1").fetchone() is not None


def begun_twice(
    db: Database, address: FieldAddress, arriving: Iterable[Entry] = (), standings: Standings | None = None
) -> bool:
    """Whether two laptops wrote the entries that stand for a field without one having known of the other."""
    came = {one.id: without_value(one) for one in arriving if one.address == address}
    standings = standings or marks.load(db)
    for said in [[*found, *came.values()] for __, found in _said_of(db, _json([address]))] or [[*came.values()]]:
        by_id = {one.id: one for one in said}
        said = list(by_id.values())
        found = [by_id[identity] for identity in heads(address, said, standings).ids]
        if len({standings.line(one.device) for one in found}) < 2:
            continue
        for number, one in enumerate(found):
            for other in found[number + 1 :]:
                if not standings.is_same_line(one.device, other.device) and unaware(said, one.id, other.id):
                    return True
    return False


def without_value(one: Entry) -> Said:
    """The entry as far as standing goes."""
    return Said(one.id, one.device, one.person, one.seq, one.parents)


def _is_said_plainly(db: Database, one: Entry) -> bool:
    """Put an entry of this laptop in the place of what it names, if that is all there is to it; else change nothing."""
    if one.entity in MARKS or one.entity == HEADER or not _is_own(one):
        return False
    put = db.conn.execute(
        """INSERT OR IGNORE INTO head (entity, key, field, id) SELECT ?, ?, ?, ?
           WHERE EXISTS (SELECT 1 FROM standing WHERE device = ? AND apart_from IS NULL AND lead >= ?)
             AND NOT EXISTS (SELECT 1 FROM limited WHERE entity = ? AND key = ? AND field = ?)""",
        (*one.address, one.id, one.device, int(needs_lead(one.entity, one.person)), *one.address),
    )
    if not put.rowcount:
        return False
    gone = db.conn.executemany(
        """DELETE FROM head WHERE entity = ? AND key = ? AND field = ? AND id = ?
             AND ((SELECT device FROM entry WHERE entry.id = head.id) = ?
                  OR EXISTS (SELECT 1 FROM standing WHERE device = ? AND lead))""",
        [(*one.address, parent, one.device, one.device) for parent in one.parents],
    )
    return not one.parents or gone.rowcount == len(one.parents)


def _is_own(one: Entry) -> bool:
    return is_allowed(one.entity, one.key, one.person, lead=True)


def _replace(db: Database, fresh: Sequence[Entry]) -> None:
    """Make new entries heads unless some entry names them as a parent; the entries they name stop being heads."""
    rows = [(*one.address, one.id, one.id) for one in fresh]
    db.conn.executemany(
        """INSERT OR IGNORE INTO head (entity, key, field, id) SELECT ?, ?, ?, ?
           WHERE NOT EXISTS (SELECT 1 FROM parent WHERE parent.parent = ?)""",
        rows,
    )
    gone = [(*one.address, parent) for one in fresh for parent in one.parents]
    db.conn.executemany("DELETE FROM head WHERE entity = ? AND key = ? AND field = ? AND id = ?", gone)


def _changed_by(db: Database, standings: Standings, fresh: Sequence[Entry]) -> set[FieldAddress]:
    """The fields in which laptops wrote whose standing is another one now that these entries are here."""
    # Of all: what a laptop first says tells whose it is, and with that how others of that person stand.
    changed = _remember(db, standings, {one.device for one in fresh} | standings.devices())
    if not changed:
        return set()
    if _VISIT in changed:  # until now these were entries of no visit
        changed = standings.devices()
    query = "SELECT DISTINCT entity, key, field FROM entry WHERE device IN (SELECT value FROM json_each(?))"
    return _addresses(db, query, _json(sorted(changed)))


def _remember(db: Database, standings: Standings, devices: Iterable[str]) -> set[str]:
    """Store what is known of these laptops; returns those of which something else was known before."""
    known = {row[0]: tuple(row) for row in db.conn.execute(
        "SELECT device, line, lead, certified, apart_from, led FROM standing")}  # fmt: skip
    rows: list[tuple[Any, ...]] = [(_VISIT, standings.marks.founder, 0, "", None, "")]
    for device in devices:
        one = standings.of(device)
        behind = sorted(standings.behind(device))
        led = _json([one.led, one.unaware, standings.confirmations(device), behind, standings.shows(device)])
        rows.append((device, one.line, int(one.lead), one.certified, one.apart_from, led))
    fresh = [row for row in rows if known.get(row[0]) != row]
    db.conn.executemany(
        "INSERT OR REPLACE INTO standing (device, line, lead, certified, apart_from, led) VALUES (?, ?, ?, ?, ?, ?)",
        fresh,
    )
    return {str(row[0]) for row in fresh if row[0] in known}


def _known_before(db: Database, fresh: Sequence[Entry]) -> set[FieldAddress]:
    """The fields of these entries that an entry names which came before them."""
    wanted = _json([one.id for one in fresh])
    query = "SELECT DISTINCT parent FROM parent WHERE parent IN (SELECT value FROM json_each(?))"
    named = {str(row[0]) for row in db.conn.execute(query, (wanted,))}
    return {one.address for one in fresh if one.id in named} if named else set()


def _places_of_parents(db: Database, fresh: Sequence[Entry]) -> dict[str, tuple[FieldAddress, Said]]:
    """The entries that were here before and are named by these: of which field, and by whom."""
    ours = {one.id for one in fresh}
    wanted = {parent for one in fresh for parent in one.parents} - ours
    if not wanted:
        return {}
    query = """SELECT id, device, person, seq, entity, key, field FROM entry
               WHERE id IN (SELECT value FROM json_each(?))"""
    rows = db.conn.execute(query, (_json(sorted(wanted)),))
    return {i: ((e, k, f), Said(i, device, person, seq, ())) for i, device, person, seq, e, k, f in rows}


def _limited_among(db: Database, addresses: set[FieldAddress]) -> set[FieldAddress]:
    return _addresses(db, "SELECT entity, key, field FROM limited") & addresses


def _perhaps_limited(db: Database, standings: Standings) -> set[FieldAddress]:
    """Every field in which something may stand apart, or stand in no other laptop's place; and some more."""
    apart = [device for device in standings.devices() if standings.of(device).apart_from is not None]
    query = """SELECT DISTINCT child.entity, child.key, child.field FROM parent
               JOIN entry AS child ON child.id = parent.child JOIN entry AS earlier ON earlier.id = parent.parent
               WHERE child.device != earlier.device
               UNION
               SELECT DISTINCT entity, key, field FROM entry WHERE device IN (SELECT value FROM json_each(?))"""
    found = _addresses(db, query, _json(apart))
    query = "SELECT DISTINCT entity, key, field FROM entry WHERE device = ? AND person = ? AND entity = ?"
    kinds = db.conn.execute("SELECT DISTINCT device, person, entity FROM entry").fetchall()
    for device, person, entity in kinds:
        about = entity in MARKS or entity == HEADER
        if about or (needs_lead(entity, person) and not standings.always_leads(device)):
            found |= _addresses(db, query, device, person, entity)
    places = db.conn.execute("SELECT DISTINCT entity, key, person FROM entry").fetchall()
    odd = [[entity, key] for entity, key, person in places if not is_allowed(entity, key, person, lead=True)]
    query = """SELECT DISTINCT entry.entity, entry.key, entry.field FROM json_each(?) AS place
               CROSS JOIN entry ON entry.entity = place.value ->> 0 AND entry.key = place.value ->> 1"""
    return found | _addresses(db, query, _json(odd))


def _said_of(db: Database, addresses: str) -> Iterator[tuple[FieldAddress, list[Said]]]:
    """The entries of each of these fields (JSON), without what they say."""
    query = """SELECT entry.entity, entry.key, entry.field, entry.id, device, person, seq, parents
               FROM json_each(?) AS place
               CROSS JOIN entry ON entry.entity = place.value ->> 0 AND entry.key = place.value ->> 1
                 AND entry.field = place.value ->> 2
               ORDER BY place.key"""
    address: FieldAddress | None = None
    said: list[Said] = []
    for entity, key, field, identity, device, person, seq, parents in db.conn.execute(query, (addresses,)):
        if (entity, key, field) != address:
            if address is not None:
                yield address, said
            address, said = (entity, key, field), []
        said.append(Said(identity, device, person, seq, tuple(parents.split())))
    if address is not None:
        yield address, said


def _addresses(db: Database, query: str, *parameters: Any) -> set[FieldAddress]:
    return {(str(entity), str(key), str(field)) for entity, key, field in db.conn.execute(query, parameters)}


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
