"""Tab order that follows the layout, also for widgets built later."""

from __future__ import annotations

from itertools import pairwise

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLayout, QWidget

from ui.widgets.one_stop import belongs_to_a_stop

_TAB = Qt.FocusPolicy.TabFocus.value


def tab_through(*containers: QWidget) -> None:
    """Chain the widgets that accept Tab, container after container, each in the order it was laid out."""
    found = [widget for container in containers for widget in _stops(container)]
    for one, following in pairwise(found):
        QWidget.setTabOrder(one, following)


def put_in_place(made: QWidget, place: QLayout, *after: QWidget, before: QWidget | None = None) -> None:
    """Put a part that is made late where it is looked for, read and reached with Tab.

    `place`: the empty layout kept for it; `before`: the sibling that follows it, for screen readers, if there is one;
    `after`: what Tab goes through before it, in order.
    """
    place.addWidget(made)
    if before is not None:
        made.stackUnder(before)
    tab_through(*after, made)


def first_stop(container: QWidget, *, after: QWidget | None = None) -> QWidget | None:
    """The first widget within, as it was laid out, that can be seen and used and accepts Tab; None if there is none.

    `after`: only what follows this one, where it lies within as well.
    """
    stops = _stops(container)
    if after in stops:
        stops = stops[stops.index(after) + 1 :]
    found = (widget for widget in stops if widget.isVisible() and widget.isEnabled())
    return next((widget for widget in found if widget.focusPolicy().value & _TAB), None)


def widget_with_focus() -> QWidget | None:
    """The widget of the whole program that has the keyboard.

    None also for one in a dialog that Qt made for itself, such as that for files: whoever asks there for a parent may
    lose the widget, as Python holds none of that dialog.
    """
    found = QApplication.focusWidget()
    return found if found is not None and shiboken6.createdByPython(found.window()) else None


def let_go_of_keyboard(part: QWidget) -> None:
    """Take the keyboard from a part before it is hidden: Qt would pass it on, and a screen reader say what has it."""
    here = part.window().focusWidget()
    if here is not None and part.isAncestorOf(here):
        here.clearFocus()


def _stops(container: QWidget) -> list[QWidget]:
    inside = [container, *container.findChildren(QWidget)]
    here = container.window()
    return [widget for widget in inside if _is_stop(widget) and widget.window() is here]


def _is_stop(widget: QWidget) -> bool:
    tabbed = bool(widget.focusPolicy().value & _TAB) or belongs_to_a_stop(widget)
    # The parts of a spin box or combo box are reached through the whole.
    return tabbed and not isinstance(widget.parent(), QAbstractSpinBox | QComboBox)
