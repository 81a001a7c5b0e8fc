"""What is needed after the passphrase is loaded while the person types it, in short pieces."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from itertools import chain

from PySide6.QtCore import QObject, QTimer, Slot

CORE = (
    "msgspec",
    "sqlite_utils",
    "sqlcipher3",
    "cryptography.exceptions",
    "reviewapp.visit.lines",
    "reviewapp.store.driver",
    "reviewapp.store.home",
    "reviewapp.instruments.library",
    "reviewapp.visit.status",
    "reviewapp.laptop",
)
PAGES = ("ui.pages.base", "ui.pages.start", "ui.pages.overview", "ui.pages.standards", "ui.pages.interviews")


def pieces() -> Iterator[Callable[[], object]]:
    """In this order; each takes some milliseconds."""
    for name in (*CORE, *PAGES):
        yield partial(import_module, name)
    yield partial(_decoders)


def _decoders() -> None:
    from reviewapp.visit.assemble import make_ready

    make_ready()


class Preload(QObject):
    """Runs the pieces, and `more`, whenever the window has nothing else to do.

    What is wanted earlier is loaded by itself.
    """

    def __init__(self, parent: QObject, more: Iterable[Callable[[], object]] = ()) -> None:
        super().__init__(parent)
        self._pieces = chain(pieces(), more)
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
