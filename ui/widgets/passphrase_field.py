"""Passphrase fields: hidden unless the person shows them, a new one typed twice, calm errors for a wrong one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLoggingCategory, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QLineEdit, QWidget

from reviewapp.base.errors import ReviewError, TooSoon, WrongPassphrase
from reviewapp.base.i18n import _, plural
from reviewapp.base.passphrases import RULE
from ui.theme.qt_values import SECRET
from ui.widgets import Check, Field, column
from ui.widgets.basics import sentence
from ui.widgets.strength_meter import StrengthMeter, weak_words

if TYPE_CHECKING:
    from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QShowEvent

PAUSE_MS = 1_000
_INSTALLED: list[bool] = []


class HiddenTextAccessible(QAccessibleWidget):
    """Accessible interface of a hidden field: tells a screen reader that it is a passphrase, and none of its letters.

    Qt's own interface masks the letters but sends each one typed or deleted in clear to every listener. It does so only
    for an interface with a text to read, so this one has none.
    """

    def __init__(self, edit: QLineEdit) -> None:
        super().__init__(edit, QAccessible.Role.EditableText, "")

    def state(self) -> QAccessible.State:
        """The state of any field, with the flag for a passphrase."""
        state = super().state()
        state.passwordEdit = state.editable = True
        return state

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        # A program that types for the person may fill it in.
        edit = self.object()
        if kind is QAccessible.Text.Value and isinstance(edit, QLineEdit):
            edit.setText(text)


def _make_accessible(_kind: str, thing: QObject) -> Any:
    """Accessible factory: Qt calls it for a class and its bases; None leaves the object to Qt, as for shown text."""
    if isinstance(thing, PassphraseEdit) and thing.echoMode() == QLineEdit.EchoMode.Password:
        return HiddenTextAccessible(thing)
    return None


def _install_accessible_factory() -> None:
    """Install the accessible factory, once for the whole program, before the first field is shown."""
    if not _INSTALLED:
        _INSTALLED.append(True)
        QAccessible.installFactory(_make_accessible)
        # Qt would log a line for each letter it cannot send, and the system's log would reveal how many there are.
        QLoggingCategory.setFilterRules("qt.accessibility.atspi.warning=false")


class PassphraseEdit(QLineEdit):
    """Hidden while typed, unless the person shows it; never remembered by an input method."""

    def __init__(self, name: str) -> None:
        _install_accessible_factory()
        super().__init__()
        self.setAccessibleName(name)
        self.show_words(False)
        self._ignores_typing = False
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(PAUSE_MS)
        self.pause.timeout.connect(self._on_pause)

    def show_words(self, visible: bool) -> None:
        """Show or hide the text, on the screen and for a screen reader alike."""
        self.setEchoMode(QLineEdit.EchoMode.Normal if visible else QLineEdit.EchoMode.Password)
        self.setProperty("inputMethodHints", SECRET)
        # Qt caches the accessible interface: deleting it makes Qt call the factory again.
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(QAccessible.queryAccessibleInterface(self)))

    def clear(self) -> None:
        """Empty the field, and forget what could be undone in it."""
        self.setText("")

    def wait_for_pause(self) -> None:
        """Once shown, ignore typing until a second has passed without any: the rest of a sentence is no passphrase."""
        self._ignores_typing = True
        if self.isVisible():
            self.pause.start()

    @Slot()
    def _on_pause(self) -> None:
        self._ignores_typing = False

    def showEvent(self, event: QShowEvent) -> None:
        # The pause counts from here, however long saving and locking took.
        super().showEvent(event)
        if self._ignores_typing:
            self.pause.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._ignores_typing and event.text():
            self.pause.start()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self._ignores_typing and (event.commitString() or event.preeditString()):
            self.pause.start()
        else:
            super().inputMethodEvent(event)


class NewPassphrase(QWidget):
    """Two fields for a new passphrase, with how strong it is; emits `entered` when Return is pressed in the second.

    `repeat` names the second field, and `differ` is said there, where it is no passphrase but a password.
    """

    entered = Signal()

    def __init__(
        self, name: str = _("Passphrase"), hint: str = "", *, repeat: str = _("Repeat passphrase"),
        differ: str = _("The two passphrases are different."),
    ) -> None:  # fmt: skip
        super().__init__()
        self._differ = differ
        self.first, self.second = PassphraseEdit(name), PassphraseEdit(repeat)
        self.first_field = Field(name, self.first, hint=_("{rule}. {hint}", rule=sentence(RULE), hint=hint).strip())
        self.meter = StrengthMeter(self.first)
        self.second_field = Field(repeat, self.second)
        self.show_words = Check(_("Show what I type"))
        self.setLayout(column(self.first_field, self.meter, self.second_field, self.show_words, gap=3))
        self.show_words.toggled.connect(self._on_show)
        self.first.returnPressed.connect(self.second.setFocus)
        self.second.returnPressed.connect(self.entered)

    def chosen(self) -> str:
        """The passphrase; empty, with the error at the field, if it is too weak or the two differ."""
        one, two = self.first.text(), self.second.text()
        verdict = self.meter.judge()
        self.first_field.set_error(weak_words(verdict) if not verdict.strong else "")
        self.second_field.set_error("" if one == two else self._differ)
        if not verdict.strong:
            self.first.setFocus()
            self.first.selectAll()
        elif one != two:
            self.second.setFocus()
            self.second.selectAll()
        return one if verdict.strong and one == two else ""

    def clear(self) -> None:
        """Clear both fields. The text is hidden first, as text removed while shown is sent to a screen reader."""
        self.show_words.setChecked(False)
        self.first.clear()
        self.second.clear()
        self.first_field.set_error()
        self.second_field.set_error()

    @Slot(bool)
    def _on_show(self, on: bool) -> None:
        self.first.show_words(on)
        self.second.show_words(on)


class PhraseField(Field):
    """Asks for the words that open a file or let somebody take over, hidden as a passphrase until one shows them."""

    def __init__(self, label: str, hint: str) -> None:
        self.words = PassphraseEdit(label)
        super().__init__(label, self.words, hint=hint)
        self.show_words = Check(_("Show what I type"))
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self.show_words)
        self.show_words.toggled.connect(self.words.show_words)

    def forget(self) -> None:
        """Clear the words and their error; hidden first, as text removed while shown is sent to a screen reader."""
        self.show_words.setChecked(False)
        self.words.clear()
        self.set_error()


def unlock_error_text(error: ReviewError, calmly: str) -> str:
    """Message for a failed unlock: `calmly` for a wrong passphrase, else the waiting time or the error."""
    if isinstance(error, TooSoon):
        seconds = plural("a second", "{n} seconds", error.seconds)
        return _("That was wrong several times. Wait {seconds}, then try again.", seconds=seconds)
    return calmly if isinstance(error, WrongPassphrase) else str(error)
