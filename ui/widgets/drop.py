"""Area where files are dropped, or chosen with a button."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from reviewapp.base.i18n import _
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
        picture = QLabel()
        set_icon(picture, "stick", "accent", 32)
        words = Text(text, "muted")
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = Button(button, "folder")
        self.button.clicked.connect(self._on_choose)
        self.setLayout(column(row(None, picture, None), words, row(None, self.button, None), gap=2, margin=4))

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
