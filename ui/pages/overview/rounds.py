"""The rounds of the team's reviews: side by side, what is asked first, and for the lead which round this is."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _, plural
from reviewapp.figures.ask_first import ask_first
from reviewapp.figures.series import series_of
from reviewapp.visit.blind import as_seen_by
from reviewapp.visit.programme_records import RoundRecord
from reviewapp.visit.statements import Round, Statement
from reviewapp.visit.statements.rounds import THIS
from ui.pages.overview.carry_over import CarryOverPart
from ui.pages.overview.moved import MovedItems, compared
from ui.pages.overview.round_words import RoundWords, carried_words, change_words, round_words, why_first
from ui.pages.shared.record_fields import FieldSpec, parse
from ui.pages.shared.record_form import RecordForm, record_or_say
from ui.pages.shared.round_labels import ROUND_LABELS
from ui.theme import theme
from ui.widgets import Button, Card, Field, FlowLayout, SectionHeading, Text, clear, column, row
from ui.widgets.fold import Fold
from ui.widgets.range_strip import RangeStrip
from ui.widgets.status_list import StatusList, StatusRow
from ui.widgets.typed_edit import DayEdit
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from ui.pages.base import Page

OWN = (
    FieldSpec("label", _("This visit is"), "suggested", choices=ROUND_LABELS),
    FieldSpec("planned", _("Planned for"), "day"),
    FieldSpec("held", _("Held on"), "day"),
)
EARLIER = (
    FieldSpec("label", _("Which round"), "suggested", choices=ROUND_LABELS),
    FieldSpec("held", _("Held on"), "day"),
    FieldSpec("total", _("Total"), "count"),
)
ABOUT_EARLIER = _("An earlier round for which you know only the total:")


def _own_line(_key: str, field: str, value: Any) -> Statement:
    return Round(id=THIS, **{field: value})


class RoundEditor(QWidget):
    """For the lead: which round this visit is, and earlier rounds of which only the total is known."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.own = RecordForm(page, OWN, _own_line)
        self.fields = {
            spec.name: Field(spec.label, DayEdit() if spec.kind == "day" else QLineEdit()) for spec in EARLIER
        }
        self.add = Button(_("Add the round"), "plus")
        self.add.clicked.connect(self._on_add)
        self.earlier = QWidget()
        line, self._gone = QWidget(), QWidget()
        flow, self._gone_flow = FlowLayout(line, gap=3), FlowLayout(self._gone, gap=2)
        for field in self.fields.values():
            flow.addWidget(field)
        self.earlier.setLayout(column(Text(ABOUT_EARLIER, "strong"), line, row(self.add, None), self._gone, gap=2))
        self.setLayout(column(self.own, self.earlier, gap=4, margin=2))
        self._shown: list[RoundRecord] | None = None
        theme().changed.connect(self._on_themed)
        self._on_themed()

    def refresh(self) -> None:
        """Show what is recorded now; what is being typed stays."""
        state = self._page.state
        self.own.show_record(THIS, state.rounds.get(THIS) or RoundRecord(key=THIS, id=THIS))
        self.earlier.setVisible(state.instrument.scale.kind == "scored")
        usable(self.add, only_read(self._page.writable))
        totals = [one for one in state.rounds.values() if one.key != THIS and not one.wording]
        if totals != self._shown:
            self._shown = totals
            clear(self._gone_flow)
            for one in totals:
                button = Button(_("Remove the round “{label}”", label=one.label), "bin", "quiet")
                button.setProperty("round", one.key)
                button.clicked.connect(self._on_gone)
                self._gone_flow.addWidget(button)

    def commit(self) -> None:
        """Record what stands in a field that was not left yet."""
        self.own.commit()

    @Slot()
    def _on_add(self) -> None:
        values: dict[str, Any] = {}
        for spec in EARLIER:
            field = self.fields[spec.name]
            field.set_error()
            assert isinstance(field.editor, QLineEdit)
            try:
                values[spec.name] = parse(spec, field.editor.text())
            except ReviewError as error:
                self._refuse(spec.name, error)
                return
        if values["total"] is None:
            self._refuse("total", _("Enter the total."))
            return
        refused = record_or_say(self._page, Round(id=self._page.visit.next_id("round", "E"), **values))
        if refused is not None:
            self._refuse(getattr(refused, "field", ""), refused)
            return
        for field in self.fields.values():
            if isinstance(field.editor, QLineEdit):
                field.editor.setText("")  # not `clear`, which Undo would take back in place of the round
        self.fields["label"].editor.setFocus()

    def _refuse(self, name: str, error: object) -> None:
        field = self.fields.get(name) or self.fields["label"]
        field.set_error(error)
        field.editor.setFocus()

    @Slot()
    def _on_gone(self) -> None:
        if record_or_say(self._page, Round(id=str(self.sender().property("round")), deleted=True)) is None:
            self._page.notify(_("Removed. You can undo this."), "info")

    @Slot()
    def _on_themed(self) -> None:
        for field in self.fields.values():
            field.fix_width(theme().px(190))


