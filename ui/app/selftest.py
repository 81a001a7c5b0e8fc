"""`reviewapp --self-test`: tests a whole installation in a temporary home."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from reviewapp.visit.statements import Answer, Rating
from reviewapp.visit.statements import Interview as Spoken
from reviewapp.workspace.laptop import Laptop, NewPerson

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.shell.window import MainWindow

PASSPHRASE, PHRASE = "only for this self-test", "one two three four five six"
DAY = date(2026, 5, 12)
WORDS = "They rang back – the same evening."
ROUNDS = 3
T = TypeVar("T")

_running: list[SelfTest] = []
"""Kept after a failure: Qt crashes when a window is destroyed while it is painted, and the result would be lost."""


class StepFailed(Exception):
    """A self-test step failed; the text says what is wrong."""


def main(say: Callable[[str], None] = print) -> int:
    """Run every step, printing a line for each; returns 0 if all pass, else 1 after one line on stderr."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    faults: list[BaseException] = []
    before, sys.excepthook = sys.excepthook, _FaultCollector(faults)
    doing = "a scratch folder"
    try:
        with tempfile.TemporaryDirectory(prefix="reviewapp-self-test-", ignore_cleanup_errors=True) as scratch:
            _running.append(SelfTest(Path(scratch)))
            for doing, step in _running[-1].steps():
                step()
                if faults:
                    raise faults[0]
                say(f"ok: {doing}")
    except Exception as error:
        # Qt's own message about an exception in a slot or a paint event does not always end with a newline.
        start = "\n" if faults else ""
        sys.stderr.write(f"{start}error: the self-test failed at '{doing}': {_in_one_line(error)}\n")
        return 1
    finally:
        sys.excepthook = before
    _running.clear()
    say("all is well")
    return 0


