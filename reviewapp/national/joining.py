"""Joining extracts and notices to a set: file by file, all or nothing each, with a receipt for each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec

from reviewapp.base.errors import Busy, ReviewError
from reviewapp.base.i18n import _, plural
from reviewapp.national import counting
from reviewapp.national.counting import Ledger, Result
from reviewapp.national.model import Extract, Notice
from reviewapp.national.network_set import NetworkSet
from reviewapp.national.sealed import SealedExtract, plain_bytes, read_sealed
from reviewapp.national.taken_back import without
from reviewapp.store import received_extracts
from reviewapp.store.driver import Database
from reviewapp.store.received_extracts import ASKED, GONE, HIDDEN, Received

Told = Callable[[int, int], None]
"""Called before each file with its number, from 1, and how many there are; may raise to stop: then nothing changed."""


class FileReceipt(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file. `reason`: why, where that is not plain; also why a visit is not in the figures.

    `counts`: whether it is in the figures.
    """

    file: str
    result: Result
    visit: str = ""
    team: str = ""
    revision: int = 0
    reason: str = ""
    counts: bool = False


class _Plan:
    """What joining these files would do, worked out without writing: each file meets what the ones before it left."""

    def __init__(self, network: NetworkSet) -> None:
        self._network = network
        self.ledger = Ledger(network.received(), network.accepted())
        self.aside = network.reasons_of_aside()
        self.extracts: list[tuple[Received, Extract]] = []
        self.notices: list[tuple[str, tuple[str, ...], int]] = []
        """Visit, records, and what becomes of them."""
        self.shown: list[tuple[str, tuple[str, ...]]] = []
        """Visit, and the records that its newest extract holds: its lead hides them no more."""

    def take(self, path: Path, at: str) -> FileReceipt:
        """Take one file in, and say what became of it."""
        try:
            found = read_sealed(path, self._network.identity)
            if found.notice is not None:
                return self._notice(path, found, found.notice)
            assert found.extract is not None
            self._network.check_fits(found.extract)
        except Busy:
            raise
        except ReviewError as error:
            return FileReceipt(file=path.name, result="refused", reason=str(error))
        return self._extract(path, found, found.extract, at)

    def _extract(self, path: Path, found: SealedExtract, said: Extract, at: str) -> FileReceipt:
        offered = Received(
            n=0, visit=said.visit, revision=said.revision, key=found.public_key,
            digest=hashlib.sha256(plain_bytes(said)).hexdigest(), team=said.team, cycle=said.cycle, kind=said.kind,
            status=said.status, instrument=said.instrument.id, edition=said.instrument.edition,
            wording=said.instrument.digest, authorities=" ".join(found.authorities), apart="", at=at,
        )  # fmt: skip
        verdict = self.ledger.verdict(offered)
        reason = verdict.reason
        if verdict.result != "already_here":
            offered = offered._replace(apart=reason if verdict.result == "apart" else "")
            self.ledger.keep(offered, verdict.result)
            self.extracts.append((offered, said))
        counts = verdict.result in ("new", "newer")
        if counts:
            held = (*(one.record for one in said.quotes), *(one.record for one in said.practice))
            self.shown.append((said.visit, held))
            left_out = counting.why_left_out(offered, self._network.rules, self.aside)
            counts = not left_out
            if left_out:
                reason = "; ".join(filter(None, [reason, _("kept, but not in the figures: {why}", why=left_out)]))
        return FileReceipt(
            file=path.name, result=verdict.result, visit=said.visit, team=said.team, revision=said.revision,
            reason=reason, counts=counts,
        )  # fmt: skip

    def _notice(self, path: Path, found: SealedExtract, notice: Notice) -> FileReceipt:
        """A notice of who speaks for the visit takes words out; that of another hides them till the office decides."""
        owner = self.ledger.accepted.get(notice.visit)
        speaks = owner is not None and owner.lets_speak(found.public_key, " ".join(found.authorities))
        before = self._network.taken_back().get(notice.visit, {})
        wanted = [(notice.records, GONE if speaks else ASKED), (notice.hidden, HIDDEN if speaks else ASKED)]
        fresh = 0
        for records, state in wanted:
            new = tuple(one for one in records if before.get(one, -1) < state)
            fresh += len(new)
            if new:
                self.notices.append((notice.visit, new, state))
        return FileReceipt(
            file=path.name, result="new" if fresh else "already_here", visit=notice.visit,
            team=owner.team if owner else "", reason=_of_notice(notice, speaks=speaks),
        )  # fmt: skip


def _of_notice(notice: Notice, *, speaks: bool) -> str:
    """What a notice says, and what is done about it."""
    if not speaks:
        n = plural("{n} passage", "{n} passages", len(notice.records) + len(notice.hidden))
        return _("a notice from a different laptop than the one accepted: {n} hidden until the office decides", n=n)
    gone = plural("{n} passage withdrawn", "{n} passages withdrawn", len(notice.records))
    hidden = plural("{n} hidden for now", "{n} hidden for now", len(notice.hidden))
    return _(
        "a notice: {what}", what=", ".join([*([gone] if notice.records else []), *([hidden] if notice.hidden else [])])
    )


def preview(network: NetworkSet, paths: Sequence[Path], told: Told | None = None) -> list[FileReceipt]:
    """What joining these files would do; nothing is changed."""
    plan, at = _Plan(network), network.now()
    return [plan.take(path, at) for path in _each(paths, told)]


def join(network: NetworkSet, paths: Sequence[Path], told: Told | None = None) -> list[FileReceipt]:
    """Join extracts and notices; returns what became of each file, in the order given.

    A file that is refused changes nothing, and the others are joined all the same. Durable on return; the receipt is
    kept in the set. Raises ReviewError where the set cannot be written to: then nothing was joined.
    """
    plan, at = _Plan(network), network.now()
    receipts = [plan.take(path, at) for path in _each(paths, told)]
    if not plan.extracts and not plan.notices:
        return receipts
    with network.transaction() as db:
        _write(network, db, plan)
        received_extracts.add_receipt(db, at, msgspec.json.encode(receipts))
        network.refresh(db)
    if any(state == GONE for __, ___, state in plan.notices):
        network.destroy_older_backups()
    else:
        network.back_up()
    return receipts


def _write(network: NetworkSet, db: Database, plan: _Plan) -> None:
    for visit, held in plan.shown:
        received_extracts.show_again(db, visit, held, state=HIDDEN)
    for visit, records, state in plan.notices:
        network.take_back(db, visit, records, state=state)
    gone = received_extracts.taken_back(db)
    for offered, said in plan.extracts:
        blank = {name for name, state in gone.get(said.visit, {}).items() if state == GONE}
        received_extracts.add(db, offered, msgspec.json.encode(without(said, blank)))
    known = network.accepted()
    for visit, owner in plan.ledger.accepted.items():
        if known.get(visit) != owner:
            received_extracts.accept_key(db, visit, *owner)


def _each(paths: Sequence[Path], told: Told | None) -> Iterable[Path]:
    for number, path in enumerate(paths, start=1):
        if told is not None:
            told(number, len(paths))
        yield path
