"""Pages are made before they are first looked at, in moments in which nobody types or clicks.

Overview comes first after unlocking: it is made and drawn once behind the unlock screen while one types. Its widgets
are then there, and fonts, icons and the rules of the style sheet are ready: without it the first view of Overview takes
1.6 times as long, and without the drawing alone 1.15 times (`tests/benchmarks/bench_tricks.py`). The others follow
while Overview is read. Nothing of them is seen, and none asks anything of the visit before it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget

from ui.pages import PAGES

if TYPE_CHECKING:
    from ui.shell.window import MainWindow

FIRST_PAGE = "overview"
EVERY_MS = 100
QUIET_MS = 600
"""Longer than anybody who types or goes through the pages pauses."""


def prebuild_steps(window: MainWindow) -> Iterator[Callable[[], None]]:
    """What can be done before there is a visit, in pieces between which one can type; nothing when there is one."""
    yield partial(_make, window)
    yield partial(draw, window)


def _make(window: MainWindow) -> None:
    if window.session.visit is None:
        window.stack.prebuild(FIRST_PAGE)


def draw(window: MainWindow) -> None:
    """Draw the window and the page for nobody, as large as they will be; only behind the unlock screen."""
    page = window.stack.prebuilt.get(FIRST_PAGE)
    if page is None or window.outer.currentWidget() is not window.unlock_screen or window.session.visit is not None:
        return
    window.work.resize(window.outer.size())
    window.nav.model.set_state(visit_open=True, progress={})
    window.work.grab()
    window.nav.model.set_state(visit_open=False, progress={})
    page.resize(window.stack.size())
    page.grab()


class Prebuild(QObject):
    """Makes the other pages of the visit that is open, a piece at a time; `done` once all are made."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._pieces: Iterator[Callable[[], object]] = iter(())
        self.done = True
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._on_time)
        window.session.visit_changed.connect(self._on_visit)
        self._on_visit()

    @Slot()
    def _on_visit(self) -> None:
        self.done = self._window.session.visit is None
        self._pieces = iter(()) if self.done else self._all()
        self._timer.stop() if self.done else self._timer.start()

    @Slot()
    def _on_time(self) -> None:
        busy = self._window.session.worker.busy or QApplication.activeModalWidget() is not None
        if not busy and self._window.idle.quiet_ms() >= QUIET_MS:
            self.make_next()

    def make_next(self) -> None:
        """Make the next piece."""
        piece = next(self._pieces, None)
        if piece is not None:
            piece()
        else:
            self.done = True
            self._timer.stop()

    def _all(self) -> Iterator[Callable[[], object]]:
        stack = self._window.stack
        for entry in PAGES:
            if entry.name in stack.pages:
                continue
            yield partial(stack.prebuild, entry.name)
            page = stack.prebuilt.get(entry.name)
            if page is not None:
                for piece in page.preparations():
                    if entry.name in stack.prebuilt:
                        yield piece
                yield partial(_style, page)


def _style(page: QWidget) -> None:
    """Work out how every part of a page looks, which is otherwise done when it is first shown."""
    page.ensurePolished()
    for part in page.findChildren(QWidget):
        part.ensurePolished()
