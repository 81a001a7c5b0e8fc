"""Agree: the sources side by side for each standard; the lead records the agreed rating and the forecast follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from reviewapp.figures.agreement import reviewer_agreement
from reviewapp.figures.evidence import EvidenceIndex
from reviewapp.figures.forecast import forecast
from reviewapp.figures.ratings import audit_differences, current_figures, effective_ratings, is_reviewed
from reviewapp.instruments.model import Score
from reviewapp.instruments.nouns import nouns_of
from reviewapp.visit.statements import Agreed
from ui.pages.agree.audit import AuditCard
from ui.pages.agree.detail import AgreeDetail, read_only_reason
from ui.pages.agree.forecast import outcome_in_words
from ui.pages.agree.meeting import LateBanner, MeetingButton, MeetingCard
from ui.pages.agree.order import name_of, sort_key
from ui.pages.agree.table import Column, columns_of
from ui.pages.agree.top import AgreeTop, empty_words
from ui.pages.agree.view import MatrixTable, TableAndDetail
from ui.pages.agree.visible_rows import VisibleRow, VisibleRows
from ui.pages.base import Page
from ui.pages.shared.accept_late import accept
from ui.pages.shared.typed_ratings import TypedRatings
from ui.theme import theme
from ui.widgets import (
    Banner,
    Button,
    EmptyState,
    RatingKeys,
    Scroll,
    Toggle,
    column,
    row,
    value_label,
)
from ui.widgets.rating import rating_commands
from ui.widgets.row_menu import RowCommand, offer_row_commands
from ui.widgets.sorting import HeadingSort
from ui.widgets.taborder import first_stop, put_in_place

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import Change

LARGE = 1.5
DETAIL_LEAST = 104
"""Height in which the title of the standard and the buttons of its rating are whole."""


class AgreePage(Page):
    """The meeting: forecast, table of standards by source, and the standard under discussion."""

    TITLE = _("Agree")
    HELP = _(
        "For the meeting of the review team. Each row is a standard, and each column a source: the team's "
        "self-review, each reviewer, the people interviewed, surveys and case notes. At first you see only the "
        "standards where sources differ, type 1 first.\n\nSelect a row to read what each reviewer wrote. When the "
        "table is selected, one key agrees a rating: M for Met, N for Not met, A for Not applicable, or the digit "
        "of a score. Delete removes it. Whole words typed there do nothing. Enter goes to the reason. Only the lead "
        "reviewer records what is agreed; the others can see it.\n\nIf reviewers found different things for a "
        "criterion, it is listed beside the agreed rating, with what each found and where. In that list, M, N and E "
        "agree it as met, not met or not established, and Enter goes to the reason. Until it is agreed, it is not "
        "established and the score is a range. Below, the lead writes the positive practice and what to consider, "
        "for the report. A second set of standards is agreed on the Standards page.\n\nThe lead opens the meeting "
        "on this page. Until then nobody sees another reviewer's ratings, including the lead. A rating that arrives "
        "after the opening is marked as late, and counts once the lead counts it.\n\nThe forecast at the top "
        "changes as you agree. Agree where all say the same agrees many standards at once, and one Undo reverses "
        "it. Case notes differ lists the case notes that two reviewers read differently, so that you can agree one "
        "answer for each.\n\nF11 is for a projector: large type, and nobody's notes."
    )

    def build(self) -> None:
        """Create the bar of progress and filters, the meeting's cards, the forecast, the table and the detail."""
        self.body = Scroll(margin=4, gap=2.5, parent=self)
        self._nouns = nouns_of(self.state.instrument)
        self._rows: list[VisibleRow] = []
        self._seen = VisibleRows(self.visit.me)
        self._passed: set[str] = set()
        self._opened = False
        self._same: list[VisibleRow] = []
        self.large = False
        self._build_meeting()
        self._build_top()
        self.body.add(self.top, self.meeting, self.alone, self.late, self._audit_place, self.nothing)
        self._build_table()
        self.detail = AgreeDetail(self.session, self.visit)
        self.tie_to_list(self.detail, self.table)
        self.detail.rated.connect(self._on_rated)
        self.detail.open_wanted.connect(self._on_open)
        self.detail.accept_wanted.connect(self._on_accept)
        self.splitter = TableAndDetail(self.table, self.detail, self.body.inside)
        self.body.add(self.typed, self.splitter)
        self.top.large.toggled.connect(self.splitter.set_large)
        self.body.body.setStretchFactor(self._audit_place, 1)
        self.body.body.setStretchFactor(self.splitter, 1)
        self.setLayout(row(self.body, gap=0))
        shortcut = QShortcut(QKeySequence(Qt.Key.Key_F11), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._on_large_key)
        theme().changed.connect(self._on_themed)
        self._on_themed()

    def _build_meeting(self) -> None:
        """Create the meeting's card and banners, and the buttons for its lead."""
        self.meeting, self.late = MeetingCard(self.session), LateBanner(self.session)
        self.alone = Banner()
        to_join = Button(_("Go to Combine"), "together", "quiet")
        to_join.clicked.connect(self._on_bring)
        self.alone.add(to_join)
        self.meeting_button = MeetingButton(self.session)
        self._audit_place = column(gap=0)
        self.audit_toggle = Toggle(_("Case notes differ"))
        self.audit_toggle.toggled.connect(self._on_audit)

    @cached_property
    def audit(self) -> AuditCard:
        """The case notes that two reviewers answered differently, made when they are first looked at."""
        made = AuditCard(self.session)
        made.hide()
        put_in_place(made, self._audit_place, self.top.large, self.meeting, self.alone, self.late, before=self.nothing)
        self.tie_to_list(made, made.list, enter=True)
        made.show_differences(self.visit)
        return made

    def _build_top(self) -> None:
        self.top = AgreeTop(self.audit_toggle, self.meeting_button)
        self.forecast = self.top.forecast
        self.progress_words, self.all_same = self.top.progress_words, self.top.all_same
        self.differing, self.open_only, self.large_toggle = self.top.differing, self.top.open_only, self.top.large
        self.all_same.clicked.connect(self._on_all_same)
        self.large_toggle.toggled.connect(self._on_large)
        for toggle in (self.differing, self.open_only):
            toggle.toggled.connect(self._on_filter)
        self.show_all = Button(_("Show all {nouns}", nouns=self._nouns.many), "filter")
        self.show_all.clicked.connect(self._on_show_all)
        self.nothing = EmptyState("agree", _("Nothing left to agree"), "", self.show_all)
        self.nothing.hide()

    def _build_table(self) -> None:
        scale = self.state.instrument.scale
        self.table = MatrixTable(self.state.instrument)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.table.activated.connect(self._on_activated)
        self.sort = HeadingSort(self.table, self.session.settings, "agree", self._column_name)
        self.sort.changed.connect(self._on_sorted)
        offer_row_commands(self.table, self._row_commands)
        self.keys = RatingKeys(self.table, scale)
        self.typed = TypedRatings(self.session, self.keys, self.table)
        self.keys.chosen.connect(self._on_key)

    # Showing -------------------------------------------------------------------------------------------------

    def preparations(self) -> Iterator[Callable[[], object]]:
        """Count the evidence, and the rows that rest on it; fit the columns to them."""
        yield lambda: EvidenceIndex(self.state)
        yield lambda: self._seen.rows_for(self.state)
        yield self._prepare_table

    def refresh(self, change: Change | None) -> None:
        """Show the current state; the chosen standard, text being typed and the scroll position stay."""
        state = self.state
        self.typed.changed()
        self._rows = self._seen.rows_for(state)
        if change is None:
            self.sort.renew()
        turned, here = state.meeting_opened != self._opened, self.window().focusWidget()
        within = here is not None and self.isAncestorOf(here)
        if turned:
            self._opened, self._passed = state.meeting_opened, set()  # the filters apply from here on
        self._same = [r for r in self._rows if r.alike]
        self._evidence = EvidenceIndex(state)
        self._show_meeting()
        self.keys.enabled = self.writable and self.session.settings.flag("one_key", True)
        self._show_progress()
        if not self._show_rows():
            self._show_detail()
        if turned and within:
            (self.show_all if self.nothing.isVisible() else self.table).setFocus()  # its button is hidden now

    def _show_meeting(self) -> None:
        """Show meeting and forecast; nothing that rests on others' ratings is shown before the meeting is opened."""
        state, visit = self.state, self.visit
        self.meeting.show_meeting(visit)
        self.meeting_button.show_meeting(visit)
        self.late.show_late(visit)
        self.forecast.show_opened(state.meeting_opened)
        if state.meeting_opened:
            reviewed = is_reviewed(effective_ratings(state))
            score = current_figures(state).score
            self.forecast.show_forecast(forecast(state), state.instrument.subset_note, reviewed=reviewed, score=score)
            self.forecast.show_agreement(reviewer_agreement(state), self._nouns)
        differences = audit_differences(state)
        many, left = len(differences), sum(1 for one in differences if one.agreed is None)
        if "audit" in vars(self):
            self.audit.show_differences(visit)
        self.audit_toggle.setText(_("Case notes differ ({many})", many=left) if left else _("Case notes agreed"))
        self.audit_toggle.setAccessibleName(self.audit_toggle.text())
        self.audit_toggle.setVisible(many > 0 and not self.large)
        if not many:
            self.audit_toggle.setChecked(False)

    def _may_decide(self) -> bool:
        return self.writable and self.visit.is_lead and self.state.meeting_opened

    def _show_progress(self) -> None:
        opened = self.state.meeting_opened
        self.top.show_progress(self._rows, len(self._same), opened=opened, may=self._may_decide())
        alone = opened and {code for r in self._rows for code in r.ratings} <= {self.visit.me}
        self.alone.set_text(
            _("The other reviewers' ratings are not on this laptop yet.") if alone else "", "info", "info"
        )

    def _filtered_rows(self) -> list[VisibleRow]:
        """The rows that pass the filters; conflicts and late ratings always do, and every row before the meeting.

        A row that has passed stays until a filter changes, so that recording a rating never makes it disappear.
        """
        if not self.state.meeting_opened:
            return self._rows
        differing, open_only, kept = self.differing.isChecked(), self.open_only.isChecked(), self._passed
        return [
            one
            for one in self._rows
            if one.in_conflict
            or one.late
            or one.standard in kept
            or not ((differing and not one.differs) or (open_only and one.agreed is not None))
        ]

    def _prepare_table(self) -> None:
        """Give the table the rows that it will show, if nothing is chosen or filtered otherwise until then."""
        self._rows = self._seen.rows_for(self.state)
        self.table.show_rows(self._ordered_rows(), self._columns())

    def _ordered_rows(self) -> list[VisibleRow]:
        return self.sort.order(self._filtered_rows(), self._sort_key, attrgetter("standard"))

    def _columns(self) -> list[Column]:
        return [c for c in columns_of(self.state, self._rows, self.visit.me) if not (self.large and c.evidence)]

    def _show_rows(self) -> bool:
        """Show the rows that pass the filters; True if another standard is chosen now, whose detail is then shown."""
        rows = self._ordered_rows()
        self._passed = {r.standard for r in rows}
        self.table.show_rows(rows, self._columns())
        self.splitter.share_room()
        audit = self.audit_toggle.isChecked()
        if audit or "audit" in vars(self):
            self.audit.setVisible(audit)
        self.nothing.setVisible(not rows and not audit)
        self.splitter.setVisible(bool(rows) and not audit)
        if not rows:
            self.nothing.set_text(*empty_words(self._rows, self._nouns))
        chosen, number = self.table.chosen(), self.detail.number
        if not rows or (chosen is not None and chosen.standard == number):
            return False
        return self.table.choose(number) or self.table.choose(rows[0].standard)

    def _sort_key(self, row: VisibleRow, by: str) -> tuple[object, ...]:
        return sort_key(row, by, self.state.instrument.scale)

    def _show_detail(self) -> None:
        chosen = self.table.chosen()
        if chosen is not None:
            number = chosen.standard
            self.detail.show_standard(
                self.visit, self.state.instrument.standard(number), self._evidence.evidence_for(number)
            )

    # Deciding ------------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_key(self, value: Score | None) -> None:
        change = self._agree(value)
        if change is not None:
            self.typed.add_change(self._nouns.within(self.detail.number), change)

    def _row_commands(self) -> list[RowCommand]:
        """Agreeing, where one may decide; and the standard with its evidence."""
        row, scale = self.table.chosen(), self.state.instrument.scale
        agreed = row.agreed if row is not None else None
        decide = rating_commands(scale, self._agree, agreed, none=_("Not agreed"), may=row is not None)
        opening = RowCommand(_("Open in {page}", page=self._nouns.titles), self._on_open)
        return [*(decide if self._may_decide() else ()), opening, *self.sort.commands()]

    def _column_name(self, place: int) -> str:
        columns = self.table.matrix.columns
        return name_of(columns[place]) if 0 <= place < len(columns) else ""

    @Slot(str)
    def _on_sorted(self, words: str) -> None:
        self._show_rows()
        self.notify(words)

    @Slot(object)
    def _on_rated(self, value: Score | None) -> None:
        self._agree(value)

    def _agree(self, value: Score | None) -> Change | None:
        number = self.detail.number
        if number and not self._may_decide():
            self.notify(
                read_only_reason(self.visit), "info"
            )  # a key press gets an answer, even while nothing can be agreed
        if not number or not self._may_decide():
            return None
        before = forecast(self.state).outcome
        change = self.record(Agreed(standard=number, value=value))
        if change is None:
            self._show_detail()
            return None
        words = _(
            "{standard}: {rating}",
            standard=self._nouns.numbered(number),
            rating=value_label(self.state.instrument.scale, value, _("not agreed")),
        )
        after = forecast(self.state).outcome
        if after != before and is_reviewed(effective_ratings(self.state)):
            words += _(". Forecast now: {outcome}", outcome=outcome_in_words(after)[0].lower())
        self.notify(words, "met" if value is not None else "info")
        return change

    @Slot()
    def _on_all_same(self) -> None:
        lines = [Agreed(standard=r.standard, value=next(iter(r.ratings.values()))) for r in self._same]
        many = self._nouns.counted(len(lines))
        self.table.setFocus()  # nothing is left for the button then, and beside it stands that to close the meeting
        if lines and self.record(*lines, name=_("agreement on {standards}", standards=many)):
            self.notify(_("Agreed on {standards}. One Undo reverses it.", standards=many), "met")

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self._show_detail()

    @Slot(QModelIndex)
    def _on_activated(self, _index: QModelIndex) -> None:
        if self.large:
            return
        reason = self.detail.decision.reason if self._may_decide() else first_stop(self.detail)
        if reason is not None:
            reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _on_open(self) -> None:
        self.session.show_page("standards", {"standard": self.detail.number})

    @Slot(str)
    def _on_accept(self, key: str) -> None:
        accept(self.session, [key])

    @Slot()
    def _on_bring(self) -> None:
        self.session.show_page("bring_together")

    # Filters and size ----------------------------------------------------------------------------------------

    @Slot()
    def _on_filter(self) -> None:
        self._passed = set()
        self.sort.renew()
        self._show_rows()
        self._show_detail()

    @Slot()
    def _on_show_all(self) -> None:
        self.open_only.setChecked(False)
        self.differing.setChecked(False)
        self.table.setFocus()

    @Slot(bool)
    def _on_audit(self, _on: bool) -> None:
        self._show_rows()

    @Slot()
    def _on_large_key(self) -> None:
        self.large_toggle.toggle()

    @Slot(bool)
    def _on_large(self, on: bool) -> None:
        self.large = on
        self.table.set_factor(LARGE if on else 1.0)
        self.forecast.set_large(on)
        self.detail.set_large(on)
        if on:
            self.audit_toggle.setChecked(False)
        self._show_progress()
        self._show_meeting()
        self._on_themed()
        self._show_rows()
        self._show_detail()

    @Slot()
    def _on_themed(self) -> None:
        self.detail.setMinimumHeight(theme().px(DETAIL_LEAST))
        self.detail.refit()
        self.splitter.share_room()

    # Places --------------------------------------------------------------------------------------------------

    def leave(self) -> None:
        """Commit drafts, and the reason in the short field."""
        if "audit" in vars(self):
            self.audit.commit()
        super().leave()

    def place(self) -> dict[str, str]:
        """The standard under discussion."""
        return {"standard": self.detail.number}

    def reveal(self, place: dict[str, str]) -> None:
        """Show a standard, clearing filters that hide it, or a difference in the case notes."""
        if "case_notes" in place:
            self.audit_toggle.setChecked(self.audit_toggle.isVisibleTo(self) and not self.large)
            self.audit.list.choose(place["case_notes"])
            return
        self.audit_toggle.setChecked(False)
        number = place.get("standard", "")
        if not self.table.choose(number) and any(r.standard == number for r in self._rows):
            self._passed.add(number)
            self._show_rows()
            self.table.choose(number)

    def start_focus(self) -> QWidget:
        """The table, so that the rating keys work at once."""
        return self.table
