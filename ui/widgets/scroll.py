"""A scroll area that scrolls vertically and is no longer than its contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from ui.theme import space, theme
from ui.theme.qt_values import ALWAYS_OFF, NO_FOCUS
from ui.widgets.basics import add_parts

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent


class _Content(QWidget):
    """Contents of the scroll area; the height follows from the width alone.

    Qt also asks for the sum of the minimum heights, and wrapping labels state theirs for a much narrower column, which
    would leave empty space at the end of a long page. It also asks for the height at the preferred width, which is
    never the one given: all text would be laid out for nothing.
    """

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        # The minimum width only; the height comes from `heightForWidth`.
        size, layout = super().minimumSizeHint(), self.layout()
        return QSize(size.width(), 0) if layout is not None and layout.hasHeightForWidth() else size


class LightScroll(QScrollArea):
    """Scrolls vertically only; add parts with `add` or to `body`. `width` limits the contents to a readable width.

    For the unlock screen: it overrides no event handler, as naming one event loads all of Qt's event classes.
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
        """Set the readable width, which grows with the text size."""
        self.inside.setMaximumWidth(theme().px(self._width))

    def add(self, *parts: QWidget | QLayout | None) -> None:
        """Append parts to `body`; None is a stretch."""
        add_parts(self.body, parts)


class Scroll(LightScroll):
    """LightScroll for large contents, best created as children of `inside`: otherwise all are styled once more."""

    def event(self, event: QEvent) -> bool:
        # Before the first polish a style change is no news; Qt would lay out everything on it at each insertion.
        from PySide6.QtCore import QEvent, Qt

        if event.type() == QEvent.Type.StyleChange and not self.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            return True
        return super().event(event)
