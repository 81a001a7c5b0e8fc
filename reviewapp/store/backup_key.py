"""The key on which a visit's rolling backups hang: random, wrapped by the home key, and destroyed with the visit.

It lies beside the visit's own key in two files of the same content, so that neither a damaged `key.json` nor one
damaged file costs the backups. Each rolling backup is encrypted with a key of its own, which its first line holds
wrapped by this one: a new home key needs nothing but these two files to be sealed anew (`write`).
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import msgspec

from reviewapp.base.errors import ReviewError
from reviewapp.base.files import reason_of
from reviewapp.base.i18n import _
from reviewapp.store import deletion, key_wrapping

FORMAT = 1
NAMES = deletion.BACKUP_KEYS


class _Stored(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    backup_key: int
    sealed: str


def read(home_key: bytes, folder: Path, visit: str) -> bytes | None:
    """The backup key in the folder of a visit; None where there is none that this home key opens.

    Raises ReviewError when a file cannot be read, which says nothing of what is in it.
    """
    for name in NAMES:
        key = _unwrapped(home_key, folder / name, visit)
        if key is not None:
            return key
    return None


def read_or_make(home_key: bytes, folder: Path, visit: str) -> bytes:
    """The backup key of a visit; a new one where there is none. Raises ReviewError.

    Where one of its files is spoilt it is written anew from the other.
    """
    found = [_unwrapped(home_key, folder / name, visit) for name in NAMES]
    key = next((one for one in found if one is not None), None)
    if key is None:
        key = os.urandom(32)
        write(home_key, folder, visit, key)
    elif None in found:
        with contextlib.suppress(ReviewError):  # the other holds it
            write(home_key, folder, visit, key)
    return key


def write(home_key: bytes, folder: Path, visit: str, key: bytes) -> None:
    """Seal the backup key of a visit under a home key, in both files; the one is whole while the other is written."""
    sealed = key_wrapping.wrap(home_key, key, _purpose(visit))
    for name in NAMES:
        deletion.replace_key_file(folder / name, msgspec.json.encode(_Stored(FORMAT, sealed)))


def _unwrapped(home_key: bytes, path: Path, visit: str) -> bytes | None:
    try:
        stored = msgspec.json.decode(path.read_bytes(), type=_Stored)
        return key_wrapping.unwrap(home_key, stored.sealed, _purpose(visit))
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, RecursionError, ValueError):
        return None  # a DecodeError of msgspec is a ValueError
    except OSError as error:
        if path.is_dir():
            return None
        raise ReviewError(
            _("{name} cannot be read: {why}", name=path.name, why=reason_of(error)),
            do=_("correct this and try again"),
            kept=_("the backups of the visit are left as they are"),
        ) from error


def _purpose(visit: str) -> str:
    return f"backup key of {visit}"
