"""The header of the window: the visit, the person's role, find, help and lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame

from reviewapp.base.i18n import _
from ui.formats import long_date
from ui.labels import KINDS, ROLES
from ui.theme import space, theme
from ui.theme.icons import draw_icon
from ui.widgets.basics import Elided, column, row
from ui.widgets.buttons import Button, IconButton

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import OpenVisit


class Header(QFrame):
    """Shows the open visit and who the person is; each of its buttons is also a menu entry."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("header")
        self.service = Elided("Reviewapp", "heading")
        self.about = Elided(_("No visit is open"), "small")
        self.me = Elided("", "small")
        self.find_any = Button(
            _("Find anything"), "search", name=_("Find anything (Ctrl+K)"), tip=_("Find anything (Ctrl+K)")
        )
        # A mouse click leaves the focus in the text being edited, to which closing the panel returns.
        self.find_any.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.concern = Button(
            _("Immediate concern"), "alert", "danger", name=_("Immediate concern (Ctrl+Shift+I)"),
            tip=_("Record that someone may be at risk"),
        )  # fmt: skip
        # A mouse click leaves the interview in which it came up in hand.
        self.concern.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.concern.hide()
        self.help = IconButton("help", _("Help for this page (F1)"))
        self.lock = IconButton("lock", _("Lock (Ctrl+L)"))
        layout = row(
            column(self.service, self.about, gap=0), self.me, self.concern, self.find_any, self.help, self.lock, gap=2
        )
        layout.setStretch(0, 1)
        layout.setContentsMargins(space(5), space(2), space(3), space(2))
        self.setLayout(layout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # A narrow header drops the words of the button first, so that the name of the service stays.
        super().resizeEvent(event)
        parts = (self.find_any, _("Find anything"), 1080), (self.concern, _("Immediate concern"), 900)
        for button, words, wide in parts:
            shown = words if self.width() >= theme().px(wide) else ""
            if shown != button.text():
                button.setText(shown)
                draw_icon(button)

    def show_visit(self, visit: OpenVisit | None) -> None:
        """Show the service, date and person of this visit, or that none is open."""
        self.concern.setVisible(visit is not None and not visit.read_only)
        if visit is None:
            self.service.setText("Reviewapp")
            self.about.setText(_("No visit is open"))
            self.me.setText("")
            return
        from reviewapp.figures.rounds import this_round  # the window is there before a visit is

        info, person = visit.state.info, visit.state.people.get(visit.me)
        self.service.setText(info.service)
        self.about.setText(
            " · ".join(
                w
                for w in (KINDS.get(info.kind, info.kind), long_date(this_round(visit.state).held), info.organisation)
                if w
            )
        )
        self.me.setText(
            _("You are {me}, {role}", me=visit.me, role=ROLES.get(person.role, person.role))
            if person
            else _("You are {me}", me=visit.me)
        )
