"""Writing a file so that "saved" is true: whole or not at all, on the disk, read back and compared."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from reviewapp.base import private_files
from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _
from reviewapp.base.names import as_text

_IN_USE = "it is open in another program: close it there"
_PLAIN = {
    errno.ENOENT: "the stick or folder is not there (any more)",
    errno.ENOTDIR: "the stick or folder is not there (any more)",
    errno.ENODEV: "the stick is not there any more",
    errno.ENXIO: "the stick is not there any more",
    errno.ENOSPC: "there is no room left on it",
    errno.EDQUOT: "there is no room left on it",
    errno.EROFS: "it is read-only",
    errno.EACCES: "permission is denied",
    errno.EPERM: "permission is denied",
    errno.EIO: "the disk or stick does not work properly",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EISDIR: "there is a folder of that name",
    errno.ESPIPE: "it is no file",
    errno.EEXIST: "there is a file of that name already",
    errno.ENOTEMPTY: "the folder is not empty",
    errno.EMFILE: "too many files are open",
    errno.ENFILE: "too many files are open",
    errno.EFBIG: "the file is too large for that disk or stick",
    errno.EBUSY: _IN_USE,
    errno.ETXTBSY: _IN_USE,
    errno.EINVAL: "such a name cannot be used there",
    errno.EILSEQ: "such a name cannot be used there",
    errno.ELOOP: "its links lead in a circle",
    errno.ENOMEM: "there is not enough memory",
    errno.ESTALE: "the network folder does not answer",
    errno.ETIMEDOUT: "the network folder does not answer",
    errno.EHOSTDOWN: "the network folder does not answer",
    errno.EHOSTUNREACH: "the network folder does not answer",
    errno.ENETUNREACH: "the network folder does not answer",
}
_WINDOWS = {
    19: "it is read-only",
    21: "the stick is not there any more",
    32: _IN_USE,
    33: _IN_USE,
    39: "there is no room left on it",
    53: "the network folder does not answer",
    64: "the network folder does not answer",
    112: "there is no room left on it",
    123: "such a name cannot be used there",
    206: "the name is too long",
}
"""Windows' own numbers, where they say more than the POSIX number that Python makes of them."""

_NEEDED = 8
"""So many files are opened at once where a store is opened or looked at, beside those that are open already."""

_PIECE = 2**20
TRIES = 20
TRY_AGAIN_AFTER = 0.05
"""Seconds between the tries to replace or delete a file that another program has open: one second in all."""


def too_many_are_open() -> bool:
    """Whether the system opens no more files for this program: what fails then is told as if they were not there.

    A database library and the search for a temporary folder say anything but the real reason.
    """
    held: list[int] = []
    try:
        for _number in range(_NEEDED):
            held.append(os.open(os.devnull, os.O_RDONLY))
    except OSError as error:
        return error.errno in (errno.EMFILE, errno.ENFILE)
    finally:
        for one in held:
            os.close(one)
    return False


def save_file(path: Path, data: bytes) -> None:
    """Write `data` to `path`, replacing the file there; returns only when it is on the disk and reads back equal.

    A temporary file beside the target is written, synced and renamed, so a crash or a full disk leaves the old file as
    it was. It is its owner's alone before it has any content, also in the place of one that others could read. Raises
    ReviewError when the path cannot be written or reads back differently.
    """
    save_pieces(path, [data])


def save_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Write the pieces to `path` as `save_file` does, without ever holding them in memory as a whole."""
    path = Path(path)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    written = hashlib.sha256()
    try:
        with os.fdopen(private_files.open_new(temporary), "wb") as stream:
            for piece in pieces:
                stream.write(piece)
                written.update(piece)
            stream.flush()
            os.fsync(stream.fileno())
        when_free(lambda: temporary.replace(path))
        sync_folder(path.parent)
        back = hashlib.sha256()
        for piece in read_pieces(path):
            back.update(piece)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise ReviewError(
            _("cannot write {path}: {why}", path=shortened(path), why=reason_of(error, replacing=path)),
            do=_("correct this or choose another place, and try again"),
            kept=_("your work is safe in the program"),
        ) from error
    if back.digest() != written.digest():
        raise ReviewError(
            _("{path} could not be checked: it does not contain what was saved", path=path),
            do=_("do not trust this disk or USB stick: save to another one"),
            kept=_("your work is safe in the program"),
        )


def read_pieces(path: Path, start: int = 0) -> Iterator[bytes]:
    """The content of a file from `start` on, a megabyte at a time. Raises OSError."""
    with path.open("rb") as stream:
        stream.seek(start)
        while piece := stream.read(_PIECE):
            yield piece


def read_whole(path: Path, most: int) -> bytes:
    """The content of a file that somebody gave, or its first `most` bytes and one more where there are more.

    Raises OSError, also for what is no file: a device or a pipe may give bytes without end, or none for ever.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as stream:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            raise OSError(errno.EISDIR if stat.S_ISDIR(mode) else errno.ESPIPE, "", str(path))
        return stream.read(most + 1)


def when_free(change: Callable[[], object]) -> None:
    """Do what a file that another program has open does not allow, trying again for a second. Raises OSError.

    Only Windows refuses this, and often for a moment only, because a virus scanner or an index looks at new files.
    """
    for _try in range(TRIES):
        try:
            change()
            return
        except OSError as error:
            if not _in_use(error):
                raise
            pause(TRY_AGAIN_AFTER)
    change()


pause = time.sleep


def reason_of(error: OSError, *, replacing: Path | None = None) -> str:
    """The fault of a disk, stick or folder, in plain language; `replacing` is the file that was to be replaced."""
    if _in_use(error) and replacing is not None and os.access(replacing, os.W_OK) and replacing.is_file():
        return _IN_USE
    if error.errno == errno.ENOENT and _folder_is_there(error.filename):
        return "there is no file of that name there"
    number = getattr(error, "winerror", None)
    return _WINDOWS.get(number or 0) or _PLAIN.get(error.errno or 0, error.strerror or str(error))


def trouble_of_place(error: OSError) -> ReviewError | None:
    """The error that tells what is wrong with a disk, stick or folder; None when the fault is the program's."""
    if error.errno not in _PLAIN and getattr(error, "winerror", None) not in _WINDOWS:
        return None
    place = shortened(error.filename) if error.filename is not None else _("a file")
    return ReviewError(
        _("{place} cannot be used: {why}", place=place, why=reason_of(error)),
        do=_("correct this or choose another place, and try again"),
        kept=_("what was saved before is safe"),
    )


def shortened(path: object, most: int = 200) -> str:
    """A path for one line of text: a long one keeps its beginning and its end."""
    text = as_text(os.fsdecode(path) if isinstance(path, bytes) else path)
    half = most // 2
    return text if len(text) <= most else f"{text[:half]}\N{HORIZONTAL ELLIPSIS}{text[-half:]}"


def _folder_is_there(path: object) -> bool:
    """True if the folder of a file that was not found exists, so that only the file itself is missing."""
    return isinstance(path, str | bytes | os.PathLike) and os.path.isdir(os.path.dirname(path) or os.curdir)


def _in_use(error: OSError) -> bool:
    """True if Windows refused because another program has the file open; of access it says so when replacing."""
    return getattr(error, "winerror", None) in (5, 32, 33)


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut; a no-op where folders cannot be opened (Windows)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
