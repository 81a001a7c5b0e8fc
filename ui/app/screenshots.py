"""Screenshots of every page, for checking by eye: `python -m ui.app.screenshots DIR [PAGE ...]`.

Shows the sample visit in light and dark, at 100 % and 200 % text, in 1366 × 768 and 1024 × 700, without a screen; and
in what a screen of 1366 × 768 leaves at 125 %, the scale that Windows proposes for it.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from pathlib import Path

from reviewapp.workspace.laptop import Laptop

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication

import ui.widgets.file_dialogs
from reviewapp.demo.network import fill as fill_network
from reviewapp.instruments.exporting import export_instrument
from reviewapp.national.networks import Networks
from reviewapp.visit.statements import Coding
from reviewapp.visit.themes import themes_in_force, units
from ui.app.scored_sample import SECOND, make_scored_visit
from ui.pages import PAGES
from ui.pages.action_plan.page import ActionPlanPage
from ui.pages.overview.page import OverviewPage
from ui.pages.shared.page_view import PageView
from ui.pages.start.network.view import NetworkView
from ui.pages.start.new_visit import NewVisit
from ui.pages.start.play_sample import PlaySample
from ui.session.session import Session
from ui.session.worker import Progress
from ui.shell.window import MainWindow
from ui.theme import make_application, theme

PASSPHRASE = "only for these pictures"
CODE = "EXAMPLE-ONLY-0000-0000-0000-0000"
ROUNDS = 4
SOON_MS = 3_000
PATIENCE_S = 300.0
"""Seconds after which a page counts as hanging; no deadline that a slow machine has to meet."""
Look = tuple[str, int, tuple[int, int]]
"""Light or dark, the size of the text in per cent, and the size of the window in pixels."""
SCALED = (1093, 596)
"""A maximised window on 1366 × 768 at 125 %, in its own pixels, without its title bar."""
LOOKS: tuple[Look, ...] = (
    *product(("light", "dark"), (100, 200), ((1366, 768), (1024, 700))),
    *product(("light", "dark"), (100,), (SCALED,)),
)
Show = Callable[[MainWindow], None]


class _Page:
    """Callable that shows the page `name` at `place`."""

    def __init__(self, name: str, place: dict[str, str] | None = None) -> None:
        self._name, self._place = name, place

    def __call__(self, window: MainWindow) -> None:
        window.show_page(self._name, self._place)


def _first_run(window: MainWindow) -> None:
    window.outer.setCurrentWidget(window.unlock_screen)
    window.unlock_screen.stack.setCurrentWidget(window.unlock_screen.first_run)


def _recovery(window: MainWindow) -> None:
    window.outer.setCurrentWidget(window.unlock_screen)
    window.unlock_screen.recovery.set_code(CODE)
    window.unlock_screen.stack.setCurrentWidget(window.unlock_screen.recovery)


def _unlock(window: MainWindow) -> None:
    window.outer.setCurrentWidget(window.unlock_screen)
    window.unlock_screen.stack.setCurrentWidget(window.unlock_screen.unlock)


def _forgot(window: MainWindow) -> None:
    window.outer.setCurrentWidget(window.unlock_screen)
    window.unlock_screen.stack.setCurrentWidget(window.unlock_screen.forgot)


def _of_the_visit(window: MainWindow, view: str) -> None:
    visit = window.session.visit
    window.show_page("start", {"view": view, "visit": visit.id if visit is not None else ""})


def _import(window: MainWindow) -> None:
    """Show the form for a new visit with the problems of an imported sheet; the sheet is deleted again."""
    _Page("start", {"view": "new"})(window)
    form = window.findChildren(NewVisit)[0]
    laptop = window.session.laptop
    if laptop is None:
        return
    path = window.session.home / "Official wording.csv"
    export_instrument(laptop.library.all()[0], path)
    path.write_bytes(path.read_bytes().replace(b"guidance", b"hints", 1))
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    form.bring.choose.click()
    window.session.worker.drain()
    path.unlink()


def _team(window: MainWindow) -> None:
    window.show_page("overview", {"card": "people"})
    page = window.page
    if isinstance(page, OverviewPage):
        page.people.change.click()


def _paperwork(window: MainWindow) -> None:
    """Show the documents that were asked for, with their list open."""
    window.show_page("overview", {"card": "paperwork"})
    page = window.page
    if isinstance(page, OverviewPage):
        page.paperwork.open()


def _themes(window: MainWindow, view: str) -> None:
    """Show a view of the page Themes, with some quotes of the sample coded."""
    visit = window.session.visit
    if visit is not None and not visit.state.codings:
        quotes = [unit for unit in units(visit.state) if unit.key.startswith("quote/")]
        themes = [one.id for one in themes_in_force(visit.state).by_id.values() if one.codable]
        visit.record(*(Coding(unit=one.key, themes=[themes[i % 4]]) for i, one in enumerate(quotes[:12])))
    window.show_page("themes", {"view": view})


def _network(window: MainWindow, view: str) -> None:
    """Show a view of a network's set, with the extracts of the sample joined."""
    laptop = window.session.laptop
    if laptop is None:
        return
    networks, name = Networks(laptop.home), "Example network 2021"
    if not laptop.home.set_ids():
        with (
            tempfile.TemporaryDirectory() as folder,
            networks.open(networks.new(name, laptop.library.all()[0])) as made,
        ):
            fill_network(made, Path(folder))
    window.show_page("start", {"view": "network", "visit": networks.find(name)})
    window.session.worker.drain()
    shown = window.findChildren(NetworkView)[0]
    shown.tabs[view].setChecked(True)
    window.session.worker.drain()


