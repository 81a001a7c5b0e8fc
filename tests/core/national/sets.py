"""Sets of extracts as the questions see them: in an encrypted database in memory, and as plain values to count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reviewapp.instruments.model import Instrument
from reviewapp.national.compute import national_figures
from reviewapp.national.engines import SqlCipher
from reviewapp.national.figures import NationalFigures
from reviewapp.national.model import Extract
from reviewapp.national.rating_figures import Head
from reviewapp.national.tables import rows_of
from reviewapp.store import driver, question_tables


def database(extracts: Sequence[Extract], instrument: Instrument) -> driver.Database:
    """The tables filled with these visits, numbered from 1; a team has the number of its first visit."""
    db = driver.in_memory()
    question_tables.create(db)
    teams = team_numbers(extracts)
    for n, one in enumerate(extracts, 1):
        question_tables.insert(db, rows_of(one, n, teams[one.team], instrument))
    return db


def team_numbers(extracts: Iterable[Extract]) -> dict[str, int]:
    codes = dict.fromkeys(one.team for one in extracts)
    return {code: n for n, code in enumerate(codes, 1)}


def heads(extracts: Sequence[Extract]) -> dict[int, Head]:
    return {n: Head(one.visit, one.team) for n, one in enumerate(extracts, 1)}


def figures(extracts: Sequence[Extract], instrument: Instrument, cycle: str | None = None) -> NationalFigures:
    """The figures of a set that consists of these."""
    db = database(extracts, instrument)
    try:
        return national_figures(
            SqlCipher(db), name="example", instrument=instrument, heads=heads(extracts), cycle=cycle
        )
    finally:
        db.close()
