"""A laptop signs what it says of its journal, and nobody else can."""

from __future__ import annotations

import hashlib

import msgspec
import pytest

from reviewapp.store import key_wrapping, signing
from reviewapp.store.key_wrapping import Argon2Cost, Argon2Params

PRIVATE = signing.new_private_key()
DEVICE = signing.sign_head(PRIVATE, visit="v1", person="R2", seq=3, chain="c" * 64)


def test_a_laptop_is_known_by_the_hash_of_its_key() -> None:
    public = signing.public_of(PRIVATE)
    assert DEVICE.device == signing.device_id(public) == hashlib.sha256(b"reviewapp device" + public).hexdigest()[:32]
    assert DEVICE.public_key == public.hex() and len(public) == len(PRIVATE) == 32
    assert signing.new_private_key() != PRIVATE


def test_what_is_signed_is_the_visit_the_laptop_its_person_and_how_far_it_has_come() -> None:
    assert DEVICE.statement("v1").decode().split("\n") == ["reviewapp 1", "v1", DEVICE.device, "R2", "3", "c" * 64]
    assert DEVICE.verifies("v1") is True and DEVICE.verifies("v2") is False


@pytest.mark.parametrize(
    "change",
    [{"person": "R3"}, {"seq": 4}, {"chain": "d" * 64}, {"signature": "00" * 64}, {"signature": "no hex"},
     {"signature": ""}, {"public_key": signing.public_of(signing.new_private_key()).hex()}, {"public_key": "xy"},
     {"device": "0" * 32}, {"public_key": ""}],
)  # fmt: skip
def test_anything_else_is_not(change: dict[str, object]) -> None:
    assert msgspec.structs.replace(DEVICE, **change).verifies("v1") is False


def test_a_laptop_with_a_key_of_its_own_cannot_sign_as_another() -> None:
    other = signing.sign_head(signing.new_private_key(), visit="v1", person="R2", seq=3, chain="c" * 64)
    assert other.verifies("v1") is True
    assert msgspec.structs.replace(other, device=DEVICE.device).verifies("v1") is False
    assert msgspec.structs.replace(DEVICE, signature=other.signature).verifies("v1") is False


def test_a_head_signed_with_another_key_in_the_name_of_a_laptop_is_not_that_laptops() -> None:
    """The signature itself is sound; that the id is the hash of the key is all that tells."""
    private = signing.new_private_key()
    forged = msgspec.structs.replace(DEVICE, public_key=signing.public_of(private).hex(), signature="")
    forged = msgspec.structs.replace(forged, signature=signing.sign(private, forged.statement("v1")))
    assert signing.signed_by(forged, forged.signature, forged.statement("v1"))
    assert forged.verifies("v1") is False


def test_a_statement_is_signed_by_whoever_signed_it() -> None:
    signature = signing.sign(PRIVATE, b"so much is held")
    assert signing.signed_by(DEVICE, signature, b"so much is held") is True
    assert signing.signed_by(DEVICE, signature, b"so much more is held") is False
    for bad in ("", "no hex", "00" * 64, signing.sign(signing.new_private_key(), b"so much is held")):
        assert signing.signed_by(DEVICE, bad, b"so much is held") is False


# Secrets ----------------------------------------------------------------------------------------------------------


def test_a_secret_opens_with_its_key_and_for_its_purpose_only() -> None:
    key = bytes(32)
    sealed = key_wrapping.wrap(key, b"the secret", "home key")
    assert key_wrapping.unwrap(key, sealed, "home key") == b"the secret"
    assert key_wrapping.unwrap(b"x" * 32, sealed, "home key") is key_wrapping.unwrap(key, sealed, "visit key") is None
    assert key_wrapping.wrap(key, b"the secret", "home key") != sealed, "never the same twice"
    assert b"the secret" not in key_wrapping.decode(sealed)
    with pytest.raises(ValueError):
        key_wrapping.unwrap(key, "no base64!", "home key")


@pytest.mark.parametrize("text", ["YQ==!", "YQ= =", " YQ==", "YQ", "Y"])
def test_what_is_not_exactly_base64_is_no_secret(text: str) -> None:
    assert key_wrapping.decode("YQ==") == b"a" and key_wrapping.encode(b"a") == "YQ=="
    with pytest.raises(ValueError):
        key_wrapping.decode(text)


def test_new_parameters_have_the_costs_that_were_asked_for() -> None:
    made = Argon2Params.fresh(Argon2Cost(memory_kib=16, passes=2))
    assert (made.memory_kib, made.passes, made.lanes) == (16, 2, 1)


def test_a_key_follows_from_the_secret_its_salt_and_its_costs() -> None:
    cost = Argon2Cost(memory_kib=8, passes=1)
    some, other = Argon2Params.fresh(cost), Argon2Params.fresh(cost)
    assert len(some.derive("secret")) == 32 and some.derive("secret") == some.derive("secret")
    assert len({some.derive("secret"), some.derive("Secret"), other.derive("secret")}) == 3
    dearer = msgspec.structs.replace(some, passes=2), msgspec.structs.replace(some, memory_kib=16)
    assert len({one.derive("secret") for one in (some, *dearer)}) == 3
    assert len(key_wrapping.decode(some.salt)) == 16 and some.salt != other.salt


@pytest.mark.parametrize(
    ("memory", "passes", "lanes", "reasonable"),
    [(8, 1, 1, True), (65536, 6, 8, True), (131072, 3, 1, True), (131072, 4, 1, False), (131073, 1, 1, False),
     (7, 1, 1, False), (32, 1, 5, False), (8, 0, 1, False), (8, 11, 1, False), (8, 1, 0, False), (80, 1, 9, False)],
)  # fmt: skip
def test_costs_from_a_file_are_bounded(memory: int, passes: int, lanes: int, reasonable: bool) -> None:
    assert Argon2Params(key_wrapping.encode(bytes(16)), memory, passes, lanes).reasonable() is reasonable
