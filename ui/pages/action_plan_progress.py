"""How far the plan is: since it was sent, what was reported on an action and when, and what is printed from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QMenu

from reviewapp.plan.progress import log_of
from reviewapp.visit.rules import HOST
from ui.header import long_date
from ui.widgets import Button, Card, Text, clear, column

if TYPE_CHECKING:
    from reviewapp.desk import Desk
    from reviewapp.plan.pages import Page
    from reviewapp.plan.progress import Since
    from ui.pages.action_plan_table import Row


class ToPrint(NamedTuple):
    """A page made from the plan."""

    page: Page
    title: str


PAGES_TO_PRINT = (
    ToPrint("you-said", "You said, we did (for the waiting room)"),
    ToPrint("brief", "Brief for new staff (one page)"),
    ToPrint("progress", "Progress of the plan (for the interim review)"),
)
COUNTED = (("status", "status", "statuses"), ("progress", "progress report", "progress reports"))


def since_in_words(since: Since) -> str:
    """What became different after the sheet last went out."""
    parts = [f"{n} new {'action' if n == 1 else 'actions'}"] if (n := len(since.new)) else []
    parts += [f"{n} {one if n == 1 else many}" for field, one, many in COUNTED if (n := since.count(field))]
    named = sum(since.count(field) for field, _, _ in COUNTED)
    if rest := len(since.fields) - named:
        parts.append(f"{rest} other {'cell' if rest == 1 else 'cells'}")
    sent = f"The sheet last went to the team on {long_date(since.on)}."
    return f"{sent} Changed since: {', '.join(parts)}." if parts else f"{sent} Nothing has changed since."


class PrintButton(Button):
    """`wanted(page)`: one of the pages of the plan is to be written."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("Pages to print…", "printer")
        menu = QMenu(self)
        for page, title in PAGES_TO_PRINT:
            action = menu.addAction(f"{title}…")
            action.setData(page)
        menu.triggered.connect(self._on_triggered)
        self.setMenu(menu)

    @Slot("QAction*")
    def _on_triggered(self, action: object) -> None:
        self.wanted.emit(str(action.data()))  # type: ignore[attr-defined]


class ProgressLog(Card):
    """What was reported on the chosen action, by day."""

    def __init__(self) -> None:
        super().__init__("What was reported")
        self._lines = column(gap=1)
        self.body.addLayout(self._lines)
        self._shown: tuple[object, ...] = ()
        self.hide()

    def show_log(self, desk: Desk, row: Row | None) -> None:
        """Hidden while nothing was."""
        log = log_of(desk.history("action", row.id)) if row is not None and row.planned else ()
        self.setVisible(bool(log))
        shown = (row.id if row is not None else "", *log)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._lines)
        for one in log:
            who = "the team" if one.person == HOST else one.person
            self._lines.addWidget(Text(f"{long_date(one.day)}, {who}: {one.text}", select=True))
