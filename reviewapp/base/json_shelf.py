"""A folder of JSON files, each with one thing named after it: what a home keeps of imports, read and listed safely."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

import msgspec

from reviewapp.base import private_files
from reviewapp.base.errors import Damaged, Invalid, ReviewError
from reviewapp.base.files import read_whole, reason_of, save_file, shortened
from reviewapp.base.i18n import _

EARLIER = "earlier"
"""The folder within one of these in which things lie that others took the place of."""

T = TypeVar("T")


class ShelfWords(NamedTuple):
    """What a shelf says of its things: in English, translated where it is said.

    `unlisted` has {path} and {reason}, `unsound` {name} and {why}.
    """

    unlisted: str
    unsound: str


class JsonShelf(Generic[T]):
    """The things of one type in a folder. `check` raises Invalid for one that cannot be used or is named otherwise.

    A file that cannot be used is never skipped in silence, changed or deleted: `read` raises Damaged naming it.
    """

    def __init__(
        self, folder: Path, type_: type[T], words: ShelfWords, most: int, check: Callable[[T, str], None] | None = None
    ) -> None:
        self.folder = Path(folder)
        self._type, self._words, self._most, self._check = type_, words, most, check

    def path(self, name: str) -> Path:
        """The file of the thing with this name, whether it is there or not."""
        return self.folder / f"{name}.json"

    def files(self) -> list[Path]:
        """Its files by name; none without the folder. Raises ReviewError where that cannot be looked into."""
        try:
            names = os.listdir(self.folder)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise ReviewError(
                _(self._words.unlisted, path=shortened(self.folder), reason=reason_of(error)),
                do=_("correct this and try again"),
                kept=_("the visits there are left as they are"),
            ) from error
        return sorted(self.folder / name for name in names if name.endswith(".json") and not name.startswith("."))

    def read(self, path: Path) -> T:
        """The thing in a file. Raises Damaged where it is none, or no sound one; ReviewError where it is not read."""
        try:
            data = read_whole(path, self._most)
        except OSError as error:
            raise ReviewError(
                _("cannot read {path}: {reason}", path=shortened(path), reason=reason_of(error)),
                do=_("check the name and the place"),
            ) from error
        if len(data) > self._most:
            raise self.damaged(path, _("it is larger than {n} MB", n=self._most // 1_000_000))
        try:
            found = msgspec.json.decode(data, type=self._type)
            if self._check is not None:
                self._check(found, path.stem)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise self.damaged(path, str(error)[:120]) from error
        except Invalid as error:
            raise self.damaged(path, error.what) from error
        return found

    def damaged(self, path: Path, why: str) -> Damaged:
        """The error that names a file and says why what is in it cannot be used."""
        return Damaged(
            _(self._words.unsound, name=path.name, why=why),
            do=_("import it again, or move {path} out of that folder", path=shortened(path)),
        )

    def loaded(self, read: Callable[[Path], T] | None = None) -> dict[str, T | ReviewError]:
        """By the name of its file, each thing or why it cannot be used; by that of the folder, why nothing is listed.

        `read` in the place of the shelf's own, where a thing is asked for more than to be sound.
        """
        try:
            files = self.files()
        except ReviewError as error:
            return {self.folder.name: error}
        found: dict[str, T | ReviewError] = {}
        for path in files:
            try:
                found[path.name] = (read or self.read)(path)
            except ReviewError as error:
                found[path.name] = error
        return found

    def sound(self) -> list[T]:
        """Those that can be read, by the names of their files; damaged ones left out. Raises ReviewError as `files`."""
        return [one for path in self.files() if (one := self.read_unless_damaged(path)) is not None]

    def read_unless_damaged(self, path: Path) -> T | None:
        """As `read`; None for what is damaged."""
        try:
            return self.read(path)
        except Damaged:
            return None

    def save(self, name: str, thing: T) -> None:
        """Save a thing in the place of the one of this name."""
        private_files.make_folder(self.folder)
        save_file(self.path(name), encoded(thing))


def encoded(thing: object) -> bytes:
    """A thing as a shelf keeps it: JSON that a person can read."""
    return msgspec.json.format(msgspec.json.encode(thing), indent=1) + b"\n"
