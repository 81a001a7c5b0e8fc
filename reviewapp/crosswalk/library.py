"""The crosswalks of this laptop: the proposals that come with the program, and those imported here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from reviewapp.base import private_files
from reviewapp.base.errors import Damaged, Invalid, ReviewError
from reviewapp.base.files import read_whole, reason_of, save_file, shortened
from reviewapp.base.i18n import _
from reviewapp.base.paths import resource
from reviewapp.crosswalk.check import check
from reviewapp.crosswalk.import_sheet import ReadCrosswalk, read_crosswalks
from reviewapp.crosswalk.model import Crosswalk
from reviewapp.instruments.editions import SHOWN, Edition, edition_of
from reviewapp.instruments.library import EARLIER, Library
from reviewapp.instruments.model import Instrument

LARGEST = 20_000_000
"""Most bytes of a file with a crosswalk."""
FOLDER = "crosswalks"
"""The folder of a home in which they lie, beside that of the instruments."""

Happened = Literal["added", "replaced", "unchanged"]


class Added(msgspec.Struct, frozen=True):
    """What became of an imported crosswalk; how many rows are new, changed, and no longer there."""

    happened: Happened
    new: int = 0
    changed: int = 0
    gone: int = 0


class CrosswalkLibrary:
    """The crosswalks of one installation, imported ones as JSON files in `folder`; one for each two wordings."""

    def __init__(self, folder: Path, instruments: Library) -> None:
        self.folder, self._instruments = Path(folder), instruments

    def get(self, one: Instrument, other: Instrument) -> Crosswalk | None:
        """The crosswalk between exactly these wordings, read from `one`; an imported one before a proposal.

        None where there is none. Raises Damaged for a file of it that cannot be read.
        """
        edition, against = edition_of(one), edition_of(other)
        for left, right in ((edition, against), (against, edition)):
            path = self.folder / _name(left, right)
            if path.is_file():
                return self._load(path, one, other).read_from(edition)
        found = next((read for read in proposals(self._instruments) if read.crosswalk.is_between(one, other)), None)
        return found.crosswalk.read_from(edition) if found else None

    def between(self, one: Instrument, other: Instrument) -> Crosswalk:
        """As `get`. Raises Invalid where there is none, naming one between other editions of the two."""
        found = self.get(one, other)
        if found is not None:
            return found
        elsewhere = [walk for walk in self._held() if {walk.left.id, walk.right.id} == {one.id, other.id}]
        what = _(
            "there is no crosswalk between {one} and {other} here",
            one=edition_of(one).in_words(),
            other=edition_of(other).in_words(),
        )
        if elsewhere:
            held = _("{one} and {other}", one=elsewhere[0].left.in_words(), other=elsewhere[0].right.in_words())
            what = _("{what}; the one that is here is between other wordings ({held})", what=what, held=held)
        raise Invalid(what, field="crosswalk", do=_("import one with: crosswalk import FILE"))

    def add(self, read: ReadCrosswalk) -> Added:
        """Save a crosswalk in the place of the one between the same wordings; what was there is kept beside it.

        Rows that stand the other way round than in the one that is here are kept as it has them.
        """
        crosswalk = read.crosswalk
        before = self.get(read.left, read.right)
        path = self.folder / _name(crosswalk.left, crosswalk.right)
        mirrored = self.folder / _name(crosswalk.right, crosswalk.left)
        if mirrored.is_file():
            path, crosswalk = mirrored, crosswalk.flipped()
            before = before.flipped() if before is not None else None
        check(crosswalk, *((read.left, read.right) if path != mirrored else (read.right, read.left)))
        if before == crosswalk and path.is_file():
            return Added("unchanged")
        happened: Happened = "replaced" if path.is_file() else "added"
        private_files.make_folder(self.folder)
        if path.is_file():
            _keep(path)
        save_file(path, _encode(crosswalk))
        return _compared(happened, before, crosswalk)

    def like(self, one: Instrument, other: Instrument, model: Instrument) -> Crosswalk:
        """The crosswalk between `one` and `model`, as a start for one between `one` and `other`: not saved.

        For another wording with the same numbers, such as a scale that was imported under an id of its own. Raises
        Invalid where there is none, or where a number of it does not exist in `other`.
        """
        found = self.between(one, model)
        made = msgspec.structs.replace(found, right=edition_of(other))
        check(made, one, other)
        return made

    def _held(self) -> Iterator[Crosswalk]:
        """Every crosswalk here that can be read, between whatever wordings."""
        for path in _listed(self.folder):
            try:
                yield _read(path)
            except Damaged:
                continue
        yield from (read.crosswalk for read in proposals(self._instruments))

    def _load(self, path: Path, one: Instrument, other: Instrument) -> Crosswalk:
        crosswalk = _read(path)
        if not crosswalk.is_between(one, other):
            raise _damaged(path, _("it is between other wordings"))
        left, right = (one, other) if crosswalk.left == edition_of(one) else (other, one)
        try:
            check(crosswalk, left, right)
        except Invalid as error:
            raise _damaged(path, error.what) from error
        return crosswalk


def proposals(instruments: Library) -> tuple[ReadCrosswalk, ...]:
    """The crosswalks that come with the program, of the instruments that are here; each row says that it is a proposal.

    A file is named after the two ids (`ONE--OTHER.csv`); its rows go with the wordings that are current here.
    """
    folder = resource(FOLDER)
    here = [path for path in sorted(folder.glob("*.csv")) if all(map(instruments.editions, path.stem.split("--")))]
    return tuple(read for path in here for read in read_crosswalks(path, instruments.editions).found)


def _name(left: Edition, right: Edition) -> str:
    return f"{left.id}.{left.digest[:SHOWN]}--{right.id}.{right.digest[:SHOWN]}.json"


def _encode(crosswalk: Crosswalk) -> bytes:
    return msgspec.json.format(msgspec.json.encode(crosswalk), indent=1) + b"\n"


def _keep(path: Path) -> None:
    """Copy a crosswalk that another one takes the place of to the folder of earlier ones."""
    data = read_whole(path, LARGEST)
    number = 1
    folder = path.parent / EARLIER
    private_files.make_folder(folder)
    while (folder / f"{path.stem}.{number}.json").exists():
        number += 1
    save_file(folder / f"{path.stem}.{number}.json", data)


def _compared(happened: Happened, before: Crosswalk | None, now: Crosswalk) -> Added:
    old = {(pair.left, pair.right): pair for pair in before.pairs} if before else {}
    new = {(pair.left, pair.right): pair for pair in now.pairs}
    changed = sum(pair != old[key] for key, pair in new.items() if key in old)
    return Added(happened, len(new.keys() - old.keys()), changed, len(old.keys() - new.keys()))


def _read(path: Path) -> Crosswalk:
    """Raises Damaged, naming the file, for what is no crosswalk, and ReviewError where it cannot be read."""
    try:
        data = read_whole(path, LARGEST)
    except OSError as error:
        raise ReviewError(
            _("cannot read {path}: {reason}", path=shortened(path), reason=reason_of(error)),
            do=_("check the name and the place"),
        ) from error
    try:
        if len(data) > LARGEST:
            raise _damaged(path, _("it is too large"))
        return msgspec.json.decode(data, type=Crosswalk)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _damaged(path, str(error)[:120]) from error


def _damaged(path: Path, why: str) -> Damaged:
    return Damaged(
        _("{name} is not a sound crosswalk: {why}", name=path.name, why=why),
        do=_("import it again, or move {path} out of that folder", path=shortened(path)),
    )


def _listed(folder: Path) -> list[Path]:
    try:
        names = os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise ReviewError(
            _("the crosswalks in {path} cannot be listed: {reason}", path=shortened(folder), reason=reason_of(error)),
            do=_("put that right and try again"),
            kept=_("what is there is left as it is"),
        ) from error
    return sorted(folder / name for name in names if name.endswith(".json") and not name.startswith("."))
