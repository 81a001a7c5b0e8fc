"""What is let go of when the program locks, closes or has unlocked: the clipboard, passphrases, jobs."""

from __future__ import annotations

import weakref

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from tests.ui.support import PASSPHRASE, Homes, Opener, focus
from tests.ui.unlock.locking import note_of
from tests.ui.unlock.support import unlock
from ui.pages.base import Page
from ui.pages.start.page import StartPage
from ui.session.worker import Progress
from ui.widgets.clipboard import copy_text

# The pages ---------------------------------------------------------------------------------------------------


class Shown(QObject):
    """Every page that is shown from now on, by its title."""

    def __init__(self) -> None:
        super().__init__()
        self.titles: list[str] = []
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, Page):
            self.titles.append(watched.TITLE)
        return False


def test_no_page_of_the_visit_is_shown_again_while_it_locks(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    for name in ("overview", "interviews", "case_notes", "overview"):
        app.go(name)
    shown = Shown()
    app.window.lock()
    app.settle()
    assert set(shown.titles) <= {StartPage.TITLE}


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