class RoundsCard(Card):
    """Shown to everybody once there are rounds, and to the lead always."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.head = SectionHeading(_("Rounds of this team"), " ")
        self._rows = QVBoxLayout()
        self.changes = Text("", "muted")
        self._moved = column(gap=0)
        self.first = StatusList(_("What is asked first"), most=260)
        self.first.activated.connect(self._on_first)
        self.first.clicked.connect(self._on_first)
        self.first_head = Text(_("Ask first"), "strong")
        self.carried = Text("", "muted", select=True)
        self.edit: Fold[RoundEditor] = Fold(_("Which round this is, and earlier totals"), self._make_editor)
        self.edit.unfolded.connect(self._on_unfolded)
        self.carry: Fold[CarryOverPart] = Fold(_("For the next visit of this team"), self._make_carry)
        self.body.setSpacing(12)
        first = self.first_head, self.first, self.carried
        self.add(self.head, self._rows, self.changes, self._moved, *first, self.edit, self.carry)
        self._shown: list[RoundWords] | None = None

    @cached_property
    def moved(self) -> MovedItems:
        """What moved, made once there are rounds to compare."""
        made = MovedItems(self._page)
        self._moved.addWidget(made)
        made.stackUnder(self.first_head)  # for the order of Tab, which the page sets after it was filled
        return made

    def _make_editor(self) -> RoundEditor:
        return RoundEditor(self._page)

    def _make_carry(self) -> CarryOverPart:
        return CarryOverPart(self._page.session)

    def refresh(self) -> None:
        """Show the rounds; before the meeting was opened this one rests on one's own ratings only."""
        page = self._page
        lead = page.visit.is_lead
        self.setVisible(lead or bool(page.state.rounds))
        self._show_rounds()
        self._show_first()
        self.edit.setVisible(lead)
        self.carry.setVisible(lead)
        if self.edit.is_open and self.edit.part is not None:
            self.edit.part.refresh()

    def _show_rounds(self) -> None:
        page = self._page
        several = any(key != THIS for key in page.state.rounds)
        self.head.set_note(
            _("Oldest first: the day, and the total as a dot, or as a range.")
            if several
            else _("This visit has no earlier round of this team.")
        )
        words: list[RoundWords] = []
        told, found = "", None
        if page.state.rounds:
            state = as_seen_by(page.state, page.visit.me)
            found = series_of(state)
            words = [round_words(one, state.instrument, own=one.visit == state.info.id) for one in found.rounds]
            told = "\n".join(change_words(found))
        self._show_rows(words)
        if compared(found) or "moved" in vars(self):
            self.moved.show_series(found, page.state.instrument)
        self.changes.setText(told)
        self.changes.setVisible(bool(told))

    def _show_first(self) -> None:
        state = self._page.state
        asked = ask_first(as_seen_by(state, self._page.visit.me))
        titles = {one.number: one.title for one in state.instrument.standards}
        rows = [
            StatusRow(one.standard, f"{one.standard}  {titles.get(one.standard, '')}", why_first(one, state),
                      tone="info", icon="arrow_right")
            for one in (asked.first if asked is not None else ())
        ]  # fmt: skip
        self.first.show_rows(rows)
        self.first.setVisible(bool(rows))
        self.first_head.setText(plural("Ask first about {n} item", "Ask first about {n} items", len(rows)))
        self.first_head.setVisible(bool(rows))
        carried = carried_words(asked) if asked is not None else ""
        self.carried.setText(carried)
        self.carried.setAccessibleName(carried)
        self.carried.setVisible(bool(carried))

    def _show_rows(self, rounds: list[RoundWords]) -> None:
        if rounds == self._shown:
            return
        self._shown = rounds
        clear(self._rows)
        for one in rounds:
            words = row(Text(one.name, "strong"), Text(one.days, "muted"), Text(one.total), gap=3)
            for place, stretch in enumerate((3, 5, 3)):
                words.setStretch(place, stretch)
            parts = column(words, gap=0.5)
            if one.span is not None:
                strip = RangeStrip()
                strip.show_range(*one.span, one.scale)
                parts.addWidget(strip)
            self._rows.addLayout(parts)

    def commit(self) -> None:
        """Record what stands in a field that was not left yet."""
        if self.edit.part is not None:
            self.edit.part.commit()

    @Slot()
    def _on_unfolded(self) -> None:
        if self.edit.part is not None:
            self.edit.part.refresh()

    @Slot(QModelIndex)
    def _on_first(self, _index: QModelIndex) -> None:
        key = self.first.chosen_key()
        if key:
            self._page.session.show_page("standards", {"standard": key})
