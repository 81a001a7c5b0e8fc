"""The lock of an installation: one program at a time makes visits, puts them in place, or makes the keys anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from reviewapp.base import private_files
from reviewapp.base.errors import Busy, ReviewError
from reviewapp.base.files import reason_of, shortened
from reviewapp.base.i18n import _

LOCK = "lock"
WAIT = 20.0
"""Seconds that are waited for what another program does meanwhile: making or restoring a visit takes a few."""


@contextmanager
def home_lock(folder: Path, *, wait: float = WAIT) -> Iterator[None]:
    """Held inside. It is the operating system's, so it ends with the process that held it.

    Raises Busy while another program holds it for longer than `wait`, ReviewError where nothing can be written.
    """
    lock = FileLock(folder / LOCK, timeout=wait, mode=private_files.FILE)
    try:
        lock.acquire()
    except Timeout as error:
        raise Busy(
            _("another window or program is creating a visit here, or changing the keys"),
            do=_("wait until it has finished"),
        ) from error
    except OSError as error:
        raise ReviewError(
            _("{folder} cannot be written to: {why}", folder=shortened(folder), why=reason_of(error)),
            do=_("correct this and try again"),
        ) from error
    try:
        yield
    finally:
        lock.release()
