"""Help panel beside the page: the help text of the page in view, without a network."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from reviewapp.base.i18n import _
from ui.pages.base import Page
from ui.shell.help_paragraphs import Paragraph, paragraphs
from ui.theme import space, theme
from ui.widgets import IconButton, Scroll, Text, clear, column, row

EVERYWHERE = _(
    "There is no Save button: what you type is saved within a second. The line at the bottom tells you so.\n\nPress "
    "Ctrl+K to find anything: a standard, a quote, a note, a person, a page or a command. Press Ctrl+Z to undo the "
    "last thing you did; the Edit menu names it. Press Ctrl+L to lock, Ctrl+1 to Ctrl+9 to go to a page, and Ctrl++ "
    "to make the text larger, Ctrl+Shift+N for its normal size."
)

PAGE_LEAST = 565
"""Width at 100 % that every page needs if nothing on it is to be cut."""


class HelpPanel(QFrame):
    """Shows the page's help text; opens with F1, closes with Escape. Emits `closed` when it is closed.

    The focus goes to its first paragraph, and Down leads from one to the next.
    """

    closed = Signal()

    def __init__(self, nav: QWidget, beside: QWidget) -> None:
        super().__init__()
        self._nav, self._beside = nav, beside
        self._before: QWidget | None = None
        self._paragraphs: list[Paragraph] = []
        self.setObjectName("help")
        self.setAccessibleName(_("Help"))
        self._title = Text("", "heading")
        self._close = IconButton("cross", _("Close help"))
        self._close.clicked.connect(self._on_close)
        self._scroll = Scroll(margin=4, gap=3)
        top = row(self._title, self._close)
        top.setStretch(0, 1)
        top.setContentsMargins(space(4), space(3), space(2), 0)
        layout = column(top, gap=0)
        layout.addWidget(self._scroll, 1)
        self.setLayout(layout)
        theme().changed.connect(self._on_themed)
        self.hide()

    @Slot()
    def _on_themed(self) -> None:
        self.apply_width()

    def toggle(self, page: Page | None) -> None:
        """Open the panel for this page, or close it if it is open."""
        if self.isVisible() or page is None:
            self._on_close()
            return
        self._before = self.window().focusWidget()
        self.show()
        self.show_for(page)
        self._paragraphs[0].setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def came_from(self) -> QWidget | None:
        """The widget that had the focus when help was opened, if it is still visible and enabled."""
        before = self._before
        if before is None or not shiboken6.isValid(before) or not before.isVisible() or not before.isEnabled():
            return None
        return before

    def show_for(self, page: Page) -> None:
        """Show the help text of this page; does nothing while the panel is closed."""
        if self.isHidden():
            return
        self.apply_width()
        self._title.setText(page.TITLE)
        clear(self._scroll.body)
        self._paragraphs = []
        own = paragraphs(page.HELP, "body", self._scroll, self._paragraphs)
        every = paragraphs(EVERYWHERE, "muted", self._scroll, self._paragraphs)
        self._scroll.add(*own, Text(_("On every page"), "strong"), *every, None)
        for one in self._paragraphs:
            one.show()  # a layout does so later, and only what is shown takes the focus
        first = self._paragraphs[0]
        first.setAccessibleName(_("Help. {text}", text=first.text()))
        self._scroll.verticalScrollBar().setValue(0)

    def apply_width(self) -> None:
        """Fit the panel beside the page if both have room, else cover the page until it is closed."""
        if self.isHidden():
            return
        across = self.window().width() - self._nav.maximumWidth()
        wanted, least = min(theme().px(320), across // 2), theme().px(PAGE_LEAST)
        both = across - least >= theme().px(220)
        self._beside.setVisible(both)
        self.setFixedWidth(min(wanted, across - least) if both else across)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._beside.show()

    @Slot()
    def _on_close(self) -> None:
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_close()
        else:
            super().keyPressEvent(event)
