"""The goals: the team's own first, what reviewers suggest shown by one press, votes, and the three or four chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot

from reviewapp.base.dates import today
from reviewapp.base.i18n import _, plural
from reviewapp.figures.goals import GoalView, candidates, goal_views, is_open, warnings
from reviewapp.visit.blind import as_seen_by, is_suggestion, suggestions_shown
from reviewapp.visit.programme_records import GoalRecord
from reviewapp.visit.statements import Goal, Suggestions, Vote
from ui.formats import long_date
from ui.pages.action_plan.goal_end import GoalEnd
from ui.pages.action_plan.lift import context_lines, lift_lines
from ui.pages.action_plan.sharing import example_lines
from ui.pages.shared.record_fields import FieldSpec
from ui.pages.shared.record_form import record_or_say
from ui.pages.shared.record_section import RecordSection, SectionSpec
from ui.widgets import Banner, Button, Text, value_label
from ui.widgets.basics import sentence
from ui.widgets.status_list import StatusRow
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from reviewapp.visit.statements import Statement
    from ui.pages.base import Page

ABOUT = _(
    "What the team wants to improve within a year: three or four goals, each tied to what was reviewed. Enter the "
    "team's own goals first. Reviewers' suggestions are shown after that."
)
EMPTY = _(
    "No goals yet. On the scoping day, ask the team what it wants to change, and write each goal in the line above."
)
HIDDEN = _("Reviewers' suggestions are hidden until the team has a goal of its own.")
FIELDS = (
    FieldSpec("text", _("Goal")),
    FieldSpec("standards", _("Standards or items it should improve"), "standards", _("Their numbers, such as 12, 14")),
    FieldSpec("votes", _("Votes"), "count"),
    FieldSpec("chosen_by", _("Chosen by"), "line", _("Who chose it as a goal of the plan. Empty for a candidate")),
    FieldSpec("target", _("Target: how you will know it is reached")),
    FieldSpec("why", _("Why this goal")),
)


ENDS = {"reached": (_("Reached"), "met", "check"), "left": (_("Left"), "na", "dash")}


def goal_line(key: str, field: str, value: Any) -> Statement:
    """The statement that puts a value into a field of a goal; votes are a record of their own."""
    if field == "votes":
        return Vote(goal=key, n=value)
    return Goal(id=key, **{field: value})


class _Shown:
    """A goal with its votes, as the form shows both."""

    def __init__(self, goal: GoalRecord, votes: int | None) -> None:
        self.goal, self.votes, self.key = goal, votes, goal.id


def _value(shown: _Shown, name: str) -> Any:
    return shown.votes if name == "votes" else getattr(shown.goal, name)


def _records(state: VisitState, me: str) -> list[_Shown]:
    """Chosen ones first, then by votes; what was reached or left comes last."""
    found = sorted(candidates(state, me), key=lambda one: (not is_open(one), not one.chosen_by.strip()))
    return [_Shown(state.goals[one.id], one.votes) for one in found]


def _row(state: VisitState, shown: _Shown, on: str) -> StatusRow:
    goal = shown.goal
    chosen = bool(goal.chosen_by.strip())
    parts = [plural("{n} vote", "{n} votes", shown.votes)] if shown.votes is not None else []
    if chosen:
        view = next(one for one in goal_views(state, on) if one.id == goal.id)
        parts += [*_standards(state, view), _actions(view)]
    elif goal.standards:
        parts.append(_("Should improve {list}", list=", ".join(goal.standards)))
    if is_suggestion(state, goal):
        parts.append(_("Suggested by {who}", who=goal.proposed_by))
    if not is_open(goal):
        parts += [_("ended on {day}", day=long_date(goal.ended))] if goal.ended else []
        parts += [goal.reason] if goal.reason.strip() else []
    pill, tone, icon = (
        ENDS[goal.status]
        if not is_open(goal)
        else (_("Chosen"), "info", "plan")
        if chosen
        else (_("Suggestion"), "info", "person")
        if is_suggestion(state, goal)
        else (_("Candidate"), "na", "circle")
    )
    return StatusRow(goal.id, f"{goal.id}  {goal.text}", " · ".join(parts), pill, tone, icon, note=goal.target)


def _standards(state: VisitState, view: GoalView) -> list[str]:
    """Each standard with where it began and where it is now: `12: 2 at baseline, now 3`."""
    told = []
    for one in view.standards:
        now = value_label(state.instrument.scale, one.now)
        if one.baseline is None or (one.baseline == one.now and not one.began):
            told.append(f"{one.standard}: {now}")
            continue
        began = value_label(state.instrument.scale, one.baseline)
        told.append(
            _("{standard}: {began} at {round}, now {now}", standard=one.standard, began=began,
              round=one.began or _("this review"), now=now)
        )  # fmt: skip
    return told


def _actions(view: GoalView) -> str:
    many = sum(n for status, n in view.actions.items() if status != "dropped")
    if not many:
        return _("no action yet")
    told = _("{done} of {n} actions done", done=view.actions["done"], n=many)
    return f"{told}, {_('{n} late', n=view.late)}" if view.late else told


def _begin(page: Page, text: str) -> Statement:
    """The team's own goal, typed by the lead; of anybody else a suggestion of theirs."""
    if page.visit.is_lead:
        return Goal(id=page.visit.next_id("goal", "G"), text=text)
    return _begin_suggestion(page, text)


def _begin_suggestion(page: Page, text: str) -> Statement:
    me = page.visit.me
    return Goal(id=page.visit.next_id("goal", f"{me}."), text=text, proposed_by=me)


