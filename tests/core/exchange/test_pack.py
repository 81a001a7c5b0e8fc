"""The format of a file that travels: what is cut short, altered, too large or not ours is refused by its reason."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

import msgspec
import pyrage
import pytest

from reviewapp.base import limits
from reviewapp.base.errors import Damaged, Invalid, NewerVersion, ReviewError
from reviewapp.exchange import pack
from reviewapp.exchange.phrase import plain_phrase
from reviewapp.exchange.visit_pack import new_identity
from tests.core.exchange.signed import Laptop, packed

COVER = pack.Cover("return", pack.WHOLE, "a" * 16)
IDENTITY = new_identity()


@pytest.fixture
def contents() -> pack.PackEntries:
    laptop = Laptop("R2")
    laptop.says("rating", "4/R2", "value", "met")
    laptop.says("rating", "4/R2", "note", "n")
    return packed(laptop)


def sealed(plain: bytes, *, deflate: bool = True, more: bytes = b"") -> bytes:
    """These lines, sealed as anybody could who has the visit's identity."""
    recipient = pyrage.x25519.Identity.from_str(IDENTITY).to_public()
    return bytes(pyrage.encrypt((zlib.compress(plain) if deflate else plain) + more, [recipient]))


def lines(contents: pack.PackEntries) -> bytes:
    return b"".join(msgspec.json.encode(one) + b"\n" for one in (contents.manifest, *contents.entries))


def refusal(content: bytes, identity: str = IDENTITY) -> str:
    with pytest.raises(Damaged) as error:
        pack.open_sealed("x.review", content, identity)
    assert error.value.do
    return error.value.what


# What is sealed ---------------------------------------------------------------------------------------------------


def test_what_is_sealed_is_what_is_opened(contents: pack.PackEntries) -> None:
    raw = pack.seal(COVER, contents.manifest, contents.entries, IDENTITY)
    cover, _, body = raw.partition(b"\n")
    assert msgspec.json.decode(cover) == {"reviewapp": "return", "format": 1, "visit": "a" * 16}
    assert pack.open_sealed("x", body, IDENTITY) == contents
    assert pack.open_sealed("x", sealed(lines(contents)), IDENTITY) == contents


def test_a_file_for_another_visit_or_with_a_byte_changed_does_not_open(contents: pack.PackEntries) -> None:
    body = sealed(lines(contents))
    altered = body[:-1] + bytes([body[-1] ^ 1])
    for content, identity in ((body, new_identity()), (altered, IDENTITY), (body[:-1], IDENTITY), (b"", IDENTITY)):
        assert refusal(content, identity) == "x.review was cut short or changed"
    assert refusal(body, "no identity") == "x.review was cut short or changed"


def test_what_is_inside_is_whole(contents: pack.PackEntries) -> None:
    plain = lines(contents)
    assert refusal(sealed(plain[:-1])) == "x.review was cut short or changed"
    assert refusal(sealed(zlib.compress(plain)[:-5], deflate=False)) == "x.review was cut short or changed"
    assert refusal(sealed(plain, more=b"and more")) == "x.review was cut short or changed"
    assert refusal(sealed(plain, deflate=False)) == "x.review was changed by someone"
    assert refusal(sealed(b"")) == "x.review is empty"
    assert refusal(sealed(plain + b"{}\n")).startswith("x.review contains something that is not an entry: ")
    assert refusal(sealed(b"[]\n")).startswith("x.review contains something that is not an entry: ")
    assert refusal(sealed(b"\xff\n")).startswith("x.review contains something that is not an entry: ")
    assert len(refusal(sealed(plain + b'{"' + b"x" * 5000 + b'":1}\n'))) < 200
    one = plain.splitlines(keepends=True)[-1]
    assert refusal(sealed(plain + one)) == "x.review contains 3 entries but says 2"
    assert refusal(sealed(plain.removesuffix(one))) == "x.review contains 1 entries but says 2"


# Bounds -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bound", "of"),
    [
        ("LARGEST_INFLATED", lambda plain: len(plain)),
        ("MOST_LINES", lambda plain: plain.count(b"\n")),
        ("LONGEST_LINE", lambda plain: max(map(len, plain.splitlines()))),
    ],
)
def test_a_file_is_written_and_read_up_to_each_bound_and_not_beyond(
    contents: pack.PackEntries, monkeypatch: pytest.MonkeyPatch, bound: str, of: Any
) -> None:
    plain = lines(contents)
    monkeypatch.setattr(pack, bound, of(plain))
    assert pack.seal(pack.as_part(COVER), contents.manifest, contents.entries, IDENTITY)
    assert pack.open_sealed("x", sealed(plain), IDENTITY) == contents
    monkeypatch.setattr(pack, bound, of(plain) - 1)
    with pytest.raises(ReviewError, match="too large for one work file"):
        pack.seal(pack.as_part(COVER), contents.manifest, contents.entries, IDENTITY)
    assert refusal(sealed(plain)) == "x.review contains more than any visit does"


