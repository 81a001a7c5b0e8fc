"""What the Edit menu acts on: the box of text or the list that has the keyboard, and their right-click menus."""

from __future__ import annotations

import sys

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from ui.widgets import editing
from ui.widgets.copied_rows import copy_rows, selected_rows
from ui.widgets.editing import Possible, TextBox, text_box
from ui.widgets.row_menu import RowMenu
from ui.widgets.taborder import widget_with_focus
from ui.widgets.text_menu import TextMenu, place_in_text

_SEVERAL = (
    QAbstractItemView.SelectionMode.ExtendedSelection,
    QAbstractItemView.SelectionMode.MultiSelection,
)


MENU_KEYS = "Shift+F10"
"""Beside the Menu key, which not every keyboard has. Windows itself knows them; elsewhere Qt does not."""


class EditFocus(QObject):
    """Knows the box or list that Edit acts on: the last one with the keyboard, which an open menu does not change.

    Emits `changed` when something else can be done. It hears the focused widget only, for the reason in `IdleLock`.
    """

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        if sys.platform != "win32":
            shortcut = QShortcut(QKeySequence(MENU_KEYS), parent)
            shortcut.activated.connect(self._on_menu_keys)
        self._widget: QWidget | None = None
        self._heard: list[tuple[QObject, SignalInstance]] = []
        application = QGuiApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)
        self._on_focus(None, QApplication.focusWidget())

    @property
    def text(self) -> TextBox | None:
        """The box of text that Edit acts on; None if it is none."""
        widget = self._alive()
        return None if isinstance(widget, QAbstractItemView) else text_box(widget)

    @property
    def view(self) -> QAbstractItemView | None:
        """The list or table that Edit acts on; None if it is none."""
        widget = self._alive()
        return widget if isinstance(widget, QAbstractItemView) and _has_menu(widget) else None

    def possible(self) -> Possible:
        """What Edit can do now."""
        text, view = self.text, self.view
        if text is not None:
            return editing.possible(text)
        if view is None or view.model() is None:
            return Possible()
        return Possible(
            copy=bool(selected_rows(view)),
            select_all=view.selectionMode() in _SEVERAL and view.model().rowCount() > 1,
        )

    def undo(self) -> bool:
        """Undo typing in the box; False if there is none, so that the visit's last change is to be undone."""
        box = self.text
        if box is None or not editing.possible(box).undo:
            return False
        editing.undo(box)
        return True

    def redo(self) -> bool:
        """Redo typing in the box; False if there is none to be done again."""
        box = self.text
        if box is None or not editing.possible(box).redo:
            return False
        editing.redo(box)
        return True

    def cut(self) -> None:
        """Cut the selected text."""
        if self.text is not None:
            editing.cut(self.text)

    def copy(self) -> int:
        """Copy the selected text or rows; the number of rows, or 0 for text."""
        if self.view is not None:
            return copy_rows(self.view, selected_rows(self.view))
        if self.text is not None:
            editing.copy(self.text)
        return 0

    def paste(self) -> None:
        """Paste into the box."""
        if self.text is not None:
            editing.paste(self.text)

    def select_all(self) -> None:
        """Select all of the text, or every row."""
        if self.view is not None:
            self.view.selectAll()
        elif self.text is not None:
            editing.select_all(self.text)

    def _alive(self) -> QWidget | None:
        if self._widget is not None and not shiboken6.isValid(self._widget):
            self._widget = None
        # A box that went away with what it was in is not undone in, unseen: what it recorded is.
        return self._widget if self._widget is not None and self._widget.isVisible() else None

    @Slot(QWidget, QWidget)
    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is None or isinstance(new, QMenu | QMenuBar):
            return
        self._forget()
        self._widget = new
        for part in _parts(new):
            part.installEventFilter(self)
        box = self.text
        if isinstance(box, QLineEdit | QPlainTextEdit | QTextEdit):
            self._heard = [(box, box.selectionChanged), (box, box.textChanged)]
        elif self.view is not None and self.view.selectionModel() is not None:
            choice = self.view.selectionModel()
            self._heard = [(choice, choice.selectionChanged)]
        for _sender, signal in self._heard:
            signal.connect(self._on_edited)
        self.changed.emit()

    def _forget(self) -> None:
        for sender, signal in self._heard:
            if shiboken6.isValid(sender):
                signal.disconnect(self._on_edited)
        self._heard = []
        before = self._alive()
        for part in _parts(before) if before is not None else ():
            part.removeEventFilter(self)

    @Slot()
    def _on_edited(self) -> None:
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open our menu in the place of Qt's, whose words are not ours."""
        if not isinstance(event, QContextMenuEvent) or not isinstance(watched, QWidget):
            return False
        return _has_menu(watched) and self._open_menu(event)

    @Slot()
    def _on_menu_keys(self) -> None:
        widget = widget_with_focus()
        if widget is not None:
            at = widget.rect().center()
            keyboard = QContextMenuEvent.Reason.Keyboard
            QApplication.sendEvent(widget, QContextMenuEvent(keyboard, at, widget.mapToGlobal(at)))

    def _open_menu(self, event: QContextMenuEvent) -> bool:
        keyed = event.reason() == QContextMenuEvent.Reason.Keyboard
        box, view = self.text, self.view
        if view is not None and view.model() is not None:
            inside = view.viewport()
            at = view.visualRect(view.currentIndex()).center() if keyed else inside.mapFromGlobal(event.globalPos())
            RowMenu(view).popup(inside.mapToGlobal(at))
            return True
        if box is None:
            return False
        shown = box.viewport() if isinstance(box, QPlainTextEdit | QTextEdit) else box
        position, where = place_in_text(box, None if keyed else shown.mapFromGlobal(event.globalPos()))
        TextMenu(box, position, box).popup(where)
        return True


def _has_menu(widget: QWidget) -> bool:
    """Whether the right mouse button is for us to answer; a list whose rows are nothing to copy has no menu."""
    return widget.contextMenuPolicy() == Qt.ContextMenuPolicy.DefaultContextMenu


def _parts(widget: QWidget) -> list[QWidget]:
    """The widget, and the part of it that gets the mouse."""
    return [widget, widget.viewport()] if isinstance(widget, QAbstractScrollArea) else [widget]
