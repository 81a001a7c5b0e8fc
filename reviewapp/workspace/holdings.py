"""What a laptop knows of a visit beside its state: files that came in, and what lies on the disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from reviewapp.store import jottings, journal
from reviewapp.store.visit_store import VisitStore


class JoinedFile(msgspec.Struct, frozen=True):
    """A file that was joined here: when, from whose laptop (its id), and the receipt as JSON values."""

    at: str
    person: str
    device: str
    receipt: dict[str, Any]


class Holdings(msgspec.Struct, frozen=True):
    """What there is of a visit on this laptop: where, how many entries, their digest, and files written elsewhere.

    Private jottings are no entries; they are nowhere but here and in backups.
    """

    folder: Path
    entries: int
    digest: str
    written_elsewhere: tuple[str, ...]
    jottings: int


def joined_files(store: VisitStore) -> list[JoinedFile]:
    """The files joined so far, oldest first."""
    return [
        JoinedFile(str(one["at"]), str(one["person"]), str(one["device"]), msgspec.json.decode(one["receipt"]))
        for one in store.joined()
    ]


def holdings(store: VisitStore) -> Holdings:
    """As it is now."""
    return Holdings(
        store.folder,
        journal.count(store.db),
        store.digest(),
        tuple(store.written.elsewhere()),
        jottings.count(store.db),
    )
