"""Menu commands that need little of the window: undo, text size, theme, lock time, dialogs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _, plural
from ui.theme import theme
from ui.theme.tokens import TEXT_SIZES

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenuBar, QStackedWidget, QWidget

    from reviewapp.workspace.open_visit import Change
    from ui.pages.base import Page
    from ui.session.session import Session
    from ui.shell.edit_focus import EditFocus
    from ui.shell.help_panel import HelpPanel
    from ui.shell.idle_lock import IdleLock
    from ui.shell.palette import FindPanel
    from ui.shell.quick_start import Card
    from ui.shell.spelling import Spelling
    from ui.unlock.screen import UnlockScreen

NAMES = (
    "close_visit",
    "backup",
    "export",
    "passphrase",
    "recovery",
    "lock",
    "lock_after",
    "quit",
    "undo",
    "redo",
    "cut",
    "copy",
    "paste",
    "select_all",
    "find",
    "find_any",
    "spelling",
    "next_unknown",
    "larger",
    "smaller",
    "normal",
    "theme",
    "one_key",
    "back",
    "forward",
    "go",
    "concern",
    "help",
    "reviewer_card",
    "lead_card",
    "shortcuts",
    "about",
)


class CommandTarget(Protocol):
    """The part of the main window that the menu commands act on."""

    unlock_screen: UnlockScreen
    help: HelpPanel
    idle: IdleLock
    outer: QStackedWidget
    palette_: FindPanel
    edit_focus: EditFocus
    spelling: Spelling

    @property
    def page(self) -> Page | None:
        """The page in view, or None before the first."""

    def menuBar(self) -> QMenuBar:
        """The bar with all menus."""

    def close(self) -> bool:
        """Close the window."""

    def lock(self) -> None:
        """Save everything, forget the keys and show the unlock screen."""

    def save_everything(self) -> bool:
        """Commit all typed text; False if some of it could not even be saved as a draft."""

    def show_recovery_code(self, code: str) -> None:
        """Show a new recovery code on the unlock screen."""

    def go_back(self) -> None:
        """From what is read closely to the list it was chosen in; from there to the place before."""

    def go_forward(self) -> None:
        """Go to the place that Back has left."""

    def go_to_change(self, change: Change) -> str:
        """Show what was undone or done again; its name, with the page."""

    def navigate(self, name: str) -> None:
        """Show the page with this name as if chosen in the navigation; the current page is reset."""


class Commands(QObject):
    """One slot for each menu entry named in `NAMES`."""

    def __init__(self, target: CommandTarget, session: Session, parent: QWidget) -> None:
        """`parent` is the parent widget of the dialogs."""
        super().__init__(parent)
        self._window, self._session, self._parent = target, session, parent

    def slots(self) -> dict[str, Callable[..., None]]:
        """Slots by the names that `Actions` uses."""
        return {name: getattr(self, f"_on_{name}") for name in NAMES}

    @Slot()
    def _on_close_visit(self) -> None:
        try:
            self._session.require_saved()
        except ReviewError as error:
            self._session.notify(error, "not_met")
            return
        self._session.close_visit()

    @Slot()
    def _on_backup(self) -> None:
        from ui.session.back_up import back_up

        back_up(self._parent, self._session)

    @Slot()
    def _on_export(self) -> None:
        from ui.shell.dialogs import export_standards

        export_standards(self._parent, self._session)

    @Slot()
    def _on_passphrase(self) -> None:
        from ui.shell.dialogs import ChangePassphrase

        self._window.save_everything()
        ChangePassphrase(self._parent, self._session, self._window.show_recovery_code).open()

    @Slot()
    def _on_recovery(self) -> None:
        from ui.shell.dialogs import RenewRecoveryCode

        self._window.save_everything()
        RenewRecoveryCode(self._parent, self._session, self._window.show_recovery_code).open()

    @Slot()
    def _on_lock(self) -> None:
        self._window.lock()

    @Slot(QAction)
    def _on_lock_after(self, action: QAction) -> None:
        self._session.settings.set("lock_after", action.data())
        self._window.idle.set_minutes(int(action.data()))

    @Slot()
    def _on_quit(self) -> None:
        self._window.close()

    @Slot()
    def _on_undo(self) -> None:
        if self._window.edit_focus.undo():
            return
        change = self._session.bridge.undo()
        if change is not None:
            self._session.notify(_("Undone: {name}", name=self._window.go_to_change(change)))

    @Slot()
    def _on_redo(self) -> None:
        if self._window.edit_focus.redo():
            return
        change = self._session.bridge.redo()
        if change is not None:
            self._session.notify(_("Redone: {name}", name=self._window.go_to_change(change)))

    @Slot()
    def _on_cut(self) -> None:
        self._window.edit_focus.cut()

    @Slot()
    def _on_copy(self) -> None:
        rows = self._window.edit_focus.copy()
        if rows:
            self._session.notify(plural("{n} row copied", "{n} rows copied", rows))

    @Slot()
    def _on_paste(self) -> None:
        self._window.edit_focus.paste()

    @Slot()
    def _on_select_all(self) -> None:
        self._window.edit_focus.select_all()

    @Slot()
    def _on_find(self) -> None:
        if self._window.page is not None:
            self._window.page.find_text()

    @Slot()
    def _on_find_any(self) -> None:
        self._window.palette_.toggle()

    @Slot()
    def _on_larger(self) -> None:
        self._text_size(+1)

    @Slot()
    def _on_smaller(self) -> None:
        self._text_size(-1)

    @Slot()
    def _on_normal(self) -> None:
        self._text_size(0)

    def _text_size(self, direction: int) -> None:
        """Larger, smaller, or for 0 as it is at first; kept for the next time."""
        theme().step(direction) if direction else theme().set_percent(TEXT_SIZES[0])
        self._session.settings.set("text", theme().percent)
        self._session.notify(_("Text size {percent}%", percent=theme().percent))

    @Slot(QAction)
    def _on_theme(self, action: QAction) -> None:
        theme().choose(str(action.data()))
        self._session.settings.set("theme", action.data())

    @Slot(bool)
    def _on_spelling(self, on: bool) -> None:
        self._window.spelling.switch(on)

    @Slot()
    def _on_next_unknown(self) -> None:
        self._window.spelling.go_to_next()

    @Slot(bool)
    def _on_one_key(self, on: bool) -> None:
        self._session.settings.set("one_key", on)
        if self._window.page is not None:
            self._window.page.refresh(None)

    @Slot()
    def _on_back(self) -> None:
        self._window.go_back()

    @Slot()
    def _on_forward(self) -> None:
        self._window.go_forward()

    @Slot()
    def _on_go(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._window.navigate(str(action.data()))

    @Slot()
    def _on_concern(self) -> None:
        """Write down an immediate concern, tied to the interview in hand if there is one."""
        visit, page = self._session.visit, self._window.page
        if visit is None:
            return
        held = page.place().get("interview", "") if page is not None else ""
        self._session.show_page("interviews", {"concern": "new", "interview": held})

    @Slot()
    def _on_help(self) -> None:
        if self._window.outer.currentWidget() is self._window.unlock_screen:
            self._window.unlock_screen.help()
        else:
            self._window.help.toggle(self._window.page)

    @Slot()
    def _on_reviewer_card(self) -> None:
        self._save_card("reviewer")

    @Slot()
    def _on_lead_card(self) -> None:
        self._save_card("lead")

    def _save_card(self, card: Card) -> None:
        from ui.shell.quick_start import save_card

        try:
            save_card(self._parent, self._session, card)
        except ReviewError as error:
            self._session.notify(error, "not_met")

    @Slot()
    def _on_shortcuts(self) -> None:
        from ui.shell.shortcuts import ShortcutsDialog

        ShortcutsDialog(self._parent, self._window.menuBar(), self._session.visit).open()

    @Slot()
    def _on_about(self) -> None:
        from ui.shell.dialogs import About

        dialog = About(self._parent)
        dialog.exec()
        dialog.deleteLater()
