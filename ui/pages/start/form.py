"""What every form behind the Start page is."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.session.session import Session
from ui.theme import space
from ui.widgets import Scroll


class StartForm(Scroll):
    """`arrived(visit id)`: open that visit; `left`: back to the list; `wanted(form, visit id)`: another form."""

    arrived = Signal(str)
    left = Signal()
    wanted = Signal(str, str)
    KEEPS: ClassVar[bool] = False
    """Whether Escape and going away keep what is filled in, until Back or being done with it."""

    def __init__(self, session: Session, *, width: int = 170) -> None:
        super().__init__(width=space(width), gap=4)
        self._session = session
        self.visit = ""
        self._kept = False
        self._to_show: QWidget | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._on_soon)

    def begin(self, visit: str = "") -> None:
        """Shown anew, for a visit where it is about one."""
        kept, self._kept = self._kept, False
        self.visit = visit
        if kept:
            self.restore_form()
        else:
            self.fresh()

    def dismiss(self) -> None:
        """Back to the list; what is filled in is there the next time."""
        self._kept = self.KEEPS
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll to something that was just shown, once it has its place; to its top where not all of it fits."""
        self._to_show = widget
        self._soon.start()

    @Slot()
    def _on_soon(self) -> None:
        shown, self._to_show = self._to_show, None
        content = self.widget()
        if shown is None or content is None:
            return
        if shown.height() > self.viewport().height():
            self.verticalScrollBar().setValue(shown.mapTo(content, QPoint(0, 0)).y())
        else:
            self.ensureWidgetVisible(shown)

    def take_file(self, path: Path) -> None:
        """A file that was opened with the program, as if it had been chosen here."""

    def restore_form(self) -> None:
        """Shown again with what is filled in: the keyboard in its first field."""

    def fresh(self) -> None:
        """Nothing chosen, nothing said."""
