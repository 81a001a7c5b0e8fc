"""The folders of an installation: how long its path may be, and which of its folders are visits."""

from __future__ import annotations

import os
from pathlib import Path

from reviewapp.base.errors import Invalid, ReviewError
from reviewapp.base.file_names import is_portable
from reviewapp.base.files import reason_of, shortened
from reviewapp.base.i18n import _
from reviewapp.store import deletion

LONGEST_PATH = 130 if os.name == "nt" else 400
"""Most bytes in the path of an installation; the longest name below it, and what SQLite adds, fit in the rest.

Windows takes 260 characters unless it was told otherwise, SQLite 512 bytes.
"""


SET = "set"
"""Begins the id of a set of extracts, which is kept like a visit; a visit's own id is hexadecimal."""


def is_set(store: str) -> bool:
    """Whether this is the id of a set of extracts and of no visit."""
    return store.startswith(SET)


def check_path(folder: Path) -> None:
    """Raise Invalid when the path of a new installation is so long that no visit could be kept below it."""
    length = len(os.fsencode(folder.absolute()))
    if length > LONGEST_PATH:
        raise Invalid(
            _("the path {folder} is too long ({length} of at most {most} letters)", folder=shortened(folder, 60),
              length=length, most=LONGEST_PATH),
            field="home",
            do=_("choose a folder with a shorter path"),
        )  # fmt: skip


def check_id(visit: str) -> None:
    """Raise Invalid when this cannot be the id of a visit."""
    if not (visit.isalnum() and visit.isascii() and len(visit) <= 64 and is_portable(visit)):
        raise Invalid(_("{visit} is not the id of a visit", visit=f"{visit!r}"), do=_("see the ids with: visits"))


def ids(visits: Path) -> list[str]:
    """The ids of the visits and sets in this folder, sorted; also of those whose key or store is gone.

    Raises ReviewError.
    """
    try:
        return sorted(
            path.name
            for path in visits.iterdir()
            if path.name.isalnum() and _holds_something(path) and not deletion.is_marked(path)
        )
    except FileNotFoundError:
        return []
    except OSError as error:
        raise ReviewError(
            _("the visits in {folder} cannot be listed: {why}", folder=shortened(visits), why=reason_of(error)),
            do=_("correct this and try again"),
            kept=_("the visits there are left as they are"),
        ) from error


def _holds_something(folder: Path) -> bool:
    """True for a folder with something in it, or of which that cannot be known."""
    try:
        return any(True for __ in folder.iterdir())
    except NotADirectoryError:
        return False
    except OSError:
        return True
