"""The action plan."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec import UNSET, UnsetType

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, gettext_noop, ngettext_noop
from reviewapp.visit.state import ActionRecord, VisitState
from reviewapp.visit.statements.base import Statement
from reviewapp.visit.statements.scoping import check_goal
from reviewapp.visit.validators import (
    Checks,
    InstrumentTerms,
    check_date_or_none,
    check_id_or_none,
    check_line,
    check_standard_or_none,
    is_due_day,
)

Status = Literal["open", "in_progress", "done", "dropped"]
Level = Literal["high", "medium", "low"]


def _check_priority(field: str, value: int, terms: InstrumentTerms) -> None:
    if not 1 <= value <= 5:
        raise Invalid(_("priority is a number from 1 (first) to 5"), field=field)


_NAMED = {
    "action": gettext_noop("words of an action"),
    "owner": gettext_noop("owner of an action"),
    "deputy": gettext_noop("deputy owner of an action"),
    "due": gettext_noop("due date of an action"),
    "priority": gettext_noop("priority of an action"),
    "measure": gettext_noop("measure of success of an action"),
    "status": gettext_noop("status of an action"),
    "progress": gettext_noop("progress of an action"),
    "goal": gettext_noop("goal of an action"),
}
"""What one changed field of an action is called in "Undo ..."."""


class Action(Statement, frozen=True, kw_only=True, tag="action"):
    """One row of the action plan."""

    IDS = ("id",)
    SHARED = True
    TABLE = "actions"
    RECORD = ActionRecord
    CHECKS: ClassVar[Checks] = {
        "standard": check_standard_or_none,
        "due": check_date_or_none,
        "priority": _check_priority,
        "goal": check_id_or_none,
        "deputy": check_line,
    }
    VALUE_FIELDS = ("due", "status", "impact", "effort", "goal")
    FIRST_STANDS = ("standard",)
    PHRASE = gettext_noop("the action {key} of the action plan")
    COUNTED = ngettext_noop("{n} action", "{n} actions")
    TEXTS = ("action", "owner", "measure", "progress", "deputy")
    ABOUT = ("standard", "goal")
    FOUND_AS = "action"
    NUMBERED = True

    id: str
    standard: str | UnsetType = UNSET
    action: str | None | UnsetType = UNSET
    owner: str | None | UnsetType = UNSET
    due: str | None | UnsetType = UNSET
    priority: int | None | UnsetType = UNSET
    measure: str | None | UnsetType = UNSET
    status: Status | None | UnsetType = UNSET
    progress: str | None | UnsetType = UNSET
    impact: Level | None | UnsetType = UNSET
    effort: Level | None | UnsetType = UNSET
    goal: str | None | UnsetType = UNSET
    deputy: str | None | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET

    def change_name(self, person: str) -> str:
        """By what changed: the id of an action is shown nowhere."""
        if self.deleted is True:
            return _("deletion of an action")
        fields = [name for name in self.values() if name in _NAMED]
        return _(_NAMED[fields[0]]) if len(fields) == 1 else _("change to an action")

    def check(self, state: VisitState, person: str) -> None:
        """It is about a standard, be it none, or under a goal; due in a year somebody can mean; the team sees to it."""
        if isinstance(self.due, str) and self.due and not is_due_day(self.due):
            raise Invalid(
                _("{due} is not a year to do something in", due=f"{self.due!r}"),
                field="due",
                do=_("write the year with four digits"),
            )
        if self.standard is UNSET and not self.goal and self.id not in state.actions and self.deleted is UNSET:
            raise Invalid(_("action {id} needs a standard", id=self.id), field="standard")
        if self.goal:
            check_goal(self.goal, state)
        for field, owner in (("owner", self.owner), ("deputy", self.deputy)):
            if isinstance(owner, str) and is_outsider(owner, state):
                raise Invalid(_("{owner} is not of the team", owner=f"{owner!r}"), field=field, do=TEAM_ROLE)


TEAM_ROLE = _("name a role in the team that sees to it, such as team manager")
"""What to do about an owner who is not of the team."""
_OUTSIDE = frozenset({"facilitator", "the facilitator", "reviewer", "reviewers", "the reviewers", "review team"})


def is_outsider(owner: str, state: VisitState) -> bool:
    """Whether this owner of an action is of the review team, or its facilitator: the team owns its own plan.

    Only what is a code, a name or such a role as a whole: nothing is read into longer words.
    """
    plain = " ".join(owner.split()).casefold()
    review_team = {word.casefold() for one in state.people.values() for word in (one.key, one.name) if word}
    return plain in _OUTSIDE | review_team
