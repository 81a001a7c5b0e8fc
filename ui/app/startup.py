"""What is needed after the passphrase is loaded while the person types it, in short pieces.

Loaded only when the passphrase is right, it would make the start take 2.2 times as long (without the time of typing);
loaded in one go, it would hold up the keys for half a second, ten times as long as the longest piece does
(`tests/benchmarks/bench_tricks.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from ui.app.features import ignore_features

if TYPE_CHECKING:
    from ui.shell.window import MainWindow

ignore_features()  # here, for whatever starts the program imports this first

CORE = (
    "click",
    "dateutil.parser",
    "msgspec",
    "sqlite_utils",
    "sqlcipher3",
    "reviewapp.store.home",
    "reviewapp.workspace.laptop",
)
"""The core, with what it loads, divided so that no piece takes longer than the rest of the window does."""
PANEL = "ui.shell.palette"
"""The largest part of the rest of the window."""


def startup_steps(window: MainWindow | None) -> Iterator[Callable[[], object]]:
    """In this order; each takes some milliseconds. The rest of the window comes once there is what it needs."""
    for name in CORE:
        yield partial(_load, name)
    from reviewapp.visit.state_loader import preparations

    yield from preparations()
    if window is not None:
        from ui.theme import theme

        yield theme().finish_styling
        yield partial(_load, PANEL)
        yield window.build_rest
        yield window.watch_system_lock
    from ui.pages import PAGES
    from ui.shell.prebuild import FIRST_PAGE, Prebuild, prebuild_steps

    for entry in PAGES:
        yield partial(_load, entry.module)
        if entry.name == FIRST_PAGE and window is not None:
            yield from prebuild_steps(window)
    if window is not None:
        yield partial(Prebuild, window)


def _load(name: str) -> None:
    """Import a module; one that only a library of ours used, and no longer brings, is not missed."""
    if find_spec(name.partition(".")[0]) is not None:
        import_module(name)


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
        else:
            piece()
