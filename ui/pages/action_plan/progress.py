"""Progress of the plan: changes since it was sent, the reports on an action, the printed pages, and carrying over."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from reviewapp.base.i18n import _, plural
from reviewapp.plan.pages.build import PAGES
from reviewapp.plan.progress import log_of
from reviewapp.visit.labels import person
from reviewapp.visit.rules import HOST
from ui.formats import long_date
from ui.widgets import Button, Card, Text, clear, column

if TYPE_CHECKING:
    from reviewapp.base.errors import ReviewError
    from reviewapp.plan.progress import ChangesSince
    from reviewapp.visit.state import VisitState
    from reviewapp.workspace.laptop import Laptop, VisitSummary
    from reviewapp.workspace.open_visit import Change, OpenVisit
    from ui.pages.action_plan.table import ActionRow
    from ui.pages.base import Page
    from ui.session.worker import Progress


COUNTED = (("status", "status", "statuses"), ("progress", _("progress report"), _("progress reports")))


def since_in_words(since: ChangesSince) -> str:
    """The changes since the sheet was last sent, as text."""
    parts = [plural("{n} new action", "{n} new actions", n)] if (n := len(since.new)) else []
    parts += [f"{n} {one if n == 1 else many}" for field, one, many in COUNTED if (n := since.count(field))]
    named = sum(since.count(field) for field, __, __ in COUNTED)
    if rest := len(since.fields) - named:
        parts.append(plural("{n} other cell", "{n} other cells", rest))
    sent = _("The form last went to the team on {date}.", date=long_date(since.on))
    return (
        _("{sent} Changed since: {list}.", sent=sent, list=", ".join(parts))
        if parts
        else _("{sent} Nothing has changed since.", sent=sent)
    )


class PrintButton(Button):
    """Menu of the documents of the plan, as PDF and in a menu of its own as Word; emits `wanted(page, suffix)`."""

    wanted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(_("Documents, as PDF or Word…"), "save")
        menu = QMenu(self)
        self.rounds: list[QAction] = []
        self._fill(menu, "pdf")
        menu.addSeparator()
        self._fill(menu.addMenu(_("As Word, to edit")), "docx")
        self._fill(menu.addMenu(_("As a web page")), "html")
        menu.triggered.connect(self._on_triggered)
        self.setMenu(menu)

    def _fill(self, menu: QMenu, suffix: str) -> None:
        for page in PAGES.values():
            action = menu.addAction(f"{page.title}…")
            action.setData((page.kind, suffix))
            if page.kind == "rounds":
                self.rounds.append(action)

    def offer_rounds(self, *, offered: bool) -> None:
        """The comparison of rounds is offered once there is an earlier one."""
        for action in self.rounds:
            action.setVisible(offered)

    @Slot("QAction*")
    def _on_triggered(self, action: object) -> None:
        page, suffix = action.data()  # type: ignore[attr-defined]
        self.wanted.emit(page, suffix)


class ProgressLog(Card):
    """Card with the progress reports on the chosen action, by day."""

    def __init__(self) -> None:
        super().__init__(_("What was reported"))
        self._lines = column(gap=1)
        self.body.addLayout(self._lines)
        self._shown: tuple[object, ...] = ()
        self.hide()

    def show_log(self, visit: OpenVisit, row: ActionRow | None) -> None:
        """Show the reports on this row's action; hidden while there are none."""
        log = log_of(visit.history("action", row.id)) if row is not None and row.planned else ()
        self.setVisible(bool(log))
        shown = (row.id if row is not None else "", *log)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._lines)
        for one in log:
            who = _("the team") if one.person == HOST else person(visit.state.people, one.person)
            self._lines.addWidget(Text(f"{long_date(one.day)}, {who}: {one.text}", select=True))


@dataclass(frozen=True)
class Carry:
    """Job: copy the plan of an earlier visit on this laptop, as one change that Undo takes back."""

    laptop: Laptop
    visit: str

    def __call__(self, visit: OpenVisit, progress: Progress) -> Change:
        """Carry the plan over; returns the change. Raises ReviewError."""
        from reviewapp.plan import carry_over

        progress.report(_("Reading the earlier plan"))
        with closing(self.laptop.open_visit(self.visit, read_only=True)) as earlier:
            return carry_over(visit, earlier)


def earlier_visits(laptop: Laptop, state: VisitState) -> list[VisitSummary]:
    """Visits to the same service before this one, the latest first."""
    return [v for v in laptop.visits() if v.service == state.info.service and v.date < state.info.date]


class CarryButton(Button):
    """Takes over an earlier plan for an interim review without one; a menu opens if there are several visits."""

    def __init__(self, page: Page) -> None:
        super().__init__(_("Copy from an earlier plan…"), "restore")
        self._page = page
        self.clicked.connect(self._on_clicked)

    def show_if_useful(self) -> None:
        """Show the button only in an interim review that can be written to and has no actions."""
        state = self._page.state
        self.setVisible(self._page.writable and state.info.kind == "interim" and not state.actions)

    @Slot()
    def _on_clicked(self) -> None:
        laptop = self._page.session.laptop
        visits = earlier_visits(laptop, self._page.state) if laptop is not None else []
        if not visits:
            self._page.notify(_("This laptop has no earlier visit to this service."), "not_met")
        elif len(visits) == 1:
            self._carry_over(visits[0].id)
        else:
            menu = QMenu(self)
            for visit in visits:
                menu.addAction(long_date(visit.date)).setData(visit.id)
            menu.triggered.connect(self._on_triggered)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    @Slot("QAction*")
    def _on_triggered(self, action: object) -> None:
        self._carry_over(str(action.data()))  # type: ignore[attr-defined]

    def _carry_over(self, visit: str) -> None:
        page = self._page
        if page.session.laptop is not None:
            job = Carry(page.session.laptop, visit)
            page.run_with_visit(
                _("Copying from the earlier plan"), job, self._on_carried_over, self._on_failed, writes=True
            )

    def _on_carried_over(self, change: Change) -> None:
        self._page.session.bridge.adopt(change)
        self._page.session.bridge.saved.emit()
        many = len(change.records)
        told = plural("{n} action copied", "{n} actions copied", many)
        self._page.notify(_("{told}. You can undo this.", told=told), "met")
        first = self._page.start_focus()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_failed(self, error: ReviewError) -> None:
        self._page.notify(error, "not_met")
