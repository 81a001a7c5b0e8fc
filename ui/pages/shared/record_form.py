"""A form for one record: text saves while it is typed, the short fields when they are left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from reviewapp.base.errors import ReviewError
from reviewapp.visit.statements import Statement
from ui.pages.shared.record_fields import FieldSpec, parse, written
from ui.theme import theme
from ui.widgets import DraftText, Field, FlowLayout, column
from ui.widgets.typed_edit import DayEdit
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from ui.pages.base import Page

MakeLine = Callable[[str, str, Any], Statement]
"""(key of the record, field, value) to the statement that says it."""
SHORT = 190
LONG = 380


def record_or_say(page: Page, *lines: Statement, name: str = "") -> ReviewError | None:
    """Record statements as one change; what was refused is returned, and told in the status bar."""
    try:
        page.visit.record(*lines, name=name)
    except ReviewError as error:
        page.session.bridge.refused.emit(error)
        return error
    page.session.bridge.saved.emit()
    page.session.forget_error()
    return None


class RecordForm(QWidget):
    """The fields of one record at a time; `show_record` fills them and leaves alone what is being typed."""

    def __init__(
        self,
        page: Page,
        specs: Sequence[FieldSpec],
        line: MakeLine,
        value: Callable[[Any, str], Any] = getattr,
    ) -> None:
        super().__init__()
        self._page, self._line, self._value = page, line, value
        self.key = ""
        self.fields: dict[str, Field] = {}
        self._specs = {spec.name: spec for spec in specs}
        body, flow = column(gap=3), None
        for spec in specs:
            field = self.fields[spec.name] = Field(spec.label, self._editor(spec), hint=spec.hint)
            if spec.kind == "text":
                flow = None
                body.addWidget(field)
                continue
            if flow is None:
                holder = QWidget()
                flow = FlowLayout(holder, gap=3)
                body.addWidget(holder)
            # All in a line begin at its top, also where the words above or below one of them take more lines.
            below = field.layout()
            assert isinstance(below, QVBoxLayout)
            below.addStretch(1)
            flow.addWidget(field)
        self.setLayout(body)
        theme().changed.connect(self._on_themed)
        self._on_themed()

    def _editor(self, spec: FieldSpec) -> QWidget:
        if spec.kind == "text":
            return self._page.draft(spec.label, rows=2, most=8)
        if spec.kind in ("choice", "suggested"):
            box = QComboBox()
            box.setEditable(spec.kind == "suggested")
            for value, words in spec.choices:
                box.addItem(words, value)
            box.setProperty("field", spec.name)
            typed = box.lineEdit()
            if typed is not None:
                typed.setAccessibleName(spec.label)
                typed.setProperty("field", spec.name)
                typed.editingFinished.connect(self._on_edited)
            box.activated.connect(self._on_chosen)
            return box
        edit = DayEdit() if spec.kind == "day" else QLineEdit()
        edit.setProperty("field", spec.name)
        edit.editingFinished.connect(self._on_edited)
        return edit

    def show_record(self, key: str, record: Any) -> None:
        """Show this record; text being typed in it is not disturbed, and that of another one is recorded first."""
        other = key != self.key
        if other:
            self.commit()
        self.key = key
        for name, field in self.fields.items():
            value, editor = self._value(record, name), field.editor
            if isinstance(editor, DraftText):
                if other:
                    editor.bind(partial(self._line, key, name), str(value or ""))
                else:
                    editor.refresh(str(value or ""))
            elif isinstance(editor, QComboBox):
                usable(editor, only_read(self._page.writable))
                self._show_choice(self._specs[name], editor, value, anew=other)
            elif isinstance(editor, QLineEdit):
                editor.setReadOnly(not self._page.writable)
                if other or not editor.isModified():
                    editor.setText(written(self._specs[name], value))
                    editor.setCursorPosition(0)
            if other:
                field.set_error()

    def focus_first(self) -> None:
        """Give the focus to the first field that can be filled in."""
        for field in self.fields.values():
            if field.editor.isEnabled() and field.editor.isVisible():
                field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _show_choice(self, spec: FieldSpec, box: QComboBox, value: Any, *, anew: bool) -> None:
        typed = box.lineEdit()
        if typed is None:
            box.setCurrentIndex(max(0, box.findData(str(value or ""))))
        elif anew or not typed.isModified():
            box.setEditText(written(spec, value))

    def commit(self) -> None:
        """Record what stands in a short field that was not left yet."""
        for name, field in self.fields.items():
            editor = field.editor
            line = editor.lineEdit() if isinstance(editor, QComboBox) else editor
            if isinstance(line, QLineEdit) and line.isModified():
                self._record_text(name, line)

    def _record_text(self, name: str, line: QLineEdit) -> None:
        if not self.key or not self._page.writable:
            return
        field = self.fields[name]
        try:
            value = parse(self._specs[name], line.text())
        except ReviewError as error:
            field.set_error(error)
            return
        line.setModified(False)  # what is recorded may read otherwise than it was typed
        refused = record_or_say(self._page, self._line(self.key, name, value))
        field.set_error(refused or "")
        line.setModified(refused is not None)

    @Slot()
    def _on_edited(self) -> None:
        line = self.sender()
        if isinstance(line, QLineEdit) and line.isModified():
            self._record_text(str(line.property("field")), line)

    @Slot()
    def _on_chosen(self) -> None:
        box = self.sender()
        if not isinstance(box, QComboBox) or not self.key:
            return
        name = str(box.property("field"))
        typed = box.lineEdit()
        if typed is not None:
            typed.setModified(True)
            self._record_text(name, typed)
            return
        error = record_or_say(self._page, self._line(self.key, name, str(box.currentData()) or None))
        self.fields[name].set_error(error or "")

    @Slot()
    def _on_themed(self) -> None:
        for name, field in self.fields.items():
            spec = self._specs[name]
            if spec.kind != "text":
                long = spec.wide or spec.kind in ("line", "standards")
                field.fix_width(theme().px(LONG if long else SHORT))
