"""Text, cards, headings, banners and the two ways of lining things up."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.theme import space
from ui.theme.icons import put_icon
from ui.theme.qt_values import PLAIN_TEXT, SELECTABLE

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent


def restyle(widget: QWidget) -> None:
    """Make the style sheet look again at a widget whose properties changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def hide_in_place(widget: QWidget) -> None:
    """Not to be seen, and what stands beside it stays where it is."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)
    widget.hide()


def sentence(words: str) -> str:
    """With a capital letter at the start, unless it begins with the name of a file."""
    first = words.partition(" ")[0].rstrip(".,:;")
    return words if any(sign in first for sign in "./\\_") else words[:1].upper() + words[1:]


def put_in(layout: QBoxLayout, parts: Iterable[QWidget | QLayout | None]) -> None:
    """One after the other; None is a stretch."""
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)


def _fill(layout: QBoxLayout, gap: float, margin: float, parts: tuple[QWidget | QLayout | None, ...]) -> None:
    layout.setContentsMargins(space(margin), space(margin), space(margin), space(margin))
    layout.setSpacing(space(gap))
    put_in(layout, parts)


def column(*parts: QWidget | QLayout | None, gap: float = 2, margin: float = 0) -> QVBoxLayout:
    """Things below one another; None is a stretch. `gap` and `margin` in steps of 4 px."""
    layout = QVBoxLayout()
    _fill(layout, gap, margin, parts)
    return layout


def row(*parts: QWidget | QLayout | None, gap: float = 2, margin: float = 0) -> QHBoxLayout:
    """Things beside one another; None is a stretch. `gap` and `margin` in steps of 4 px."""
    layout = QHBoxLayout()
    _fill(layout, gap, margin, parts)
    return layout


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            return
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


class Text(QLabel):
    """Words that wrap and are plain text, whatever is in them.

    `kind`: body, title, display, heading, lead, strong, muted, small, overline, error, code. With `fills` they take
    the width that is given and ask for none of their own: for long words in a column, which Qt would otherwise lay
    out five times to find out how wide they would like to be.
    """

    _measured = ""
    _heights: dict[int, int]

    def __init__(
        self,
        text: str = "",
        kind: str = "body",
        *,
        wrap: bool = True,
        select: bool = False,
        fills: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._heights = {}
        self._fills = fills
        super().__init__(text, parent)
        self.setProperty("textFormat", PLAIN_TEXT)
        self.setProperty("kind", kind)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        if select:
            self.setProperty("textInteractionFlags", SELECTABLE)
            self.setAccessibleName(text)

    def heightForWidth(self, width: int) -> int:
        """Asked ten times while a page is laid out, so it is worked out once."""
        text = self.text()
        if text != self._measured:
            self._measured = text
            self._heights.clear()
        found = self._heights.get(width)
        if found is None:
            found = self._heights[width] = super().heightForWidth(width)
        return found

    def changeEvent(self, event: QEvent) -> None:
        """In other letters the words are as high as they are then."""
        self._heights.clear()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """What Qt would like, or with `fills` a line."""
        return QSize(space(60), self.fontMetrics().lineSpacing()) if self._fills else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """A word, or with `fills` a few letters."""
        return QSize(space(10), self.fontMetrics().lineSpacing()) if self._fills else super().minimumSizeHint()

    def set_kind(self, kind: str) -> None:
        """Another look for the same words."""
        if kind != self.property("kind"):
            self.setProperty("kind", kind)
            restyle(self)


class Elided(Text):
    """One line that ends in … where there is no room; the whole of it is its tip and is what is spoken."""

    def __init__(self, text: str = "", kind: str = "body", *, parent: QWidget | None = None) -> None:
        super().__init__("", kind, wrap=False, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Other words."""
        super().setText(text)
        self.setToolTip(text)
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:
        """It can be pressed together."""
        return QSize(space(6), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """As much as fits."""
        from PySide6.QtCore import Qt

        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(self.alignment()), words)


