"""A backup every hour of work, without a word unless it fails."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt

from reviewapp.base.errors import ReviewError
from reviewapp.visit.statements import Rating
from reviewapp.workspace.open_visit import OpenVisit
from tests.ui.support import PHRASE, App, Homes, Opener
from ui.pages.bring_together.jobs import WriteReturnJob
from ui.pages.bring_together.receipts import WriteReceiptsJob
from ui.pages.shared.visit_pack_part import WritePack
from ui.pages.standards.page import StandardsPage
from ui.session.back_up import _back_up
from ui.session.worker import Progress, WithVisit


def backups(app: App) -> int:
    return len(list((app.session.home / "visits" / app.visit.id / "backups").glob("*")))


def test_an_hour_of_work_leaves_a_backup_and_an_idle_one_none(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer, back_up_every=20)
    timer, before = app.session.hourly_backup.timer, backups(app)
    app.qtbot.waitSignal(timer.timeout).wait()
    app.settle()
    assert backups(app) == before
    app.visit.record(Rating(standard="47", value="met"))
    app.qtbot.waitUntil(lambda: backups(app) == before + 1)
    timer.stop()
    app.settle()
    assert app.window.status.message.text() == ""
    assert not app.window.status.job.isVisible()


def test_a_backup_that_fails_is_said(program: Opener, homes: Homes, monkeypatch: pytest.MonkeyPatch) -> None:
    app = program(homes.reviewer, back_up_every=20)

    def full(_: object) -> None:
        raise ReviewError("disk full", do="make room")

    monkeypatch.setattr(OpenVisit, "back_up_now", full)
    app.visit.record(Rating(standard="47", value="met"))
    message = app.window.status.message
    app.qtbot.waitUntil(lambda: message.text() == "The hourly backup did not work: disk full. Make room.")
    app.session.hourly_backup.timer.stop()
    app.settle()


@pytest.mark.parametrize("job", ["hourly", "backup", "return", "pack", "receipts"])
def test_no_file_that_is_written_ends_the_typing(program: Opener, homes: Homes, tmp_path: Path, job: str) -> None:
    app = program(homes.lead)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    note, before = page.detail.note, len(app.visit.history("rating", "47/L1"))
    app.keys(note, Qt.Key.Key_End, " Seen on the wall")
    typed = note.toPlainText()
    app.qtbot.waitUntil(lambda: bool(app.visit.drafts()))
    if job == "hourly":
        app.session.hourly_backup.timer.timeout.emit()
    else:
        path = tmp_path / "written"
        jobs: dict[str, Callable[[OpenVisit, Progress], object]] = {
            "backup": partial(_back_up, path),
            "return": WriteReturnJob(path),
            "pack": WritePack(path, PHRASE),
            "receipts": WriteReceiptsJob(path),
        }
        app.session.worker.run("", WithVisit(app.visit, jobs[job], writes=True))
    app.settle()
    assert note.toPlainText() == typed and note.waiting and len(app.visit.drafts()) == 1
    assert len(app.visit.history("rating", "47/L1")) == before
    app.keys(note, Qt.Key.Key_End, ", twice")
    page.leave()
    assert app.visit.state.ratings["47/L1"].note == note.toPlainText() == f"{typed}, twice"


def test_nothing_is_backed_up_where_one_only_reads(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    assert app.session.hourly_backup.timer.isActive()
    second = program(app.session.home, copy=False)
    assert second.visit.read_only
    assert not second.session.hourly_backup.timer.isActive()
    app.session.close_visit()
    assert not app.session.hourly_backup.timer.isActive()
