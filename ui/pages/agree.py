"""Agree: where sources differ, side by side; the lead records what the team agrees, and the forecast moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QProgressBar, QWidget

from reviewapp.instruments.model import Score
from reviewapp.visit.evidence import Evidences
from reviewapp.visit.forecast import forecast
from reviewapp.visit.lines import Agreed
from reviewapp.visit.matrix import MatrixRow, matrix
from ui.pages.agree_detail import AgreeDetail
from ui.pages.agree_forecast import ForecastStrip, outcome_in_words
from ui.pages.agree_table import columns_of
from ui.pages.agree_view import MatrixTable
from ui.pages.base import Page
from ui.pages.panes import Panes
from ui.theme import theme
from ui.widgets import (
    Banner,
    Button,
    EmptyState,
    FlowLayout,
    RatingKeys,
    Scroll,
    Text,
    Toggle,
    column,
    row,
    value_label,
)

if TYPE_CHECKING:
    from reviewapp.desk import Change

LARGE = 1.5


class AgreePage(Page):
    """The meeting."""

    TITLE = "Agree"
    HELP = """For the meeting of the review team. Each line is a standard, each column a source: the team's own rating,
    every reviewer, the people spoken to, surveys and case notes. At first only the standards are shown where sources
    differ, type 1 first.

    Choose a line to see what each reviewer wrote. While the table has the focus, one key agrees: M for Met, N for Not
    met, A for Not applicable; Delete takes it back. Enter goes to the reason. Only the lead reviewer records what is
    agreed; the others see it.

    The forecast on top moves as you decide. Agree all where everybody says the same does many at once, and one Undo
    takes it back.

    F11 is for a projector: large type, and nobody's notes."""

    def build(self) -> None:
        """What is agreed so far, the forecast, the table, and the standard under discussion."""
        self._rows: list[MatrixRow] = []
        self._kept: set[str] = set()
        self._same: list[MatrixRow] = []
        self.large = False
        self.forecast = ForecastStrip()
        self.alone = Banner()
        to_join = Button("Go to Bring together", "together", "quiet")
        to_join.clicked.connect(self._on_bring)
        self.alone.add(to_join)
        self._build_top()
        self._build_table()
        self.detail = AgreeDetail(self.session, self.desk)
        self.detail.rated.connect(self._on_rated)
        self.detail.open_wanted.connect(self._on_open)
        self.splitter = Panes(Qt.Orientation.Vertical)
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 9)
        self.splitter.setStretchFactor(1, 11)
        self.body = Scroll(margin=4, gap=2.5)
        self.body.add(self.top, self.alone, self.forecast, self.nothing, self.splitter)
        self.body.body.setStretch(4, 1)
        self.setLayout(row(self.body, gap=0))
        shortcut = QShortcut(QKeySequence(Qt.Key.Key_F11), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._on_large_key)
        theme().changed.connect(self._on_themed)
        self._on_themed()

    def _build_top(self) -> None:
        self.progress_words = Text("", "strong", wrap=False)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Agreed so far")
        heading = QWidget()
        so_far = column(self.progress_words, self.bar, gap=0.5)
        heading.setLayout(row(Text("Agree", "title", wrap=False), so_far, gap=4))
        self.differing = Toggle("Only where sources differ", on=True)
        self.open_only = Toggle("Only not agreed yet")
        self.all_same = Button("", "agree")
        self.all_same.clicked.connect(self._on_all_same)
        self.large_toggle = Toggle("Large type", name="Large type for a projector")
        self.large_toggle.setToolTip("For a projector (F11)")
        self.large_toggle.toggled.connect(self._on_large)
        self.top = QWidget()
        flow = FlowLayout(self.top, gap=3)
        for widget in (heading, self.differing, self.open_only, self.all_same, self.large_toggle):
            flow.addWidget(widget)
        for toggle in (self.differing, self.open_only):
            toggle.toggled.connect(self._on_filter)
        self.show_all = Button("Show all standards", "filter")
        self.show_all.clicked.connect(self._on_show_all)
        self.nothing = EmptyState("agree", "Nothing left to settle here", "", self.show_all)
        self.nothing.hide()

    def _build_table(self) -> None:
        scale = self.state.instrument.scale
        self.table = MatrixTable(scale)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.table.activated.connect(self._on_activated)
        self.keys = RatingKeys(self.table, scale)
        self.keys.chosen.connect(self._on_rated)

    # Showing -------------------------------------------------------------------------------------------------

    def refresh(self, change: Change | None) -> None:
        """Everything anew; the chosen standard, what is being typed and the scroll stay."""
        state = self.state
        self._rows = matrix(state)
        self._same = [r for r in self._rows if self._agree_at_once(r)]
        self._evidence = Evidences(state)
        self.forecast.show_forecast(forecast(state), state.instrument.subset_note)
        self.keys.enabled = self._may() and self.session.settings.flag("one_key", True)
        self._show_progress()
        self._show_rows()
        self._show_detail()

    def _may(self) -> bool:
        return self.writable and self.desk.is_lead

    def _agree_at_once(self, row_: MatrixRow) -> bool:
        """All who rated, at least two, and the team say the same."""
        return row_.agreed is None and not row_.in_conflict and not row_.differs and len(row_.ratings) > 1

    def _show_progress(self) -> None:
        agreed, of = sum(1 for r in self._rows if r.agreed is not None), len(self._rows)
        self.progress_words.setText(f"{agreed} of {of} agreed")
        self.bar.setRange(0, max(1, of))
        self.bar.setValue(agreed)
        self.differing.setText(f"Only where sources differ ({sum(1 for r in self._rows if r.differs)})")
        self.open_only.setText(f"Only not agreed yet ({of - agreed})")
        self.all_same.setText(f"Agree all where everybody says the same ({len(self._same)})")
        self.all_same.setAccessibleName(self.all_same.text())
        self.all_same.setVisible(self._may())
        self.all_same.setEnabled(bool(self._same))
        raters_here = {code for r in self._rows for code in r.ratings}
        alone = raters_here <= {self.desk.me}
        self.alone.say("The others' ratings are not on this laptop yet." if alone else "", "info", "info")

    def _wanted(self, one: MatrixRow) -> bool:
        """What the filters ask for; a conflict is always shown."""
        if one.in_conflict:
            return True
        if self.differing.isChecked() and not one.differs:
            return False
        return not (self.open_only.isChecked() and one.agreed is not None)

    def _show_rows(self) -> None:
        """A row that was let in stays until the filter changes, so that deciding never makes it jump."""
        rows = [r for r in self._rows if self._wanted(r) or r.standard in self._kept]
        self._kept = {r.standard for r in rows}
        columns = [c for c in columns_of(self.state, self._rows) if not (self.large and c.evidence)]
        self.table.show_rows(rows, columns)
        self.nothing.setVisible(not rows)
        self.splitter.setVisible(bool(rows))
        if not rows:
            self.nothing.say(*self._nothing_words())
        chosen, number = self.table.chosen(), self.detail.number
        if rows and (chosen is None or chosen.standard != number) and not self.table.choose(number):
            self.table.choose(rows[0].standard)

    def _nothing_words(self) -> tuple[str, str]:
        if not any(r.ratings for r in self._rows):
            return "Nobody has rated anything yet", "Rate on the Standards page, then bring the laptops together."
        return "Nothing left to settle here", "Where sources differ everything is agreed, or nobody differs."

    def _show_detail(self) -> None:
        chosen = self.table.chosen()
        if chosen is not None:
            number = chosen.standard
            self.detail.show_standard(self.desk, self.state.instrument.standard(number), self._evidence.of(number))

    # Deciding ------------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_rated(self, value: Score | None) -> None:
        number = self.detail.number
        if not number or not self._may():
            return
        before = forecast(self.state).outcome
        if self.record(Agreed(standard=number, value=value)) is None:
            self._show_detail()
            return
        words = f"Standard {number}: {value_label(self.state.instrument.scale, value, 'not agreed')}"
        after = forecast(self.state).outcome
        if after != before:
            words += f". Forecast now: {outcome_in_words(after)[0].lower()}"
        self.tell(words, "met" if value is not None else "info")

    @Slot()
    def _on_all_same(self) -> None:
        lines = [Agreed(standard=r.standard, value=next(iter(r.ratings.values()))) for r in self._same]
        if lines and self.record(*lines, name=f"agreement on {len(lines)} standards"):
            self.tell(f"Agreed on {len(lines)} standards. One Undo takes it back.", "met")

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self._show_detail()

    @Slot(QModelIndex)
    def _on_activated(self, _index: QModelIndex) -> None:
        if self._may() and not self.large:
            self.detail.decision.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _on_open(self) -> None:
        self.session.show_page("standards", {"standard": self.detail.number})

    @Slot()
    def _on_bring(self) -> None:
        self.session.show_page("bring_together")

    # Filters and size ----------------------------------------------------------------------------------------

    @Slot()
    def _on_filter(self) -> None:
        self._kept = set()
        self._show_rows()
        self._show_detail()

    @Slot()
    def _on_show_all(self) -> None:
        self.open_only.setChecked(False)
        self.differing.setChecked(False)
        self.table.setFocus()

    @Slot()
    def _on_large_key(self) -> None:
        self.large_toggle.toggle()

    @Slot(bool)
    def _on_large(self, on: bool) -> None:
        self.large = on
        self.table.set_factor(LARGE if on else 1.0)
        self.forecast.set_large(on)
        self.detail.set_large(on)
        for toggle in (self.differing, self.open_only):
            toggle.setVisible(not on)
        self._on_themed()
        self._show_rows()
        self._show_detail()

    @Slot()
    def _on_themed(self) -> None:
        self.detail.setMinimumHeight(theme().px(150 if self.large else 200))
        self.detail.refit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The table and what is discussed share the height."""
        super().resizeEvent(event)
        self.splitter.share(9, 11)

    # Places --------------------------------------------------------------------------------------------------

    def place(self) -> dict[str, str]:
        """The standard under discussion."""
        return {"standard": self.detail.number}

    def go_to(self, place: dict[str, str]) -> None:
        """To a standard, taking filters away if they hide it."""
        number = place.get("standard", "")
        if not self.table.choose(number) and any(r.standard == number for r in self._rows):
            self._kept.add(number)
            self._show_rows()
            self.table.choose(number)

    def start_focus(self) -> QWidget:
        """The table, so that the keys work at once."""
        return self.table
