"""The file in which a visit gives its extract, or a notice of what was taken back, to its network.

One readable line that names its kind and the key it is sealed to, then age around deflated JSON Lines: a signed
manifest, and one line with the content. Who reads one believes nothing before the bounds and the signature hold: size
of the file, of what it inflates to, of a line, then every value (`bounds`). The signature is of the visit's laptop and
covers the key it is sealed to, so that what one network was given cannot be passed to another as if it were meant.
"""

from __future__ import annotations

import hashlib
import zlib
from pathlib import Path
from typing import Literal

import msgspec
import pyrage

from reviewapp.base.errors import Damaged, NewerVersion, ReviewError
from reviewapp.base.files import read_whole, reason_of, save_file
from reviewapp.base.i18n import _
from reviewapp.base.limits import LONGEST_LINE
from reviewapp.exchange import pack
from reviewapp.national import bounds
from reviewapp.national.model import FORMAT, Extract, Notice
from reviewapp.national.network_key import NetworkKey, public_of
from reviewapp.store import handing_on, signing
from reviewapp.store.handing_on import Handed, Signer

LARGEST_FILE = 4 * 2**20

_LONGEST_COVER = 1024
_LINES = 2
_AGAIN = _("ask the team's lead for the file again")

FileKind = Literal["extract", "extract-notice"]


class _Plain(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the file: unknown fields are refused."""


class _Cover(_Plain, frozen=True):
    """The readable first line: `network` is the public key it is sealed to. It names no visit and no team."""

    reviewapp: FileKind
    format: int
    network: str


class _Manifest(_Plain, frozen=True, omit_defaults=True):
    """The first sealed line: who signed. `signature` is of the laptop's key, `authority_signature` of the lead's."""

    public_key: str
    signature: str = ""
    authority: str = ""
    authority_signature: str = ""
    handed: tuple[Handed, ...] = ()


class SealedExtract(msgspec.Struct, frozen=True, kw_only=True):
    """What a file held, read within bounds, with its signature verified; either `extract` or `notice` is there.

    `device` and `public_key` (hex) are of the laptop that signed. `authorities` are the keys with which the lead of the
    visit speaks, from the visit's first to the one that signed this file, each named by the one before it; empty where
    the visit has none. A laptop that is not the one known so far speaks for the visit all the same where its
    `authorities` begin with all of those that were known. `file_digest` is the sha256 of the file, in hex.
    """

    extract: Extract | None = None
    notice: Notice | None = None
    device: str
    public_key: str
    authorities: tuple[str, ...] = ()
    file_digest: str

    @property
    def visit(self) -> str:
        """The id of the visit."""
        return (self.extract or self.notice or _NOTHING).visit


_NOTHING = Notice(visit="")


def write_extract(
    path: Path,
    extract: Extract,
    *,
    network: NetworkKey,
    private: bytes,
    authority: bytes = b"",
    handed: tuple[Handed, ...] = (),
) -> None:
    """Write the file with an extract, signed with the laptop's `private` key. Raises ReviewError."""
    save_file(path, sealed_bytes(extract, network, Signer(private=private, authority=authority, handed=handed)))


def write_notice(
    path: Path,
    notice: Notice,
    *,
    network: NetworkKey,
    private: bytes,
    authority: bytes = b"",
    handed: tuple[Handed, ...] = (),
) -> None:
    """Write the file with a notice, signed with the laptop's `private` key. Raises ReviewError."""
    save_file(path, sealed_bytes(notice, network, Signer(private=private, authority=authority, handed=handed)))


def sealed_bytes(said: Extract | Notice, network: NetworkKey, signer: Signer) -> bytes:
    """The bytes of the file. Raises ReviewError for what the network could not read (`bounds`)."""
    part, content = bounds.fault(said), plain_bytes(said)
    if part or len(content) > LONGEST_LINE:
        raise ReviewError(
            _("what this visit says is more than an extract can hold ({part})", part=part or _("its size")),
            do=_("shorten it in the visit, and make the extract again"),
        )
    kind: FileKind = "extract" if isinstance(said, Extract) else "extract-notice"
    statement = _statement(kind, network.public_key, said.visit, content)
    manifest = _Manifest(
        signing.public_of(signer.private).hex(),
        signing.sign(signer.private, statement),
        signing.public_of(signer.authority).hex() if signer.authority else "",
        signing.sign(signer.authority, statement) if signer.authority else "",
        signer.handed,
    )
    deflated = zlib.compress(msgspec.json.encode(manifest) + b"\n" + content + b"\n", 6)
    cover = msgspec.json.encode(_Cover(kind, FORMAT, network.public_key))
    sealed = bytes(pyrage.encrypt(deflated, [pyrage.x25519.Recipient.from_str(network.public_key)]))
    return cover + b"\n" + sealed


def plain_bytes(said: Extract | Notice) -> bytes:
    """Exactly what the file says, before it is sealed."""
    return msgspec.json.encode(said, order="deterministic")


def read_sealed(path: Path, identity: str) -> SealedExtract:
    """What a file holds that is sealed to the key of this `identity`.

    Raises Damaged for one that was cut short, altered, made for another network, or that holds what no extract does,
    and NewerVersion for one of a later version.
    """
    name = path.name
    raw = _raw(path)
    cover, sealed = _cover(name, raw)
    if cover.network != public_of(identity):
        raise Damaged(
            _("{name} was made for another network", name=name),
            do=_("ask the team's lead for one made with this network's key file"),
        )
    try:
        deflated = bytes(pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(identity)]))
    except pyrage.DecryptError as error:
        raise Damaged(_("{name} was cut short or changed", name=name), do=_AGAIN) from error
    lines = []
    for line in pack.inflated_lines(name, deflated):
        lines.append(line)
        if len(lines) > _LINES:
            raise _no_extract(name, _("it has too many lines"))
    if len(lines) != _LINES:
        raise _no_extract(name, _("it has too few lines"))
    return _checked(name, cover, lines[0], lines[1], hashlib.sha256(raw).hexdigest())


