"""The find panel (Ctrl+K): not modal, over the page; Escape returns the focus to where it was."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, ClassVar

import shiboken6
from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QMenuBar, QWidget

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _, plural
from reviewapp.search import SearchHit
from ui.pages import place_of_record
from ui.pages.base import Page
from ui.session.worker import Progress, WithVisit
from ui.shell.palette.page_commands import PageCommands
from ui.shell.palette.result_list import ResultList
from ui.shell.palette.reveal import reveal_match
from ui.shell.palette.rows import ResultRow, actions_in, matching_actions, rows_with_headings
from ui.theme import space, theme
from ui.widgets import Text, column
from ui.widgets.announce import announce
from ui.widgets.taborder import let_go_of_keyboard

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.session.session import Session

EACH = 6
"""Results of each kind shown at first; `More` below them shows the rest."""
ALL_OF_ONE = 300
MANY_UNREAD = 300
"""More new entries than this are indexed by the worker; fewer take too little time to notice."""
SAY_AFTER_MS = 500

EXAMPLES = _(
    "Type a number (47, P1), a word someone said or wrote, a name, a page or a command. Several words find what has "
    "all of them. Put a phrase “in quotation marks”."
)
NOTHING = _("No matches. Try fewer letters or another word.")
READING = _("Reading what was written since you last searched…")


class FindLine(QLineEdit):
    """Search line: emits `stepped(rows)` for arrow keys, `taken` for Enter and `left` for Escape."""

    stepped = Signal(int)
    taken = Signal()
    left = Signal()

    _STEPS: ClassVar[dict[Qt.Key, int]] = {
        Qt.Key.Key_Down: 1,
        Qt.Key.Key_Up: -1,
        Qt.Key.Key_PageDown: 8,
        Qt.Key.Key_PageUp: -8,
    }

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Find anything"))
        self.setPlaceholderText(_("Find a standard, a quote, a note, a person, a page, a command"))
        self.setMaxLength(200)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in self._STEPS:
            self.stepped.emit(self._STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FindPanel(QFrame):
    """Search panel over the page; closes with Escape, when the focus goes elsewhere, and on locking.

    Closed, it keeps nothing of what was typed and found.
    """

    def __init__(self, session: Session, menu_bar: QMenuBar, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("palette")
        self.setAccessibleName(_("Find anything"))
        self._session, self._menu_bar, self._over = session, menu_bar, over
        self._came_from: QWidget | None = None
        self._page_commands = PageCommands(session, self)
        self._only = ""
        self._reading = False
        self._pending_hit: tuple[SearchHit, str] | None = None
        self.line, self.list = FindLine(), ResultList()
        self.told = Text("", "small")
        self._layout = column(self.line, self.told, self.list, gap=2)
        self._layout.setContentsMargins(space(3), space(3), space(3), space(3))
        self.setLayout(self._layout)
        self._announce_timer = QTimer(self)
        self._announce_timer.setSingleShot(True)
        self._announce_timer.setInterval(SAY_AFTER_MS)
        self._announce_timer.timeout.connect(self._on_announce_due)
        self._connect()
        self.hide()

    def _connect(self) -> None:
        self.line.textChanged.connect(self._on_typed)
        self.line.stepped.connect(self._on_stepped)
        self.line.taken.connect(self._on_taken)
        self.line.left.connect(self._on_left)
        self.list.clicked.connect(self._on_clicked)
        self._session.bridge.changed.connect(self._on_changed)
        theme().changed.connect(self._on_themed)
        self._over.installEventFilter(self)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)

    # Opening and closing -------------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Open the panel, or close it if it is open; does nothing while locked."""
        if self.isVisible():
            self.dismiss()
            return
        if not self._over.isVisible():  # behind the unlock screen there is nothing to find
            return
        self._came_from = self.window().focusWidget()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._index_many()
        self._show_found()

    def dismiss(self, *, keyboard: bool = True) -> None:
        """Close and forget the query and its results; with `keyboard` the focus returns to where it was."""
        self._announce_timer.stop()
        self._only = ""
        back, self._came_from = self._came_from, None
        if self.isHidden():
            return
        if keyboard and back is not None and shiboken6.isValid(back) and back.isVisibleTo(self.window()):
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.line.blockSignals(True)
        self.line.setText("")  # unlike clear(), which Ctrl+Z would take back
        self.line.blockSignals(False)
        self.list.show_rows([])
        self.told.setText("")

    def apply_width(self) -> None:
        """Place the panel in the middle of the window below the header, as high as its list needs."""
        if self.isHidden():
            return
        over, edge, gap = self._over, space(4), self._layout.spacing()
        wide, top = min(theme().px(760), over.width() - 2 * edge), theme().px(64)
        sides = self._layout.contentsMargins()
        inner = wide - sides.left() - sides.right()
        words = self.told.heightForWidth(inner)
        rest = sides.top() + self.line.sizeHint().height() + gap + words + sides.bottom()
        shown = bool(self.list.found.rows)
        most = max(theme().px(60), over.height() - top - edge - rest - gap)
        listed = self.list.height_for(most) if shown else 0
        self.told.setFixedHeight(words)
        self.list.setFixedHeight(listed)
        self.list.setVisible(shown)
        self.setGeometry((over.width() - wide) // 2, top, wide, rest + (gap + listed if shown else 0))

    # Finding -------------------------------------------------------------------------------------------------

    def _index_many(self) -> None:
        """Index new entries in the worker if there are many: after a join there may be thousands."""
        visit = self._session.visit
        if visit is None or visit.read_only or self._reading or self._session.worker.busy:
            return
        if visit.finder.unread_entries() > MANY_UNREAD:
            self._reading = True
            self._session.worker.run(
                _("Reading what was written"),
                WithVisit(visit, _catch_up, writes=True),
                self._indexed,
                self._index_failed,
                quiet=True,
            )

    def _indexed(self, _done: object) -> None:
        self._reading = False
        self._show_found()

    def _index_failed(self, _error: ReviewError) -> None:
        self._reading = False
        self._show_found()

    def _show_found(self) -> None:
        if self.isHidden():
            return
        typed, visit = self.line.text(), self._session.visit
        each = ALL_OF_ONE if self._only else EACH
        found: list[SearchHit] = []
        if visit is not None and typed.strip() and not self._reading:
            found = visit.finder.find(typed, each, self._only)
        usable = chain(actions_in(self._menu_bar), self._page_commands.usable())
        actions = [] if self._only or not typed.strip() else matching_actions(usable, typed)
        self.list.show_rows(rows_with_headings(actions, found, each=each))
        self.told.setText(self._summary(typed))
        self.apply_width()
        self._announce_timer.start()

    def _summary(self, typed: str) -> str:
        many = sum(1 for row in self.list.found.rows if not row.heading and not row.more)
        if self._reading:
            return READING
        if not typed.strip():
            return EXAMPLES
        if not many:
            return NOTHING
        return plural(
            "{n} result. Press Enter to go there.",
            "{n} results. Choose with the arrow keys and press Enter to go there.",
            many,
        )

    def _open_row(self, row: ResultRow) -> None:
        if row.more:
            self._only = row.kind
            self._show_found()
            return
        typed, action, found = self.line.text(), row.action, row.found
        goes = action is None and found is not None and self._session.visit is not None
        if goes:
            let_go_of_keyboard(self)  # or a screen reader would say where one was before it says where one is
        self.dismiss(keyboard=not goes)
        if action is not None:
            action.trigger()
        elif found is not None and self._session.visit is not None:
            visit = self._session.visit
            page, place = place_of_record(found.entity, found.key, visit.state, visit.me)
            self._pending_hit = (found, typed)
            self._session.show_page(page, place)
            QTimer.singleShot(0, self._on_landed)

    # Slots and events ----------------------------------------------------------------------------------------

    @Slot(str)
    def _on_typed(self, _text: str) -> None:
        self._only = ""
        self._show_found()

    @Slot(int)
    def _on_stepped(self, by: int) -> None:
        self.list.step(by)
        row = self.list.chosen()
        if row is not None:
            self._announce_timer.stop()
            announce(self.line, row.words())

    @Slot()
    def _on_taken(self) -> None:
        row = self.list.chosen()
        if row is not None:
            self._open_row(row)

    @Slot(QModelIndex)
    def _on_clicked(self, _index: QModelIndex) -> None:
        self._on_taken()

    @Slot()
    def _on_left(self) -> None:
        if self._only:
            self._only = ""
            self._show_found()
        else:
            self.dismiss()

    @Slot()
    def _on_landed(self) -> None:
        """Select the match on the page; runs once the page is laid out."""
        landing, self._pending_hit = self._pending_hit, None
        visit, window = self._session.visit, self.window()
        page = getattr(window, "page", None)
        if landing is not None and visit is not None and isinstance(page, Page):
            reveal_match(page, *landing, visit.me)

    @Slot()
    def _on_announce_due(self) -> None:
        if not self.line.text().strip():
            return  # a reader says by itself what is on the panel when it opens
        row = self.list.chosen()
        first = _(" First: {words}", words=row.words()) if row is not None else ""
        announce(self.line, f"{self.told.text()}{first}")

    @Slot(QWidget, QWidget)
    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Close when another widget of this window gets the focus; a menu or another window does not close it."""
        if self.isVisible() and new is not None and new is not self.line and new.window() is self.window():
            self.dismiss(keyboard=False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Clicks on widgets without focus, such as the background of a page, close the panel as well.
        if (
            isinstance(event, QMouseEvent)  # checked first: while the window is destroyed nothing else may be used
            and watched is self._over
            and event.type() == QEvent.Type.MouseButtonPress
            and not self.geometry().contains(event.position().toPoint())
        ):
            self.dismiss()
        return False

    @Slot(object)
    def _on_changed(self, _change: object) -> None:
        self._show_found()

    @Slot()
    def _on_themed(self) -> None:
        self.list.scheduleDelayedItemsLayout()
        self.apply_width()


def _catch_up(visit: OpenVisit, _progress: Progress) -> None:
    visit.finder.catch_up()
