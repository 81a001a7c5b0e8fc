"""Small secrets under a key: what was sealed once opens in every version, and a file asks for no more than it may."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from reviewapp.store import key_copies, key_wrapping, keys
from reviewapp.store.home import Home
from reviewapp.store.key_wrapping import MOST_MEMORY_KIB, MOST_WORK, Argon2Params
from reviewapp.store.keys import KeyFile, Wrapped
from reviewapp.store.visit_key import VisitKey
from tests.core.store.test_new_keys import OLD, key_file

HOME_KEY, KEY = bytes(range(32)), bytes(range(32, 64))
SOUND = Argon2Params(salt=key_wrapping.encode(bytes(16)), memory_kib=64, passes=1)


def test_what_was_sealed_for_a_secret_key_opens_in_every_version() -> None:
    public = "j0DFrbaPJWJK5bIU6nZ6bslNgp09e14a0bpvPiE4KF8="
    sealed = "mEHAxzIoWEZ1/3pr0GOc4/BfjxjbR4kdIfcVOORN5Xw= tAVaEzPfuX2xi6cvXmh++kjfKpb6oBVXYwNPBhNAV3r02RHz"
    assert key_wrapping.public_of(HOME_KEY) == public
    assert key_wrapping.unwrap_with(HOME_KEY, sealed, "one purpose") == b"a secret"
    assert key_wrapping.unwrap_with(HOME_KEY, sealed, "another purpose") is None


@pytest.mark.parametrize(
    ("most", "beyond"),
    [
        ({"salt": key_wrapping.encode(bytes(8))}, {"salt": key_wrapping.encode(bytes(7))}),
        ({"salt": key_wrapping.encode(bytes(64))}, {"salt": key_wrapping.encode(bytes(65))}),
        ({"lanes": 1}, {"lanes": 0}),
        ({"lanes": 8}, {"lanes": 9, "memory_kib": 72}),
        ({"memory_kib": 16, "lanes": 2}, {"memory_kib": 15, "lanes": 2}),
        ({"memory_kib": MOST_MEMORY_KIB}, {"memory_kib": MOST_MEMORY_KIB + 1}),
        ({"passes": 10}, {"passes": 11}),
        ({"memory_kib": MOST_WORK // 4, "passes": 4}, {"memory_kib": MOST_WORK // 4 + 1, "passes": 4}),
    ],
)
def test_the_most_a_file_may_ask_for_is_taken_and_no_more(most: dict[str, object], beyond: dict[str, object]) -> None:
    assert msgspec.structs.replace(SOUND, **most).reasonable() is True
    assert msgspec.structs.replace(SOUND, **beyond).reasonable() is False


def test_a_visit_key_from_before_home_keys_were_made_anew_still_opens() -> None:
    old = VisitKey(store=1, sealed=key_wrapping.wrap(HOME_KEY, KEY, "visit key"))
    assert old.opened(HOME_KEY) == KEY
    assert msgspec.structs.replace(old, visit="v", generation=1).opened(HOME_KEY) is None
    new = VisitKey.sealed_for("v", KEY, HOME_KEY, 3)
    assert key_wrapping.unwrap(HOME_KEY, new.sealed, "visit key v 3") == new.opened(HOME_KEY) == KEY


def test_a_home_key_from_before_there_were_generations_still_opens() -> None:
    stretched = SOUND.derive("long enough")
    one = Wrapped(SOUND, key_wrapping.wrap(stretched, KEY, "home key"))
    old = KeyFile(1, one, one)
    assert keys.unlock(old, "long enough") == KEY
    renewed = msgspec.structs.replace(old, generation=1)
    assert renewed.purpose() == "home key 1 " and old.purpose() == "home key"


def test_a_key_file_that_names_no_visit_serves_the_one_in_whose_folder_it_lies(tmp_path: Path) -> None:
    key_copies.write(tmp_path, key_file(1))
    VisitKey(store=1, sealed=key_wrapping.wrap(OLD, KEY, "visit key")).write(tmp_path)
    home = Home(tmp_path, OLD)
    assert home.key_in(tmp_path, of="0123456789abcdef") == KEY
