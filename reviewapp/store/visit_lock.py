"""The lock of a visit's folder: one program at a time writes into the visit, replaces it or deletes it."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from reviewapp.base import private_files
from reviewapp.base.errors import Busy, Invalid, ReviewError
from reviewapp.base.files import reason_of, shortened
from reviewapp.base.i18n import _

_TRIES = 3


class VisitLock:
    """Held from the making until `release`. It is the operating system's, so it ends with the process that held it."""

    def __init__(self, folder: Path, *, do: str = "") -> None:
        """Raises Busy, with what to `do`, while another program holds it; Invalid where there is no such folder."""
        self.folder = folder
        self._lock = FileLock(folder / "lock", timeout=0, mode=private_files.FILE)
        path = folder / "lock"
        for _try in range(_TRIES):
            if not folder.is_dir():
                raise Invalid(
                    _("there is no visit {visit} on this laptop", visit=folder.name), do=_("see the ids with: visits")
                )
            before = _identity(path)
            try:
                self._lock.acquire()
            except Timeout as error:
                raise _busy(do) from error
            except OSError as error:
                raise ReviewError(
                    _("the visit in {folder} cannot be opened: {why}", folder=shortened(folder), why=reason_of(error)),
                    do=_("correct this and try again"),
                    kept=_("what was saved is safe"),
                ) from error
            if _identity(path) == before:
                return
            self._lock.release()  # a new file, or the folder was replaced by a restore: that one's lock counts
        raise _busy(do)

    def release(self) -> None:
        """End it; doing so again is no error."""
        self._lock.release()

    def release_to_move(self) -> None:
        """Release it where a folder with an open file in it cannot be moved or deleted, and elsewhere keep it.

        There nobody loses anything either: the move fails if somebody has opened the visit in between.
        """
        if os.name == "nt":
            self.release()

    def __enter__(self) -> VisitLock:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()


def _busy(do: str) -> Busy:
    return Busy(
        _("this visit is open in another window or program"),
        do=do or _("close it there, or open the visit to read only"),
    )


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
