"""What is typed as a secret is not told to whatever listens to the screen, unless the person asked to see it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

import ui
from tests.ui.support import App, Homes, Opener
from ui.app.main import show_window
from ui.pages.overview.leading import LeadingCard
from ui.pages.report.pdf_password import PdfPassword
from ui.pages.start.new_visit import NewVisit
from ui.pages.start.pack import TakePack
from ui.pages.start.page import StartPage
from ui.pages.start.restore import RestoreBackup
from ui.shell.dialogs import ChangePassphrase, RenewRecoveryCode
from ui.widgets.passphrase_field import NewPassphrase, PassphraseEdit

SECRET = "wink airport"


def face(widget: QWidget) -> QAccessibleInterface:
    """What a screen reader is given for a widget."""
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def gives_away(edit: QLineEdit) -> list[str]:
    """How a screen reader could come by what is in a field: without any of these Qt tells no letter of it either."""
    seen = face(edit)
    ways = {"text": seen.textInterface(), "text to edit": seen.editableTextInterface(), "value": seen.valueInterface()}
    words = {f"{kind.name} {seen.text(kind)}" for kind in QAccessible.Text if SECRET in seen.text(kind)}
    return sorted({name for name, way in ways.items() if way is not None} | words)


def secrets(app: App) -> Iterator[QLineEdit]:
    """Every field of the program in which a passphrase or a recovery code is typed."""
    gate = app.window.unlock_screen
    yield from (gate.first_run.new.first, gate.first_run.new.second, gate.unlock.passphrase)
    yield from (gate.forgot.code, gate.forgot.new.first, gate.forgot.new.second)
    page = cast(StartPage, app.go("start", {"view": "restore"}))
    yield cast(RestoreBackup, page.views["restore"]).passphrase
    app.go("start", {"view": "take"})
    yield cast(TakePack, page.views["take"]).phrase
    app.go("start", {"view": "new"})
    yield cast(NewVisit, page.views["new"]).earlier.phrase
    change = ChangePassphrase(app.window, app.session, print)
    renew = RenewRecoveryCode(app.window, app.session, print)
    password = PdfPassword(app.window)
    for dialog in (change, renew, password):
        app.qtbot.addWidget(dialog)
    yield from (change.old, change.new.first, change.new.second, renew.passphrase)
    yield from (password.password.first, password.password.second)
    leading = LeadingCard(page)
    app.qtbot.addWidget(leading)
    yield leading.question.words


def test_no_secret_is_given_away_while_it_is_typed(program: Opener, homes: Homes) -> None:
    app = program(homes.lead, visit=False)
    for edit in secrets(app):
        edit.setText(SECRET)
        seen, name = face(edit), edit.accessibleName()
        assert gives_away(edit) == [], name
        assert (name, seen.text(QAccessible.Text.Name)) == (name, name) and name
        assert seen.role() is QAccessible.Role.EditableText
        assert seen.state().passwordEdit and seen.state().editable and seen.state().focusable
        edit.clear()


def test_the_unlock_screen_that_is_shown_early_gives_nothing_away(qtbot: QtBot, homes: Homes) -> None:
    window = show_window(homes.lead)
    qtbot.addWidget(window)
    window.unlock_screen.unlock.passphrase.setText(SECRET)
    assert gives_away(window.unlock_screen.unlock.passphrase) == []
    window.close()
    window.session.deleteLater()


def test_who_asks_to_see_the_words_can_hear_them_too(qtbot: QtBot) -> None:
    new = NewPassphrase()
    qtbot.addWidget(new)
    new.first.setText(SECRET)
    assert gives_away(new.first) == []
    for _again in range(3):
        qtbot.mouseClick(new.show_words, Qt.MouseButton.LeftButton, pos=new.show_words.rect().center() / 4)
        shown = face(new.first).textInterface()
        assert shown is not None and shown.text(0, len(SECRET)) == SECRET
        assert not face(new.first).state().passwordEdit
        qtbot.mouseClick(new.show_words, Qt.MouseButton.LeftButton, pos=new.show_words.rect().center() / 4)
        assert gives_away(new.first) == []
        assert face(new.first).state().passwordEdit


def test_what_is_forgotten_is_hidden_first(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    new = NewPassphrase()
    qtbot.addWidget(new)
    new.show_words.setChecked(True)
    hidden: list[bool] = []
    new.first.textChanged.connect(lambda: hidden.append(gives_away(new.first) == []))
    new.first.setText(SECRET)
    new.clear()
    assert hidden == [False, True], "Qt tells the bus what is taken out of a field, too"


def test_a_program_that_types_for_a_person_can_fill_it_in(qtbot: QtBot) -> None:
    edit = PassphraseEdit("Passphrase")
    qtbot.addWidget(edit)
    face(edit).setText(QAccessible.Text.Value, SECRET)
    assert edit.text() == SECRET
    assert gives_away(edit) == []


def test_only_one_kind_of_field_hides_what_is_typed() -> None:
    sources = sorted(Path(ui.__file__).parent.rglob("*.py"))
    hiding = [file.name for file in sources if "setEchoMode" in file.read_text(encoding="utf-8")]
    assert hiding == ["passphrase_field.py"]