def _plan(window: MainWindow, kind: str) -> None:
    """Show the action plan with one of its folded parts open, and the others folded away."""
    window.show_page("action_plan")
    page = window.page
    if isinstance(page, ActionPlanPage):
        for part in (page.goals, page.follow_up):
            for fold in part.folds.values():
                fold.close_part()
        page.reveal({kind: ""})


def _help(window: MainWindow) -> None:
    window.show_page("standards", {"standard": "47"})
    window.help.toggle(window.page)


def views() -> Iterator[tuple[str, Show]]:
    """Yield name and show function of everything to capture: pages, forms, the unlock screen."""
    for entry in PAGES:
        if entry.name == "action_plan":
            yield entry.name, partial(_plan, kind="")
            continue
        yield entry.name, _Page(entry.name, {"view": "list"} if entry.name == "start" else None)
    yield "overview_team", _team
    for part, name in (
        ("scoping", "scoping"),
        ("goal", "goals"),
        ("follow_up", "meetings"),
        ("readiness", "readiness"),
        ("handover", "handovers"),
        ("shared_practice", "sharing"),
    ):
        yield f"action_plan_{name}", partial(_plan, kind=part)
    yield "standard", _Page("standards", {"standard": "84"})
    for part, name in (
        ("responses", "report_answers"),
        ("decisions", "report_decision"),
        ("network", "report_network"),
    ):
        yield name, _Page("report", {"passage": part})
    for view in ("coders", "groups", "codebook"):
        yield f"themes_{view}", partial(_themes, view=view)
    for view in ("sent", "pictures", "passages", "report"):
        yield f"network_{view}", partial(_network, view=view)
    for form in ("new", "take", "write_pack", "teams", "network_new"):
        yield f"start_{form}", _Page("start", {"view": form})
    yield "start_import", _import
    for form in ("look", "delete", "restore"):
        yield f"start_{form}", partial(_of_the_visit, view=form)
    yield "help", _help
    yield from (("gate_first_run", _first_run), ("gate_recovery", _recovery))
    yield from (("gate_unlock", _unlock), ("gate_forgot", _forgot))


def scored_views() -> Iterator[tuple[str, Show]]:
    """Yield name and show function of what only a visit with criteria and a second set shows."""
    yield "criteria", _Page("standards", {"standard": "1"})
    yield "criteria_number", _Page("standards", {"standard": "7"})
    yield "second_set", _Page("standards", {"standard": "13", "instrument": SECOND})
    yield "criteria_agree", _Page("agree", {"standard": "1"})
    yield "second_untested", _Page("overview", {"card": "second_untested"})
    yield "rounds", _Page("overview", {"card": "rounds"})
    yield "paperwork", _paperwork


def wait_until_idle(window: MainWindow) -> None:
    """Process events until layouts, jobs and short timers of the page are done; TimeoutError if they never are."""
    deadline = time.monotonic() + PATIENCE_S
    rounds = 0
    while rounds < ROUNDS:
        if time.monotonic() > deadline:
            raise TimeoutError(f"the page {window.stack.name!r} does not come to rest")
        window.session.worker.drain()
        QApplication.sendPostedEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        timers = window.page.findChildren(QTimer) if window.page is not None else []
        waiting = _blank(window) or any(t.isActive() and t.isSingleShot() and t.interval() < SOON_MS for t in timers)
        rounds = 0 if waiting or window.session.worker.busy else rounds + 1


def _blank(window: MainWindow) -> bool:
    """Whether a visible page view of the report has no rendered page yet."""
    views = window.page.findChildren(PageView) if window.page is not None else []
    return any(view.isVisible() and not view.pages for view in views)


def write_screenshots(
    window: MainWindow,
    folder: Path,
    only: frozenset[str],
    shown: Callable[[], Iterator[tuple[str, Show]]] = views,
    looks: tuple[Look, ...] = LOOKS,
) -> int:
    """Write the screenshots as PNG files into `folder`; returns how many. `only`: names of views, empty for all."""
    made = 0
    for colours, percent, (width, height) in looks:
        theme().percent = percent
        theme().choose(colours)
        for name, show in shown():
            if only and name not in only:
                continue
            window.outer.setCurrentWidget(window.work)
            window.help.hide()
            window.resize(width, height)
            show(window)
            wait_until_idle(window)
            path = folder / f"{name}-{colours}-{percent}-{width}x{height}.png"
            if window.size().width() != width or window.size().height() != height:
                sys.stderr.write(f"{path.name}: the page needs {window.width()} x {window.height()}\n")
            window.grab().save(str(path))
            made += 1
    return made


def main(folder: Path, only: frozenset[str] = frozenset(), looks: tuple[Look, ...] = LOOKS) -> int:
    """Play the sample into a temporary home and write the screenshots of it into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication.instance() or make_application()
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / "home"
        laptop, _ = Laptop.create(home, PASSPHRASE)
        visit = PlaySample(laptop, home)(Progress(_quiet))
        session = Session(home, application, locks_by_itself=False)
        theme().apply()
        window = MainWindow(session)
        window.show()
        window.restore_after_unlock({"visit": visit, "page": "overview"})
        session.adopt(laptop)
        made = write_screenshots(window, folder, only, looks=looks)
        session.open_visit(make_scored_visit(laptop))
        made += write_screenshots(window, folder, only, scored_views, looks)
        window.close()
    sys.stdout.write(f"{made} pictures in {folder}\n")
    return 0


def _quiet(_share: float, _text: str) -> None:
    """Progress callback that shows nothing: no person waits for the sample here."""


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), frozenset(sys.argv[2:])))
