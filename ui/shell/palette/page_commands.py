"""Tasks done on the pages, searchable by their words; each opens the place where it is done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from reviewapp.base.i18n import _

if TYPE_CHECKING:
    from ui.session.session import Session


class PageCommand(NamedTuple):
    """Label, page and place that Enter opens, and `who` may use it: anybody, with a visit open, its lead."""

    words: str
    page: str
    place: tuple[str, str]
    who: str


ANYBODY, VISIT, LEAD = "anybody", "visit", "lead"
HERE = ("", "")
COMMANDS = (
    PageCommand(_("Write the visit pack"), "start", ("view", "write_pack"), LEAD),
    PageCommand(_("Take in what the team sent"), "overview", ("card", "prepare"), LEAD),
    PageCommand(_("Share out the questions"), "overview", ("card", "asks"), LEAD),
    PageCommand(_("Timetable: add or change an appointment"), "overview", ("card", "day"), LEAD),
    PageCommand(_("Change the review team"), "overview", ("card", "people"), LEAD),
    PageCommand(_("Still untested: what to ask next"), "overview", ("card", "untested"), VISIT),
    PageCommand(_("New interview"), "interviews", ("new", "yes"), VISIT),
    PageCommand(_("Something that cannot wait: write down a concern"), "interviews", ("concern", "new"), VISIT),
    PageCommand(_("Save my work to a file"), "bring_together", HERE, VISIT),
    PageCommand(_("Bring in the others' work"), "bring_together", HERE, VISIT),
    PageCommand(_("Open or close the meeting"), "agree", HERE, LEAD),
    PageCommand(_("Save the report as PDF or Word"), "report", HERE, VISIT),
    PageCommand(_("Add an action"), "action_plan", HERE, VISIT),
    PageCommand(_("New visit"), "start", ("view", "new"), ANYBODY),
    PageCommand(_("Take a visit pack"), "start", ("view", "take"), ANYBODY),
    PageCommand(_("Restore from a backup"), "start", ("view", "restore"), ANYBODY),
)


class PageCommands(QObject):
    """The entries of `COMMANDS` as actions; triggered, an action shows its page through the session."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._actions: list[QAction] = []
        for number, way in enumerate(COMMANDS):
            action = QAction(way.words, self)
            action.setData(f"way:{number}")
            action.triggered.connect(self._on_triggered)
            self._actions.append(action)

    def usable(self) -> Iterator[QAction]:
        """Yield the actions that the person of this laptop can use now."""
        visit = self._session.visit
        leads = visit is not None and visit.is_lead and not visit.read_only
        may = {ANYBODY: True, VISIT: visit is not None, LEAD: leads}
        for way, action in zip(COMMANDS, self._actions, strict=True):
            if may[way.who]:
                yield action

    @Slot()
    def _on_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            way = COMMANDS[int(str(action.data()).partition(":")[2])]
            self._session.show_page(way.page, dict([way.place]) if way.place != HERE else {})
