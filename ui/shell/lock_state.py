"""What the window leaves when it locks, and takes up again once it is unlocked, in this process or the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from reviewapp.base.i18n import _
from ui.session.handover import Handover, Told, Whereabouts, unseal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.pages.base import Page
    from ui.session.session import Session
    from ui.shell.focus_memory import FocusMemory
    from ui.shell.page_stack import PageStack
    from ui.shell.palette import FindPanel
    from ui.unlock.screen import UnlockScreen

UNSAVED = _(
    "Some of what you typed could not be saved, so it is still in the program's memory, behind this screen. Free "
    "some space on the disk and it will be saved. Or unlock, and copy it."
)


class LockedWindow(Protocol):
    """The part of the main window that is locked."""

    session: Session
    unlock_screen: UnlockScreen
    focus_memory: FocusMemory
    stack: PageStack
    palette_: FindPanel

    @property
    def page(self) -> Page | None:
        """The page in view."""

    @property
    def place_after_unlock(self) -> dict[str, str] | None:
        """Where to go once unlocked, or once all keys are made anew."""

    def restore_after_unlock(self, place: dict[str, str]) -> None:
        """Set where to go once unlocked."""

    def save_everything(self) -> bool:
        """Commit all typed text; False if some of it could not even be saved as a draft."""

    def show_unlock_screen(self) -> None:
        """Show the unlock screen."""


class LockState:
    """The window as `Locking` sees it."""

    def __init__(self, window: LockedWindow, widget: QWidget) -> None:
        """`widget` is the window as a widget."""
        self._window, self._widget = window, widget
        self._handover: Handover | None = None
        self._told: tuple[Told, ...] = ()

    def save_everything(self) -> bool:
        """Commit all typed text; False if some of it could not even be saved as a draft."""
        return self._window.save_everything()

    def whereabouts(self) -> Whereabouts:
        """Visit, page and place in view, and the widget with the keyboard; where they were while keys are made anew."""
        window, visit = self._window, self._window.session.visit
        page = window.page
        window.focus_memory.remember(page, self._widget.focusWidget())
        focus = window.focus_memory.remembered()
        if visit is None and window.place_after_unlock is not None:
            return Whereabouts(dict(window.place_after_unlock), focus)
        place = {"visit": visit.id if visit is not None else "", "page": window.stack.name}
        return Whereabouts(place | (page.place() if page else {}), focus)

    def remember_geometry(self) -> None:
        """Keep size and position of the window for the next start."""
        self._window.session.settings.set("geometry", self._widget.saveGeometry())

    def forget_visit(self, whereabouts: Whereabouts) -> None:
        """Close the visit, forget the keys and delete the pages; after unlocking, go where the person was."""
        self._window.session.lock()
        self._window.stack.delete_pages(but_start=False)
        self._told = whereabouts.told
        self._window.restore_after_unlock(dict(whereabouts.place))

    def show_locked(self, waits_for: str, *, unsaved: bool) -> None:
        """Show the unlock screen; with no way in while it waits for the end of something."""
        window = self._window
        window.palette_.dismiss()
        window.show_unlock_screen()
        if waits_for:
            window.unlock_screen.unlock.wait_for(waits_for)
        if unsaved:
            window.unlock_screen.banner.set_text(UNSAVED, "warn", "alert")

    def take_over(self, handover: Handover) -> None:
        """Stand where the window of the process before stood; once unlocked, go where the person was."""
        from PySide6.QtCore import Qt  # not before the unlock screen of a first start is shown

        self._handover = handover
        if handover.by_itself:
            self._window.unlock_screen.unlock.passphrase.wait_for_pause()
        if not handover.active:
            self._widget.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        if handover.minimised:
            self._widget.setWindowState(self._widget.windowState() | Qt.WindowState.WindowMinimized)

    def take_whereabouts(self) -> None:
        """Remember where the person was when the process before this one locked; call it once unlocked."""
        handover, laptop, self._handover = self._handover, self._window.session.laptop, None
        found = unseal(laptop, handover.sealed) if handover is not None and laptop is not None else None
        if found is not None:
            self._window.restore_after_unlock(dict(found.place))
            self._window.focus_memory.take_remembered(found.focus)
            self._told = found.told

    def tell(self) -> None:
        """Say what could not be said while it was locked."""
        for text, tone in self._told:
            self._window.session.notify(text, tone)
        self._told = ()
