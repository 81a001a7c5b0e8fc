"""Fields for passphrases: hidden unless asked otherwise, a new one typed twice, a wrong one said calmly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLoggingCategory, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QLineEdit, QWidget

from reviewapp.base.errors import ReviewError, TooSoon, WrongPassphrase
from reviewapp.base.i18n import _, plural
from ui.theme.qt_values import SECRET
from ui.widgets import Check, Field, column

if TYPE_CHECKING:
    from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QShowEvent

PAUSE_MS = 1_000
LEAST = 8
"""Characters a passphrase must have."""
_INSTALLED: list[bool] = []


class SilentFace(QAccessibleWidget):
    """What a screen reader is given for hidden words: that a passphrase is asked for, and not one letter of it.

    Qt's own draws dots for the letters, but sends each letter that is typed or deleted as it is, to whatever listens.
    It does so only for what has a text to read, so this has none.
    """

    def __init__(self, edit: QLineEdit) -> None:
        super().__init__(edit, QAccessible.Role.EditableText, "")

    def state(self) -> QAccessible.State:
        """As of any field, and that it is one for a passphrase."""
        state = super().state()
        state.passwordEdit = state.editable = True
        return state

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """A program that types for the person may fill it in."""
        edit = self.object()
        if kind is QAccessible.Text.Value and isinstance(edit, QLineEdit):
            edit.setText(text)


def _face(_kind: str, thing: QObject) -> Any:
    """Asked by Qt for each class a thing is derived from; None leaves it to Qt, as for words that are in sight."""
    if isinstance(thing, PassphraseEdit) and thing.echoMode() == QLineEdit.EchoMode.Password:
        return SilentFace(thing)
    return None


def _keep_silent() -> None:
    """Qt asks here first what a field is; once for the whole program, before a field is seen."""
    if not _INSTALLED:
        _INSTALLED.append(True)
        QAccessible.installFactory(_face)
        # Qt would write a line for each letter it cannot send, and the journal would tell how many there are.
        QLoggingCategory.setFilterRules("qt.accessibility.atspi.warning=false")


class PassphraseEdit(QLineEdit):
    """Hidden while typed, unless the person asks to see it; never remembered by an input method."""

    def __init__(self, name: str) -> None:
        _keep_silent()
        super().__init__()
        self.setAccessibleName(name)
        self.show_words(False)
        self._waits = False
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(PAUSE_MS)
        self.pause.timeout.connect(self._on_pause)

    def show_words(self, visible: bool) -> None:
        """Show or hide what is typed, for the eye and for a screen reader alike."""
        self.setEchoMode(QLineEdit.EchoMode.Normal if visible else QLineEdit.EchoMode.Password)
        self.setProperty("inputMethodHints", SECRET)
        # Qt asks once and keeps what it got: now it asks anew.
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(QAccessible.queryAccessibleInterface(self)))

    def wait_for_pause(self) -> None:
        """Once shown, take nothing until no letter came for a second: the rest of a sentence is no passphrase."""
        self._waits = True
        if self.isVisible():
            self.pause.start()

    @Slot()
    def _on_pause(self) -> None:
        self._waits = False

    def showEvent(self, event: QShowEvent) -> None:
        """The pause is counted from here, however long it took to save and lock."""
        super().showEvent(event)
        if self._waits:
            self.pause.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that write something, unless it is still waited for a pause."""
        if self._waits and event.text():
            self.pause.start()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """The same for what an input method writes."""
        if self._waits and (event.commitString() or event.preeditString()):
            self.pause.start()
        else:
            super().inputMethodEvent(event)


class NewPassphrase(QWidget):
    """Typed twice; `entered` when Return is pressed at the end."""

    entered = Signal()

    def __init__(self, name: str = _("Passphrase"), hint: str = "") -> None:
        super().__init__()
        self.first, self.second = PassphraseEdit(name), PassphraseEdit(_("The same again"))
        self.first_field = Field(
            name, self.first, hint=_("At least {least} characters. {hint}", least=LEAST, hint=hint).strip()
        )
        self.second_field = Field(_("The same again"), self.second)
        self.show_words = Check(_("Show what I type"))
        self.setLayout(column(self.first_field, self.second_field, self.show_words, gap=3))
        self.show_words.toggled.connect(self._on_show)
        self.first.returnPressed.connect(self.second.setFocus)
        self.second.returnPressed.connect(self.entered)

    def chosen(self) -> str:
        """The passphrase; empty, with the reason beside the field, while it is too short or not the same twice."""
        one, two = self.first.text(), self.second.text()
        self.first_field.set_error("" if len(one) >= LEAST else _("Use at least {least} characters.", least=LEAST))
        self.second_field.set_error("" if one == two else _("The two are not the same."))
        if len(one) < LEAST:
            self.first.setFocus()
            self.first.selectAll()
        elif one != two:
            self.second.setFocus()
            self.second.selectAll()
        return one if len(one) >= LEAST and one == two else ""

    def clear(self) -> None:
        """Forget what was typed; hidden first, for what is taken out of words in sight is told to a screen reader."""
        self.show_words.setChecked(False)
        self.first.clear()
        self.second.clear()
        self.first_field.set_error()
        self.second_field.set_error()

    @Slot(bool)
    def _on_show(self, on: bool) -> None:
        self.first.show_words(on)
        self.second.show_words(on)


def wrong(error: ReviewError, calmly: str) -> str:
    """One line for a person at a door: `calmly` when it was simply the wrong word."""
    if isinstance(error, TooSoon):
        seconds = plural("a second", "{n} seconds", error.seconds)
        return _("That was wrong several times. Wait {seconds}, then try again.", seconds=seconds)
    return calmly if isinstance(error, WrongPassphrase) else str(error)
