"""Cells of a returned plan that cannot be understood: each is named, with what to do, and can be settled by itself."""

from __future__ import annotations

from collections.abc import Mapping

from reviewapp.base.i18n import _
from reviewapp.plan.compare import PlanNotice, ReturnedRow
from reviewapp.plan.parse_cells import FREE_TEXT, parse_cell, parse_goal
from reviewapp.spreadsheets.problems import OddCell, OddCells
from reviewapp.spreadsheets.row_marks import is_shortened, normalised_cell, too_long_for_a_cell
from reviewapp.spreadsheets.sheet import place
from reviewapp.visit.blind import seen_goals
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements.plan import TEAM_ROLE, is_outsider
from reviewapp.visit.validators import HOST

_FORMULA = _("it contains a formula")
_FORMULA_DO = _("type the value itself (copy, then paste values)")
_BEGINNING = _("only the beginning of a longer text was sent, so a change to it cannot be imported")
_BEGINNING_DO = _("make the change on the Action plan page")
_NOT_A = {
    "due": _("{text} is not a date"),
    "priority": _("{text} is not a priority"),
    "status": _("{text} is not a status"),
    "impact": _("{text} is not an impact"),
    "effort": _("{text} is not an effort"),
    "standard": _("{text} is not a standard"),
    "goal": _("{text} is not a goal"),
}
_NOT_THE_TEAM = _("{text} is not in the team")


class PlanOddCells:
    """Parses the cells of returned rows; `notices` are those that could not be understood.

    `corrections`: what to read instead of what a cell holds, by sheet and address.
    """

    def __init__(self, state: VisitState, corrections: Mapping[tuple[str, str], str]) -> None:
        self._state, self._corrections = state, corrections
        self.notices: list[PlanNotice] = []
        self._places: list[tuple[int, int]] = []

    def parsed(self, back: ReturnedRow, name: str) -> str | None:
        """The value of a cell, as `values_of` writes it; None, with a notice, if it cannot be parsed."""
        corrected = self._corrections.get((back.table.sheet.name, back.cell(name)))
        text = normalised_cell(back.table.get(back.row, name) if corrected is None else corrected)
        if not text or (corrected is None and back.kept(name, text)):
            return text  # what was sent is not judged, whatever it is
        kind = back.row.kind(back.table.columns[name]) if corrected is None else "text"
        if kind in ("formula", "error") or (name not in FREE_TEXT and text.startswith("=")):
            return self._note(back, name, text, _FORMULA, _FORMULA_DO)
        if kind == "struck":
            return self._note(back, name, text, _("it is crossed out"), _("empty it, or remove the line through it"))
        if self._shows_a_beginning(back, name, text):
            return self._note(back, name, text, _BEGINNING, _BEGINNING_DO)
        if name in ("owner", "deputy") and is_outsider(text, self._state):
            return self._note(back, name, text, _NOT_THE_TEAM.format(text=repr(text[:60])), TEAM_ROLE)
        if name in FREE_TEXT:
            return text
        goals = seen_goals(self._state, HOST)
        value, do = parse_goal(text, goals) if name == "goal" else parse_cell(name, text, self._state.instrument)
        if value is None:
            return self._note(back, name, text, _NOT_A[name].format(text=repr(text[:60])), do)
        return value

    def _note(self, back: ReturnedRow, name: str, text: str, why: str, do: str) -> str | None:
        cell, sheet = back.cell(name), back.table.sheet
        notice = {"id": back.id, "standard": back.number, "field": name, "sheet": sheet.name, "cell": cell}
        self._places.append((back.row.number, back.table.columns[name]))
        self.notices.append({**notice, "text": text[:200], "why": why, "do": do})
        return None

    def _shows_a_beginning(self, back: ReturnedRow, name: str, text: str) -> bool:
        """True for a changed cell that was sent with the beginning of a longer text only."""
        action = self._state.actions.get(back.id)
        now = str(getattr(action, name, None) or "")
        return is_shortened(text) or (too_long_for_a_cell(now) and back.kept(name, now))

    def refuse(self, file: str) -> None:
        """Raise `OddCells` that names every one; do nothing without any."""
        if not self.notices:
            return
        first, *others = self.cells()
        told = [f"{place(file, first.sheet)}, cell {first.cell}: {first.what} ({first.do})"]
        told += [f"cell {one.cell}: {one.what} ({one.do})" for one in others]
        raise OddCells(
            ", ".join(told),
            field=first.cell,
            do=_("correct these cells, or add --skip-bad to import the rest and keep these as they are here"),
            kept=_("nothing was imported"),
            cells=self.cells(),
        )

    def cells(self) -> list[OddCell]:
        """The cells that could not be understood, as every sheet from a team tells them."""
        return [
            OddCell(
                sheet=one["sheet"],
                row=row,
                column=column,
                cell=one["cell"],
                text=one["text"],
                what=one["why"],
                do=one["do"],
            )
            for one, (row, column) in zip(self.notices, self._places, strict=True)
        ]
