"""The scoping day: what the team could work on, what reviewers suggest, what was chosen, and who was there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Literal

from msgspec import UNSET, UnsetType

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, gettext_noop, ngettext_noop, plural
from reviewapp.visit.blind import is_suggestion
from reviewapp.visit.programme_records import GoalRecord, ReadinessRecord, ScopingRecord, SuggestionsRecord, VoteRecord
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements.base import Statement
from reviewapp.visit.validators import (
    HOST,
    Checks,
    InstrumentTerms,
    check_count,
    check_date_or_none,
    check_id,
    check_line,
    check_name,
    check_standards,
)

Domain = Literal["prioritisation", "leadership", "workforce", "workflow", "reinforcement"]


GoalStatus = Literal["open", "reached", "left"]


def check_present(field: str, value: Mapping[str, int], terms: InstrumentTerms) -> None:
    """People counted by role: `labels.PRESENT`, or a role in its own words."""
    for role, many in value.items():
        check_name(field, role)
        check_count(field, many, terms)


class Goal(Statement, frozen=True, kw_only=True, tag="goal"):
    """Something to improve: a candidate, and a goal of the plan once `chosen_by` says who chose it.

    `proposed_by` is empty for the team's own. What somebody of the review team proposes is a suggestion, which the
    team sees only once suggestions are shown (`blind.hides_goal`). `target` is what is to be reached; where the goal
    begins is what its `standards` were rated. A chosen goal ends by being `reached`; a goal or candidate may be `left`,
    which needs a reason. `ended` is the day on which it ended.
    """

    IDS = ("id",)
    SHARED = True
    TABLE = "goals"
    RECORD = GoalRecord
    CHECKS: ClassVar[Checks] = {
        "standards": check_standards,
        "chosen_by": check_line,
        "proposed_by": check_line,
        "ended": check_date_or_none,
    }
    VALUE_FIELDS = ("chosen_by", "status", "ended")
    PHRASE = gettext_noop("the goal {key}")
    COUNTED = ngettext_noop("{n} goal", "{n} goals")
    TEXTS = ("text", "why", "target", "proposed_by", "reason")
    ABOUT = ("standards",)
    FOUND_AS = "action"
    NUMBERED = True

    id: str
    text: str | UnsetType = UNSET
    standards: list[str] | None | UnsetType = UNSET
    why: str | None | UnsetType = UNSET
    target: str | None | UnsetType = UNSET
    chosen_by: str | None | UnsetType = UNSET
    proposed_by: str | None | UnsetType = UNSET
    status: GoalStatus | None | UnsetType = UNSET
    ended: str | None | UnsetType = UNSET
    reason: str | None | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """It has words; a chosen one is tied to standards; a reviewer's is a suggestion; an ended one has a day."""
        held = state.goals.get(self.id)
        if self.deleted is True:
            self._check_unused(state)
            return
        blank = held is None if self.text is UNSET else not self.text.strip()
        if blank:
            raise Invalid(_("goal {id} needs words", id=self.id), field="text", do=_("write what should improve"))
        if held is None and not self.proposed_by and _proposes_only(person, state):
            raise Invalid(
                _("a goal from a reviewer is a suggestion, and says who proposed it"),
                field="proposed_by",
                do=_("put {person} into proposed_by", person=person),
            )
        chosen = _now(self.chosen_by, held.chosen_by if held else "")
        if chosen and not _now(self.standards, held.standards if held else ()):
            raise Invalid(
                _("goal {id} is tied to nothing that was reviewed", id=self.id),
                field="standards",
                do=_("name at least one standard that it should improve"),
            )
        self._check_end(held or GoalRecord(key=self.id, id=self.id), chosen=bool(chosen))

    def _check_end(self, held: GoalRecord, *, chosen: bool) -> None:
        if UNSET is self.status and self.ended is UNSET and self.reason is UNSET:
            return
        status = _now(self.status, held.status) or "open"
        ended, reason = _now(self.ended, held.ended), _now(self.reason, held.reason)
        if status == "open" and ended:
            raise Invalid(
                _("goal {id} is open, and has a day on which it ended", id=self.id), field="ended",
                do=_("leave out the day, or say that it was reached or left"),
            )  # fmt: skip
        if status == "reached" and not chosen:
            raise Invalid(
                _("goal {id} was never chosen, so it cannot be reached", id=self.id), field="status",
                do=_("say who chose it, or that it was left"),
            )  # fmt: skip
        if status != "open" and not ended:
            raise Invalid(
                _("goal {id} has ended on no day", id=self.id), field="ended", do=_("give the day as YYYY-MM-DD")
            )
        if status == "left" and not reason:
            raise Invalid(
                _("nothing says why goal {id} was left", id=self.id), field="reason", do=_("say why, in a few words")
            )

    def _check_unused(self, state: VisitState) -> None:
        under = [one.key for one in state.actions.values() if one.goal == self.id]
        if under:
            raise Invalid(
                plural("{n} action is under goal {id}", "{n} actions are under goal {id}", len(under), id=self.id),
                field="deleted",
                do=_("give them another goal first: {list}", list=", ".join(under)),
            )


