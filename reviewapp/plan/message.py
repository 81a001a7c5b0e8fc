"""A message to the team about what in its returned plan could not be taken, to be copied and sent as it is."""

from __future__ import annotations

from collections.abc import Iterator

from reviewapp.plan.plan_return import PlanReturn
from reviewapp.plan.rows import TITLES


def message_to_team(found: PlanReturn) -> str:
    """The message; empty if everything could be taken."""
    points = [*_points(found)]
    if not points:
        return ""
    file = f" ({found.file})" if found.file else ""
    return "\n".join(
        [f"Thank you for your action plan{file}. Some of it could not be taken over:", "", *points, "",
         "Please correct this in the same file and send it again; everything else is taken over already, or will be."]
    )  # fmt: skip


def _points(found: PlanReturn) -> Iterator[str]:
    for one in found.odd:
        yield f"- Cell {one['cell']} ({TITLES[one['field']]}{_of(one)}): {one['why']}. Please {one['do']}."
    for one in found.unknown_rows:
        yield f"- Row at {one['cell']}: {one['why']}. Please write it into an empty row at the end of our sheet."
    for one in found.duplicated:
        yield f"- Rows at {' and '.join(one['cells'])}: {one['why']}. Please keep the one that is right."
    for one in found.missing:
        yield f"- The row{_of(one)}, “{one['action']}”, was deleted. Should the action be dropped? Please say why."


def _of(one: dict[str, str]) -> str:
    return f" of standard {one['standard']}" if one.get("standard") else ""
