"""Returns: writing all of a laptop's entries to a file for the others, and joining the entries of theirs.

Joining is the union of journals, so files may come in any order and any number of times. A damaged file is refused
whole, a sound one is taken laptop by laptop; either way there is a receipt that accounts for every entry in it.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from reviewapp.base.errors import Damaged, NewerVersion, ReviewError
from reviewapp.base.names import as_text
from reviewapp.exchange import branches, entry_checks, held_elsewhere, pack, pack_checks, parts
from reviewapp.exchange.local_knowledge import LocalKnowledge
from reviewapp.exchange.pack_checks import CheckedEntries, RefusedPart
from reviewapp.instruments.model import Instrument
from reviewapp.store import entry, field_heads, forks, joining, journal, marks, signing, withdrawal
from reviewapp.store.driver import Database
from reviewapp.store.entry import Entry
from reviewapp.store.joining import Fork
from reviewapp.store.visit_store import VisitStore
from reviewapp.visit.entities import MARKS
from reviewapp.visit.standing import Standings


class Sender(msgspec.Struct, frozen=True):
    """The person and device a file came from; empty when it could not be opened."""

    person: str = ""
    device: str = ""


class EntryCounts(msgspec.Struct, frozen=True):
    """Entries in one file: in = new + already_here + refused."""

    in_: int = msgspec.field(default=0, name="in")
    new: int = 0
    already_here: int = 0
    refused: int = 0


class Apart(msgspec.Struct, frozen=True):
    """New entries of one laptop that stand apart and count for nothing: how many, and why."""

    device: str
    code: str
    entries: int
    why: str


class PartOf(msgspec.Struct, frozen=True):
    """Which of several files that were written together one was, and which of them were not joined here so far."""

    files: str
    number: int
    of: int
    missing: tuple[int, ...] = ()


class Receipt(msgspec.Struct, frozen=True):
    """The outcome for one file, as `visit merge --json` prints it. `kinds`: records of each kind with something new.

    `late`: the ratings that wait for the lead since the meeting was opened, of whatever file. `apart`: what of the new
    entries counts for nothing. `refused_parts`: the laptops whose entries in it were not taken, and why; `reason`: why
    it was refused whole, or those of the laptop that sent it. `part`: which of several files it was. `hidden`: what
    waits, as of whatever file, for somebody to decide, because a laptop asked for it to be withdrawn (`visit.hiding`).
    `forks`: the laptops of which this file brought to light that another copy of them has recorded too.
    """

    file: str
    visit: str
    from_: Sender = msgspec.field(name="from")
    entries: EntryCounts
    reason: str | None
    conflicts: list[dict[str, Any]]
    disagreements: int
    digest: str
    kinds: dict[str, int] = {}
    late: list[str] = []
    apart: tuple[Apart, ...] = ()
    refused_parts: tuple[RefusedPart, ...] = ()
    part: PartOf | None = None
    hidden: list[dict[str, Any]] = []
    forks: tuple[Fork, ...] = ()


class JoinResult(msgspec.Struct, frozen=True):
    """The outcome of joining a file. `kinds`: records of each kind with something new.

    `reason`: why the part of the laptop that sent it was not taken, if it was not.
    """

    who: Sender
    counts: EntryCounts
    kinds: dict[str, int] = {}
    apart: tuple[Apart, ...] = ()
    refused: tuple[RefusedPart, ...] = ()
    reason: str | None = None
    part: PartOf | None = None
    forks: tuple[Fork, ...] = ()


def pack_cover(kind: pack.PackKind, store: VisitStore, phrase: pack.PhraseLock | None = None) -> pack.Cover:
    """The readable first line of a file of this visit."""
    number = pack.WHOLE if forks.held(store.db) is forks.NONE else pack.FORMAT
    return pack.Cover(kind, number, store.local("visit"), phrase)


def everything(store: VisitStore) -> tuple[pack.Manifest, Iterator[Entry]]:
    """The manifest and all entries of this laptop's store, as of one file, its own journal freshly signed.

    They are of one moment only within a snapshot of the caller's, in which the entries are read.
    """
    own = store.signed_head()
    devices = store.devices() | {own.device: own}
    going = branches.outgoing(store.db, devices)
    manifest = pack.Manifest(
        store.local("visit"), own.person, own.device, going.many, going.heads, branches=going.branches
    )
    proof = signing.sign(bytes.fromhex(store.local("device_key")), manifest.holdings())
    return msgspec.structs.replace(manifest, proof=proof), going.entries


def leads_alone(store: VisitStore) -> tuple[pack.Manifest, Iterator[Entry]]:
    """The manifest and the entries of the laptops that lead or led the visit; of anybody else's nothing.

    Of this laptop the manifest says that it holds none of its own, so that it can sign for the rest. A laptop's entries
    are one chain, signed as a whole: they go in all or not at all.
    """
    standings, private = store.standings(), bytes.fromhex(store.local("device_key"))
    visit, me = store.local("visit"), store.local("me")
    led = {
        device: one
        for device, one in store.devices().items()
        if device != store.device and _speaks_for_a_lead(standings, device, one.person)
    }
    own = signing.sign_head(private, visit=visit, person=me, seq=0, chain=entry.GENESIS)
    going = branches.outgoing(store.db, led, some=True)
    heads = (*going.heads, own)
    manifest = pack.Manifest(visit, me, own.device, going.many, heads, branches=going.branches)
    proof = signing.sign(private, manifest.holdings())
    return msgspec.structs.replace(manifest, proof=proof), going.entries


def _speaks_for_a_lead(standings: Standings, device: str, code: str) -> bool:
    """Whether a laptop leads or led, or counts as one of somebody's who does or did."""
    standing = standings.of(device)
    if device == standings.marks.founder or standing.led or standing.unaware:
        return True
    return code in standings.lead_codes() and standing.state not in ("apart", "aside")


