"""The instruments available on this laptop: those built into the program, and those a network imported here."""

from __future__ import annotations

import functools
import secrets
import tomllib
from pathlib import Path

import msgspec

from reviewapp.base.errors import Damaged, Invalid, ReviewError
from reviewapp.base.file_names import is_portable, portable
from reviewapp.base.files import reason_of, shortened, when_free
from reviewapp.base.i18n import _, gettext_noop
from reviewapp.base.json_shelf import EARLIER, JsonShelf, ShelfWords, encoded
from reviewapp.base.paths import resource
from reviewapp.instruments import editions
from reviewapp.instruments.check import check, check_id
from reviewapp.instruments.editions import Edition
from reviewapp.instruments.model import Instrument

LARGEST = 20_000_000
"""Most bytes of an instrument file."""

_WORDS = ShelfWords(
    unlisted=gettext_noop("the standards in {path} cannot be listed: {reason}"),
    unsound=gettext_noop("{name} is not a sound instrument: {why}"),
)


@functools.cache
def builtin() -> tuple[Instrument, ...]:
    """The instruments that come with the program, in the order of their file names; checked, and read once."""
    return tuple(load_toml(path) for path in sorted(resource("instruments").glob("*.toml")))


def load_toml(path: Path) -> Instrument:
    """An instrument from a TOML file, checked. Raises ReviewError naming the file and its first fault."""
    try:
        return _checked(msgspec.convert(tomllib.loads(_read(path).decode("utf-8")), Instrument))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise Damaged(
            _("{name} is not a readable instrument: {error}", name=path.name, error=error),
            do=_("correct the file and try again"),
        ) from error
    except Invalid as error:
        raise Invalid(f"{path.name}: {error.what}", field=error.field, do=error.do) from error


