#!/usr/bin/env python3
"""How long it takes from the start of the process until one can work, beside a bare PySide6 window.

A bare window is QApplication and QMainWindow, shown and drawn. Ours is counted in two parts, because the person's
passphrase stands between them: until the gate is drawn, and from the moment the passphrase has proved right until the
sample visit is drawn. What lies between (typing, in whose time the program loads the rest; Argon2id) is told apart.
Each round runs both, one after the other; the median of the rounds' ratios is what counts.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ui.shell.window import MainWindow

ROUNDS = 7
AIM = 1.5
"""What we want; printed."""
MOST = 3.0
"""What must hold on any machine, with others at work on it too."""
PASSPHRASE = "only for this benchmark"
TOTALS = ("all", "work", "memory")
VARIABLE = "REVIEWAPP_BENCH"


def main() -> None:
    """Print the figures; an assertion fails when the promise does not hold."""
    with tempfile.TemporaryDirectory(prefix="reviewapp-bench-") as name:
        home = Path(name) / "home"
        visit = _sample(home)
        for kind in ("bare", "typed", "given"):
            _run(kind, home, visit)  # once unmeasured: byte code is written, files are in memory
        rounds = [{kind: _run(kind, home, visit) for kind in ("bare", "typed", "given")} for _ in range(ROUNDS)]
    where = os.environ.get("QT_QPA_PLATFORM", "on a display")
    bare = [one["bare"]["all"] for one in rounds]
    print(f"bare PySide6 window ({where}, median of {ROUNDS}): {median(bare) * 1000:.0f} ms")
    ratios = {}
    for kind, words in (("typed", "passphrase typed"), ("given", "passphrase given beforehand, all in one go")):
        ratios[kind] = median(one[kind]["all"] / one["bare"]["all"] for one in rounds)
        work = median(one[kind]["work"] / one["bare"]["work"] for one in rounds)
        parts = {part: median(one[kind][part] for one in rounds) * 1000 for part in rounds[0][kind]}
        print(f"{words}: {parts['all']:.0f} ms, {ratios[kind]:.2f} x bare (processor time {work:.2f} x)")
        print("  " + ", ".join(f"{part} {took:.0f} ms" for part, took in parts.items() if part not in TOTALS))
    print(f"resident memory with the sample visit open: {median(one['typed']['memory'] for one in rounds):.0f} MB")
    print(f"aim {AIM:.1f} x: {'reached' if ratios['typed'] <= AIM else 'not reached'}")
    assert ratios["typed"] <= MOST, f"start-up takes {ratios['typed']:.2f} x a bare window, and may take {MOST} x"


def _sample(home: Path) -> str:
    from reviewapp.workspace.laptop import Laptop
    from ui.pages.start.play_sample import PlaySample
    from ui.session.worker import Progress

    laptop, _ = Laptop.create(home, PASSPHRASE)
    return PlaySample(laptop, home)(Progress(_quiet))


def _run(kind: str, home: Path, visit: str) -> dict[str, float]:
    """Start a process; what it took, in seconds, by part."""
    # Byte code is written, as it is in any installation.
    own = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    told = json.dumps({"kind": kind, "home": str(home), "visit": visit, "began": time.perf_counter()})
    command = [sys.executable, __file__]
    done = subprocess.run(command, env={**own, VARIABLE: told}, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _child(told: dict[str, Any]) -> None:
    began = (told["began"], 0.0)
    kinds = {"bare": _bare, "typed": _typed, "given": _given}
    marks = kinds[told["kind"]](Path(told["home"]), told["visit"])
    marks = [("", began), *marks]
    steps = [(name, here[0] - before[0], here[1] - before[1]) for (_, before), (name, here) in pairwise(marks)]
    apart = ("loading while it is typed", "Argon2id")
    total = sum(took for name, took, _ in steps if name not in apart)
    busy = sum(took for name, _, took in steps if name not in apart)
    parts = {name: took for name, took, _ in steps}
    print(json.dumps({"all": total, "work": busy, **parts, "memory": _resident()}), flush=True)
    os._exit(0)  # nothing that comes after is measured


def _bare(_home: Path, _visit: str) -> list[tuple[str, tuple[float, float]]]:
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.show()
    application.processEvents()
    return [("window", _now())]


def _typed(home: Path, visit: str) -> list[tuple[str, tuple[float, float]]]:
    """As every day: the gate, the passphrase, the visit."""
    from ui.app import main

    window = main.show_window(home)
    marks = [("gate", _now())]
    from PySide6.QtWidgets import QApplication

    loading = main.warm_up(window)
    while not loading.done:
        QApplication.processEvents()
    marks.append(("loading while it is typed", _now()))
    from reviewapp.workspace.laptop import Laptop

    laptop = Laptop.open(home, PASSPHRASE)
    marks.append(("Argon2id", _now()))
    window.restore_after_unlock({"visit": visit, "page": "overview"})
    window.session.adopt(laptop)
    QApplication.processEvents()
    marks.append(("visit", _now()))
    _usable(window)
    window.session.settings.set("geometry", window.saveGeometry())  # for the next time, as closing does
    return marks


def _usable(window: MainWindow) -> None:
    """Overview is in view, with the figures of the sample: what a fault left empty was not opened."""
    from ui.pages.overview.page import OverviewPage
    from ui.widgets import ProgressRing

    page = window.page
    assert isinstance(page, OverviewPage) and page.isVisible()
    assert sum(ring.done for ring in page.findChildren(ProgressRing) if ring.isVisible()) > 0
    assert page.day.model.rowCount() and page.forecast.cases.text()


def _given(home: Path, visit: str) -> list[tuple[str, tuple[float, float]]]:
    """As after `reviewapp demo`."""
    from reviewapp.workspace.laptop import Laptop

    marks = [("core", _now())]
    laptop = Laptop.open(home, PASSPHRASE)
    marks.append(("Argon2id", _now()))
    from ui.app import main

    window = main.show_window(home)
    marks.append(("gate", _now()))
    from PySide6.QtWidgets import QApplication

    main.warm_up(window)
    marks.append(("rest of the window", _now()))
    window.restore_after_unlock({"visit": visit, "page": "overview"})
    window.session.adopt(laptop)
    QApplication.processEvents()
    marks.append(("visit", _now()))
    _usable(window)
    return marks


def _resident() -> float:
    """Megabytes of memory; 0 where the system does not tell."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS"))


def _quiet(_share: float, _text: str) -> None:
    """Nobody waits for the sample here."""


if __name__ == "__main__":
    if VARIABLE in os.environ:
        _child(json.loads(os.environ[VARIABLE]))
    else:
        main()