def write_everything(
    store: VisitStore, path: Path, kind: pack.PackKind, *, phrase: pack.PhraseLock | None = None
) -> tuple[Path, ...]:
    """Write all entries of this laptop, as they are at one moment, to a file for the other laptops, or several.

    Returns the files (`parts`). Nobody who goes on writing has to wait: only the head that was signed is stored, once
    all has been read.
    """
    store.check_hands_out()
    if store.own_marks.pending():
        with contextlib.suppress(ReviewError), store.transaction() as db:
            store.own_marks.write_pending(db)
    with store.snapshot():
        manifest, _entries = everything(store)
        written = parts.save(store, path, pack_cover(kind, store, phrase), manifest)
    remember_own_head(store, manifest)
    return written


def remember_own_head(store: VisitStore, manifest: pack.Manifest) -> None:
    """Store the head of this laptop's journal that a file hands out.

    Where the disk takes no write it is signed again with the next file: what is saved has to get away all the same.
    """
    with contextlib.suppress(ReviewError), store.transaction() as db:
        for device in manifest.devices:
            if device.device == manifest.device:
                store.remember_device(db, device)


def write_return(store: VisitStore, path: Path) -> tuple[Path, ...]:
    """Write all entries of this laptop as a return, or several; no phrase is needed to join it. Returns the files."""
    return write_everything(store, path, "return")


def join_entries(
    store: VisitStore,
    name: str,
    contents: pack.PackEntries,
    *,
    lead: str,
    instrument: Instrument,
    also: Instrument | None = None,
) -> JoinResult:
    """Check the entries of an opened pack and insert them, laptop by laptop; or raise RefusedWhole with the reason."""
    try:
        with store.snapshot():
            checked = pack_checks.check(name, store.local("visit"), contents, known(store, lead, instrument, also))
    except Damaged as error:
        raise RefusedWhole(error, contents) from error
    return _insert(store, name, contents.manifest, checked)


def known(store: VisitStore, lead: str, instrument: Instrument, also: Instrument | None = None) -> LocalKnowledge:
    """The knowledge in this laptop's store against which entries from another one are checked."""
    return LocalKnowledge(
        lead=lead,
        instrument=instrument,
        also=also,
        people=frozenset(journal.keys(store.db, "person")),
        devices=store.devices(),
        ids_of=partial(journal.of_device, store.db),
        address_of=partial(journal.address_of, store.db),
        taken_back=frozenset(withdrawal.withdrawn_records(store.db, answered=True)),
        marks=tuple(marks.held(store.db)),
        claims=marks.held_claims(store.db),
        tree=forks.held(store.db),
    )