class Library:
    """The instruments of one installation: built-in ones, and imported ones as JSON files in `folder`.

    Of each id the one that was imported last is current; those before it are kept in `folder/earlier`, so that a
    crosswalk and a comparison can still name them. Visits carry their own copy and never ask here.
    """

    def __init__(self, folder: Path) -> None:
        self._shelf = JsonShelf(folder, Instrument, _WORDS, LARGEST, _check_file)
        self._before = JsonShelf(self.folder / EARLIER, Instrument, _WORDS, LARGEST, _check_earlier)

    @property
    def folder(self) -> Path:
        """Where the imported ones lie; made with the first of them."""
        return self._shelf.folder

    def all(self) -> tuple[Instrument, ...]:
        """Every sound instrument, built-in first, then imported ones by id; `problems` tells of the others."""
        return (*builtin(), *(one for one in self._shelf.loaded().values() if isinstance(one, Instrument)))

    def problems(self) -> dict[str, ReviewError]:
        """Why an imported instrument cannot be used, by the name of its file."""
        return {name: one for name, one in self._shelf.loaded().items() if isinstance(one, ReviewError)}

    def get(self, name: str) -> Instrument:
        """The current instrument with this id, or, for `ID@EDITION`, that edition of it (`editions.choose`).

        Raises Invalid, listing the known ids or editions, when there is none.
        """
        instrument_id, edition = editions.named(name)
        if edition and (held := self.editions(instrument_id)):
            return editions.choose(held, edition)
        for instrument in builtin():
            if instrument.id == instrument_id:
                return instrument
        for path in self._shelf.files():
            if path.stem == instrument_id:
                return self._shelf.read(path)
        known = ", ".join(one.id for one in self.all())
        raise Invalid(
            _("there is no instrument {instrument_id} here", instrument_id=f"{instrument_id!r}"),
            field="instrument",
            do=_("choose one of: {known}, or import it", known=known),
        )

    def editions(self, instrument_id: str) -> tuple[Instrument, ...]:
        """Every sound wording held under an id, the current one first, then those before it; empty without any."""
        current = [one for one in self.all() if one.id == instrument_id]
        return (*current, *(one for one in self.earlier() if one.id == instrument_id and one not in current))

    def earlier(self) -> tuple[Instrument, ...]:
        """Every sound wording that another one of the same id took the place of, by id and edition."""
        return tuple(sorted(self._before.sound(), key=_by_edition))

    def find(self, edition: Edition) -> Instrument | None:
        """Exactly this wording, whether it is current or not; None where it is not held here."""
        return next((one for one in self.editions(edition.id) if edition.is_of(one)), None)

    def add(self, instrument: Instrument, *, replace: bool = False, edition_named: bool = True) -> str:
        """Save an imported instrument as the current one of its id; returns `added`, `unchanged` or `replaced`.

        Another edition than the one that is here needs no asking: both are kept. Another wording of the same edition
        needs `replace`, as where the edition was only guessed (not `edition_named`); raises Invalid otherwise. The one
        before is kept in either case (`editions`). Never touches a built-in one. A damaged file of that id is put
        aside. Visits carry their own copy, so this changes no visit.
        """
        check(instrument)
        if any(instrument.id == known.id for known in builtin()):
            raise Invalid(
                _("{id} comes with the program", id=f"{instrument.id!r}"), field="id", do=_("choose another id")
            )
        path = self._path(instrument.id)
        happened = "added"
        here = self._shelf.read_unless_damaged(path) if path.is_file() else None
        if here is None and path.exists():
            _put_aside(path)
            happened = "replaced"
        elif here is not None:
            if not replace and here != instrument and (here.edition == instrument.edition or not edition_named):
                raise Invalid(
                    _("another instrument with the id {id} is already here", id=f"{instrument.id!r}"),
                    field="id",
                    do=_("choose another id, or say that it should be replaced"),
                )
            changed = replace and path.read_bytes() != encoded(instrument)
            newer = edition_named and here.edition != instrument.edition
            happened = "added" if newer else "replaced" if changed else "unchanged"
        if happened != "unchanged":
            if here is not None and here != instrument:
                self._keep(here)
            self._shelf.save(instrument.id, instrument)
        return happened

    def _keep(self, before: Instrument) -> None:
        """Keep a wording that another one takes the place of."""
        self._before.save(f"{before.id}.{editions.digest(before)[: editions.SHOWN]}", before)

    def _path(self, instrument_id: str) -> Path:
        check_id(instrument_id)
        if not is_portable(instrument_id):
            raise Invalid(
                _(
                    "{text} cannot be the id of an instrument: Windows keeps such names for itself",
                    text=f"{instrument_id!r}",
                ),
                field="id",
                do=_("choose another id, such as {text}", text=portable(instrument_id).replace("_", "-standards")),
            )
        return self._shelf.path(instrument_id)


def _by_edition(instrument: Instrument) -> tuple[str, str]:
    return instrument.id, instrument.edition


def _checked(instrument: Instrument) -> Instrument:
    check(instrument)
    return instrument


def _check_file(instrument: Instrument, name: str) -> None:
    """Raise Invalid for one that is not sound, or stands in a file of another name."""
    check(instrument)
    if instrument.id != name:
        raise Invalid(_("it holds another instrument ({id})", id=instrument.id))


def _check_earlier(instrument: Instrument, _name: str) -> None:
    check(instrument)


def _read(path: Path) -> bytes:
    try:
        with open(path, "rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise ReviewError(
            _("cannot read {path}: {reason}", path=path, reason=reason_of(error)),
            do=_("check the name and the place"),
        ) from error
    if len(data) > LARGEST:
        raise Invalid(
            _("{name} is larger than {n} MB", name=path.name, n=LARGEST // 1000000), do=_("remove what is not needed")
        )
    return data


def _put_aside(path: Path) -> None:
    """Rename a damaged file, so that it is neither listed nor lost."""
    target = path.with_suffix(".damaged")
    try:
        if target.is_dir():
            target = path.with_suffix(f".{secrets.token_hex(4)}.damaged")
        when_free(lambda: path.replace(target))
    except OSError as error:
        raise ReviewError(
            _("the damaged file {path} cannot be put aside: {why}", path=shortened(path), why=reason_of(error)),
            do=_("correct this and try again"),
        ) from error
