"""What the columns of a survey's export are: each with a proposal, said once and remembered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, plural
from reviewapp.intake.column_choices import decision
from reviewapp.intake.column_words import COMMENT, IGNORE, WHO
from reviewapp.intake.survey_form import survey_form
from ui.pages.shared.odd_cell import OddCellForm
from ui.widgets import Button, ErrorLine, Text, column, row, tab_through
from ui.widgets.status_list import StatusList, StatusRow
from ui.widgets.usable import usable

if TYPE_CHECKING:
    from reviewapp.instruments.model import Instrument
    from reviewapp.intake.sheet import OpenColumn


class ColumnQuestions(QWidget):
    """A list of columns, and a question about the chosen one; emits `decided` with what each is, by heading."""

    decided = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._instrument: Instrument | None = None
        self._columns: dict[str, OpenColumn] = {}
        self._said: dict[str, str] = {}
        self.list = StatusList(_("Columns of the file"), most=180)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.odd = OddCellForm(_("Use this for the column"), _("The column is: {choice}"))
        self.odd.settled.connect(self._on_settled)
        self.error = ErrorLine()
        self.done = Button(_("Read with these columns"), "check", "primary")
        self.done.clicked.connect(self._on_done)
        why = _("What is each column? One answer is proposed. Your answer is remembered for these standards.")
        self.setLayout(column(Text(why, "muted"), self.list, self.odd, self.error, row(self.done, None), gap=2))
        self.hide()

    def ask(self, columns: tuple[OpenColumn, ...], instrument: Instrument) -> None:
        """Ask about these columns, those first that have to be said."""
        self._instrument = instrument
        ordered = sorted(columns, key=_must_be_said)
        self._columns = {one.heading: one for one in ordered}
        self._said = {one.heading: one.proposed for one in ordered if one.proposed}
        self.error.set_text("")
        self._show_rows()
        self.list.choose(ordered[0].heading)
        self._ask_about(ordered[0].heading)
        self.show()

    def said(self) -> Mapping[str, str]:
        """What each column is so far, by heading."""
        return self._said

    def _show_rows(self) -> None:
        self.list.show_rows([self._row(one) for one in self._columns.values()])
        usable(self.done, "" if len(self._said) == len(self._columns) else _("First say of every column what it is."))

    def _row(self, one: OpenColumn) -> StatusRow:
        what = self._said.get(one.heading, "")
        tone = "warn" if not what else "na" if what == IGNORE else "info"
        pill = self._in_words(what) if what else _("Not answered yet")
        filled = plural("{n} row has something in it", "{n} rows have something in them", one.filled)
        return StatusRow(one.heading, " ".join(one.heading.split()), filled, pill, tone)

    def _in_words(self, what: str) -> str:
        kind, _slash, number = what.partition("/")
        if kind in (IGNORE, WHO):
            return _("Ignored") if kind == IGNORE else _("Who answered")
        if kind == COMMENT:
            return _("A comment on {number}", number=number) if number else _("A comment")
        return _("Standard {number}", number=what)

    def _choices(self, heading: str) -> dict[str, str]:
        """What may be chosen for a column, with the words for it."""
        one = self._columns[heading]
        meant = dict.fromkeys((*filter(None, [one.proposed]), *one.candidates, COMMENT, IGNORE))
        return {what: self._in_words(what) for what in meant}

    def _ask_about(self, heading: str) -> None:
        question = _("What is the column “{heading}”?", heading=" ".join(heading.split())[:200])
        hint = _("Or type the number of a standard; comment/47 is a comment on standard 47.")
        self.odd.ask(heading, question, hint, self._choices(heading))
        tab_through(self)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        heading = self.list.chosen_key()
        if heading in self._columns:
            self._ask_about(heading)

    @Slot(object, str)
    def _on_settled(self, heading: str, text: str) -> None:
        assert self._instrument is not None
        try:
            decision(heading, text, self._instrument, survey_form(self._instrument))
        except Invalid as error:
            self.error.set_text(error)
            return
        self.error.set_text("")
        self._said[heading] = text
        self._show_rows()
        self._go_on(heading)

    def _go_on(self, heading: str) -> None:
        """The next column that is still to be said, else the button."""
        unsaid = [one for one in self._columns if one not in self._said]
        if unsaid:
            self.list.choose(unsaid[0])
            self.odd.meant.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        headings = list(self._columns)
        after = headings[headings.index(heading) + 1 :]
        if after:
            self.list.choose(after[0])
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.done.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_done(self) -> None:
        self.decided.emit(dict(self._said))


def _must_be_said(one: OpenColumn) -> bool:
    return not one.must
