"""The months after the scoping day: meetings on the plan, what helped and what did not, and who left or began."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec import UNSET, UnsetType

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, gettext_noop, ngettext_noop
from reviewapp.visit.programme_records import (
    EscalationRecord,
    FollowUpGoalRecord,
    FollowUpRecord,
    HandoverRecord,
    LearningEventRecord,
    StaffChangeRecord,
)
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements.base import Statement
from reviewapp.visit.statements.scoping import check_goal, check_present
from reviewapp.visit.validators import Checks, InstrumentTerms, check_date_or_none, check_id, check_line

Happened = Literal["held", "cancelled"]
Post = Literal["manager", "facilitator", "other"]


def _check_hours(field: str, value: float, terms: InstrumentTerms) -> None:
    if not 0 <= value <= 1000:
        raise Invalid(_("{field} is a number of hours", field=field), field=field)


class FollowUp(Statement, frozen=True, kw_only=True, tag="follow_up"):
    """A meeting on the plan, of a group, or a visit of the facilitator: planned, then held or cancelled.

    `present` counts who was there by role, as on the scoping day.
    """

    IDS = ("id",)
    SAID = ()
    SHARED = True
    TABLE = "follow_ups"
    RECORD = FollowUpRecord
    CHECKS: ClassVar[Checks] = {
        "planned": check_date_or_none,
        "held": check_date_or_none,
        "hours": _check_hours,
        "hours_planned": _check_hours,
        "present": check_present,
    }
    VALUE_FIELDS = ("planned", "held", "status")
    NOUN = _("plan meeting")
    PHRASE = gettext_noop("the plan meeting {key}")
    COUNTED = ngettext_noop("{n} plan meeting", "{n} plan meetings")
    TEXTS = ("who", "note")
    FOUND_AS = "action"
    NUMBERED = True

    id: str
    planned: str | None | UnsetType = UNSET
    held: str | None | UnsetType = UNSET
    status: Happened | None | UnsetType = UNSET
    who: str | None | UnsetType = UNSET
    note: str | None | UnsetType = UNSET
    hours: float | None | UnsetType = UNSET
    hours_planned: float | None | UnsetType = UNSET
    present: dict[str, int] | None | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """It has a day; what was cancelled was not held."""
        if self.deleted is True:
            return
        was = state.follow_ups.get(self.id)
        planned, held, status = (
            said if said is not UNSET else getattr(was, name, "")
            for name, said in (("planned", self.planned), ("held", self.held), ("status", self.status))
        )
        if not (planned or held):
            raise Invalid(
                _("meeting {id} has no day", id=self.id), field="planned", do=_("give planned, or held, as YYYY-MM-DD")
            )
        if status == "cancelled" and held:
            raise Invalid(
                _("meeting {id} cannot be both held and cancelled", id=self.id),
                field="held",
                do=_("leave out the day it was held, or say that it was held"),
            )
        if status == "cancelled" and (self.present if self.present is not UNSET else getattr(was, "present", {})):
            raise Invalid(
                _("meeting {id} was cancelled, so nobody was there", id=self.id), field="present",
                do=_("leave out who was there, or say that it was held"),
            )  # fmt: skip


class FollowUpGoal(Statement, frozen=True, kw_only=True, tag="follow_up_goal"):
    """What was said of one goal at one meeting: progress, what stands in the way, help asked of whom, what is next."""

    IDS = ("follow_up", "goal")
    SAID = ()
    CHANGED = _("follow-up of a goal")
    SHARED = True
    TABLE = "follow_up_goals"
    RECORD = FollowUpGoalRecord
    CHECKS: ClassVar[Checks] = {
        "follow_up": check_id,
        "goal": check_id,
        "barrier": check_line,
        "due": check_date_or_none,
    }
    VALUE_FIELDS = ("due",)
    NOUN = _("follow-up of goal")
    PHRASE = gettext_noop("what a meeting said of a goal ({key})")
    COUNTED = ngettext_noop("{n} follow-up of a goal", "{n} follow-ups of goals")
    TEXTS = ("progress", "barrier", "help", "decision", "next")
    FOUND_AS = "action"

    follow_up: str
    goal: str
    progress: str | None | UnsetType = UNSET
    barrier: str | None | UnsetType = UNSET
    help: str | None | UnsetType = UNSET
    decision: str | None | UnsetType = UNSET
    next: str | None | UnsetType = UNSET
    due: str | None | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """There is such a meeting and such a goal."""
        if self.follow_up not in state.follow_ups:
            known = ", ".join(state.follow_ups) or _("none yet")
            raise Invalid(
                _("there is no meeting {id}", id=f"{self.follow_up!r}"),
                field="follow_up",
                do=_("use one of: {known}", known=known),
            )
        check_goal(self.goal, state)


class LearningEvent(Statement, frozen=True, kw_only=True, tag="learning_event"):
    """Teams meet to learn from each other: what this one offers, what it takes home, and who of it was there."""

    IDS = ("id",)
    SAID = ()
    SHARED = True
    TABLE = "learning_events"
    RECORD = LearningEventRecord
    CHECKS: ClassVar[Checks] = {"date": check_date_or_none, "present": check_present}
    VALUE_FIELDS = ("date",)
    PHRASE = gettext_noop("the learning event {key}")
    COUNTED = ngettext_noop("{n} learning event", "{n} learning events")
    TEXTS = ("teams", "offer", "take")
    FOUND_AS = "action"
    NUMBERED = True

    id: str
    date: str | None | UnsetType = UNSET
    teams: str | None | UnsetType = UNSET
    offer: str | None | UnsetType = UNSET
    take: str | None | UnsetType = UNSET
    present: dict[str, int] | None | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET


class StaffChange(Statement, frozen=True, kw_only=True, tag="staff_change"):
    """Somebody of the team left or began, by role; `briefed` is the day on which they were told of the plan."""

    IDS = ("id",)
    SAID = ()
    SHARED = True
    TABLE = "staff_changes"
    RECORD = StaffChangeRecord
    CHECKS: ClassVar[Checks] = {"date": check_date_or_none, "briefed": check_date_or_none}
    VALUE_FIELDS = ("date", "briefed")
    NOUN = _("staff change")
    PHRASE = gettext_noop("the staff change {key}")
    COUNTED = ngettext_noop("{n} staff change", "{n} staff changes")
    TEXTS = ("what",)
    FOUND_AS = "action"
    NUMBERED = True

    id: str
    date: str | None | UnsetType = UNSET
    what: str | None | UnsetType = UNSET
    briefed: str | None | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """It says what changed."""
        blank = not (self.what or "").strip() if self.what is not UNSET else self.id not in state.staff_changes
        if blank and self.deleted is not True:
            raise Invalid(
                _("staff change {id} is empty", id=self.id),
                field="what",
                do=_("say by role who left or started"),
            )


class Handover(Statement, frozen=True, kw_only=True, tag="handover"):
    """What whoever gives up a post of the programme tells whoever takes it over, by role.

    `post` is the manager's or the facilitator's, or another one (the owner of a goal). `to` is left out while nobody
    has the post.
    """

    IDS = ("id",)
    SAID = ()
    SHARED = True
    TABLE = "handovers"
    RECORD = HandoverRecord
    CHECKS: ClassVar[Checks] = {"date": check_date_or_none, "by": check_line, "to": check_line}
    VALUE_FIELDS = ("date", "post")
    NOUN = _("handover note")
    PHRASE = gettext_noop("the handover note {key}")
    COUNTED = ngettext_noop("{n} handover note", "{n} handover notes")
    TEXTS = ("by", "to", "text")
    FOUND_AS = "action"
    NUMBERED = True

    id: str
    post: Post | None | UnsetType = UNSET
    date: str | None | UnsetType = UNSET
    by: str | None | UnsetType = UNSET
    to: str | None | UnsetType = UNSET
    text: str | None | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """It says which post changes hands, on which day, who hands over and what there is to know."""
        if self.deleted is True:
            return
        held = state.handovers.get(self.id)
        for field, what, do in (
            ("post", _("handover {id} does not say of which post", id=self.id),
             _("say manager, facilitator or other")),
            ("date", _("handover {id} has no day", id=self.id), _("give the day as YYYY-MM-DD")),
            ("by", _("handover {id} does not say who hands over", id=self.id), _("name a role, such as team manager")),
            ("text", _("handover {id} is empty", id=self.id), _("write what the next person needs to know")),
        ):  # fmt: skip
            said = getattr(self, field)
            now = getattr(held, field, "") if said is UNSET else said
            if not (now or "").strip():
                raise Invalid(what, field=field, do=do)


class Escalation(Statement, frozen=True, kw_only=True, tag="escalation"):
    """Something the team asked of those above it (`date`), when a reply is wanted, and the answer (`answered`)."""

    IDS = ("id",)
    SAID = ()
    SHARED = True
    TABLE = "escalations"
    RECORD = EscalationRecord
    CHECKS: ClassVar[Checks] = {
        "to": check_line,
        "answered": check_date_or_none,
        "date": check_date_or_none,
        "reply_by": check_date_or_none,
    }
    VALUE_FIELDS = ("answered", "date", "reply_by")
    PHRASE = gettext_noop("a request to people above the team ({key})")
    COUNTED = ngettext_noop("{n} request", "{n} requests")
    TEXTS = ("to", "asked", "answer")
    FOUND_AS = "action"
    NUMBERED = True

    id: str
    to: str | None | UnsetType = UNSET
    asked: str | None | UnsetType = UNSET
    answer: str | None | UnsetType = UNSET
    answered: str | None | UnsetType = UNSET
    date: str | None | UnsetType = UNSET
    reply_by: str | None | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """It says what was asked."""
        blank = not (self.asked or "").strip() if self.asked is not UNSET else self.id not in state.escalations
        if blank and self.deleted is not True:
            raise Invalid(
                _("the request {id} does not say what was asked", id=self.id),
                field="asked",
                do=_("write what was asked, and of whom"),
            )