class SelfTest:
    """One run of the self-test: a home in `scratch`, a window on it, and a visit."""

    def __init__(self, scratch: Path) -> None:
        self._home, self._scratch = scratch / "home", scratch
        self._laptop: Laptop | None = None
        self._window: MainWindow | None = None
        self._visit = ""

    def steps(self) -> list[tuple[str, Callable[[], None]]]:
        """Name and method of each step, in the order they run."""
        return [
            ("a home with a passphrase", self.make_home),
            ("the window opens", self.open_window),
            ("a visit is made and opened", self.make_visit),
            ("a rating and an answer are saved", self.record),
            ("every page is shown", self.show_pages),
            ("the report is made (PDF, Word) and drawn", self.make_report),
            ("a spreadsheet is written and read", self.make_sheet),
            ("a visit pack is sealed and opened", self.make_pack),
            ("the window closes", self.close),
            ("what was saved is there again", self.reopen_visit),
        ]

    @property
    def laptop(self) -> Laptop:
        """The unlocked home; raises `Wrong` while there is none."""
        return _required(self._laptop, "the home is not open")

    @property
    def window(self) -> MainWindow:
        """The main window; raises `Wrong` while there is none."""
        return _required(self._window, "there is no window")

    @property
    def visit(self) -> OpenVisit:
        """The open visit; raises `Wrong` while there is none."""
        return _required(self.window.session.visit, "the visit is not open")

    def make_home(self) -> None:
        """Create a home with a passphrase: tests SQLCipher and the key wrapping."""
        self._laptop, _ = Laptop.create(self._home, PASSPHRASE)

    def open_window(self) -> None:
        """Show the main window: tests Qt, its platform plugin, fonts and icons."""
        from PySide6.QtWidgets import QApplication

        from ui.session.session import Session
        from ui.shell.window import MainWindow
        from ui.theme import make_application, theme

        application = QApplication.instance() or make_application()
        theme().apply()
        self._window = MainWindow(Session(self._home, application, locks_by_itself=False))
        self._window.show()
        self._wait_until_idle()
        _require(self._window.isVisible(), "the window is not there")
        _require(not self._window.grab().isNull(), "the window draws nothing")

    def make_visit(self) -> None:
        """Make a visit on the first built-in standards and open it in the window."""
        people = [NewPerson(code="L1", role="lead"), NewPerson(code="R2", role="clinician")]
        self._visit = self.laptop.new_visit(
            instrument=self.laptop.library.all()[0].id,
            service="Example Crisis Resolution and Home Treatment Team",
            organisation="Example NHS Trust (invented)",
            date=DAY.isoformat(),
            people=people,
        )
        self.window.restore_after_unlock({"visit": self._visit, "page": "overview"})
        self.window.session.adopt(self.laptop)
        self._wait_until_idle()

    def record(self) -> None:
        """Record a rating, an interview and an answer, as the forms do."""
        instrument = self.visit.state.instrument
        prompt = instrument.guides[0].prompts[0].id
        self.visit.record(
            Rating(standard=instrument.standards[0].number, value="met", note=WORDS),
            Spoken(id="P1", group="patient", mode="phone", consent_notes=True, consent_quotes=True, people=1),
            Answer(interview="P1", prompt=prompt, text=WORDS),
            name="the self-test",
        )
        self._wait_until_idle()

    def show_pages(self) -> None:
        """Show every page and capture it; the Report page renders its preview."""
        from ui.pages import PAGES

        for entry in PAGES:
            self.window.show_page(entry.name)
            self._wait_until_idle()
            _require(self.window.page is not None, f"the page {entry.nav} is missing")
            _require(not self.window.grab().isNull(), f"the page {entry.nav} draws nothing")

    def make_report(self) -> None:
        """Build the committee's report as PDF and Word and render its first page, with every font and image."""
        from pypdfium2 import PdfDocument

        from reviewapp.report.content import build
        from reviewapp.report.formats import FORMATS

        document = build.build(self.visit.state, self.visit.status(), profile="committee", today=DAY)
        made = {suffix: found.render(document) for suffix, found in FORMATS.items()}
        wrong = [suffix for suffix, data in made.items() if not data.startswith(FORMATS[suffix].begins)]
        _require(not wrong, f"not what it should be: {', '.join(wrong)}")
        pages = PdfDocument(made["pdf"])
        _require(len(pages) > 1 and pages[0].render().width > 0, "the PDF has no pages")
        pages.close()

    def make_sheet(self) -> None:
        """Write an empty survey spreadsheet, as it is sent to the team, and read it as on its return."""
        from reviewapp.intake import read_intake, template

        path = self._scratch / "survey.xlsx"
        path.write_bytes(template("survey", self.visit.state.instrument, suffix=".xlsx"))
        read_intake(path, "survey", self.visit.state.instrument)

    def make_pack(self) -> None:
        """Write a visit pack with age and a word phrase, and open it again."""
        path = self._scratch / "visit.rvpack"
        self.visit.write_visit_pack(path, PHRASE)
        _require("R2" in self.laptop.peek_pack(path, PHRASE).people, "the visit pack does not name the reviewers")

    def close(self) -> None:
        """Close the window, as a person does."""
        self.window.close()
        self._wait_until_idle()
        _require(not self.window.isVisible(), "the window stays")
        self._window, self._laptop = None, None

    def reopen_visit(self) -> None:
        """Reopen the visit from disk with the passphrase and compare what was saved."""
        visit = Laptop.open(self._home, PASSPHRASE).open_visit(self._visit)
        try:
            found = [rating.note for rating in visit.state.ratings.values()]
        finally:
            visit.close()
        _require(found == [WORDS], "the rating is not there")

    def _wait_until_idle(self) -> None:
        """Wait until the worker is idle and its results are delivered."""
        from PySide6.QtWidgets import QApplication

        for _ in range(ROUNDS):
            self.window.session.worker.drain()
            QApplication.processEvents()


class _FaultCollector:
    """`sys.excepthook` that collects exceptions raised inside signals, after which Qt carries on."""

    def __init__(self, faults: list[BaseException]) -> None:
        self._faults = faults

    def __call__(self, _kind: type[BaseException], error: BaseException, _where: TracebackType | None) -> None:
        self._faults.append(error)


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise StepFailed(otherwise)


def _required(value: T | None, otherwise: str) -> T:
    if value is None:
        raise StepFailed(otherwise)
    return value


def _in_one_line(error: BaseException) -> str:
    if isinstance(error, StepFailed):
        return str(error)
    place = traceback.extract_tb(error.__traceback__)[-1]
    words = " ".join(str(error).split())
    return f"{type(error).__name__} in {Path(place.filename).name} line {place.lineno}: {words}"


if __name__ == "__main__":
    sys.exit(main())
