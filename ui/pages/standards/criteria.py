"""The criteria of a standard under the rating: what I found of each, from whom, and what that gives."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _
from reviewapp.figures.criteria import NOT_MET, CriterionFigures, criterion_figures
from reviewapp.figures.items import PointsMet, derived_range
from reviewapp.instruments.nouns import nouns_of
from reviewapp.instruments.scoring import ItemScoring, item_scorings
from reviewapp.visit.criterion_records import CriterionRecord
from ui.labels import SOURCES
from ui.pages.shared.criteria_list import CriteriaList
from ui.pages.shared.criteria_rows import CriterionRow, rows_of, ticked_by_source
from ui.pages.shared.criteria_words import VERDICTS, lift_words, open_words, points_words, range_words
from ui.pages.shared.typed_ratings import TypedRatings
from ui.pages.standards.quantity import QuantityBox
from ui.pages.standards.sets import SeenSet, StandardSet
from ui.widgets import DraftText, Field, RatingButtons, RatingKeys, Text, column
from ui.widgets.choice_list import ChoiceList
from ui.widgets.rating import keys_words
from ui.widgets.status_list import StatusRow
from ui.widgets.usable import usable

if TYPE_CHECKING:
    from reviewapp.instruments.model import Score, Standard
    from reviewapp.visit.state import VisitState
    from reviewapp.workspace.open_visit import Change
    from ui.session.session import Session

WHY_IT_DIFFERS = _("Why your score differs from what the criteria give")
MOST_HIGH, MOST_PARTS = 360, 200
"""Most pixels of the list of criteria, and of the parts of one."""


class CriteriaPart(QWidget):
    """The criteria of one standard; records what is said of them itself. Hidden for a standard without any."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._number, self._me = "", ""
        self._which = StandardSet()
        self._row: CriterionRow | None = None
        self._why_not = ""
        self._last: tuple[SeenSet, Standard] | None = None
        self.source = QComboBox()
        self.source_field = Field(_("Heard from, or seen in"), self.source)
        self.source_field.hide()
        self.source.currentIndexChanged.connect(self._on_source)
        self.title = Text(_("Criteria"), "strong")
        self.given, self.lift = Text("", fills=True), Text("", "muted", fills=True)
        self._reason(session)
        self.list = CriteriaList(_("Criteria"), most=MOST_HIGH)
        self.keys = RatingKeys(self.list, VERDICTS)
        self.typed = TypedRatings(session, self.keys, self.list)
        self.keys_line = Text(keys_words(VERDICTS) + _(", Space ticks, when the list is selected"), "small")
        self._editor(session)
        self.setLayout(
            column(
                self.title,
                self.given,
                self.lift,
                self.reason_part,
                self.source_field,
                self.typed,
                self.keys_line,
                self.list,
                self.editor,
            )
        )
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.typed.connect(self._on_figure)
        self.list.entered.connect(self._on_entered)
        self.list.space.connect(self._on_space)
        self.keys.chosen.connect(self._on_key)
        self.hide()

    def _reason(self, session: Session) -> None:
        self.reason = DraftText(session.bridge, WHY_IT_DIFFERS, placeholder=_("What decided it?"), rows=1)
        label = Text(WHY_IT_DIFFERS, "strong")
        label.setBuddy(self.reason)
        self.reason_part = QWidget()
        self.reason_part.setLayout(column(label, self.reason, gap=1))
        self.reason_part.hide()

    def _editor(self, session: Session) -> None:
        self.about = Text("", "strong", fills=True)
        self.buttons = RatingButtons(VERDICTS, _("My finding"))
        self.buttons.chosen.connect(self._on_chosen)
        self.quantity = QuantityBox()
        self.quantity.given.connect(self._on_quantity)
        self.parts = ChoiceList(_("Which of these are there"), most=MOST_PARTS)
        self.parts.toggled.connect(self._on_parts)
        self.note = DraftText(
            session.bridge, _("Note on this criterion"), placeholder=_("Who said so, or where?"), rows=1
        )
        label = Text(_("Note on this criterion"), "strong")
        label.setBuddy(self.note)
        self.editor = QWidget()
        self.editor.setLayout(column(self.about, self.buttons, self.quantity, self.parts, label, self.note, gap=1.5))

    # Showing -------------------------------------------------------------------------------------------------------

    @Slot()
    def commit(self) -> None:
        """Commit what is typed of a criterion."""
        if self.editor.isVisibleTo(self) and self.quantity.isVisibleTo(self.editor):
            self.quantity.commit()
        self.note.commit()
        self.reason.commit()

    def show_standard(self, which: StandardSet, shown: SeenSet, me: str, standard: Standard, *, why_not: str) -> None:
        """Show what may be seen of the criteria of a standard; text being typed is not disturbed."""
        seen = shown.found
        self.setVisible(bool(standard.criteria))
        fresh = (standard.number, which) != (self._number, self._which)
        self._number, self._which, self._me, self._why_not = standard.number, which, me, why_not
        if not standard.criteria:
            return
        self.typed.changed()
        figures = criterion_figures(seen, standard.number)
        self._show_result(seen, figures, fresh=fresh)
        named = nouns_of(seen.instrument).within(standard.number)
        self.list.setAccessibleName(_("Criteria of {standard}", standard=named))
        self._last = shown, standard
        if fresh:
            self._fill_sources(seen, standard)
        rows = rows_of(seen, me, standard, figures, grid=not shown.is_second, only=self.source.currentData())
        self.list.show_criteria(rows)
        one_key = self._session.settings.flag("one_key", True)
        self.keys.enabled = not why_not and one_key
        self.keys_line.setVisible(not why_not and one_key)
        self._show_row()

    def _fill_sources(self, seen: VisitState, standard: Standard) -> None:
        """Offer the sources of a list that names none; the one that I heard last, else the first, is chosen."""
        sources = ticked_by_source(seen, standard)
        mine = [one.source for one in seen.criteria.values() if (one.standard, one.person) == (self._number, self._me)]
        with QSignalBlocker(self.source):
            self.source.clear()
            for source in sources:
                self.source.addItem(SOURCES[source], source)
            self.source.setCurrentIndex(max(0, self.source.findData(mine[-1]) if mine else 0))
        self.source_field.setVisible(bool(sources))

    @Slot()
    def _on_source(self) -> None:
        """Show what was found from another source."""
        if self._last is not None:
            shown, standard = self._last
            self.show_standard(self._which, shown, self._me, standard, why_not=self._why_not)

    def _show_result(self, seen: VisitState, figures: dict[str, CriterionFigures], *, fresh: bool) -> None:
        scoring = item_scorings(seen.instrument).get(self._number)
        if scoring is not None:
            self._show_score(seen, scoring, figures, fresh=fresh)
            return
        points = _points(figures)
        words = ", ".join(part for part in (points_words(points), open_words(points.not_established)) if part)
        self.given.setText(_("{points}. The points do not decide your rating.", points=words))
        self.lift.setVisible(False)
        self.reason_part.setVisible(False)

    def _show_score(
        self, seen: VisitState, scoring: ItemScoring, figures: dict[str, CriterionFigures], *, fresh: bool
    ) -> None:
        """The derived score with its range, beside the given one; what would lift it; and why the two differ."""
        derived = derived_range(scoring, {letter: one.verdict for letter, one in figures.items()})
        rating = seen.ratings.get(f"{self._number}/{self._me}")
        mine, reason = (rating.value, rating.reason) if rating is not None else (None, "")
        differs = isinstance(mine, int) and not derived.lowest <= mine <= derived.highest
        words = _("The criteria give {score}", score=range_words(derived))
        many = sum(one.verdict not in ("met", NOT_MET) for one in figures.values())
        words = ", ".join(part for part in (words, open_words(many)) if part)
        if mine is not None:
            words += _("; you gave {score}", score=mine)
        self.given.setText(f"{words}.")
        lift = lift_words(scoring.lifts(scoring.combination(k for k, one in figures.items() if one.verdict == "met")))
        self.lift.setText(lift)
        self.lift.setVisible(bool(lift))
        self.reason_part.setVisible(differs or bool(reason))
        if fresh:
            self.reason.bind(partial(self._which.reason_line, self._number), reason)
        else:
            self.reason.refresh(reason)

    def _show_row(self) -> None:
        before, row = self._row, self.list.current()
        self._row = row
        self.editor.setVisible(row is not None and row.source is not None and not row.fixed)
        if row is None or row.source is None:
            return
        mine, one = row.mine, row.criterion
        self.about.setText(f"{one.id} · {SOURCES[row.source]}")
        usable(self.buttons, self._why_not)
        self.buttons.set_value(_verdict(mine))
        note = mine.note if mine is not None else ""
        about = f"{self._which.second}/{self._number}/{row.key}"
        if about != self.note.property("about"):
            self.note.setProperty("about", about)
            self.note.bind(partial(self._which.finding_line, self._number, one.id, row.source), note)
        elif before is not None:
            self.note.refresh(note)
        usable(self.note, self._why_not)
        self.quantity.setVisible(one.measure in ("share", "number"))
        usable(self.quantity, self._why_not)
        self.quantity.show_quantity(about, one, mine)
        self.parts.setVisible(one.measure == "list")
        usable(self.parts, self._why_not)
        if one.measure == "list":
            keys = [str(place) for place in range(1, len(one.parts) + 1)]
            ticked = map(str, mine.ticked or ()) if mine is not None else ()
            rows = [StatusRow(key=key, title=part) for key, part in zip(keys, one.parts, strict=True)]
            self.parts.show_choices(rows, keys, ticked)

    # Saying --------------------------------------------------------------------------------------------------------

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_row()

    @Slot(str)
    def _on_figure(self, figure: str) -> None:
        row = self._row
        if row is not None and self.quantity.isVisibleTo(self) and self.editor.isVisibleTo(self) and not self._why_not:
            self.quantity.begin(figure)

    @Slot()
    def _on_entered(self) -> None:
        """Go to what is written of the row: its number, its parts, or the note."""
        for box in (self.quantity.n, self.parts, self.note):
            if box.isVisibleTo(self) and box.isEnabled():
                box.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    @Slot()
    def _on_space(self) -> None:
        """A tick: met, or no finding any more."""
        row = self._row
        if row is not None and not self._why_not and not row.fixed:
            self._say(None if _verdict(row.mine) == "met" else "met")

    @Slot(object)
    def _on_key(self, value: Score | None) -> None:
        change = self._say(value)
        if change is not None and self._row is not None:
            self.typed.add_change(f"{self._number} {self._row.criterion.id}", change)

    @Slot(object)
    def _on_chosen(self, value: Score | None) -> None:
        self._say(value)

    def _say(self, value: Score | None) -> Change | None:
        """Record a verdict; None takes everything back that was said of the row but its note."""
        row = self._row
        if row is None or row.source is None:
            return None
        if row.fixed:
            self._session.notify(_("This is from the Case notes page."), "info")
            return None
        said: dict[str, Any] = {"value": value}
        if value is None and row.mine is not None:
            said |= {name: None for name in ("n", "of", "ticked") if getattr(row.mine, name) is not None}
        change = self._record(row, said)
        if change is None:
            self._show_row()
        return change

    @Slot(object, object)
    def _on_quantity(self, n: int | float | None, of: int | float | None) -> None:
        row = self._row
        if row is None or row.source is None:
            return
        said: dict[str, Any] = {"n": n} | ({"of": of} if row.criterion.measure == "share" else {})
        line = self._which.finding(self._number, row.criterion.id, row.source, **said)
        visit = self._session.visit
        try:
            if visit is not None:
                line.check(visit.state, self._me)
        except ReviewError as error:
            self.quantity.refused(str(error))
            return
        if self._record(row, said) is None:
            self.quantity.refused(_("Not recorded. The line at the bottom of the window says why."))

    @Slot()
    def _on_parts(self) -> None:
        row = self._row
        if row is not None:
            ticked = sorted(int(key) for key in self.parts.ticked())
            if self._record(row, {"ticked": ticked, "n": None}) is None:
                self._show_row()

    def _record(self, row: CriterionRow, said: dict[str, Any]) -> Change | None:
        assert row.source is not None, "only a row with a source can be said something of"
        line = self._which.finding(self._number, row.criterion.id, row.source, **said)
        return self._session.bridge.record(line)


def _verdict(mine: CriterionRecord | None) -> Score | None:
    return mine.value if mine is not None else None


def _points(figures: dict[str, CriterionFigures]) -> PointsMet:
    said = [one.verdict for one in figures.values()]
    return PointsMet(
        met=said.count("met"), not_met=said.count("not_met"), not_established=said.count("not_established"),
        of=len(said), criteria={letter: one.verdict for letter, one in figures.items()},
    )  # fmt: skip
