"""The standard under discussion: reviewers' notes side by side, the evidence, and the agreed rating."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from reviewapp.base.i18n import _, join_words
from reviewapp.figures.evidence import Evidence
from reviewapp.figures.whose_words import raters
from reviewapp.instruments.model import Standard
from reviewapp.instruments.nouns import nouns_of
from reviewapp.visit.labels import person
from reviewapp.visit.statements import Agreed, Statement
from ui.pages.agree.notes import Notes
from ui.pages.agree.passages import ItemPassages, are_printed
from ui.pages.agree.visible_rows import raters_of
from ui.pages.shared.agreed_criteria import AgreedCriteria, derived_words
from ui.pages.shared.clock import clock
from ui.pages.shared.criteria_words import where_words
from ui.pages.shared.evidence_view import EvidenceView
from ui.theme import space, theme
from ui.widgets import (
    Banner,
    Button,
    Card,
    DraftText,
    RatingButtons,
    Scroll,
    Text,
    column,
    row,
    tab_through,
    value_label,
)
from ui.widgets.taborder import put_in_place
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.session.session import Session


ONLY_LEAD = _("Only the lead reviewer records what is agreed. You can read it here.")


def read_only_reason(visit: OpenVisit) -> str:
    """Why nothing can be agreed on this laptop now."""
    return ONLY_LEAD if not visit.is_lead else _("Open the meeting first. Then you can agree ratings.")


def reason_line(number: str, text: str) -> Statement:
    """The statement of the reason for the agreed rating."""
    return Agreed(standard=number, reason=text)


def dissent_line(number: str, text: str) -> Statement:
    """The statement of who disagrees with the agreed rating, and why."""
    return Agreed(standard=number, dissent=text)


class Decision(Card):
    """Card with the agreed rating; emits `chosen(value)` when the lead decides. Read-only for everybody else."""

    chosen = Signal(object)

    def __init__(self, session: Session, visit: OpenVisit) -> None:
        super().__init__(margin=3)
        self.setAccessibleName(_("Agreed rating"))
        self._session = session
        bridge = session.bridge
        self.buttons = RatingButtons(visit.state.instrument.scale, _("Agreed rating"))
        self.buttons.chosen.connect(self.chosen)
        self.only_lead = Text("", "muted")
        self.conflict = Banner("", "warn", "differ")
        self.reason = DraftText(
            bridge, _("Reason, printed in every report"), placeholder=_("What decided it?"), rows=2, most=4
        )
        self.dissent = DraftText(
            bridge,
            _("Who disagrees, and why"),
            placeholder=_("Code and reason; not in wider circulation"),
            rows=1,
            most=3,
        )
        self.said = Text("", "small")
        self.derived = Text("", "muted")
        self.large = False
        reason_label = Text(_("Reason · printed in every report"), "strong")
        dissent_label = Text(_("Who disagrees, and why"), "strong")
        self.dissent.setAccessibleDescription(_("Printed for the host team and the committee"))
        reason_label.setBuddy(self.reason)
        dissent_label.setBuddy(self.dissent)
        self.notes = QWidget()
        self.notes.setLayout(column(reason_label, self.reason, dissent_label, self.dissent, gap=1))
        self._criteria_place = column(gap=0)
        self.add(
            self.conflict, self.buttons, self.derived, self.only_lead, self._criteria_place, self.notes, self.said,
            None,
        )  # fmt: skip
        tab_through(self.buttons, self.notes)

    @cached_property
    def criteria(self) -> AgreedCriteria:
        """The criteria to agree, made for the first standard that has any: most instruments have none."""
        made = AgreedCriteria(self._session)
        made.large = self.large
        put_in_place(made, self._criteria_place, self.buttons, before=self.notes)
        return made

    @property
    def shows_criteria(self) -> bool:
        """Whether there are criteria to agree on the standard shown."""
        return "criteria" in vars(self) and self.criteria.isVisibleTo(self)

    def show_criteria(self, visit: OpenVisit, standard: Standard) -> None:
        """Show what differs on the criteria of a standard."""
        if (standard.criteria and visit.state.meeting_opened) or "criteria" in vars(self):
            self.criteria.show_standard(visit, visit.state, standard)

    def set_large(self, large: bool) -> None:
        """Large type for a projector: only the rating."""
        self.large = large
        self.said.setVisible(not large)
        if "criteria" in vars(self):
            self.criteria.large = large

    def show_agreed(self, visit: OpenVisit, number: str, *, fresh: bool) -> None:
        """Show what is agreed on a standard; `fresh` when it is another standard than before."""
        found = visit.state.agreed.get(number)
        reason, dissent = (found.reason, found.dissent) if found else ("", "")
        self.buttons.set_value(found.value if found else None)
        derived = derived_words(visit.state, number) if visit.state.meeting_opened else ""
        self.derived.setText(derived)
        self.derived.setVisible(bool(derived))
        may = visit.is_lead and visit.state.meeting_opened
        usable(self.buttons, only_read(not visit.read_only) or ("" if may else read_only_reason(visit)))
        self.only_lead.setText(read_only_reason(visit))
        self.only_lead.setVisible(not visit.is_lead or not visit.state.meeting_opened)
        self.notes.setVisible(not self.large and (may or bool(reason or dissent)))
        if fresh and visit.is_lead:
            self.reason.bind(partial(reason_line, number), reason)
            self.dissent.bind(partial(dissent_line, number), dissent)
        elif fresh:
            self.reason.bind(None, reason)
            self.dissent.bind(None, dissent)
        else:
            self.reason.refresh(reason)
            self.dissent.refresh(dissent)
        conflicts = [
            c for c in visit.state.conflicts if c.entity == "agreed" and c.key == number and c.field == "value"
        ]
        scale = visit.state.instrument.scale
        people = visit.state.people
        values = [
            _("“{rating}” by {person}", rating=value_label(scale, v.value), person=person(people, v.person))
            for c in conflicts
            for v in c.values
        ]
        both = join_words(values, _(" and "))
        words = (
            _("Two laptops agreed differently: {both}. Choose one rating to replace both.", both=both)
            if conflicts
            else ""
        )
        self.conflict.set_text(words, "warn", "differ")
        said = [item for item in visit.history("agreed", number) if item.field == "value"]
        self.said.setText(
            _("Recorded by {person}, {when}", person=person(people, said[-1].person), when=clock(said[-1].at))
            if said and found
            else ""
        )


class AgreeDetail(Scroll):
    """One standard in the meeting.

    Emits `rated(value)`, `open_wanted` for its page, and `accept_wanted(key)` for a late rating.
    """

    accept_wanted = Signal(str)
    rated = Signal(object)
    open_wanted = Signal()

    def __init__(self, session: Session, visit: OpenVisit) -> None:
        super().__init__(margin=0, gap=3)
        self._session = session
        self.number = ""
        self.large = False
        self._seen: tuple[object, ...] = ()
        self.where = Text("", "overline", fills=True)
        self.title = Text("", "heading", fills=True)
        self.statement = Text("", "body", select=True, fills=True)
        self.notes = Notes()
        self.notes.accept_wanted.connect(self.accept_wanted)
        self.blind = Text("", "muted")
        self.notes_title = Text(_("What each reviewer wrote"), "strong")
        self.evidence = EvidenceView()
        self.open = Button(_("Open this {noun}", noun=nouns_of(visit.state.instrument).one), "standards", "quiet")
        self.open.clicked.connect(self.open_wanted)
        self.card = Card()
        self.card.add(
            self.statement,
            self.notes_title,
            self.notes,
            self.blind,
            self.evidence,
            row(self.open, None),
            None,
        )
        self.card.body.setSpacing(space(2.5))
        self.decision = Decision(session, visit)
        self.decision.chosen.connect(self.rated)
        self.decision.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.setSpacing(space(3))
        self._pair.addWidget(self.card, 5)
        self._passages_place = column(gap=0)
        side = column(self.decision, self._passages_place, None, gap=3)
        self._pair.addLayout(side, 3)
        self.add(column(self.where, self.title, gap=0.5), self._pair, None)
        self.body.setSpacing(space(2))
        self._evidence_first: bool | None = None
        self._order_tabs()

    @cached_property
    def passages(self) -> ItemPassages:
        """What the report says beside the score, made for the first standard that it says anything beside."""
        made = ItemPassages(self._session)
        made.setMaximumWidth(self.decision.maximumWidth())
        put_in_place(made, self._passages_place, self.decision)
        return made

    def _side(self) -> list[QWidget]:
        return [self.decision, *([self.passages] if "passages" in vars(self) else [])]

    def show_standard(self, visit: OpenVisit, standard: Standard, found: Evidence) -> None:
        """Show a standard with its evidence; text being typed is not disturbed."""
        fresh = standard.number != self.number
        self.number = standard.number
        self.decision.show_agreed(visit, standard.number, fresh=fresh)
        self.decision.show_criteria(visit, standard)
        if are_printed(visit.state, standard) or "passages" in vars(self):
            self.passages.show_standard(visit, standard, large=self.large)
        self._order_tabs()
        if fresh:
            self.where.setText(where_words(standard, visit.state.instrument))
            self.title.setText(standard.title)
            self.statement.setText(standard.statement)
            self.verticalScrollBar().setValue(0)
        late = tuple(code for code in found.ratings if f"{standard.number}/{code}" in visit.state.late)
        seen = (standard.number, found, self.large, visit.state.meeting_opened, late)
        if seen == self._seen:
            return
        self._seen = seen
        if not self.large:
            self._show_blind(visit.state, standard.number)
            self.notes.show_notes(visit.state, found, visit.me, may=visit.is_lead and not visit.read_only)
            self._fit_notes()
            self.evidence.show_evidence(visit.state, found, others=False)

    def _show_blind(self, state: VisitState, number: str) -> None:
        """Before the meeting is opened, show only how many reviewers have rated."""
        blind = not state.meeting_opened
        self.notes_title.setText(_("What you wrote") if blind else _("What each reviewer wrote"))
        many, of = raters_of(state, number), len(raters(state))
        noun = nouns_of(state.instrument).one
        self.blind.setText(
            _("{many} of {of} reviewers have rated this {noun}.", many=many, of=of, noun=noun) if blind else ""
        )
        self.blind.setVisible(blind)

    def set_large(self, large: bool) -> None:
        """Large type for a projector: only the standard and the decision, without notes or evidence."""
        self.large = large
        self.decision.set_large(large)
        self._seen = ()
        self.blind.hide()
        self.title.set_kind("title" if large else "heading")
        self.statement.set_kind("heading" if large else "body")
        for widget in (self.notes_title, self.notes, self.evidence, self.open):
            widget.setVisible(not large)

    def _apply_width(self) -> None:
        wide = self.width() >= theme().px(760)
        for part in self._side():
            part.setMaximumWidth(theme().px(394) if wide else 10_000)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.BottomToTop
        if self._pair.direction() != direction:
            self._pair.setDirection(direction)
            self._order_tabs()
        self._fit_notes()

    def _order_tabs(self) -> None:
        """Tab reaches the decision before the evidence, in a wide window (beside) as in a narrow one (above).

        Beside criteria to agree, or passages, it is the other way round: the side then reaches far below the evidence.
        """
        beside = self._pair.direction() == QBoxLayout.Direction.LeftToRight
        tall = self.decision.shows_criteria or any(part.isVisibleTo(self) for part in self._side()[1:])
        first = beside and tall
        if first == self._evidence_first:
            return
        self._evidence_first = first
        side = self._side()
        tab_through(*((self.evidence, self.open, *side) if first else (*side, self.evidence, self.open)))

    def _fit_notes(self) -> None:
        self.notes.apply_width(self.card.width() - 2 * space(4) - 2)

    @Slot()
    def refit(self) -> None:
        """Arrange again after the text size changed."""
        self._apply_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._apply_width()
