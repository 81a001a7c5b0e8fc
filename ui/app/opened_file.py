"""Maps a file opened with the program to the page that imports it, shown once the program is unlocked."""

from __future__ import annotations

from pathlib import Path

from reviewapp.base.errors import ReviewError
from reviewapp.file_kinds import recognise
from ui.shell.file_places import ELSEWHERE, GONE, NOT_OURS, OPEN_A_VISIT, ROUTES


def place_for(path: Path, home: Path) -> dict[str, str]:
    """Place for `MainWindow.restore_after_unlock`: the page that imports this file, or Start with the error to show."""
    path = path.absolute()
    if not path.is_file():
        return _start_with_problem(GONE.format(name=path.name))
    visits = [one.name for one in (home / "visits").glob("*") if one.is_dir()]
    try:
        found = recognise(path, visits)
    except ReviewError as error:
        return _start_with_problem(str(error))
    route = ROUTES.get(found.kind)
    if route is None:
        return _start_with_problem(NOT_OURS.format(name=path.name))
    place = {"page": route.page, **route.place_of([path])}
    if not route.visit:
        return place
    if not found.visit:
        return _start_with_problem(OPEN_A_VISIT.format(name=path.name))
    if found.visit not in visits:
        return _start_with_problem(ELSEWHERE.format(name=path.name))
    return {"visit": found.visit, **place}


def _start_with_problem(words: str) -> dict[str, str]:
    return {"page": "start", "problem": words}
