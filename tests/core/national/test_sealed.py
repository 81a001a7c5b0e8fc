"""The sealed file of an extract: read as it was written, and refused in one line for everything else."""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyrage
import pytest

from reviewapp.base.errors import Damaged, NewerVersion, ReviewError
from reviewapp.base.limits import LONGEST_LINE
from reviewapp.exchange import pack
from reviewapp.national import bounds, sealed
from reviewapp.national.model import AuditAnswers, Extract, Notice, Practice, Quote, Survey, SurveyAnswers, Value
from reviewapp.national.sealed import plain_bytes, read_sealed, sealed_bytes, write_extract, write_notice
from reviewapp.store import signing
from reviewapp.store.handing_on import Signer
from tests.core.national.an_extract import a_network, a_notice, an_extract

NETWORK, IDENTITY = a_network()
PRIVATE = signing.new_private_key()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "t07.extract"
    write_extract(path, an_extract(), network=NETWORK, private=PRIVATE)
    return path


def lines_of(raw: bytes) -> tuple[bytes, list[bytes]]:
    """The cover and the sealed lines of a file."""
    cover, _, rest = raw.partition(b"\n")
    return cover, zlib.decompress(pyrage.decrypt(rest, [pyrage.x25519.Identity.from_str(IDENTITY)])).splitlines()


def closed(cover: bytes, lines: Sequence[bytes]) -> bytes:
    """The file with these lines, as anybody could write it who knows the network's public key."""
    deflated = zlib.compress(b"".join(line + b"\n" for line in lines))
    return cover + b"\n" + bytes(pyrage.encrypt(deflated, [pyrage.x25519.Recipient.from_str(NETWORK.public_key)]))


def signed(content: bytes, kind: sealed.FileKind = "extract") -> bytes:
    """The file with this content, signed by a laptop that has a modified program."""
    visit = msgspec.json.decode(content).get("visit", "")
    statement = sealed._statement(kind, NETWORK.public_key, visit, content)
    manifest = {"public_key": signing.public_of(PRIVATE).hex(), "signature": signing.sign(PRIVATE, statement)}
    cover = {"reviewapp": kind, "format": 1, "network": NETWORK.public_key}
    return closed(msgspec.json.encode(cover), [msgspec.json.encode(manifest), content])


def refused(path: Path, raw: bytes) -> str:
    """The one line with which these bytes are refused."""
    path.write_bytes(raw)
    with pytest.raises((Damaged, NewerVersion)) as caught:
        read_sealed(path, IDENTITY)
    line = str(caught.value)
    assert "\n" not in line
    assert len(line) < 400
    return line


def test_an_extract_is_read_as_it_was_written(file: Path) -> None:
    read = read_sealed(file, IDENTITY)
    assert (read.extract, read.notice, read.visit) == (an_extract(), None, "v1")
    assert read.public_key == signing.public_of(PRIVATE).hex()
    assert read.device == signing.device_id(signing.public_of(PRIVATE))
    assert read.authorities == ()


def test_a_notice_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "t07.notice"
    write_notice(path, a_notice(), network=NETWORK, private=PRIVATE)
    read = read_sealed(path, IDENTITY)
    assert (read.extract, read.notice, read.visit) == (None, a_notice(), "v1")


def test_the_cover_names_no_visit_and_no_team(file: Path) -> None:
    cover = msgspec.json.decode(file.read_bytes().partition(b"\n")[0])
    assert set(cover) == {"reviewapp", "format", "network"}


def test_the_lead_s_key_is_told_with_an_extract(tmp_path: Path) -> None:
    path, authority = tmp_path / "x", signing.new_private_key()
    write_extract(path, an_extract(), network=NETWORK, private=PRIVATE, authority=authority)
    assert read_sealed(path, IDENTITY).authorities == (signing.public_of(authority).hex(),)


def test_one_for_another_network_is_refused(file: Path) -> None:
    with pytest.raises(Damaged, match="was made for another network"):
        read_sealed(file, a_network()[1])


def test_one_that_was_sealed_again_for_another_network_is_refused(file: Path) -> None:
    cover, lines = lines_of(file.read_bytes())
    other, identity = a_network()
    deflated = zlib.compress(b"".join(line + b"\n" for line in lines))
    body = pyrage.encrypt(deflated, [pyrage.x25519.Recipient.from_str(other.public_key)])
    file.write_bytes(cover.replace(NETWORK.public_key.encode(), other.public_key.encode()) + b"\n" + body)
    with pytest.raises(Damaged, match="signature"):
        read_sealed(file, identity)


def test_a_byte_that_was_altered_anywhere_is_noticed(file: Path) -> None:
    raw = file.read_bytes()
    for place in range(0, len(raw), 23):
        refused(file, raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])


def test_a_file_cut_short_anywhere_is_refused(file: Path) -> None:
    raw = file.read_bytes()
    for length in range(0, len(raw), 37):
        refused(file, raw[:length])


def test_an_altered_content_with_the_old_signature_is_refused(file: Path) -> None:
    cover, (first, content) = lines_of(file.read_bytes())
    assert "signature" in refused(file, closed(cover, [first, content.replace(b"not_met", b"met")[:-1] + b" }"]))


def test_a_later_version_is_told(file: Path) -> None:
    cover, (first, content) = lines_of(file.read_bytes())
    newer = cover.replace(b'"format":1', b'"format":2').replace(b"}", b',"new":1}')
    assert "later version" in refused(file, closed(newer, [first, content]))
    assert "later version" in refused(file, signed(content[:-1] + b',"format":2,"new":1}'))


