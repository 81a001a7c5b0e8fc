"""Action plan: one row per action, exported to the team as a sheet and imported again, with the changes since."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.dates import today
from reviewapp.base.i18n import _
from reviewapp.figures.goals import chosen_goals
from reviewapp.plan import since_sent
from reviewapp.plan.pages.build import PAGES
from reviewapp.visit.statements import Action
from reviewapp.workspace.conflicts import settle
from ui.pages.action_plan.bring_back import BringBack
from ui.pages.action_plan.conflicts import ConflictsCard
from ui.pages.action_plan.programme import follow_up_part, goals_part
from ui.pages.action_plan.progress import (
    CarryButton,
    PrintButton,
    ProgressLog,
    since_in_words,
)
from ui.pages.action_plan.return_card import ReturnCard
from ui.pages.action_plan.return_jobs import PATTERN, ExportPlanJob, PrintPageJob
from ui.pages.action_plan.table import ActionRow, line_of, rows_of, still_marked, summary_of
from ui.pages.action_plan.view import PlanTable
from ui.pages.base import Page
from ui.pages.shared.before_saving import SaveGuard
from ui.pages.shared.run_change import run_change
from ui.pages.shared.saved_words import saved_words
from ui.pages.shared.team_notes import TeamNotesCard
from ui.theme import theme
from ui.theme.icons import set_icon
from ui.widgets import Button, EmptyState, FlowLayout, Pill, Scroll, SectionHeading, Text, column, row, tab_through
from ui.widgets.basics import restyle
from ui.widgets.file_dialogs import choose_save_file
from ui.widgets.panes import scroll_into_view
from ui.widgets.plain_text import plain_tip

if TYPE_CHECKING:
    from pathlib import Path

    from reviewapp.base.errors import ReviewError
    from reviewapp.plan import PlanReturn
    from reviewapp.workspace.open_visit import Change
    from ui.pages.shared.conflict_choice import ConflictChoice


class ActionPlanPage(Page):
    """The table of actions, with a row also for every standard agreed not met that has no action yet."""

    TITLE = _("Action plan")
    SHOWS = frozenset(
        ("action", "agreed", "person", "visit", "settled", "team_note", "goal", "vote", "suggestions", "scoping",
         "readiness", "follow_up", "follow_up_goal", "learning_event", "staff_change", "escalation", "round")
    )  # fmt: skip
    HELP = _(
        "Every standard agreed not met, or scored below the middle of its scale, has a row here, also "
        "while nothing is planned for it. Type in a "
        "cell, or press Enter or F2 to write in it; Tab goes on to the next cell. There is no need to "
        "save.\n\n"
        "Export for the team writes a sheet that the team fills in with the office program they have. "
        "Bring back a filled-in plan shows first what is different, and takes nothing until you say so: "
        "Space takes the tick from a change that is to be left. A cell that was not understood is listed "
        "first; choose it to say what is meant, or copy a message for the team. Comments and other words "
        "beside the plan can be kept as notes. Where the team and you changed the same cell, both "
        "versions are kept, and you choose one.\n\n"
        "Impact and effort, chosen with the priority, say why something comes first. Below the table "
        "stands what was reported on the chosen action, and when. Pages to print makes a page for the "
        "waiting room, a brief for new staff, and a page that says how far the plan is.\n\n"
        "Scoping day and Goals, above the table, open when they are pressed. The team's own goals are entered first; "
        "the lead then shows what reviewers suggest, counts the votes, and chooses three or four. A chosen goal is "
        "tied to the standards or items it is to lift, and an action is put under it in the column Goal. Below the "
        "table stand the meetings on the plan, with what was said of each goal, and what else goes with it: what was "
        "asked of those above the team, changes of staff, learning events, readiness.\n\n"
        "Cells that changed with the last plan are marked until you clear the marks; rest the mouse on "
        "one to see what it was. Undo takes everything back at once."
    )

    def build(self) -> None:
        """Create heading, buttons, the cards for a returned plan and for conflicts, the table and the progress log."""
        self._marks: dict[tuple[str, str], str] = {}
        self._marks_before = self._marks
        self.guard = SaveGuard(self)
        self.heading = SectionHeading(_("Action plan"), " ", kind="title")
        tools = self._build_tools()
        self._build_return()
        self.clashes = ConflictsCard()
        self.clashes.settled.connect(self._on_settled)
        self.since = Text("", "muted")
        self.table = PlanTable(self.session.bridge)
        self.table.begin_wanted.connect(self._on_begin)
        self.table.delegate.picked.connect(self._on_picked)
        self.table.delegate.refused.connect(self._on_refused)
        self.table.selectionModel().currentChanged.connect(self._on_current)
        self.log = ProgressLog()
        self.notes = TeamNotesCard(self)
        self.to_agree = Button(_("Go to Agree"), "agree")
        self.to_agree.clicked.connect(self._on_agree)
        words = (
            _("Each item that is agreed with a low score gets a row here. Agree on the scores first.")
            if self.state.instrument.scale.kind == "scored"
            else _("Each standard that is agreed as not met gets a row here. Agree on the ratings first.")
        )
        self.empty = EmptyState("plan", _("No actions yet"), words, self.to_agree)
        self.body = Scroll(margin=4, gap=3, parent=self)
        self.goals, self.follow_up = goals_part(self), follow_up_part(self)
        self.goals.act_wanted.connect(self._on_act_wanted)
        for part in (self.goals, self.follow_up):
            part.unfolded.connect(self._on_unfolded)
        above = (self.heading, self.since, self.goals, tools, self.saved, self.came_back, self.clashes)
        self.body.add(*above, self.table, self.log, self.empty, self.follow_up, self.notes)
        self.body.body.setStretch(len(above), 1)
        self._parts = (*above, self.table, self.log, self.empty, self.follow_up, self.notes)
        self.setLayout(column(self.body, gap=0))
        theme().changed.connect(self._on_themed)
        self._on_themed()

    def _build_return(self) -> None:
        """Create what tells that a plan was saved, and the card of one that came back."""
        self.saved_words = Text("", select=True)
        self.saved = QWidget()
        saved = row(Pill(_("Saved and read back"), "met", "check"), self.saved_words, gap=3)
        saved.setStretch(1, 1)
        self.saved.setLayout(saved)
        self.saved.hide()
        self.came_back = ReturnCard()
        self.bring_back = BringBack(self, self.came_back)
        self.bring.clicked.connect(self.bring_back.on_bring)
        self.bring_back.shown.connect(self._on_return_shown)
        self.bring_back.taking.connect(self._on_taking)
        self.bring_back.taken.connect(self._on_taken)
        self.came_back.dismissed.connect(self._on_dismissed)

    def _build_tools(self) -> QWidget:
        self.add = Button(_("Add an action"), "plus", "primary")
        self.add.clicked.connect(self._on_add)
        self.remove = Button(_("Delete this action"), "bin", "quiet")
        self.remove.clicked.connect(self._on_remove)
        self.export = Button(_("Export for the team…"), "sheet")
        self.export.clicked.connect(self._on_export)
        self.bring = Button(_("Bring back a filled-in plan…"), "folder")
        self.to_print = PrintButton()
        self.to_print.wanted.connect(self._on_print)
        self.carry = CarryButton(self)
        self.clear_marks = Button(_("Clear the marks"), "dot", "quiet")
        self.clear_marks.clicked.connect(self._on_clear_marks)
        tools = QWidget()
        flow = FlowLayout(tools, gap=2)
        for button in (self.add, self.remove, self.export, self.bring, self.to_print, self.carry, self.clear_marks):
            flow.addWidget(button)
        return tools

    def refresh(self, change: Change | None) -> None:
        """Show the current plan; the current cell, an open editor and the scroll position stay."""
        rows = rows_of(self.state, today().isoformat())
        self._marks = still_marked(rows, self._marks)
        chosen, column_ = self.table.chosen(), self.table.currentIndex().column()
        goals = tuple((goal.id, goal.text) for goal in chosen_goals(self.state))
        had = bool(self.table.plan.goals)
        self.table.plan.show(rows, self._marks, writable=self.writable, goals=goals)
        if had != bool(goals):
            self.table.show_goals()
        if not self.table.currentIndex().isValid() and rows:
            place = self.table.plan.row_of(chosen.id) if chosen else 0
            self.table.setCurrentIndex(self.table.plan.index(max(0, place), max(1, column_)))
        self.heading.set_note(summary_of(rows) if rows else "")
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.clear_marks.setVisible(bool(self._marks))
        self.clashes.show_conflicts(self.visit)
        self.notes.refresh()
        self.goals.refresh()
        self.follow_up.refresh()
        if change is None or any(entity in ("action", "visit") for entity, __ in change.records):
            self._show_since()
        self._show_buttons()

    def _show_since(self) -> None:
        sent = since_sent(self.visit)
        self.since.setText(since_in_words(sent) if sent is not None else "")
        self.since.setVisible(sent is not None)

    def _show_buttons(self) -> None:
        kind = "plain" if self.came_back.found is not None else "primary"
        if self.add.property("kind") != kind:
            self.add.setProperty("kind", kind)
            set_icon(self.add, "plus", "on_accent" if kind == "primary" else "text", 18)
            restyle(self.add)
        chosen = self.table.chosen()
        self.add.setEnabled(self.writable and chosen is not None)
        for button in (self.add, self.remove, self.export, self.to_print):
            button.setVisible(bool(self.table.plan.rows))
        self.add.setToolTip(plain_tip(_("For standard {number}", number=chosen.plan.number)) if chosen else "")
        self.remove.setEnabled(self.writable and chosen is not None and chosen.planned)
        self.bring.setEnabled(self.writable)
        self.carry.show_if_useful()
        self.log.show_log(self.visit, chosen)

    @Slot()
    def _on_unfolded(self) -> None:
        # What was made just now would come last in the order of Tab.
        tab_through(*self._parts)

    def leave(self) -> None:
        """Commit drafts and what stands in short fields that were not left yet."""
        self.goals.commit()
        self.follow_up.commit()
        super().leave()

    # Editing -------------------------------------------------------------------------------------------------

    @Slot()
    def _on_add(self) -> None:
        chosen = self.table.chosen()
        if chosen is not None and not chosen.planned:
            self._on_begin(chosen)
        elif chosen is not None:
            # The author's code is part of the id, so that two laptops cannot give the same id to different actions.
            row_id = self.visit.next_id("action", f"AP-{self.visit.me}-")
            self._begin(row_id, chosen.plan.number)

    @Slot(object)
    def _on_begin(self, chosen: ActionRow) -> None:
        self._begin(chosen.id, chosen.plan.number)

    @Slot(str, object)
    def _on_act_wanted(self, goal: str, standards: tuple[str, ...]) -> None:
        """Add an action under a goal, for the first standard that it is to lift, and write in it."""
        row_id = self.visit.next_id("action", f"AP-{self.visit.me}-")
        line = Action(id=row_id, standard=next(iter(standards), ""), goal=goal, status="open")
        if self.record(line, name=_("adding an action under goal {goal}", goal=goal)) is not None:
            self.table.edit_cell(row_id, "action")
            scroll_into_view(self.table)

    def _begin(self, row_id: str, number: str) -> None:
        line = Action(id=row_id, standard=number, status="open", deleted=False)
        if (
            self.writable
            and self.record(line, name=_("adding an action for standard {number}", number=number)) is not None
        ):
            self.table.edit_cell(row_id, "action")

    @Slot()
    def _on_remove(self) -> None:
        chosen = self.table.chosen()
        if chosen is not None and chosen.planned:
            name = _("deletion of an action for standard {number}", number=chosen.plan.number)
            if self.record(Action(id=chosen.id, deleted=True), name=name) is not None:
                self.notify(_("Action deleted. Undo brings it back."), "info")

    @Slot(object, str, str)
    def _on_picked(self, chosen: ActionRow, field: str, text: str) -> None:
        self.record(line_of(chosen, field, text))

    @Slot(str)
    def _on_refused(self, words: str) -> None:
        self.notify(words, "not_met")

    @Slot()
    def _on_current(self) -> None:
        self._show_buttons()

    # Export and import ---------------------------------------------------------------------------------------

    @Slot()
    def _on_export(self) -> None:
        name = f"action-plan-{self.state.info.date}.xlsx"
        path = choose_save_file(self, _("Where to save the plan"), name, PATTERN)
        if path is not None:
            self.guard.run(
                _("Writing the plan"), "sheet", ExportPlanJob(path), self._on_exported, self._on_failed, writes=True
            )

    def _on_exported(self, path: Path) -> None:
        self._show_since()
        self.saved_words.setText(saved_words(path))
        self.saved_words.setAccessibleName(_("Saved and read back: {path}", path=saved_words(path)))
        self.saved.show()
        self.notify(_("Saved and read back: {path}", path=path), "met")

    @Slot(str)
    def _on_print(self, page: str) -> None:
        wanted = PAGES[page]
        path = choose_save_file(self, wanted.title, f"{wanted.kind}-{self.state.info.date}.pdf", _("PDF (*.pdf)"))
        if path is not None:
            self.guard.run(
                _("Writing {title}", title=wanted.title),
                wanted.kind,
                PrintPageJob(path, wanted.kind),
                self._on_exported,
                self._on_failed,
            )

    def _on_failed(self, error: ReviewError) -> None:
        self.notify(error, "not_met")

    @Slot()
    def _on_return_shown(self) -> None:
        self.saved.hide()
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
            self.notify(_("Settled. Undo brings both back."), "met")
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
        """Select an action, or the first one for a standard."""
        if "note" in place:
            self.notes.choose(place["note"])
            self.body.ensureWidgetVisible(self.notes)
            return
        for kind, key in place.items():
            if self.goals.show_record(kind, key) or self.follow_up.show_record(kind, key):
                return
        rows = self.table.plan.rows
        wanted = place.get("action") or next((r.id for r in rows if r.plan.number == place.get("standard")), "")
        if wanted:
            self.table.choose(wanted, "action")

    def start_focus(self) -> QWidget:
        """The table, or the button that leads to Agree while the plan is empty."""
        return self.table if self.table.plan.rows else self.to_agree

    @Slot()
    def _on_themed(self) -> None:
        self.table.setMinimumHeight(theme().px(280))
