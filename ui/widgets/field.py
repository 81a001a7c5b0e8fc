"""An input with its label, hint and error."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.widgets.basics import ErrorLine, Text, column, restyle


class Field(QWidget):
    """Label above an input, hint or error below it: `Field("Service", QLineEdit(), hint="its own name")`."""

    def __init__(self, label: str, editor: QWidget, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.label = Text(label, "strong")
        self.label.setBuddy(editor)
        if not editor.accessibleName():
            editor.setAccessibleName(label)
        editor.setAccessibleDescription(hint)
        self.hint = Text(hint, "small")
        self.error = ErrorLine()
        self.setLayout(column(self.label, editor, self.hint, self.error, gap=1))
        self.hint.setVisible(bool(hint))

        if isinstance(editor, QLineEdit):
            editor.textEdited.connect(self._on_edited)

    @Slot()
    def _on_edited(self) -> None:
        """Clear the error once the person edits the input, as it may no longer apply."""
        if self.error.isVisibleTo(self):
            self.set_error()

    def set_error(self, error: object = "") -> None:
        """Show the error of this field instead of the hint; empty clears it."""
        self.error.set_text(error)
        self.hint.setVisible(bool(self.hint.text()) and not str(error))
        bad = bool(str(error))
        if bad != bool(self.editor.property("bad")):
            self.editor.setProperty("bad", bad)
            restyle(self.editor)
