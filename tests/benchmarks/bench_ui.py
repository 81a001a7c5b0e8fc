"""How long the screen is held up on the large visit of `scale`: the real window, drawn without a screen.

A step is one event and all that follows from it until nothing is left to do: handlers, layout, painting. Its figure is
the processor time of the UI thread (`time.thread_time`), for other programs share the machine; the time on the wall
stands beside it. `stretch` is the longest part of it during which no key would have been heard: what follows is handled
in turns of the event loop, and keys come between them. `later` is the longest stretch in the moments after it, by
timers. What is wanted stands in `steps`, as multiples of a fixed piece of work that is timed in the same run. Between
opening the visit and the first page somebody looks at Overview for some seconds, in which the program makes the others
(`ui.shell.prebuild`); that has lines of its own. Nothing here passes or fails.
Last it is weighed what each trick of painting buys (`painting`).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from reviewapp.visit import statements
from reviewapp.workspace.laptop import Laptop  # the core before PySide6, as the program does it
from tests.benchmarks.scale import PASSPHRASE
from tests.benchmarks.steps import FIRST_VIEW, IDLE, ONCE, Steps
from ui.pages import NAMES

if TYPE_CHECKING:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QWidget

    from ui.pages.agree.page import AgreePage
    from ui.pages.case_notes.page import CaseNotesPage
    from ui.pages.interviews.page import InterviewsPage
    from ui.pages.standards.page import StandardsPage
    from ui.pages.themes.page import ThemesPage
    from ui.shell.window import MainWindow

ROOT = Path(__file__).resolve().parents[2]
MAKE = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.benchmarks.scale import make_scale_visit
make_scale_visit(Path({home!r}))
"""
ROUNDS = 6
WANTED_MB = 200
TYPED = ("water", "care", "47", "section", "visit team")
NOTE = "She rang twice and nobody came. "
PAGES = (*NAMES[1:], NAMES[0])
"""Start comes last: Overview is in view first."""


def memory_mb(what: str) -> float | None:
    """Resident memory of this process, where the system tells it."""
    try:
        told = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return None
    return next(int(line.split()[1]) / 1024 for line in told.splitlines() if line.startswith(what + ":"))


def main() -> None:
    """Print the figures."""
    folder = Path(tempfile.mkdtemp())
    try:
        home = folder / "home"
        # By another process, so that making the visit does not count as our memory.
        subprocess.run([sys.executable, "-c", MAKE.format(root=str(ROOT), home=str(home))], check=True)
        with program(home) as (window, steps):
            Day(window, steps).everything()
            steps.show()
            show_memory()
            from tests.benchmarks.painting import weigh  # what it loads is not the program's memory

            weigh(window, steps.settle)
    finally:
        shutil.rmtree(folder)


def show_memory() -> None:
    """What the system says of this process."""
    now, most = memory_mb("VmRSS"), memory_mb("VmHWM")
    if now is not None and most is not None:
        print(f"memory, every page seen: {now:.0f} MB (wanted: at most {WANTED_MB}); at its most {most:.0f} MB")


@contextmanager
def program(home: Path) -> Iterator[tuple[MainWindow, Steps]]:
    """The window with the visit open."""
    from PySide6.QtWidgets import QApplication

    from ui.app.startup import startup_steps
    from ui.session.session import Session
    from ui.shell.window import MainWindow
    from ui.theme import theme

    for load in startup_steps(None):  # as the program does while the passphrase is typed
        load()
    application = QApplication.instance() or QApplication(["bench"])
    theme().choice = "light"
    theme().apply()
    session = Session(home, locks_by_itself=False)
    window = MainWindow(session)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    steps = Steps()
    session.adopt(Laptop.open(home, PASSPHRASE))
    steps.settle()
    try:
        yield window, steps
    finally:
        window.close()
        session.deleteLater()
        steps.settle()
        del application


