"""The key file of a network: plain text, read strictly, the same words on both screens."""

from __future__ import annotations

from pathlib import Path

import pyrage
import pytest

from reviewapp.base.errors import Damaged, Invalid, NewerVersion, ReviewError
from reviewapp.national.network_key import (
    NetworkKey,
    identity_of_home,
    of_home,
    public_of,
    read_network_key,
    write_network_key,
)
from tests.core.national.an_extract import a_network


@pytest.fixture
def network() -> NetworkKey:
    return a_network()[0]


@pytest.fixture
def file(network: NetworkKey, tmp_path: Path) -> Path:
    path = tmp_path / "example.network-key"
    write_network_key(path, network)
    return path


def test_what_is_written_is_read(file: Path, network: NetworkKey) -> None:
    assert read_network_key(file) == network
    assert read_network_key(file).words == network.words
    assert len(network.words.split()) == 4


def test_a_key_file_that_went_by_mail_is_read(file: Path, network: NetworkKey) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n") + b"\r\n")
    assert read_network_key(file) == network


def test_the_key_file_says_nothing_secret(file: Path) -> None:
    assert b"SECRET" not in file.read_bytes().upper()


def test_another_key_has_other_words(network: NetworkKey) -> None:
    assert a_network()[0].words != network.words


def test_what_is_no_key_file_is_refused_in_one_line(tmp_path: Path) -> None:
    for content in (b"", b"\xff\xfe", b"hello\n", b"age1xyz\n", b"reviewapp network key 1\n" * 1000):
        path = tmp_path / "other.txt"
        path.write_bytes(content)
        with pytest.raises(Invalid, match="is not the key file of a network"):
            read_network_key(path)
    with pytest.raises(Damaged, match="cannot be read"):
        read_network_key(tmp_path / "missing")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("key: age1", "key: age2"),
        ("name: Example network", "name:"),
        ("digest: 0a", "digest: zz"),
        ("set: set1", "set: ../x"),
        ("set: set1\n", ""),
        ("set: set1", "set: set1\nmore: 1"),
        ("instrument: qn-crhtt-4-pc", "instrument: " + "x" * 300),
    ],
)
def test_an_altered_key_file_is_refused(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    with pytest.raises(Damaged, match="was cut short or changed"):
        read_network_key(file)


def test_a_key_file_of_a_later_version_is_told(file: Path) -> None:
    file.write_text(file.read_text().replace("network key 1", "network key 2"))
    with pytest.raises(NewerVersion, match="later version"):
        read_network_key(file)


def test_a_name_of_two_lines_is_not_written(network: NetworkKey, tmp_path: Path) -> None:
    odd = NetworkKey(name="a\nset: x", public_key=network.public_key, set_id="s", instrument=network.instrument)
    with pytest.raises(ReviewError):
        write_network_key(tmp_path / "odd.network-key", odd)
    assert not (tmp_path / "odd.network-key").exists()


def test_the_key_of_a_home_is_one_that_age_knows() -> None:
    identity = identity_of_home(bytes(range(32)))
    assert of_home(bytes(range(32))).public_key == public_of(identity)
    sealed = pyrage.encrypt(b"x", [pyrage.x25519.Recipient.from_str(public_of(identity))])
    assert pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(identity)]) == b"x"
    assert identity_of_home(bytes(32)) != identity