class Rule(QFrame):
    """A thin line between things."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "rule")


class Card(QFrame):
    """A quiet box; put things into `.body`. `kind`: card, inset, quote."""

    def __init__(
        self, title: str = "", *, kind: str = "card", margin: float = 4, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(space(margin), space(margin), space(margin), space(margin))
        self.body.setSpacing(space(2))
        self.heading: Text | None = None
        if title:
            self.heading = Text(title, "heading")
            self.body.addWidget(self.heading)
            self.setAccessibleName(title)

    def add(self, *parts: QWidget | QLayout | None) -> None:
        """Things below one another; None is a stretch."""
        put_in(self.body, parts)

    def sizeHint(self) -> QSize:
        """What its parts would like, each for itself; how high all is follows from the width it gets.

        Qt would lay all words out in the width that they would like best, too, which they never get.
        """
        edge = self.contentsMargins()
        return self.body.sizeHint() + QSize(edge.left() + edge.right(), edge.top() + edge.bottom())


def show_within(widget: QWidget, on: bool) -> None:
    """Show or hide; what has no parent yet is shown together with it, never as a window of its own."""
    if on and widget.parentWidget() is None:
        from PySide6.QtCore import Qt

        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_Hidden, True)
    else:
        widget.setVisible(on)


class SectionHeading(QWidget):
    """A heading, a quiet note beneath it, and room on the right for buttons (`add`)."""

    def __init__(self, title: str, note: str = "", *, kind: str = "heading", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Text(title, kind)
        self.note = Text(note, "muted")
        self._row = row(column(self.title, self.note, gap=0.5), gap=2)
        self._row.setStretch(0, 1)
        self.setLayout(self._row)
        self.note.setVisible(bool(note))

    def add(self, *buttons: QWidget) -> None:
        """Buttons on the right."""
        from PySide6.QtCore import Qt

        for button in buttons:
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def set_note(self, note: str) -> None:
        """The quiet line; empty hides it."""
        self.note.setText(note)
        self.note.setVisible(bool(note))


class ErrorLine(QWidget):
    """What went wrong and what to do, beside what it is about; takes no room while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hide()

    @cached_property
    def label(self) -> Text:
        """The words, made with the first of them: most fields never have any."""
        from PySide6.QtCore import Qt

        picture, label = QLabel(), Text("", "error", select=True)
        put_icon(picture, "alert", "not_met", 18)
        layout = row(picture, label, gap=2)
        layout.setAlignment(picture, Qt.AlignmentFlag.AlignTop)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        return label

    def set_text(self, text: object = "") -> None:
        """A text or a ReviewError; empty takes the line away."""
        words = str(text)
        if words or "label" in vars(self):
            self.label.setText(sentence(words))
            self.label.setAccessibleName(words)
            show_within(self, bool(words))


class Banner(QFrame):
    """A line across the page that stays until it is no longer true. `tone`: info, warn, not_met, met."""

    def __init__(self, text: str = "", tone: str = "info", icon: str = "info", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "banner")
        self._picture = QLabel()
        self.label = Text(text, "body", select=True)
        self._row = row(self._picture, self.label, gap=3)
        self._row.setContentsMargins(space(6), space(2), space(4), space(2))
        self._row.setStretch(1, 1)
        self.setLayout(self._row)
        self.set_text(text, tone, icon)

    def set_text(self, text: str, tone: str = "info", icon: str = "info") -> None:
        """Other words; empty hides the banner."""
        before = self.property("tone")
        self.setProperty("tone", tone)
        self.label.setText(text)
        self.label.setAccessibleName(text)
        if text:
            put_icon(self._picture, icon, tone, 20)
        if before not in (None, tone):
            restyle(self)
        show_within(self, bool(text))

    def add(self, button: QWidget) -> None:
        """Something to press at the right end."""
        self._row.addWidget(button)
