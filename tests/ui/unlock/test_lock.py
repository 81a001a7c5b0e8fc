"""Locking: nothing to be read at once, nothing lost, nothing half done, and the process gives up its memory."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from reviewapp.base.errors import ReviewError
from reviewapp.visit.statements import Rating
from reviewapp.workspace.laptop import Laptop
from tests.ui.support import PASSPHRASE, App, Homes, Opener, focus, words_on
from tests.ui.unlock.support import unlock
from ui.pages.standards.page import StandardsPage
from ui.session.handover import VARIABLE, Handover, taken, unseal, written
from ui.session.worker import Progress
from ui.shell.curtain import Curtain
from ui.widgets.clipboard import copy_text


def note_of(app: App) -> QWidget:
    return cast(StandardsPage, app.go("standards", {"standard": "47"})).detail.note


def curtain(app: App) -> Curtain:
    found = app.window.findChild(Curtain)
    assert found is not None
    return found


MOST_ROUNDS = 3_000
"""A job whose test has failed ends all the same."""


class Held:
    """A job that goes on until the test lets it end."""

    def __init__(self, *, until: Callable[[], None] | None = None) -> None:
        self.began, self._may_end, self._until = threading.Event(), threading.Event(), until

    def __call__(self, progress: Progress) -> None:
        self.began.set()
        for _ in range(MOST_ROUNDS):
            if self._may_end.wait(0.01):
                break
            progress.check()
        if self._until is not None:
            self._until()

    def end(self) -> None:
        self._may_end.set()


@pytest.fixture
def held() -> Iterator[Held]:
    job = Held()
    yield job
    job.end()


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
    assert "finished while the program locked" in app.window.status.message.text()


ALLOWED = {
    "&Quit",
    "&Help for this page",
    "&About Reviewapp",
    "&Larger text",
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
    assert usable(app) <= ALLOWED
    unlock(app)
    assert usable(app) - ALLOWED


def test_a_job_that_can_be_cancelled_is_and_one_that_has_not_begun_never_does(
    program: Opener, homes: Homes, held: Held
) -> None:
    app, later = program(homes.reviewer), Held()
    app.session.worker.run("Joining", held, cancel=True)
    app.session.worker.run("Backing up", later)
    held.began.wait()
    app.window.lock()
    app.qtbot.waitUntil(lambda: app.session.laptop is None)
    assert not later.began.is_set()
    unlock(app)
    told = app.window.status.message.text()
    assert "Joining: this was stopped" in told and "Backing up: this was stopped" in told


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
    assert "finished while the program locked" in told
    assert ("recovery code that nobody has seen" in told) is bool(code)


class Restarts:
    """Instead of a new process: what it would have been given."""

    def __init__(self) -> None:
        self.given: list[Handover] = []

    def __call__(self, handover: Handover) -> None:
        self.given.append(handover)


def test_a_job_that_does_not_end_is_not_waited_for_for_ever(program: Opener, homes: Homes, held: Held) -> None:
    app, restarts = program(homes.reviewer), Restarts()
    app.window.locking.restart = restarts
    app.session.worker.run("Restoring the visit", held)
    held.began.wait()
    app.window.lock()
    assert restarts.given == [] and app.window.locking.patience.isActive()
    app.window.locking.patience.timeout.emit()
    assert len(restarts.given) == 1
    held.end()
    app.settle()
    assert app.session.laptop is not None
    found = unseal(app.session.laptop, restarts.given[0].sealed)
    assert found is not None and "Restoring the visit: this was stopped" in found.told[0][0]


def test_the_program_that_takes_its_place_goes_where_the_person_was(program: Opener, homes: Homes) -> None:
    app, restarts = program(homes.reviewer), Restarts()
    app.window.locking.restart = restarts
    app.keys(note_of(app), "before after", *[Qt.Key.Key_Left] * 5)
    visit = app.visit.id
    app.window.lock()
    text = written(restarts.given[0])
    assert visit not in text and "standards" not in text and "before" not in text
    again = program(app.session.home, copy=False, unlocked=False)
    again.window.lock_state.take_over(restarts.given[0])
    unlock(again)
    page = cast(StandardsPage, again.page)
    assert (again.visit.id, page.detail.number) == (visit, "47")
    assert again.window.focusWidget() is page.detail.note
    assert page.detail.note.textCursor().position() == len("before ")


def test_a_program_that_locked_by_itself_is_not_unlocked_by_the_rest_of_a_sentence(
    program: Opener, homes: Homes
) -> None:
    app, restarts = program(homes.reviewer, locks_by_itself=True), Restarts()
    app.window.locking.restart = restarts
    app.window.idle.idled.emit()
    assert restarts.given[0].by_itself
    again = program(app.session.home, copy=False, unlocked=False)
    again.window.lock_state.take_over(restarts.given[0])
    app.keys(again.window.unlock_screen.unlock.passphrase, "lf")
    assert again.window.unlock_screen.unlock.passphrase.text() == ""
    again.window.unlock_screen.unlock.passphrase.pause.timeout.emit()
    again.window.unlock_screen.unlock.passphrase.pause.stop()


@pytest.mark.parametrize("sealed", ["", "no base64!", "AAAA", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo="])
def test_a_place_that_was_not_sealed_here_costs_nothing_but_the_place(
    program: Opener, homes: Homes, sealed: str
) -> None:
    app = program(homes.reviewer, unlocked=False)
    app.window.lock_state.take_over(Handover(sealed=sealed))
    unlock(app)
    assert app.page.TITLE == "Start"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"home": 1}', '{"by_itself": true, "active": false}'])
def test_what_is_handed_over_is_taken_out_of_the_environment(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    import os

    monkeypatch.setenv(VARIABLE, text)
    found = taken()
    assert VARIABLE not in os.environ
    assert found == (Handover(by_itself=True, active=False) if "active" in text else None)


def test_a_program_that_cannot_be_started_anew_is_locked_all_the_same(program: Opener, homes: Homes) -> None:
    def gone(_handover: Handover) -> None:
        raise FileNotFoundError("the program was deleted")

    app = program(homes.reviewer)
    app.window.locking.restart = gone
    app.keys(note_of(app), "kept")
    app.window.lock()
    assert app.session.laptop is None and app.window.unlock_screen.unlock.passphrase.isVisible()
    unlock(app)
    assert cast(StandardsPage, app.page).detail.note.toPlainText() == "kept"


def lock_on_a_full_disk(app: App, patched: pytest.MonkeyPatch) -> None:
    """Type where the disk takes nothing, and lock."""

    def full(*_: object) -> None:
        raise ReviewError("disk full", do="make room")

    note = note_of(app)
    patched.setattr(app.visit._store.drafts, "save", full)
    app.keys(note, "precious")
    app.window.lock()


def test_text_that_cannot_be_saved_keeps_the_process_until_it_can(
    program: Opener, homes: Homes, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, restarts = program(homes.reviewer), Restarts()
    app.window.locking.restart = restarts
    with monkeypatch.context() as patched:
        lock_on_a_full_disk(app, patched)
        assert restarts.given == []
        assert not app.window.work.isVisible() and "could not be saved" in words_on(app.window.unlock_screen)
        app.window.locking._retry.timeout.emit()
        assert restarts.given == []
    app.window.locking._retry.timeout.emit()
    assert len(restarts.given) == 1
    assert app.session.laptop is None
    unlock(app)
    assert cast(StandardsPage, app.page).detail.note.toPlainText() == "precious"


def test_who_unlocks_before_the_text_is_saved_stays_unlocked(
    program: Opener, homes: Homes, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, restarts = program(homes.reviewer), Restarts()
    app.window.locking.restart = restarts
    with monkeypatch.context() as patched:
        lock_on_a_full_disk(app, patched)
        unlock(app)
        assert app.page is app.window.pages["standards"] and app.window.work.isVisible()
        assert not app.window.locking._retry.isActive() and not curtain(app).isVisible()
    app.settle()
    assert restarts.given == [] and app.session.laptop is not None


class Stubborn(QDialog):
    """A dialog that does not let itself be closed."""

    def closeEvent(self, event: QEvent) -> None:
        event.ignore()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_no_other_window_is_left_that_could_be_read(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    dialog = Stubborn(app.window)
    dialog.open()
    app.window.lock()
    assert not dialog.isVisible()
    app.qtbot.waitUntil(lambda: app.session.laptop is None)
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [app.window]
    dialog.deleteLater()


# The clipboard -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["keys", "button"])
@pytest.mark.parametrize("end", ["lock", "close"])
def test_what_was_copied_here_is_off_the_clipboard_when_it_locks_or_closes(
    program: Opener, homes: Homes, how: str, end: str
) -> None:
    app = program(homes.reviewer)
    note, board = note_of(app), QGuiApplication.clipboard()
    app.keys(note, "said in confidence")
    if how == "keys":
        app.qtbot.keyClick(note, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        app.qtbot.keyClick(note, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    else:
        copy_text("said in confidence")
    assert board.text() == "said in confidence"
    (app.window.lock if end == "lock" else app.window.close)()
    assert board.text() == ""


def test_what_was_copied_elsewhere_stays_on_the_clipboard(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    note, board = note_of(app), QGuiApplication.clipboard()
    app.keys(note, "said in confidence")
    copy_text("said in confidence")
    focus(app.window.nav.list)
    board.setText("copied in another program")  # as another program does: nothing here is selected
    app.window.lock()
    assert board.text() == "copied in another program"
    board.clear()


# The passphrase ----------------------------------------------------------------------------------------------


def test_once_unlocked_no_field_holds_the_passphrase(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer, unlocked=False)
    field = app.window.unlock_screen.unlock.passphrase
    unlock(app)
    assert app.session.laptop is not None
    assert field.text() == "" and not field.isUndoAvailable() and not field.isRedoAvailable()


def test_once_it_is_set_or_recovered_no_field_holds_a_passphrase_or_code(program: Opener) -> None:
    app = program(None)
    gate = app.window.unlock_screen
    app.keys(gate.first_run.new.first, PASSPHRASE)
    app.keys(gate.first_run.new.second, PASSPHRASE, Qt.Key.Key_Return)
    app.settle()
    code = gate.recovery.code.text().replace("\n", "")
    fields = [gate.first_run.new.first, gate.first_run.new.second]
    assert [field.text() for field in fields] == ["", ""]
    gate.recovery.button.setEnabled(True)
    gate.recovery.button.click()
    app.window.lock()
    gate.unlock.lost.click()
    app.keys(gate.forgot.code, code)
    app.keys(gate.forgot.new.first, PASSPHRASE)
    app.keys(gate.forgot.new.second, PASSPHRASE, Qt.Key.Key_Return)
    app.settle()
    assert app.session.laptop is not None
    fields += [gate.forgot.code, gate.forgot.new.first, gate.forgot.new.second]
    assert not any(field.text() or field.isUndoAvailable() for field in fields)


def test_a_passphrase_that_is_typed_and_left_alone_is_forgotten(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer, unlocked=False)
    gate = app.window.unlock_screen.unlock
    app.keys(gate.passphrase, "nearly the passphrase")
    assert gate.left_alone.isActive() and gate.left_alone.interval() <= 60_000
    gate.left_alone.timeout.emit()
    assert gate.passphrase.text() == "" and not gate.passphrase.isUndoAvailable()
    assert not gate.left_alone.isActive()


class Job:
    """A job whose end of life can be watched."""

    def __call__(self, _progress: Progress) -> None:
        pass


def test_a_job_and_what_it_was_given_are_let_go_when_it_has_ended(program: Opener, homes: Homes) -> None:
    app, job = program(homes.reviewer), Job()
    watched = weakref.ref(job)
    app.session.worker.run("Unlocking", job)
    del job
    app.settle()
    assert watched() is None
