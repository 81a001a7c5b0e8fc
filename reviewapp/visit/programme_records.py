"""The records of the programme that follows a review: rounds, goals, the scoping day, and the follow-up.

A date that nobody gave is empty; one that two laptops gave differently is empty too until somebody settles it.
"""

from __future__ import annotations

import msgspec

from reviewapp.instruments.model import Score
from reviewapp.visit.record import Record


class RoundRecord(Record, frozen=True, kw_only=True):
    """`this` is the round that this visit is; any other key is an earlier round of the same team.

    Of an earlier round either the `total` alone is known, or what its visit said: its id, instrument and edition (with
    its digest), the value of each item that had one, lowest and highest of the total (`range`) and of each item that
    was not certain (`ranges`), the criteria by item and letter, and what each item asked as a short print (`wording`).
    """

    id: str
    label: str = ""
    planned: str = ""
    held: str = ""
    total: int | None = None
    visit: str = ""
    instrument: str = ""
    edition: str = ""
    digest: str = ""
    scores: dict[str, Score] = msgspec.field(default_factory=dict)
    range: tuple[int, ...] = ()
    ranges: dict[str, tuple[int, ...]] = msgspec.field(default_factory=dict)
    criteria: dict[str, dict[str, str]] = msgspec.field(default_factory=dict)
    wording: dict[str, str] = msgspec.field(default_factory=dict)


class GoalRecord(Record, frozen=True, kw_only=True):
    """`G1`. It is a candidate until `chosen_by` says who chose it; `proposed_by` is empty for the team's own.

    `status` is `open`, `reached` or `left`; `ended` is the day on which it was reached or left, and `reason` why.
    """

    id: str
    text: str = ""
    standards: tuple[str, ...] = ()
    why: str = ""
    target: str = ""
    chosen_by: str = ""
    proposed_by: str = ""
    status: str = "open"
    ended: str = ""
    reason: str = ""


class SuggestionsRecord(Record, frozen=True, kw_only=True):
    """`suggestions`: whether what reviewers suggest as goals is shown to the team."""

    shown: bool = False


class ScopingRecord(Record, frozen=True, kw_only=True):
    """`scoping`: the day on which the team chooses its goals; `present` counts people by role."""

    planned: str = ""
    held: str = ""
    present: dict[str, int] = msgspec.field(default_factory=dict)
    note: str = ""


class VoteRecord(Record, frozen=True, kw_only=True):
    """`G1`: how many votes a goal got; None when nobody counted, or two laptops counted differently."""

    goal: str
    n: int | None = None


class ReadinessRecord(Record, frozen=True, kw_only=True):
    """`leadership`: what the team says of one of the five domains of readiness."""

    domain: str
    answer: str = ""
    note: str = ""


class FollowUpRecord(Record, frozen=True, kw_only=True):
    """`F1`: a meeting on the plan. `status` is `held`, `cancelled`, or empty while it is still to come.

    `present` counts people by role; empty while nobody was counted.
    """

    id: str
    planned: str = ""
    held: str = ""
    status: str = ""
    who: str = ""
    note: str = ""
    hours: float | None = None
    hours_planned: float | None = None
    present: dict[str, int] = msgspec.field(default_factory=dict)


class FollowUpGoalRecord(Record, frozen=True, kw_only=True):
    """`F1/G1`: what was said of a goal at a meeting."""

    follow_up: str
    goal: str
    progress: str = ""
    barrier: str = ""
    help: str = ""
    decision: str = ""
    next: str = ""
    due: str = ""


class LearningEventRecord(Record, frozen=True, kw_only=True):
    """`E1`: teams met to learn from each other; `present` counts those of this team by role."""

    id: str
    date: str = ""
    teams: str = ""
    offer: str = ""
    take: str = ""
    present: dict[str, int] = msgspec.field(default_factory=dict)


class StaffChangeRecord(Record, frozen=True, kw_only=True):
    """`S1`: somebody left or began. `briefed` is the day on which they were told of the plan, empty until then."""

    id: str
    date: str = ""
    what: str = ""
    briefed: str = ""


class EscalationRecord(Record, frozen=True, kw_only=True):
    """`X1`: something asked of those above the team.

    `date` is the day on which it was asked, `reply_by` the day by which an answer is wanted, `answered` the day of the
    answer; each is empty while nobody gave it.
    """

    id: str
    to: str = ""
    asked: str = ""
    answer: str = ""
    answered: str = ""
    date: str = ""
    reply_by: str = ""


class HandoverRecord(Record, frozen=True, kw_only=True):
    """`H1`: what whoever gives up a post tells whoever takes it over; `to` is empty while the post is vacant."""

    id: str
    post: str = ""
    date: str = ""
    by: str = ""
    to: str = ""
    text: str = ""
