"""The criteria of the standard under discussion that are still open: what each reviewer found, and what is agreed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _, join_words
from reviewapp.figures.criteria import NOT_MET, CriterionFigures, criterion_figures
from reviewapp.figures.items import derived_range
from reviewapp.figures.ratings import peer_ratings
from reviewapp.instruments.model import Criterion, Standard
from reviewapp.instruments.scoring import item_scorings
from reviewapp.visit.labels import person
from reviewapp.visit.statements import AgreedCriterion, AlsoAgreedCriterion, Statement
from ui.labels import SOURCES
from ui.pages.shared.criteria_list import CriteriaList
from ui.pages.shared.criteria_rows import CriterionRow
from ui.pages.shared.criteria_words import (
    VERDICTS,
    lift_words,
    open_words,
    range_words,
    verdict_look,
    verdict_words,
    why_words,
)
from ui.pages.shared.typed_ratings import TypedRatings
from ui.widgets import DraftText, RatingButtons, RatingKeys, Text, column
from ui.widgets.rating import keys_words
from ui.widgets.status_list import StatusRow

if TYPE_CHECKING:
    from reviewapp.instruments.model import Score
    from reviewapp.visit.state import VisitState
    from reviewapp.workspace.open_visit import Change, OpenVisit
    from ui.session.session import Session

MOST_HIGH = 260
"""Most pixels of the list."""


def agreed_line(second: str, number: str, letter: str, **said: Any) -> Statement:
    """What is agreed on a criterion; `second` is the id of the second set, empty for the first."""
    if second:
        return AlsoAgreedCriterion(instrument=second, standard=number, criterion=letter, **said)
    return AgreedCriterion(standard=number, criterion=letter, **said)


def reason_line(second: str, number: str, letter: str, text: str) -> Statement:
    """The statement of why a criterion was agreed as it is."""
    return agreed_line(second, number, letter, reason=text)


def derived_words(state: VisitState, number: str) -> str:
    """What the criteria of a standard give, beside what reviewers gave and what was agreed; nothing without a map."""
    scoring, figures = item_scorings(state.instrument).get(number), criterion_figures(state, number)
    if scoring is None:
        return ""
    derived = derived_range(scoring, {letter: one.verdict for letter, one in figures.items()})
    open_ = open_words(sum(one.verdict not in ("met", NOT_MET) for one in figures.values()))
    words = _("The criteria give {score}", score=range_words(derived)) + (f", {open_}" if open_ else "")
    people = state.people
    said_by = sorted(peer_ratings(state)[number].items())
    given = join_words((f"{person(people, code)} {value}" for code, value in said_by), ", ")
    agreed = state.agreed.get(number)
    parts = [words, _("given: {list}", list=given) if given else "", _agreed_words(agreed.value if agreed else None)]
    lift = lift_words(scoring.lifts(scoring.combination(k for k, one in figures.items() if one.verdict == "met")))
    said = "; ".join(part for part in parts if part) + f". {lift}"
    value = agreed.value if agreed else None
    if isinstance(value, int) and not derived.lowest <= value <= derived.highest:
        said += " " + _("The criteria cannot give this agreed score. Enter the reason below.")
    return said.strip()


def _agreed_words(value: Score | None) -> str:
    return _("agreed: {score}", score=value) if value is not None else ""


class AgreedCriteria(QWidget):
    """The criteria on which those who looked differ, and those that were agreed; the lead agrees with one key.

    Hidden before the meeting is opened, and where there is nothing to settle.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._number, self._second = "", ""
        self._state: VisitState | None = None
        self._may = False
        self.large = False
        """Whether only the decision is shown, for a projector."""
        self.list = CriteriaList(_("Criteria to agree"), most=MOST_HIGH)
        self.keys = RatingKeys(self.list, VERDICTS)
        self.typed = TypedRatings(session, self.keys, self.list)
        self.buttons = RatingButtons(VERDICTS, _("Agreed criterion"))
        self.about = Text("", "strong", fills=True)
        self.reason = DraftText(
            session.bridge, _("Reason on this criterion"), placeholder=_("What decided it?"), rows=1
        )
        label = Text(_("Reason on this criterion"), "strong")
        label.setBuddy(self.reason)
        self.keys_line = Text(keys_words(VERDICTS), "small")
        self.editor = QWidget()
        self.editor.setLayout(column(self.about, self.buttons, label, self.reason, gap=1))
        title = Text(_("Criteria that differ"), "strong")
        self.setLayout(column(title, self.typed, self.keys_line, self.list, self.editor))
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.entered.connect(self._on_entered)
        self.keys.chosen.connect(self._on_key)
        self.buttons.chosen.connect(self._on_chosen)
        self.hide()

    def show_standard(self, visit: OpenVisit, state: VisitState, standard: Standard, second: str = "") -> None:
        """Show what differs on the criteria of a standard; text being typed is not disturbed.

        `state`: the visit as the set judges it, whose id is `second` for the second one.
        """
        figures = criterion_figures(state, standard.number) if standard.criteria and state.meeting_opened else {}
        rows = [
            _row(state, standard, one, figures[one.id])
            for one in standard.criteria
            if figures and _to_settle(state, standard.number, figures[one.id], one)
        ]
        self.setVisible(bool(rows) and not self.large)
        self._number, self._second, self._state = standard.number, second, state
        if not rows:
            return
        self._may = visit.is_lead and not visit.read_only
        self.typed.changed()
        self.list.show_criteria(rows)
        self.keys.enabled = self._may and self._session.settings.flag("one_key", True)
        self.keys_line.setVisible(self.keys.enabled)
        self.editor.setVisible(self._may)
        self._show_row()

    def _show_row(self) -> None:
        row = self.list.current()
        if row is None or self._state is None or not self._may:
            return
        letter = row.criterion.id
        found = self._state.agreed_criteria.get(f"{self._number}/{letter}")
        self.about.setText(_("Agreed on {letter}", letter=letter))
        self.buttons.set_value(found.value if found else None)
        about, reason = f"{self._second}/{self._number}/{letter}", found.reason if found else ""
        if about != self.reason.property("about"):
            self.reason.setProperty("about", about)
            self.reason.bind(partial(reason_line, self._second, self._number, letter), reason)
        else:
            self.reason.refresh(reason)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        if self._session.visit is not None:
            self._show_row()

    @Slot()
    def _on_entered(self) -> None:
        if self._may:
            self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(object)
    def _on_key(self, value: Score | None) -> None:
        change, row = self._agree(value), self.list.current()
        if change is not None and row is not None:
            self.typed.add_change(f"{self._number} {row.criterion.id}", change)

    @Slot(object)
    def _on_chosen(self, value: Score | None) -> None:
        self._agree(value)

    def _agree(self, value: Score | None) -> Change | None:
        row = self.list.current()
        if row is None or not self._may:
            return None
        return self._session.bridge.record(agreed_line(self._second, self._number, row.criterion.id, value=value))


def _to_settle(state: VisitState, number: str, found: CriterionFigures, one: Criterion) -> bool:
    """Whether those who looked differ, or did before it was agreed."""
    if found.why in ("differ", "contradict"):
        return True
    return f"{number}/{one.id}" in state.agreed_criteria


def _row(state: VisitState, standard: Standard, one: Criterion, found: CriterionFigures) -> CriterionRow:
    agreed = state.agreed_criteria.get(f"{standard.number}/{one.id}")
    value = agreed.value if agreed else None
    tone, icon = verdict_look(value)
    voices = [
        f"{SOURCES[source]}: "
        + ", ".join(f"{person(state.people, code)} {verdict_words(said).lower()}" for code, said in by.items())
        for source, by in found.voices.items()
        if source in SOURCES
    ]
    look = StatusRow(
        key=f"{one.id}/agreed",
        title=f"{one.id}  {one.text}",
        note=why_words("contradict") if found.why == "contradict" else "",
        detail="\n".join(voices),
        pill=verdict_words(value) if value is not None else _("Not agreed yet"),
        tone=tone if value is not None else "warn",
        icon=icon if value is not None else "differ",
    )
    return CriterionRow(one, None, None, look)
