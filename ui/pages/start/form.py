"""Base class of the forms that the Start page shows in place of its list."""

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
    """A form; emits `arrived(visit id)` to open it, `left` for the list, `wanted(form, visit id)` for another form.

    `lost(words)`: for the list, with these words on why what was asked for cannot be shown.
    """

    arrived = Signal(str)
    left = Signal()
    wanted = Signal(str, str)
    lost = Signal(str)
    OPENS: ClassVar[str] = "overview"
    """The page on which a visit that arrived is opened."""
    KEEPS: ClassVar[bool] = False
    """Whether leaving by Escape or the navigation keeps the input, until Back or completion."""

    def __init__(self, session: Session, *, width: int = 170) -> None:
        super().__init__(width=space(width), gap=4)
        self._session = session
        self.visit = ""
        self._keep_input = False
        self._to_show: QWidget | None = None
        self._scroll_timer = QTimer(self)
        self._scroll_timer.setSingleShot(True)
        self._scroll_timer.timeout.connect(self._on_scroll)

    def show_for(self, visit: str = "") -> None:
        """Show the form for a visit, if it is about one; kept input is restored, otherwise the form is reset."""
        kept, self._keep_input = self._keep_input, False
        self.visit = visit
        if kept:
            self.restore_form()
        else:
            self.reset()

    def dismiss(self) -> None:
        """Leave for the list; the input is kept if the form `KEEPS` it."""
        self._keep_input = self.KEEPS
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll to a widget that was just shown, after layout; to its top if it is higher than the viewport."""
        self._to_show = widget
        self._scroll_timer.start()

    @Slot()
    def _on_scroll(self) -> None:
        shown, self._to_show = self._to_show, None
        content = self.widget()
        if shown is None or content is None:
            return
        if shown.height() > self.viewport().height():
            self.verticalScrollBar().setValue(shown.mapTo(content, QPoint(0, 0)).y())
        else:
            self.ensureWidgetVisible(shown)

    def take_file(self, path: Path) -> None:
        """Use a file that was opened with the program as if it had been chosen in the form."""

    def restore_form(self) -> None:
        """Called when the form is shown again with its kept input: focus its first field."""

    def reset(self) -> None:
        """Reset the form."""
