"""Action plan: one row per action, exported to the team as a sheet and imported again, with the changes since."""

from __future__ import annotations

from functools import cached_property, partial
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.dates import today
from reviewapp.base.i18n import _
from reviewapp.figures.follow_up import has_programme
from reviewapp.figures.rounds import earlier_rounds
from reviewapp.instruments.nouns import nouns_of
from reviewapp.plan import since_sent
from reviewapp.workspace.conflicts import settle
from ui.pages.action_plan.bring_back import BringBack
from ui.pages.action_plan.conflicts import ConflictsCard, plan_conflicts
from ui.pages.action_plan.editing import PlanEditing
from ui.pages.action_plan.help_text import HELP
from ui.pages.action_plan.owners import OwnersCard
from ui.pages.action_plan.programme import follow_up_part, goals_part
from ui.pages.action_plan.progress import (
    CarryButton,
    PrintButton,
    ProgressLog,
    since_in_words,
)
from ui.pages.action_plan.recommended import RecommendedCard
from ui.pages.action_plan.return_card import ReturnCard
from ui.pages.action_plan.saving import PlanSaving
from ui.pages.action_plan.table import goal_choices, rows_of, sort_key, still_marked, summary_of
from ui.pages.action_plan.view import PlanTable
from ui.pages.base import Page
from ui.pages.shared.run_change import run_change
from ui.pages.shared.team_notes import TeamNotesCard
from ui.theme import theme
from ui.theme.icons import set_icon
from ui.widgets import Button, EmptyState, FlowLayout, Scroll, SectionHeading, Text, column, tab_through
from ui.widgets.basics import restyle
from ui.widgets.panes import keep_in_sight_with
from ui.widgets.plain_text import plain_tip
from ui.widgets.row_menu import RowCommand, offer_row_commands
from ui.widgets.sorting import HeadingSort
from ui.widgets.usable import CHOOSE_ROW, only_read, usable

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from reviewapp.plan import PlanReturn
    from reviewapp.workspace.open_visit import Change
    from ui.pages.shared.conflict_choice import ConflictChoice


ONLY_LEAD = _("The lead reviewer keeps the plan and exchanges it with the team. You can read, copy and print it.")

LOW = 500
"""Height of the page below which not all above the table can be in view together with it."""


