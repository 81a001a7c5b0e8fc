"""Purging a visit from a laptop: keys and files are destroyed, and a certificate states what that means."""

from __future__ import annotations

import contextlib
from pathlib import Path

import msgspec

from reviewapp.base.errors import Damaged, NewerVersion, ReviewError
from reviewapp.base.files import reason_of, save_file
from reviewapp.base.i18n import _
from reviewapp.store import deletion
from reviewapp.store.clock import utc_now
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
    left: tuple[str, ...] = ()
    """Files that another program has open, so that they could not be deleted; without their key nobody reads them."""


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
        folders = [here.folder, *laptop.moved_aside(visit_id)]
        written = Certificate(
            visit=visit_id,
            service=visit.state.info.service,
            date=visit.state.info.date,
            person=visit.me,
            destroyed_at=utc_now().isoformat(timespec="seconds"),
            entries=here.entries,
            digest=here.digest,
            files=tuple(_files(folders)),
            unreceipted=open_work,
            may_survive=here.written_elsewhere,
            jottings=here.jottings,
        )
    finally:
        visit.close()
    return _destroy(written, folders, certificate, lock)


def _purge_unread(laptop: Laptop, visit: str, certificate: Path, lock: VisitLock) -> Certificate:
    folders = [laptop.home.visit_folder(visit), *laptop.moved_aside(visit)]
    written = Certificate(
        visit=visit, service="", date="", person="", destroyed_at=utc_now().isoformat(timespec="seconds"),
        entries=None, digest="", files=tuple(_files(folders)), unreceipted=None, may_survive=(),
    )  # fmt: skip
    return _destroy(written, folders, certificate, lock)


def _destroy(written: Certificate, folders: list[Path], certificate: Path, lock: VisitLock) -> Certificate:
    """Destroy what the certificate lists; it is there before, and afterwards says what could not be deleted."""
    _write(written, certificate)
    try:
        left = destroy(folders, lock)
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


def destroy(folders: list[Path], lock: VisitLock) -> list[Path]:
    """Destroy the keys of these folders, then delete what is in them; returns the files that could not be deleted.

    The keys go first, overwritten and synced, so that what remains on the disk cannot be read. What is left, because
    another program has it open, goes by itself when the program is next unlocked (`deletion`). Raises ReviewError,
    and has destroyed nothing, when the first key cannot be destroyed.
    """
    held: list[Path] = []
    for folder in folders:
        try:
            deletion.destroy_key(folder)
        except OSError as error:
            if not held and folder == folders[0]:
                raise _nothing_destroyed(folder, error) from error
            held.append(folder / deletion.KEY)
        held += deletion.destroy_keys_of_backups(folder)
    lock.release_to_move()
    return held + [path for folder in folders for path in deletion.delete(folder) if path not in held]


def _nothing_destroyed(folder: Path, error: OSError) -> ReviewError:
    return ReviewError(
        _("the key in {folder} cannot be destroyed: {why}", folder=folder, why=reason_of(error)),
        do=_("put that right, and delete the visit again"),
        kept=_("nothing of the visit was destroyed"),
    )


def _write(written: Certificate, path: Path) -> None:
    from reviewapp.report.certificate import certificate_pdf

    json_path, pdf_path = _paths(path)
    save_file(json_path, msgspec.json.format(msgspec.json.encode(written), indent=1))
    save_file(pdf_path, certificate_pdf(msgspec.to_builtins(written)))


def _paths(path: Path) -> tuple[Path, Path]:
    return path.with_suffix(".json"), path.with_suffix(".pdf")
