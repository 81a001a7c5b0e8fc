"""Where a file is taken that was dropped on the window or opened with the program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reviewapp.base.i18n import _
from reviewapp.file_kinds import FileKind

SEPARATOR = "\0"
"""Between the files of one place: no path has it."""


@dataclass(frozen=True)
class Route:
    """The page that takes a kind of file, and the place on it; `field` of the place names the file.

    `visit`: only in a visit; `lead`: only by its lead; `several`: several files of the kind go together.
    """

    page: str
    place: Mapping[str, str] = field(default_factory=dict)
    field: str = "file"
    visit: bool = True
    lead: bool = False
    several: bool = False

    def place_of(self, paths: Sequence[Path]) -> dict[str, str]:
        """The place on the page where these files are looked at."""
        return {**self.place, self.field: SEPARATOR.join(map(str, paths))}


def _of_team(kind: str) -> Route:
    return Route("overview", {"card": "prepare", "sheet": kind}, lead=True)


ROUTES: Mapping[str, Route] = {
    "visit-pack": Route("start", {"view": "take"}, visit=False),
    "carry-over": Route("start", {"view": "new"}, visit=False),
    "backup": Route("start", {"view": "restore"}, visit=False),
    "extract": Route("start", {"view": "network"}, visit=False),
    "standards": Route("start", {"view": "new"}, "standards", visit=False),
    "return": Route("bring_together", several=True),
    "receipt": Route("bring_together", several=True),
    "plan": Route("action_plan", lead=True),
    "response": Route("report", field="answers", lead=True),
    "word": Route("report", field="comments", lead=True),
    "self_review": _of_team("self_review"),
    "survey": _of_team("survey"),
    "audit": _of_team("audit"),
    "figures": _of_team("previous"),
    "codebook": Route("themes", {"view": "codebook"}, "book", lead=True),
    "qdc": Route("themes", {"view": "codebook"}, "book", lead=True),
    "project": Route("themes", {"view": "codebook"}, "project"),
    "network-key": Route("report", field="network_key", lead=True),
}
"""Every kind of file (`FileKind.kind`) that something here takes in."""

NOT_OURS = _(
    "Reviewapp cannot read {name}. You can drop a visit pack, a work file or receipt, a form from the "
    "team, its plan or its answers to the draft, a Word copy of the report with comments, a codebook, codings (QDPX), "
    "a backup, a carry-over file, an extract."
)
ELSEWHERE = _(
    "{name} belongs to a visit that is not on this laptop. Join that visit with its visit pack first, then open the "
    "file again."
)
GONE = _("{name} cannot be found. If it was on a USB stick, put the stick in and open the file again.")
OPEN_A_VISIT = _("{name} belongs to a visit. Open the visit, then drop the file again.")
ONLY_LEAD = _("{name} is for the lead reviewer, to import. Give the file to the lead.")
ONE_BY_ONE = _("These files go to different places. Drop one at a time, or several work files and receipts together.")


def route_of(kinds: Sequence[FileKind]) -> Route | None:
    """The one route that all these files take; None if they take different ones, or one of them none."""
    routes = [ROUTES.get(one.kind) for one in kinds]
    first = routes[0] if routes else None
    if first is None or (len(routes) > 1 and not first.several):
        return None
    return first if all(one == first for one in routes) else None
