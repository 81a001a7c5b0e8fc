#!/usr/bin/env python3
"""What each trick of the start buys: the same start with it and without it, in turn.

`bench_tricks.py [ROUNDS] [TRICK ...]`. A trick is taken out in the child process, before anything is loaded; nothing in
the program knows of it. In each round every variant runs once, in another order. What is printed is the median of the
rounds' ratios without/with and, in brackets, the middle half of them: of the processor time, for others work on the
machine too, and of the time on the wall. Where the ratio is under 1.10 a trick does not pay its rent.
"""

from __future__ import annotations

import gc
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple
from unittest.mock import patch

from tests.benchmarks import bench_start
from tests.benchmarks.bench_start import PASSPHRASE

ROUNDS = 9
LEAST = 1.10
VARIABLE = "REVIEWAPP_BENCH_TRICK"
PARTS = {
    "unlock": "until the unlock screen is drawn",
    "piece": "longest stretch in which no key is heard while typing",
    "visit": "from the right passphrase until Overview is drawn",
    "start": "unlock screen and visit together",
    "search": "a search for garbage with a visit open",
}
Figures = dict[str, tuple[float, float]]
"""By part: processor time and time on the wall, in seconds."""


class Trick(NamedTuple):
    """Where it stands, the part it is for, and how to do without it."""

    where: str
    part: str
    leave_out: Callable[[], None]


def _no_preload() -> None:
    from ui.app import startup

    patch.object(startup, "startup_steps", _nothing).start()


def _in_one_go() -> None:
    from ui.app import startup

    pieces = startup.startup_steps

    def all_of_them(window: Any) -> Iterator[Callable[[], object]]:
        def one_go() -> None:
            for piece in pieces(window):
                piece()

        yield one_go

    patch.object(startup, "startup_steps", all_of_them).start()


def _no_prebuild() -> None:
    _afterwards("ui.shell.prebuild", "prebuild_steps")


def _no_drawing() -> None:
    _afterwards("ui.shell.prebuild", "draw")


def _names_of_qt() -> None:
    from PySide6.QtCore import Qt

    assert Qt.AspectRatioMode.KeepAspectRatio


def _all_widgets() -> None:
    import ui.widgets

    for name in ui.widgets._MODULES:
        import_module(f"ui.widgets.{name}")


def _whole_window() -> None:
    from ui.app import main
    from ui.shell.window import MainWindow

    def whole(session: Any, *, furnished: bool) -> Any:
        return MainWindow(session)

    patch.object(main, "MainWindow", whole).start()


def _searched() -> None:
    patch.object(gc, "freeze", _nothing).start()


TRICKS = {
    "unlock screen first": Trick("ui.shell.window.MainWindow.build_rest", "unlock", _whole_window),
    "no enumerations of Qt": Trick("ui.theme.qt_values", "unlock", _names_of_qt),
    "widgets when used": Trick("ui.widgets.__getattr__", "unlock", _all_widgets),
    "loaded while one types": Trick("ui.app.startup", "start", _no_preload),
    "in pieces": Trick("ui.app.startup.startup_steps", "piece", _in_one_go),
    "Overview made before": Trick("ui.shell.prebuild", "visit", _no_prebuild),
    "and drawn before": Trick("ui.shell.prebuild.draw", "visit", _no_drawing),
    "visit not searched": Trick("ui.session.garbage", "search", _searched),
}


def _nothing(*_: object) -> Iterator[Any]:
    return iter(())


def _afterwards(module: str, name: str) -> None:
    """Leave out a function of a module that the program loads later."""
    from ui.app import startup

    pieces = startup.startup_steps

    def without(window: Any) -> Iterator[Callable[[], object]]:
        patch.object(import_module(module), name, _nothing).start()
        yield from pieces(window)

    patch.object(startup, "startup_steps", without).start()