class Suggestions(Statement, frozen=True, kw_only=True, tag="suggestions"):
    """Whoever leads the scoping day shows what reviewers suggest, once the team has goals of its own."""

    IDS = ("id",)
    SHARED = True
    TABLE = "suggestions"
    RECORD = SuggestionsRecord
    RECORDED_BY = "lead"
    LEAD_RECORDS = _("that suggestions are shown")
    VALUE_FIELDS = ("shown",)
    NOUN = _("showing of the reviewers' suggestions")
    PHRASE = gettext_noop("the display of the reviewers' suggestions")

    id: str = "suggestions"
    shown: bool | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """The team's own goals come first, and what was seen cannot be unseen."""
        if self.shown is True and not any(not is_suggestion(state, goal) for goal in state.goals.values()):
            raise Invalid(
                _("the team has no goal of its own yet"),
                field="shown",
                do=_("enter the team's own goals before the suggestions are shown"),
            )
        if self.shown is False and any(one.shown for one in state.suggestions.values()):
            raise Invalid(
                _("the suggestions were shown already"), field="shown", do=_("leave it: what was seen stays known")
            )

    def change_name(self, person: str) -> str:
        """Without an id, which says nothing."""
        return self.noun()


class Scoping(Statement, frozen=True, kw_only=True, tag="scoping"):
    """The scoping day: when it was to be, when it was, and how many of each role were there."""

    IDS = ("id",)
    SHARED = True
    TABLE = "scoping"
    RECORD = ScopingRecord
    CHECKS: ClassVar[Checks] = {"planned": check_date_or_none, "held": check_date_or_none, "present": check_present}
    VALUE_FIELDS = ("planned", "held")
    NOUN = _("scoping day")
    PHRASE = gettext_noop("the scoping day")
    TEXTS = ("note",)
    FOUND_AS = "action"

    id: str = "scoping"
    planned: str | None | UnsetType = UNSET
    held: str | None | UnsetType = UNSET
    present: dict[str, int] | None | UnsetType = UNSET
    note: str | None | UnsetType = UNSET

    def change_name(self, person: str) -> str:
        """Without an id, which says nothing."""
        return self.noun()


class Vote(Statement, frozen=True, kw_only=True, tag="vote"):
    """How many votes a goal got on the scoping day, as they were counted."""

    IDS = ("goal",)
    SAID = ()
    CHANGED = _("votes for a goal")
    SHARED = True
    TABLE = "votes"
    RECORD = VoteRecord
    CHECKS: ClassVar[Checks] = {"goal": check_id, "n": check_count}
    VALUE_FIELDS = ("n",)
    NOUN = _("votes for goal")
    PHRASE = gettext_noop("the votes for goal {key}")
    COUNTED = ngettext_noop("{n} count of votes", "{n} counts of votes")

    goal: str
    n: int | None | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """There is such a goal."""
        check_goal(self.goal, state)


class Readiness(Statement, frozen=True, kw_only=True, tag="readiness"):
    """What the team says of its readiness in one of five domains; who and when follow from who said it."""

    IDS = ("domain",)
    SAID = ()
    CHANGED = _("readiness of the team")
    SHARED = True
    TABLE = "readiness"
    RECORD = ReadinessRecord
    NOUN = _("readiness in")
    PHRASE = gettext_noop("the team's readiness ({key})")
    COUNTED = ngettext_noop("{n} domain of readiness", "{n} domains of readiness")
    TEXTS = ("answer", "note")
    FOUND_AS = "action"

    domain: Domain
    answer: str | None | UnsetType = UNSET
    note: str | None | UnsetType = UNSET


def check_goal(goal: str, state: VisitState) -> None:
    """Raise Invalid for a goal that is not there."""
    if goal not in state.goals:
        known = ", ".join(state.goals) or _("none yet")
        raise Invalid(
            _("there is no goal {goal}", goal=f"{goal!r}"), field="goal", do=_("use one of: {known}", known=known)
        )


def _proposes_only(person: str, state: VisitState) -> bool:
    """Whether what this person enters as a goal is a suggestion: of all on the visit only the lead types the team's."""
    lead = state.lead()
    return person != HOST and (lead is None or person != lead.key)


def _now(said: Any, held: str | Iterable[str]) -> str | Iterable[str]:
    """What a field says once this is recorded."""
    if said is UNSET:
        return held
    return said.strip() if isinstance(said, str) else said or ()
