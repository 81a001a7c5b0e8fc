"""What a returned action plan says, compared with the visit: what would be recorded, and what cannot or need not be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import UNSET

from reviewapp.plan.compare import PlanNotice
from reviewapp.spreadsheets.account import SheetAccount
from reviewapp.spreadsheets.outside import OutsideWords
from reviewapp.visit.entities import FieldAddress
from reviewapp.visit.identifying import Place
from reviewapp.visit.statements import Action

Chosen = tuple[str, str]
"""A change to take or to leave: the id of the action and the field; of a new action the field is empty."""

BESIDE = "its column is not part of the plan"
"""Why words in a column of their own are `unknown`."""
_FOLLOWING = frozenset({"id", "standard", "deleted"})
"""What is recorded with a change but is none by itself."""


class PlanReturn(msgspec.Struct, frozen=True, kw_only=True):
    """Differences between a returned plan and the visit, and the statements that record them.

    `lines` holds `changed`, `new` and `conflicts`; recorded with `seen` (the entries the team saw), a field that both
    changed has both values until somebody settles the conflict. The others are in no line: rows that are `unknown` or
    `duplicated`, cells that are `odd`, rows `missing` from the sheet, and `words` outside the cells that are read,
    which can be kept as notes; those in columns of their own are among `unknown` too. `identifying`: the actions and
    notes in which something may identify a person.
    """

    file: str = ""
    changed: tuple[PlanNotice, ...] = ()
    new: tuple[PlanNotice, ...] = ()
    unknown: tuple[PlanNotice, ...] = ()
    duplicated: tuple[PlanNotice, ...] = ()
    conflicts: tuple[PlanNotice, ...] = ()
    odd: tuple[PlanNotice, ...] = ()
    missing: tuple[PlanNotice, ...] = ()
    words: tuple[OutsideWords, ...] = ()
    accounts: tuple[SheetAccount, ...] = ()
    identifying: tuple[Place, ...] = ()
    lines: tuple[Action, ...] = ()
    seen: dict[FieldAddress, tuple[str, ...]] = {}

    @property
    def unknown_rows(self) -> tuple[PlanNotice, ...]:
        """Those of `unknown` that are rows."""
        return tuple(one for one in self.unknown if one["why"] != BESIDE)

    def as_lists(self) -> dict[str, list[PlanNotice]]:
        """The five lists that `plan import --json` always has."""
        return {
            "changed": [*self.changed],
            "new": [*self.new],
            "unknown": [*self.unknown],
            "duplicated": [*self.duplicated],
            "conflicts": [*self.conflicts],
        }

    def as_json(self) -> dict[str, list[PlanNotice]]:
        """`plan import --json`: the five lists, and `not_taken`, `notes` and others where there are any."""
        unusual = any(one.treatment not in ("read", "own", "empty", "chart", "words") for one in self.accounts)
        sheets: list[dict[str, Any]] = [msgspec.to_builtins(one) for one in self.accounts] if unusual else []
        more = {
            "not_taken": [*self.odd],
            "missing": [*self.missing],
            "notes": [one.as_json() for one in self.words],
            "sheets": sheets,
            "identifying": [one.as_json() for one in self.identifying],
        }
        return self.as_lists() | {name: rows for name, rows in more.items() if rows}

    def choices(self) -> list[Chosen]:
        """Every change that can be taken or left by itself, in the order of the notices."""
        found = [(one["id"], one["field"]) for one in (*self.changed, *self.conflicts)]
        return found + [(one["id"], "") for one in self.new]

    def only(self, chosen: Iterable[Chosen]) -> PlanReturn:
        """The same return with only these changes; the others stay as they are in the visit."""
        wanted = {*chosen}
        new = {one["id"] for one in self.new}
        lines = [line for line in self.lines if line.id in new and (line.id, "") in wanted]
        for line in self.lines:
            said = {*line.values()} - _FOLLOWING
            left = {name for name in said if (line.id, name) not in wanted}
            if line.id not in new and said - left:
                lines.append(msgspec.structs.replace(line, **dict.fromkeys(left, UNSET)))
        return msgspec.structs.replace(
            self,
            changed=tuple(one for one in self.changed if (one["id"], one["field"]) in wanted),
            conflicts=tuple(one for one in self.conflicts if (one["id"], one["field"]) in wanted),
            new=tuple(one for one in self.new if (one["id"], "") in wanted),
            lines=tuple(lines),
        )
