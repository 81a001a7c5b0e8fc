"""The line above a list that begins a record: what has to be known of it from its beginning, and no more."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from reviewapp.base.errors import ReviewError
from ui.pages.shared.record_fields import FieldSpec, parse
from ui.pages.shared.record_form import LONG, SHORT
from ui.theme import theme
from ui.widgets import Field, FlowLayout, column
from ui.widgets.typed_edit import DayEdit
from ui.widgets.usable import only_read, usable

WIDE = 720


class BeginLine(QWidget):
    """A field, and above it those of `also`; emits `entered` on Enter in any of them."""

    entered = Signal()

    def __init__(self, first: FieldSpec, also: tuple[FieldSpec, ...] = ()) -> None:
        super().__init__()
        self._first, self._specs = first, {spec.name: spec for spec in (*also, first)}
        self.fields = {
            name: Field(spec.label, self._editor(spec), hint=spec.hint) for name, spec in self._specs.items()
        }
        body = column(gap=3)
        if also:
            holder = QWidget()
            flow = FlowLayout(holder, gap=3)
            for spec in also:
                field = self.fields[spec.name]
                below = field.layout()
                assert isinstance(below, QVBoxLayout)
                below.addStretch(1)
                flow.addWidget(field)
            body.addWidget(holder)
        body.addWidget(self.first)
        self.setLayout(body)
        theme().changed.connect(self._on_themed)
        self._on_themed()

    @property
    def first(self) -> Field:
        """The field that is never left empty."""
        return self.fields[self._first.name]

    def _editor(self, spec: FieldSpec) -> QWidget:
        if spec.kind == "choice":
            box = QComboBox()
            for value, words in spec.choices:
                box.addItem(words, value)
            return box
        edit = DayEdit() if spec.kind == "day" else QLineEdit()
        edit.returnPressed.connect(self.entered)
        return edit

    def set_writable(self, writable: bool) -> None:
        """Whether anything can be typed."""
        for field in self.fields.values():
            usable(field.editor, only_read(writable))

    def typed(self) -> Any:
        """What was typed: the value of the field, or all by name where there are more. Raises ReviewError."""
        values: dict[str, Any] = {}
        for name, spec in self._specs.items():
            editor = self.fields[name].editor
            if isinstance(editor, QComboBox):
                values[name] = editor.currentData()
            elif isinstance(editor, QLineEdit):
                values[name] = parse(spec, editor.text()) or ""
        return values if len(values) > 1 else values[self._first.name]

    def show_error(self, error: ReviewError | None) -> None:
        """Show why it was refused, at its field; None takes it away."""
        about = getattr(error, "field", "")
        at = about if about in self.fields else self._first.name
        for name, field in self.fields.items():
            field.set_error(error if error is not None and name == at else "")
        self.fields[at].editor.setFocus()

    def clear(self) -> None:
        """Make it ready for the next record."""
        for field in self.fields.values():
            if isinstance(field.editor, QLineEdit):
                field.editor.setText("")  # unlike `clear`, this leaves nothing to undo

    @Slot()
    def _on_themed(self) -> None:
        look = theme()
        for name, field in self.fields.items():
            spec = self._specs[name]
            if name == self._first.name:
                field.setMaximumWidth(look.px(340 if spec.kind == "day" else WIDE))
            else:
                field.fix_width(look.px(LONG if spec.wide or spec.kind == "line" else SHORT))
