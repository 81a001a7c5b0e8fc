"""A visit in the list: open it, check it, back it up, restore or delete it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QMenu, QWidget

from reviewapp.base.i18n import _
from reviewapp.visit import labels
from reviewapp.workspace.laptop import VisitSummary
from ui.formats import long_date
from ui.widgets import Button, Card, CardButton, ErrorLine, FlowLayout, row

ACTIONS = (
    ("look", _("Check for damage")),
    ("next", _("New visit to this team…")),
    ("backup", _("Save a backup…")),
    ("restore", _("Restore a backup…")),
    ("delete", _("Delete from this laptop…")),
)


class VisitCard(QWidget):
    """A visit that can be opened; emits `opened(visit id)`, and `asked(action, visit id)` from its menu."""

    opened = Signal(str)
    asked = Signal(str, str)

    def __init__(self, visit: VisitSummary, *, open_now: bool) -> None:
        super().__init__()
        self._visit = visit.id
        named = visit.round[:1].upper() + visit.round[1:]
        day = long_date(visit.held or visit.date)
        words = _(
            "{organisation}. {date}. You are {me}.",
            organisation=visit.organisation,
            date=f"{named}, {day}" if named else day,
            me=labels.person({visit.me: visit} if visit.role or visit.name else {}, visit.me),
        )
        if visit.clock:
            when = long_date(visit.last_change[:10])
            words += _(" Last changed {when}, {clock}.", when=when, clock=visit.clock)
        self.card = CardButton(
            visit.service, words + (_(" Open now.") if open_now else ""), "check" if open_now else "folder"
        )
        if visit.of and visit.agreed:
            told = _("{n} of {of} agreed", n=visit.agreed, of=visit.of)
            self.card.show_progress(told, visit.agreed, visit.of)
        elif visit.of:
            told = _("{n} of {of} rated by you", n=visit.rated, of=visit.of)
            self.card.show_progress(told, visit.rated, visit.of)
        self.more = Button(
            _("More"),
            "chevron_down",
            "quiet",
            name=_("More for {service}, {date}", service=visit.service, date=day),
        )
        self.menu = QMenu(self)
        self.actions_: dict[str, QAction] = {}
        for name, text in ACTIONS:
            action = QAction(text, self.menu)
            action.setData(name)
            self.menu.addAction(action)
            self.actions_[name] = action
        line = row(self.card, self.more, gap=1)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.card.clicked.connect(self._on_open)
        self.more.clicked.connect(self._on_more)
        self.menu.triggered.connect(self._on_action)

    @Slot()
    def _on_open(self) -> None:
        self.opened.emit(self._visit)

    @Slot()
    def _on_more(self) -> None:
        self.menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))
        self.menu.setActiveAction(self.actions_["look"])  # Enter triggers it at once, without Down before

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the button beside it, also with the right mouse button, the Menu key or Shift+F10."""
        self.menu.popup(event.globalPos())
        event.accept()

    @Slot(QAction)
    def _on_action(self, action: QAction) -> None:
        self.asked.emit(str(action.data()), self._visit)


class BrokenCard(Card):
    """A visit that cannot be opened, with the reason; emits `asked(action, visit id)`."""

    asked = Signal(str, str)

    def __init__(self, visit: VisitSummary) -> None:
        super().__init__()
        self._visit = visit.id
        line = ErrorLine()
        self.look, self.restore = Button(_("Check for damage"), "shield"), Button(_("Restore a backup…"), "restore")
        self.delete = Button(_("Delete from this laptop…"), "bin", "quiet")
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button, name in ((self.look, "look"), (self.restore, "restore"), (self.delete, "delete")):
            button.setProperty("action", name)
            button.clicked.connect(self._on_asked)
            flow.addWidget(button)
        self.add(line, buttons)
        line.set_text(_("A visit cannot be opened: {problem}", problem=visit.problem))

    @Slot()
    def _on_asked(self) -> None:
        self.asked.emit(str(self.sender().property("action")), self._visit)
