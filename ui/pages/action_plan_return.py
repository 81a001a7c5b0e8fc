"""The plan that came back from the team: what it would change, in plain words, before anything is taken."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.files import save_file
from reviewapp.plan.rows import STATUSES, TITLES
from ui.header import long_date
from ui.pages.told_list import Told, ToldList
from ui.widgets import Button, Card, FlowLayout, Text

if TYPE_CHECKING:
    from reviewapp.desk import Desk
    from reviewapp.errors import ReviewError
    from reviewapp.plan import PlanReturn
    from ui.worker import Progress

PATTERN = "Excel sheets (*.xlsx)"


@dataclass(frozen=True)
class Read:
    """Compare a sheet with the visit; changes nothing."""

    path: Path

    def __call__(self, desk: Desk, progress: Progress) -> PlanReturn:
        """In the worker."""
        from reviewapp.plan import read_plan

        progress.say(f"Reading {self.path.name}")
        return read_plan(self.path, desk.state)


@dataclass(frozen=True)
class Export:
    """Write the sheet for the team, read back before it is called saved."""

    path: Path

    def __call__(self, desk: Desk, progress: Progress) -> Path:
        """In the worker."""
        from reviewapp.plan import export_plan

        progress.say(f"Writing {self.path.name}")
        save_file(self.path, export_plan(desk.state))
        return self.path


def value_in_words(field: str, value: Any) -> str:
    """A value as the sheet shows it."""
    if value is None or value == "":
        return "empty"
    if field == "status":
        return STATUSES.get(str(value), str(value))
    return long_date(str(value)) if field == "due" else str(value)


def _quoted(field: str, value: Any) -> str:
    return "(empty)" if value is None or value == "" else f"“{value_in_words(field, value)}”"


def told_of(found: PlanReturn, settled: frozenset[str] = frozenset()) -> list[Told]:
    """What is taken first, then what is not and why. `settled`: clashes where the team's text was taken since."""
    told = [_changed(one) for one in found.changed] + [_new(one) for one in found.new]
    told += [_conflict(one, taken=clash_key(one) in settled) for one in found.conflicts]
    for name, rows in (("Unknown row", found.unknown), ("Row brought twice", found.duplicated)):
        told += [_left(name, i, one) for i, one in enumerate(rows)]
    return told


def _changed(one: dict[str, Any]) -> Told:
    field = one["field"]
    was, now = _quoted(field, one["from"]), _quoted(field, one["to"])
    title = f"Standard {one['standard']}: {TITLES[field].lower()}"
    return Told(f"c{one['id']}|{field}", title, f"{was} → {now}", "Changed", "info", "edit")


def _new(one: dict[str, Any]) -> Told:
    words = "; ".join(f"{TITLES[k].lower()}: {value_in_words(k, v)}" for k, v in one.items() if k in TITLES and k not in
                      ("id", "standard", "status"))  # fmt: skip
    return Told(f"n{one['id']}", f"Standard {one.get('standard', '')}: an action", words, "New", "met", "plus")


def clash_key(one: dict[str, Any]) -> str:
    """What tells clashes apart."""
    return f"x{one['id']}|{one['field']}"


def _conflict(one: dict[str, Any], *, taken: bool) -> Told:
    field = one["field"]
    sheet, here = _quoted(field, one["sheet"]), _quoted(field, one["visit"])
    detail = f"On the sheet: {sheet}. Here: {here}; {one['why']}. Not taken."
    title = f"Standard {one['standard']}: {TITLES[field].lower()}"
    if taken:
        return Told(clash_key(one), title, f"{here} → {sheet}", "Taken", "met", "check")
    return Told(clash_key(one), title, detail, "Two versions", "warn", "differ")


def _left(name: str, number: int, one: dict[str, Any]) -> Told:
    cells = ", ".join(one.get("cells", [])) or one.get("cell", "")
    values = "; ".join(f"{title}: {text}" for title, text in one.get("values", {}).items())
    why = str(one.get("why", ""))
    detail = f"{why[:1].upper()}{why[1:]}. Not taken.{f' It says: {values}' if values else ''}"
    return Told(f"{name}{number}", f"{name} at {cells}", detail, "Not taken", "not_met", "cross")