SPEC = SectionSpec(
    kind="goal", title=_("Goals"), about=ABOUT, empty=EMPTY, fields=FIELDS, line=goal_line, records=_records, row=_row,
    value=_value, first=FieldSpec("text", _("What should improve"), "line"), add=_("Add a goal"), begin=_begin,
    remove=_("Delete this goal"), removed=_("Goal deleted. You can undo this."),
)  # fmt: skip


def goals_note(state: VisitState, me: str) -> str:
    """One line on the goals, for the heading that folds them away."""
    found = candidates(state, me)
    if not found:
        return _("None yet")
    working = [one for one in found if is_open(one)]
    chosen = sum(bool(one.chosen_by.strip()) for one in working)
    parts = [_("{n} chosen of {of}", n=chosen, of=len(working))] if working else []
    for status, words in (("reached", _("{n} reached")), ("left", _("{n} left unreached"))):
        many = sum(one.status == status for one in found)
        parts += [words.format(n=many)] if many else []
    return " · ".join(parts)


class GoalsSection(RecordSection):
    """The goals with what is to be heard about them, the suggestions, and choosing.

    Emits `act_wanted(goal, standards)` when an action is to be added under a goal.
    """

    act_wanted = Signal(str, object)

    def __init__(self, page: Page) -> None:
        super().__init__(page, SPEC)

    def build_more(self) -> None:
        """The buttons to suggest, to show suggestions, and to choose; and what is to be heard."""
        self.warning = Banner()
        self._body.insertWidget(1, self.warning)
        self.suggest = Button(_("Add as my suggestion"), "person", "quiet")
        self.suggest.clicked.connect(self._on_suggest)
        self.reveal_button = Button(_("Show reviewers' suggestions"), "eye")
        self.reveal_button.clicked.connect(self._on_reveal)
        self.tool_flow.addWidget(self.suggest)
        self.tool_flow.addWidget(self.reveal_button)
        self.hidden = Text("", "muted")
        self._body.insertWidget(self._body.indexOf(self.tools) + 1, self.hidden)
        self.pick = Button(_("Choose as a goal of the plan"), "check")
        self.pick.clicked.connect(self._on_pick)
        self.flow.addWidget(self.pick)
        self.act = Button(_("Add an action under it"), "plus")
        self.act.clicked.connect(self._on_act)
        self.flow.addWidget(self.act)
        self.lift = Text("", "muted", select=True)
        self.end = GoalEnd(self._page)
        for button in self.end.buttons:
            self.flow.addWidget(button)
        self.detail.add(self.lift, self.end)

    def show_more(self, record: Any) -> None:
        """Show what is to be heard, and which presses are possible now."""
        page, state = self._page, self._page.state
        told = warnings(state, today().isoformat())
        self.warning.set_text("\n".join(sentence(one) + "." for one in told), "warn", "alert")
        lead = page.visit.is_lead
        self.suggest.setVisible(lead)
        usable(self.suggest, only_read(page.writable))
        if not lead:
            self.add.setText(_("Suggest this goal"))
            self.add.setAccessibleName(_("Suggest this goal"))
        shown = suggestions_shown(state)
        own = any(not is_suggestion(state, one) for one in state.goals.values())
        self.reveal_button.setVisible(lead and not shown)
        usable(self.reveal_button, only_read(page.writable) or ("" if own else HIDDEN))
        waits = HIDDEN if lead and not shown and not own else ""
        self.hidden.setText(waits)
        self.hidden.setVisible(bool(waits))
        self.end.show_goal(record.goal if record is not None else None)
        working = record is not None and is_open(record.goal)
        self._show_lift(record.goal.standards if working else ())
        chosen = working and bool(record.goal.chosen_by.strip())
        self.pick.setVisible(working)
        usable(self.pick, only_read(page.writable))
        self.pick.setText(_("Remove from the plan") if chosen else _("Choose as a goal of the plan"))
        self.pick.setAccessibleName(self.pick.text())
        self.act.setVisible(chosen)
        usable(self.act, only_read(page.writable))

    def _show_lift(self, standards: tuple[str, ...]) -> None:
        """What would lift what the goal is about, what lies outside the team's control, and what other teams do."""
        seen = as_seen_by(self._page.state, self._page.visit.me)
        told = (
            (_("What would raise the score:"), lift_lines(seen, standards)),
            (_("Outside the team's control:"), context_lines(seen, standards)),
            (_("What other teams do:"), example_lines(seen, standards)),
        )
        words = "\n".join("\n".join([head, *lines]) for head, lines in told if lines)
        self.lift.setText(words)
        self.lift.setAccessibleName(words)
        self.lift.setVisible(bool(words))

    def commit(self) -> None:
        """Record what stands in a short field that was not left yet."""
        super().commit()
        self.end.commit()

    @Slot()
    def _on_suggest(self) -> None:
        self.begin_with(_begin_suggestion)

    @Slot()
    def _on_reveal(self) -> None:
        if record_or_say(self._page, Suggestions(shown=True)) is None:
            self._page.notify(_("Reviewers' suggestions are now shown."), "met")
            self.list.setFocus()

    @Slot()
    def _on_pick(self) -> None:
        shown = self.chosen()
        if shown is None:
            return
        self._page.leave()
        out = bool(shown.goal.chosen_by.strip())
        error = record_or_say(
            self._page,
            Goal(id=shown.goal.id, chosen_by=None if out else _("the team")),
            name=_("removing goal {id} from the plan", id=shown.goal.id)
            if out
            else _("choosing goal {id}", id=shown.goal.id),
        )
        self.form.fields["standards"].set_error(error or "")
        if error is not None:
            self.form.fields["standards"].editor.setFocus()

    @Slot()
    def _on_act(self) -> None:
        shown = self.chosen()
        if shown is not None:
            self._page.leave()
            self.act_wanted.emit(shown.goal.id, shown.goal.standards)
