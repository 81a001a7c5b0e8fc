"""What a page's folder says of the page: its row in the navigation, the records it shows, the commands it offers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from reviewapp.workspace.open_visit import OpenVisit

Place = dict[str, str]
"""Where one is on a page, as `Page.place` returns it."""

ANYBODY, VISIT, LEAD, PACK = "anybody", "visit", "lead", "pack"


class PageCommand(NamedTuple):
    """A command of the page in Find anything: its words, and the place on the page where Enter leads.

    `who` may use it: `ANYBODY`, whoever has a visit open (`VISIT`), the lead of the visit (`LEAD`), or whose laptop
    gives out the visit pack (`PACK`).
    """

    words: str
    who: str
    place: tuple[str, str] | None = None


class PageKey(NamedTuple):
    """A key of the page in the list of shortcuts: as it is written (`Ctrl+Q`, `Y, N, A, R`), and what it does."""

    keys: str
    words: str


@dataclass(frozen=True)
class ShownRecord:
    """A kind of record (`Statement.kind`) that is shown on the page, and where.

    The place is `{field: key}`; `find(key, state, me)` gives it where the key alone does not say it; with neither it
    is the page itself. `draft` names a text of such a record that was recovered after a crash, with the fields that
    make its key put in by name (`Statement.IDS`).
    """

    kind: str
    field: str = ""
    find: Callable[[str, VisitState, str], Place] | None = None
    draft: str = ""

    def place(self, key: str, state: VisitState, me: str) -> Place:
        """The place on the page of the record with this key, for the person `me`."""
        if self.find is not None:
            return self.find(key, state, me)
        return {self.field: key} if self.field else {}


@dataclass(frozen=True)
class PageEntry:
    """One page. Its class `cls` stands in the module `page` of the folder with its `name`.

    `progress(visit)` is a few characters for the navigation, such as `12/44`, or nothing.
    """

    name: str
    nav: str
    icon: str
    cls: str
    needs_visit: bool = True
    progress: Callable[[OpenVisit], str] | None = None
    records: tuple[ShownRecord, ...] = ()
    commands: tuple[PageCommand, ...] = ()
    keys: tuple[PageKey, ...] = ()
    """What is pressed on this page only; `one_key` rating is told of the instrument's scale, where a page `rates`."""
    rates: bool = False

    @property
    def module(self) -> str:
        """The module of the page's class."""
        return f"ui.pages.{self.name}.page"
