"""Boxes for a number and a time, set as far from their edge as words in any other input."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractSpinBox, QSpinBox, QTimeEdit, QWidget

from ui.theme import space


def _inset(box: QAbstractSpinBox) -> None:
    # The style sheet cannot: Qt puts the words of these at the very edge whatever its padding says.
    box.lineEdit().setTextMargins(space(2), 0, space(2), 0)


class NumberBox(QSpinBox):
    """A whole number, typed or changed with the arrow keys."""

    def __init__(self, name: str, least: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setRange(least, most)
        _inset(self)


class TimeBox(QTimeEdit):
    """A time of day, typed or changed with the arrow keys."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setDisplayFormat("HH:mm")
        _inset(self)
