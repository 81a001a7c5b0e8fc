"""Writing a file so that "saved" is true: whole or not at all, on the disk, read back and compared."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from reviewapp.errors import ReviewError


def save_file(path: Path, data: bytes, *, private: bool = False) -> None:
    """Put `data` at `path`, replacing what was there; returns only when it is on the disk and reads back equal.

    A temporary file beside the target is written, synced and renamed, so a crash or a full disk leaves the old
    file as it was. `private` makes it readable by its owner only, before it has any content. Raises `ReviewError`
    when the place cannot be written or what comes back is not what was written.
    """
    path = Path(path)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o644)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
        back = path.read_bytes()
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise ReviewError(
            f"cannot write {path}: {error.strerror or error}",
            do="choose another place, or free space on this one, and try again",
            kept="what was there before is unchanged",
        ) from error
    if back != data:
        raise ReviewError(
            f"{path} does not read back as it was written",
            do="do not trust this disk or stick; write to another one",
            kept="your work is safe in the program",
        )


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut; a no-op where folders cannot be opened (Windows)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
