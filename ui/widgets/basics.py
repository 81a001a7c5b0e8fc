"""Text, cards, headings, banners, and the row and column layouts."""

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
from ui.theme.icons import set_icon
from ui.theme.qt_values import PLAIN_TEXT, SELECTABLE
from ui.widgets.plain_text import plain_tip, plain_words

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent


def restyle(widget: QWidget) -> None:
    """Apply the style sheet again to a widget whose properties changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def hide_in_place(widget: QWidget) -> None:
    """Hide a widget but keep its space in the layout, so that its neighbours do not move."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)
    widget.hide()


def sentence(words: str) -> str:
    """The text with a capital first letter, unless it begins with a file name."""
    first = words.partition(" ")[0].rstrip(".,:;")
    return words if any(sign in first for sign in "./\\_") else words[:1].upper() + words[1:]


def add_parts(layout: QBoxLayout, parts: Iterable[QWidget | QLayout | None]) -> None:
    """Add widgets and layouts to a box layout in order; None is a stretch."""
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
    add_parts(layout, parts)


def column(*parts: QWidget | QLayout | None, gap: float = 2, margin: float = 0) -> QVBoxLayout:
    """Vertical box layout of these parts; None is a stretch. `gap` and `margin` in steps of 4 px."""
    layout = QVBoxLayout()
    _fill(layout, gap, margin, parts)
    return layout


def row(*parts: QWidget | QLayout | None, gap: float = 2, margin: float = 0) -> QHBoxLayout:
    """Horizontal box layout of these parts; None is a stretch. `gap` and `margin` in steps of 4 px."""
    layout = QHBoxLayout()
    _fill(layout, gap, margin, parts)
    return layout


def clear(layout: QLayout) -> None:
    """Remove every item of a layout and delete its widgets later."""
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
    """A label that wraps and shows its text as plain text, whatever is in it.

    `kind`: body, title, display, heading, lead, strong, muted, small, overline, error, code. With `fills` it takes the
    width it is given and asks for none: for long text in a column, which Qt would otherwise lay out five times to find
    the width it prefers.
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

    def text(self) -> str:
        """The words, as they were given."""
        return super().text().replace("&&", "&") if self.buddy() is not None else super().text()

    def setText(self, text: str) -> None:
        super().setText(plain_words(text) if self.buddy() is not None else text)

    def setBuddy(self, buddy: QWidget) -> None:
        """Give it the widget it is the label of; no letter of it is a key to go there."""
        words = self.text()
        super().setBuddy(buddy)
        self.setText(words)

    def heightForWidth(self, width: int) -> int:
        # Cached, as a layout asks ten times while a page is laid out.
        text = self.text()
        if text != self._measured:
            self._measured = text
            self._heights.clear()
        found = self._heights.get(width)
        if found is None:
            found = self._heights[width] = super().heightForWidth(width)
        return found

    def changeEvent(self, event: QEvent) -> None:
        # A change of font or style changes the heights.
        self._heights.clear()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(space(60), self.fontMetrics().lineSpacing()) if self._fills else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(space(10), self.fontMetrics().lineSpacing()) if self._fills else super().minimumSizeHint()

    def set_kind(self, kind: str) -> None:
        """Change the kind, and with it the style, of the same text."""
        if kind != self.property("kind"):
            self.setProperty("kind", kind)
            restyle(self)


class Elided(Text):
    """One line, elided where there is no room; the whole text is its tool tip and accessible name."""

    def __init__(self, text: str = "", kind: str = "body", *, parent: QWidget | None = None) -> None:
        super().__init__("", kind, wrap=False, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(plain_tip(text))
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(space(6), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        from PySide6.QtCore import Qt

        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(self.alignment()), words)


class Rule(QFrame):
    """A thin separating line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "rule")


