"""Purging a visit from a laptop: keys and files are destroyed, and a certificate states what that means."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from reviewapp.base.errors import Damaged, NewerVersion, ReviewError
from reviewapp.base.files import save_file, sync_folder
from reviewapp.base.i18n import _
from reviewapp.store import backup
from reviewapp.store.visit_lock import VisitLock
from reviewapp.workspace.laptop import Laptop

NOT_PROMISED = _(
    "Packs, returns, receipts and backups that were written elsewhere (sticks, other laptops, mail) "
    "are not reached. Documents that were exported are not encrypted and stay where they were saved. "
    "A solid-state disk or a backup of the whole computer may keep old copies of deleted files; they "
    "are encrypted, and the only key on this laptop was destroyed."
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


def purge(laptop: Laptop, visit_id: str, *, certificate: Path, force: bool = False) -> Certificate:
    """Destroy a visit on this laptop. The certificate is written first, as JSON and (beside it) as PDF.

    Without `force`, raises ReviewError while entries made here have no receipt from the lead, and Damaged or
    NewerVersion if the visit cannot be opened, as nobody can know what it contains. The visit's lock is held until its
    key is gone, so that nobody can write into it in between; raises Busy while another program has it open.
    """
    with VisitLock(laptop.home.visit_folder(visit_id), do=_("close it there, and delete it again")) as lock:
        return _purge(laptop, visit_id, certificate, lock, force=force)


def _purge(laptop: Laptop, visit_id: str, certificate: Path, lock: VisitLock, *, force: bool) -> Certificate:
    try:
        visit = laptop.open_visit(visit_id, lock=lock)
    except (Damaged, NewerVersion):
        if not force:
            raise
        return _purge_unread(laptop, visit_id, certificate, lock)
    try:
        open_work = visit.unreceipted() + len(visit.drafts())
        if open_work and not force:
            raise ReviewError(
                _("{open_work} entries made on this laptop have no receipt from the lead", open_work=open_work),
                do=_("give the lead a return and join the receipt, or use --force to destroy them"),
            )
        here = visit.holdings()
        folders = [*laptop.moved_aside(visit_id), here.folder]
        written = Certificate(
            visit=visit_id,
            service=visit.state.info.service,
            date=visit.state.info.date,
            person=visit.me,
            destroyed_at=datetime.now(UTC).isoformat(timespec="seconds"),
            entries=here.entries,
            digest=here.digest,
            files=tuple(_files(folders)),
            unreceipted=open_work,
            may_survive=here.written_elsewhere,
            jottings=here.jottings,
        )
        _write(written, certificate)
    finally:
        visit.close()
    _destroy(folders, lock)
    return written


def _purge_unread(laptop: Laptop, visit: str, certificate: Path, lock: VisitLock) -> Certificate:
    folders = [*laptop.moved_aside(visit), laptop.home.visit_folder(visit)]
    written = Certificate(
        visit=visit, service="", date="", person="", destroyed_at=datetime.now(UTC).isoformat(timespec="seconds"),
        entries=None, digest="", files=tuple(_files(folders)), unreceipted=None, may_survive=(),
    )  # fmt: skip
    _write(written, certificate)
    _destroy(folders, lock)
    return written


def _files(folders: list[Path]) -> list[str]:
    """The files to be destroyed, as `folder/name`."""
    found = [(folder, path) for folder in folders for path in folder.rglob("*") if path.is_file()]
    return sorted(f"{folder.name}/{path.relative_to(folder)}" for folder, path in found)


def _destroy(folders: list[Path], lock: VisitLock) -> None:
    """Destroy the keys, so that nobody can open anything any more; then the files, the lock's too."""
    for folder in folders:
        destroy_key(folder)
    lock.release_to_move()
    for folder in folders:
        for path in backup.rolling(folder):
            path.unlink()
        shutil.rmtree(folder)
        sync_folder(folder.parent)


def destroy_key(folder: Path) -> None:
    """Overwrite the key of a visit's folder and sync it, so that what remains on the disk cannot be read."""
    key = folder / "key.json"
    with key.open("r+b") as stream:
        stream.write(os.urandom(key.stat().st_size))
        stream.flush()
        os.fsync(stream.fileno())


def _write(written: Certificate, path: Path) -> None:
    from reviewapp.report.certificate import certificate_pdf

    json_path, pdf_path = path.with_suffix(".json"), path.with_suffix(".pdf")
    save_file(json_path, msgspec.json.format(msgspec.json.encode(written), indent=1))
    save_file(pdf_path, certificate_pdf(msgspec.to_builtins(written)))
