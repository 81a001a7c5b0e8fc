"""Loads what is needed after the passphrase while the person types it, in short steps."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

if TYPE_CHECKING:
    from ui.shell.window import MainWindow

PARTS = ("json", "click", "pluggy", "dateutil.tz", "dateutil.parser", "secrets")
"""Dependencies of the first core modules, imported one by one because together they would take too long."""
CORE = (
    "msgspec",
    "sqlite_utils",
    "sqlcipher3",
    "cryptography.exceptions",
    "reviewapp.visit.state",
    "reviewapp.visit.statements",
    "reviewapp.store.driver",
    "reviewapp.store.home",
    "reviewapp.instruments.library",
    "reviewapp.figures.status",
    "reviewapp.workspace.laptop",
)
WINDOW = (
    "reviewapp.search",
    "ui.shell.menus",
    "ui.session.bridge",
    "ui.session.worker",
    "ui.pages.base",
    "ui.shell.palette",
    "ui.shell.navigation",
    "ui.shell.focus_memory",
    "ui.shell.input_filter",
)
"""What the largest parts of the rest of the window need."""
FIRST_PAGE = "overview"
"""What is looked at first once a visit is open: made ready before the pages after it are loaded."""


def startup_steps(window: MainWindow | None) -> Iterator[Callable[[], object]]:
    """Yield the steps in order, each some milliseconds long; the window is built once its imports are done."""
    for name in PARTS:
        yield partial(_if_there, name)
    for name in CORE:
        yield partial(import_module, name)
    if window is not None:
        yield window.finish_styling
        for name in WINDOW:
            yield partial(import_module, name)
        yield window.build_rest
        yield window.watch_system_lock
    from ui.pages import PAGES

    for entry in PAGES:
        for name in (*entry.parts, entry.module):
            yield partial(import_module, name)
        if entry.name == FIRST_PAGE:
            yield _decoders
            if window is not None:
                yield from window.prepared_steps()


def _if_there(name: str) -> None:
    if find_spec(name.partition(".")[0]) is not None:
        import_module(name)


def _decoders() -> None:
    from reviewapp.visit.state_loader import prepare_decoders

    prepare_decoders()


class Startup(QObject):
    """Runs the steps whenever the event loop is idle; `done` once all have run.

    Whatever is needed earlier is imported where it is used.
    """

    def __init__(self, parent: QObject, window: MainWindow | None = None) -> None:
        super().__init__(parent)
        self._pieces = startup_steps(window)
        self.done = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_idle)
        self._timer.start(0)

    @Slot()
    def _on_idle(self) -> None:
        piece = next(self._pieces, None)
        if piece is None:
            self.done = True
            self._timer.stop()
            if not gc.isenabled():
                # Everything loaded until now lives as long as the program: keep it out of garbage collection.
                gc.freeze()
                gc.enable()
        else:
            piece()
