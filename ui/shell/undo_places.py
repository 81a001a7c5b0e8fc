"""Where a change was made, so that undoing it leads back there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.pages import PAGES, is_shown, place_of_record

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import Change, OpenVisit
    from ui.pages.base import Page
    from ui.pages.entry import Place

TITLES = {entry.name: entry.nav for entry in PAGES}


class UndoPlaces:
    """The page on which each change of this session was made, as long as the visit is open."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, frozenset[tuple[str, str]]], tuple[str, Place]] = {}

    def forget(self) -> None:
        """Forget all: another visit is opened."""
        self._made.clear()

    def remember(self, change: Change, visit: OpenVisit | None, name: str, page: Page | None) -> None:
        """Note that a change was made on the page with this name; changes by another laptop or Undo are not noted."""
        if visit is not None and visit.last_done is change and page is not None:
            self._made[change.name, change.records] = (name, page.place())

    def is_where_it_was(self, change: Change, name: str, page: Page | None) -> bool:
        """Whether one is still at the place where the change was made, so that there is nowhere to go."""
        return page is not None and self._made.get((change.name, change.records)) == (name, page.place())

    def place_of(self, change: Change, visit: OpenVisit) -> tuple[str, Place] | None:
        """The page and the place of what a change was about: the record on the page where it was changed, if it shows
        it, else that page as it stood, else the page where the record is shown. None where nothing shows it.
        """
        made = self._made.get((change.name, change.records))
        places = [
            place_of_record(kind, key, visit.state, visit.me) for kind, key in sorted(change.records) if is_shown(kind)
        ]
        here = next((one for one in places if made is not None and one[0] == made[0] and one[1]), None)
        return here or made or next(iter(places), None)
