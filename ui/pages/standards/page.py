"""Standards: the list with one-key ratings, and the chosen standard with its evidence beside it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLineEdit, QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.figures.evidence import EvidenceIndex
from reviewapp.instruments.model import Instrument, Score
from reviewapp.instruments.nouns import nouns_of
from ui.pages.base import Page
from ui.pages.shared.jotting import added_to
from ui.pages.shared.typed_ratings import TypedRatings
from ui.pages.standards.detail import StandardDetail
from ui.pages.standards.help_text import HELP
from ui.pages.standards.list import (
    ORDERS,
    ROW,
    StandardRow,
    StandardsDelegate,
    StandardsFilter,
    StandardsModel,
    build_rows,
)
from ui.pages.standards.set_choice import SetChoice
from ui.pages.standards.sets import StandardSet
from ui.theme import space, theme
from ui.widgets import FlowLayout, RatingKeys, SectionHeading, Text, Toggle, column, row, value_label
from ui.widgets.basics import set_shown
from ui.widgets.copied_rows import RowsView
from ui.widgets.find import FindKeys
from ui.widgets.one_stop import OneStop
from ui.widgets.panes import Panes
from ui.widgets.rating import keys_words, rating_commands
from ui.widgets.row_menu import RowCommand, offer_row_commands
from ui.widgets.sorting import SortBox
from ui.widgets.usable import usable

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import Change

LOW = 520
"""Pixels at 100 % of a page in which the filters are folded away, so that more than three standards can be seen."""


class StandardsPage(Page):
    """Rating by keyboard in the list, and reading one standard closely beside it."""

    TITLE = _("Standards")
    SHOWS = frozenset(
        (
            "rating", "self_review", "local_context", "quote", "answer", "interview", "survey", "survey_submission",
            "context", "audit", "agreed_audit", "case_note", "visit", "meeting", "accept_late", "settled", "person",
            "criterion", "agreed_criterion", "also_rating", "also_accept_late", "also_criterion",
            "also_agreed_criterion", "also_agreed", "accept_late_criterion", "also_accept_late_criterion",
            "also_local_context", "also_self_review", "example", "document_seen",
        )
    )  # fmt: skip
    HELP = HELP

    def build(self) -> None:
        """Create the list with its filters on the left and the standard on the right."""
        instrument = self.state.instrument
        self._nouns = nouns_of(instrument)
        self.splitter = Panes(Qt.Orientation.Horizontal, self)
        self.left = QWidget(self.splitter)
        self._index = EvidenceIndex(self.state)
        self.which = StandardSet()
        self._seen = self.which.seen(self.state, self.visit.me)
        self.model = StandardsModel(instrument)
        self.filter = StandardsFilter(self.model)
        self.heading = SectionHeading(_("Standards"), " ", kind="heading")
        self._filters()
        self._list()
        sets = column(gap=0)
        if self.state.also is not None:
            sets.addWidget(self.sets)
        finding = row(self.find_box, self.filters)
        finding.setStretch(0, 1)
        left = column(
            sets,
            self.heading,
            finding,
            self.filter_box,
            self.typed,
            self.list,
            self.nothing,
            self.keys_line,
            gap=2,
        )
        left.setContentsMargins(space(4), space(4), space(2), space(4))
        left.setStretch(5, 1)
        self.left.setLayout(left)
        self.detail = StandardDetail(self.session, self.visit, self.splitter)
        self.tie_to_list(self.detail, self.list)
        self.detail_keys = RatingKeys(self.detail.buttons, self.model.scale)
        self.detail_keys.chosen.connect(self._on_detail_key)
        self.typed.listen(self.detail_keys)
        self.detail.rated.connect(self._on_rated)
        self.detail.copied_to_note.connect(self._on_copied)
        self.detail.next_wanted.connect(self._on_next)
        self.detail.back_wanted.connect(self._on_back)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setHandleWidth(space(1))
        self.setLayout(column(self.splitter, gap=0))
        self._narrow = False
        self._opens = ""
        self._sized_for = 0

    @cached_property
    def sets(self) -> SetChoice:
        """The choice of a set, made in a visit that has two."""
        assert self.state.also is not None, "there is a choice between two"
        made = SetChoice(self.state.instrument, self.state.also)
        made.currentIndexChanged.connect(self._on_set)
        return made

    def _filters(self) -> None:
        self.find_box = QLineEdit()
        self.find_box.setPlaceholderText(_("Find by number or word"))
        self.find_box.setAccessibleName(_("Find by number or word"))
        self.find_box.setClearButtonEnabled(True)
        self.find_box.textChanged.connect(self._on_filter)
        self.type_box, self.section_box = QComboBox(), QComboBox()
        self.type_box.setAccessibleName(_("Type"))
        self.section_box.setAccessibleName(_("Section"))
        for box in (self.type_box, self.section_box):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)
            box.currentIndexChanged.connect(self._on_filter)
        self._fill_filters(self.state.instrument)
        self.sort_box = SortBox(self.session.settings, "standards", ORDERS, _("In order"))
        self.sort_box.currentIndexChanged.connect(self._on_sort)
        choices = row(self.type_box, self.section_box)
        choices.setStretch(1, 1)
        self.unrated = Toggle(_("Not rated"), name=_("Only what I have not rated"))
        self.differs = Toggle(_("Differs from team"), name=_("Only where I disagree with the team"))
        self.one_source = Toggle(_("No second source"), name=_("Only where there are fewer than two sources"))
        toggles, self.filter_box = QWidget(), QWidget()
        flow = FlowLayout(toggles, gap=1.5)
        for toggle in (self.unrated, self.differs, self.one_source):
            toggle.toggled.connect(self._on_filter)
            flow.addWidget(toggle)
        OneStop(toggles, self.unrated, self.differs, self.one_source)
        flow.addWidget(self.sort_box)
        self.filter_box.setLayout(column(choices, toggles))
        self.filters = Toggle(_("Filters"), name=_("Show the filters"))
        self.filters.toggled.connect(self.filter_box.setVisible)
        self.filters.hide()

    def _fill_filters(self, instrument: Instrument) -> None:
        """Offer types and sections of an instrument; with one type there is nothing to choose."""
        for box, every in ((self.type_box, _("All types")), (self.section_box, _("All sections"))):
            with QSignalBlocker(box):
                box.clear()
                box.addItem(every, "")
        with QSignalBlocker(self.type_box), QSignalBlocker(self.section_box):
            for kind in instrument.types():
                self.type_box.addItem(_("Type {kind}", kind=kind), kind)
            for section in instrument.sections:
                self.section_box.addItem(section, section)
        set_shown(self.type_box, len(instrument.types()) > 1)

    def _list(self) -> None:
        self.list = RowsView()
        self.list.setAccessibleName(_("Standards"))
        self.list.setModel(self.filter)
        self.delegate = StandardsDelegate(self.state.instrument)
        self.list.setItemDelegate(self.delegate)
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.activated.connect(self._on_opened)
        offer_row_commands(self.list, self._row_commands)
        self.list.clicked.connect(self._on_clicked)
        self.find_keys = FindKeys(self.find_box, self.list)
        self.keys = RatingKeys(self.list, self.model.scale)
        self.typed = TypedRatings(self.session, self.keys, self.list)
        self.keys.chosen.connect(self._on_key)
        self.keys_line = Text(keys_words(self.model.scale), "small")
        self.nothing = Text(_("No matches. Remove a filter, or clear the find box."), "muted")
        self.nothing.hide()
        theme().changed.connect(self._on_themed)

    def refresh(self, change: Change | None) -> None:
        """Show the current ratings and evidence in the list and in the open standard."""
        self._index = EvidenceIndex(self.state)
        self._seen = self.which.seen(self.state, self.visit.me)
        self.typed.changed()
        claims = bool(self._seen.judged.self_review)
        self.delegate.show_instrument(self._seen.judged.instrument, claims=claims)
        set_shown(self.differs, claims)
        self.model.show(build_rows(self._seen, self.visit.me))
        if change is None:
            self.filter.again()
            self.filter.sort_by(self.sort_box.by)
        self.keys.enabled = self.session.settings.flag("one_key", True) and self.writable
        self.detail_keys.enabled = self.keys.enabled
        self.keys_line.setVisible(self.keys.enabled and bool(self.keys_line.text()))
        rated = sum(1 for r in self.model.rows if r.mine is not None)
        me = self.state.people.get(self.visit.me)
        rates = me is None or me.rates
        told = _("You have rated {rated} of {n}", rated=rated, n=len(self.model.rows))
        self.heading.set_note(told if rates else _("Observers watch and do not rate."))
        for part in (self.unrated, self.detail.next):
            part.setVisible(rates)
        self._refresh_rest()
        if not self.list.currentIndex().isValid() and self.filter.rowCount():
            self.list.setCurrentIndex(self.filter.index(0, 0))
        elif self.detail.number:
            self._show_detail(self.detail.number)

    def _refresh_rest(self) -> None:
        self.nothing.setVisible(self.filter.rowCount() == 0)
        left = any(r.mine is None for r in self.model.rows)
        usable(self.detail.next, "" if left else _("You have rated everything in this list."))

    def _select(self, number: str) -> bool:
        at = next((i for i, r in enumerate(self.model.rows) if r.standard.number == number), -1)
        index = self.filter.mapFromSource(self.model.index(at))
        if index.isValid():
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
        return index.isValid()

    def current(self) -> StandardRow | None:
        """The current row of the list; None if it is empty."""
        index = self.list.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def leave(self) -> None:
        """Commit every draft, and a number that is typed of a criterion."""
        self.detail.commit()
        super().leave()

    def find_text(self) -> bool:
        """Focus the find box; in a narrow window the list is shown for it."""
        self._on_back()
        self.find_box.setFocus()
        self.find_box.selectAll()
        return True

    def start_focus(self) -> QWidget:
        """The list, so that the rating keys work at once."""
        return self.list

    def show_list(self, chosen_in: QWidget) -> None:
        """Show the list in a narrow window."""
        if self._narrow:
            self._show(detail=False)

    def place(self) -> dict[str, str]:
        """The standard that is open, and its set where that is the second one."""
        place = {"standard": self.detail.number}
        return place | {"instrument": self.which.second} if self.which.second else place

    def reveal(self, place: dict[str, str]) -> None:
        """Open a standard, clearing filters that hide it, or set the filters of a link."""
        if place.keys() & {"standard", "type", "section", "filter"} and "sets" in vars(self):
            self.sets.choose(place.get("instrument", ""))
        if "type" in place or "section" in place:
            self._clear_filters()
            self.type_box.setCurrentIndex(max(0, self.type_box.findData(place.get("type", ""))))
            self.section_box.setCurrentIndex(max(0, self.section_box.findData(place.get("section", ""))))
        if place.get("filter") == "one_source":
            self.one_source.setChecked(True)
        number = place.get("standard", "")
        if number and not self._select(number):
            self._clear_filters()
            self._select(number)
        if number and self._narrow:
            self._show(detail=True)

    def _clear_filters(self) -> None:
        for toggle in (self.unrated, self.differs, self.one_source):
            toggle.setChecked(False)
        self.find_box.clear()
        self.type_box.setCurrentIndex(0)
        self.section_box.setCurrentIndex(0)

    @Slot()
    def _on_set(self) -> None:
        """Show the other set of standards, from its first one on."""
        self.detail.commit()
        self.which = StandardSet(self.sets.second())
        self._seen = self.which.seen(self.state, self.visit.me)
        instrument = self._seen.judged.instrument
        self.model.instrument = instrument
        for keys in (self.keys, self.detail_keys):
            keys.show_scale(instrument.scale)
        self.keys_line.setText(keys_words(instrument.scale) + self._opens)
        self._nouns = nouns_of(instrument)
        self._fill_filters(instrument)
        self._clear_filters()
        self.list.setCurrentIndex(QModelIndex())
        self.refresh(None)

    def _say_filters(self) -> None:
        """Say on the button that shows the filters how many of them are in use: folded away, they still hide rows."""
        boxes = (self.type_box, self.section_box)
        toggles = (self.unrated, self.differs, self.one_source)
        used = sum(bool(one.currentData()) for one in boxes) + sum(one.isChecked() for one in toggles)
        self.filters.setText(_("Filters ({n})", n=used) if used else _("Filters"))
        name = plural("Show the filters, {n} in use", "Show the filters, {n} in use", used)
        self.filters.setAccessibleName(name if used else _("Show the filters"))

    @Slot()
    def _on_filter(self) -> None:
        self._say_filters()
        number = self.detail.number
        self.filter.words = self.find_box.text()
        self.filter.type, self.filter.section = self.type_box.currentData(), self.section_box.currentData()
        self.filter.unrated = self.unrated.isChecked()
        self.filter.differs = self.differs.isChecked()
        self.filter.one_source = self.one_source.isChecked()
        self.filter.again()
        self._refresh_rest()
        if not self._select(number) and self.filter.rowCount():
            self.list.setCurrentIndex(self.filter.index(0, 0))

    @Slot()
    def _on_sort(self) -> None:
        """Put the list in the chosen order; the open standard stays open."""
        self.filter.sort_by(self.sort_box.by)
        self._select(self.detail.number)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self._show_detail(current.data(ROW).standard.number)

    def _show_detail(self, number: str) -> None:
        self.detail.show_standard(self.visit, number, self._index, self.which, self._seen)

    @Slot(object)
    def _on_key(self, value: Score | None) -> None:
        change = self._rate(value)
        if change is not None:
            self.typed.add_change(self._nouns.within(self.detail.number), change)

    def _row_commands(self) -> list[RowCommand]:
        row, may = self.current(), self.writable and bool(self.detail.number)
        mine = row.mine if row is not None else None
        return [
            *rating_commands(self.model.scale, self._rate, mine, none=_("Not rated"), may=may),
            RowCommand(self.detail.next.text(), self._on_next, self.detail.next.isEnabled()),
        ]

    @Slot(object)
    def _on_detail_key(self, value: Score | None) -> None:
        self._on_key(value)
        self.detail.buttons.focus_choice()

    @Slot(object)
    def _on_rated(self, value: Score | None) -> None:
        self._rate(value)

    def _rate(self, value: Score | None) -> Change | None:
        number = self.detail.number
        if not number or not self.writable:
            return None
        change = self.record(self.which.rating(number, value=value))
        if change is None:
            self.refresh(None)
            return None
        self.notify(
            _(
                "{standard}: {rating}",
                standard=self._nouns.numbered(number),
                rating=value_label(self.model.scale, value),
            ),
            "met" if value is not None else "info",
        )
        return change

    @Slot(str)
    def _on_copied(self, jotting: str) -> None:
        """Add a private jotting to my note, unless it is there already; the jotting stays what it is."""
        number, me = self.detail.number, self.visit.me
        self.detail.note.commit()
        mine = self._seen.judged.ratings.get(f"{number}/{me}")
        note = added_to(mine.note if mine else "", jotting)
        if self.record(self.which.note_line(number, note)) is not None:
            self.notify(
                _("Copied to your note on {standard}, which is printed.", standard=self._nouns.within(number)), "met"
            )

    @Slot()
    def _on_next(self) -> None:
        """Make the next standard that I have not rated current, starting again from the top."""
        rows = self.filter.rowCount()
        start = self.list.currentIndex().row() + 1
        for i in range(rows):
            index = self.filter.index((start + i) % rows, 0)
            if index.data(ROW).mine is None:
                self.list.setCurrentIndex(index)
                self._focus_keys()
                return
        self._clear_filters()
        for r in self.model.rows:
            if r.mine is None:
                self._select(r.standard.number)
                self._focus_keys()
                return

    def _focus_keys(self) -> None:
        """Go where the rating keys work: to the list, or in a narrow window to the rating itself."""
        if self._narrow:
            self.detail.focus_rating()
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(QModelIndex)
    def _on_clicked(self, _index: QModelIndex) -> None:
        if self._narrow:
            self._show(detail=True)
            self.detail.focus_rating()

    @Slot(QModelIndex)
    def _on_opened(self, _index: QModelIndex) -> None:
        if self._narrow:
            self._show(detail=True)
        self.detail.focus_rating()

    @Slot()
    def _on_back(self) -> None:
        if self._narrow:
            self._show(detail=False)
            self.list.setFocus()

    def _show(self, *, detail: bool) -> None:
        """Show one of the two panes, in a narrow window."""
        self.left.setVisible(not detail)
        self.detail.setVisible(detail)

    def _apply_width(self) -> None:
        """Show both panes if there is space for them, otherwise one at a time."""
        narrow = self.width() < theme().px(770)
        room = min(theme().px(430), round(self.width() * 0.45))
        if narrow != self._narrow:
            self._narrow = narrow
            here = self.window().focusWidget()
            reading = here is not None and self.detail.isAncestorOf(here)
            self.left.setVisible(not (narrow and reading))
            self.detail.setVisible(reading or not narrow)
            self.detail.back.setVisible(narrow)
            self._opens = _(" · Enter opens it") if narrow else ""
            self.keys_line.setText(keys_words(self.model.scale) + self._opens)
        if not narrow and self._sized_for != room:
            self._sized_for = room
            self.splitter.setSizes([room, self.width() - room])
        low = self.height() < theme().px(LOW)
        if low != self.filters.isVisibleTo(self.left):
            self.filters.setVisible(low)
            self.heading.setVisible(not low)
            self.filter_box.setVisible(not low or self.filters.isChecked())

    @Slot()
    def _on_themed(self) -> None:
        self._apply_width()
        self.list.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._apply_width()
