"""Rating inputs: the values of the instrument's scale as buttons, and as keys while a list has the focus."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleActionInterface
from PySide6.QtWidgets import QAccessibleWidget, QPushButton, QWidget

from reviewapp.base.i18n import _
from ui.theme.icons import set_icon
from ui.widgets.command_keys import CommandKeys
from ui.widgets.flow import FlowLayout
from ui.widgets.one_stop import OneStop
from ui.widgets.plain_text import plain_tip, plain_words
from ui.widgets.row_menu import RowCommand
from ui.widgets.status import TONE_ICONS

if TYPE_CHECKING:
    from reviewapp.instruments.model import Scale, ScaleValue, Score

_TONES = {"met": "met", "not_met": "not_met", "na": "na", "scored": "info"}


def tone_of(scale: Scale, value: Score | None) -> str:
    """Tone of a rating; `na` for no rating."""
    found = scale.find(value) if value is not None else None
    return _TONES[found.counts] if found else "na"


def icon_of(scale: Scale, value: Score | None) -> str:
    """Icon of a rating; an empty circle for no rating."""
    found = scale.find(value) if value is not None else None
    return _icon(found) if found else "circle" if value is None else TONE_ICONS["na"]


def _icon(value: ScaleValue) -> str:
    """A score says by its number what it is: the sign for information beside it would look like help to press."""
    return "dot" if value.counts == "scored" else TONE_ICONS[_TONES[value.counts]]


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


def rating_commands(
    scale: Scale, rate: Callable[[Score | None], object], now: Score | None, *, none: str, may: bool
) -> list[RowCommand]:
    """The values of a scale as entries of a row's menu, with their keys; `none` takes the rating `now` away."""
    rated = [
        RowCommand(value.label, partial(rate, value.value), may and value.value != now, (value.key or "").upper())
        for value in scale.values
    ]
    return [*rated, RowCommand(none, partial(rate, None), may and now is not None)]


class RatingButton(QPushButton):
    """One of the values, as a button; to a screen reader a choice, not something to tick."""


class RatingAccessible(QAccessibleWidget):
    """Accessible interface of a RatingButton: Qt would call it a check box, as pressing it again gives no rating."""

    def __init__(self, button: QWidget) -> None:
        super().__init__(button, QAccessible.Role.RadioButton, "")

    def state(self) -> QAccessible.State:
        """The state of any button, and whether this value is chosen."""
        state, button = super().state(), self.object()
        state.checkable = True
        state.checked = isinstance(button, QPushButton) and button.isChecked()
        return state

    def actionNames(self) -> list[str]:
        """Pressing it, and giving it the focus."""
        return [QAccessibleActionInterface.pressAction(), *super().actionNames()]

    def doAction(self, name: str) -> None:
        """Do as a screen reader asks."""
        button = self.object()
        if name == QAccessibleActionInterface.pressAction() and isinstance(button, QPushButton):
            button.click()
        else:
            super().doAction(name)


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
        self._stop = OneStop(self)
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
        many = len(self._scale.values)
        for number, value in enumerate(self._scale.values, start=1):
            button = RatingButton(plain_words(value.label))
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
            place = _("{n} of {many}", n=number, many=many)
            key = _("{place}, key {key}", place=place, key=value.key.upper()) if value.key else place
            button.setAccessibleDescription(key)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(self._on_clicked)
            set_icon(button, _icon(value), _TONES[value.counts], 18)
            self._values[button] = value
            layout.addWidget(button)
        self._stop.settle()

    def set_value(self, value: Score | None) -> None:
        """Show a rating without emitting `chosen`."""
        self._value = value
        for button, choice in self._values.items():
            button.setChecked(value is not None and choice.value == value)

    def focus_choice(self) -> bool:
        """Give the focus to the value that is chosen, else to the first; False if nothing can be chosen here."""
        return self._stop.focus()

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


class RatingKeys(CommandKeys):
    """The keys of a scale: `chosen(value)` rates what is current in the list, `chosen(None)` takes the rating away."""

    def __init__(self, target: QWidget, scale: Scale) -> None:
        super().__init__(target, {})
        self.show_scale(scale)

    def show_scale(self, scale: Scale) -> None:
        """Take the keys of this scale."""
        self.set_keys({v.key: v.value for v in scale.values if v.key})