class Day:
    """What people do again and again in a visit, each kind of thing some times over."""

    def __init__(self, window: MainWindow, steps: Steps) -> None:
        self.window, self.steps = window, steps

    def everything(self) -> None:
        """In the order of a day."""
        session = self.window.session
        assert session.laptop is not None
        self.made = session.laptop.visits()[0].id
        self.steps.do(f"{ONCE}open the visit, see Overview", self._open)
        self.steps.taken[f"{ONCE}open the visit, see Overview"].later.clear()
        print(f"memory after opening: {memory_mb('VmRSS') or 0:.0f} MB")
        self.idle()
        self.pages()
        self.standards()
        self.interviews()
        self.case_notes()
        self.agree()
        self.themes()
        self.pages_after_a_change()

    def idle(self) -> None:
        """Look at Overview."""
        from ui.shell.prebuild import Prebuild

        made = Prebuild(self.window)
        while not made.done:
            self.steps.do(f"{IDLE}a piece of another page", made.make_next)

    def _open(self) -> None:
        self.window.session.open_visit(self.made)

    def go(self, name: str) -> QWidget:
        """Show a page outside any step."""
        self.window.show_page(name)
        self.steps.settle()
        assert self.window.page is not None
        return self.window.page

    def pages(self) -> None:
        """Every page for the first time, then again, nothing having changed."""
        for name in PAGES[1:]:
            self.steps.do(f"{FIRST_VIEW}{name}", partial(self.window.show_page, name))
        for _ in range(ROUNDS):
            for name in PAGES:
                self.steps.do(f"switch to {name}", partial(self.window.show_page, name))

    def pages_after_a_change(self) -> None:
        """Every page again, a rating having been given in between."""
        visit = self.window.session.visit
        assert visit is not None
        for turn in range(ROUNDS):
            for name in PAGES:
                self.go("start" if name != "start" else "standards")
                visit.record(statements.Rating(standard=str(1 + turn), note=f"seen {turn} before {name}"))
                self.steps.later()
                self.steps.do(f"switch after a change: {name}", partial(self.window.show_page, name))

    def standards(self) -> None:
        """Filter, open, move, rate, type."""
        from PySide6.QtCore import Qt

        page = cast("StandardsPage", self.go("standards"))
        for words in TYPED:
            for letter in words:
                self.steps.do("filter standards, a letter", partial(key, page.find_box, letter))
            for _ in words:
                self.steps.do("filter standards, a letter back", partial(key, page.find_box, Qt.Key.Key_Backspace))
        for toggle in (page.unrated, page.differs, page.one_source):
            self.steps.do("filter standards, a toggle", toggle.toggle)
            self.steps.do("filter standards, a toggle", toggle.toggle)
        for number in range(7, 400, 23):
            self.steps.do("open a standard", partial(self.window.show_page, "standards", {"standard": str(number)}))
        page.list.setFocus()
        page.list.setCurrentIndex(page.filter.index(0, 0))
        self.steps.settle()
        for _ in range(25):
            self.steps.do("next standard by arrow key", partial(key, page.list, Qt.Key.Key_Down))
        for letter in "mna" * 4:
            self.steps.do("rate by one key", partial(key, page.list, letter))
        self._type("type a note, a letter", page.detail.note)
        self.steps.do("leave the note", page.list.setFocus)

    def _type(self, name: str, editor: QWidget) -> None:
        editor.setFocus()
        self.steps.settle()
        for letter in NOTE:
            self.steps.do(name, partial(key, editor, letter))

    def interviews(self) -> None:
        """Open one after the other, and write notes."""
        page = cast("InterviewsPage", self.go("interviews"))
        for number in range(1, 60, 4):
            self.steps.do(
                "open an interview", partial(self.window.show_page, "interviews", {"interview": f"P{number}/L1"})
            )
        for button in ("yes", "no") * 3:
            self.steps.do("answer a question of consent", getattr(page.form.consent.questions[2], button).click)
        self._type("type interview notes, a letter", next(iter(page.form.boxes.values())).editor)
        self.steps.do("leave interview notes", page.side.list.setFocus)

    def case_notes(self) -> None:
        """Move and answer."""
        from PySide6.QtCore import Qt

        page = cast("CaseNotesPage", self.go("case_notes"))
        for record in range(5, 200, 17):
            where = {"record": str(record), "item": f"A{1 + record % 18}"}
            self.steps.do("go to a case-note cell", partial(self.window.show_page, "case_notes", where))
            self.steps.do("next cell by arrow key", partial(key, page.grid, Qt.Key.Key_Right))
            self.steps.do("answer a cell by one key", partial(key, page.grid, "yna"[record % 3]))

    def agree(self) -> None:
        """Choose, open the meeting, choose, agree."""
        from PySide6.QtCore import Qt

        page = cast("AgreePage", self.go("agree"))
        for when in ("before", "in"):
            for row in range(2, 40, 2):
                self.steps.do(f"choose in Agree {when} the meeting", partial(page.table.selectRow, row))
                self.steps.do(f"next in Agree {when} the meeting", partial(key, page.table, Qt.Key.Key_Down))
            if when == "before":
                self.steps.do(f"{ONCE}open the meeting", page.meeting.open.click)
                for toggle in (page.differing, page.open_only) * 2:
                    self.steps.do("filter Agree, a toggle", toggle.toggle)
                page.show_all.click()
                self.steps.settle()
        page.table.setFocus()
        for letter in "mna" * 3:
            self.steps.do("agree by one key", partial(key, page.table, letter))

    def themes(self) -> None:
        """Code one of thousands of units, which is to cost what rating does; go to the next ones."""
        from PySide6.QtCore import Qt

        coding = cast("ThemesPage", self.go("themes")).coding
        coding.list.setFocus()
        self.steps.settle()
        for letter in "12" * 6:
            self.steps.do("code by one key", partial(key, coding.list, letter))
        for _ in range(6):
            self.steps.do("next not coded by one key", partial(key, coding.list, " "))
            self.steps.do("code by one key", partial(key, coding.list, "3"))
        for _ in range(12):
            self.steps.do("next unit by arrow key", partial(key, coding.list, Qt.Key.Key_Down))


def key(widget: QWidget, what: str | Qt.Key) -> None:
    """One key, as the keyboard sends it."""
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    text = what if isinstance(what, str) else ""
    code = ord(what.upper()) if isinstance(what, str) else what
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, text))


if __name__ == "__main__":
    main()