class Card(QFrame):
    """A frame around other widgets, added with `add` or to `body`. `kind`: card, inset, row (can be chosen), quote."""

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
        """Append parts to `body`; None is a stretch."""
        add_parts(self.body, parts)
        for part in parts:
            if isinstance(part, QWidget) and self.accessibleName() == part.accessibleName() != "":
                # A reader leaves out what it says next, and only "panel" would be left of the name.
                self.setAccessibleName("")

    def set_title(self, title: str) -> None:
        """Another heading, by which a screen reader then calls the card too; it must have been given one before."""
        assert self.heading is not None
        self.heading.setText(title)
        self.setAccessibleName(title)

    def sizeHint(self) -> QSize:
        """The size hint of the contents; the height follows from the width it is given.

        Qt would also lay out all text in the width that it prefers, which it is never given.
        """
        edge = self.contentsMargins()
        return self.body.sizeHint() + QSize(edge.left() + edge.right(), edge.top() + edge.bottom())


def set_shown(widget: QWidget, on: bool) -> None:
    """Show or hide a widget; one without a parent is shown with its later parent, never as a window."""
    if on and widget.parentWidget() is None:
        from PySide6.QtCore import Qt

        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_Hidden, True)
    else:
        widget.setVisible(on)


class SectionHeading(QWidget):
    """A heading with a muted note below it and room for buttons on the right (`add`)."""

    def __init__(self, title: str, note: str = "", *, kind: str = "heading", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Text(title, kind)
        self.note = Text(note, "muted")
        self._row = row(column(self.title, self.note, gap=0.5), gap=2)
        self._row.setStretch(0, 1)
        self.setLayout(self._row)
        self.note.setVisible(bool(note))

    def add(self, *buttons: QWidget) -> None:
        """Add buttons on the right."""
        from PySide6.QtCore import Qt

        for button in buttons:
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def set_note(self, note: str) -> None:
        """Set the note below the heading; empty hides it."""
        self.note.setText(note)
        self.note.setVisible(bool(note))


class DescribingText(Text):
    """A hint or error beside an input, as its description: no label of the part around it, or it is said twice.

    It keeps the accessible description of the input `of`; without one, a Field or an ErrorLine does that.
    """

    def __init__(self, text: str = "", kind: str = "small", *, of: QWidget | None = None, select: bool = False) -> None:
        self._of = of
        super().__init__(text, kind, select=select)
        self._tell(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._tell(text)

    def _tell(self, text: str) -> None:
        self.setAccessibleName(text)
        if self._of is not None:
            self._of.setAccessibleDescription(text)


class ErrorLine(QWidget):
    """Shows an error and what to do beside what it concerns; takes no space while empty."""

    def __init__(self, parent: QWidget | None = None, *, of: QWidget | None = None, alone: bool = False) -> None:
        """`of` is the input it belongs to, of which the error is the accessible description.

        A Field sees to that description; `alone`, without one, the line does, and gives back what stood there before.
        """
        super().__init__(parent)
        self._editor = of
        self._described = of if alone else None
        self._usual, self._told = "", ""
        self.hide()

    @cached_property
    def label(self) -> Text:
        """Label of the error, made with the first one: most fields never have any."""
        from PySide6.QtCore import Qt

        picture = QLabel()
        label = (Text if self._editor is None else DescribingText)("", "error", select=True)
        set_icon(picture, "alert", "not_met", 18)
        layout = row(picture, label, gap=2)
        layout.setAlignment(picture, Qt.AlignmentFlag.AlignTop)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        return label

    def set_text(self, text: object = "") -> None:
        """Show a text or a ReviewError, and have a screen reader say it if it is another; empty hides the line."""
        words = sentence(str(text))
        if words or "label" in vars(self):
            before = self.label.text() if self.isVisible() else ""
            self.label.setText(words)
            set_shown(self, bool(words))
            if words not in ("", before):
                from ui.widgets.announce import announce_error

                announce_error(self, words, self._editor)
            if self._described is not None:
                told = self._described.accessibleDescription()
                self._usual = self._usual if told == self._told else told
                self._told = words
                self._described.setAccessibleDescription(words or self._usual)


class Banner(QFrame):
    """A message across the page that stays until it no longer applies. `tone`: info, warn, not_met, met."""

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
        """Set text, tone and icon; an empty text hides the banner."""
        before = self.property("tone")
        self.setProperty("tone", tone)
        self.label.setText(text)
        self.label.setAccessibleName(text)
        if text:
            set_icon(self._picture, icon, tone, 20)
        if before not in (None, tone):
            restyle(self)
        set_shown(self, bool(text))

    def add(self, button: QWidget) -> None:
        """Add a widget at the right end, such as a button."""
        self._row.addWidget(button)
