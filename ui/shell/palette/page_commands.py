"""Tasks done on the pages, searchable by their words; each opens the place where it is done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from ui.pages import PAGES
from ui.pages.entry import ANYBODY, LEAD, PACK, VISIT, PageCommand

if TYPE_CHECKING:
    from ui.session.session import Session


def _for_anybody(command: tuple[str, PageCommand]) -> bool:
    return command[1].who == ANYBODY


COMMANDS = sorted(((entry.name, command) for entry in PAGES for command in entry.commands), key=_for_anybody)
"""The page and the command; what is done in a visit comes before what needs none."""


class PageCommands(QObject):
    """The commands of the pages as actions, for the list of the panel."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._actions: list[QAction] = []
        for number, (_page, command) in enumerate(COMMANDS):
            action = QAction(command.words, self)
            action.setData(f"command:{number}")
            action.triggered.connect(self._on_command)
            self._actions.append(action)

    def usable(self) -> Iterator[QAction]:
        """Yield the actions that the person of this laptop can use now."""
        visit = self._session.visit
        leads = visit is not None and visit.is_lead and not visit.read_only
        packs = visit is not None and visit.laptops.may_write_pack and not visit.read_only
        may = {ANYBODY: True, VISIT: visit is not None, LEAD: leads, PACK: packs}
        for (_page, command), action in zip(COMMANDS, self._actions, strict=True):
            if may[command.who]:
                yield action

    @Slot()
    def _on_command(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            page, command = COMMANDS[int(str(action.data()).partition(":")[2])]
            self._session.show_page(page, dict([command.place]) if command.place is not None else {})
