"""Input for a number, with the same text margin as every other input; choices that may be narrow."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QSpinBox, QWidget

from ui.theme import space


def _inset(box: QAbstractSpinBox) -> None:
    # Not in the style sheet: Qt ignores its padding for the text of spin boxes.
    box.lineEdit().setTextMargins(space(2), 0, space(2), 0)


def let_be_narrow(box: QComboBox, letters: int = 10) -> None:
    """Let a choice be narrower than the longest thing in it, which would widen the whole form; so many letters stay."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(letters)


class NumberBox(QSpinBox):
    """Input for a whole number, typed or changed with the arrow keys."""

    def __init__(self, name: str, least: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setRange(least, most)
        _inset(self)
