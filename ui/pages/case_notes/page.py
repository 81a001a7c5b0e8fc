"""Case notes: a grid of audit items by records, answered with one key per cell."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from reviewapp.base.i18n import _
from reviewapp.figures.status import progress
from reviewapp.visit.statements import Audit, CaseNote
from ui.pages.base import Page
from ui.pages.case_notes.cell import CellPanel
from ui.pages.case_notes.grid import CaseNotesGrid
from ui.pages.case_notes.model import ORDERS, CaseNotesModel, good_record_number, next_record_number
from ui.pages.shared.audit_answers import ANSWERS, SAID
from ui.pages.shared.paper_form import PaperSheet
from ui.theme import space, theme
from ui.widgets import Button, EmptyState, ErrorLine, FlowLayout, Scroll, SectionHeading, column
from ui.widgets.file_dialogs import choose_save_file
from ui.widgets.panes import keep_in_sight_with
from ui.widgets.rating import rating_commands
from ui.widgets.row_menu import RowCommand, offer_row_commands
from ui.widgets.sorting import SortBox
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import Change

KIND = _(
    "Use a short number such as 7 or N12, from a list that the team keeps. Never write a name, initials or an NHS "
    "number here."
)

KEYS = _("Keys: Y yes, N no, A not applicable, R not recorded, + next case note. With Shift, add a note as well.")

LOW, VERY_LOW = 500, 420
"""Heights of the page below which it goes without its title, and without the keys that are said below it."""
BESIDE = 800
"""Least width for a note beside the answers."""


class CaseNotesPage(Page):
    """The grid of case notes; records are known by number only."""

    TITLE = _("Case notes")
    SHOWS = frozenset(("case_note", "audit", "agreed_audit", "person", "visit", "settled"))
    HELP = _(
        "Each column is one case note that you read, known only by a number from the team's own list. Each row is "
        "one thing to look for.\n\nPress Y for yes, N for no, A for not applicable, and R when the case note does "
        "not say. The next item is selected automatically. With Shift, the key goes to the note first, so that you "
        "can say why; Escape continues from there. Enter goes to the note of a cell, Delete empties it, and + "
        "starts the next case note.\n\nThe figures on the left show how many case notes say yes so far. Where two "
        "reviewers read the same case note and their answers differ, it is marked, and you agree one answer on the "
        "Agree page."
    )

    def build(self) -> None:
        """Create the bar for records, the grid, and the panel with the current cell."""
        self.model = CaseNotesModel()
        self.heading = SectionHeading(_("Case notes"), " ", kind="title")
        self.paper = Button(_("Save a paper form as PDF…"), "save", "quiet")
        self.number = QLineEdit()
        self.number.setAccessibleName(_("Number of the case note"))
        self.number.setPlaceholderText(_("Number"))
        self.number.setMaxLength(40)
        self.add_record = Button(_("Add case note"), "plus", tip=_("Add a case note (+ in the grid)"))
        self.remove = Button(_("Remove case note"), "bin", "quiet")
        self.sort_box = SortBox(self.session.settings, "case_notes", ORDERS, _("By number"))
        self.sort_box.setAccessibleName(_("Order of the case notes"))
        self.model.sort_by(self.sort_box.by)
        self.error = ErrorLine(of=self.number, alone=True)
        self._answering = False
        self._explained: tuple[str, str] | None = None
        self.begin = Button(_("Start with case note 1"), "plus", "primary")
        self._lay_out()
        self.add_record.clicked.connect(self._on_add)
        self.begin.clicked.connect(self._on_add)
        self.number.returnPressed.connect(self._on_add)
        theme().changed.connect(self._on_text_size)
        self._on_text_size()
        self.sort_box.currentIndexChanged.connect(self._on_sort)
        self.remove.clicked.connect(self._on_remove)
        self.paper.clicked.connect(self._on_paper)
        self.grid.answered.connect(self._on_answered)
        offer_row_commands(self.grid, self._cell_commands)
        self.grid.explained.connect(self._on_explained)
        self.grid.wants_record.connect(self._on_add)
        self.grid.wants_note.connect(self._on_wants_note)
        self.cell.left.connect(self._on_note_left)
        self.grid.moved.connect(self._on_moved)
        self.cell.answered.connect(self._on_answered)

    def _lay_out(self) -> None:
        bar = QWidget()
        flow = FlowLayout(bar, gap=2)
        for part in (self.number, self.add_record, self.remove, self.sort_box, self.paper):
            flow.addWidget(part)
        self.empty = EmptyState(
            "case_notes",
            _("No case notes read yet"),
            _(
                "Give each case note the number it has on the team's own list. Do not use names, initials or NHS "
                "numbers."
            ),
            self.begin,
        )
        # Each part is created within its parent; reparented later, all of it would be styled once more.
        scroll = Scroll(margin=6, parent=self)
        self.setLayout(column(scroll, gap=0))
        self.stack = QStackedWidget()
        inside = column(self.heading, bar, self.error, self.stack, gap=3)
        inside.setStretch(3, 1)
        scroll.add(inside)
        work = QWidget(self.stack)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(work)
        self.grid = CaseNotesGrid(self.model, work)
        self.cell = CellPanel(self, work)
        keep_in_sight_with(self.grid, self.cell.words)
        inner = column(self.grid, self.cell, gap=3)
        inner.setStretch(0, 1)
        work.setLayout(inner)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # What is not needed to answer makes room for the grid in a low window: the title first, then the keys.
        super().resizeEvent(event)
        low = self.height() < theme().px(LOW)
        self.heading.setVisible(self.height() >= theme().px(VERY_LOW))
        self.heading.title.setVisible(not low)
        self.cell.put_beside(low and self.width() >= theme().px(BESIDE))

    def refresh(self, change: Change | None) -> None:
        """Show the current answers; the current cell stays current."""
        here = self.model.name(self.grid.currentIndex()) if self.grid.currentIndex().isValid() else None
        reset = self.model.show(self.state, self.visit.me)
        self.stack.setCurrentIndex(1 if self.model.records else 0)
        self.sort_box.setVisible(len(self.model.records) > 1)
        if reset or change is None:
            self.grid.apply_sizes()
        if reset and self.model.records:
            index = self.model.find(*here) if here else self._first_free()
            self.grid.setCurrentIndex(index if index.isValid() else self._first_free())
        self._show_undone(change)
        self.grid.one_key = self.session.settings.flag("one_key", True)
        notes = progress(self.state).case_notes
        goal = (
            _("{done} of {target} case notes read", done=notes.done, target=notes.target)
            if notes.target
            else _("{done} case notes read", done=notes.done)
        )
        self.heading.set_note(f"{goal}. {KEYS}" if self.model.records else f"{goal}.")
        if not (self.number.hasFocus() and self.number.isModified()):
            self.number.setText(next_record_number(self._my_records()))
        for part in (self.number, self.add_record, self.begin):
            usable(part, only_read(self.writable))
        self._show_cell()

    def _show_undone(self, change: Change | None) -> None:
        """Make the cell of my undone or redone answer current, so that the next key answers there."""
        steps = change.steps if change is not None else ()
        answers = [step.address[1] for step in steps if (step.address[0], step.address[2]) == ("audit", "value")]
        if self._answering or len(answers) != 1:
            return
        record, item, person = answers[0].split("/")
        index = self.model.find(record, item)
        if person == self.visit.me and index.isValid():
            self.grid.setCurrentIndex(index)

    def place(self) -> dict[str, str]:
        """Record and item of the current cell."""
        index = self.grid.currentIndex()
        if not index.isValid():
            return {}
        record, item = self.model.name(index)
        return {"record": record, "item": item}

    def reveal(self, place: dict[str, str]) -> None:
        """Make a cell current; without a record, the item in the first of my records."""
        item = place.get("item", "")
        record = place.get("record") or next(iter(self._my_records()), "")
        index = self.model.find(record, item)
        if index.isValid():
            self.grid.setCurrentIndex(index)

    def start_focus(self) -> QWidget | None:
        """The grid, or the button that adds the first record."""
        return self.grid if self.model.records else self.begin

    def _my_records(self) -> list[str]:
        return [record for record in self.model.records if record in self.model.mine]

    def _first_free(self) -> QModelIndex:
        """The first unanswered cell of my last record, to continue there."""
        record = (self._my_records()[-1:] or self.model.records)[0]
        for item in self.model.items:
            index = self.model.find(record, item.item)
            if not self.model.cell(index).mine:
                return index
        return self.model.find(record, self.model.items[0].item)

    def _show_cell(self) -> None:
        index = self.grid.currentIndex()
        if not index.isValid():
            self.cell.nothing()
            usable(self.remove, _("First choose a cell of the case note."))
            return
        record = self.model.records[index.column()]
        self.cell.show_cell(record, self.model.items[index.row()], self.model.cell(index), writable=self.writable)
        self.cell.show()
        mine = record in self.model.mine
        others = "" if mine else _("Another reviewer read this case note.")
        usable(self.remove, only_read(self.writable) or others)
        self.remove.setText(_("Remove case note {record}", record=record) if mine else _("Remove case note"))
        self.remove.setAccessibleName(self.remove.text())

    @Slot()
    def _on_sort(self) -> None:
        self.model.sort_by(self.sort_box.by)
        self.refresh(None)

    @Slot()
    def _on_text_size(self) -> None:
        words = self.number.fontMetrics().horizontalAdvance(self.number.placeholderText())
        self.number.setFixedWidth(max(theme().px(96), words + space(6)))

    @Slot()
    def _on_moved(self) -> None:
        self._show_cell()

    def _cell_commands(self) -> list[RowCommand]:
        mine = self.model.cell(self.grid.currentIndex()).mine
        return rating_commands(ANSWERS, self._on_answered, mine, none=_("No answer"), may=self.writable)

    @Slot(object)
    def _on_answered(self, value: object) -> None:
        name = self._answer(value)
        if name is not None and value is not None:
            self._next(*name)

    @Slot(object)
    def _on_explained(self, value: object) -> None:
        # The note comes first; Escape then goes to the next item.
        self._explained = self._answer(value)
        if self._explained is not None:
            self._on_wants_note()

    def _answer(self, value: object) -> tuple[str, str] | None:
        """Record an answer in the current cell; returns its record and item, or None if it was not recorded."""
        index = self.grid.currentIndex()
        if not index.isValid() or not self.writable:
            return None
        record, item = self.model.name(index)
        answer = value if isinstance(value, str) else None
        lines = [] if record in self.model.mine else [CaseNote(id=record)]
        self._answering = True
        said = self.record(
            *lines,
            Audit(case_note=record, item=item, value=answer),  # type: ignore[arg-type]
            name=_("case note {record}, {item}", record=record, item=item),
        )
        self._answering = False
        return (record, item) if said is not None else None

    def _next(self, record: str, item: str) -> None:
        """Make the next item current, or notify that the record is complete."""
        index = self.model.find(record, item)
        if index.row() + 1 < self.model.rowCount():
            following, answer = index.siblingAtRow(index.row() + 1), self.model.cell(index).mine
            # Whoever listens hears what was recorded as the beginning of the next cell.
            if answer:
                self.model.tell_at(following, _("{item}: {answer}", item=item, answer=SAID[answer]))
            self.grid.setCurrentIndex(following)
        elif self.model.filled(record) == len(self.model.items):
            self.notify(_("Case note {record} is complete. Press + for the next one.", record=record), "met")

    @Slot()
    def _on_add(self) -> None:
        if not self.writable:
            return
        number = self.number.text().strip() or next_record_number(self._my_records())
        if not good_record_number(number):
            self.error.set_text(_("“{number}” cannot be a case note number. {kind}", number=number, kind=KIND))
            self.number.setFocus()
            self.number.selectAll()
            return
        self.error.set_text()
        if (
            number not in self.model.mine
            and self.record(CaseNote(id=number), name=_("case note {number}", number=number)) is None
        ):
            return
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grid.setCurrentIndex(self.model.find(number, self.model.items[0].item))
        self.number.setText(next_record_number(self._my_records()))

    @Slot()
    def _on_remove(self) -> None:
        index = self.grid.currentIndex()
        if not index.isValid():
            return
        record = self.model.records[index.column()]
        if (
            self.record(CaseNote(id=record, deleted=True), name=_("removal of case note {record}", record=record))
            is not None
        ):
            self.notify(_("Case note {record} was removed. You can undo this.", record=record), "info")

    @Slot()
    def _on_wants_note(self) -> None:
        self.cell.note.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_note_left(self) -> None:
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        explained, self._explained = self._explained, None
        if explained is not None and explained == self.cell.place:
            self._next(*explained)

    @Slot()
    def _on_paper(self) -> None:
        path = choose_save_file(self, _("Save a paper form"), "case-notes-sheet.pdf", _("PDF (*.pdf)"))
        if path is not None:
            self.run(
                _("Making the paper form"),
                PaperSheet(self.state.instrument, "case_notes", path),
                partial(self._on_paper_done, path),
            )

    def _on_paper_done(self, path: Path, name: object) -> None:
        words = _("The blank form is saved as {name}. It contains nothing from this visit.", name=name)
        self.session.tell_saved(path, words)
