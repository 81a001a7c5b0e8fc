"""Purging a visit from a laptop: keys and files are destroyed, and a certificate states what that means."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

import msgspec

from reviewapp.base.errors import Damaged, NewerVersion, ReviewError
from reviewapp.base.files import reason_of, save_file
from reviewapp.base.i18n import _, plural
from reviewapp.exchange.held_elsewhere import NotCounted
from reviewapp.store import backup_cover, deletion, known_notices, rolling_backups
from reviewapp.store.cleaning import unfinished
from reviewapp.store.clock import utc_now
from reviewapp.store.driver import DatabaseError
from reviewapp.store.visit_lock import VisitLock
from reviewapp.store.visit_store import VisitStore
from reviewapp.visit import labels
from reviewapp.workspace.laptop import Laptop
from reviewapp.workspace.open_visit import OpenVisit

NOT_PROMISED = _(
    "This does not reach visit packs, work files, receipts and backups that were saved elsewhere (USB sticks, other "
    "laptops, mail). Documents that were exported are not encrypted and stay where they were saved. The keys were "
    "overwritten in place. A solid-state disk, a file system that keeps old versions, or a backup of the whole "
    "computer may still have a copy of an earlier key file. Anyone who has that and the passphrase or the recovery "
    "code of this laptop can read what else is left on the disk. Encrypting the whole disk, or erasing it with its "
    "own command, prevents this."
)

EARLIER_KIND = _(
    "{n} of the backups were made by an earlier version of the program and carried their own key. They were "
    "overwritten too. Others like them, deleted before by that version, may still be found on the disk, and they "
    "open with the passphrase of that time."
)


class Certificate(msgspec.Struct, frozen=True):
    """Record of what was destroyed, when and by whom. `digest` identifies the entries; none of their content is kept.

    For a visit that could not be opened, `entries`, `unreceipted` and `jottings` are None and fields that could not be
    read are empty.
    """

    visit: str
    service: str
    date: str
    person: str
    destroyed_at: str
    entries: int | None
    digest: str
    files: tuple[str, ...]
    unreceipted: int | None
    may_survive: tuple[str, ...]
    not_promised: str = NOT_PROMISED
    jottings: int | None = None
    """Private jottings destroyed; apart from backups made to be taken away, they were nowhere else."""
    left: tuple[str, ...] = ()
    """Files that another program has open, so that they could not be deleted; without their key nobody reads them."""
    keys: tuple[str, ...] = ()
    """Files of keys that were overwritten before anything was deleted."""
    backups: int = 0
    """Rolling backups, each of which had its own key overwritten."""
    backups_of_earlier_kind: int = 0
    """Of these, the ones that opened with a passphrase alone."""
    moved_aside: int = 0
    """Earlier states of the visit that restores had moved aside."""
    unfinished: int = 0
    """Folders that a restore or a new visit left which was killed."""


def purge(laptop: Laptop, visit_id: str, *, certificate: Path, force: bool = False) -> Certificate:
    """Destroy a visit on this laptop. The certificate is written first, as JSON and (beside it) as PDF.

    Without `force`, raises ReviewError while nobody else is known to hold some of the work here, and Damaged or
    NewerVersion if the visit cannot be opened, as nobody can know what it contains. The visit's lock is held until its
    key is gone, so that nobody can write into it in between; raises Busy while another program has it open.
    """
    folder = laptop.home.visit_folder(visit_id)
    with VisitLock(folder, do=_("close it there, and delete it again")) as lock, unfinished(laptop.home) as killed:
        written = _read(laptop, visit_id, lock, force=force)
        return _destroy(written, {folder: lock, **dict.fromkeys(laptop.moved_aside(visit_id)), **killed}, certificate)


def open_work(laptop: Laptop, visit: OpenVisit) -> int:
    """Number of entries and drafts in a visit, and in what restores moved aside, that nobody else is known to hold."""
    lost = sum(_only_in(laptop, folder, visit) for folder in laptop.moved_aside(visit.id))
    return visit.here.held_nowhere_else() + len(visit.drafts()) + lost


def _only_in(laptop: Laptop, folder: Path, visit: OpenVisit) -> int:
    """Number of entries that only a folder moved aside holds; 0 where it does not open, for nobody can read them."""
    try:
        with closing(VisitStore(folder, laptop.home.key_in(folder), read_only=True)) as store:
            return visit.here.held_only_in(store)
    except (ReviewError, DatabaseError):
        return 0


def _read(laptop: Laptop, visit_id: str, lock: VisitLock, *, force: bool) -> Certificate:
    """What is to be destroyed, as the certificate says it. Raises ReviewError where somebody has to be asked first."""
    now = utc_now().isoformat(timespec="seconds")
    known = dict.fromkeys(path for one in known_notices.sources(laptop.home, visit_id) for path in one.written)
    try:
        visit = laptop.open_visit(visit_id, lock=lock)
    except (Damaged, NewerVersion):
        if not force:
            raise
        return Certificate(
            visit=visit_id, service="", date="", person="", destroyed_at=now, entries=None, digest="", files=(),
            unreceipted=None, may_survive=tuple(known),
        )  # fmt: skip
    try:
        work = open_work(laptop, visit)
        if work and not force:
            raise _ask_first(visit, work)
        here, info = visit.here.holdings(), visit.state.info
        return Certificate(
            visit=visit_id, service=info.service, date=info.date, person=visit.me, destroyed_at=now,
            entries=here.entries, digest=here.digest, files=(), unreceipted=work, jottings=here.jottings,
            may_survive=tuple(dict.fromkeys([*here.written_elsewhere, *known])),
        )  # fmt: skip
    finally:
        visit.close()


def not_counted_in_words(found: Iterable[NotCounted], people: Mapping[str, labels.TeamMember]) -> list[str]:
    """A sentence for each laptop that says it holds some of the work, and is not counted."""
    return [
        plural(
            "Not counted: {n} entry that {whose} shows. {why}",
            "Not counted: {n} entries that {whose} shows. {why}",
            one.entries,
            whose=labels.laptop(people, one.code, one.device)
            if one.device
            else _("a file received under an earlier version"),
            why=_NOT_COUNTED[one.why],
        )
        for one in found
    ]


_NOT_COUNTED = {
    "not_certified": _("Nobody confirmed that laptop (Combine, or visit certify)."),
    "apart": _("That laptop is not counted or is set aside."),
    "not_signed": _("Its file, of an earlier version, is not signed for what it contains. Ask for a new one."),
    "not_noted": _("It was not recorded whose it was. Ask for a new file from each laptop."),
}


def _ask_first(visit: OpenVisit, work: int) -> ReviewError:
    if visit.is_lead:
        told = [
            plural(
                "{n} entry on this laptop may be nowhere else",
                "{n} entries on this laptop may be nowhere else",
                work,
            )
        ]
        told += [
            words.rstrip(".") for words in not_counted_in_words(visit.here.not_counted_as_held(), visit.state.people)
        ]
        return ReviewError(
            ". ".join(told),
            do=_("save a backup elsewhere (visit backup), or use --force to destroy them"),
        )
    return ReviewError(
        plural(
            "the lead has not confirmed {n} entry made on this laptop",
            "the lead has not confirmed {n} entries made on this laptop",
            work,
        ),
        do=_("give the lead your work file and import the receipt, or use --force to destroy them"),
    )


def _destroy(written: Certificate, folders: dict[Path, VisitLock | None], certificate: Path) -> Certificate:
    """Destroy these folders; the certificate is there before, and afterwards says what could not be deleted."""
    written = _listed(written, list(folders))
    _write(written, certificate)
    try:
        left = destroy(folders)
    except ReviewError:
        for path in _paths(certificate):
            path.unlink(missing_ok=True)
        raise
    if not left:
        return written
    written = msgspec.structs.replace(written, left=tuple(str(path) for path in left))
    with contextlib.suppress(ReviewError):  # the key is gone: the certificate from before stands, and the rest is told
        _write(written, certificate)
    return written


def _files(folders: list[Path]) -> list[str]:
    """The files to be destroyed, as `folder/name`."""
    found = [(folder, path) for folder in folders for path in folder.rglob("*") if path.is_file()]
    return sorted(f"{folder.name}/{path.relative_to(folder)}" for folder, path in found)


def _names(paths: Iterable[Path]) -> list[str]:
    return sorted(f"{path.parent.name}/{path.name}" for path in paths)


def _listed(written: Certificate, folders: list[Path]) -> Certificate:
    """The certificate with what lies in these folders: files, keys, and what kind of copies there were."""
    backups = [path for folder in folders for path in rolling_backups.oldest_first(folder)]
    kinds = [folder.name for folder in folders[1:]]
    earlier = sum(backup_cover.carries_own_key(path) for path in backups)
    return msgspec.structs.replace(
        written,
        files=tuple(_files(folders)),
        keys=tuple(_names(path for folder in folders for path in deletion.key_files(folder))),
        backups=len(backups),
        backups_of_earlier_kind=earlier,
        not_promised=f"{NOT_PROMISED} {EARLIER_KIND.format(n=earlier)}" if earlier else NOT_PROMISED,
        moved_aside=sum(name.startswith(".before-restore-") for name in kinds),
        unfinished=sum(not name.startswith(".before-restore-") for name in kinds),
    )


def destroy(folders: Mapping[Path, VisitLock | None]) -> list[Path]:
    """Destroy the keys of these folders, then delete what is in them; returns the files that could not be deleted.

    The keys go first, overwritten and synced, so that what remains on the disk cannot be read. What is left, because
    another program has it open, goes by itself when the program is next unlocked (`deletion`). Raises ReviewError,
    and has destroyed nothing, when the first key cannot be destroyed.
    """
    first = next(iter(folders))
    try:
        deletion.destroy_key(first)
    except OSError as error:
        raise _nothing_destroyed(first, error) from error
    for folder in folders:
        deletion.mark(folder)  # what a kill leaves from here on is destroyed when the program is next unlocked
    held = [path for folder in folders for path in deletion.destroy_keys(folder)]
    for lock in folders.values():
        if lock is not None:
            lock.release_to_move()
    return held + [path for folder in folders for path in deletion.delete(folder) if path not in held]


def _nothing_destroyed(folder: Path, error: OSError) -> ReviewError:
    return ReviewError(
        _("the key in {folder} cannot be destroyed: {why}", folder=folder, why=reason_of(error)),
        do=_("correct this, and delete the visit again"),
        kept=_("nothing of the visit was destroyed"),
    )


def _write(written: Certificate, path: Path) -> None:
    from reviewapp.report.certificate import certificate_pdf

    json_path, pdf_path = _paths(path)
    save_file(json_path, msgspec.json.format(msgspec.json.encode(written), indent=1))
    save_file(pdf_path, certificate_pdf(msgspec.to_builtins(written)))


def _paths(path: Path) -> tuple[Path, Path]:
    return path.with_suffix(".json"), path.with_suffix(".pdf")