class RefusedWhole(Damaged):
    """A file that could be opened but did not pass the checks; carries its sender and the number of refused entries."""

    def __init__(self, error: Damaged, contents: pack.PackEntries) -> None:
        """Takes the reason from `error`; sender and counts are what the file claims about itself."""
        super().__init__(error.what, do=error.do, kept=error.kept)
        self.who = Sender(contents.manifest.person[:64], contents.manifest.device[:64])
        self.counts = EntryCounts(in_=len(contents.entries), refused=len(contents.entries))


def receipt_of_refusal(path: Path, visit: str, error: Damaged | NewerVersion, digest: str) -> Receipt:
    """The receipt for a file that was refused: nothing of it was joined."""
    who, counts = (error.who, error.counts) if isinstance(error, RefusedWhole) else (Sender(), EntryCounts())
    return Receipt(
        file=as_text(path.name), visit=visit, from_=who, entries=counts, reason=str(error), conflicts=[],
        disagreements=0, digest=digest,
    )  # fmt: skip


def _insert(store: VisitStore, name: str, manifest: pack.Manifest, checked: CheckedEntries) -> JoinResult:
    """Insert the entries in one transaction, as short as can be: whoever types or rates waits for it."""
    refused = sum(one.entries for one in checked.refused)
    with store.transaction(many=True) as db:
        taken = joining.take(store, db, checked.stories)
        fresh = taken.fresh
        held_elsewhere.shown(store, db, manifest, checked.devices)
        if any(one.entity in MARKS for one in fresh):
            _hear(store, db)
        kinds = Counter(entity for entity, _ in {(entry.entity, entry.key) for entry in fresh})
        counts = EntryCounts(
            in_=len(checked.entries) + refused, new=len(fresh), already_here=len(checked.entries) - len(fresh),
            refused=refused,
        )  # fmt: skip
        result = JoinResult(
            Sender(manifest.person, manifest.device), counts, dict(sorted(kinds.items())),
            apart=tuple(_apart(store, fresh)), refused=checked.refused,
            reason=next((_told(name, one) for one in checked.refused if one.device == manifest.device), None),
            part=_part(store, manifest),
            forks=taken.forks,
        )  # fmt: skip
        receipt = msgspec.json.encode(result)
        store.remember_joined(db, person=manifest.person, device=manifest.device, receipt=receipt)
    return result


def remember_part(store: VisitStore, db: Database, manifest: pack.Manifest) -> None:
    """Record that this laptop began with one of several files, inside the caller's transaction."""
    if manifest.part is not None:
        sender, many = Sender(manifest.person, manifest.device), manifest.entries
        begun = JoinResult(sender, EntryCounts(in_=many, new=many), part=_part(store, manifest))
        store.remember_joined(db, person=sender.person, device=sender.device, receipt=msgspec.json.encode(begun))


def _part(store: VisitStore, manifest: pack.Manifest) -> PartOf | None:
    one = manifest.part
    return PartOf(one.files, one.number, one.of, parts.missing(store, one)) if one else None


def _hear(store: VisitStore, db: Database) -> None:
    """On a laptop that led: say that it knows of who leads now, so that what it says from now on is a reviewer's."""
    standings = store.standings()
    if standings.must_hear(store.device):
        store.own_marks.write_heard(db, standings.epoch)


def _apart(store: VisitStore, fresh: Iterable[Entry]) -> Iterator[Apart]:
    """Which of these entries count for nothing, by laptop and reason; hardly ever any, which one question tells."""
    if not field_heads.any_limited(store.db):
        return
    standings = store.standings()
    found = Counter(
        (one.device, one.person, standings.why_apart(one.address, said))
        for one in fresh
        if not standings.counts(one.address, said := field_heads.without_value(one))
    )
    for (device, person, why), many in sorted(found.items()):
        yield Apart(device, person, many, why)


def _told(name: str, part: RefusedPart) -> str:
    return str(entry_checks.refused(name, part.why))
