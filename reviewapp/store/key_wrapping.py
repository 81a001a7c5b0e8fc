"""Encrypting small secrets under a key, so that "wrong key" and "damaged" are different answers."""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Argon2Cost(NamedTuple):
    """What one derivation costs: KiB of memory, and how often they are passed through."""

    memory_kib: int
    passes: int


PASSPHRASE_COST = Argon2Cost(memory_kib=65536, passes=3)
"""For what a person can remember: a passphrase, or the words of a visit pack. 64 MB and three passes."""

RECOVERY_COST = Argon2Cost(memory_kib=8192, passes=1)
"""For the recovery code, whose 158 random bits nobody can guess."""


MOST_MEMORY_KIB = 131072
MOST_WORK = 2 * PASSPHRASE_COST.memory_kib * PASSPHRASE_COST.passes
"""Bounds of what a file may ask for: 128 MB, and twice the work (KiB times passes) of a passphrase. More was written by
nobody who wanted the file to open; it is refused before anything is derived."""


class Argon2Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The Argon2id costs and salt with which a secret becomes a key; they are kept beside what it encrypts."""

    salt: str
    memory_kib: int = 65536
    passes: int = 3
    lanes: int = 1

    @classmethod
    def fresh(cls, cost: Argon2Cost) -> Argon2Params:
        """New parameters of this cost, with a random salt."""
        return cls(salt=encode(os.urandom(16)), memory_kib=cost.memory_kib, passes=cost.passes)

    def reasonable(self) -> bool:
        """True if a key can be derived within bounds; for parameters from a file that somebody else may have written.

        A salt that is none, or less memory than the lanes need, would be refused by Argon2 itself as a fault.
        """
        try:
            salt = len(decode(self.salt))
        except ValueError:
            return False
        return (
            8 <= salt <= 64
            and 1 <= self.lanes <= 8
            and 8 * self.lanes <= self.memory_kib <= MOST_MEMORY_KIB
            and 1 <= self.passes <= 10
            and self.memory_kib * self.passes <= MOST_WORK
        )

    def derive(self, secret: str) -> bytes:
        """The 32-byte key derived from `secret`, of which nothing made here stays in memory."""
        kdf = Argon2id(
            salt=decode(self.salt), length=32, iterations=self.passes, lanes=self.lanes, memory_cost=self.memory_kib
        )
        with _encoded(secret) as raw:
            return kdf.derive(raw)  # type: ignore[arg-type]  # it takes any buffer


@contextmanager
def _encoded(secret: str) -> Iterator[memoryview]:
    """The secret in UTF-8, wiped afterwards; letter by letter, because `str.encode` leaves a copy that cannot be."""
    room, length = bytearray(4 * len(secret)), 0
    try:
        for letter in secret:
            raw = letter.encode("utf-8")
            room[length : length + len(raw)] = raw
            length += len(raw)
        with memoryview(room)[:length] as used:
            yield used
    finally:
        room[:] = bytes(len(room))


def encode(data: bytes) -> str:
    """Bytes as base64 text, for JSON."""
    return b64encode(data).decode("ascii")


def decode(text: str) -> bytes:
    """The bytes of a base64 text; raises ValueError for anything else."""
    return b64decode(text, validate=True)


def wrap(key: bytes, secret: bytes, purpose: str) -> str:
    """`secret` encrypted under `key`, as base64 text; `purpose` must be repeated to open it."""
    nonce = os.urandom(12)
    return encode(nonce + ChaCha20Poly1305(key).encrypt(nonce, secret, purpose.encode()))


def unwrap(key: bytes, sealed: str, purpose: str) -> bytes | None:
    """The secret that `wrap` encrypted, or None when the key (or purpose) is another one.

    Raises ValueError when `sealed` is not base64 text.
    """
    raw = decode(sealed)
    try:
        return ChaCha20Poly1305(key).decrypt(raw[:12], raw[12:], purpose.encode())
    except InvalidTag:
        return None


# To whoever holds a secret key, for somebody who does not know it ---------------------------------------------------


def public_of(private: bytes) -> str:
    """The public key (X25519, as base64 text) that belongs to a secret one of 32 bytes."""
    return encode(X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw())


def wrap_for(public: str, secret: bytes, purpose: str) -> str:
    """`secret` encrypted to a public key: only the secret one opens it. Raises ValueError for what is no public key."""
    to = X25519PublicKey.from_public_bytes(decode(public))
    once = X25519PrivateKey.generate()
    sender = encode(once.public_key().public_bytes_raw())
    return f"{sender} {wrap(_shared(once.exchange(to), sender, public), secret, purpose)}"


def unwrap_with(private: bytes, sealed: str, purpose: str) -> bytes | None:
    """The secret that `wrap_for` encrypted, or None when the key (or purpose) is another one.

    Raises ValueError when `sealed` is not what `wrap_for` makes.
    """
    sender, _, rest = sealed.partition(" ")
    shared = X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(decode(sender)))
    return unwrap(_shared(shared, sender, public_of(private)), rest, purpose)


def _shared(exchanged: bytes, sender: str, public: str) -> bytes:
    """The key of one message, bound to both public keys."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"reviewapp {sender} {public}".encode()).derive(
        exchanged
    )
