"""The crosswalks of this laptop: the proposals that come with the program, and those imported here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from reviewapp.base import private_files
from reviewapp.base.errors import Invalid
from reviewapp.base.files import read_whole, save_file
from reviewapp.base.i18n import _, gettext_noop
from reviewapp.base.json_shelf import EARLIER, JsonShelf, ShelfWords
from reviewapp.base.paths import resource
from reviewapp.crosswalk.check import check
from reviewapp.crosswalk.import_sheet import ReadCrosswalk, read_crosswalks
from reviewapp.crosswalk.model import Crosswalk
from reviewapp.instruments.editions import SHOWN, Edition, edition_of
from reviewapp.instruments.library import Library
from reviewapp.instruments.model import Instrument

LARGEST = 20_000_000
"""Most bytes of a file with a crosswalk."""
FOLDER = "crosswalks"
"""The folder of a home in which they lie, beside that of the instruments."""

_WORDS = ShelfWords(
    unlisted=gettext_noop("the crosswalks in {path} cannot be listed: {reason}"),
    unsound=gettext_noop("{name} is not a sound crosswalk: {why}"),
)

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
        self._shelf, self._instruments = JsonShelf(folder, Crosswalk, _WORDS, LARGEST), instruments

    def get(self, one: Instrument, other: Instrument) -> Crosswalk | None:
        """The crosswalk between exactly these wordings, read from `one`; an imported one before a proposal.

        None where there is none. Raises Damaged for a file of it that cannot be read.
        """
        edition, against = edition_of(one), edition_of(other)
        for left, right in ((edition, against), (against, edition)):
            path = self._shelf.path(_name(left, right))
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
        path = self._shelf.path(_name(crosswalk.left, crosswalk.right))
        mirrored = self._shelf.path(_name(crosswalk.right, crosswalk.left))
        if mirrored.is_file():
            path, crosswalk = mirrored, crosswalk.flipped()
            before = before.flipped() if before is not None else None
        check(crosswalk, *((read.left, read.right) if path != mirrored else (read.right, read.left)))
        if before == crosswalk and path.is_file():
            return Added("unchanged")
        happened: Happened = "replaced" if path.is_file() else "added"
        if path.is_file():
            _keep(path)
        self._shelf.save(path.stem, crosswalk)
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
        yield from self._shelf.sound()
        yield from (read.crosswalk for read in proposals(self._instruments))

    def _load(self, path: Path, one: Instrument, other: Instrument) -> Crosswalk:
        crosswalk = self._shelf.read(path)
        if not crosswalk.is_between(one, other):
            raise self._shelf.damaged(path, _("it is between other wordings"))
        left, right = (one, other) if crosswalk.left == edition_of(one) else (other, one)
        try:
            check(crosswalk, left, right)
        except Invalid as error:
            raise self._shelf.damaged(path, error.what) from error
        return crosswalk


def proposals(instruments: Library) -> tuple[ReadCrosswalk, ...]:
    """The crosswalks that come with the program, of the instruments that are here; each row says that it is a proposal.

    A file is named after the two ids (`ONE--OTHER.csv`); its rows go with the wordings that are current here.
    """
    folder = resource(FOLDER)
    here = [path for path in sorted(folder.glob("*.csv")) if all(map(instruments.editions, path.stem.split("--")))]
    return tuple(read for path in here for read in read_crosswalks(path, instruments.editions).found)


def _name(left: Edition, right: Edition) -> str:
    return f"{left.id}.{left.digest[:SHOWN]}--{right.id}.{right.digest[:SHOWN]}"


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
