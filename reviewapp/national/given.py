"""What this laptop has given to networks so far: kept on it alone, so that a revision never goes back.

Only numbers, codes and the keys of records are kept, never words: what is withdrawn later is in none of it.
"""

from __future__ import annotations

import hashlib

import msgspec

from reviewapp.base.errors import Damaged
from reviewapp.base.i18n import _
from reviewapp.national.model import Extract, Notice
from reviewapp.national.network_key import NetworkKey
from reviewapp.national.sealed import plain_bytes
from reviewapp.workspace.open_visit import OpenVisit

_NOTE = "given_to_networks"


class Last(msgspec.Struct, frozen=True, kw_only=True):
    """The last extract given to one set: its revision, and a digest of what it said."""

    revision: int
    digest: str


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """By set, the last extract; the team's code; the keys of records whose words left, and of those since told.

    `network` is the one that was given to last; None for none but this installation.
    """

    sets: dict[str, Last] = {}
    network: NetworkKey | None = None
    team: str = ""
    records: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


def given(visit: OpenVisit) -> Given:
    """What was given so far. Raises Damaged for a note that cannot be read."""
    note = visit.here.local_note(_NOTE)
    try:
        return msgspec.json.decode(note, type=Given) if note else Given()
    except msgspec.DecodeError as error:
        raise Damaged(
            _("what this laptop noted of earlier extracts cannot be read"),
            do=_("restore the visit from a backup"),
        ) from error


def next_revision(visit: OpenVisit, extract: Extract, set_id: str) -> int:
    """The revision of an extract: that of the last one where it says the same, else a higher one.

    At least the number of entries held, so that a laptop which was restored does not count from an older note.
    """
    last = given(visit).sets.get(set_id)
    if last is not None and last.digest == _digest(extract):
        return last.revision
    held = sum(visit.entries_by_device().values())
    return max(1, held, last.revision + 1 if last else 0)


def note_extract(visit: OpenVisit, extract: Extract, network: NetworkKey) -> None:
    """Note that this extract leaves; before it is written, so that what left is never more than is noted."""
    now = given(visit)
    records = [quote.record for quote in extract.quotes] + [practice.record for practice in extract.practice]
    last = Last(revision=extract.revision, digest=_digest(extract))
    _write(
        visit,
        msgspec.structs.replace(
            now,
            sets=now.sets | {network.set_id: last},
            network=network if network.set_id else now.network,
            team=extract.team,
            records=tuple(sorted({*now.records, *records})),
            told=tuple(one for one in now.told if one not in records),
        ),
    )


def note_notice(visit: OpenVisit, notice: Notice) -> None:
    """Note that a network is told of these records."""
    now = given(visit)
    _write(visit, msgspec.structs.replace(now, told=tuple(sorted({*now.told, *notice.records, *notice.hidden}))))


def _write(visit: OpenVisit, now: Given) -> None:
    visit.here.set_local_note(_NOTE, msgspec.json.encode(now).decode())


def _digest(extract: Extract) -> str:
    return hashlib.sha256(plain_bytes(msgspec.structs.replace(extract, revision=1))).hexdigest()
