"""Writing everything a laptop holds as one file, or as several where one would be larger than another laptop opens.

A laptop's entries hang together by one signature, so each laptop's go whole into one part. What the lead's laptops said
(what the visit is, who takes part, whose a laptop is, what was withdrawn) is in every part, and what laptops of one
person said is side by side, so that each part can be joined by itself, in any order.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from reviewapp.base import limits
from reviewapp.base.errors import ReviewError
from reviewapp.base.file_names import with_note
from reviewapp.base.files import save_file
from reviewapp.base.i18n import _
from reviewapp.exchange import branches, pack
from reviewapp.store import forks, journal, signing
from reviewapp.store.signing import Device
from reviewapp.store.visit_store import VisitStore
from reviewapp.visit.forks import laptop_of
from reviewapp.visit.forks import path as way


class _Load(NamedTuple):
    """How much the entries of some laptops take: at most so many bytes, in so many lines, of so many laptops."""

    bytes: int = 0
    lines: int = 0
    laptops: int = 0

    def plus(self, other: _Load) -> _Load:
        return _Load(*(a + b for a, b in zip(self, other, strict=True)))

    def fits(self, share: float = 1) -> bool:
        most = (limits.FULL_PART, limits.MOST_OF_FULL_PART, limits.MOST_LAPTOPS_OF_PART)
        return all(has <= share * may for has, may in zip(self, most, strict=True))


def part_names(path: Path, of: int) -> list[Path]:
    """Where the parts of a file are written: the first under its own name, then `name (2 of 3).suffix`."""
    return [path, *(path.with_name(with_note(path.name, f"({number} of {of})")) for number in range(2, of + 1))]


def save(store: VisitStore, path: Path, cover: pack.Cover, manifest: pack.Manifest) -> tuple[Path, ...]:
    """Write what this laptop holds, within a snapshot of the caller's; returns the files, the one at `path` first.

    That one is written last, so where it is all are. Raises ReviewError when they cannot be written; what was written
    of them is then deleted.
    """
    identity, private = store.local("identity"), bytes.fromhex(store.local("device_key"))
    own = next(one for one in manifest.devices if one.device == manifest.device)
    known = store.devices() | {own.device: own}
    try:
        save_file(path, pack.seal(cover, manifest, branches.outgoing(store.db, known).entries, identity))
    except pack.TooLarge:
        pass
    else:
        return (path,)
    plan = list(_plan(store, list(known.values())))
    names, files = part_names(path, len(plan)), secrets.token_hex(8)
    written: list[Path] = []
    try:
        for number, devices in reversed(list(enumerate(plan, start=1))):
            part = pack.Part(files, number, len(plan), own)
            going = branches.outgoing(store.db, {one.device: one for one in devices}, some=True)
            inside = pack.Manifest(
                manifest.visit, manifest.person, manifest.device, going.many, going.heads, part=part,
                branches=going.branches,
            )  # fmt: skip
            inside = msgspec.structs.replace(inside, proof=signing.sign(private, inside.holdings()))
            sealed = pack.seal(pack.as_part(cover), inside, going.entries, identity)
            save_file(names[number - 1], sealed)
            written.append(names[number - 1])
    except ReviewError:
        for one in written:
            with contextlib.suppress(OSError):
                one.unlink()
        raise
    return tuple(names)


def missing(store: VisitStore, part: pack.Part) -> tuple[int, ...]:
    """The numbers of the parts that belong to this one and were not joined here."""
    here = {part.number} | {number for files, number in store.joined_parts() if files == part.files}
    return tuple(number for number in range(1, part.of + 1) if number not in here)


def in_words(number: int, of: int, missing: Sequence[int]) -> str:
    """Which part of several a file is, and which are not joined yet."""
    if not missing:
        return _("part {number} of {of}; all parts are added", number=number, of=of)
    some = ", ".join(map(str, missing[:10]))
    some = _("{some} and more", some=some) if len(missing) > 10 else some
    return _("part {number} of {of}; still to add: part {missing}", number=number, of=of, missing=some)


def _plan(store: VisitStore, devices: Sequence[Device]) -> Iterator[list[Device]]:
    """Which laptops' entries go into which part; the first one says what the visit is."""
    its_own = {device: _Load(size, lines, 1) for device, size, lines in journal.loads(store.db)}
    tree = forks.held(store.db).forks  # of a laptop that forked each branch goes with all that it grew from
    loads = {one.device: _with_trunk([its_own.get(name, _Load()) for name in way(one.device, tree)]) for one in devices}
    standings = store.standings()
    founder = laptop_of(standings.marks.founder)
    leads = [one for one in devices if standings.of(one.device).led or laptop_of(one.device) == founder]
    leads.sort(key=lambda one: laptop_of(one.device) != founder)
    core = _total(leads, loads)
    everywhere, base = (leads, core) if core.fits(0.5) else ([], _Load())
    others = [one for one in devices if one not in leads]
    now, load = list(everywhere), base
    alone = []
    for one in [*([] if everywhere else leads), *sorted(others, key=_by_person)]:
        its = loads.get(one.device, _Load(laptops=1))
        if one not in leads and not base.plus(its).fits():  # with the lead's it is too much
            alone.append([one])
            continue
        if now and not load.plus(its).fits():
            yield now
            now, load = list(everywhere), base
        now.append(one)
        load = load.plus(its)
    if now:
        yield now
    yield from alone


def _total(devices: Iterable[Device], loads: dict[str, _Load]) -> _Load:
    total = _Load()
    for one in devices:
        total = total.plus(loads.get(one.device, _Load(laptops=1)))
    return total


def _with_trunk(loads: Sequence[_Load]) -> _Load:
    return _Load(sum(one.bytes for one in loads), sum(one.lines for one in loads), 1)


def _by_person(device: Device) -> tuple[str, str]:
    return device.person, device.device
