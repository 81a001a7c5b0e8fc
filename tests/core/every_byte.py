"""Every byte of a home, opened with every key that it holds: what a person with the passphrase could find in it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from reviewapp.base.errors import ReviewError
from reviewapp.store import backup, deletion
from reviewapp.store.home import Home

PAGE, TAIL, SALT = 4096, 80, 16
"""SQLCipher 4: the salt before the first page; at the end of each its IV (16), its HMAC (64)."""
LOG_BEGINS, LOG_HEADER, FRAME_HEADER = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83"), 32, 24


def keys_of(home: Home) -> set[bytes]:
    """Every key of a database that this home leads to: of stores, also those moved aside, and of backups."""
    found = set()
    for path in home.folder.rglob("*"):
        with contextlib.suppress(ReviewError):
            if path.name == deletion.KEY:
                found.add(home.key_in(path.parent))
            elif path.is_file() and path.read_bytes().startswith(b'{"reviewapp_backup'):
                found.add(backup.key_here(home, path))
    return found


def every_byte(home: Home) -> bytes:
    """The files of a home as they are, and every page of a database in them: in use, free, in a log, in a backup."""
    keys = keys_of(home)
    assert keys
    found = []
    for path in sorted(home.folder.rglob("*")):
        if path.is_file():
            raw = path.read_bytes()
            found += [str(path).encode(), raw, *pages_of(raw, keys)]
    return b"\n".join(found)


def pages_of(raw: bytes, keys: set[bytes]) -> Iterator[bytes]:
    """All pages of a database, a log or a backup, one after the other, opened with each of these keys."""
    if raw.startswith(b'{"reviewapp_backup'):
        raw = raw.partition(b"\n")[2]
    first, between = (LOG_HEADER, FRAME_HEADER) if raw[:4] in LOG_BEGINS else (0, 0)
    steps = range(first, len(raw), between + PAGE)
    pieces = [raw[at + between : at + between + PAGE] for at in steps]
    pages = [page for page in pieces if len(page) == PAGE]
    for start in (0, SALT):
        # All at once, as a call for each page takes ten times as long: a page's IV before it stands for the block that
        # its first block was mixed with, and is opened to nothing that means anything.
        sealed = b"".join(page[-TAIL : -TAIL + 16] + page[start:-TAIL] for page in pages)
        for key in keys:
            opened = Cipher(algorithms.AES(key), modes.CBC(bytes(16))).decryptor()
            yield opened.update(sealed) + opened.finalize()
