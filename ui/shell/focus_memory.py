"""Restores the keyboard focus and the caret after unlocking and after a change of page."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from ui.pages.base import Page
from ui.widgets import DraftText


@dataclass(frozen=True)
class FocusedWidget:
    """A widget to find again on a rebuilt page: the n-th of its class with this digest of its name (no text)."""

    kind: str
    name: str
    nth: int
    caret: tuple[int, int] = (0, 0)


def _matching_widgets(page: Page, kind: str, name: str) -> list[QWidget]:
    return [w for w in page.findChildren(QWidget) if type(w).__name__ == kind and _digest(w) == name]


def _digest(widget: QWidget) -> str:
    """The same in every run of the program, as what locked may be another process."""
    return hashlib.sha256(widget.accessibleName().encode("utf-8", "surrogatepass")).hexdigest()


def _caret(widget: QWidget) -> tuple[int, int]:
    if isinstance(widget, QPlainTextEdit):
        return widget.textCursor().anchor(), widget.textCursor().position()
    return (widget.cursorPosition(),) * 2 if isinstance(widget, QLineEdit) else (0, 0)


class FocusMemory(QObject):
    """Remembers the focused widget of a page while another page is shown or the program is locked.

    If a button pressed to lock took the focus from a text, the text gets it back. If the widget is not found again,
    nothing has the focus, so that further typing does not rate anything.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._text: QWidget | None = None
        self._spot: FocusedWidget | None = None
        self._locked = False
        self._notes: dict[str, QWidget] = {}
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)

    @Slot(QWidget, QWidget)
    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(new, QPlainTextEdit | QLineEdit):
            self._text = new

    def remember_note(self, name: str, page: Page | None, focus: QWidget | None) -> None:
        """Remember the note that had the focus on page `name`, which is being left."""
        self._notes.pop(name, None)
        if page is not None and isinstance(focus, DraftText) and page.isAncestorOf(focus):
            self._notes[name] = focus

    def restore_place(self, name: str, page: Page) -> QWidget | None:
        """The note that had the focus when page `name` was left, if it is still visible and enabled; else None."""
        note = self._notes.pop(name, None)
        if note is None or not shiboken6.isValid(note) or not page.isAncestorOf(note):
            return None
        return note if note.isEnabled() and note.isVisibleTo(page) else None

    def remember(self, page: Page | None, focus: QWidget | None) -> None:
        """Remember the focused widget of `page` and its caret before the program locks."""
        self._locked, self._spot = True, None
        if page is None:
            return
        text = self._text if self._text is not None and shiboken6.isValid(self._text) else None
        if focus is None or not page.isAncestorOf(focus):
            focus = text if text is not None and page.isAncestorOf(text) else None
        if focus is not None:
            kind, name = type(focus).__name__, _digest(focus)
            self._spot = FocusedWidget(kind, name, _matching_widgets(page, kind, name).index(focus), _caret(focus))

    def remembered(self) -> dict[str, Any]:
        """What `remember` has found, for another process; empty if there was no such widget."""
        return asdict(self._spot) if self._spot is not None else {}

    def take_remembered(self, found: Mapping[str, Any]) -> None:
        """Take what `remembered` gave in the process before."""
        self._locked = True
        self._spot = FocusedWidget(**{**found, "caret": tuple(found["caret"])}) if found else None

    def restore_focus(self, page: Page | None) -> None:
        """Focus the widget remembered by `remember`; call it once the page shows its contents again."""
        locked, spot = self._locked, self._spot
        self._locked, self._spot = False, None
        if not locked or page is None:
            return
        found = next(islice(_matching_widgets(page, spot.kind, spot.name), spot.nth, None), None) if spot else None
        if found is None or not found.isEnabled() or not found.isVisibleTo(page):
            now = page.window().focusWidget()
            if now is not None:
                now.clearFocus()
            return
        found.setFocus(Qt.FocusReason.OtherFocusReason)
        assert spot is not None
        if isinstance(found, QPlainTextEdit):
            cursor, last = found.textCursor(), len(found.toPlainText())
            cursor.setPosition(min(spot.caret[0], last))
            cursor.setPosition(min(spot.caret[1], last), cursor.MoveMode.KeepAnchor)
            found.setTextCursor(cursor)
        elif isinstance(found, QLineEdit):
            found.setCursorPosition(spot.caret[1])