def sealed_to(path: Path) -> str:
    """The public key (`age1...`) that an extract or a notice is sealed to. Raises Damaged for any other file."""
    cover, __ = _cover(path.name, _raw(path))
    return cover.network


def _raw(path: Path) -> bytes:
    try:
        raw = read_whole(path, LARGEST_FILE)
    except OSError as error:
        raise Damaged(
            _("{name} cannot be read: {why}", name=path.name, why=reason_of(error)),
            do=_("check the USB stick and the file"),
        ) from error
    if len(raw) > LARGEST_FILE:
        raise Damaged(_("{name} is larger than any extract", name=path.name), do=_("check that it is the right file"))
    return raw


def _cover(name: str, raw: bytes) -> tuple[_Cover, bytes]:
    line, separator, _rest = raw[: _LONGEST_COVER + 1].partition(b"\n")
    foreign = Damaged(
        _("{name} is not an extract of a visit", name=name), do=_("choose a file made with: visit extract")
    )
    if not separator:
        raise foreign
    try:
        if msgspec.json.decode(line, type=_CoverKind).format > FORMAT:
            raise _newer(name)
        cover = msgspec.json.decode(line, type=_Cover)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise foreign from error
    return cover, raw[len(line) + 1 :]


class _CoverKind(msgspec.Struct):
    reviewapp: FileKind
    format: int


def _checked(name: str, cover: _Cover, first: bytes, content: bytes, file_digest: str) -> SealedExtract:
    type_: type[Extract] | type[Notice] = Extract if cover.reviewapp == "extract" else Notice
    try:
        manifest = msgspec.json.decode(first, type=_Manifest)
        if msgspec.json.decode(content, type=_Versioned).format > FORMAT:
            raise _newer(name)
        said = msgspec.json.decode(content, type=type_)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise _no_extract(name, str(error)[:120]) from error
    statement = _statement(cover.reviewapp, cover.network, said.visit, content)
    if not signing.verified(manifest.public_key, manifest.signature, statement):
        raise Damaged(_("the signature of {name} is wrong", name=name), do=_AGAIN)
    part = bounds.fault(said)
    if part:
        raise _no_extract(name, _("{part} is out of bounds", part=part))
    return SealedExtract(
        extract=said if isinstance(said, Extract) else None,
        notice=said if isinstance(said, Notice) else None,
        device=signing.device_of(manifest.public_key),
        public_key=manifest.public_key.lower(),
        authorities=_authorities(name, manifest, said.visit, statement),
        file_digest=file_digest,
    )


class _Versioned(msgspec.Struct):
    format: int = FORMAT


def _authorities(name: str, manifest: _Manifest, visit: str, statement: bytes) -> tuple[str, ...]:
    """The lead's keys of a manifest. Raises Damaged where they prove nothing."""
    if not manifest.authority and not manifest.handed:
        return ()
    keys = handing_on.keys_of(visit, manifest.authority, manifest.handed)
    if not keys or not signing.verified(manifest.authority, manifest.authority_signature, statement):
        raise Damaged(_("the lead's signature of {name} is wrong", name=name), do=_AGAIN)
    return keys


def _statement(kind: FileKind, network: str, visit: str, content: bytes) -> bytes:
    """The bytes that are signed: what it is, for whom, of which visit, and a hash of the content."""
    return f"reviewapp {kind} 1\n{network}\n{visit}\n{hashlib.sha256(content).hexdigest()}".encode()


def _newer(name: str) -> NewerVersion:
    return NewerVersion(
        _("{name} was written by a later version of the program", name=name), do=_("update this program first")
    )


def _no_extract(name: str, why: str) -> Damaged:
    return Damaged(_("{name} holds something that is no extract: {why}", name=name, why=why), do=_AGAIN)
