"""The data model of an instrument: standards with their criteria, scale, rule, interview guides, audit tool, targets.

An instrument is plain data. It travels inside the visit, so every laptop judges by exactly the same one. Parts that
came later (criteria, maps, origin) are left out when they are empty: an instrument without them is written as ever, has
the fingerprint it always had, and opens in the programs that were there before.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _

Group = Literal["patient", "carer", "staff", "manager", "other_service"]
GROUPS: tuple[Group, ...] = ("patient", "carer", "staff", "manager", "other_service")

Source = Literal["patient", "carer", "staff", "manager", "other_service", "survey", "case_note", "document"]
SOURCES: tuple[Source, ...] = (*GROUPS, "survey", "case_note", "document")

Score = str | int
"""A value of a scale: a word (`met`) or a number (1-5)."""


Verdict = Literal["strength", "gap", "neither"]
"""What a rating says of the service: something to praise, something to act on, or neither."""


Agreement = Literal["any", "all", "most"]
Measure = Literal["yes-no", "number", "share", "list"]
Op = Literal["", ">=", ">", "<=", "<", "="]


class InstrumentPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=False, kw_only=True):
    """Base of all parts of an instrument: immutable, strict about its fields, the same in TOML, JSON and memory."""


class Criterion(InstrumentPart, frozen=True, kw_only=True):
    """One thing that a standard asks and that is met or not, known by its letter.

    `sources`: those that are asked about it; `agreement`: of which one, all or most have to say that it is met.
    `implies`: criteria of the same standard that are met whenever this one is. `measure`: whether it is a plain yes or
    no, or a quantity that has to be `op` `threshold` (in `unit`): a number; a share in per cent; how many of `parts`.
    `fewest`: a share of fewer than these establishes nothing. `audit`: the audit item whose share it is. `level`: the
    step of a ladder that it describes, counted from 1; 0 where it is no step.
    """

    id: str
    text: str
    sources: tuple[Source, ...] = ()
    implies: tuple[str, ...] = ()
    agreement: Agreement = "any"
    measure: Measure = "yes-no"
    op: Op = ""
    threshold: int | float | None = None
    unit: str = ""
    parts: tuple[str, ...] = ()
    fewest: int = 0
    audit: str = ""
    level: int = 0
    guidance: str = ""


class MapRow(InstrumentPart, frozen=True, kw_only=True):
    """A score and what earns it (`score_rules`); rows are read from the highest score down."""

    score: int
    rule: str


# In the next two the fields that were there from the beginning are always written: what a function of ours makes is
# never left out, as a plain default would be.


def _none() -> tuple[Any, ...]:
    return ()


def _no_text() -> str:
    return ""


class Standard(InstrumentPart, frozen=True, kw_only=True, omit_defaults=True):
    """One requirement. `number` and `type` are text: editions use `36a`, and a type is a name.

    `map` gives the score for the criteria that are met, on a scored scale; without one a score is given by hand.
    `form`: how it is scored, in a word of its owner's. `scores`: those that it can get, where not all of the scale.
    """

    number: str
    type: str
    section: str
    title: str
    statement: str
    guidance: str = msgspec.field(default_factory=_no_text)
    sources: tuple[Source, ...] = msgspec.field(default_factory=_none)
    criteria: tuple[Criterion, ...] = ()
    map: tuple[MapRow, ...] = ()
    form: str = ""
    scores: tuple[int, ...] = ()

    def criterion(self, letter: str) -> Criterion | None:
        """The criterion with this letter, or None."""
        return next((one for one in self.criteria if one.id == letter), None)


class Prompt(InstrumentPart, frozen=True, kw_only=True, omit_defaults=True):
    """One question of an interview guide, with the numbers of the standards that its answer tests.

    `criteria` names those it is about, as `12/b`.
    """

    id: str
    text: str
    standards: tuple[str, ...] = msgspec.field(default_factory=_none)
    criteria: tuple[str, ...] = ()


class Guide(InstrumentPart, frozen=True, kw_only=True):
    """The questions for one group of people, in order."""

    group: Group
    prompts: tuple[Prompt, ...]


class AuditItem(InstrumentPart, frozen=True, kw_only=True):
    """One item looked for in every case note; answered yes, no, na or not_recorded."""

    item: str
    text: str
    standards: tuple[str, ...] = ()


class ScaleValue(InstrumentPart, frozen=True, kw_only=True):
    """One choice when rating. `counts` is its role in the figures; `points` apply only on a scored scale."""

    value: Score
    label: str
    key: str
    counts: Literal["met", "not_met", "na", "scored"]
    points: int = 0


class Band(InstrumentPart, frozen=True, kw_only=True):
    """A named range of total scores; `from_` is the lowest total that belongs to it."""

    label: str
    from_: int = msgspec.field(name="from")


class Scale(InstrumentPart, frozen=True, kw_only=True):
    """`rated`: each standard is met or not. `scored`: each standard earns points, the total falls in a band."""

    kind: Literal["rated", "scored"]
    values: tuple[ScaleValue, ...]
    bands: tuple[Band, ...] = ()

    def find(self, value: Score) -> ScaleValue | None:
        """The choice with exactly this value, or None."""
        return next((v for v in self.values if v.value == value and type(v.value) is type(value)), None)

    def verdict(self, value: Score | None) -> Verdict:
        """Whether a rating is a strength, a gap that calls for an action, or neither; the one place that decides it.

        Met is a strength and not met a gap. A score is one by the side of the middle of the scale it lies on: of 1-5,
        4 and 5 are strengths, 1 and 2 gaps, 3 neither. That is where the bands of the CORE fidelity scale lie: a total
        is low below 3 an item (117 of 39) and high from 4 (156). Unrated and not applicable are neither.
        """
        choice = None if value is None else self.find(value)
        if choice is None or choice.counts == "na":
            return "neither"
        if choice.counts != "scored":
            return "strength" if choice.counts == "met" else "gap"
        points = [v.points for v in self.values if v.counts == "scored"]
        above_middle = 2 * choice.points - (min(points) + max(points))
        return "strength" if above_middle > 0 else "gap" if above_middle < 0 else "neither"


class Threshold(InstrumentPart, frozen=True, kw_only=True):
    """`required` per cent of the applicable standards of a type must be met."""

    type: str
    required: int | float


class Rule(InstrumentPart, frozen=True, kw_only=True):
    """The rule by which a committee decides. `labels` are the network's names for its decisions.

    `reply_days` is how long the host has to check the draft's facts.
    """

    thresholds: tuple[Threshold, ...] = ()
    presentations: int = 3
    labels: tuple[str, ...] = ()
    source: str = ""
    reply_days: int = 28


class Targets(InstrumentPart, frozen=True, kw_only=True):
    """The amount of evidence a visit aims for. `interviews` and `surveys` count people by group."""

    interviews: dict[str, int] = {}
    surveys: dict[str, int] = {}
    case_notes: int = 0


class Origin(InstrumentPart, frozen=True, kw_only=True):
    """Whose scale it is and which file of theirs it was read from: two dated drafts of one version may differ.

    `permission`: who allowed its use, when and for what. `items`: how many standards it says it has; 0: it does not
    say. `norm`: the published figures to show beside its scores (`figures.norms`).
    """

    owner: str = ""
    permission: str = ""
    edition_date: str = ""
    sha256: str = ""
    language: str = ""
    items: int = 0
    norm: str = ""


class Instrument(InstrumentPart, frozen=True, kw_only=True):
    """A complete set of standards with everything needed to measure against it."""

    id: str
    title: str
    edition: str
    scope: Literal["full", "subset"]
    sections: tuple[str, ...]
    scale: Scale
    rule: Rule
    standards: tuple[Standard, ...]
    guides: tuple[Guide, ...] = ()
    audit: tuple[AuditItem, ...] = ()
    targets: Targets = Targets()
    superseded_by: str | None = None
    subset_note: str = ""
    source: str = ""
    suppress_below: int = 5
    """In the copy for wider circulation a count about fewer people than this is hidden, and so is every count that
    would reveal it."""
    origin: Origin | UnsetType = UNSET

    def standard(self, number: str) -> Standard:
        """The standard with this number. Raises Invalid when the instrument has none."""
        for standard in self.standards:
            if standard.number == number:
                return standard
        raise Invalid(
            _("standard {number} does not exist in {title}", number=f"{number!r}", title=self.title), field="standard"
        )

    def types(self) -> tuple[str, ...]:
        """The types that occur, sorted: 1, 2, 3."""
        return tuple(sorted({s.type for s in self.standards}))

    def prompt(self, prompt_id: str) -> Prompt | None:
        """The prompt with this id in any guide, or None."""
        return next((p for g in self.guides for p in g.prompts if p.id == prompt_id), None)

    def guide(self, group: str) -> Guide | None:
        """The guide for a group of people, or None."""
        return next((g for g in self.guides if g.group == group), None)
