"""A page that scrolls downwards, no longer than what is on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from ui.theme import space, theme
from ui.theme.qt_values import ALWAYS_OFF, NO_FOCUS
from ui.widgets.basics import put_in

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent


class _Content(QWidget):
    """What scrolls: its height follows from its width alone.

    Qt also asks for the sum of the least heights, and words that wrap state theirs for a much narrower column, which
    would leave an empty stretch at the end of a long page. And it asks how high all would be in the width that it
    would like best, which is never the one it gets: all the words would be laid out for nothing.
    """

    def sizeHint(self) -> QSize:
        """What its parts would like, each for itself."""
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """The least width; the height is asked of `heightForWidth`."""
        size, layout = super().minimumSizeHint(), self.layout()
        return QSize(size.width(), 0) if layout is not None and layout.hasHeightForWidth() else size


class LightScroll(QScrollArea):
    """A page that scrolls downwards only; put things into `.body`. Content is held to a readable width.

    For the gate: it listens to no event, for to look at one loads everything that Qt has of the kind.
    """

    def __init__(self, *, margin: float = 6, gap: float = 4, width: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setProperty("horizontalScrollBarPolicy", ALWAYS_OFF)
        self.setProperty("focusPolicy", NO_FOCUS)
        content = _Content()
        content.setObjectName("content")
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(space(gap))
        outer = QHBoxLayout(content)
        outer.setContentsMargins(space(margin), space(margin), space(margin), space(margin))
        inner = _Content()
        inner.setObjectName("content")
        inner.setLayout(self.body)
        self.inside, self._width = inner, width
        outer.addWidget(inner, 1)
        if width:
            outer.addStretch(0)
        self.setWidget(content)
        content.setAutoFillBackground(False)
        if width:
            self._on_themed()
            theme().changed.connect(self._on_themed)

    @Slot()
    def _on_themed(self) -> None:
        """The readable width grows with the text."""
        self.inside.setMaximumWidth(theme().px(self._width))

    def add(self, *parts: QWidget | QLayout | None) -> None:
        """Things below one another; None is a stretch."""
        put_in(self.body, parts)


class Scroll(LightScroll):
    """The same for more: what holds much is best made within `inside`, or all of it would be dressed once more."""

    def event(self, event: QEvent) -> bool:
        """Before it is dressed another style is no news; Qt would lay everything on it out each time it is put in."""
        from PySide6.QtCore import QEvent, Qt

        if event.type() == QEvent.Type.StyleChange and not self.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            return True
        return super().event(event)
