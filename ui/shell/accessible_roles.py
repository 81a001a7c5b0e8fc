"""Accessible roles of widgets that paint or arrange themselves, which Qt would report as unnamed areas."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

_INSTALLED: list[bool] = []


def accessible_role_table() -> dict[str, Any]:
    """Accessible role by class name, for each class that Qt does not know for what it is."""
    from PySide6.QtGui import QAccessible

    role = QAccessible.Role
    return {
        "PageView": role.Document,
        # A reader would say "layered pane" before everything that is shown on one of them.
        "QStackedWidget": role.Client,
        # It would say all paragraphs at once before the first.
        "HelpPanel": role.Client,
        # Beside an input whose description it is. A reader says all labels of a part that it comes into.
        "DescribingText": role.Paragraph,
        "Pill": role.StaticText,
        "EvidenceChip": role.StaticText,
        "ProgressRing": role.StaticText,
        "LabelledThresholdBar": role.StaticText,
        "NewLaptopRow": role.ListItem,
    }


def install_accessible_roles() -> None:
    """Install the accessible factory that gives these roles; once for the whole program."""
    from PySide6.QtGui import QAccessible

    if not _INSTALLED:
        _INSTALLED.append(True)
        QAccessible.installFactory(_make_accessible)


def _make_accessible(kind: str, thing: QObject) -> Any:
    """Accessible factory: Qt calls it for a class and then for its base classes; None leaves the object to Qt."""
    if kind == "RatingButton" and isinstance(thing, QWidget):
        from ui.widgets.rating import RatingAccessible

        return RatingAccessible(thing)
    role = accessible_role_table().get(kind)
    if role is None or not isinstance(thing, QWidget):
        return None
    from PySide6.QtWidgets import QAccessibleWidget

    return QAccessibleWidget(thing, role, "")
