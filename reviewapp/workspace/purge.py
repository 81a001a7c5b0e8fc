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
    NewerVersion if the visit cannot be opened, as nobody can know what it contains.
    """
    try:
        visit = laptop.open_visit(visit_id)
    except (Damaged, NewerVersion):
        if not force:
            raise
        return _purge_unread(laptop, visit_id, certificate)
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
    for folder in folders:
        destroy(folder)
    return written


def _purge_unread(laptop: Laptop, visit: str, certificate: Path) -> Certificate:
    folders = [*laptop.moved_aside(visit), laptop.home.visit_folder(visit)]
    written = Certificate(
        visit=visit, service="", date="", person="", destroyed_at=datetime.now(UTC).isoformat(timespec="seconds"),
        entries=None, digest="", files=tuple(_files(folders)), unreceipted=None, may_survive=(),
    )  # fmt: skip
    _write(written, certificate)
    for folder in folders:
        destroy(folder)
    return written


def _files(folders: list[Path]) -> list[str]:
    """The files to be destroyed, as `folder/name`."""
    found = [(folder, path) for folder in folders for path in folder.rglob("*") if path.is_file()]
    return sorted(f"{folder.name}/{path.relative_to(folder)}" for folder, path in found)


def destroy(folder: Path) -> None:
    """Delete a visit's folder; the key first, overwritten and synced, so that remains on the disk cannot be read."""
    key = folder / "key.json"
    with key.open("r+b") as stream:
        stream.write(os.urandom(key.stat().st_size))
        stream.flush()
        os.fsync(stream.fileno())
    for path in backup.rolling(folder):
        path.unlink()
    shutil.rmtree(folder)
    sync_folder(folder.parent)


def _write(written: Certificate, path: Path) -> None:
    from reviewapp.report.certificate import certificate_pdf

    json_path, pdf_path = path.with_suffix(".json"), path.with_suffix(".pdf")
    save_file(json_path, msgspec.json.format(msgspec.json.encode(written), indent=1))
    save_file(pdf_path, certificate_pdf(msgspec.to_builtins(written)))
