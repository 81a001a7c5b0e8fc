"""The paragraphs of a help text: one stop for Tab, read one by one with the arrow keys."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent

from ui.widgets import Scroll, Text

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}


class Paragraph(Text):
    """Words that can have the focus, which a screen reader then says; Down and Up go on and back, Home and End too."""

    def __init__(self, text: str, kind: str, scroll: Scroll, among: list[Paragraph]) -> None:
        super().__init__(text, kind, select=True)
        self.setProperty("stop", True)
        self._scroll, self._among = scroll, among
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus if among else Qt.FocusPolicy.StrongFocus)
        among.append(self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        for one in self._among:
            one.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one is self else Qt.FocusPolicy.ClickFocus)
        self._scroll.ensureWidgetVisible(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, here = Qt.Key(event.key()), self._among.index(self)
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or key not in {*_STEPS, *_ENDS}:
            super().keyPressEvent(event)
            return
        to = _ENDS[key] if key in _ENDS else min(max(here + _STEPS[key], 0), len(self._among) - 1)
        self._among[to].setFocus(Qt.FocusReason.TabFocusReason)


def paragraphs(text: str, kind: str, scroll: Scroll, among: list[Paragraph]) -> Iterable[Paragraph]:
    """The paragraphs of a text, which a blank line separates, added to those they are `among`."""
    return [Paragraph(" ".join(one.split()), kind, scroll, among) for one in text.split("\n\n")]