def test_a_line_without_end_is_refused_before_all_of_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pack, "LONGEST_LINE", 100)
    assert refusal(sealed(b"x" * 10_000_000)) == "x.review contains more than any visit does"


def test_bounds_are_of_all_that_a_file_holds_and_not_of_a_piece_of_it(
    contents: pack.PackEntries, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is inflated comes in pieces of 64 kB."""
    first, *entries = lines(contents).splitlines(keepends=True)
    many = first + entries[0] * (4 * pack._CHUNK // len(entries[0]))
    for bound, held in (("LARGEST_INFLATED", len(many)), ("MOST_LINES", many.count(b"\n"))):
        with monkeypatch.context() as patch:
            patch.setattr(pack, bound, held)
            assert " entries but says " in refusal(sealed(many))
            patch.setattr(pack, bound, held - 1)
            assert refusal(sealed(many)) == "x.review contains more than any visit does"
    monkeypatch.setattr(pack, "LONGEST_LINE", pack._CHUNK)
    assert refusal(sealed(b" " * pack._CHUNK + b"\n")).startswith("x.review contains something that is not an entry")
    assert refusal(sealed(b" " * (pack._CHUNK + 1) + b"\n")) == "x.review contains more than any visit does"


def test_what_a_receipt_signs_is_how_far_each_laptop_is_held(contents: pack.PackEntries) -> None:
    other = Laptop("R3")
    devices = sorted((contents.manifest.devices[0], other.signed()), key=lambda one: one.device)
    manifest = msgspec.structs.replace(contents.manifest, devices=tuple(reversed(devices)))
    assert manifest.statement().decode().split("\n") == [
        "reviewapp receipt 1", manifest.visit, manifest.person, manifest.device,
        *(f"{one.device} {one.seq} {one.chain}" for one in devices),
    ]  # fmt: skip


def test_the_bounds_are_those_within_which_any_laptop_opens_a_file() -> None:
    assert (limits.LARGEST_OF_FORMAT_1, limits.LONGEST_LINE_OF_FORMAT_1) == (48 * 2**20, 2**20)
    assert (limits.LARGEST_FILE, limits.MOST_LINES) == (64 * 2**20, 100_000)


# The readable first line ------------------------------------------------------------------------------------------


def read(tmp_path: Path, content: bytes) -> tuple[pack.Cover, bytes]:
    path = tmp_path / "x.review"
    path.write_bytes(content)
    return pack.read_file(path)


def test_the_first_line_says_what_the_file_is(tmp_path: Path) -> None:
    assert read(tmp_path, msgspec.json.encode(COVER) + b"\nbody\nmore") == (COVER, b"body\nmore")
    assert read(tmp_path, msgspec.json.encode(COVER) + b"\n") == (COVER, b"")


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\n", b"body", msgspec.json.encode(COVER), b"{}\n", b"[]\n", b"\xff\xfe\n", b"PK\x03\x04\n",
        b'{"reviewapp":"return","format":1}\n', b'{"reviewapp":"other","format":1,"visit":"a"}\n', b"[" * 4000 + b"\n",
        b'{"reviewapp":"return","format":1,"visit":"a","more":1}\n',
        b'{"reviewapp":"return","format":"1","visit":"a"}\n',
        b" " * 4096 + msgspec.json.encode(COVER) + b"\n",
    ],
)  # fmt: skip
def test_a_file_of_something_else_is_called_that(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Damaged, match=r"x\.review is not a Reviewapp file"):
        read(tmp_path, content)


def test_the_first_line_is_as_long_as_it_may_be(tmp_path: Path) -> None:
    cover = msgspec.json.encode(COVER)
    assert read(tmp_path, cover + b" " * (4096 - len(cover)) + b"\nbody") == (COVER, b"body")


def test_a_file_of_a_later_version_is_called_that_whatever_else_it_says(tmp_path: Path) -> None:
    with pytest.raises(NewerVersion):
        read(tmp_path, b'{"reviewapp":"something new","format":3,"later":true}\nbody')


def test_a_file_that_cannot_be_read_or_is_too_large_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Damaged, match=r"absent cannot be read: "):
        pack.read_file(tmp_path / "absent")
    content = msgspec.json.encode(COVER) + b"\nbody"
    monkeypatch.setattr(pack, "LARGEST_FILE", len(content))
    assert read(tmp_path, content)[1] == b"body"
    with pytest.raises(Damaged, match="larger than any visit file"):
        read(tmp_path, content + b"!")


# The phrase -------------------------------------------------------------------------------------------------------


def test_a_phrase_is_the_same_however_it_is_typed_and_never_empty_or_endless() -> None:
    assert plain_phrase("  Soda\tFRAME\n favorite ") == "soda frame favorite"
    assert len(plain_phrase("x" * 500)) == 500
    for typed in ("", " \n", "x" * 501):
        with pytest.raises(Invalid) as error:
            plain_phrase(typed)
        assert error.value.field == "phrase"
