"""What is to be decided of laptops, and what of them stands apart: two lists and a banner, each made when needed."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.visit.entities import HEADER, MARKS
from ui.pages.bring_together.concerns import ApartConcernsBanner
from ui.pages.bring_together.decisions import LaptopDecision, LaptopDecisionsCard
from ui.pages.bring_together.new_laptops import NewLaptopsCard
from ui.pages.bring_together.questions import bring_back, laptops_apart, new_laptops, put_away
from ui.pages.shared.laptop_words import LaptopNames
from ui.pages.shared.run_change import run_change
from ui.widgets import Button, column
from ui.widgets.panes import scroll_into_view

if TYPE_CHECKING:
    from reviewapp.workspace.laptops import LaptopStanding
    from reviewapp.workspace.open_visit import Change, OpenVisit
    from ui.session.session import Session

_ABOUT = {HEADER, *MARKS}
"""What a change is of that may let a laptop stand otherwise: a mark, or a file that was joined."""


class LaptopMatters(QWidget):
    """Asks whose new laptops are and what becomes of what stands apart; emits `settled` when nothing is left.

    The page places the banner `concerns`, and the button `again` for what was put away. `filled` is emitted when parts
    were made or went, so that the page sets its tab order.
    """

    settled = Signal()
    filled = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.concerns = ApartConcernsBanner(session)
        self.again = Button(_("Show hidden laptops"), "restore", "quiet")
        self.again.clicked.connect(self._on_again)
        self._new, self._apart = column(gap=0), column(gap=0)
        self.setLayout(column(self._new, self._apart, gap=4))
        self.laptops: list[LaptopStanding] = []

    @cached_property
    def new(self) -> NewLaptopsCard:
        """The laptops that nobody confirmed yet, made with the first."""
        made = NewLaptopsCard()
        made.decided.connect(self._on_decided)
        made.filled.connect(self.filled)
        self._new.addWidget(made)
        return made

    @cached_property
    def apart(self) -> LaptopDecisionsCard:
        """The laptops that do not count, made with the first."""
        made = LaptopDecisionsCard(
            _("Kept but not counted"),
            _(
                "What a laptop had no right to record is kept and passed on in every file, but not counted. "
                "Immediate concerns are shown all the same."
            ),
        )
        made.decided.connect(self._on_decided)
        self._apart.addWidget(made)
        return made

    def stops(self) -> list[QWidget]:
        """What Tab goes through, as it stands on the page."""
        rows: list[QWidget] = [*self.new.rows] if "new" in vars(self) else []
        return [*rows, self.apart] if "apart" in vars(self) else rows

    def _apart_shown(self) -> bool:
        return "apart" in vars(self) and not self.apart.isHidden()

    def show_matters(self, visit: OpenVisit, change: Change | None) -> None:
        """Show what is open now; a change of anything but laptops decides none of it."""
        about = change is None or not change.records or any(entity in _ABOUT for entity, __ in change.records)
        if not (about or (change is not None and change.apart)):
            return
        self.laptops = visit.laptops.all()
        self.concerns.show_laptops(
            [one for one in self.laptops if one.device != visit.device], LaptopNames(visit.state.people, self.laptops)
        )
        writable = not visit.read_only
        new, apart = new_laptops(visit, self.laptops), laptops_apart(visit, self.laptops)
        if new or "new" in vars(self):
            self.new.show_questions(new, writable=writable)
        shown = [one for one in apart if not one.away]
        if shown or "apart" in vars(self):
            first = "apart" not in vars(self)
            self.apart.show_questions(shown, writable=writable)
            if first:
                self.filled.emit()
        self.again.setVisible(any(one.away for one in apart))
        self.setVisible(self.first() is not None)

    def first(self) -> QWidget | None:
        """Where something is to be decided, if there is anything: the first new laptop, or what stands apart."""
        if "new" in vars(self) and self.new.rows:
            return self.new.rows[0]
        return self.apart.list if self._apart_shown() else None

    def open_in_words(self) -> str:
        """How many laptops nobody has said yet whose they are, in a sentence; empty when there is none."""
        many = self.new.number if "new" in vars(self) else 0
        return plural("{n} laptop is not confirmed yet.", "{n} laptops are not confirmed yet.", many) if many else ""

    @Slot()
    def _on_again(self) -> None:
        visit = self._session.visit
        if visit is not None:
            for one in self.laptops:
                bring_back(visit, one.device)
            self.show_matters(visit, None)
            self.apart.list.setFocus()
            scroll_into_view(self.apart.list)

    @Slot(object)
    def _on_decided(self, decision: LaptopDecision) -> None:
        self.decide(decision, about_new=isinstance(self.sender(), NewLaptopsCard))

    def decide(self, decision: LaptopDecision, *, about_new: bool = False) -> None:
        """Do what the lead decided of a laptop, and go on where something is left to decide."""
        visit = self._session.visit
        if visit is None:
            return
        if decision.answer == "away":
            put_away(visit, decision.device)
            self.show_matters(visit, None)
        elif run_change(self._session, partial(_decide, visit, decision)) is not None:
            self._session.notify(_told(decision, LaptopNames(visit.state.people, self.laptops)), "met")
        else:
            return
        # The button that had the focus may be gone with the laptop.
        goal = self.apart.list if not about_new and self._apart_shown() else self.first()
        if goal is not None:
            goal.setFocus()
            scroll_into_view(goal)
        else:
            self.settled.emit()


def _decide(visit: OpenVisit, decision: LaptopDecision) -> Change:
    if decision.answer == "certify":
        return visit.laptops.certify(decision.device, decision.code)
    if decision.answer == "aside":
        return visit.laptops.set_aside(decision.device, decision.from_seq, decision.reason)
    return visit.laptops.take_aside_back(decision.device)


def _told(decision: LaptopDecision, named: LaptopNames) -> str:
    laptop = named(decision.code, decision.device)
    if decision.answer == "certify":
        laptop = named.title(decision.code, decision.device)
        return _("{laptop} is confirmed. The others are told with your next file. You can undo this.", laptop=laptop)
    if decision.answer == "aside" and decision.from_seq is not None:
        return _(
            "What {laptop} recorded since then is set aside: kept but not counted. You can undo this.", laptop=laptop
        )
    if decision.answer == "aside":
        laptop = named.title(decision.code, decision.device)
        return _("{laptop} is set aside: its work is kept but not counted. You can undo this.", laptop=laptop)
    return _("{laptop} counts again as before.", laptop=named.title(decision.code, decision.device))
