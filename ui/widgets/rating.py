"""Rating inputs: the values of the instrument's scale as buttons, and as keys while a list has the focus."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QPushButton, QWidget

from reviewapp.base.i18n import _
from ui.theme.icons import set_icon
from ui.widgets.flow import FlowLayout
from ui.widgets.plain_text import plain_tip, plain_words
from ui.widgets.status import TONE_ICONS
from ui.widgets.typing_guard import TypingGuard, time_of

if TYPE_CHECKING:
    from reviewapp.instruments.model import Scale, ScaleValue, Score

_TONES = {"met": "met", "not_met": "not_met", "na": "na", "scored": "info"}


def tone_of(scale: Scale, value: Score | None) -> str:
    """Tone of a rating; `na` for no rating."""
    found = scale.find(value) if value is not None else None
    return _TONES[found.counts] if found else "na"


def icon_of(scale: Scale, value: Score | None) -> str:
    """Icon of a rating; an empty circle for no rating."""
    return TONE_ICONS[tone_of(scale, value)] if value is not None else "circle"


def value_label(scale: Scale, value: Score | None, none: str = _("Not rated")) -> str:
    """Label of a rating from the instrument; `none` for no rating."""
    found = scale.find(value) if value is not None else None
    return found.label if found else none


def keys_words(scale: Scale) -> str:
    """The keys of the scale as one line, `Keys: M met, N not met` or `Keys: 1, 2, 3`; empty if it has none."""
    keys = [
        v.label if v.key == v.label else f"{v.key.upper()} {v.label[:1].lower()}{v.label[1:]}"
        for v in scale.values
        if v.key
    ]
    return _("Keys: {list}", list=", ".join(keys)) if keys else ""


class RatingButtons(QWidget):
    """Emits `chosen(value)`: a value of the scale, or None when the checked button is pressed again (no rating)."""

    chosen = Signal(object)

    def __init__(self, scale: Scale, name: str = _("My rating"), *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._values: dict[QPushButton, ScaleValue] = {}
        self._value: Score | None = None
        self._scale = scale
        FlowLayout(self, gap=2)
        self._make_buttons()

    def show_scale(self, scale: Scale) -> None:
        """Offer the values of another scale."""
        if scale != self._scale:
            self._scale, self._value, before = scale, None, list(self._values)
            self._values.clear()
            self._make_buttons()
            for one, following in pairwise([*before[-1:], *self._values]):  # Tab goes to them as to those before
                self.setTabOrder(one, following)
            for button in before:
                button.hide()
                button.deleteLater()

    def _make_buttons(self) -> None:
        name, layout = self.accessibleName(), self.layout()
        assert layout is not None
        for value in self._scale.values:
            button = QPushButton(plain_words(value.label))
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("kind", "rate")
            button.setProperty("tone", _TONES[value.counts])
            button.setAccessibleName(f"{name}: {value.label}")
            tip = (
                _("{label} (key {key} in the list)", label=value.label, key=value.key.upper())
                if value.key
                else value.label
            )
            button.setToolTip(plain_tip(tip))
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(self._on_clicked)
            set_icon(button, TONE_ICONS[_TONES[value.counts]], _TONES[value.counts], 18)
            self._values[button] = value
            layout.addWidget(button)

    def set_value(self, value: Score | None) -> None:
        """Show a rating without emitting `chosen`."""
        self._value = value
        for button, choice in self._values.items():
            button.setChecked(value is not None and choice.value == value)

    def value(self) -> Score | None:
        """The rating shown, or None."""
        return self._value

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if not isinstance(button, QPushButton):
            return
        pressed = self._values[button].value
        value = None if pressed == self._value else pressed
        self.set_value(value)
        self.chosen.emit(value)


class RatingKeys(QObject):
    """Emits `chosen(value)` for a rating key, and `chosen(None)` for Delete, while `target` has the focus.

    A rating key acts at once. If it turns out to have been the beginning of a sentence (`TypingGuard`), `typed(many)`
    is emitted with the number of ratings to take back; `begun` is emitted before the first one that could be one of
    them. Works only while `enabled`.
    """

    chosen = Signal(object)
    begun = Signal()
    typed = Signal(int)

    def __init__(self, target: QWidget, scale: Scale) -> None:
        super().__init__(target)
        self.enabled = True
        self.show_scale(scale)
        self._guard = TypingGuard()
        target.installEventFilter(self)

    def show_scale(self, scale: Scale) -> None:
        """Take the keys of this scale."""
        self._keys: dict[str, Score] = {v.key.casefold(): v.value for v in scale.values if v.key}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A rating key is consumed, so that the list does not search with it.
        if not self.enabled or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if isinstance(watched, QAbstractItemView) and not watched.currentIndex().isValid():
            return False  # without a current row it is unclear what is rated
        if event.key() == Qt.Key.Key_Delete:
            self._guard.reset()
            self.begun.emit()
            self.chosen.emit(None)
            return True
        text = event.text()
        value = self._keys.get(text.casefold()) if text else None
        if value is not None:
            self._on_key(time_of(event), value)
            return True
        return text.isprintable() and bool(text) and self._on_character(time_of(event), text)

    def _on_key(self, at: int, value: Score) -> None:
        if not self._guard.command(at):
            self.typed.emit(0)
            return
        if self._guard.begins_burst:
            self.begun.emit()
        self.chosen.emit(value)

    def _on_character(self, at: int, text: str) -> bool:
        """A key that rates nothing; True if it belongs to a sentence, whose letters must not move the list either."""
        within, commands = self._guard.in_sentence, self._guard.character(at, text)
        if commands:
            self.typed.emit(commands)
        return bool(commands) or (within and self._guard.in_sentence)
