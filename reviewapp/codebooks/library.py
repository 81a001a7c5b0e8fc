"""The codebooks of this laptop: those that come with the program, and those imported here as JSON files."""

from __future__ import annotations

import functools
import os
import tomllib
from pathlib import Path
from typing import Literal

import msgspec

from reviewapp.base import private_files
from reviewapp.base.errors import Damaged, Invalid, ReviewError
from reviewapp.base.files import read_whole, reason_of, save_file, shortened
from reviewapp.base.i18n import _
from reviewapp.base.paths import resource
from reviewapp.codebooks.check import check, check_id
from reviewapp.codebooks.model import Codebook

FOLDER = "codebooks"
"""The folder of a home in which imported ones lie."""
DEFAULT = "crisis-team-features"
"""The codebook of a visit for which nobody has chosen one."""
LARGEST = 10_000_000
"""Most bytes of a file with a codebook."""

Happened = Literal["added", "replaced", "unchanged"]


@functools.cache
def builtin() -> tuple[Codebook, ...]:
    """The codebooks that come with the program, the usual one first; checked, and read once."""
    found = [_shipped(path) for path in sorted(resource(FOLDER).glob("*.toml"))]
    return tuple(sorted(found, key=lambda one: (one.id != DEFAULT, one.id)))


def _shipped(path: Path) -> Codebook:
    book = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Codebook)
    check(book)
    return book


class CodebookLibrary:
    """The codebooks of one installation. Visits carry their own copy and never ask here."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)

    def all(self) -> tuple[Codebook, ...]:
        """Every sound codebook, built-in first, then imported ones by id; `problems` tells of the others."""
        return (*builtin(), *(one for one in self._loaded().values() if isinstance(one, Codebook)))

    def problems(self) -> dict[str, ReviewError]:
        """Why an imported codebook cannot be used, by the name of its file."""
        return {name: one for name, one in self._loaded().items() if isinstance(one, ReviewError)}

    def get(self, codebook_id: str) -> Codebook:
        """The codebook with this id. Raises Invalid, listing those that are here, and Damaged for a spoilt file."""
        found = self.find(codebook_id)
        if found is None:
            raise Invalid(
                _("there is no codebook {id} here", id=f"{codebook_id!r}"[:60]),
                field="codebook",
                do=_("choose one of: {known}, or import it", known=", ".join(one.id for one in self.all())),
            )
        return found

    def find(self, codebook_id: str) -> Codebook | None:
        """The codebook with this id, or None. Raises Invalid for what can be no id, Damaged for a spoilt file."""
        check_id(codebook_id)
        for one in builtin():
            if one.id == codebook_id:
                return one
        path = self.folder / f"{codebook_id}.json"
        return _load(path) if path.is_file() else None

    def add(self, codebook: Codebook) -> Happened:
        """Save an imported codebook in the place of one of the same id. Raises Invalid for the id of a built-in one."""
        check(codebook)
        if any(one.id == codebook.id for one in builtin()):
            raise Invalid(
                _("{id} comes with the program", id=f"{codebook.id!r}"), field="id", do=_("choose another id")
            )
        path = self.folder / f"{codebook.id}.json"
        data = msgspec.json.format(msgspec.json.encode(codebook), indent=1) + b"\n"
        happened: Happened = "added"
        if path.is_file():
            happened = "unchanged" if path.read_bytes() == data else "replaced"
        if happened != "unchanged":
            private_files.make_folder(self.folder)
            save_file(path, data)
        return happened

    def _loaded(self) -> dict[str, Codebook | ReviewError]:
        found: dict[str, Codebook | ReviewError] = {}
        for path in _listed(self.folder):
            try:
                found[path.name] = _load(path)
            except ReviewError as error:
                found[path.name] = error
        return found


def _load(path: Path) -> Codebook:
    """Raises Damaged naming the file, and ReviewError where it cannot be read."""
    try:
        data = read_whole(path, LARGEST)
    except OSError as error:
        raise ReviewError(
            _("cannot read {path}: {reason}", path=shortened(path), reason=reason_of(error)),
            do=_("check the name and the place"),
        ) from error
    try:
        if len(data) > LARGEST:
            raise Invalid(_("it is too large"))
        book = msgspec.json.decode(data, type=Codebook)
        check(book)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _damaged(path, str(error)[:120]) from error
    except Invalid as error:
        raise _damaged(path, error.what) from error
    if book.id != path.stem:
        raise _damaged(path, _("it holds another codebook ({id})", id=book.id))
    return book


def _damaged(path: Path, why: str) -> Damaged:
    return Damaged(
        _("{name} is not a sound codebook: {why}", name=path.name, why=why),
        do=_("import it again, or move {path} out of that folder", path=shortened(path)),
    )


def _listed(folder: Path) -> list[Path]:
    try:
        names = os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise ReviewError(
            _("the codebooks in {path} cannot be listed: {reason}", path=shortened(folder), reason=reason_of(error)),
            do=_("put that right and try again"),
            kept=_("what is there is left as it is"),
        ) from error
    return sorted(folder / name for name in names if name.endswith(".json") and not name.startswith("."))
