"""Overview, which comes first after unlocking, is made and drawn once behind the unlock screen while one types.

Nothing of it is seen. Its widgets are then there, and fonts, icons and the rules of the style sheet are ready: without
it the first view of Overview takes 1.6 times as long, and without the drawing alone 1.15 times
(`tests/benchmarks/bench_tricks.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.shell.window import MainWindow

FIRST_PAGE = "overview"


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