class ActionPlanPage(Page):
    """The table of actions, with a row also for every standard agreed not met that has no action yet."""

    TITLE = _("Action plan")
    SHOWS = frozenset(
        ("action", "agreed", "rating", "criterion", "agreed_criterion", "person", "visit", "settled", "team_note",
         "goal", "vote", "suggestions", "scoping", "readiness", "follow_up", "follow_up_goal", "learning_event",
         "staff_change", "handover", "escalation", "round", "example", "shared_practice", "local_context", "passage")
    )  # fmt: skip
    HELP = HELP

    def build(self) -> None:
        """Create heading, buttons, the cards for a returned plan and for conflicts, the table and the progress log."""
        self._marks: dict[tuple[str, str], str] = {}
        self._marks_before = self._marks
        self._revealed: QWidget | None = None
        self.saving = PlanSaving(self)
        self.saving.done.connect(self._show_since)
        self.heading = SectionHeading(_("Action plan"), " ", kind="title")
        self.table = PlanTable(self.session.bridge)
        self.editing = PlanEditing(self, self.table)
        self.sort = HeadingSort(self.table, self.session.settings, "action_plan", self.table.column_name)
        self.sort.changed.connect(self._on_sorted)
        offer_row_commands(self.table, self._row_commands)
        tools = self._build_tools()
        self._build_return()
        self.since = Text("", "muted")
        self.only_lead = Text(ONLY_LEAD, "muted")
        self.table.selectionModel().currentChanged.connect(self._on_current)
        self.log, self.owners, self.recommended = ProgressLog(), OwnersCard(), RecommendedCard()
        self.recommended.begin_wanted.connect(self.editing.on_begin_with)
        keep_in_sight_with(self.table, self.recommended)
        self._notes = column(gap=0)
        self.to_agree = Button(_("Go to Agree"), "agree")
        self.to_agree.clicked.connect(self._on_agree)
        words = (
            _("Each item that is agreed with a low score gets a row. Agree the scores first.")
            if self.state.instrument.scale.kind == "scored"
            else _("Each standard that is agreed as not met gets a row. Agree the ratings first.")
        )
        self.empty = EmptyState("plan", _("No actions yet"), words, self.to_agree)
        self.body = Scroll(margin=4, gap=3, parent=self)
        self.goals, self.follow_up = goals_part(self), follow_up_part(self)
        self.goals.act_wanted.connect(self.editing.on_act_wanted)
        for part in (self.goals, self.follow_up):
            part.unfolded.connect(self._order_tabs)
            part.print_wanted.connect(self.saving.on_print)
        told = (self.heading, self.only_lead, self.since)
        above = (*told, self.goals, tools, self.saving.line, self._came_back, self._clashes)
        below = (self.recommended, self.log, self.owners, self.empty, self.follow_up, self._notes)
        self._parts = (*above, self.table, *below)
        self.body.add(*self._parts)
        self.body.body.setStretch(len(above), 1)
        self.setLayout(column(self.body, gap=0))
        theme().changed.connect(self._on_themed)
        self._on_themed()

    def _build_return(self) -> None:
        """Make room for the cards of a plan that came back and of its conflicts."""
        self._came_back, self._clashes = column(gap=0), column(gap=0)
        self.bring_back = BringBack(self, self._came_back)
        self.bring.clicked.connect(self.bring_back.on_bring)
        self.bring_back.shown.connect(self._on_return_shown)
        self.bring_back.taking.connect(self._on_taking)
        self.bring_back.taken.connect(self._on_taken)
        self.bring_back.dismissed.connect(self._on_dismissed)

    @property
    def came_back(self) -> ReturnCard:
        """The plan that came back."""
        return self.bring_back.card

    @cached_property
    def clashes(self) -> ConflictsCard:
        """Cells with two versions, made with the first."""
        made = ConflictsCard()
        made.settled.connect(self._on_settled)
        self.tie_to_list(made, made.list, enter=True)
        self._clashes.addWidget(made)
        return made

    @cached_property
    def notes(self) -> TeamNotesCard:
        """Notes from the team, made with the first."""
        made = TeamNotesCard(self)
        self._notes.addWidget(made)
        return made

    def _build_tools(self) -> QWidget:
        self.add = Button(_("Add an action"), "plus", "primary")
        self.add.clicked.connect(self.editing.on_add)
        self.remove = Button(_("Delete this action"), "bin", "quiet")
        self.remove.clicked.connect(self.editing.on_remove)
        self.export = Button(_("Export for the team…"), "sheet")
        self.export.clicked.connect(self.saving.on_export)
        self.bring = Button(_("Import the team's plan…"), "folder")
        self.to_print = PrintButton()
        self.to_print.wanted.connect(self.saving.on_print)
        self.carry = CarryButton(self)
        self.clear_marks = Button(_("Clear marks"), "dot", "quiet")
        self.clear_marks.clicked.connect(self._on_clear_marks)
        tools = QWidget()
        flow = FlowLayout(tools, gap=2)
        for button in (self.add, self.remove, self.export, self.bring, self.to_print, self.carry, self.clear_marks):
            flow.addWidget(button)
        return tools

    def refresh(self, change: Change | None) -> None:
        """Show the current plan; the current cell, an open editor and the scroll position stay."""
        if change is None:
            self.sort.renew()
        rows = self.sort.order(rows_of(self.state, today().isoformat()), sort_key, attrgetter("id"))
        self._marks = still_marked(rows, self._marks)
        chosen, column_ = self.table.chosen(), self.table.currentIndex().column()
        goals, nouns = goal_choices(self.state), nouns_of(self.state.instrument)
        had = bool(self.table.plan.goals)
        self.table.plan.show(rows, self._marks, writable=self._may_write(), nouns=nouns, goals=goals)
        if had != bool(goals):
            self.table.show_goals()
        if not self.table.currentIndex().isValid() and rows:
            place = self.table.plan.row_of(chosen.id) if chosen else 0
            self.table.setCurrentIndex(self.table.plan.index(max(0, place), max(1, column_)))
        self.heading.set_note(summary_of(rows, nouns_of(self.state.instrument)) if rows else "")
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.clear_marks.setVisible(bool(self._marks))
        self.owners.show_owners(self.state)
        self._show_from_team()
        self.goals.refresh()
        self.follow_up.refresh()
        if change is None or any(entity in ("action", "visit") for entity, __ in change.records):
            self._show_since()
        self._show_buttons()

    def _show_from_team(self) -> None:
        """Show what the team wrote otherwise, and beside its plan."""
        before = self._stops()
        if plan_conflicts(self.state) or "clashes" in vars(self):
            self.clashes.show_conflicts(self.visit)
        if self.state.team_notes or "notes" in vars(self):
            self.notes.refresh()
        if self._stops() != before:
            self._order_tabs()

    @Slot()
    def _show_since(self) -> None:
        sent = since_sent(self.visit)
        self.since.setText(since_in_words(sent) if sent is not None else "")
        self.since.setVisible(sent is not None)

    def _may_write(self) -> bool:
        """Whether the plan is changed here: by the lead, who exchanges it with the team."""
        return self.writable and self.visit.is_lead

    def _show_buttons(self) -> None:
        kind = "plain" if self.bring_back.found is not None else "primary"
        if self.add.property("kind") != kind:
            self.add.setProperty("kind", kind)
            set_icon(self.add, "plus", "on_accent" if kind == "primary" else "text", 18)
            restyle(self.add)
        chosen = self.table.chosen()
        leads = self.visit.is_lead
        for button in (self.add, self.remove, self.export):
            button.setVisible(bool(self.table.plan.rows) and leads)
        self.bring.setVisible(leads)
        self.only_lead.setVisible(not leads and bool(self.table.plan.rows))
        self.add.setToolTip(
            plain_tip(_("For {standard}", standard=nouns_of(self.state.instrument).within(chosen.plan.number)))
            if chosen
            else ""
        )
        chosen_row = "" if chosen is not None else CHOOSE_ROW
        usable(self.add, only_read(self.writable) or chosen_row)
        self.to_print.setVisible(bool(self.table.plan.rows) or has_programme(self.state))
        self.to_print.offer_rounds(offered=bool(earlier_rounds(self.state)))
        planned = "" if chosen is None or chosen.planned else _("This row has no action yet.")
        usable(self.remove, only_read(self.writable) or chosen_row or planned)
        usable(self.bring, only_read(self.writable))
        self.carry.show_if_useful()
        self.log.show_log(self.visit, chosen)
        self.recommended.show_for(chosen, self.state, writable=self._may_write())

    def _row_commands(self) -> list[RowCommand]:
        chosen, key = self.table.chosen(), self.table.currentIndex()
        write = bool(key.flags() & Qt.ItemFlag.ItemIsEditable)
        planned = chosen is not None and chosen.planned
        return [
            RowCommand(_("Edit this cell"), self.table.edit_current, write, "F2"),
            RowCommand(self.add.text(), self.editing.on_add, self._may_write()),
            RowCommand(self.remove.text(), self.editing.on_remove, self._may_write() and planned),
            *self.sort.commands(),
        ]

    @Slot(str)
    def _on_sorted(self, words: str) -> None:
        self.refresh(None)
        self.notify(words)

    def _stops(self) -> list[QWidget]:
        """The parts that were made so far, as they stand on the page."""
        stops: list[QWidget] = []
        for part in self._parts:
            items = [] if isinstance(part, QWidget) else [part.itemAt(place) for place in range(part.count())]
            found = [part] if isinstance(part, QWidget) else [item.widget() for item in items if item is not None]
            stops.extend(one for one in found if one is not None)
        return stops

    @Slot()
    def _order_tabs(self) -> None:
        """Put what was made just now in its place in the order of Tab, where it would come last."""
        tab_through(*self._stops())

    def leave(self) -> None:
        """Commit drafts and what stands in short fields that were not left yet."""
        self._revealed = None
        self.goals.commit()
        self.follow_up.commit()
        super().leave()

    @Slot()
    def _on_current(self) -> None:
        self._show_buttons()

    # A plan that comes back, and its conflicts ---------------------------------------------------------------

    @Slot()
    def _on_return_shown(self) -> None:
        self.saving.line.hide()
        self._order_tabs()
        self._show_buttons()

    @Slot(object)
    def _on_taking(self, found: PlanReturn | None) -> None:
        if found is None:
            self._marks = self._marks_before
            return
        self._marks_before = self._marks
        self._marks = {(one["id"], one["field"]): str(one["from"] or "") for one in found.changed}
        self._marks |= {(one["id"], ""): "" for one in found.new}

    @Slot(bool)
    def _on_taken(self, both: bool) -> None:
        self._show_buttons()
        (self.clashes.list if both else self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_settled(self, chosen: ConflictChoice) -> None:
        conflict = chosen.conflict
        call = partial(
            settle, self.visit, conflict.entity, conflict.key, conflict.field, entry=chosen.entry, value=chosen.value,
            reason=chosen.reason,
        )  # fmt: skip
        if run_change(self.session, call) is not None:
            self.notify(_("Version chosen. You can undo this."), "met")
            (self.clashes.list if self.clashes.isVisible() else self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_dismissed(self) -> None:
        self.came_back.forget()
        self.session.forget_error()
        self._show_buttons()
        self.bring.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_clear_marks(self) -> None:
        self._marks = {}
        self.refresh(None)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_agree(self) -> None:
        self.session.show_page("agree")

    # Places --------------------------------------------------------------------------------------------------

    def place(self) -> dict[str, str]:
        """The action of the current row."""
        chosen = self.table.chosen()
        return {"action": chosen.id} if chosen else {}

    def reveal(self, place: dict[str, str]) -> None:
        """Select an action, or the first one for a standard; or read the `file` of a plan that came back."""
        if "file" in place and self._may_write():
            self.bring_back.start(Path(place["file"]))
            return
        if "note" in place:
            if self.state.team_notes:
                self.notes.choose(place["note"])
                self.body.ensureWidgetVisible(self.notes)
            return
        for kind, key in place.items():
            self._revealed = self.goals.show_record(kind, key) or self.follow_up.show_record(kind, key)
            if self._revealed is not None:
                return
        rows = self.table.plan.rows
        wanted = place.get("action") or next((r.id for r in rows if r.plan.number == place.get("standard")), "")
        if wanted:
            self.table.choose(wanted, "action")

    def start_focus(self) -> QWidget:
        """What was just revealed; else the table, or the button that leads to Agree while the plan is empty."""
        if self._revealed is not None and self._revealed.isVisible():
            return self._revealed
        return self.table if self.table.plan.rows else self.to_agree

    @Slot()
    def _on_themed(self) -> None:
        self._leave_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._leave_room()

    def _leave_room(self) -> None:
        """Give the table so much of a low window that what is recommended on its row can be seen below it."""
        px = theme().px
        # The page scrolls in a low window: there the tools, the table and what is recommended fill it.
        beside = px(390) if self.height() >= px(LOW) else px(200)
        self.table.setMinimumHeight(max(px(190), min(px(280), self.height() - beside)))
