"""The format of a file that travels: one readable line that names its kind, then age around deflated JSON Lines.

The lines are a manifest and then entries (of a carry-over: `exchange.carry_over`). Reading is bounded in every
direction before anything is believed: size of the file, of what it inflates to, of a line, number of lines. Every fault
raises `Damaged` with a reason. Whether the entries may be believed is decided in `pack_checks`.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Literal

import msgspec
import pyrage

from reviewapp.base.errors import Damaged, NewerVersion, ReviewError
from reviewapp.base.files import read_whole, reason_of
from reviewapp.base.i18n import _
from reviewapp.base.limits import (
    LARGEST_FILE,
    LARGEST_INFLATED,
    LARGEST_OF_FORMAT_1,
    LONGEST_LINE,
    LONGEST_LINE_OF_FORMAT_1,
    MOST_LINES,
)
from reviewapp.store.entry import Entry
from reviewapp.store.forks import NONE, Story, Tree
from reviewapp.store.key_wrapping import Argon2Params
from reviewapp.store.signing import Device

FORMAT = 2
"""A file that is one of several, or in which a laptop forked; any other is of format 1, which earlier versions open."""
WHOLE = 1
MOST_PARTS = 10_000
_FILES = re.compile(r"[0-9a-f]{16}")
_LONGEST_COVER = 4096
_CHUNK = 64 * 1024
_AGAIN = _("ask for the file again, or copy it again from the USB stick")

PackKind = Literal["visit-pack", "return", "receipt", "carry-over"]


OF_NETWORK = ("extract", "extract-notice")
"""The kinds of what a visit gives to its network (`national.sealed`): no laptop of a visit takes one in."""


class PhraseLock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The visit's identity, encrypted under the visit phrase, with the Argon2 parameters of its key."""

    stretch: Argon2Params
    sealed: str


