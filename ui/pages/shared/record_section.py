"""A list of records: a line that begins one, the list, and the form of the one that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.dates import today
from reviewapp.base.errors import ReviewError
from reviewapp.visit.blind import as_seen_by
from ui.pages.shared.begin_line import BeginLine
from ui.pages.shared.record_fields import FieldSpec
from ui.pages.shared.record_form import MakeLine, RecordForm, record_or_say
from ui.widgets import Button, Card, FlowLayout, Text, column
from ui.widgets.status_list import StatusList, StatusRow
from ui.widgets.usable import CHOOSE_ROW, only_read, usable

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from reviewapp.visit.statements import Statement
    from ui.pages.base import Page


@dataclass(frozen=True)
class SectionSpec:
    """What a section holds and how it is said.

    `first` is what is typed to begin a record, in the line above the list; without it nothing is begun here. `begin`
    makes the statement of it; where a record needs more from its beginning (`also`) it gets all values by name.
    `records` gives those that may be shown, `row` a row of the list as of a day. `prints` names the page to print
    (`plan.pages.build`) that belongs here, and `printing` the button for it.
    """

    kind: str
    title: str
    about: str
    empty: str
    fields: tuple[FieldSpec, ...]
    line: MakeLine
    records: Callable[[VisitState, str], Sequence[Any]]
    row: Callable[[VisitState, Any, str], StatusRow]
    value: Callable[[Any, str], Any] = getattr
    first: FieldSpec | None = None
    also: tuple[FieldSpec, ...] = ()
    add: str = ""
    begin: Callable[[Page, Any], Statement] | None = None
    remove: str = ""
    removed: str = ""
    most: int = 260
    """Most pixels that the list is high, at 100 %."""
    prints: str = ""
    printing: str = ""


class RecordSection(QWidget):
    """One section; subclasses add buttons and parts for the chosen record in `build_more` and `show_more`.

    Emits `print_wanted(page)` for the page to print that belongs to it.
    """

    print_wanted = Signal(str)

    def __init__(self, page: Page, spec: SectionSpec) -> None:
        super().__init__()
        self._page, self.spec = page, spec
        self._records: dict[str, Any] = {}
        self.list = StatusList(spec.title, most=spec.most)
        self.list.selectionModel().currentChanged.connect(self._on_chosen)
        self.empty = Text(spec.empty, "muted")
        self.form = RecordForm(page, spec.fields, spec.line, spec.value)
        self.detail = Card(kind="inset", margin=3)
        self.head = Text("", "strong")
        self.buttons = QWidget()
        self.flow = FlowLayout(self.buttons, gap=2)
        self.remove = Button(spec.remove, "bin", "quiet")
        self.remove.clicked.connect(self._on_remove)
        self.begin_line: BeginLine | None = None
        self.tools = QWidget()
        self.tool_flow = FlowLayout(self.tools, gap=2)
        self.about = Text(spec.about, "muted")
        body = column(self.about, gap=3, margin=2)
        self._body = body
        if spec.first is not None:
            self._build_begin(spec.first)
        if spec.prints:
            self._build_printing()
        if not self.tool_flow.count():
            self.tools.hide()
        body.addWidget(self.tools)
        body.addWidget(self.empty)
        body.addWidget(self.list)
        self.detail.add(self.head, self.form)
        self.build_more()
        if spec.remove:
            self.flow.addWidget(self.remove)
        else:
            self.remove.setParent(self)
            self.remove.hide()
        self.detail.add(self.buttons)
        page.tie_to_list(self.detail, self.list)
        self.list.activated.connect(self._on_opened)
        body.addWidget(self.detail)
        self.setLayout(body)

    def _build_begin(self, first: FieldSpec) -> None:
        self.begin_line = BeginLine(first, self.spec.also)
        self.begin_line.entered.connect(self._on_add)
        self._body.addWidget(self.begin_line)
        self.add = Button(self.spec.add, "plus")
        self.add.clicked.connect(self._on_add)
        self.tool_flow.addWidget(self.add)

    def _build_printing(self) -> None:
        self.print = Button(self.spec.printing, "save", "quiet")
        self.print.clicked.connect(self._on_print)
        self.tool_flow.addWidget(self.print)

    def build_more(self) -> None:
        """Add to `detail`, `flow` (buttons of the chosen record) and `tool_flow` what this section has besides."""

    def show_more(self, record: Any) -> None:
        """Show in what `build_more` made what belongs to this record; None while none is chosen."""

    def refresh(self) -> None:
        """Show the records that there are now; the chosen one and what is being typed stay."""
        page = self._page
        records = self.spec.records(page.state, page.visit.me)
        self._records = {one.key: one for one in records}
        on = today().isoformat()
        seen = as_seen_by(page.state, page.visit.me)
        self.list.show_rows([self.spec.row(seen, one, on) for one in records])
        if records and not self.list.chosen_key():
            self.list.choose(records[0].key)
        self.list.setVisible(bool(records))
        self.empty.setVisible(not records and bool(self.spec.empty))
        if self.begin_line is not None:
            self.begin_line.set_writable(page.writable)
            usable(self.add, only_read(page.writable))
        self._show_chosen()

    def chosen(self) -> Any:
        """The chosen record, or None."""
        return self._records.get(self.list.chosen_key())

    def choose(self, key: str) -> None:
        """Make the record with this key the chosen one."""
        self.list.choose(key)

    def first_stop(self) -> QWidget:
        """Where the keyboard begins: the list, or what begins the first record."""
        return self.begin_line.first.editor if self.begin_line is not None and not self._records else self.list

    def commit(self) -> None:
        """Record what stands in a short field that was not left yet."""
        self.form.commit()

    def _show_chosen(self) -> None:
        record = self.chosen()
        self.detail.setVisible(record is not None)
        if record is not None:
            row = self.list.chosen()
            self.head.setText(row.title if row is not None else "")
            self.detail.setAccessibleName(self.head.text())
            self.form.show_record(record.key, record)
        usable(self.remove, only_read(self._page.writable) or ("" if record is not None else CHOOSE_ROW))
        self.show_more(record)

    @Slot()
    def _on_chosen(self) -> None:
        self._show_chosen()

    @Slot()
    def _on_opened(self) -> None:
        self.form.focus_first()

    @Slot()
    def _on_add(self) -> None:
        if self.spec.begin is not None:
            self.begin_with(self.spec.begin)

    def begin_with(self, make: Callable[[Page, Any], Statement]) -> None:
        """Begin a record with what was typed; what was refused stays in the line, with the reason below it."""
        begin = self.begin_line
        if begin is None:
            return
        try:
            line = make(self._page, begin.typed())
        except ReviewError as error:
            begin.show_error(error)
            return
        refused = record_or_say(self._page, line)
        begin.show_error(refused)
        if refused is None:
            begin.clear()
            self.list.choose(line.key(self._page.visit.me))
            begin.first.editor.setFocus()

    @Slot()
    def _on_print(self) -> None:
        self.print_wanted.emit(self.spec.prints)

    @Slot()
    def _on_remove(self) -> None:
        record = self.chosen()
        if record is not None:
            self._page.leave()
            if record_or_say(self._page, self.spec.line(record.key, "deleted", True)) is None:
                self._page.notify(self.spec.removed, "info")
                self.first_stop().setFocus()
