"""Locking: nothing to be read at once, nothing lost, nothing half done."""

from __future__ import annotations

from typing import Any, cast

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QMenu, QWidget

from reviewapp.base.errors import ReviewError
from reviewapp.visit.statements import Rating
from reviewapp.workspace.laptop import Laptop
from tests.ui.support import PASSPHRASE, App, Homes, Opener, words_on
from tests.ui.unlock.locking import Held, curtain, note_of
from tests.ui.unlock.support import unlock
from ui.session.worker import Progress


@pytest.mark.parametrize("what", ["a note", "a running job"])
def test_nothing_can_be_read_before_anything_is_saved_or_waited_for(
    program: Opener, homes: Homes, held: Held, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    app = program(homes.reviewer)
    note, seen = note_of(app), []
    app.keys(note, "half a sentence")
    bare = app.window.grab().toImage()
    if what == "a running job":
        app.session.worker.run("Example job", held)
        held.began.wait()
    save = app.visit.commit_drafts

    def saved() -> object:
        seen.append((curtain(app).isVisible(), app.window.grab().toImage() != bare))
        return save()

    monkeypatch.setattr(app.visit, "commit_drafts", saved)
    painted = Painted(curtain(app))
    app.window.locking.curtain_drawn.connect(painted.on_drawn)
    app.window.lock()
    assert seen and seen[0] == (True, True)
    assert painted.by_then, "painted, and not only asked to be"
    held.end()
    app.qtbot.waitUntil(lambda: app.session.laptop is None)


class Painted(QObject):
    """Whether a widget had been painted when the signal came."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.times, self.by_then = 0, 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.Paint
        return False

    def on_drawn(self) -> None:
        self.by_then = self.times


def test_while_a_job_ends_nothing_is_shown_and_nobody_gets_in(program: Opener, homes: Homes, held: Held) -> None:
    app = program(homes.reviewer)
    note_of(app)
    app.session.worker.run("Example job", held)
    held.began.wait()
    app.window.lock()
    gate = app.window.unlock_screen.unlock
    assert app.session.laptop is not None, "the job still needs it"
    assert gate.isVisible() and not gate.passphrase.isVisible() and "Example job" in words_on(gate)
    assert not app.window.work.isVisible() and not curtain(app).isVisible()
    app.window.lock()
    held.end()
    app.qtbot.waitUntil(lambda: app.session.laptop is None)
    assert gate.passphrase.isVisible() and "Example job" not in words_on(gate)
    unlock(app)
    assert app.page.TITLE == "Standards"
    assert "finished while the program was locked" in app.window.status.message.text()


ALLOWED = {
    "&Quit",
    "&Help for this page",
    "&About Reviewapp",
    "&Larger text",
    "&Normal text size",
    "&Keyboard shortcuts",
    "Quick-start card for &reviewers…",
    "Quick-start card for the &lead…",
    "Check &spelling",
    "Next &misspelt word",
    "&Smaller text",
    "&Rate with one key in lists",
}


def usable(app: App) -> set[str]:
    """The commands of the menus that can be given, but for those of the looks and of when it locks."""
    actions = [a for menu in app.window.menuBar().actions() for a in cast(QMenu, menu.menu()).actions()]
    return {a.text() for a in actions if a.isEnabled() and a.text() and not a.menu() and a.actionGroup() is None}


@pytest.mark.parametrize("why", ["a job", "text that cannot be saved"])
def test_while_it_locks_no_command_of_the_visit_can_be_given_or_read(
    program: Opener, homes: Homes, held: Held, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    def full(*_: object) -> None:
        raise ReviewError("disk full", do="make room")

    app = program(homes.reviewer)
    app.visit.record(Rating(standard="47", value="met"))
    assert "standard 47" in app.window.actions_.undo.text()
    note = note_of(app)
    with monkeypatch.context() as patched:
        if why == "a job":
            app.session.worker.run("Example job", held)
            held.began.wait()
        else:
            patched.setattr(app.visit._store.drafts, "save", full)
            app.keys(note, "precious")
        app.window.lock()
        assert app.session.laptop is not None
        assert usable(app) <= ALLOWED and app.window.actions_.undo.text() == "&Undo"
    held.end()
    app.window.locking._retry.timeout.emit()
    app.qtbot.waitUntil(lambda: app.session.laptop is None)
    assert usable(app) <= ALLOWED | {"&Paste"}, "into the field of the passphrase"
    unlock(app)
    assert usable(app) - ALLOWED


def test_a_job_that_can_be_cancelled_is_and_one_that_has_not_begun_never_does(
    program: Opener, homes: Homes, held: Held
) -> None:
    app, later = program(homes.reviewer), Held()
    app.session.worker.run("Adding", held, cancel=True)
    app.session.worker.run("Backing up", later)
    held.began.wait()
    app.window.lock()
    app.qtbot.waitUntil(lambda: app.session.laptop is None)
    assert not later.began.is_set()
    unlock(app)
    told = app.window.status.message.text()
    assert "Adding: this stopped" in told and "Backing up: this stopped" in told


def test_what_failed_while_it_locked_is_told_after_unlocking(program: Opener, homes: Homes) -> None:
    def fail() -> None:
        raise ReviewError("the disk is full", do="make room")

    app, job = program(homes.reviewer), Held(until=fail)
    app.session.worker.run("Backing up", job, failed=lambda _error: None)
    job.began.wait()
    app.window.lock()
    job.end()
    app.qtbot.waitUntil(lambda: app.session.laptop is None)
    unlock(app)
    assert "Backing up: the disk is full" in app.window.status.message.text()


@pytest.mark.parametrize("code", ["", "EXAMPLE-CODE"])
def test_a_change_of_passphrase_that_ends_while_it_locks_lets_nobody_in(
    program: Opener, homes: Homes, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    app, held = program(homes.reviewer), Held()
    note_of(app)
    change = Laptop.change_passphrase

    def slow(laptop: Laptop, old: str, new: str, **how: Any) -> str:
        held(Progress(lambda _share, _text: None))
        return change(laptop, old, new, **how) or code

    monkeypatch.setattr(Laptop, "change_passphrase", slow)
    new = "lamp otter quay vine"
    app.session.change_passphrase(PASSPHRASE, new, app.window.show_recovery_code if code else print, print)
    app.qtbot.waitUntil(held.began.is_set)
    app.window.lock()
    held.end()
    app.qtbot.waitUntil(lambda: app.session.laptop is None)
    gate = app.window.unlock_screen
    assert app.window.outer.currentWidget() is gate and gate.stack.currentWidget() is gate.unlock
    unlock(app, new)
    assert app.page.TITLE == "Standards" and app.session.visit is not None
    told = app.window.status.message.text()
    assert "finished while the program was locked" in told
    assert ("Nobody has seen the new recovery code" in told) is bool(code)