class Cover(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The readable first line of a pack. It names neither the service nor the people."""

    reviewapp: PackKind
    format: int
    visit: str
    phrase: PhraseLock | None = None


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which of several files this is that were written together: the one with this number, from 1, of so many.

    `files` names them all; `sender` is the signed head of the laptop that wrote them, whose entries may be in another.
    """

    files: str
    number: int
    of: int
    sender: Device

    @property
    def is_sound(self) -> bool:
        """Whether the numbers can be, and the name is one that this program makes."""
        return 1 <= self.number <= self.of <= MOST_PARTS and bool(_FILES.fullmatch(self.files))


class Shared(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    """Where the entries of a branch are, of a laptop that forked: both numbers are places in the list of heads.

    The first `seq` entries are those of the head at `after`, which comes before (-1: none); its own follow at the end
    of the file, in the order of this list.
    """

    head: int
    after: int
    seq: int


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The first sealed line: whose file this is, and the signed head of every device in it."""

    visit: str
    person: str
    device: str
    entries: int
    devices: tuple[Device, ...]
    proof: str = ""
    """The signature of the device that wrote the file over the heads in `devices`; files from before, but for
    receipts, have none."""
    authority: str = ""
    """On a receipt: the signature of the visit's key of authority over the same."""
    part: Part | None = None
    """On one of several files: which."""
    branches: tuple[Shared, ...] = ()
    """The heads of laptops that forked; of any other laptop there is one head."""

    def statement(self) -> bytes:
        """The bytes that `proof` signs on a receipt."""
        return self._signed("receipt")

    def holdings(self) -> bytes:
        """The bytes that `proof` signs on a return or a visit pack, which are never those of a receipt."""
        return self._signed("holds")

    def _signed(self, what: str) -> bytes:
        held = "\n".join(f"{d.device} {d.seq} {d.chain}" for d in sorted(self.devices, key=_by_device))
        return f"reviewapp {what} 1\n{self.visit}\n{self.person}\n{self.device}\n{held}".encode()


class PackEntries(msgspec.Struct, frozen=True):
    """An opened pack, in bounds and well formed, but with nothing in it verified yet."""

    manifest: Manifest
    entries: list[Entry]
    stories: tuple[Story, ...] = ()
    """Once verified: what of it is taken, laptop by laptop and branch by branch."""
    tree: Tree = NONE
    """Once verified: the laptops in it that forked, by whose branches the entries go."""


class _FormatOnly(msgspec.Struct):
    reviewapp: str
    format: int


class TooLarge(ReviewError):
    """What was to be sealed exceeds the bounds within which another laptop opens a file."""

    def __init__(self) -> None:
        super().__init__(
            _("this visit is now too large for one work file"),
            do=_("save a backup, and create a new visit for what still has to be recorded"),
            kept=_("all of it is safe on this laptop"),
        )


def seal(cover: Cover, manifest: Manifest, entries: Iterable[Entry], identity: str) -> bytes:
    """The bytes of a pack, encrypted to the visit's identity.

    Raises TooLarge when it exceeds the bounds within which another laptop would open it.
    """
    whole = cover.format == WHOLE
    most, longest = (LARGEST_OF_FORMAT_1, LONGEST_LINE_OF_FORMAT_1) if whole else (LARGEST_INFLATED, LONGEST_LINE)
    deflate = zlib.compressobj(6)
    parts, total, count = [], 0, 0
    for line in chain([msgspec.json.encode(manifest)], map(msgspec.json.encode, entries)):
        total, count = total + len(line) + 1, count + 1
        if total > most or count > MOST_LINES or len(line) > longest:
            raise TooLarge
        parts.append(deflate.compress(line + b"\n"))
    parts.append(deflate.flush())
    recipient = pyrage.x25519.Identity.from_str(identity).to_public()
    sealed = msgspec.json.encode(cover) + b"\n" + bytes(pyrage.encrypt(b"".join(parts), [recipient]))
    if len(sealed) > LARGEST_FILE:
        raise TooLarge
    return sealed


def as_part(cover: Cover) -> Cover:
    """The cover of a file that is one of several, which versions before them do not open."""
    return msgspec.structs.replace(cover, format=FORMAT)


def read_file(path: Path) -> tuple[Cover, bytes]:
    """The cover of a pack and its encrypted content. Raises Damaged or NewerVersion."""
    try:
        raw = read_whole(path, LARGEST_FILE)
    except OSError as error:
        raise Damaged(
            _("{name} cannot be read: {why}", name=path.name, why=reason_of(error)),
            do=_("check the USB stick and the file"),
        ) from error
    if len(raw) > LARGEST_FILE:
        raise Damaged(
            _("{name} is larger than any visit file", name=path.name), do=_("check that it is the right file")
        )
    line, separator, sealed = raw.partition(b"\n")
    foreign = Damaged(_("{name} is not a Reviewapp file", name=path.name), do=_("choose a visit pack or a work file"))
    if not separator or len(line) > _LONGEST_COVER:
        raise foreign
    try:
        first = msgspec.json.decode(line, type=_FormatOnly)
        if first.reviewapp in OF_NETWORK:
            raise Damaged(
                _("{name} was made for the network, not for a laptop of this visit", name=path.name),
                do=_("give it to the network's office, which imports it with: national join"),
            )
        if first.format > FORMAT:
            raise NewerVersion(
                _("{name} was written by a later version of the program", name=path.name), do=_("update this laptop")
            )
        cover = msgspec.json.decode(line, type=Cover)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise foreign from error
    return cover, sealed


def open_sealed(name: str, sealed: bytes, identity: str) -> PackEntries:
    """The manifest and entries of an encrypted pack. Raises Damaged when it is cut short, altered, or out of bounds."""
    try:
        deflated = bytes(pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(identity)]))
    except (pyrage.DecryptError, pyrage.IdentityError) as error:
        raise Damaged(_("{name} was cut short or changed", name=name), do=_AGAIN) from error
    lines = inflated_lines(name, deflated)
    try:
        manifest = msgspec.json.decode(next(lines), type=Manifest)
        decoder = msgspec.json.Decoder(Entry)
        entries = [decoder.decode(line) for line in lines]
    except StopIteration as error:
        raise Damaged(_("{name} is empty", name=name), do=_AGAIN) from error
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Damaged(
            _("{name} contains something that is not an entry: {short}", name=name, short=_short(error)), do=_AGAIN
        ) from error
    if len(entries) != manifest.entries:
        raise Damaged(
            _("{name} contains {n} entries but says {entries}", name=name, n=len(entries), entries=manifest.entries),
            do=_AGAIN,
        )
    return PackEntries(manifest, entries)


def _by_device(device: Device) -> tuple[str, int, str]:
    return device.device, device.seq, device.chain


def inflated_lines(name: str, deflated: bytes) -> Iterator[bytes]:
    """The lines of deflated content, inflated piece by piece. Raises Damaged beyond the bounds of a pack."""
    inflate = zlib.decompressobj()
    rest, total, count = b"", 0, 0
    data = deflated
    while data and not inflate.eof:
        try:
            piece = inflate.decompress(data, _CHUNK)
        except zlib.error as error:
            raise Damaged(_("{name} was changed by someone", name=name), do=_AGAIN) from error
        data = inflate.unconsumed_tail
        total += len(piece)
        *whole, rest = (rest + piece).split(b"\n")
        count += len(whole)
        if total > LARGEST_INFLATED or count > MOST_LINES or len(rest) > LONGEST_LINE:
            raise Damaged(
                _("{name} contains more than any visit does", name=name), do=_("do not use it; ask where it came from")
            )
        for line in whole:
            if len(line) > LONGEST_LINE:
                raise Damaged(
                    _("{name} contains more than any visit does", name=name),
                    do=_("do not use it; ask where it came from"),
                )
            yield line
    if rest or not inflate.eof or inflate.unused_data:
        raise Damaged(_("{name} was cut short or changed", name=name), do=_AGAIN)


def _short(error: Exception) -> str:
    """The start of the decoder's message, which names fields and types but never repeats a value at length."""
    return str(error)[:120]
