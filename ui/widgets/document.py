"""Read-only text of headings, paragraphs, quotations and states in one widget, of any length.

One widget with one document instead of a widget for each paragraph: opening a standard with fifty quotes stays fast,
and everything can be selected and read out as one text. User text is inserted as plain text only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QSize, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import (
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextTableCellFormat,
    QTextTableFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from ui.theme import space, theme
from ui.theme.icons import pixmap
from ui.widgets.status import TONE_ICONS

Writer = Callable[["ReadingText"], Iterator[None] | None]
"""Writes everything at once, or is a generator that pauses where enough is written to fill a screen."""
_DONE = object()
LATER_MS = 50
"""Delay before text out of sight is written, so that holding an arrow key down passes without waiting for it."""
InsetShapes = tuple[QTextTableFormat, QTextTableCellFormat, QTextTableCellFormat]


class ReadingText(QTextEdit):
    """Text view filled by `write(writer)`: `writer(reading)` calls `heading`, `paragraph`, `state`, `inset`.

    The writer is called again when the theme or the text size changes.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("kind", "reading")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        # `_fit` sets the width: wrapped by Qt, the text would be laid out again each time the height changes.
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._writer: Writer | None = None
        self._rest: Iterator[None] | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER_MS)
        self._later.timeout.connect(self._on_later)
        self._cursor = QTextCursor()
        self._shapes: dict[tuple[str, str, bool], QTextCharFormat] = {}
        self._insets: dict[bool, InsetShapes] = {}
        self._turn = -1
        self._empty = True
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(space(0.5))
        theme().changed.connect(self._on_theme_changed)

    def write(self, writer: Writer) -> None:
        """Replace the contents by what `writer` writes."""
        self._writer = writer
        self._later.stop()
        if self._turn != theme().turn:
            self._turn = theme().turn
            self._shapes.clear()
            self._insets.clear()
        document = self.document()
        document.clear()
        document.setDefaultFont(theme().font("body"))
        self._cursor = QTextCursor(document)
        self._empty = True
        self._rest = None
        self._go_on(writer)

    def _go_on(self, writer: Writer | None = None) -> None:
        """Start or resume the writer until it pauses; the rest is written after this part has been painted."""
        edit = QTextCursor(self.document())
        edit.beginEditBlock()  # laid out once, at the end
        if writer is not None:
            self._rest = writer(self)
        if self._rest is not None and next(self._rest, _DONE) is _DONE:
            self._rest = None
        edit.endEditBlock()
        self._fit()
        if self._rest is not None:
            self._later.start()

    @Slot()
    def _on_later(self) -> None:
        if self._rest is not None:
            self._go_on()

    def toPlainText(self) -> str:
        # Includes what the writer has not written yet.
        while self._rest is not None:
            self._go_on()
        return super().toPlainText()

    def heading(self, text: str) -> None:
        """Append a heading, with space above it unless it comes first."""
        self._block(top=0 if self._empty else 4)
        self._cursor.insertText(text, self._letters("text", strong=True))

    def paragraph(self, text: str, role: str = "text", *, size: str = "body", indent: float = 0) -> None:
        """Append a paragraph of plain text; line breaks are kept."""
        self._block(top=1, left=indent)
        self._cursor.insertText(text.replace("\n", "\u2028"), self._letters(role, size=size))

    def state(self, text: str, tone: str, icon: str = "", *, before: str = "", after: str = "") -> None:
        """Append an icon and a word in the tone's colour, with plain text before and after."""
        self._block(top=1)
        if before:
            self._cursor.insertText(f"{before}  ", self._letters("text", strong=True))
        self._picture(icon or TONE_ICONS[tone], tone)
        self._cursor.insertText(f" {text}", self._letters(tone, strong=True))
        if after:
            self._cursor.insertText(f"   {after}", self._letters("muted", size="small"))

    def inset_shapes(self, marked: bool) -> InsetShapes:
        """Formats that `Inset` uses, cached until the theme changes."""
        found = self._insets.get(marked)
        if found is None:
            found = self._insets[marked] = _inset_shapes(marked)
        return found

    def inset(self, *, marked: bool = False) -> Inset:
        """Context manager that puts what is appended on a background; `marked` adds a bar at its left."""
        return Inset(self, marked)

    # ---------------------------------------------------------------------------------------------------------

    def _block(self, *, top: float, left: float = 0) -> None:
        shape = QTextBlockFormat()
        shape.setTopMargin(space(top))
        shape.setLeftMargin(space(left))
        if self._empty:
            self._cursor.setBlockFormat(shape)
            self._empty = False
        else:
            self._cursor.insertBlock(shape)

    def _letters(self, role: str, *, size: str = "body", strong: bool = False) -> QTextCharFormat:
        key = role, size, strong
        shape = self._shapes.get(key)
        if shape is None:
            shape = self._shapes[key] = QTextCharFormat()
            shape.setFont(theme().font(size, strong=strong))
            shape.setForeground(theme().colour(role))
        return shape

    def _picture(self, icon: str, role: str) -> None:
        look = theme()
        side, colour, ratio = look.px(15), look.hex(role), self.devicePixelRatioF()
        name = f"icon:{icon}:{colour}:{side}"
        document = self._cursor.document()
        document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(name), pixmap(icon, colour, side, ratio))
        image = QTextImageFormat()
        image.setName(name)
        image.setWidth(side)
        image.setHeight(side)
        image.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
        self._cursor.insertImage(image)

    def _fit(self) -> None:
        """Set the height that the text needs at the present width."""
        width = self.viewport().width()
        if self.lineWrapColumnOrWidth() != width:
            self.setLineWrapColumnOrWidth(width)
        height = round(self.document().size().height()) + self.height() - self.viewport().height() + space(1)
        if height != self.height():
            self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        return QSize(space(60), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # The page scrolls, not the text.
        event.ignore()

    @Slot()
    def _on_theme_changed(self) -> None:
        if self._writer is not None:
            self.write(self._writer)


def _inset_shapes(marked: bool) -> InsetShapes:
    """Formats of the table, of the cell with the text, and of the bar beside it."""
    look = theme()
    shape, ground, bar = QTextTableFormat(), QTextTableCellFormat(), QTextTableCellFormat()
    shape.setBorder(0)
    shape.setCellPadding(space(2))
    shape.setCellSpacing(0)
    shape.setTopMargin(space(2))
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
    ground.setBackground(look.colour("surface_alt"))
    bar.setBackground(look.colour("accent"))
    if marked:
        fixed, rest = QTextLength.Type.FixedLength, QTextLength.Type.VariableLength
        shape.setColumnWidthConstraints([QTextLength(fixed, 3), QTextLength(rest, 1)])
        shape.setCellPadding(0)
        for side in (ground.setLeftPadding, ground.setRightPadding, ground.setTopPadding, ground.setBottomPadding):
            side(space(2.5))
    return shape, ground, bar


class Inset:
    """A table of one cell: the way to draw a background and a bar in a text document."""

    def __init__(self, reading: ReadingText, marked: bool) -> None:
        self._reading, self._marked = reading, marked

    def __enter__(self) -> None:
        shape, ground, bar = self._reading.inset_shapes(self._marked)
        table = self._reading._cursor.insertTable(1, 2 if self._marked else 1, shape)
        if self._marked:
            table.cellAt(0, 0).setFormat(bar)
        last = table.cellAt(0, 1 if self._marked else 0)
        last.setFormat(ground)
        self._reading._cursor = last.firstCursorPosition()
        self._reading._empty = True
        self._after = table.lastCursorPosition()

    def __exit__(self, *_: object) -> None:
        cursor = self._reading._cursor
        cursor.movePosition(QTextCursor.MoveOperation.End)
        self._reading._cursor = cursor
        self._reading._empty = False
