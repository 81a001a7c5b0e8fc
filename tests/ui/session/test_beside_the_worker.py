"""One rates and types on in the window while the worker does each of its jobs: nothing waits, fails or is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication

from reviewapp.store import driver
from reviewapp.workspace.laptop import Laptop
from tests.ui.bring_together.support import fresh, open_visit_on
from tests.ui.conftest import WAIT_MS
from tests.ui.support import PHRASE, App, Homes, Opener
from ui.pages.action_plan.return_jobs import ExportPlanJob, PrintPageJob, ReadReturnJob
from ui.pages.bring_together.jobs import JoinJob, PreviewJob, WriteReturnJob
from ui.pages.bring_together.receipts import WriteReceiptsJob
from ui.pages.report import jobs as report_jobs
from ui.pages.report.answers import SaveSheet
from ui.pages.shared.intake_job import IntakeJob
from ui.pages.shared.visit_pack_part import WritePack
from ui.pages.standards.page import StandardsPage
from ui.pages.start.check_visit import check_visit
from ui.pages.start.delete import delete_summary
from ui.session.back_up import _back_up, _back_up_other
from ui.session.hourly_backup import _back_up as back_up_hourly
from ui.session.worker import Progress, WithVisit
from ui.shell.palette.panel import _catch_up

MOST = 8
"""Times that something is written in the window during one job."""


class Window:
    """Somebody at the page Standards, who rates with a key and types into the note, in turns."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
        self.keys = cycle([(Qt.Key.Key_N, "not_met"), (Qt.Key.Key_M, "met")])
        self.rated, self.typed, self.times = "", self.page.detail.note.toPlainText(), 0
        self.trouble: list[str] = []
        for signal in (app.session.bridge.refused, app.session.bridge.failed, app.session.worker.refused):
            signal.connect(self._on_trouble)
        self._asked, self._done = threading.Event(), threading.Event()
        self._left = 0

    def _on_trouble(self, error: object) -> None:
        self.trouble.append(str(error))

    def write(self) -> None:
        """Rate, or type a letter that is saved as the pause after it would save it."""
        self.times += 1
        if self.times % 2:
            key, self.rated = next(self.keys)
            self.app.keys(self.page.list, key)
        else:
            note = self.page.detail.note
            note.moveCursor(QTextCursor.MoveOperation.End)
            self.app.keys(note, "x")
            self.typed += "x"
            assert note.flush()

    def between(self, db: driver.Database) -> Callable[[str], None]:
        """What is called in the worker before each statement there: it waits until something was written here."""
        writing = False

        def call(statement: str) -> None:
            nonlocal writing
            if not writing and self._left and threading.current_thread() is not threading.main_thread():
                self._left -= 1
                self._asked.set()
                assert self._done.wait(WAIT_MS / 1000)
                self._done.clear()
            writing = statement.startswith("BEGIN IMMEDIATE") or (
                writing and not statement.startswith(("COMMIT", "ROLLBACK"))
            )

        return call

    def work_until_idle(self) -> int:
        """Write whenever the worker asks for it, until it is idle; returns how often that was."""
        before, self._left = self.times, MOST
        while self.app.session.worker.busy:
            QApplication.processEvents()
            if self._asked.is_set():
                self._asked.clear()
                self.write()
                self._done.set()
        self.app.settle()
        return self.times - before


@contextmanager
def asked_by(monkeypatch: pytest.MonkeyPatch, window: Window) -> Iterator[None]:
    """Every connection to the visit that is opened in the worker asks the window to write."""
    plain = driver.connect

    def connect(path: Path, *args: Any, **kwargs: Any) -> driver.Database:
        db = plain(path, *args, **kwargs)
        if path.name == "visit.db" and threading.current_thread() is not threading.main_thread():
            db.conn.set_trace_callback(window.between(db))
        return db

    with monkeypatch.context() as patched:
        patched.setattr(driver, "connect", connect)
        yield


def return_of_r4(homes: Homes, folder: Path) -> Path:
    """What R4 wrote on another laptop, which is not here yet."""
    path = folder / "R4.review"
    visit = open_visit_on(fresh(homes, folder / "R4", "R4", "R4.jsonl"))
    visit.write_return(path)
    visit.close()
    return path