def test_too_few_and_too_many_lines_are_refused(file: Path) -> None:
    cover, (first, content) = lines_of(file.read_bytes())
    assert "too few" in refused(file, closed(cover, [first]))
    assert "too many" in refused(file, closed(cover, [first, content, b"{}"]))
    assert "too few" in refused(file, closed(cover, []))


def test_what_inflates_without_end_is_refused_before_it_is_held(file: Path) -> None:
    cover, (first, _) = lines_of(file.read_bytes())
    assert "more than any" in refused(file, closed(cover, [first, b"x" * (LONGEST_LINE + 1)]))
    assert "too many" in refused(file, closed(cover, [b""] * 200_000))


def test_a_file_larger_than_any_extract_is_not_read(file: Path) -> None:
    assert "larger" in refused(file, b"x" * (sealed.LARGEST_FILE + 1))


def test_deep_nesting_is_refused(file: Path) -> None:
    deep = b'{"visit":"v1","values":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    path_content = deep.replace(b"[" * 100_000 + b"]" * 100_000, b"{}")
    assert "no extract" in refused(file, signed(path_content))
    cover, (first, _) = lines_of(sealed_bytes(an_extract(), NETWORK, Signer(private=PRIVATE)))
    assert "no extract" in refused(file, closed(cover, [first, deep]))


def test_a_field_that_nobody_knows_is_refused(file: Path) -> None:
    content = plain_bytes(an_extract())
    assert "no extract" in refused(file, signed(content[:-1] + b',"person":"R2"}'))


@pytest.mark.parametrize(
    "changed",
    [
        {"visit": "../x"}, {"visit": ""}, {"revision": 0}, {"revision": 10**9}, {"team": ""}, {"team": " T1"},
        {"team": "x" * 41}, {"team": "a\nb"}, {"cycle": ""}, {"month": "2026-13"}, {"month": "2026-05-12"},
        {"scope": ""}, {"round": "x" * 300}, {"values": {"": Value()}}, {"values": {"x" * 121: Value()}},
        {"values": {str(n): Value() for n in range(1001)}}, {"values": {"1": Value(score=-1, basis="peer")}},
        {"values": {"1": Value(lowest=4, highest=2)}}, {"values": {"1": Value(counts="met")}},
        {"values": {"1": Value(basis="peer")}}, {"values": {"1": Value(criteria={"": "met"})}},
        {"surveys": {"carer": Survey(respondents=-1)}}, {"surveys": {"carer": Survey(respondents=1_000_001)}},
        {"surveys": {"c": Survey(standards={"1": SurveyAnswers(yes=-1)})}}, {"audit": {"A1": AuditAnswers(no=-1)}},
        {"context": {"caseload": math.inf}}, {"context": {"caseload": 1e12}}, {"context": {"a\tb": 1}},
        {"spoken": {"patient": -1}}, {"reviewers": {"": 1}}, {"actions": {"1": {"open": -1}}},
        {"actions": {"1": {"": 1}}}, {"quotes": (Quote(record="", text="x", group="carer"),)},
        {"quotes": (Quote(record="a", text=" ", group="carer"),)},
        {"quotes": (Quote(record="a", text="x" * 100_001, group="carer"),)},
        {"quotes": (Quote(record="a", text="x\x1b[2J", group="carer"),)},
        {"quotes": (Quote(record="a", text="x", group="carer"), Quote(record="a", text="y", group="carer"))},
        {"practice": (Practice(record="a", text="x", team="y" * 701),)},
        {"quotes": tuple(Quote(record=str(n), text="x", group="carer") for n in range(5001))},
    ],
)  # fmt: skip
def test_a_value_out_of_bounds_is_neither_written_nor_read(file: Path, changed: dict[str, Any]) -> None:
    extract = an_extract(**changed)
    with pytest.raises(ReviewError, match="more than an extract can hold"):
        sealed_bytes(extract, NETWORK, Signer(private=PRIVATE))
    assert "no extract" in refused(file, signed(plain_bytes(extract)))


def test_an_empty_notice_and_one_with_a_record_twice_are_refused(file: Path) -> None:
    for notice in (Notice(visit="v1"), Notice(visit="v1", records=("a",), hidden=("a",))):
        assert "no extract" in refused(file, signed(plain_bytes(notice), "extract-notice"))


def test_an_extract_in_the_place_of_a_notice_is_refused(file: Path) -> None:
    assert "no extract" in refused(file, signed(plain_bytes(an_extract()), "extract-notice"))


def test_a_lead_s_key_that_proves_nothing_is_refused(file: Path) -> None:
    content = plain_bytes(an_extract())
    statement = sealed._statement("extract", NETWORK.public_key, "v1", content)
    manifest = {
        "public_key": signing.public_of(PRIVATE).hex(), "signature": signing.sign(PRIVATE, statement),
        "authority": signing.public_of(signing.new_private_key()).hex(), "authority_signature": "00",
    }  # fmt: skip
    cover = msgspec.json.encode({"reviewapp": "extract", "format": 1, "network": NETWORK.public_key})
    assert "lead's signature" in refused(file, closed(cover, [msgspec.json.encode(manifest), content]))


def test_a_laptop_of_a_visit_says_that_the_file_is_for_the_office(file: Path) -> None:
    with pytest.raises(Damaged, match="was made for the network"):
        pack.read_file(file)


def test_what_the_bounds_allow_is_within_one_line() -> None:
    assert bounds.fault(an_extract()) == ""
    assert len(plain_bytes(an_extract())) < 2_000


def test_equal_extracts_are_equal_bytes_before_they_are_sealed() -> None:
    turned = an_extract()
    other = msgspec.structs.replace(turned, values=dict(reversed(turned.values.items())))
    assert plain_bytes(turned) == plain_bytes(other)
    assert isinstance(turned, Extract)
