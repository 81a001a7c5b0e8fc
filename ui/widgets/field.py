"""An input with its label, hint and error."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ui.widgets.basics import DescribingText, ErrorLine, Text, column, restyle, sentence


class Field(QWidget):
    """Label above an input, hint or error below it: `Field("Service", QLineEdit(), hint="its own name")`."""

    def __init__(self, label: str, editor: QWidget, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.label = Text(label, "strong")
        self.label.setBuddy(editor)
        if not editor.accessibleName():
            editor.setAccessibleName(label)
        if hint:
            editor.setAccessibleDescription(hint)
        self._waits = False
        self._usual = editor.accessibleDescription()
        self.hint = DescribingText(hint, "small")
        self.error = ErrorLine(of=editor)
        self.setLayout(column(self.label, editor, self.hint, self.error, gap=1))
        self.hint.setVisible(bool(hint))

        if isinstance(editor, QLineEdit):
            editor.textEdited.connect(self._on_edited)

    def fix_width(self, width: int) -> None:
        """Give the field this width, or what a line needs for its hint if that is more; a choice is cut instead."""
        self.editor.ensurePolished()
        least = self.editor.minimumSizeHint().width() if isinstance(self.editor, QLineEdit) else 0
        self.setFixedWidth(max(width, least))

    @Slot()
    def _on_edited(self) -> None:
        """Clear the error once the person edits the input, as it may no longer apply."""
        if self.error.isVisibleTo(self):
            self.set_error()

    def set_hint(self, hint: str) -> None:
        """Show another hint, unless there is an error in its place."""
        self.hint.setText(hint)
        self._usual = hint
        if not self.editor.property("bad"):
            self.hint.setVisible(bool(hint))
            self.editor.setAccessibleDescription(hint)

    def set_error(self, error: object = "") -> None:
        """Show the error of this field instead of the hint, also to a screen reader; empty clears it."""
        words = sentence(str(error))
        self.error.set_text(words)
        self.hint.setVisible(bool(self.hint.text()) and not words)
        if bool(words) != bool(self.editor.property("bad")):
            self.editor.setProperty("bad", bool(words))
            restyle(self.editor)
        if words:
            self.editor.setAccessibleDescription(words)
        elif self.editor.accessibleDescription() != self._usual:
            self._clear_description()

    def _clear_description(self) -> None:
        """Make the description the hint again: when the focus has left, as a reader would say it amid the typing."""
        if self.editor.hasFocus():
            self.editor.setAccessibleDescription("")
            application = QApplication.instance()
            if not self._waits and isinstance(application, QApplication):
                self._waits = True
                application.focusChanged.connect(self._on_focus_changed)
        else:
            self.editor.setAccessibleDescription(self._usual)

    @Slot()
    def _on_focus_changed(self) -> None:
        application = QApplication.instance()
        if not self.editor.hasFocus() and isinstance(application, QApplication):
            self._waits = False
            application.focusChanged.disconnect(self._on_focus_changed)
            if not self.editor.property("bad"):
                self.editor.setAccessibleDescription(self._usual)
