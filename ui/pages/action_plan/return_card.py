"""The plan returned by the team: a preview of its changes, before anything is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reviewapp.base.files import save_file
from reviewapp.base.i18n import _, plural
from ui.formats import long_date
from ui.pages.action_plan.labels import STATUSES, TITLES
from ui.widgets import Button, Card, FlowLayout, Text
from ui.widgets.basics import sentence
from ui.widgets.status_list import StatusList, StatusRow

if TYPE_CHECKING:
    from reviewapp.base.errors import ReviewError
    from reviewapp.plan import PlanReturn
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.session.worker import Progress

PATTERN = _("Excel sheets (*.xlsx)")


@dataclass(frozen=True)
class ReadReturnJob:
    """Job: compare a returned sheet with the visit, changing nothing."""

    path: Path

    def __call__(self, visit: OpenVisit, progress: Progress) -> PlanReturn:
        """Read the sheet; returns the preview. Raises ReviewError."""
        from reviewapp.plan import preview_return

        progress.report(_("Reading {name}", name=self.path.name))
        return preview_return(visit, self.path)


@dataclass(frozen=True)
class ExportPlanJob:
    """Job: write the sheet for the team, verified by reading it back."""

    path: Path

    def __call__(self, visit: OpenVisit, progress: Progress) -> Path:
        """Write the sheet and remember what was sent and when; returns the path. Raises ReviewError."""
        from reviewapp.plan import remember_sent, sheet_of

        progress.report(_("Writing {name}", name=self.path.name))
        save_file(self.path, sheet_of(visit))
        if not visit.read_only:
            remember_sent(visit, date.today().isoformat())
        return self.path


@dataclass(frozen=True)
class PrintPageJob:
    """Job: write one of the printed pages as PDF."""

    path: Path
    page: str

    def __call__(self, visit: OpenVisit, progress: Progress) -> Path:
        """Write the page; returns the path. Raises ReviewError."""
        from reviewapp.plan.pages.build import page_pdf

        progress.report(_("Writing {name}", name=self.path.name))
        save_file(self.path, page_pdf(self.page, visit, date.today()))
        return self.path


def value_in_words(field: str, value: Any) -> str:
    """The value of a plan field as the sheet shows it."""
    if value is None or value == "":
        return _("empty")
    if field == "status":
        return STATUSES.get(str(value), str(value))
    return long_date(str(value)) if field == "due" else str(value)


def _quoted(field: str, value: Any) -> str:
    return "(empty)" if value is None or value == "" else f"“{value_in_words(field, value)}”"


def told_of(found: PlanReturn) -> list[StatusRow]:
    """Rows of the preview: changes, new actions, conflicts, then the sheet's rows that are not taken, with reasons."""
    told = [_changed(one) for one in found.changed] + [_new(one) for one in found.new]
    told += [_conflict(one) for one in found.conflicts]
    for name, rows in ((_("Unknown row"), found.unknown), (_("Row brought twice"), found.duplicated)):
        told += [_not_taken(name, i, one) for i, one in enumerate(rows)]
    return told


def _changed(one: dict[str, Any]) -> StatusRow:
    field = one["field"]
    was, now = _quoted(field, one["from"]), _quoted(field, one["to"])
    title = _("Standard {standard}: {column}", standard=one["standard"], column=TITLES[field].lower())
    why = f" ({one['why']})" if "why" in one else ""
    return StatusRow(f"c{one['id']}|{field}", title, f"{was} → {now}{why}", _("Changed"), "info", "edit")


def _new(one: dict[str, Any]) -> StatusRow:
    words = "; ".join(f"{TITLES[k].lower()}: {value_in_words(k, v)}" for k, v in one.items() if k in TITLES and k not in
                      ("id", "standard", "status"))  # fmt: skip
    return StatusRow(
        f"n{one['id']}",
        _("Standard {standard}: an action", standard=one.get("standard", "")),
        words,
        _("New"),
        "met",
        "plus",
    )


def _conflict(one: dict[str, Any]) -> StatusRow:
    field = one["field"]
    sheet, here = _quoted(field, one["sheet"]), _quoted(field, one["visit"])
    why = str(one["why"])
    detail = _(
        "On the sheet: {sheet}. Here: {here}; {why}. Both are kept, and you choose afterwards.",
        sheet=sheet,
        here=here,
        why=why,
    )
    title = _("Standard {standard}: {column}", standard=one["standard"], column=TITLES[field].lower())
    return StatusRow(f"x{one['id']}|{field}", title, detail, _("Two versions"), "warn", "differ")


def _not_taken(name: str, number: int, one: dict[str, Any]) -> StatusRow:
    cells = ", ".join(one.get("cells", [])) or one.get("cell", "")
    values = "; ".join(f"{title}: {text}" for title, text in one.get("values", {}).items())
    why = str(one.get("why", ""))
    detail = _(
        "{why}. Not taken.{words}",
        why=sentence(why),
        words=_(" It says: {values}", values=values) if values else "",
    )
    return StatusRow(
        f"{name}{number}", _("{name} at {cells}", name=name, cells=cells), detail, _("Not taken"), "not_met", "cross"
    )


class ReturnCard(Card):
    """Preview of a returned plan; emits `taken` to record it and `dismissed` to close the card."""

    taken = Signal()
    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__(_("The plan that came back"))
        self.found: PlanReturn | None = None
        self.words = Text("", "muted")
        self.list = StatusList(_("What the plan would change"), most=220)
        self.take = Button("", "check", "primary")
        self.take.clicked.connect(self.taken)
        self.away = Button(_("Put away"), kind="quiet", name=_("Put the plan away without taking anything"))
        self.away.clicked.connect(self.dismissed)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self.take)
        flow.addWidget(self.away)
        self.add(self.words, self.list, buttons)
        self.hide()

    def show_return(self, path: Path, found: PlanReturn) -> None:
        """Show the changes in this file."""
        self.found = found
        told, many = told_of(found), len(found.changed) + len(found.new) + len(found.conflicts)
        parts = [_("{n} changed", n=len(found.changed)), _("{n} new", n=len(found.new))]
        if found.conflicts:
            parts.append(_("{n} changed here too", n=len(found.conflicts)))
        if left := len(found.unknown) + len(found.duplicated):
            parts.append(_("{left} not taken", left=left))
        nothing = _("Nothing in it is different from what is here.")
        self.words.setText(f"{path.name}: {', '.join(parts)}." if told else f"{path.name}: {nothing}")
        self.list.show_rows(told)
        self.list.setVisible(bool(told))
        self.take.setText(plural("Take 1 change", "Take {n} changes", many))
        self.take.setAccessibleName(self.take.text())
        self.take.setVisible(bool(found.lines))
        self.show()

    def show_refusal(self, path: Path, error: ReviewError) -> None:
        """Show why this file was refused as a plan of the visit, and what to do."""
        self.found = None
        self.words.setText(_("{name} was not taken. {error}", name=path.name, error=error))
        self.words.setAccessibleName(self.words.text())
        self.list.show_rows([])
        for widget in (self.list, self.take):
            widget.hide()
        self.show()

    def forget(self) -> None:
        """Clear the preview and hide the card."""
        self.found = None
        self.hide()
