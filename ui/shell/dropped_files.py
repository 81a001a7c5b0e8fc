"""Files dropped anywhere on the window: each is looked at, and goes to the page that takes it."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QWindow
from PySide6.QtWidgets import QApplication, QMainWindow

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _
from reviewapp.file_kinds import FileKind, recognise
from ui.formats import long_date
from ui.shell.file_places import ELSEWHERE, GONE, NOT_OURS, ONE_BY_ONE, ONLY_LEAD, OPEN_A_VISIT, route_of
from ui.widgets import Banner, Button
from ui.widgets.drop import local_files, take_copy

if TYPE_CHECKING:
    from reviewapp.instruments.model import Instrument
    from ui.session.session import Session
    from ui.session.worker import Progress

_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove)


class DropArea(QObject):
    """Lets files be dropped anywhere on a window, before a box under the mouse can take their names for text.

    Emits `dropped(list[Path])`. Words that are dragged stay with the box that they are dropped on. While a dialog is
    open, or while nothing is unlocked, nothing can be dropped.
    """

    dropped = Signal(list)

    def __init__(self, window: QMainWindow, session: Session) -> None:
        super().__init__(window)
        self._session = session
        window.winId()  # makes the handle, which gets what is dragged
        handle = window.windowHandle()
        if isinstance(handle, QWindow):
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer for the window."""
        if event.type() in _DRAGS and isinstance(event, QDragMoveEvent):
            return self._drag(event)
        return event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent) and self._drop(event)

    def _takes(self) -> bool:
        return self._session.laptop is not None and QApplication.activeModalWidget() is None

    def _drag(self, event: QDropEvent) -> bool:
        if not local_files(event):
            return False
        if self._takes():
            take_copy(event)
        else:
            event.ignore()
        return True

    def _drop(self, event: QDropEvent) -> bool:
        paths = local_files(event)
        if not paths:
            return False
        if self._takes():
            take_copy(event)
            self.dropped.emit(paths)
        else:
            event.ignore()
        return True


class DroppedFiles(Banner):
    """Looks at files in the background and shows where they are taken, as if they had been chosen there.

    Shows itself only to say why a file goes nowhere; of a file of another visit it names that visit, and opens it,
    also where the file was chosen on a page.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._visit, self._paths = "", [Path()]
        self.open = Button(_("Open that visit"), "folder")
        self.dismiss = Button(_("Dismiss"), kind="quiet", name=_("Dismiss the message about the file"))
        self.open.clicked.connect(self._on_open)
        self.dismiss.clicked.connect(self.forget)
        self.add(self.open)
        self.add(self.dismiss)
        self.open.hide()
        session.visit_changed.connect(self.forget)

    @Slot()
    def forget(self) -> None:
        """Say nothing more."""
        self.set_text("")
        self.open.hide()

    @Slot(list)
    def look(self, paths: list[Path]) -> None:
        """Look at files that were dropped; the window comes to the front, as what it says is read next."""
        self.forget()
        self.window().activateWindow()
        laptop, visit = self._session.laptop, self._session.visit
        gone = next((path for path in paths if not path.is_file()), None)
        if gone is not None:
            self._say((NOT_OURS if gone.is_dir() else GONE).format(name=gone.name))
        elif laptop is not None:
            instrument = visit.state.instrument if visit is not None else None
            job = partial(_recognised, paths, [one.id for one in laptop.visits()], instrument)
            title = _("Reading {name}", name=paths[0].name)
            self._session.worker.run(title, job, partial(self._on_known, paths), self._on_refused)

    @Slot(object)
    def look_whose(self, path: Path) -> None:
        """Look whose a file is that a page was given and refused; say it if it is of another visit of this laptop."""
        self.forget()
        laptop, visit = self._session.laptop, self._session.visit
        if laptop is not None and visit is not None:
            job = partial(_visit_of, path, [one.id for one in laptop.visits()], visit.state.instrument)
            title = _("Reading {name}", name=path.name)
            self._session.worker.run(title, job, partial(self._on_whose, path), self._on_refused)

    def _on_whose(self, path: Path, whose: str) -> None:
        laptop, visit = self._session.laptop, self._session.visit
        if laptop is not None and visit is not None and whose not in ("", visit.id):
            self._say_whose([path], whose)

    def _on_known(self, paths: list[Path], kinds: list[FileKind]) -> None:
        if self._session.laptop is None:
            return  # it was locked meanwhile
        route = route_of(kinds)
        if route is None:
            unknown = next((path for path, kind in zip(paths, kinds, strict=True) if not kind.kind), None)
            several = len(paths) > 1 and unknown is None
            self._say(ONE_BY_ONE if several else NOT_OURS.format(name=(unknown or paths[0]).name))
            return
        visit, whose = self._session.visit, next((one.visit for one in kinds if one.visit), "")
        here = visit.id if visit is not None else ""
        if route.visit and whose and whose != here:
            self._say_whose(paths, whose)
        elif route.visit and visit is None:
            self._say(OPEN_A_VISIT.format(name=paths[0].name))
        elif route.lead and visit is not None and not visit.is_lead:
            self._say(ONLY_LEAD.format(name=paths[0].name))
        else:
            self._session.show_page(route.page, route.place_of(paths))

    def _say_whose(self, paths: list[Path], whose: str) -> None:
        """Name the visit that the files belong to, and offer to open it if it is here."""
        laptop = self._session.laptop
        known = next((one for one in laptop.visits() if one.id == whose), None) if laptop is not None else None
        if known is None:
            self._say(ELSEWHERE.format(name=paths[0].name))
            return
        self._visit, self._paths = whose, paths
        words = _(
            "{name} belongs to the visit to {service}, {date}, which is not open.",
            name=paths[0].name,
            service=known.service,
            date=long_date(known.date),
        )
        self._say(words, offer=True)
        self.open.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_refused(self, error: ReviewError) -> None:
        self._say(str(error))

    def _say(self, words: str, *, offer: bool = False) -> None:
        self.set_text(words, "warn", "alert")
        self.open.setVisible(offer)
        self._session.notify(words, "warn")

    @Slot()
    def _on_open(self) -> None:
        paths = self._paths
        try:
            self._session.open_visit(self._visit)
        except ReviewError as error:
            self._say(str(error))
            return
        self.look(paths)


def _visit_of(path: Path, visits: Sequence[str], instrument: Instrument, _progress: Progress) -> str:
    """The visit that a file belongs to; empty where it says none, or nothing here can read it."""
    with contextlib.suppress(ReviewError):
        return recognise(path, visits, instrument).visit
    return ""


def _recognised(
    paths: Sequence[Path], visits: Sequence[str], instrument: Instrument | None, progress: Progress
) -> list[FileKind]:
    found = []
    for path in paths:
        progress.check()
        found.append(recognise(path, visits, instrument))
    return found
