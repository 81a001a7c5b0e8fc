"""The main window: header, navigation, pages and status bar, behind the unlock screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _
from ui.session.session import Session
from ui.shell.accessible_roles import install_accessible_roles
from ui.shell.geometry import first_size, restore_geometry
from ui.shell.lock_state import LockState
from ui.shell.place_history import PlaceHistory, Spot
from ui.theme import theme
from ui.unlock.screen import UnlockScreen
from ui.widgets import Banner, column, row
from ui.widgets.announce import announce

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from reviewapp.workspace.open_visit import Change
    from ui.pages.base import Page
    from ui.shell.locking import Restart

LEAST_SIZE = (880, 560)
LOCK_AFTER_MINUTES = 5
"""Minutes until the program locks, unless the person chose otherwise."""
UNSEEN_CODE = _(
    "Nobody has seen the new recovery code, because the program locked. Make another one: File, New recovery code"
)
LAYOUTS_WITHIN = 4
"""Rounds of layout before a paint: an inner layout may ask the one around it for another size."""


ELSEWHERE = _(
    "This visit is open in another program, so you can read it here but not change it. Close the other program and "
    "open the visit again to continue."
)
NO_WRITE = _(
    "This laptop's disk cannot be written to: it is full or read-only. You can read, and save documents, work files "
    "or backups to another disk, but you cannot change anything. Mend the disk and open the visit again."
)


class MainWindow(QMainWindow):
    """The main window. Holds no data: shows the session's pages and passes the person's commands on.

    With `furnished=False` it has only the unlock screen, so that it can be shown at once; `build_rest` adds the rest.
    """

    def __init__(self, session: Session, *, furnished: bool = True) -> None:
        super().__init__()
        install_accessible_roles()
        self.session = session
        self.restart: Restart | None = None
        """Starts the program anew when it locks; without it (tests, pictures) the process goes on, locked."""
        self.setWindowTitle("Reviewapp")
        self._next = ""
        self._warned = False
        self._furnished = False
        self._places: dict[str, dict[str, str]] = {}
        self._history = PlaceHistory()
        self.lock_state = LockState(self, self)
        self.unlock_screen = UnlockScreen(session)
        self.outer = QStackedWidget()
        self.outer.addWidget(self.unlock_screen)
        self.setCentralWidget(self.outer)
        self.setMinimumSize(*LEAST_SIZE)
        self.resize(first_size(self.screen().availableGeometry().size()))
        restore_geometry(self, session.settings.data("geometry") or QByteArray())
        session.laptop_changed.connect(self._on_laptop_changed)
        session.save_with(self.save_everything)
        if furnished:
            self.build_rest()
        self.unlock_screen.moved_to_new.connect(self._on_moved_to_new)
        self.show_unlock_screen()

    def build_rest(self) -> None:
        """Build everything behind the unlock screen, once; its modules are imported only now."""
        if self._furnished:
            return
        theme().finish_styling()
        from ui.shell.menu_commands import Commands
        from ui.shell.menus import Actions
        from ui.shell.palette import FindPanel
        from ui.shell.undo_places import UndoPlaces
        from ui.theme.icons import application_icon

        self.setWindowIcon(application_icon())
        self._build()
        self._connect()
        self.commands = Commands(self, self.session, self)
        self.actions_ = Actions(self, self.commands.slots())
        self.undo_places = UndoPlaces()
        self.edit_focus.changed.connect(self._on_edit_changed)
        self.palette_ = FindPanel(self.session, self.menuBar(), self.work)
        self.header.find_any.clicked.connect(self.actions_.find_any.trigger)
        self.header.concern.clicked.connect(self.actions_.concern.trigger)
        self.passphrase_banner.change_with(self.actions_.passphrase)
        self._restore()
        self._furnished = True
        self.installEventFilter(self)
        self._nav_later = QTimer(self)
        self._nav_later.setSingleShot(True)
        self._nav_later.setInterval(150)
        self._nav_later.timeout.connect(self._on_nav_later)
        self._kept = ""
        self._kept_later = QTimer(self)
        self._kept_later.setSingleShot(True)
        self._kept_later.timeout.connect(self._on_kept_later)
        self.nav.apply_width(self.width())
        self._refresh_actions()

    def watch_system_lock(self) -> None:
        """Start to lock when the system is locked or goes to sleep."""
        self.system.listen()

    def _build(self) -> None:
        from ui.shell.dropped_files import DroppedFiles
        from ui.shell.focus_sight import FocusSight
        from ui.shell.header import Header
        from ui.shell.help_panel import HelpPanel
        from ui.shell.navigation import Navigation
        from ui.shell.page_stack import PageStack
        from ui.shell.passphrase_banner import PassphraseBanner
        from ui.shell.recovered_banner import RecoveredBanner
        from ui.shell.saved_banner import SavedBanner
        from ui.shell.status_bar import StatusLine
        from ui.shell.take_over_banner import TakeOverBanner
        from ui.shell.visit_banner import VisitBanner, clock_words, membership_words, standing_words

        self.header, self.nav, self.status = Header(), Navigation(), StatusLine()
        self.banner = Banner()
        self.clock_banner = VisitBanner(self.session, clock_words, "clock")
        self.membership_banner = VisitBanner(self.session, membership_words)
        self.standing_banner = VisitBanner(self.session, standing_words)
        self.recovered_banner = RecoveredBanner(self.session)
        self.passphrase_banner = PassphraseBanner(self.session)
        self.take_over_banner = TakeOverBanner(self.session)
        self.dropped, self.saved = DroppedFiles(self.session), SavedBanner(self.session)
        self.stack = PageStack(self.session)
        beside = QWidget()
        banners = (
            self.dropped,
            self.saved,
            self.banner,
            self.take_over_banner,
            self.membership_banner,
            self.standing_banner,
            self.clock_banner,
            self.recovered_banner,
            self.passphrase_banner,
        )
        beside.setLayout(column(*banners, self.stack, gap=0))
        self.help = HelpPanel(self.nav, beside)
        middle = row(self.nav, beside, self.help, gap=0)
        middle.setStretch(1, 1)
        FocusSight(self)
        work = QWidget()
        work.setObjectName("backdrop")
        layout = column(self.header, middle, self.status, gap=0)
        layout.setStretch(1, 1)
        work.setLayout(layout)
        self.work = work
        self.outer.addWidget(work)

    def _connect(self) -> None:
        from ui.shell.dropped_files import DropArea
        from ui.shell.edit_focus import EditFocus
        from ui.shell.focus_memory import FocusMemory
        from ui.shell.idle_lock import IdleLock
        from ui.shell.input_filter import InputFilter
        from ui.shell.locking import Locking
        from ui.shell.spelling import Spelling
        from ui.shell.system_lock import SystemLock

        session, bridge, worker = self.session, self.session.bridge, self.session.worker
        self._connect_status()
        session.visit_changed.connect(self._on_visit_changed)
        session.keys_changing.connect(self._on_keys_changing)
        session.message.connect(self.status.show_message)
        session.error_outdated.connect(self.status.forget_error)
        session.page_requested.connect(self._on_wanted)
        bridge.changed.connect(self._on_changed)
        bridge.refused.connect(self._on_refused)
        worker.refused.connect(self._on_refused)
        self.stack.currentChanged.connect(self.saved.forget)
        self.nav.chosen.connect(self._on_nav)
        self.header.lock.clicked.connect(self.lock)
        self.header.help.clicked.connect(self._on_help)
        self.help.closed.connect(self._on_help_closed)
        self.input_filter, self.focus_memory = InputFilter(self), FocusMemory(self)
        self.edit_focus = EditFocus(self)
        self.spelling = Spelling(session, self.edit_focus, self)
        self.drop_area = DropArea(self, session)
        self.drop_area.dropped.connect(self.dropped.look)
        session.file_refused.connect(self.dropped.look_whose)
        self.locking = Locking(self.lock_state, self, session)
        self.locking.restart = self.restart
        self.idle = IdleLock(self)
        bridge.typed.connect(self.idle.on_activity)  # dictated text arrives without key events
        self.system = SystemLock(self)
        if session.locks_by_itself:
            self.idle.idled.connect(self._on_idled)
            self.system.locked.connect(self.lock_automatically)
        self._connect_staying()

    def _connect_staying(self) -> None:
        staying = self.session.stay_open
        staying.changed.connect(self._on_staying)
        staying.ended.connect(self.idle.on_activity)
        self.status.staying.clicked.connect(staying.end)

    def _connect_status(self) -> None:
        """Let the status bar say what is saved and what is being done."""
        bridge, worker = self.session.bridge, self.session.worker
        bridge.typed.connect(self.status.on_typed)
        bridge.saved.connect(self.status.on_saved)
        bridge.failed.connect(self.status.on_failed)
        worker.began.connect(self.status.on_began)
        worker.progressed.connect(self.status.on_progressed)
        worker.idle.connect(self.status.on_idle)
        self.status.cancel.clicked.connect(worker.cancel)

    def _restore(self) -> None:
        settings = self.session.settings
        minutes = settings.number("lock_after", LOCK_AFTER_MINUTES)
        if minutes not in self.actions_.lock_after:
            minutes = LOCK_AFTER_MINUTES  # a value the menu does not offer, such as a year, would never lock
        self.idle.set_minutes(minutes)
        self.actions_.lock_after[minutes].setChecked(True)
        self.actions_.one_key.setChecked(settings.flag("one_key", True))
        self.actions_.spelling.setChecked(self.spelling.on)

    # Showing screens and pages -------------------------------------------------------------------------------

    def show_unlock_screen(self) -> None:
        """Show the unlock screen: the passphrase field, or the first run."""
        self.outer.setCurrentWidget(self.unlock_screen)
        self.unlock_screen.show_first_panel()
        if self._furnished:
            self.menuBar().setEnabled(True)
            self._refresh_actions()

    def show_recovery_code(self, code: str) -> None:
        """Show a new recovery code on the unlock screen; does nothing if the program locked meanwhile.

        A code that is made while it locks is seen by nobody, and this is told.
        """
        if self.locking.going_on:
            self.locking.tell(UNSEEN_CODE, "lasting")
        elif self.session.laptop is not None:
            self.focus_memory.remember(self.page, self.focusWidget())
            self.outer.setCurrentWidget(self.unlock_screen)
            self.unlock_screen.show_code(code)

    def show_page(self, name: str, place: dict[str, str] | None = None) -> None:
        """Leave the page in view and show another, with `place` revealed on it; Start while no visit is open."""
        if self.session.laptop is None:
            return
        if self.session.visit is None and name != "start":
            name = "start"
        before = self.stack.name
        if (name != before or place) and self.page is not None:
            self._history.left(self._spot())
        if name != before:
            self.focus_memory.remember_note(before, self.page, self.focusWidget())
        page = self.stack.show_page(name)
        self.nav.select(name)
        if place:
            page.reveal(place)
        self.help.show_for(page)
        note = self.focus_memory.restore_place(name, page) if name != before and not place else None
        here = self.focusWidget()
        focus = note or page.start_focus() or (_first_stop(page) if here is None else None)
        stays = name == before and not place and here is not None and page.isAncestorOf(here)
        if focus is not None and not stays and not self.nav.list.hasFocus():
            from PySide6.QtCore import Qt

            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        if name != before:
            # After the focus, as a reader stops what it says when that moves.
            announce(page, page.TITLE)

    def _spot(self) -> Spot:
        page, focus = self.page, self.focusWidget()
        here = focus if page is not None and focus is not None and page.isAncestorOf(focus) else None
        return Spot(self.stack.name, page.place() if page is not None else {}, here)

    def go_back(self) -> None:
        """From what is read closely to the list it was chosen in; from there to the place before."""
        if self.page is None or not self.page.back_to_list():
            self._go_to(self._history.back(self._spot()))

    def go_forward(self) -> None:
        """Go to the place that Back has left."""
        self._go_to(self._history.forward(self._spot()))

    def _go_to(self, spot: Spot | None) -> None:
        if spot is None:
            self.status.show_message(_("There is no earlier place to go back to."), "info")
            return
        kept, self._history = self._history, PlaceHistory()  # going back is not going on
        self.show_page(spot.page, spot.place)
        self._history = kept
        focus = spot.focus_there()
        if focus is not None:
            focus.setFocus()

    def navigate(self, name: str) -> None:
        """Show the page that the person chose; chosen while in view, the page is reset."""
        self.status.forget_error()
        if name == self.stack.name and self.page is not None:
            self.page.reset_page()
            here = self.focusWidget()
            if here is not None and self.page.isAncestorOf(here):
                here.clearFocus()  # the page begins anew
        self.show_page(name)

    def go_to_change(self, change: Change) -> str:
        """Show the place of a change that was undone or done again, if it is not in view; its name, with the page."""
        visit = self.session.visit
        found = self.undo_places.place_of(change, visit) if visit is not None else None
        if found is None:
            return change.name
        from ui.shell.undo_places import TITLES

        name, place = found
        here = self.page.place() if self.page is not None and self.stack.name == name else None
        stays = self.undo_places.is_where_it_was(change, self.stack.name, self.page)
        if not stays and (here is None or not place.items() <= here.items()):
            self.show_page(name, place)
        return _("{change} ({page})", change=change.name, page=TITLES[name])

    def restore_after_unlock(self, place: dict[str, str]) -> None:
        """Set where to go once unlocked: `visit`, `page`, and the keys of a place on the page."""
        self._places[""] = place

    @property
    def place_after_unlock(self) -> dict[str, str] | None:
        """Where to go once unlocked, or once all keys are made anew."""
        return self._places.get("")

    def save_everything(self) -> bool:
        """Commit all typed text; False if some of it could not even be saved as a draft."""
        # A word still being composed by an input method is not part of the text yet.
        QGuiApplication.inputMethod().commit()
        return not self._furnished or self.stack.save_everything()

    @property
    def pages(self) -> dict[str, Page]:
        """The pages made so far, by name."""
        return self.stack.pages

    @property
    def page(self) -> Page | None:
        """The page in view, or None if it is not made yet."""
        return self.stack.page

    def _refresh_actions(self) -> None:
        # While it locks it still knows the visit, of which nobody may see or do anything any more.
        visit = self.session.visit if not self.locking.going_on else None
        self._on_edit_changed()
        self.actions_.set_state(
            unlocked=self.session.laptop is not None and not self.locking.going_on,
            visit=visit is not None,
            undo=visit.undo_name if visit is not None and not visit.read_only else None,
            redo=visit.redo_name if visit is not None and not visit.read_only else None,
        )

    @Slot()
    def _on_edit_changed(self) -> None:
        from ui.widgets.editing import Possible  # not needed by the unlock screen, which is to be there at once

        self.actions_.set_edit(Possible() if self.locking.going_on else self.edit_focus.possible())

    # Slots and events ----------------------------------------------------------------------------------------

    @Slot()
    def _on_laptop_changed(self) -> None:
        self.build_rest()
        if self.locking.going_on:
            return  # all keys were made anew while it locks; nothing is shown again for that
        self.unlock_screen.forget_secrets()
        self.lock_state.take_whereabouts()
        if self.session.visit is None:
            self._restore_place()
        self.outer.setCurrentWidget(self.work)
        self._refresh_actions()
        self.focus_memory.restore_focus(self.page)
        self.lock_state.tell()

    def _restore_place(self) -> None:
        """Open the visit and page set by `restore_after_unlock`; shown when filled, so that it is laid out once."""
        wanted = self._places.pop("", {})
        visit, self._next = wanted.pop("visit", ""), wanted.pop("page", "start")
        try:
            if visit:
                self.session.open_visit(visit)
        except ReviewError as error:
            self.status.show_message(str(error), "not_met")
        self.show_page(self._next, wanted)
        self._next = ""

    @Slot()
    def _on_visit_changed(self) -> None:
        from ui.shell.recovered_banner import recovered_places

        self.stack.delete_pages(but_start=True)
        self._history.clear()
        self.undo_places.forget()
        visit = self.session.visit
        self.palette_.dismiss(keyboard=False)
        self.header.show_visit(visit)
        self.banner.set_text("")
        self.recovered_banner.show_places(recovered_places(self.session.recovered, visit) if visit is not None else ())
        if visit is None:
            self.status.nothing_open()
            self.nav.model.set_state(visit_open=False, progress={})
        elif visit.read_only:
            self.status.read_only()
            self.banner.set_text(NO_WRITE if visit.place_is_read_only else ELSEWHERE, "warn", "alert")
        else:
            self.status.visit_open()
        self._on_nav_later()
        self._refresh_actions()
        self.show_page((self._next or "overview") if visit is not None else "start")

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        from ui.shell.visit_banner import kept_in_words

        if not self.session.bridge.stepping:
            self.undo_places.remember(change, self.session.visit, self.stack.name, self.page)
        self.stack.refresh(change)
        self._refresh_actions()
        if not change.records or any(kind in ("person", "visit") for kind, _key in change.records):
            self.header.show_visit(self.session.visit)
        self._nav_later.start()
        self._kept = kept_in_words(change, self.session.visit)
        if self._kept:
            self._kept_later.start()

    @Slot()
    def _on_kept_later(self) -> None:
        # After what the page says of its change, which it thinks is all there is to say.
        self.status.show_message(self._kept, "warn")

    @Slot()
    def _on_nav_later(self) -> None:
        from ui.shell.navigation import nav_progress

        visit = self.session.visit
        if visit is not None:
            self.nav.model.set_state(visit_open=True, progress=nav_progress(visit))

    @Slot(object)
    def _on_refused(self, error: object) -> None:
        self.status.show_message(str(error), "not_met")

    @Slot(str)
    def _on_nav(self, name: str) -> None:
        self.navigate(name)

    @Slot(str, object)
    def _on_wanted(self, name: str, place: dict[str, str]) -> None:
        self.show_page(name, place)

    @Slot()
    def lock_automatically(self) -> None:
        """Lock without the person's command: the passphrase field ignores typing until it pauses."""
        if self.session.laptop is not None:
            self.unlock_screen.unlock.passphrase.wait_for_pause()
            self.locking.lock(by_itself=True)

    @Slot()
    def _on_idled(self) -> None:
        """Nobody is there, or somebody listens in an interview that keeps the program open."""
        if not self.session.stay_open.on:
            self.lock_automatically()

    @Slot()
    def _on_staying(self) -> None:
        staying = self.session.stay_open
        shown = self.status.staying.isVisibleTo(self.status)
        self.status.show_staying(staying.interview, staying.minutes_left())
        if shown and not staying.on and not self.locking.going_on:
            self.status.show_message(_("The program locks automatically again."))

    @Slot()
    def lock(self) -> None:
        """Show nothing any more at once, save everything, forget the keys and show the unlock screen."""
        if self.session.laptop is not None:
            self.locking.lock(by_itself=False)

    @Slot()
    def _on_moved_to_new(self) -> None:
        """A folder in place of one that does not open is for a visit that goes on: its pack is taken first."""
        self.restore_after_unlock({"page": "start", "view": "take"})

    @Slot()
    def _on_keys_changing(self) -> None:
        self.restore_after_unlock(dict(self.lock_state.whereabouts().place))

    @Slot()
    def _on_help(self) -> None:
        self.help.toggle(self.page)

    @Slot()
    def _on_help_closed(self) -> None:
        focus = self.help.came_from or (self.page.start_focus() if self.page is not None else None)
        (focus or self.nav.list).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Run pending layouts before anything is painted, which otherwise happens two or three times.

        Weighed (`tests/benchmarks/painting.py`): a note that grows while one types takes 60 % of the time and is
        painted once instead of three times; resizing takes 15 % less; switching pages is neither quicker nor slower.
        A filter of its own events and not `event`: a fault while painting, called from there, would end the program.
        """
        from PySide6.QtCore import QEvent

        if event.type() == QEvent.Type.UpdateRequest:
            for __ in range(LAYOUTS_WITHIN):
                QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._furnished:
            self.nav.apply_width(self.width())
            self.help.apply_width()
            self.palette_.apply_width()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Commit all typed text before closing; if that fails, the first attempt to close is refused."""
        if not self._furnished:
            super().closeEvent(event)
            return
        if not self.save_everything() and not self._warned:
            self._warned = True
            self.status.show_message(
                _("Some text is not saved. Copy it, or close again to leave without it."), "not_met"
            )
            event.ignore()
            return
        self.lock_state.remember_geometry()
        self.locking.copied.clear()
        self.session.lock()
        self.stack.delete_pages(but_start=False)
        # Delete the pages here: after closeEvent no event loop runs DeferredDelete, so pdfium files would stay open.
        from PySide6.QtCore import QEvent

        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        super().closeEvent(event)


def _first_stop(page: QWidget) -> QWidget | None:
    from ui.widgets.taborder import first_stop

    return first_stop(page)
