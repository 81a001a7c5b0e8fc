"""What is needed after the passphrase is loaded while the person types it, in short pieces."""

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
"""What the first of the core loads with it, which would be too much at once."""
CORE = (
    "msgspec",
    "sqlite_utils",
    "sqlcipher3",
    "cryptography.exceptions",
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
PAGES = (
    "ui.pages.base",
    "ui.pages.start.page",
    "ui.pages.overview.page",
    "ui.pages.standards.page",
    "ui.pages.interviews.page",
)
OTHER_PAGES = (
    "ui.pages.case_notes.page",
    "ui.pages.agree.detail",
    "ui.pages.agree.page",
    "ui.pages.bring_together.conflicts",
    "ui.pages.bring_together.page",
    "reviewapp.plan",
    "ui.pages.action_plan.page",
    "reviewapp.report.content.committee",
    "ui.pages.report.pages",
    "ui.pages.report.page",
)
"""What the pages that are looked at later need, after all else."""


def pieces(window: MainWindow | None) -> Iterator[Callable[[], object]]:
    """In this order; each takes some milliseconds. The rest of the window comes once there is what it needs."""
    for name in PARTS:
        yield partial(_if_there, name)
    for name in CORE:
        yield partial(import_module, name)
    if window is not None:
        yield window.finish_styling
        for name in WINDOW:
            yield partial(import_module, name)
        yield window.furnish
        yield window.listen
    for name in PAGES:
        yield partial(import_module, name)
    yield _decoders
    if window is not None:
        yield from window.prepared_steps()
    for name in OTHER_PAGES:
        yield partial(import_module, name)


def _if_there(name: str) -> None:
    if find_spec(name.partition(".")[0]) is not None:
        import_module(name)


def _decoders() -> None:
    from reviewapp.visit.state_loader import prepare_decoders

    prepare_decoders()


class Startup(QObject):
    """Runs the pieces whenever the window has nothing else to do; what is wanted earlier is loaded by itself."""

    def __init__(self, parent: QObject, window: MainWindow | None = None) -> None:
        super().__init__(parent)
        self._pieces = pieces(window)
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
                # What is loaded now stays: looking for garbage never needs to go through it again.
                gc.freeze()
                gc.enable()
        else:
            piece()
