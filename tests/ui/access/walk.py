"""One walk over every page: shown once for each look, looked at from all sides, and kept as words for the tests."""

from __future__ import annotations

import gc
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from reviewapp.workspace.laptop import Laptop
from tests.ui.access import checks
from tests.ui.access.keys import back_round, go_round, left_out
from tests.ui.access.measure import Drawings, picture_of
from tests.ui.access.sight import go_round_in_sight
from tests.ui.access.tree import lines
from tests.ui.support import PASSPHRASE
from ui.app.screenshots import views, wait_until_idle
from ui.pages.shared import clock
from ui.pages.start.play_sample import PlaySample
from ui.session.session import Session
from ui.session.worker import Progress
from ui.shell.window import MainWindow
from ui.theme import theme

TALL = (1366, 2000)
"""So high that what scrolls is drawn and measured as well."""
SMALL = (1024, 700)
USUAL = (1366, 768)
SCALED = (1093, 596)
"""The usual screen at 125 %, the scale that Windows proposes for it: the window's own pixels, without its title bar."""
LOOKS = (
    ("light", 100, TALL), ("light", 100, SMALL), ("light", 100, USUAL), ("light", 100, SCALED),
    ("light", 200, USUAL), ("light", 200, SMALL), ("dark", 200, TALL), ("dark", 100, TALL),
)  # fmt: skip
"""In an order in which most need one change of colours or size only: each lays out anew every page there is."""
GOLDEN = Path(__file__).parents[2] / "golden" / "access"
ROUNDS = 12
DAY_BEFORE = datetime(2026, 11, 16, 9, 20, tzinfo=UTC)
"""Of the sample visit: on its own day Overview tells what is now, and the pages would be others."""
FRAME = "window"
"""What is round every page: where one is, where one can go, whether all is saved."""


@dataclass
class Walked:
    """Results: `wrong[promise]` are lines that begin with page and look; `trees[page]` what is spoken."""

    wrong: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    trees: dict[str, str] = field(default_factory=dict)
    stops: dict[str, int] = field(default_factory=dict)
    looked: dict[bool, set[tuple[str, str, str]]] = field(default_factory=lambda: {True: set(), False: set()})

    def note(self, promise: str, where: str, found: list[str]) -> None:
        """Keep what is wrong, once."""
        self.wrong[promise] += [f"{where}: {line}" for line in dict.fromkeys(found)]


def open_program(folder: Path) -> MainWindow:
    """The window with the sample visit open, in a home made for it."""
    laptop, _ = Laptop.create(folder, PASSPHRASE)
    visit = PlaySample(laptop, folder)(Progress(_quiet))
    session = Session(folder, locks_by_itself=False)
    window = MainWindow(session)
    window.show()
    window.restore_after_unlock({"visit": visit, "page": "overview"})
    session.adopt(laptop)
    return window


