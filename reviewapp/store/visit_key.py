"""`key.json` beside a store: its key, sealed by the home key to this visit and this generation."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from reviewapp.base.errors import Damaged, NewerVersion
from reviewapp.base.i18n import _
from reviewapp.store import deletion, key_wrapping, schema
from reviewapp.store.store_file import cannot_open

LARGEST = 65536
"""Bytes of the largest key file that is looked into."""


class VisitKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The schema version a store was written with, and its key wrapped by the home key.

    `visit` and `generation` are empty in files from before the home key was ever made anew; they are bound to nothing.
    """

    store: int
    sealed: str
    visit: str = ""
    generation: int = 0

    @classmethod
    def sealed_for(
        cls, visit: str, key: bytes, home_key: bytes, generation: int, *, store: int = schema.VERSION
    ) -> VisitKey:
        """The key of a visit's store, sealed."""
        made = cls(store, "", visit, generation)
        return msgspec.structs.replace(made, sealed=key_wrapping.wrap(home_key, key, made.purpose()))

    def purpose(self) -> str:
        """What the seal is bound to."""
        return f"visit key {self.visit} {self.generation}" if self.generation else "visit key"

    def opened(self, home_key: bytes) -> bytes | None:
        """The key of the store, or None when the home key or the file is another one."""
        try:
            return key_wrapping.unwrap(home_key, self.sealed, self.purpose())
        except ValueError:
            return None

    def write(self, folder: Path) -> None:
        """Write it beside a store. Raises ReviewError."""
        deletion.replace_key_file(folder / deletion.KEY, msgspec.json.encode(self))


def raw(folder: Path) -> bytes:
    """What is in the key file beside a store, as far as it is looked into. Raises OSError."""
    with (folder / deletion.KEY).open("rb") as stream:
        return stream.read(LARGEST)


def read(folder: Path) -> VisitKey | None:
    """The key file beside a store, or None where there is none that can be read."""
    try:
        return msgspec.json.decode(raw(folder), type=VisitKey)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


class _Version(msgspec.Struct):
    store: int


def found_in(folder: Path) -> VisitKey:
    """The key file beside a store. Raises Damaged, also where there is none, and NewerVersion."""
    try:
        found = raw(folder)
        if msgspec.json.decode(found, type=_Version).store > schema.VERSION:
            raise NewerVersion(
                _("the visit {visit} was written by a later version of the program", visit=folder.name),
                do=_("open it with that version or a newer one"),
                kept=_("it is left as it is"),
            )
        return msgspec.json.decode(found, type=VisitKey)
    except (FileNotFoundError, IsADirectoryError, msgspec.DecodeError, ValueError, RecursionError) as error:
        raise damaged(folder) from error
    except OSError as error:
        raise damaged(folder) if os.path.isdir(folder / deletion.KEY) else cannot_open(folder, error) from error


def damaged(folder: Path) -> Damaged:
    """What is said of a key file that opens nothing."""
    path = folder / deletion.KEY
    what = _("{path} is damaged", path=path) if os.path.lexists(path) else _("{path} is missing", path=path)
    return Damaged(what, do=_("restore the newest backup of this visit"), kept=_("the visit is left as it is"))
