"""The process gives up its memory when it locks: another takes its place, unless something would be lost."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog

from reviewapp.base.errors import ReviewError
from tests.ui.support import App, Homes, Opener, words_on
from tests.ui.unlock.locking import Held, curtain, note_of
from tests.ui.unlock.support import unlock
from ui.pages.standards.page import StandardsPage
from ui.session.handover import VARIABLE, Handover, taken, unseal, written


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
    assert found is not None and "Restoring the visit: this stopped" in found.told[0][0]


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
