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
        # `_adjust_height` sets the width: wrapped by Qt, the text would be laid out again each time the height changes.
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._writer: Writer | None = None
        self._pending: Iterator[None] | None = None
        self._resume_timer = QTimer(self)
        self._resume_timer.setSingleShot(True)
        self._resume_timer.setInterval(LATER_MS)
        self._resume_timer.timeout.connect(self._on_resume)
        self._cursor = QTextCursor()
        self._char_formats: dict[tuple[str, str, bool], QTextCharFormat] = {}
        self._inset_formats: dict[bool, InsetShapes] = {}
        self._theme_turn = -1
        self._empty = True
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(space(0.5))
        theme().changed.connect(self._on_theme_changed)

    def write(self, writer: Writer) -> None:
        """Replace the contents by what `writer` writes."""
        self._writer = writer
        self._resume_timer.stop()
        if self._theme_turn != theme().turn:
            self._theme_turn = theme().turn
            self._char_formats.clear()
            self._inset_formats.clear()
        document = self.document()
        document.clear()
        document.setDefaultFont(theme().font("body"))
        self._cursor = QTextCursor(document)
        self._empty = True
        self._pending = None
        self._write_next(writer)

    def _write_next(self, writer: Writer | None = None) -> None:
        """Start or resume the writer until it pauses; the rest is written after this part has been painted."""
        edit = QTextCursor(self.document())
        edit.beginEditBlock()  # laid out once, at the end
        if writer is not None:
            self._pending = writer(self)
        if self._pending is not None and next(self._pending, _DONE) is _DONE:
            self._pending = None
        edit.endEditBlock()
        if writer is not None:
            self.moveCursor(QTextCursor.MoveOperation.Start)  # a reader begins where the caret is
        self._adjust_height()
        if self._pending is not None:
            self._resume_timer.start()

    @Slot()
    def _on_resume(self) -> None:
        if self._pending is not None:
            self._write_next()

    def toPlainText(self) -> str:
        # Includes what the writer has not written yet.
        while self._pending is not None:
            self._write_next()
        return super().toPlainText()

    def heading(self, text: str) -> None:
        """Append a heading, with space above it unless it comes first."""
        self._block(top=0 if self._empty else 4)
        self._cursor.insertText(text, self._char_format("text", strong=True))

    def paragraph(self, text: str, role: str = "text", *, size: str = "body", indent: float = 0) -> None:
        """Append a paragraph of plain text; line breaks are kept."""
        self._block(top=1, left=indent)
        self._cursor.insertText(text.replace("\n", "\u2028"), self._char_format(role, size=size))

    def state(self, text: str, tone: str, icon: str = "", *, before: str = "", after: str = "") -> None:
        """Append an icon and a word in the tone's colour, with plain text before and after."""
        self._block(top=1)
        if before:
            self._cursor.insertText(f"{before}  ", self._char_format("text", strong=True))
        self._insert_icon(icon or TONE_ICONS[tone], tone)
        self._cursor.insertText(f" {text}", self._char_format(tone, strong=True))
        if after:
            self._cursor.insertText(f"   {after}", self._char_format("muted", size="small"))

    def inset_shapes(self, marked: bool) -> InsetShapes:
        """Formats that `Inset` uses, cached until the theme changes."""
        found = self._inset_formats.get(marked)
        if found is None:
            found = self._inset_formats[marked] = _inset_shapes(marked)
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

    def _char_format(self, role: str, *, size: str = "body", strong: bool = False) -> QTextCharFormat:
        key = role, size, strong
        shape = self._char_formats.get(key)
        if shape is None:
            shape = self._char_formats[key] = QTextCharFormat()
            shape.setFont(theme().font(size, strong=strong))
            shape.setForeground(theme().colour(role))
        return shape

    def _insert_icon(self, icon: str, role: str) -> None:
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

    def _adjust_height(self) -> None:
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
            self._adjust_height()

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
