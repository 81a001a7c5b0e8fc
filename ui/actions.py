"""Menus and shortcuts: everything the program can do, with its words and its key in one place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from ui.pages import PAGES
from ui.theme import theme

THEMES = (("system", "Follow the system"), ("light", "Light"), ("dark", "Dark"))
LOCK_AFTER = ((5, "After 5 minutes"), (10, "After 10 minutes"), (15, "After 15 minutes"), (30, "After 30 minutes"))


class Actions:
    """The window's actions. Slots are the window's own methods; this only names them."""

    def __init__(self, window: QMainWindow, slots: dict[str, Callable[..., None]]) -> None:
        self._window, self._slots = window, slots
        bar = window.menuBar()
        file, edit = bar.addMenu("&File"), bar.addMenu("&Edit")
        view, go, help_ = bar.addMenu("&View"), bar.addMenu("&Go"), bar.addMenu("&Help")
        self.close_visit = self._add(file, "&Close this visit", "close_visit")
        self.backup = self._add(file, "&Back up this visit…", "backup")
        self.export = self._add(file, "&Export these standards…", "export")
        file.addSeparator()
        self.passphrase = self._add(file, "Change the &passphrase…", "passphrase")
        self.recovery = self._add(file, "New &recovery code…", "recovery")
        file.addSeparator()
        self.lock = self._add(file, "&Lock", "lock", "Ctrl+L")
        self._lock_after(file)
        file.addSeparator()
        # Ctrl+Q marks a quote, all day long; leaving must not be a slip of the finger away.
        self.quit = self._add(file, "&Quit", "quit", "Ctrl+Shift+Q")
        self.undo = self._add(edit, "&Undo", "undo", QKeySequence.StandardKey.Undo)
        self.redo = self._add(edit, "&Redo", "redo", "Ctrl+Shift+Z")
        edit.addSeparator()
        self.find = self._add(edit, "&Find on this page", "find", QKeySequence.StandardKey.Find)
        self.find_any = self._add(edit, "Find &anything", "find_any", "Ctrl+K")
        self._view(view)
        self.pages: dict[str, QAction] = {}
        for number, row in enumerate(PAGES):
            action = self._add(go, row.nav, "go", f"Ctrl+{number}")
            action.setData(row.name)
            self.pages[row.name] = action
        self.help = self._add(help_, "&Help for this page", "help", "F1")
        self._add(help_, "&About Reviewapp", "about")

    def _add(self, menu: QMenu, text: str, slot: str, key: str | QKeySequence.StandardKey | None = None) -> QAction:
        action = QAction(text, self._window)
        if key is not None:
            action.setShortcut(QKeySequence(key))
        action.triggered.connect(self._slots[slot])
        menu.addAction(action)
        return action

    def _choices(self, menu: QMenu, slot: str, choices: tuple[tuple[str | int, str], ...]) -> dict[str | int, QAction]:
        group = QActionGroup(self._window)
        result = {}
        for value, words in choices:
            action = QAction(words, self._window)
            action.setCheckable(True)
            action.setData(value)
            group.addAction(action)
            menu.addAction(action)
            result[value] = action
        group.triggered.connect(self._slots[slot])
        return result

    def _lock_after(self, menu: QMenu) -> None:
        self.lock_after = self._choices(menu.addMenu("Lock by &itself"), "lock_after", LOCK_AFTER)

    def _view(self, menu: QMenu) -> None:
        self.larger = self._add(menu, "&Larger text", "larger")
        self.larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self.smaller = self._add(menu, "&Smaller text", "smaller", "Ctrl+-")
        menu.addSeparator()
        self.themes = self._choices(menu, "theme", THEMES)
        self.themes[theme().choice].setChecked(True)
        menu.addSeparator()
        self.one_key = self._add(menu, "&Rate with one key in lists", "one_key")
        self.one_key.setCheckable(True)

    def show(self, *, unlocked: bool, visit: bool, undo: str | None, redo: str | None) -> None:
        """What can be done now, and what Undo would undo."""
        self.undo.setText(f"&Undo {undo}" if undo else "&Undo")
        self.redo.setText(f"&Redo {redo}" if redo else "&Redo")
        self.undo.setEnabled(bool(undo))
        self.redo.setEnabled(bool(redo))
        self.lock.setEnabled(unlocked)
        self.find_any.setEnabled(unlocked)
        self.passphrase.setEnabled(unlocked)
        self.recovery.setEnabled(unlocked)
        for action in (self.close_visit, self.backup, self.export, self.find):
            action.setEnabled(unlocked and visit)
        for row in PAGES:
            self.pages[row.name].setEnabled(unlocked and (visit or not row.needs_visit))
