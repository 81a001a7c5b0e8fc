"""Tab order that follows the layout, also for widgets built later."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QWidget

_TAB = Qt.FocusPolicy.TabFocus.value


def tab_through(*containers: QWidget) -> None:
    """Chain the widgets that accept Tab, container after container, each in the order it was laid out."""
    found = [widget for container in containers for widget in _stops(container)]
    for one, following in pairwise(found):
        QWidget.setTabOrder(one, following)


def _stops(container: QWidget) -> list[QWidget]:
    inside = [container, *container.findChildren(QWidget)]
    here = container.window()
    return [widget for widget in inside if _is_stop(widget) and widget.window() is here]


def _is_stop(widget: QWidget) -> bool:
    tabbed = bool(widget.focusPolicy().value & _TAB)
    # The parts of a spin box or combo box are reached through the whole.
    return tabbed and not isinstance(widget.parent(), QAbstractSpinBox | QComboBox)
