"""A backup every hour of work, without a word unless it fails."""

from __future__ import annotations

import pytest

from reviewapp.desk import Desk
from reviewapp.errors import ReviewError
from reviewapp.visit.lines import Rating
from tests.ui.support import App, Homes, Opener


def backups(app: App) -> int:
    return len(list((app.session.home / "visits" / app.desk.id / "backups").glob("*")))


def test_an_hour_of_work_leaves_a_backup_and_an_idle_one_none(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer, back_up_every=20)
    timer, before = app.session.rolling.timer, backups(app)
    app.qtbot.waitSignal(timer.timeout).wait()
    app.settle()
    assert backups(app) == before
    app.desk.record(Rating(standard="47", value="met"))
    app.qtbot.waitUntil(lambda: backups(app) == before + 1)
    timer.stop()
    app.settle()
    assert app.window.status.message.text() == ""
    assert not app.window.status.job.isVisible()


def test_a_backup_that_fails_is_said(program: Opener, homes: Homes, monkeypatch: pytest.MonkeyPatch) -> None:
    app = program(homes.reviewer, back_up_every=20)

    def full(_: object) -> None:
        raise ReviewError("disk full", do="make room")

    monkeypatch.setattr(Desk, "back_up_now", full)
    app.desk.record(Rating(standard="47", value="met"))
    message = app.window.status.message
    app.qtbot.waitUntil(lambda: message.text() == "The hourly backup did not work: disk full. Make room.")
    app.session.rolling.timer.stop()
    app.settle()


def test_nothing_is_backed_up_where_one_only_reads(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    assert app.session.rolling.timer.isActive()
    second = program(app.session.home, copy=False)
    assert second.desk.read_only
    assert not second.session.rolling.timer.isActive()
    app.session.close_visit()
    assert not app.session.rolling.timer.isActive()
