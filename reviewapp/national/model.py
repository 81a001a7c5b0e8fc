"""What a visit gives to its network: one extract, as plain values.

Ratings of a service, counts, and words whose speaker agreed to publication. No people, no single reviewer's ratings,
no notes, no concerns, no date finer than the month (design, section 12). Everything here is what leaves the laptop;
what is not a field of `Extract` does not.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from reviewapp.figures.ratings import Basis
from reviewapp.instruments.editions import Edition
from reviewapp.visit.state import Kind

FORMAT = 1

Status = Literal["draft", "final"]
"""`final` once a committee or the lead has decided; a developmental visit has no decision."""

Counted = Literal["met", "not_met", "na", "unrated"]
"""How a rating counts; on a scored scale, a scored item counts as neither `met` nor `not_met`: see `Value.score`."""


class _Plain(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A part of an extract: unknown fields are refused, so that nothing travels unseen."""


class Value(_Plain, frozen=True, kw_only=True):
    """What counts for one standard, and on which basis; `basis` is empty while it is unrated.

    On a scored scale `score` is the points, None while it is open between `lowest` and `highest`; `criteria` are those
    that are established, by letter.
    """

    counts: Counted = "unrated"
    basis: Basis | Literal[""] = ""
    score: int | None = None
    lowest: int | None = None
    highest: int | None = None
    criteria: dict[str, Literal["met", "not_met"]] = msgspec.field(default_factory=dict)


class SurveyAnswers(_Plain, frozen=True, kw_only=True):
    """Answers of one group about one standard."""

    yes: int = 0
    no: int = 0
    na: int = 0


class Survey(_Plain, frozen=True, kw_only=True):
    """One group's survey: how many answered, and their answers by standard."""

    respondents: int = 0
    standards: dict[str, SurveyAnswers] = msgspec.field(default_factory=dict)


class AuditAnswers(_Plain, frozen=True, kw_only=True):
    """Answers of the case-note audit to one item, over all records read."""

    yes: int = 0
    no: int = 0
    na: int = 0
    not_recorded: int = 0


class Quote(_Plain, frozen=True, kw_only=True):
    """Words that their speaker agreed to publish; `record` is the key in the visit, by which they can be taken back."""

    record: str
    text: str
    group: str
    tone: str = "neutral"
    standards: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()


class Practice(_Plain, frozen=True, kw_only=True):
    """An example of best practice. `team`: the name it may be printed with, by the host's own yes; empty without."""

    record: str
    text: str
    standards: tuple[str, ...] = ()
    team: str = ""


class Extract(_Plain, frozen=True, kw_only=True):
    """One visit as its network holds it.

    `team` is the code the office knows the team by, never its name. `revision` grows with every extract of the visit
    that says something else. `cycle` is the year of the review unless the lead named another; `month` is `YYYY-MM`.
    `scope` and `standards` say what was looked at: `values` has every standard of the instrument.
    """

    visit: str
    revision: int
    team: str
    cycle: str
    month: str
    kind: Kind
    status: Status
    instrument: Edition
    scope: str
    values: dict[str, Value]
    surveys: dict[str, Survey] = msgspec.field(default_factory=dict)
    audit: dict[str, AuditAnswers] = msgspec.field(default_factory=dict)
    context: dict[str, int | float | bool] = msgspec.field(default_factory=dict)
    """Numbers and yes/no facts about the service, by field (`caseload`); nothing that is text."""
    spoken: dict[str, int] = msgspec.field(default_factory=dict)
    """People interviewed, by group."""
    reviewers: dict[str, int] = msgspec.field(default_factory=dict)
    """Members of the review team, by role."""
    actions: dict[str, dict[str, int]] = msgspec.field(default_factory=dict)
    """Actions of the plan: how many in each state, by standard."""
    quotes: tuple[Quote, ...] = ()
    practice: tuple[Practice, ...] = ()
    round: str = ""
    """Which round of a programme it is, in the visit's own words; empty without rounds."""
    format: int = FORMAT


class Notice(_Plain, frozen=True, kw_only=True):
    """Words that were taken back after they had left, by their keys in the visit.

    `records` were withdrawn: they are blanked for good wherever they are held. `hidden` may not be shown for now (asked
    to be withdrawn and not yet decided, no consent any more, or somebody could be told by them): they are shown again
    once a later revision of the extract holds them.
    """

    visit: str
    records: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    format: int = FORMAT
