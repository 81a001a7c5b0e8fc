"""Wrong and damaged are different answers; a change of passphrase is one write."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import msgspec
import pytest

from reviewapp.base.errors import Damaged, Invalid, NewerVersion, ReviewError, WrongPassphrase
from reviewapp.store import key_wrapping, keys
from reviewapp.store.home import Home
from reviewapp.store.key_wrapping import Argon2Params
from tests.key_stretch import costs_of_the_program


def test_the_passphrase_and_the_recovery_code_open_the_same_key(tmp_path: Path) -> None:
    key, code = keys.create(tmp_path, "long enough")
    assert keys.unlock(keys.read(tmp_path), "long enough") == key
    assert keys.unlock_with_code(keys.read(tmp_path), f"  {code.lower().replace('-', ' ')} ") == key


def test_a_backup_opens_with_either_secret(tmp_path: Path) -> None:
    key, code = keys.create(tmp_path, "long enough")
    found = keys.read(tmp_path)
    assert keys.unlock_with_either(found, "long enough") == keys.unlock_with_either(found, code) == key
    with pytest.raises(WrongPassphrase):
        keys.unlock_with_either(found, "neither of them")


def test_a_wrong_passphrase_is_never_called_damage(tmp_path: Path) -> None:
    keys.create(tmp_path, "long enough")
    with pytest.raises(WrongPassphrase):
        keys.unlock(keys.read(tmp_path), "Long enough")
    with pytest.raises(WrongPassphrase):
        keys.unlock_with_code(keys.read(tmp_path), "AAAA-BBBB")


def test_a_damaged_key_file_is_never_called_a_wrong_passphrase(tmp_path: Path) -> None:
    keys.create(tmp_path, "long enough")
    path = keys.path_of(tmp_path)
    stored = json.loads(path.read_text())
    stored["keys"]["passphrase"]["sealed"] = stored["keys"]["recovery"]["sealed"]
    for content in (json.dumps(stored).encode(), b"", b"{}", path.read_bytes()[:-20], b"\xff\xfe"):
        path.write_bytes(content)
        with pytest.raises(Damaged):
            keys.read(tmp_path)


def test_a_key_file_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    keys.create(tmp_path, "long enough")
    path = keys.path_of(tmp_path)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": keys.FORMAT + 1}))
    with pytest.raises(NewerVersion):
        keys.read(tmp_path)


def test_a_new_home_key_is_wrapped_for_a_code_that_nobody_typed_and_the_old_one_opens_nothing_of_it(
    tmp_path: Path,
) -> None:
    key, code = keys.create(tmp_path, "long enough")
    old, fresh = keys.read(tmp_path), bytes(range(32))
    made = keys.wrapped(fresh, 2, "another one", old.recovery)
    assert keys.unlock(made, "another one") == keys.unlock_with_code(made, code) == fresh != key
    with pytest.raises(WrongPassphrase):
        keys.unlock(made, "long enough")
    assert keys.unlock(old, "long enough") == keys.unlock_with_code(old, code) == key


def test_nothing_of_one_key_file_can_be_put_into_another(tmp_path: Path) -> None:
    """Neither the generation nor the public half of the code, else the next home key would be sealed for a stranger."""
    keys.create(tmp_path, "long enough")
    found = keys.read(tmp_path)
    stranger = keys.recovery_of(keys.new_recovery_code())
    swapped = msgspec.structs.replace(found.recovery, public=stranger.public, stretch=stranger.stretch)
    for altered in (
        msgspec.structs.replace(found, generation=2),
        msgspec.structs.replace(found, recovery=swapped),
        msgspec.structs.replace(found, generation=0),
    ):
        with pytest.raises(WrongPassphrase):
            keys.unlock(altered, "long enough")


def test_a_seal_that_is_none_is_damage_and_no_wrong_passphrase(tmp_path: Path) -> None:
    __, code = keys.create(tmp_path, "long enough")
    found = keys.read(tmp_path)
    for sealed in ("", "no base64!", "AAAA"):
        under = msgspec.structs.replace(found.passphrase, sealed=sealed)
        with pytest.raises(Damaged):
            keys.unlock(msgspec.structs.replace(found, passphrase=under), "long enough")
        to = msgspec.structs.replace(found.recovery, sealed=sealed)
        with pytest.raises(Damaged):
            keys.unlock_with_code(msgspec.structs.replace(found, recovery=to), code)


def test_a_seal_for_the_code_that_its_code_does_not_open_is_damage_and_no_wrong_code(tmp_path: Path) -> None:
    key, code = keys.create(tmp_path, "long enough")
    found = keys.read(tmp_path)
    other = key_wrapping.wrap_for(found.recovery.public, key, "of another generation")
    to = msgspec.structs.replace(found.recovery, sealed=other)
    with pytest.raises(Damaged):
        keys.unlock_with_code(msgspec.structs.replace(found, recovery=to), code)


def test_a_short_passphrase_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(Invalid) as refused:
        keys.create(tmp_path, "short")
    assert refused.value.field == "passphrase" and not keys.path_of(tmp_path).exists()
    key, _ = keys.create(tmp_path, "6 will")
    assert keys.unlock(keys.read(tmp_path), "6 will") == key
    with pytest.raises(Invalid):
        keys.wrapped(key, 2, "short", keys.read(tmp_path).recovery)


def test_the_key_file_is_for_its_owner_only_and_holds_no_secret(tmp_path: Path) -> None:
    key, code = keys.create(tmp_path, "long enough")
    path = keys.path_of(tmp_path)
    assert path.stat().st_mode & 0o077 == 0
    raw = path.read_bytes()
    assert key.hex().encode() not in raw and code.encode() not in raw and b"long enough" not in raw


def test_a_recovery_code_is_eight_groups_of_four_without_look_alikes_and_none_comes_twice() -> None:
    codes = [keys.new_recovery_code() for _ in range(20)]
    for code in codes:
        assert re.fullmatch("(?:[A-HJKMNP-Z2-9]{4}-){7}[A-HJKMNP-Z2-9]{4}", code)
    assert len(set(codes)) == len(codes)


def test_a_recovery_code_means_its_capitals_however_it_is_typed() -> None:
    """A key was derived from the capitals, on every laptop so far: another form would open none of them."""
    assert keys.plain_code(" abCD-2345\tEFGH --  jk m9\n") == "ABCD2345EFGHJKM9"


def test_a_new_key_has_256_bits(tmp_path: Path) -> None:
    key, _ = keys.create(tmp_path, "long enough")
    assert len(key) == 32


def test_the_checksum_is_that_of_the_canonical_json() -> None:
    """Every version has to work it out alike, whatever order its fields are declared in."""
    wrapped = keys.Wrapped(Argon2Params(salt="c2FsdA==", memory_kib=8, passes=1), "sealed")
    for found in (keys.KeyFile(1, wrapped, wrapped), keys.KeyFile(2, wrapped, wrapped, 3)):
        canonical = json.dumps(msgspec.to_builtins(found), sort_keys=True, separators=(",", ":"))
        assert found.checksum() == hashlib.sha256(canonical.encode()).hexdigest()
    assert set(msgspec.to_builtins(keys.KeyFile(1, wrapped, wrapped))) == {"format", "passphrase", "recovery"}


ABSURD = (
    {"memory_kib": 1 << 30}, {"memory_kib": 1 << 70}, {"memory_kib": 7}, {"memory_kib": -1},
    {"passes": 1 << 31}, {"passes": 11}, {"passes": 0}, {"lanes": 0}, {"lanes": 1 << 24},
    {"memory_kib": 131072, "passes": 10}, {"memory_kib": 8, "lanes": 4}, {"salt": ""}, {"salt": "no base64!"},
    {"salt": "A" * 4000},
)  # fmt: skip


@pytest.mark.parametrize("absurd", ABSURD)
@pytest.mark.parametrize("one", ["passphrase", "recovery"])
def test_a_key_file_with_absurd_costs_is_called_damaged_before_anything_is_derived(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one: str, absurd: dict[str, int | str]
) -> None:
    keys.create(tmp_path, "long enough")
    stored = json.loads(keys.path_of(tmp_path).read_text())
    stored["keys"][one]["stretch"].update(absurd)
    stored["checksum"] = hashlib.sha256(
        json.dumps(stored["keys"], sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()
    keys.path_of(tmp_path).write_text(json.dumps(stored))
    monkeypatch.setattr(Argon2Params, "derive", lambda *_: pytest.fail("something was derived"))
    with pytest.raises(Damaged, match=r"the key file .* is damaged"):
        keys.read(tmp_path)


def test_no_more_of_a_key_file_is_read_than_one_can_hold(tmp_path: Path) -> None:
    keys.create(tmp_path, "long enough")
    path = keys.path_of(tmp_path)
    path.write_bytes(path.read_bytes().ljust(keys.LARGEST + 1))
    with pytest.raises(Damaged):
        keys.read(tmp_path)


def test_a_key_file_that_cannot_be_read_is_not_called_damaged_and_a_folder_in_its_place_is(tmp_path: Path) -> None:
    path = keys.path_of(tmp_path)
    with pytest.raises(Damaged, match="is missing"):
        keys.read(tmp_path)
    path.symlink_to(path)
    with pytest.raises(ReviewError, match="cannot be read: ") as refused:
        keys.read(tmp_path)
    assert not isinstance(refused.value, Damaged)
    path.unlink()
    path.mkdir()
    with pytest.raises(Damaged, match="is damaged"):
        keys.read(tmp_path)


def test_a_passphrase_costs_64_mb_and_three_passes_wherever_it_is_set(tmp_path: Path) -> None:
    """A smaller cost would make every stolen laptop cheaper to open; the program has no setting for it."""

    def costs() -> list[tuple[int, int, int]]:
        found = keys.read(tmp_path)
        return [
            (one.stretch.memory_kib, one.stretch.passes, one.stretch.lanes)
            for one in (found.passphrase, found.recovery)
        ]

    whole = [(65536, 3, 1), (8192, 1, 1)]
    with costs_of_the_program():
        home, code = Home.create(tmp_path, "long enough")
        assert costs() == whole
        home.change_passphrase("long enough", "another one")
        assert costs() == whole
        Home.recover(tmp_path, code, "a third one")
        assert costs() == whole
        Home.unlock(tmp_path, "a third one").renew_recovery_code("a third one")
        assert costs() == whole


@pytest.mark.parametrize("secret", ["", "plain", "Größe 日本 😀", "x" * 3000])
def test_what_is_made_of_a_secret_to_derive_a_key_is_wiped(secret: str) -> None:
    with key_wrapping._encoded(secret) as raw:
        room = raw.obj
        assert bytes(raw) == secret.encode("utf-8")
    assert isinstance(room, bytearray) and not any(room)