def main(rounds: int, names: list[str]) -> None:
    """Print a line a trick."""
    with tempfile.TemporaryDirectory(prefix="reviewapp-bench-") as folder:
        home = Path(folder) / "home"
        visit = bench_start._sample(home)
        _run("", home, visit)  # once unmeasured: byte code is written, files are in memory
        taken: list[dict[str, Figures]] = []
        for _ in range(rounds):
            order = random.sample(["", *names], len(names) + 1)
            taken.append({name: _run(name, home, visit) for name in order})
    print(f"{rounds} rounds; processor time (time on the wall) of the program as it is")
    for part, words in PARTS.items():
        busy, took = (median(one[""][part][kind] for one in taken) * 1000 for kind in (0, 1))
        print(f"  {part:7} {busy:6.1f} ms ({took:6.1f} ms)  {words}")
    for name in names:
        trick = TRICKS[name]
        cpu, wall = (_ratios(taken, name, trick.part, kind) for kind in (0, 1))
        pays = "" if median(cpu) >= LEAST else "  DOES NOT PAY"
        print(f"{name:23} {trick.part:7} without/with {_words(cpu)}, on the wall {_words(wall)}  {trick.where}{pays}")


def _ratios(taken: list[dict[str, Figures]], name: str, part: str, kind: int) -> list[float]:
    return [one[name][part][kind] / one[""][part][kind] for one in taken]


def _words(ratios: list[float]) -> str:
    low, _, high = quantiles(ratios, n=4) if len(ratios) > 1 else ratios * 3
    return f"{median(ratios):.2f} ({low:.2f}-{high:.2f})"


def _run(without: str, home: Path, visit: str) -> Figures:
    own = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    told = json.dumps({"without": without, "home": str(home), "visit": visit, "began": time.perf_counter()})
    command = [sys.executable, __file__]
    done = subprocess.run(command, env={**own, VARIABLE: told}, stdout=subprocess.PIPE, text=True, check=True)
    found: Figures = json.loads(done.stdout.splitlines()[-1])
    return found


class _Clock:
    """How long it is since it was last asked."""

    def __init__(self, began: float) -> None:
        self._last = (0.0, began)

    def lap(self) -> tuple[float, float]:
        """Processor time and time on the wall."""
        now = (time.process_time(), time.perf_counter())
        before, self._last = self._last, now
        return now[0] - before[0], now[1] - before[1]


def _sum(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return one[0] + other[0], one[1] + other[1]


def _child(told: dict[str, Any]) -> None:
    clock = _Clock(told["began"])
    if told["without"]:
        TRICKS[told["without"]].leave_out()
    from ui.app import main

    window = main.show_window(Path(told["home"]))
    figures = {"unlock": clock.lap()}
    from PySide6.QtWidgets import QApplication

    loading, stretches = main.warm_up(window), [(0.0, 0.0)]
    while not loading.done:
        QApplication.processEvents()
        stretches.append(clock.lap())
    figures["piece"] = max(stretches)
    from reviewapp.workspace.laptop import Laptop

    core = clock.lap()  # nothing, where it is loaded already
    laptop = Laptop.open(Path(told["home"]), PASSPHRASE)
    clock.lap()
    window.restore_after_unlock({"visit": told["visit"], "page": "overview"})
    window.session.adopt(laptop)
    QApplication.processEvents()
    figures["visit"] = _sum(core, clock.lap())
    bench_start._usable(window)
    figures["start"] = _sum(figures["unlock"], figures["visit"])
    gc.collect()
    clock.lap()
    gc.collect()
    figures["search"] = clock.lap()
    print(json.dumps(figures), flush=True)
    os._exit(0)  # nothing that comes after is measured


if __name__ == "__main__":
    if VARIABLE in os.environ:
        _child(json.loads(os.environ[VARIABLE]))
    else:
        given = sys.argv[1:]
        main(int(given[0]) if given else ROUNDS, given[1:] or list(TRICKS))
