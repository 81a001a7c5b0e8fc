"""Which documents of the team a reviewer saw."""

from __future__ import annotations

from reviewapp.visit.record import Record


class DocumentSeenRecord(Record, frozen=True, kw_only=True):
    """`D1/R2`: its title, `date` and `version` as they stand on it, and the standards it tells something about.

    `date` is a day, a month (`2026-03`) or a year.
    """

    id: str
    title: str = ""
    date: str = ""
    version: str = ""
    standards: tuple[str, ...] = ()
    note: str = ""
