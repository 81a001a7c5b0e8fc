"""A group of choices is one stop for Tab; the arrow keys go from choice to choice, also to the next row."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
_ROWS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
_CHANGES = frozenset(
    (QEvent.Type.FocusOut, QEvent.Type.EnabledChange, QEvent.Type.ShowToParent, QEvent.Type.HideToParent)
)
_FILLED = frozenset((QEvent.Type.LayoutRequest, QEvent.Type.Show))
_MEMBER = "one_stop"


def belongs_to_a_stop(widget: QWidget) -> bool:
    """Whether Tab comes to this widget by way of its group, even where another choice of the group has the stop now."""
    return bool(widget.property(_MEMBER))


class OneStop(QObject):
    """Makes the buttons of `holder` one stop for Tab, in their order; or only these `buttons`.

    Tab comes to the choice that is made, where it is one, otherwise to the one that had the focus last, or to the
    first. Right and Left go through all of them and round, Down and Up to the row below and above, Home and End to the
    first and the last. The arrows move the focus and choose nothing: each choice is an entry of its own, and whoever
    listens to what there is has not chosen it. Buttons that come and go are noticed.
    """

    def __init__(self, holder: QWidget, *buttons: QAbstractButton) -> None:
        super().__init__(holder)
        self._holder, self._given = holder, buttons
        self._known: frozenset[QAbstractButton] = frozenset()
        self._last: QAbstractButton | None = None
        holder.installEventFilter(self)
        self.settle()

    def settle(self) -> None:
        """Give the stop to one of the buttons, after some came, went, or were chosen."""
        buttons = self._buttons()
        for button in buttons:
            if button not in self._known:
                self._take(button)
        if not self._known.isdisjoint(buttons):
            for one, following in pairwise(buttons):
                if following not in self._known:  # Qt puts what comes later at the end of the window
                    QWidget.setTabOrder(one, following)
        self._known = frozenset(buttons)
        usable = [button for button in buttons if button.isEnabled() and not button.isHidden()]
        stop = self._stop(usable)
        for button in buttons:
            wanted = Qt.FocusPolicy.StrongFocus if button is stop or stop is None else Qt.FocusPolicy.ClickFocus
            if button.focusPolicy() != wanted:
                button.setFocusPolicy(wanted)

    def focus(self) -> bool:
        """Give the focus to the choice that is made, else to the first; False if none can be used or seen."""
        usable = [one for one in self._buttons() if one.isEnabled() and one.isVisible()]
        chosen = [one for one in usable if one.isChecked()]
        for one in (*chosen, *usable):
            one.setFocus(Qt.FocusReason.OtherFocusReason)
            self.settle()
            return True
        return False

    def _buttons(self) -> list[QAbstractButton]:
        if self._given:
            return list(self._given)
        layout = self._holder.layout()
        items = (layout.itemAt(i) for i in range(layout.count())) if layout is not None else ()
        found = (item.widget() for item in items if item is not None)
        return [widget for widget in found if isinstance(widget, QAbstractButton)]

    def _take(self, button: QAbstractButton) -> None:
        button.setProperty(_MEMBER, True)
        button.installEventFilter(self)
        button.toggled.connect(self._on_toggled)

    def _stop(self, usable: list[QAbstractButton]) -> QAbstractButton | None:
        focused = next((button for button in usable if button.hasFocus()), None)
        if focused is not None:
            self._last = focused
            return focused
        chosen = [button for button in usable if button.isChecked()]
        if len(chosen) == 1:
            return chosen[0]
        return self._last if self._last in usable else next(iter(usable), None)

    @Slot()
    def _on_toggled(self) -> None:
        self.settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._holder:
            if kind in _FILLED:
                self.settle()
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QAbstractButton):
            return self._on_key(watched, event)
        elif kind in _CHANGES:
            self.settle()
        return False

    def _on_key(self, button: QAbstractButton, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.settle()  # Qt has a say in the buttons of an exclusive group
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
            return event.key() in {*_STEPS, *_ROWS}  # Qt would move the focus with any modifier
        to = self._target(button, Qt.Key(event.key()))
        if to is None:
            return False
        if to is not button:
            to.setFocus(Qt.FocusReason.TabFocusReason)
            self.settle()
        return True

    def _target(self, button: QAbstractButton, key: Qt.Key) -> QAbstractButton | None:
        """Where a key leads, which may be nowhere else; None for a key that is none of the group's."""
        usable = [one for one in self._buttons() if one.isEnabled() and one.isVisible()]
        if button not in usable or key not in {*_STEPS, *_ROWS, *_ENDS}:
            return None
        at = usable.index(button)
        if key in _ENDS:
            return usable[_ENDS[key]]
        rows = _rows(usable)
        if key in _STEPS or len(rows) == 1:
            return usable[(at + (_STEPS.get(key) or _ROWS[key])) % len(usable)]
        here = next(number for number, row in enumerate(rows) if button in row)
        beyond = here + _ROWS[key]
        if not 0 <= beyond < len(rows):
            return button
        middle = _place(button).center().x()
        return min(rows[beyond], key=lambda one: abs(_place(one).center().x() - middle))


def _place(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def _rows(buttons: list[QAbstractButton]) -> list[list[QAbstractButton]]:
    """The buttons by the rows in which they stand."""
    rows: list[list[QAbstractButton]] = []
    for button in buttons:
        here, before = _place(button), _place(rows[-1][-1]) if rows else QRect()
        if rows and here.top() < before.bottom() and here.left() > before.left():
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows
