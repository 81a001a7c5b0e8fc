"""Menus and shortcuts: every command with its text and its key in one place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from reviewapp.base.i18n import _
from ui.pages import PAGES
from ui.theme import theme
from ui.widgets.editing import Possible

THEMES = (("system", _("Same as the s&ystem")), ("light", _("Li&ght")), ("dark", _("&Dark")))
LOCK_CHOICES = (
    (5, _("After 5 minutes")),
    (10, _("After 10 minutes")),
    (15, _("After 15 minutes")),
    (30, _("After 30 minutes")),
)

PLAIN = "plain"
"""Action property with the command's text alone, without the name of the change that Undo would revert."""


class Actions:
    """Actions of the window in their menus; `slots` has the method for each name."""

    def __init__(self, window: QMainWindow, slots: dict[str, Callable[..., None]]) -> None:
        self._window, self._slots = window, slots
        self._names: tuple[str | None, str | None] = (None, None)
        self._can = Possible()
        bar = window.menuBar()
        file, edit = bar.addMenu(_("&File")), bar.addMenu(_("&Edit"))
        view, go, help_ = bar.addMenu(_("&View")), bar.addMenu(_("&Go")), bar.addMenu(_("&Help"))
        self.close_visit = self._add(file, _("&Close this visit"), "close_visit")
        self.backup = self._add(file, _("&Save a backup…"), "backup")
        self.export = self._add(file, _("&Export these standards…"), "export")
        file.addSeparator()
        self.passphrase = self._add(file, _("Change &passphrase…"), "passphrase")
        self.recovery = self._add(file, _("New &recovery code…"), "recovery")
        file.addSeparator()
        self.lock = self._add(file, _("&Lock"), "lock", "Ctrl+L")
        self._lock_after(file)
        file.addSeparator()
        # Ctrl+Q marks a quote and is pressed all day: a slip of the finger must not quit the program.
        self.quit = self._add(file, _("&Quit"), "quit", "Ctrl+Shift+Q")
        self._edit(edit)
        self._view(view)
        self.back = self._add(go, _("&Back"), "back", "Alt+Left")
        self.forward = self._add(go, _("&Forward"), "forward", "Alt+Right")
        go.addSeparator()
        self.pages: dict[str, QAction] = {}
        for number, row in enumerate(PAGES):
            action = self._add(go, row.nav, "go", f"Ctrl+{number}")
            action.setData(row.name)
            self.pages[row.name] = action
        go.addSeparator()
        self.concern = self._add(go, _("&Immediate concern"), "concern", "Ctrl+Shift+I")
        self.help = self._add(help_, _("&Help for this page"), "help", "F1")
        self.reviewer_card = self._add(help_, _("Quick-start card for &reviewers…"), "reviewer_card")
        self.lead_card = self._add(help_, _("Quick-start card for the &lead…"), "lead_card")
        self.shortcuts = self._add(help_, _("&Keyboard shortcuts"), "shortcuts", "Ctrl+F1")
        self._add(help_, _("&About Reviewapp"), "about")

    def _add(self, menu: QMenu, text: str, slot: str, key: str | QKeySequence.StandardKey | None = None) -> QAction:
        action = QAction(text, self._window)
        if key is not None:
            action.setShortcut(QKeySequence(key))
        action.triggered.connect(self._slots[slot])
        menu.addAction(action)
        action.setProperty(PLAIN, text)
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
        self.lock_after = self._choices(menu.addMenu(_("Lock &automatically")), "lock_after", LOCK_CHOICES)

    def _edit(self, edit: QMenu) -> None:
        self.undo = self._add(edit, _("&Undo"), "undo", QKeySequence.StandardKey.Undo)
        self.redo = self._add(edit, _("&Redo"), "redo")
        self.redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        edit.addSeparator()
        self.cut = self._add(edit, _("Cu&t"), "cut", QKeySequence.StandardKey.Cut)
        self.copy = self._add(edit, _("&Copy"), "copy", QKeySequence.StandardKey.Copy)
        self.paste = self._add(edit, _("&Paste"), "paste", QKeySequence.StandardKey.Paste)
        self.select_all = self._add(edit, _("Select a&ll"), "select_all", QKeySequence.StandardKey.SelectAll)
        edit.addSeparator()
        self.find = self._add(edit, _("&Find on this page"), "find", QKeySequence.StandardKey.Find)
        self.find_any = self._add(edit, _("Find &anything"), "find_any", "Ctrl+K")
        edit.addSeparator()
        self.spelling = self._add(edit, _("Check &spelling"), "spelling")
        self.spelling.setCheckable(True)
        self.next_unknown = self._add(edit, _("Next &misspelt word"), "next_unknown", "F7")

    def _view(self, menu: QMenu) -> None:
        self.larger = self._add(menu, _("&Larger text"), "larger")
        self.larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self.smaller = self._add(menu, _("&Smaller text"), "smaller", "Ctrl+-")
        # Elsewhere Ctrl+0 does it, which is a page here; and with Shift Windows keeps that key for itself.
        self.normal = self._add(menu, _("&Normal text size"), "normal", "Ctrl+Shift+N")
        menu.addSeparator()
        self.themes = self._choices(menu, "theme", THEMES)
        self.themes[theme().choice].setChecked(True)
        menu.addSeparator()
        self.one_key = self._add(menu, _("&Rate with one key in lists"), "one_key")
        self.one_key.setCheckable(True)

    def set_edit(self, can: Possible) -> None:
        """Enable what can be done in the box or list with the keyboard; typing is undone before the visit's changes."""
        self._can = can
        undo, redo = self._names
        self.undo.setText(_("&Undo typing") if can.undo else _("&Undo {undo}", undo=undo) if undo else _("&Undo"))
        self.redo.setText(_("&Redo typing") if can.redo else _("&Redo {redo}", redo=redo) if redo else _("&Redo"))
        self.undo.setEnabled(can.undo or bool(undo))
        self.redo.setEnabled(can.redo or bool(redo))
        self.cut.setEnabled(can.cut)
        self.copy.setEnabled(can.copy)
        self.paste.setEnabled(can.paste)
        self.select_all.setEnabled(can.select_all)

    def set_state(self, *, unlocked: bool, visit: bool, undo: str | None, redo: str | None) -> None:
        """Enable the actions that can be used now; `undo` and `redo` are the names of the next changes, or None."""
        self._names = undo, redo
        self.set_edit(self._can)
        self.lock.setEnabled(unlocked)
        self.find_any.setEnabled(unlocked)
        self.back.setEnabled(unlocked)
        self.forward.setEnabled(unlocked)
        self.passphrase.setEnabled(unlocked)
        self.recovery.setEnabled(unlocked)
        self.concern.setEnabled(unlocked and visit)
        for action in (self.close_visit, self.backup, self.export, self.find):
            action.setEnabled(unlocked and visit)
        for row in PAGES:
            self.pages[row.name].setEnabled(unlocked and (visit or not row.needs_visit))
