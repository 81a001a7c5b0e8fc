"""What each trick of painting and collecting buys: its figure with and without it, in turns, in one run.

A trick is switched off here by patching, never by a setting of the program. A figure is the processor time of the UI
thread until nothing is left to do. What buys less than 10 % of its figure is not worth its lines.
"""

from __future__ import annotations

import gc
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView, QWidget

    from ui.shell.window import MainWindow

ROUNDS = 8
WORTH = 10
NOTE_LINE = "She rang twice and nobody came.\n"
"""Per cent of its figure that a trick has to buy."""


class Trick(NamedTuple):
    """`off` switches it off for the time of a `with`; `act` does one round of what it makes quicker."""

    name: str
    figure: str
    off: Callable[[], AbstractContextManager[Any]]
    act: Callable[[int], object]


def weigh(window: MainWindow, settle: Callable[[], object]) -> None:
    """Print a line a trick: the figure with it, without it, and what it buys."""
    print(f"\n{'trick':42} {'figure, milliseconds':34}   with without   buys")
    for trick in tricks(window):
        settle()
        taken: dict[bool, list[float]] = {True: [], False: []}
        for turn in range(2 * ROUNDS):
            on = turn % 4 in (0, 3)
            with nullcontext() if on else trick.off():
                same = len(taken[on])  # both ways do the same work
                trick.act(same)  # once for what the other way left behind
                settle()
                began = time.thread_time()
                trick.act(same + 1)
                settle()
                taken[on].append((time.thread_time() - began) * 1000)
        with_, without = (statistics.median(taken[on]) for on in (True, False))
        buys = 100 * (1 - with_ / without) if without else 0.0
        verdict = "" if buys >= WORTH else "  not worth it"
        print(f"{trick.name:42} {trick.figure:34} {with_:6.1f} {without:7.1f} {buys:5.0f} %{verdict}")


@contextmanager
def no_pictures(*of: str) -> Iterator[None]:
    """What these draw (`NavDelegate`, `StandardsDelegate._word`) is drawn each time."""
    from PySide6.QtCore import QRect, QRectF
    from PySide6.QtGui import QColor, QPainter

    from ui.widgets.paint_cache import PaintCache

    show = PaintCache.show

    def drawn(
        self: PaintCache, painter: QPainter, rect: QRect, key: Any, ground: QColor, draw: Any, *what: Any
    ) -> None:
        if not draw.__qualname__.startswith(of):
            show(self, painter, rect, key, ground, draw, *what)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, ground)
        draw(painter, QRectF(rect), *what)
        painter.restore()

    with patch.object(PaintCache, "show", drawn):
        yield


@contextmanager
def unfrozen() -> Iterator[None]:
    """All that was read is looked through for garbage."""
    gc.unfreeze()
    yield
    gc.freeze()


def scroll(view: QAbstractItemView, turn: int) -> None:
    """On by three rows, twenty times, as with the wheel; each time it is painted."""
    from PySide6.QtWidgets import QApplication

    bar = view.verticalScrollBar()
    row = max(1, view.sizeHintForRow(0))
    for step in range(20):
        pixels = bar.singleStep() if bar.maximum() > 10 * view.model().rowCount() else 1
        bar.setValue((turn * 20 + step) * 3 * (row if pixels > 1 else 1) % max(1, bar.maximum()))
        QApplication.processEvents()


def repaint(view: QWidget, _turn: int) -> None:
    """Ten times all that is in view, as when a row changes its place or a window in front goes away."""
    for _ in range(10):
        view.repaint()


def switch(window: MainWindow, names: tuple[str, ...], _turn: int) -> None:
    """One page after the other."""
    for name in names:
        window.show_page(name)


def page(window: MainWindow, name: str) -> Any:
    """The page, shown."""
    window.show_page(name)
    return window.page


def tricks(window: MainWindow) -> Iterator[Trick]:
    """Each with the figure it is there for; what it needs is shown when it is asked for."""
    yield from _pictures(window)
    yield from _layouts(window)
    yield Trick("what was read is frozen", "looking for garbage", unfrozen, lambda _turn: gc.collect())


def _pictures(window: MainWindow) -> Iterator[Trick]:
    for name, path, what in (
        ("standards", "list", "StandardsDelegate"),
        ("agree", "table", "MatrixDelegate"),
        ("case_notes", "grid", "CellDelegate"),
        ("interviews", "side.list", "RowDelegate"),
    ):
        shown = page(window, name)
        if name == "agree":
            shown.show_all.click()
        view, off = attrgetter(path)(shown), partial(no_pictures, what)
        yield Trick(f"pictures of rows: {name}", "scrolling the list", off, partial(scroll, view))
        yield Trick(f"pictures of rows: {name}", "painting what is in view", off, partial(repaint, view.viewport()))
        if name == "standards":
            words = partial(no_pictures, "StandardsDelegate._word", "paint_pill")
            yield Trick("pictures of words: standards", "scrolling the list", words, partial(scroll, view))
    grid = page(window, "case_notes").grid
    headers = partial(no_pictures, "ItemHeader", "RecordHeader")
    yield Trick("pictures of headers: case_notes", "scrolling the list", headers, partial(scroll, grid))
    rings, there = partial(no_pictures, "ProgressRing"), partial(switch, window, ("start", "overview"))
    yield Trick("pictures of rings", "switching to Overview", rings, there)


def _layouts(window: MainWindow) -> Iterator[Trick]:
    from ui.shell import window as window_module

    off = partial(patch.object, window_module, "LAYOUTS_WITHIN", 0)
    name = "layout before painting"
    yield Trick(name, "switching pages", off, partial(switch, window, ("agree", "interviews", "case_notes")))

    def standard(turn: int) -> None:
        window.show_page("standards", {"standard": str(1 + turn * 23 % 400)})

    yield Trick(name, "opening a standard", off, standard)
    note = page(window, "standards").detail.note
    grown = [NOTE_LINE * lines for lines in range(1, 9)]
    yield Trick(name, "typing, the note grows", off, lambda turn: note.setPlainText(grown[turn % 8]))
    size = window.size()
    yield Trick(name, "resizing the window", off, lambda turn: window.resize(size.width() - 150 * (turn % 2), 768))
    window.resize(size)


def main() -> None:
    """Only this, on a visit of its own."""
    from tests.benchmarks.bench_ui import program
    from tests.benchmarks.scale import make_scale_visit

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        __, visit = make_scale_visit(home)
        with program(home) as (window, steps):
            window.session.open_visit(visit)
            steps.settle()
            weigh(window, steps.settle)


if __name__ == "__main__":
    main()
