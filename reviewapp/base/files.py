"""Writing a file so that "saved" is true: whole or not at all, on the disk, read back and compared."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _

_PLAIN = {
    errno.ENOENT: "the stick or folder is not there (any more)",
    errno.ENOTDIR: "the stick or folder is not there (any more)",
    errno.ENODEV: "the stick is not there any more",
    errno.ENXIO: "the stick is not there any more",
    errno.ENOSPC: "there is no room left on it",
    errno.EDQUOT: "there is no room left on it",
    errno.EROFS: "it can only be read, not written",
    errno.EACCES: "it may not be written to",
    errno.EPERM: "it may not be written to",
    errno.EIO: "the disk or stick does not work properly",
    errno.ENAMETOOLONG: "the name is too long",
}

_PIECE = 2**20


def save_file(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write `data` to `path`, replacing the file there; returns only when it is on the disk and reads back equal.

    A temporary file beside the target is written, synced and renamed, so a crash or a full disk leaves the old file as
    it was. `private` makes it readable by its owner only, before it has any content. Raises ReviewError when the path
    cannot be written or reads back differently.
    """
    save_pieces(path, [data], private=private)


def save_pieces(path: Path, pieces: Iterable[bytes], *, private: bool = False) -> None:
    """Write the pieces to `path` as `save_file` does, without ever holding them in memory as a whole."""
    path = Path(path)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    written = hashlib.sha256()
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o644)
        with os.fdopen(descriptor, "wb") as stream:
            for piece in pieces:
                stream.write(piece)
                written.update(piece)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
        back = hashlib.sha256()
        for piece in read_pieces(path):
            back.update(piece)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise ReviewError(
            _("cannot write {path}: {why}", path=path, why=reason_of(error)),
            do=_("put that right or choose another place, and try again"),
            kept=_("your work is safe in the program"),
        ) from error
    if back.digest() != written.digest():
        raise ReviewError(
            _("{path} does not read back as it was written", path=path),
            do=_("do not trust this disk or stick; write to another one"),
            kept=_("your work is safe in the program"),
        )


def read_pieces(path: Path, start: int = 0) -> Iterator[bytes]:
    """The content of a file from `start` on, a megabyte at a time. Raises OSError."""
    with path.open("rb") as stream:
        stream.seek(start)
        while piece := stream.read(_PIECE):
            yield piece


def reason_of(error: OSError) -> str:
    """The fault of a disk, stick or folder, in plain language."""
    return _PLAIN.get(error.errno or 0, error.strerror or str(error))


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut; a no-op where folders cannot be opened (Windows)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
