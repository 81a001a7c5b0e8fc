"""Tab order that follows the layout, also for widgets built later."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QWidget

from ui.widgets.one_stop import belongs_to_a_stop

_TAB = Qt.FocusPolicy.TabFocus.value


def tab_through(*containers: QWidget) -> None:
    """Chain the widgets that accept Tab, container after container, each in the order it was laid out."""
    found = [widget for container in containers for widget in _stops(container)]
    for one, following in pairwise(found):
        QWidget.setTabOrder(one, following)


def first_stop(container: QWidget, *, after: QWidget | None = None) -> QWidget | None:
    """The first widget within, as it was laid out, that can be seen and used and accepts Tab; None if there is none.

    `after`: only what follows this one, where it lies within as well.
    """
    stops = _stops(container)
    if after in stops:
        stops = stops[stops.index(after) + 1 :]
    found = (widget for widget in stops if widget.isVisible() and widget.isEnabled())
    return next((widget for widget in found if widget.focusPolicy().value & _TAB), None)


def _stops(container: QWidget) -> list[QWidget]:
    inside = [container, *container.findChildren(QWidget)]
    here = container.window()
    return [widget for widget in inside if _is_stop(widget) and widget.window() is here]


def _is_stop(widget: QWidget) -> bool:
    tabbed = bool(widget.focusPolicy().value & _TAB) or belongs_to_a_stop(widget)
    # The parts of a spin box or combo box are reached through the whole.
    return tabbed and not isinstance(widget.parent(), QAbstractSpinBox | QComboBox)
