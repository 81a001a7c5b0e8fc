"""The signing key of one visit on one laptop, and the signed statements about its journal.

A device's id is the hash of its public key, so nobody can write entries for a device whose key they lack. Each device
signs the head of the hash chain over its own entries whenever it seals a pack; a laptop that passes those entries on
passes the signature on.
"""

from __future__ import annotations

import hashlib

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from reviewapp.visit.forks import laptop_of


class Device(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A device as known here: its person, public key, and signed head (`chain` over entries 1..`seq`).

    `device` is the name of a branch where the laptop forked; what is signed names the laptop.
    """

    device: str
    person: str
    public_key: str
    seq: int
    chain: str
    signature: str

    def statement(self, visit: str) -> bytes:
        """The bytes that are signed: visit, device, person, number of entries and head of the chain."""
        return f"reviewapp 1\n{visit}\n{laptop_of(self.device)}\n{self.person}\n{self.seq}\n{self.chain}".encode()

    def verifies(self, visit: str) -> bool:
        """True if the id belongs to the key and the key signed this head for this visit."""
        try:
            raw = bytes.fromhex(self.public_key)
            if device_id(raw) != laptop_of(self.device):
                return False
            Ed25519PublicKey.from_public_bytes(raw).verify(bytes.fromhex(self.signature), self.statement(visit))
        except (ValueError, InvalidSignature):
            return False
        return True


def device_id(public_key: bytes) -> str:
    """The id of the device with this public key: 32 hex digits."""
    return hashlib.sha256(b"reviewapp device" + public_key).hexdigest()[:32]


def sign_head(private: bytes, *, visit: str, person: str, seq: int, chain: str) -> Device:
    """The signed statement of one device about its own journal: `chain` is the hash over its entries 1..`seq`."""
    key = Ed25519PrivateKey.from_private_bytes(private)
    public = key.public_key().public_bytes_raw()
    device = Device(device_id(public), person, public.hex(), seq, chain, "")
    return msgspec.structs.replace(device, signature=key.sign(device.statement(visit)).hex())


def sign(private: bytes, statement: bytes) -> str:
    """The signature of a statement, in hex."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(statement).hex()


def signed_by(device: Device, signature: str, statement: bytes) -> bool:
    """True if this device signed the statement; `signature` in hex."""
    return verified(device.public_key, signature, statement)


def device_of(public_key: str) -> str:
    """The id of the device with this public key in hex; empty for what is no key."""
    try:
        return device_id(bytes.fromhex(public_key))
    except ValueError:
        return ""


def verified(public_key: str, signature: str, statement: bytes) -> bool:
    """True if the key's owner signed the statement; key and signature in hex."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(bytes.fromhex(signature), statement)
    except (ValueError, InvalidSignature):
        return False
    return True


def new_private_key() -> bytes:
    """A new random Ed25519 private key, 32 bytes."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_of(private: bytes) -> bytes:
    """The public key of an Ed25519 private key, 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