def jobs_of_the_worker(app: App, homes: Homes, folder: Path) -> dict[str, Callable[[], None]]:
    """Each starts one of the jobs, as the page does that has it."""
    session, visit, bridge = app.session, app.visit, app.session.bridge
    laptop, failed = session.laptop, pytest.fail
    assert laptop is not None
    theirs = return_of_r4(homes, folder)
    sheet = folder / "self-review.csv"
    sheet.write_text("standard,rating,comment\n4,Met,theirs\n", encoding="utf-8")

    def on_visit(job: Callable[..., Any], done: Callable[[Any], None] | None = None, *, writes: bool = False) -> Any:
        return partial(session.worker.run, "", WithVisit(visit, job, writes=writes), done, _fail)

    def on_laptop(job: Callable[..., Any], done: Callable[[Any], None] | None = None) -> Any:
        return partial(session.worker.run, "", partial(job, laptop, visit.id), done, _fail)

    def _fail(error: object) -> None:
        failed(str(error))

    def _joined(done: Any) -> None:
        assert [(one.receipt.reason, one.receipt.entries.new > 100) for one in done] == [(None, True)]
        bridge.reload("joined")

    def _looked(found: Any) -> None:
        assert [(one.receipt.reason, one.receipt.entries.new > 100) for one in found] == [(None, True)]

    def _taken(taken: Any) -> None:
        bridge.adopt(taken[1])

    def _checked(checks: Any) -> None:
        assert [one for one in checks if not one.ok] == []

    from reviewapp.report.formats import FORMATS

    return {
        "preview of the report": on_visit(report_jobs.PreviewJob("committee", None)),
        "report": on_visit(report_jobs.SaveReportJob(folder / "r.json", FORMATS["json"], "committee")),
        "response sheet": on_visit(SaveSheet(folder / "a.xlsx", date(2026, 12, 1))),
        "return": on_visit(WriteReturnJob(folder / "L1.review"), writes=True),
        "receipts": on_visit(WriteReceiptsJob(folder / "receipts.review"), writes=True),
        "visit pack": on_visit(WritePack(folder / "visit.rvpack", PHRASE), writes=True),
        "backup": on_visit(partial(_back_up, folder / "b.rvbackup"), writes=True),
        "hourly backup": on_visit(back_up_hourly),
        "look at a file": on_visit(PreviewJob((theirs,)), _looked),
        "join": on_visit(JoinJob((theirs,)), _joined, writes=True),
        "plan out": on_visit(ExportPlanJob(folder / "plan.xlsx"), writes=True),
        "plan back": on_visit(ReadReturnJob(folder / "plan.xlsx")),
        "page to print": on_visit(PrintPageJob(folder / "page.pdf", "brief")),
        "intake": on_visit(IntakeJob(sheet, "self_review"), _taken, writes=True),
        "index": on_visit(_catch_up, writes=True),
        "verify": on_laptop(check_visit, _checked),
        "before deleting": on_laptop(delete_summary),
    }


def backed_up(laptop: Laptop, visit: str, progress: Progress) -> None:
    """A visit that is not open is backed up from the list of visits."""
    _back_up_other(laptop, visit, partial(_back_up, laptop.home.folder / "copy.rvbackup"), progress)


def test_one_rates_and_types_on_during_every_job_of_the_worker(
    program: Opener, homes: Homes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = program(homes.lead)
    window = Window(app)
    with asked_by(monkeypatch, window):
        for name, start in jobs_of_the_worker(app, homes, tmp_path).items():
            start()
            assert window.work_until_idle() >= 2, f"{name}: nothing was written beside it"
            assert window.trouble == [], name
            found = app.visit.state.ratings["47/L1"]
            assert found.value == window.rated, name
            assert window.page.detail.note.toPlainText() == window.typed, name
    window.page.leave()
    assert app.visit.state.ratings["47/L1"].note == window.typed and app.visit.drafts() == []
    shown = dict(app.visit.state.ratings)
    app.visit.reload()
    assert app.visit.state.ratings == shown, "the window shows what is in the journal"


@pytest.mark.parametrize("job", [check_visit, delete_summary, backed_up])
def test_a_visit_that_the_worker_still_reads_opens_for_writing(
    program: Opener, homes: Homes, tmp_path: Path, job: Callable[..., Any]
) -> None:
    app = program(homes.lead, visit=False)
    laptop = app.session.laptop
    assert laptop is not None
    (visit,) = laptop.visits()
    app.session.worker.run("", partial(job, laptop, visit.id))
    app.session.open_visit(visit.id)
    assert not app.visit.read_only, "its own worker is no other program"
