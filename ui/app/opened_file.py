"""Maps a file opened with the program to the page that imports it, shown once the program is unlocked."""

from __future__ import annotations

from pathlib import Path

from reviewapp.base.errors import NewerVersion, ReviewError
from reviewapp.base.i18n import _
from reviewapp.exchange.pack import read_file
from reviewapp.store import backup_cover

ELSEWHERE = _(
    "{name} belongs to a visit that is not on this laptop. Take the visit pack of that visit first, "
    "then open the file again."
)
GONE = _("{name} is not there any more. If it was on a stick, put the stick in and open the file again.")


def place_for(path: Path, home: Path) -> dict[str, str]:
    """Place for `MainWindow.restore_after_unlock`: the page that imports this file, or Start with the error to show."""
    path = path.absolute()
    if not path.is_file():
        return _start_with_problem(GONE.format(name=path.name))
    try:
        backup_cover.read(path)
    except NewerVersion as error:
        return _start_with_problem(str(error))
    except ReviewError:
        pass  # no backup; one of the others, perhaps
    else:
        return {"page": "start", "view": "restore", "file": str(path)}
    if is_for_network(path):
        return {"page": "start", "view": "network", "file": str(path)}
    try:
        cover, __ = read_file(path)
    except ReviewError as error:
        return _start_with_problem(str(error))
    if cover.reviewapp == "visit-pack":
        return {"page": "start", "view": "take", "file": str(path)}
    if cover.reviewapp == "carry-over":
        return {"page": "start", "view": "new", "file": str(path)}
    if not cover.visit.isalnum() or not (home / "visits" / cover.visit).is_dir():
        return _start_with_problem(ELSEWHERE.format(name=path.name))
    return {"visit": cover.visit, "page": "bring_together", "file": str(path)}


def is_for_network(path: Path) -> bool:
    """Whether a file begins as what a visit gives to its network does."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(_FOR_NETWORK)) == _FOR_NETWORK
    except OSError:
        return False


_FOR_NETWORK = b'{"reviewapp":"extract'


def _start_with_problem(words: str) -> dict[str, str]:
    return {"page": "start", "problem": words}
