"""Helpers for the tests of what a visit's team does on its laptops."""

from __future__ import annotations

from reviewapp.store import backup, driver, rolling_backups
from reviewapp.store.driver import Database
from reviewapp.visit import statements
from tests.core.homes import Team


def rate(team: Team, code: str, value: str, standard: str = "47") -> None:
    team.visit(code).record(statements.Rating(standard=standard, value=value))


def exchange(team: Team, *codes: str) -> None:
    """The lead joins these people's work, and they take the lead's."""
    for code in codes:
        assert team.visit("L1").merge(team.return_of(code)).reason is None
    for code in codes:
        assert team.visit(code).merge(team.return_of("L1")).reason is None


def everything_in(db: Database) -> str:
    """All rows of all tables."""
    return str([list(db.table(name).rows) for name in db.table_names()])


def decrypted(team: Team, code: str) -> bytes:
    """Every byte a person with the key could read on a laptop: the store, and each backup, opened."""
    visit, home = team.visit(code), team.laptops[code].home
    found = everything_in(visit._store.db)
    for path in rolling_backups.oldest_first(visit._store.folder):
        copy = team.folder / "opened"
        copy.write_bytes(path.read_bytes().partition(b"\n")[2])
        db = driver.connect(copy, backup.key_here(home, path), read_only=True)
        found += everything_in(db)
        db.close()
        for leftover in team.folder.glob("opened*"):
            leftover.unlink()
    return found.encode()
