"""Words that open something, in large type: painted, and told to nothing that listens to the screen unless asked."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewapp.base.i18n import _
from ui.theme import space, theme


class SecretWords(QWidget):
    """The words, in two lines. Painted, so that no letter of them is in the tree that screen readers are given."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self._told = False
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    def text(self) -> str:
        """The words."""
        return " ".join(self._words)

    def set_words(self, words: str) -> None:
        """Show these words, untold; empty takes them off the screen."""
        self._words = tuple(words.split())
        self.set_told(False)
        self.updateGeometry()
        self.update()

    def set_told(self, told: bool) -> None:
        """Whether screen readers are given the words: only where the person asked for that."""
        self._told = told
        hidden = _("The words, which screen readers are not given") if self._words else ""
        self.setAccessibleName(self.text() if told else hidden)

    def _font(self) -> QFont:
        font = theme().font("title", strong=True)
        font.setFamily("monospace")
        return font

    def _lines(self) -> list[str]:
        half = (len(self._words) + 1) // 2
        return ["  ".join(line) for line in (self._words[:half], self._words[half:]) if line]

    def sizeHint(self) -> QSize:
        """As large as the words."""
        metrics = QFontMetrics(self._font())
        width = max((metrics.horizontalAdvance(line) for line in self._lines()), default=0)
        return QSize(width + space(6), metrics.lineSpacing() * max(1, len(self._lines())) + space(6))

    def minimumSizeHint(self) -> QSize:
        """No word is ever cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """On a ground of their own."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour("surface_alt"))
        painter.drawRoundedRect(self.rect(), space(2), space(2))
        painter.setFont(self._font())
        painter.setPen(theme().colour("text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "\n".join(self._lines()))
