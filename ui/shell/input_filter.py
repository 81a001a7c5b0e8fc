"""Application-wide input rules that Qt lacks, for the mouse wheel, Enter, the space bar and Ctrl+Z."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QWheelEvent, QWindow
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from ui.widgets.drop_down import show_every_entry
from ui.widgets.typing_guard import TypingGuard, time_of

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


def _wheel_input(widget: QWidget | None) -> QComboBox | QAbstractSpinBox | None:
    """The combo box or spin box that `widget` belongs to, whose value the wheel would change; else None."""
    while widget is not None and not isinstance(widget, QComboBox | QAbstractSpinBox):
        widget = None if widget.isWindow() else widget.parentWidget()
    return widget


def _scroll_area_around(widget: QWidget) -> QAbstractScrollArea | None:
    """The scroll area around the widget, or None."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QAbstractScrollArea):
        parent = None if parent.isWindow() else parent.parentWidget()
    return parent


def _has_no_unsaved_typing(edit: QLineEdit, event: QKeyEvent) -> bool:
    """Whether undo or redo was pressed in a field without unsaved typing, so that it concerns the visit."""
    if event.matches(QKeySequence.StandardKey.Undo):
        return not (edit.isUndoAvailable() and edit.isModified())
    return event.matches(QKeySequence.StandardKey.Redo) and not edit.isRedoAvailable()


class InputFilter(QObject):
    """The wheel scrolls the page unless the input under it has the focus; Enter clicks a focused button.

    Enter and the space bar do nothing on a button while a sentence is typed there (`TypingGuard`): whoever goes on
    writing after clicking a button would press it again with every space. Ctrl+Z in a line edit undoes typing that is
    not saved yet, and after that the last change of the visit. The filter is installed at the windows and the focused
    widget only, for the reason given in `IdleLock`.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._guard = TypingGuard()
        application = QGuiApplication.instance()
        assert isinstance(application, QApplication)
        application.focusWindowChanged.connect(self._on_window)
        application.focusChanged.connect(self._on_focus)
        self._list: QAbstractItemView | None = None
        self._lists = QTimer(self)
        self._lists.setSingleShot(True)
        self._lists.setInterval(0)
        self._lists.timeout.connect(self._on_list)
        # The window has been shown and focused before this filter is made.
        self._on_window(QGuiApplication.focusWindow())
        self._on_focus(None, QApplication.focusWidget())

    @Slot(QWindow)
    def _on_window(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    @Slot(QWidget, QWidget)
    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if isinstance(new, QAbstractButton | QLineEdit | QAbstractSpinBox):
            new.installEventFilter(self)
        elif isinstance(new, QAbstractItemView):
            self._list = new
            self._lists.start()

    @Slot()
    def _on_list(self) -> None:
        """Once the list of a drop-down has its place."""
        if self._list is not None and shiboken6.isValid(self._list):
            show_every_entry(self._list)
        self._list = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QWheelEvent) and isinstance(watched, QWindow):
            return self._redirect_wheel(event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return isinstance(watched, QAbstractButton) and self._press_button(watched, event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            edit = watched.findChild(QLineEdit) if isinstance(watched, QAbstractSpinBox) else watched
            if isinstance(edit, QLineEdit) and _has_no_unsaved_typing(edit, event):
                event.ignore()
                return True
        return False

    def _press_button(self, button: QAbstractButton, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier & ~Qt.KeyboardModifier.KeypadModifier
        if plain and (event.key() in _ENTER or event.key() == Qt.Key.Key_Space):
            if not self._guard.command(time_of(event)):
                return True
        elif plain and event.text().isprintable() and event.text():
            self._guard.character(time_of(event), event.text())
        return isinstance(button, QPushButton | QToolButton) and self._click_on_enter(button, event)

    def _click_on_enter(self, button: QPushButton | QToolButton, event: QKeyEvent) -> bool:
        if event.key() not in _ENTER or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if not event.isAutoRepeat():
            button.click()
        return True

    def _redirect_wheel(self, event: QWheelEvent) -> bool:
        where = event.globalPosition()
        box = _wheel_input(QApplication.widgetAt(where.toPoint()))
        if box is None or box.hasFocus():
            return False
        page = _scroll_area_around(box)
        if page is not None:
            passed = QWheelEvent(
                QPointF(page.viewport().mapFromGlobal(where)),
                where,
                event.pixelDelta(),
                event.angleDelta(),
                event.buttons(),
                event.modifiers(),
                event.phase(),
                event.inverted(),
                event.source(),
            )
            QApplication.sendEvent(page.viewport(), passed)
        return True
