"""A set: the visits of one network by one instrument, in an encrypted store of its own on the office's laptop.

Extracts are joined file by file, all or nothing each; joining one twice changes nothing. Which of them count, and why
the others do not, is said by `national.counting`. What was received stays as it came, but for words taken back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.instruments.editions import edition_of
from reviewapp.instruments.model import Instrument
from reviewapp.national import counting, engines
from reviewapp.national.compute import national_figures
from reviewapp.national.counting import Accepted, Rules
from reviewapp.national.figures import LeftOut, NationalFigures
from reviewapp.national.model import Extract
from reviewapp.national.network_key import NetworkKey, public_of
from reviewapp.national.rating_figures import Head
from reviewapp.national.tables import rows_of
from reviewapp.national.taken_back import without
from reviewapp.store import backup, question_tables, received_extracts, rolling_backups
from reviewapp.store.clock import stamp
from reviewapp.store.driver import Database
from reviewapp.store.home import Home
from reviewapp.store.question_tables import Row, Rows
from reviewapp.store.received_extracts import GONE, Received
from reviewapp.store.visit_store import VisitStore

_EXTRACT = msgspec.json.Decoder(Extract)


class PrintedReport(msgspec.Struct, frozen=True, kw_only=True):
    """A national report that was written from a set: of which visits, and with which words (`VISIT/RECORD`).

    `digest` tells what it was made of: figures, cycle and passages.
    """

    number: int
    at: str
    digest: str
    visits: tuple[str, ...]
    records: tuple[str, ...] = ()


class NetworkSet:
    """A set that is open on the office's laptop. Made by `national.networks`; close it, or use it in a `with`."""

    def __init__(self, home: Home, store: VisitStore) -> None:
        """Use `Networks.open`."""
        self._home = home
        self._store = store
        self.id = store.local("visit")
        self.name = store.local("name")
        self.instrument = msgspec.json.decode(store.local("content"), type=Instrument)
        self.rules = Rules(edition_of(self.instrument), store.local("with_drafts") == "yes")

    def close(self) -> None:
        """Close the store; the object is of no use after that."""
        self._store.close()

    def __enter__(self) -> NetworkSet:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # What it is ----------------------------------------------------------------------------------------------------

    @property
    def identity(self) -> str:
        """The secret key that opens what was sealed to this set."""
        return self._store.local("identity")

    @property
    def key(self) -> NetworkKey:
        """What the office gives to the leads: to whom their extracts go."""
        return NetworkKey(
            name=self.name, public_key=public_of(self.identity), set_id=self.id, instrument=self.rules.instrument
        )

    @property
    def db(self) -> Database:
        """The database, for the questions that are asked of it (`national.engines`)."""
        return self._store.db

    def now(self) -> str:
        """This moment, as it is written beside what is kept."""
        return stamp(self._store.now())

    # What it holds -------------------------------------------------------------------------------------------------

    def received(self) -> list[Received]:
        """Every extract received, in the order of arrival, without what it says."""
        return received_extracts.received(self._store.db)

    def accepted(self) -> dict[str, Accepted]:
        """By visit: who speaks for it."""
        return {visit: Accepted(*row) for visit, row in received_extracts.accepted_keys(self._store.db).items()}

    def counted(self) -> list[Received]:
        """The extracts in the figures: one a visit."""
        aside = received_extracts.set_aside(self._store.db)
        speaking = counting.speaking(self.received())
        return [one for one in speaking if not counting.why_left_out(one, self.rules, aside)]

    def left_out(self) -> list[LeftOut]:
        """What is held and not in the figures, with the reason: visits left out, and what stands apart."""
        held, aside = self.received(), received_extracts.set_aside(self._store.db)
        found = [
            LeftOut(visit=one.visit, team=one.team, why=why)
            for one in counting.speaking(held)
            if (why := counting.why_left_out(one, self.rules, aside))
        ]
        apart = [
            LeftOut(
                visit=one.visit,
                team=one.team,
                why=_("revision {n} is not counted: {why}", n=one.revision, why=one.apart),
            )
            for one in held
            if one.apart
        ]  # fmt: skip
        return found + apart

    def extract(self, n: int) -> Extract:
        """What the extract of this number says, without the words that were taken back or are hidden until decided."""
        said = _EXTRACT.decode(received_extracts.content(self._store.db, n))
        return without(said, self.taken_back().get(said.visit, {}))

    def extracts(self) -> Iterator[Extract]:
        """What is in the figures, in the order of arrival, one after the other."""
        for one in self.counted():
            yield self.extract(one.n)

    def teams(self) -> dict[int, str]:
        """The code of every team by its number in the tables that questions are asked of."""
        return received_extracts.teams(self._store.db)

    def taken_back(self) -> dict[str, dict[str, int]]:
        """By visit: the words that are not shown, by key, and whether they are `HIDDEN`, `ASKED` or `GONE`."""
        return received_extracts.taken_back(self._store.db)

    def reasons_of_aside(self) -> dict[str, str]:
        """By visit: why the office set it aside."""
        return received_extracts.set_aside(self._store.db)

    def check_fits(self, extract: Extract) -> None:
        """Raise Invalid where an extract by exactly this instrument rates other standards than those it has."""
        if extract.instrument != self.rules.instrument:
            return
        if set(extract.values) != {one.number for one in self.instrument.standards}:
            raise Invalid(
                _("it does not rate the standards of {title}", title=self.instrument.title),
                do=_("ask the team's lead for the file again"),
            )

    def figures(self, *, cycle: str | None = None, engine: str = engines.SQLITE) -> NationalFigures:
        """The figures of one cycle, the newest unless another is named: true counts, nothing withheld.

        `engine`: as in `engines.opened`. Raises Invalid for a cycle in which nothing counts, ReviewError for an engine
        that is not there or does not answer.
        """
        counted = self.counted()
        with engines.opened(engine, self._store.db) as asked:
            return national_figures(
                asked,
                name=self.name,
                instrument=self.instrument,
                heads={one.n: Head(one.visit, one.team) for one in counted},
                left_out=self.left_out(),
                digest=self.digest,
                cycle=cycle,
            )

    def question_rows(self, table: str, size: int) -> Iterable[list[Row]]:
        """What a table holds that questions are asked of, so many rows at a time."""
        return question_tables.batches(self._store.db, table, size)

    # What is taken back -----------------------------------------------------------------------------------------

    def take_back(self, db: Database, visit: str, records: Sequence[str], *, state: int) -> None:
        """Hide words of a visit, or where the `state` is `GONE` blank them, inside the caller's transaction."""
        received_extracts.take_back(db, visit, records, state=state, at=self.now())
        gone = {name for name, at in received_extracts.taken_back(db).get(visit, {}).items() if at == GONE}
        for one in received_extracts.received(db):
            if one.visit == visit and state == GONE:
                said = _EXTRACT.decode(received_extracts.content(db, one.n))
                received_extracts.replace_content(db, one.n, msgspec.json.encode(without(said, gone)))

    def records_of(self, visit: str) -> set[str]:
        """The keys of the quotes and examples that any extract of a visit has."""
        of_visit = [one.n for one in self.received() if one.visit == visit]
        found = [_EXTRACT.decode(received_extracts.content(self._store.db, n)) for n in of_visit]
        quotes = {one.record for said in found for one in said.quotes}
        return quotes | {one.record for said in found for one in said.practice}

    # Reports -------------------------------------------------------------------------------------------------------

    def printed(self) -> list[PrintedReport]:
        """The reports that were written from this set, in their order."""
        return [msgspec.json.decode(one, type=PrintedReport) for one in received_extracts.printed(self._store.db)]

    def note_printed(self, report: PrintedReport) -> None:
        """Keep that a report was written, and what it held."""
        with self._store.transaction() as db:
            received_extracts.add_printed(db, report.number, msgspec.json.encode(report))

    def local(self, name: str) -> str:
        """A value that the office keeps with the set (a passage of the report, the code shown for a team); else ''."""
        return self._store.local(name)

    @property
    def digest(self) -> str:
        """The sha256 of what counts, in hex: equal exactly when the same extracts count with the same words."""
        hidden = self.taken_back()
        lines = [
            f"{one.visit} {one.revision} {one.digest} {' '.join(sorted(hidden.get(one.visit, ())))}"
            for one in self.counted()
        ]
        return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()

    def set_local(self, name: str, value: str) -> None:
        """Keep a value with the set."""
        with self._store.transaction() as db:
            self._store.set_local(db, name, value)

    # Keeping -------------------------------------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[Database]:
        """A transaction on the set: durable when the block ends, rolled back when it raises."""
        with self._store.transaction() as db:
            yield db

    def refresh(self, db: Database) -> None:
        """Bring the tables that questions are asked of up to what counts now, inside the caller's transaction."""
        wanted = {one.n: one for one in self.counted()}
        there = set(question_tables.visits(db))
        for gone in sorted(there - set(wanted)):
            question_tables.delete(db, gone)
        for n in sorted(set(wanted) - there):
            question_tables.insert(db, self._rows(db, wanted[n]))

    def _rows(self, db: Database, one: Received) -> Rows:
        said = _EXTRACT.decode(received_extracts.content(db, one.n))
        return rows_of(said, one.n, received_extracts.team_number(db, one.team), self.instrument)

    def stale(self) -> set[int]:
        """The numbers of the extracts of which the tables say anything else than they should."""
        db, wanted = self._store.db, {one.n: one for one in self.counted()}
        there, known = set(question_tables.visits(db)), set(self.teams().values())
        wrong = (there ^ set(wanted)) | {n for n in there & set(wanted) if wanted[n].team not in known}
        for n in (there & set(wanted)) - wrong:
            asked = question_tables.of_visit(db, n)
            if {name: sorted(rows) for name, rows in self._rows(db, wanted[n]).items()} != asked:
                wrong.add(n)
        return wrong

    def back_up(self) -> Path:
        """Write a rolling backup beside the set, and check it; the last 20 are kept."""
        return rolling_backups.write(self._home, self.id, self._store)

    def write_backup(self, path: Path) -> None:
        """Write a backup to be taken away; it opens with the passphrase or the recovery code of today."""
        backup.write(self._home, self.id, self._store, path)

    def destroy_older_backups(self) -> None:
        """Write a backup as the set is now, and destroy those from before, which hold what was taken back."""
        older = rolling_backups.oldest_first(self._store.folder)
        rolling_backups.write(self._home, self.id, self._store)
        rolling_backups.delete(older)
