"""What follows a review, in folded parts above and below the actions: each says in one line what is inside."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from ui.pages.action_plan import follow_up
from ui.pages.action_plan.goals import GoalsSection, goals_note
from ui.pages.action_plan.handover import HANDOVERS, handover_note
from ui.pages.action_plan.learning import learning, learning_note
from ui.pages.action_plan.meetings import MeetingsSection, meetings_note
from ui.pages.action_plan.scoping import ScopingSection, scoping_note
from ui.pages.action_plan.sharing import EXAMPLES, SHARED, ExamplesSection, examples_note, shared_note
from ui.pages.shared.record_section import RecordSection, SectionSpec
from ui.widgets import column
from ui.widgets.fold import Fold
from ui.widgets.panes import LaterScroll

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from ui.pages.base import Page


Section = RecordSection | ScopingSection
"""What stands in a folded part."""


class ProgrammePart(QWidget):
    """Some of the parts, one below the other.

    Emits `unfolded` when one was opened, `act_wanted(goal, standards)` for an action under a goal, and
    `print_wanted(page)` for a page to print.
    """

    unfolded = Signal()
    act_wanted = Signal(str, object)
    print_wanted = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._scroll = LaterScroll(self)
        self.folds: dict[str, Fold[QWidget]] = {}
        self._notes: dict[str, Callable[[], str]] = {}
        self.lead_only: set[str] = set()
        """The kinds of which only the lead sees the part."""
        self._column = column(gap=1)
        self.setLayout(self._column)

    def add_part(self, kind: str, title: str, make: Callable[[], QWidget], note: Callable[[], str]) -> None:
        """Add a part, under the kind of record it shows."""
        fold = self.folds[kind] = Fold(title, partial(self._made, make))
        self._notes[kind] = note
        fold.unfolded.connect(self._on_unfolded)
        self._column.addWidget(fold)

    def _made(self, make: Callable[[], QWidget]) -> QWidget:
        part = make()
        section(part).print_wanted.connect(self.print_wanted)
        return part

    def refresh(self) -> None:
        """Show what is recorded now, in the lines and in the parts that are open."""
        for kind, fold in self.folds.items():
            fold.setVisible(self._is_for_me(kind))
            fold.set_note(self._notes[kind]())
            if fold.is_open and fold.part is not None:
                section(fold.part).refresh()

    def show_record(self, kind: str, key: str) -> QWidget | None:
        """Open the part with this kind of record and choose one; where the keyboard begins there, None if it is none
        of these parts.
        """
        fold = self.folds.get(kind)
        if fold is None or not self._is_for_me(kind):
            return None
        part = section(fold.open())
        part.choose(key)
        self._scroll.to(fold)
        return part.first_stop()

    def _is_for_me(self, kind: str) -> bool:
        return kind not in self.lead_only or self._page.visit.is_lead

    def commit(self) -> None:
        """Record what stands in fields that were not left yet."""
        for fold in self.folds.values():
            if fold.part is not None:
                section(fold.part).commit()

    @Slot()
    def _on_unfolded(self) -> None:
        fold = self.sender()
        if isinstance(fold, Fold) and fold.part is not None:
            section(fold.part).refresh()
            self.unfolded.emit()


def section(part: QWidget) -> Section:
    """The section in a part."""
    assert isinstance(part, RecordSection | ScopingSection)
    return part


def goals_part(page: Page) -> ProgrammePart:
    """What stands above the actions: how ready the team is, the scoping day, and the goals."""
    made = ProgrammePart(page)
    _add(made, page, follow_up.READY, follow_up.readiness_note)
    made.add_part("scoping", _("Scoping day"), partial(ScopingSection, page), partial(_of, page, scoping_note))
    made.add_part("goal", _("Goals"), partial(_goals_section, page, made), partial(_goals_note, page))
    return made


def _goals_section(page: Page, part: ProgrammePart) -> GoalsSection:
    made = GoalsSection(page)
    made.act_wanted.connect(part.act_wanted)
    return made


def follow_up_part(page: Page) -> ProgrammePart:
    """What stands below the actions: meetings, and what else goes with the plan."""
    made = ProgrammePart(page)
    note = partial(_of, page, meetings_note)
    made.add_part("follow_up", _("Plan meetings"), partial(MeetingsSection, page), note)
    _add(made, page, follow_up.ESCALATIONS, follow_up.escalations_note)
    _add(made, page, follow_up.STAFF, follow_up.staff_note)
    _add(made, page, HANDOVERS, handover_note)
    _add(made, page, learning(page), learning_note)
    made.add_part("example", EXAMPLES.title, partial(ExamplesSection, page), partial(_of, page, examples_note))
    _add(made, page, SHARED, shared_note)
    made.lead_only.add(SHARED.kind)
    return made


def _add(part: ProgrammePart, page: Page, spec: SectionSpec, note: Callable[[VisitState], str]) -> None:
    part.add_part(spec.kind, spec.title, partial(RecordSection, page, spec), partial(_of, page, note))


def _of(page: Page, note: Callable[[VisitState], str]) -> str:
    return note(page.state)


def _goals_note(page: Page) -> str:
    return goals_note(page.state, page.visit.me)
