"""A card that can be pressed: icon, title and wrapping text."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLayout, QProgressBar, QPushButton, QSizePolicy, QWidget

from ui.theme import space
from ui.theme.icons import set_icon
from ui.widgets.basics import Text, column, row


class CardButton(QPushButton):
    """A button as high as its wrapped text needs; all of it is one click target."""

    def __init__(self, title: str, text: str = "", icon: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "row")
        self.setAutoDefault(False)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.title, self.text_ = Text(title, "strong"), Text(text, "muted")
        words = self._words = column(self.title, self.text_, gap=0.5)
        layout = row(gap=3, margin=3)
        if icon:
            picture = QLabel()
            set_icon(picture, icon, "accent", 26)
            layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayout(layout)
        self.text_.setVisible(bool(text))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_progress(self, words: str, done: int, of: int) -> None:
        """Add a bar with these words below the text."""
        bar = QProgressBar()
        bar.setTextVisible(False)
        bar.setRange(0, max(1, of))
        bar.setValue(done)
        bar.setAccessibleName(words)
        bar.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        bar.setMaximumWidth(space(55))
        label = Text(words, "small", wrap=False)
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words.addLayout(row(bar, label, None, gap=2))
        self.setAccessibleDescription(f"{self.accessibleDescription()} {words}.".strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Up and Down move between cards; buttons beside a card are reached with Tab.
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        window = self.window()
        cards = [card for card in window.findChildren(CardButton) if card.isVisible() and card.isEnabled()]
        cards.sort(key=lambda card: card.mapTo(window, QPoint(0, 0)).y())
        place = cards.index(self) + step
        if 0 <= place < len(cards):
            cards[place].setFocus(Qt.FocusReason.TabFocusReason)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._inner().heightForWidth(width)

    def sizeHint(self) -> QSize:
        return self._inner().sizeHint().expandedTo(QSize(space(40), space(12)))

    def minimumSizeHint(self) -> QSize:
        return self._inner().minimumSize().expandedTo(QSize(space(30), space(12)))

    def _inner(self) -> QLayout:
        layout = self.layout()
        assert layout is not None
        return layout