@pytest.fixture(scope="session")
def walked(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    """The walk, made once; the window is gone before the first test looks at what was found."""
    result = Walked()
    clock.CLOCK.append(lambda: DAY_BEFORE)
    window = open_program(tmp_path_factory.mktemp("access") / "home")
    for colours, percent, size in LOOKS:
        use_look(colours, percent)
        for name, show in views():
            show_view(window, size, show)
            where = f"{name}, {colours}, {percent} %, {size[0]} x {size[1]}"
            look(window, name, where, size, result)
    session = window.session
    window.close()
    window.deleteLater()
    session.deleteLater()
    use_look("light", 100)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    clock.CLOCK.pop()
    yield result


def use_look(colours: str, percent: int) -> None:
    """These colours at this text size."""
    if (theme().choice, theme().percent) != (colours, percent):
        theme().percent = percent
        theme().choose(colours)


def _quiet(_share: float, _text: str) -> None:
    """Nobody waits for the sample here."""


def show_view(window: MainWindow, size: tuple[int, int], show: Callable[[MainWindow], None]) -> None:
    """A view at this size, come to rest."""
    window.outer.setCurrentWidget(window.work)
    window.help.hide()
    window.resize(*size)
    show(window)
    wait_until_idle(window)


def show_for(window: MainWindow, size: tuple[int, int], page: str) -> None:
    """A page of the visit at this size, come to rest."""
    show_view(window, size, lambda shown: shown.show_page(page))


def walked_places(window: MainWindow, places: dict[str, tuple[str, dict[str, str]]]) -> dict[str, list[str]]:
    """What is wrong with these places of the open visit (page and place by name), each shown once for each look."""
    result = Walked()
    for colours, percent, size in LOOKS:
        use_look(colours, percent)
        for name, (page, place) in places.items():
            show_view(window, size, partial(_show_place, page, place))
            look(window, name, f"{name}, {colours}, {percent} %, {size[0]} x {size[1]}", size, result)
    use_look("light", 100)
    return {promise: found for promise, found in result.wrong.items() if found}


def _show_place(page: str, place: dict[str, str], window: MainWindow) -> None:
    window.show_page(page, place)


def look(window: MainWindow, name: str, where: str, size: tuple[int, int], result: Walked) -> None:
    """Everything that is promised of what is shown now, as far as this look tells it."""
    root = window.centralWidget()
    assert root is not None
    if size != TALL:
        result.note("sight", where, _unseen(root))
    if size == USUAL:
        return
    if size in (SMALL, SCALED):
        if (window.width(), window.height()) != size:
            result.note("room", where, [f"the page pushes the window to {window.width()} x {window.height()}"])
        for _ in range(ROUNDS):  # layouts settle in a few rounds; what does not is named
            if not checks.cut_off(root):
                break
            QApplication.processEvents()
        result.note("room", where, checks.cut_off(root) + checks.outside(root) + checks.past_the_edge(root))
        result.note("target", where, checks.too_small(root))
        return
    image, made = picture_of(root), Drawings()
    result.note("text contrast", where, checks.faint_words(root, image, made))
    result.note("control contrast", where, checks.faint_controls(root, image))
    result.note("colour", where, checks.colour_alone(root, made))
    if name not in result.trees:
        result.trees[name] = lines(_told(window))
        if FRAME not in result.trees and window.page is not None:
            result.trees[FRAME] = "".join(lines(part) for part in (window.header, window.nav, window.status))
        result.note("name", where, checks.nameless(root) + checks.named_twice(root))
        result.note("target", where, checks.too_small(root))
    _keys(window, name, where, result)


def _told(window: MainWindow) -> QWidget:
    """The part of the window that a view is about."""
    if window.outer.currentWidget() is window.unlock_screen:
        return window.unlock_screen
    return window.help if window.help.isVisible() else window.page or window.work


def _unseen(root: QWidget) -> list[str]:
    """Stops of Tab, forward and back, that cannot be seen when the keyboard is there."""
    first = next((w for w in checks.shown(root) if checks.takes_tab(w)), None)
    return go_round_in_sight(first) + go_round_in_sight(first, back=True) if first is not None else []


def _keys(window: MainWindow, name: str, where: str, result: Walked) -> None:
    root = window.centralWidget()
    assert root is not None
    first = next((w for w in checks.shown(root) if checks.takes_tab(w)), None)
    if first is None:
        result.note("trap", where, ["nothing takes the keyboard"])
        return
    light = not theme().dark
    went = go_round(first, result.looked[light])
    result.note("trap", where, went.traps)
    result.note("focus", where, went.unseen)
    if light and not went.traps:
        result.stops[name] = len(went.stops)
        result.note("trap", where, left_out(first, went.stops) + back_round(first, went.stops))
        result.note("order", where, checks.out_of_order(went.stops))
        result.note("group", where, checks.many_stops(went.stops))


def same_as_golden(name: str, text: str) -> None:
    """Compare with the file in tests/golden/access; `UPDATE_GOLDEN=1` writes it anew, to be read before committing."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