class ReturnCard(Card):
    """`taken` and `put_away`; `clash_taken(clash)`: the team's text is to stand where both changed a cell."""

    clash_taken = Signal(object)
    taken = Signal()
    put_away = Signal()

    def __init__(self) -> None:
        super().__init__("The plan that came back")
        self.found: PlanReturn | None = None
        self.words = Text("", "muted")
        self._settled: frozenset[str] = frozenset()
        self.list = ToldList("What the plan would change", most=220)
        self.list.selectionModel().currentChanged.connect(self._on_chosen)
        self.theirs = Button("Take the team's text", "arrow_left", tip="For the chosen row; Undo brings ours back")
        self.theirs.clicked.connect(self._on_theirs)
        self.take = Button("", "check", "primary")
        self.take.clicked.connect(self.taken)
        self.away = Button("Put away", kind="quiet", name="Put the plan away without taking anything")
        self.away.clicked.connect(self.put_away)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self.take)
        flow.addWidget(self.theirs)
        flow.addWidget(self.away)
        self.add(self.words, self.list, buttons)
        self.hide()

    def show_return(self, path: Path, found: PlanReturn) -> None:
        """What this file would change."""
        self.found, self._settled = found, frozenset()
        told, many = told_of(found), len(found.changed) + len(found.new)
        left = len(found.conflicts) + len(found.unknown) + len(found.duplicated)
        parts = [f"{len(found.changed)} changed", f"{len(found.new)} new"]
        if left:
            parts.append(f"{left} not taken")
        nothing = "Nothing in it is different from what is here."
        self.words.setText(f"{path.name}: {', '.join(parts)}." if told else f"{path.name}: {nothing}")
        self.list.show_rows(told)
        self.list.setVisible(bool(told))
        self.take.setText("Take 1 change" if many == 1 else f"Take {many} changes")
        self.take.setAccessibleName(self.take.text())
        self.take.setVisible(bool(found.lines))
        if found.conflicts and not found.lines:
            self.list.choose(clash_key(found.conflicts[0]))
        self._show_theirs()
        self.show()

    def show_refusal(self, path: Path, error: ReviewError) -> None:
        """A file that is no plan of this visit: why, and what to do."""
        self.found, self._settled = None, frozenset()
        self.words.setText(f"{path.name} was not taken. {error}")
        self.words.setAccessibleName(self.words.text())
        self.list.show_rows([])
        for widget in (self.list, self.take, self.theirs):
            widget.hide()
        self.show()

    def settle(self, clash: dict[str, Any]) -> None:
        """The team's text was taken: say so in the list."""
        self._settled |= {clash_key(clash)}
        if self.found is not None:
            self.list.show_rows(told_of(self.found, self._settled))
        self._show_theirs()

    def _clash(self) -> dict[str, Any] | None:
        """The clash that is chosen and not settled yet."""
        key = self.list.chosen_key()
        clashes = self.found.conflicts if self.found is not None and key not in self._settled else ()
        return next((one for one in clashes if clash_key(one) == key), None)

    def _show_theirs(self) -> None:
        open_ = self.found is not None and any(clash_key(one) not in self._settled for one in self.found.conflicts)
        clash = self._clash()
        self.theirs.setVisible(open_)
        self.theirs.setEnabled(clash is not None)
        where = f" for standard {clash['standard']}, {TITLES[clash['field']].lower()}" if clash else ""
        self.theirs.setAccessibleName(f"Take the team's text{where}")

    @Slot(QModelIndex, QModelIndex)
    def _on_chosen(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_theirs()

    @Slot()
    def _on_theirs(self) -> None:
        clash = self._clash()
        if clash is not None:
            self.clash_taken.emit(clash)

    def forget(self) -> None:
        """Nothing is shown any more."""
        self.found = None
        self.hide()
