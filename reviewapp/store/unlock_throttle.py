"""A growing pause after wrong passphrases, so that guessing at an unattended laptop is slow.

The count is kept in a small file beside the key file. Whoever can change files can remove it, so it protects only the
program's own unlock screen; against somebody who takes the files away the passphrase is protected by Argon2id.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec

from reviewapp.base.errors import ReviewError, TooSoon, WrongPassphrase
from reviewapp.base.files import save_file
from reviewapp.base.i18n import _

Clock = Callable[[], datetime]

FREE = 3
LONGEST = 60
"""Seconds. After `FREE` wrong ones in a row the pause is 1 s, and doubles with each further one up to this."""


class FailedUnlocks(msgspec.Struct, frozen=True):
    """Number of wrong attempts in a row, and when the last of them was (seconds since 1970)."""

    wrong: int = 0
    last: float = 0.0

    def pause(self) -> int:
        """Seconds that have to pass after the last wrong attempt."""
        over = self.wrong - FREE
        return 0 if over < 0 else min(LONGEST, 2 ** min(over, 10))


def guarded(folder: Path, clock: Clock, unlock: Callable[[], bytes]) -> bytes:
    """The result of `unlock`; a WrongPassphrase it raises is counted, a success resets the count.

    Raises TooSoon, without calling `unlock`, while a pause is on.
    """
    before = _read(folder)
    now = clock().timestamp()
    _wait(folder, before, now)
    try:
        key = unlock()
    except WrongPassphrase:
        _write(folder, FailedUnlocks(before.wrong + 1, now))
        raise
    with contextlib.suppress(OSError):  # none to delete; a folder that can only be read must not keep the owner out
        path_of(folder).unlink()
    return key


def path_of(folder: Path) -> Path:
    """The path of the file with the count."""
    return folder / "attempts.json"


def _wait(folder: Path, before: FailedUnlocks, now: float) -> None:
    last = before.last
    if not before.pause():
        return  # also by a clock before 1970
    if last > now:  # the clock was set back: the pause starts again, it must not last for ever
        last = now
        _write(folder, FailedUnlocks(before.wrong, now))
    left = math.ceil(last + before.pause() - now)
    if left > 0:
        raise TooSoon(
            _("{wrong} wrong passphrases in a row", wrong=before.wrong),
            do=_("wait {left} s, then try again", left=left),
            seconds=left,
        )


def _read(folder: Path) -> FailedUnlocks:
    try:
        return msgspec.json.decode(path_of(folder).read_bytes(), type=FailedUnlocks)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return FailedUnlocks()


def _write(folder: Path, attempts: FailedUnlocks) -> None:
    try:
        save_file(path_of(folder), msgspec.json.encode(attempts))
    except ReviewError:
        return  # a full disk must not keep the owner out, nor turn "wrong" into another message
