"""Area where files are dropped, or chosen with a button."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QWidget

from reviewapp.base.i18n import _
from ui.theme import space
from ui.theme.icons import set_icon
from ui.widgets.basics import Text, column, restyle, row
from ui.widgets.buttons import Button
from ui.widgets.file_dialogs import choose_open_files


def local_files(event: QDropEvent) -> list[Path]:
    """The files of this computer that are dragged; empty for words or for links to elsewhere."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def take_copy(event: QDropEvent) -> None:
    """Accept what is dragged as a copy, also where the other program proposes to move it: its file stays there."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


class FileDrop(QFrame):
    """Emits `dropped(list[Path])` for local files that are dropped here or chosen with the button."""

    dropped = Signal(list)

    def __init__(
        self, text: str, button: str = _("Choose files…"), pattern: str = "", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "drop")
        self.setAcceptDrops(True)
        self.setAccessibleName(text)
        self._pattern = pattern
        self._picture = QLabel()
        set_icon(self._picture, "stick", "accent", 32)
        self._words = Text(text, "muted")
        self.button = Button(button, "folder")
        self.button.clicked.connect(self._on_choose)
        self._row = column(row(None, self._picture, None), self._words, row(None, self.button, None), gap=2)
        self.setLayout(self._row)
        self.set_low(on=False)

    def set_low(self, *, on: bool) -> None:
        """Be one line, for a page whose list needs the room and where files are seldom added; else as high as usual."""
        way, edge = QBoxLayout.Direction, space(2 if on else 4)
        self._picture.setVisible(not on)
        self._words.setAlignment(Qt.AlignmentFlag.AlignVCenter if on else Qt.AlignmentFlag.AlignHCenter)
        self._row.setDirection(way.LeftToRight if on else way.TopToBottom)
        self._row.setStretchFactor(self._words, 1 if on else 0)
        self._row.setContentsMargins(edge, edge, edge, edge)

    @Slot()
    def _on_choose(self) -> None:
        paths = choose_open_files(self, self.button.text().rstrip("…"), self._pattern)
        if paths:
            self.dropped.emit(paths)

    def _set_over(self, over: bool) -> None:
        self.setProperty("over", over)
        restyle(self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and self.isEnabled():
            take_copy(event)
            self._set_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_over(False)
        paths = local_files(event)
        if paths:
            take_copy(event)
            self.dropped.emit(paths)
