"""A text box that becomes higher when it becomes narrower."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject

from ui.widgets import DraftText


class Grow(QObject):
    """Watches one box: `Grow(box)`."""

    def __init__(self, editor: DraftText) -> None:
        super().__init__(editor)
        self._editor = editor
        editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch, never take."""
        if event.type() == QEvent.Type.Resize:
            self._editor.updateGeometry()
        return False
