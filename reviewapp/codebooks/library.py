"""The codebooks of this laptop: those that come with the program, and those imported here as JSON files."""

from __future__ import annotations

import contextlib
import functools
import re
import tomllib
from pathlib import Path
from typing import Literal

import msgspec

from reviewapp.base.errors import Invalid, ReviewError
from reviewapp.base.i18n import _, gettext_noop
from reviewapp.base.json_shelf import JsonShelf, ShelfWords, encoded
from reviewapp.base.paths import resource
from reviewapp.codebooks.check import check, check_id
from reviewapp.codebooks.model import Codebook

FOLDER = "codebooks"
"""The folder of a home in which imported ones lie."""
DEFAULT = "crisis-team-features"
"""The codebook of a visit for which nobody has chosen one."""
LARGEST = 10_000_000
"""Most bytes of a file with a codebook."""

_WORDS = ShelfWords(
    unlisted=gettext_noop("the codebooks in {path} cannot be listed: {reason}"),
    unsound=gettext_noop("{name} is not a sound codebook: {why}"),
)

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
        self._shelf = JsonShelf(folder, Codebook, _WORDS, LARGEST, _check_file)

    def all(self) -> tuple[Codebook, ...]:
        """Every sound codebook, built-in first, then imported ones by id; `problems` tells of the others."""
        return (*builtin(), *(one for one in self._shelf.loaded().values() if isinstance(one, Codebook)))

    def problems(self) -> dict[str, ReviewError]:
        """Why an imported codebook cannot be used, by the name of its file."""
        return {name: one for name, one in self._shelf.loaded().items() if isinstance(one, ReviewError)}

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
        path = self._shelf.path(codebook_id)
        return self._shelf.read(path) if path.is_file() else None

    def id_for(self, title: str) -> str:
        """The id under which a codebook of this title is kept here: made of its letters, and of no shipped one."""
        plain = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:30].strip("-")
        for id_ in (plain, f"{plain}-themes".strip("-")):
            with contextlib.suppress(Invalid):
                check_id(id_)
                if all(one.id != id_ for one in builtin()):
                    return id_
        return "own-themes"

    def add(self, codebook: Codebook) -> Happened:
        """Save an imported codebook in the place of one of the same id. Raises Invalid for the id of a built-in one."""
        check(codebook)
        if any(one.id == codebook.id for one in builtin()):
            raise Invalid(
                _("{id} comes with the program", id=f"{codebook.id!r}"), field="id", do=_("choose another id")
            )
        path = self._shelf.path(codebook.id)
        happened: Happened = "added"
        if path.is_file():
            happened = "unchanged" if path.read_bytes() == encoded(codebook) else "replaced"
        if happened != "unchanged":
            self._shelf.save(codebook.id, codebook)
        return happened


def _check_file(codebook: Codebook, name: str) -> None:
    """Raise Invalid for one that is not sound, or stands in a file of another name."""
    check(codebook)
    if codebook.id != name:
        raise Invalid(_("it holds another codebook ({id})", id=codebook.id))
