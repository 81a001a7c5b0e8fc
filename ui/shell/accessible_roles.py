"""What a screen reader takes our own painted widgets for: Qt would call each of them a client area and say nothing."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

_INSTALLED: list[bool] = []


def accessible_role_table() -> dict[str, Any]:
    """The role of each class that paints itself, by the name of the class."""
    from PySide6.QtGui import QAccessible

    role = QAccessible.Role
    return {
        "PageView": role.Document,
        "Pill": role.StaticText,
        "EvidenceChip": role.StaticText,
        "ProgressRing": role.StaticText,
        "ThresholdBar": role.StaticText,
    }


def install_accessible_roles() -> None:
    """From now on Qt asks here first; once for the whole program."""
    from PySide6.QtGui import QAccessible

    if not _INSTALLED:
        _INSTALLED.append(True)
        QAccessible.installFactory(_face)


def _face(kind: str, thing: QObject) -> Any:
    """Asked by Qt for a class and then for what it is derived from; None leaves it to Qt."""
    role = accessible_role_table().get(kind)
    if role is None or not isinstance(thing, QWidget):
        return None
    from PySide6.QtWidgets import QAccessibleWidget

    return QAccessibleWidget(thing, role, "")
