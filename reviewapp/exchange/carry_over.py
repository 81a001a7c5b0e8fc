"""The carry-over: what of a visit the next one of the same team begins with, in a file opened by six words.

The same cover and the same bounds as a visit pack. Inside, a signed manifest, then what the visit was, then one line
for each statement that the next visit records: its earlier rounds, goals and actions. The signature says which laptop
wrote it; whoever has the words and the file decides whether to begin with it.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyrage

from reviewapp.base.errors import Damaged, Invalid, NewerVersion, ReviewError
from reviewapp.base.files import save_file
from reviewapp.base.i18n import _
from reviewapp.base.limits import LONGEST_LINE
from reviewapp.crosswalk.model import Crosswalk
from reviewapp.exchange import pack, phrase_lock
from reviewapp.instruments.check import check as check_instrument
from reviewapp.instruments.model import Instrument
from reviewapp.store import signing
from reviewapp.visit.statements import Action, AlsoRound, Goal, Round

FORMAT = 1
"""The format of a carry-over of a visit with one instrument."""
WITH_SECOND = 2
"""That of a visit with two, which a program that knows one instrument a round cannot begin from."""
MOST_LINES = 5_000
_DO = _("ask for the file again")
CarriedStatement = Round | AlsoRound | Goal | Action
_LINE = msgspec.json.Decoder(CarriedStatement)


class CarriedPerson(msgspec.Struct, frozen=True):
    """A member of the review team."""

    code: str
    role: str
    name: str = ""


class CarriedVisit(msgspec.Struct, frozen=True, kw_only=True):
    """What the visit was. `label`, `planned` and `held` say which round; `content` is its whole instrument.

    `also` is the whole second instrument, and `crosswalk` that between the two, where it had them.
    """

    visit: str
    service: str
    organisation: str
    date: str
    kind: str
    content: dict[str, Any]
    people: tuple[CarriedPerson, ...]
    label: str = ""
    planned: str = ""
    held: str = ""
    also: dict[str, Any] | None = None
    crosswalk: dict[str, Any] | None = None
    format: int = FORMAT


class CarryOver(msgspec.Struct, frozen=True, kw_only=True):
    """A visit as the next one begins with it; `lines` are what that one records, in their order."""

    visit: CarriedVisit
    instrument: Instrument
    also: Instrument | None = None
    crosswalk: Crosswalk | None = None
    lines: tuple[CarriedStatement, ...]


class _Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who wrote the file. `signature` is over `_statement` of it and all lines."""

    visit: str
    person: str
    public_key: str
    signature: str = ""


def write(path: Path, carried: CarryOver, phrase: str, *, person: str, private: bytes) -> None:
    """Write the file, signed with the laptop's `private` key for the visit. Raises ReviewError."""
    lines = [msgspec.json.encode(carried.visit), *map(msgspec.json.encode, carried.lines)]
    if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
        raise ReviewError(
            _("this visit is now too large for a carry-over"), do=_("enter what matters in the next visit")
        )
    manifest = _Manifest(carried.visit.visit, person, signing.public_of(private).hex())
    signed = msgspec.structs.replace(manifest, signature=signing.sign(private, _statement(manifest, lines)))
    identity = str(pyrage.x25519.Identity.generate())
    cover = pack.Cover("carry-over", pack.WHOLE, carried.visit.visit, phrase_lock.lock(identity, phrase))
    deflated = zlib.compress(b"".join(line + b"\n" for line in [msgspec.json.encode(signed), *lines]), 6)
    recipient = pyrage.x25519.Identity.from_str(identity).to_public()
    save_file(path, msgspec.json.encode(cover) + b"\n" + bytes(pyrage.encrypt(deflated, [recipient])))


def read(path: Path, phrase: str) -> CarryOver:
    """What the file holds, with its signature verified and every line of a kind that is carried.

    Raises WrongPhrase, Damaged or NewerVersion; Invalid when the file is no carry-over.
    """
    cover, sealed = pack.read_file(path)
    if cover.reviewapp != "carry-over" or cover.phrase is None:
        raise Invalid(
            _("{name} is not a carry-over", name=path.name),
            do=_("make one from the earlier visit with: visit carry-over"),
        )
    identity = phrase_lock.unlock(path.name, cover.phrase, phrase)
    try:
        deflated = bytes(pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(identity)]))
    except (pyrage.DecryptError, pyrage.IdentityError) as error:
        raise Damaged(_("{name} was cut short or changed", name=path.name), do=_DO) from error
    return _checked(path.name, cover.visit, list(_bounded(path.name, pack.inflated_lines(path.name, deflated))))


def _bounded(name: str, lines: Iterable[bytes]) -> Iterable[bytes]:
    for number, line in enumerate(lines):
        if number > MOST_LINES:
            raise Damaged(_("{name} contains more than any visit does", name=name), do=_DO)
        yield line


def _checked(name: str, visit: str, lines: Sequence[bytes]) -> CarryOver:
    try:
        manifest = msgspec.json.decode(lines[0], type=_Manifest)
        carried = msgspec.json.decode(lines[1], type=CarriedVisit)
        if carried.format > WITH_SECOND:
            raise NewerVersion(
                _("{name} was written by a later version of the program", name=name), do=_("update this laptop")
            )
        if manifest.visit != visit or carried.visit != visit:
            raise Damaged(_("{name} does not say which visit it is from", name=name), do=_DO)
        if not signing.verified(manifest.public_key, manifest.signature, _statement(manifest, lines[1:])):
            raise Damaged(_("the signature of {name} is wrong", name=name), do=_DO)
        instrument = msgspec.convert(carried.content, type=Instrument)
        check_instrument(instrument)
        also = None if carried.also is None else msgspec.convert(carried.also, type=Instrument)
        if also is not None:
            check_instrument(also)
        walk = None if also is None else msgspec.convert(carried.crosswalk, type=Crosswalk | None)
        said = tuple(_LINE.decode(line) for line in lines[2:])
    except (msgspec.DecodeError, msgspec.ValidationError, Invalid, IndexError, RecursionError, ValueError) as error:
        raise Damaged(_("{name} contains something that does not belong in a carry-over", name=name), do=_DO) from error
    return CarryOver(visit=carried, instrument=instrument, also=also, crosswalk=walk, lines=said)


def _statement(manifest: _Manifest, lines: Iterable[bytes]) -> bytes:
    """The bytes that are signed: the visit, who wrote it with which key, and a hash over every line."""
    content = hashlib.sha256(b"\n".join(lines)).hexdigest()
    who = f"{manifest.visit}\n{manifest.person}\n{manifest.public_key}"
    return f"reviewapp carry-over 1\n{who}\n{content}".encode()
