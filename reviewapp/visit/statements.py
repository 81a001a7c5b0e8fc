"""What a person can say during a visit, one kind of statement per class.

A line is the only way anything enters a visit: the forms of the program, the command `record` and the
spreadsheets all make lines, so all are judged by the same rules. A field left out (`UNSET`) is not touched;
a field given as None is cleared.

A line knows where it is kept: an *entity* (the kind of record), a *key* within it, and the fields it sets.
Keys of personal records end in the author's code (`47/R2`); keys of shared ones do not.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import msgspec
from msgspec import UNSET, UnsetType

from reviewapp.instruments.model import Group, Score

Mode = Literal["in_person", "phone", "video"]
Tone = Literal["positive", "negative", "mixed", "neutral"]
AuditValue = Literal["yes", "no", "na", "not_recorded"]
Status = Literal["open", "in_progress", "done", "dropped"]
Level = Literal["high", "medium", "low"]


class Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="kind"):
    """Base of all lines. `IDS` name the fields that make the key; `SHARED` keys carry no author."""

    IDS: ClassVar[tuple[str, ...]] = ()
    SHARED: ClassVar[bool] = False
    ENTITY: ClassVar[str] = ""

    @classmethod
    def kind(cls) -> str:
        """The word in `kind`, which is also the name of the entity."""
        return str(cls.__struct_config__.tag)

    def key(self, person: str) -> str:
        """Where the record is kept when `person` says this."""
        parts = [str(getattr(self, name)) for name in self.IDS]
        return "/".join(parts if self.SHARED else [*parts, person])

    def values(self) -> dict[str, Any]:
        """The fields this line sets, as plain JSON values."""
        return {
            name.rstrip("_"): msgspec.to_builtins(getattr(self, name))
            for name in self.__struct_fields__
            if name not in self.IDS and getattr(self, name) is not UNSET
        }


class Rating(Statement, frozen=True, kw_only=True, tag="rating"):
    """A reviewer's own judgement of one standard."""

    IDS = ("standard",)
    standard: str
    value: Score | None | UnsetType = UNSET
    note: str | None | UnsetType = UNSET


class Interview(Statement, frozen=True, kw_only=True, tag="interview"):
    """Somebody spoken to. `with` names reviewers who took part; consent is recorded before anything said."""

    IDS = ("id",)
    id: str
    group: Group | UnsetType = UNSET
    mode: Mode | None | UnsetType = UNSET
    consent_notes: bool | None | UnsetType = UNSET
    consent_quotes: bool | None | UnsetType = UNSET
    consent_circulation: bool | None | UnsetType = UNSET
    people: int | UnsetType = UNSET
    with_: list[str] | UnsetType = msgspec.field(default=UNSET, name="with")
    deleted: bool | UnsetType = UNSET


class Answer(Statement, frozen=True, kw_only=True, tag="answer"):
    """Notes of what was said to one prompt."""

    IDS = ("interview", "prompt")
    interview: str
    prompt: str
    text: str | None | UnsetType = UNSET


class Quote(Statement, frozen=True, kw_only=True, tag="quote"):
    """Somebody's own words, tied to the standards they bear on."""

    IDS = ("id",)
    id: str
    interview: str | UnsetType = UNSET
    text: str | UnsetType = UNSET
    standards: list[str] | UnsetType = UNSET
    tone: Tone | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET


class CaseNote(Statement, frozen=True, kw_only=True, tag="case_note"):
    """One record that was read, known by a number only."""

    IDS = ("id",)
    id: str
    opened: bool = True
    deleted: bool | UnsetType = UNSET


class Audit(Statement, frozen=True, kw_only=True, tag="audit"):
    """One cell of the case-note grid."""

    IDS = ("case_note", "item")
    case_note: str
    item: str
    value: AuditValue | None | UnsetType = UNSET
    note: str | None | UnsetType = UNSET


class AgreedAudit(Statement, frozen=True, kw_only=True, tag="agreed_audit"):
    """The agreed value of an audit cell that reviewers saw differently."""

    IDS = ("case_note", "item")
    SHARED = True
    case_note: str
    item: str
    value: AuditValue | None | UnsetType = UNSET
    reason: str | None | UnsetType = UNSET


class SelfReview(Statement, frozen=True, kw_only=True, tag="self_review"):
    """What the team claims for one standard."""

    IDS = ("standard",)
    SHARED = True
    standard: str
    value: Score | None | UnsetType = UNSET
    comment: str | None | UnsetType = UNSET


class Survey(Statement, frozen=True, kw_only=True, tag="survey"):
    """Counts of survey answers from one group for one standard."""

    IDS = ("group", "standard")
    SHARED = True
    group: Group
    standard: str
    yes: int | UnsetType = UNSET
    no: int | UnsetType = UNSET
    na: int | UnsetType = UNSET


class Context(Statement, frozen=True, kw_only=True, tag="context"):
    """A fact about the service: caseload, days under the team, ..."""

    IDS = ("field",)
    SHARED = True
    field: str
    value: str | int | float | bool | None | UnsetType = UNSET


class Concern(Statement, frozen=True, kw_only=True, tag="concern"):
    """Somebody may be at risk: what was said, who was told, when."""

    IDS = ("id",)
    id: str
    text: str | UnsetType = UNSET
    told: str | None | UnsetType = UNSET
    at: str | None | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET


class Agreed(Statement, frozen=True, kw_only=True, tag="agreed"):
    """The review team's rating of one standard. Only the lead records it."""

    IDS = ("standard",)
    SHARED = True
    standard: str
    value: Score | None | UnsetType = UNSET
    reason: str | None | UnsetType = UNSET
    dissent: str | None | UnsetType = UNSET


class LocalContext(Statement, frozen=True, kw_only=True, tag="local_context"):
    """What lies outside the team's control for one standard; printed beside the rating, never changes it."""

    IDS = ("standard",)
    standard: str
    text: str | None | UnsetType = UNSET


class Response(Statement, frozen=True, kw_only=True, tag="response"):
    """The host's answer to the draft, one standard at a time.

    `rating` is the draft's rating that it answers ("" for none); left out, it is the one that counts now.
    """

    IDS = ("standard",)
    SHARED = True
    standard: str
    text: str | None | UnsetType = UNSET
    evidence: str | None | UnsetType = UNSET
    rating: Score | None | UnsetType = UNSET


class ResponseDecision(Statement, frozen=True, kw_only=True, tag="response_decision"):
    """What the review team made of the host's answer; never said by the host.

    `about` is a print of the answer it was made on; left out, of the one that stands.
    """

    IDS = ("standard",)
    SHARED = True
    standard: str
    accepted: bool | None | UnsetType = UNSET
    reason: str | None | UnsetType = UNSET
    about: str | None | UnsetType = UNSET


class Passage(Statement, frozen=True, kw_only=True, tag="passage"):
    """A written passage of the report: `summary`, `section:<name>`, `achievements`, `improvements`, `method`."""

    IDS = ("place",)
    SHARED = True
    place: str
    text: str | None | UnsetType = UNSET


class Action(Statement, frozen=True, kw_only=True, tag="action"):
    """One row of the action plan."""

    IDS = ("id",)
    SHARED = True
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
    deleted: bool | UnsetType = UNSET


class Decision(Statement, frozen=True, kw_only=True, tag="decision"):
    """What the committee decided at one presentation. Only the lead records it.

    `stood` are the ratings that counted then, `answered` prints of the host's answers held then, both by standard;
    left out, those of the moment in which the decision is recorded.
    """

    IDS = ("presentation",)
    SHARED = True
    presentation: int
    date: str | None | UnsetType = UNSET
    label: str | None | UnsetType = UNSET
    note: str | None | UnsetType = UNSET
    stood: dict[str, Score] | None | UnsetType = UNSET
    answered: dict[str, str] | None | UnsetType = UNSET


class Slot(Statement, frozen=True, kw_only=True, tag="slot"):
    """One appointment of the day. Only the lead records it."""

    IDS = ("id",)
    SHARED = True
    id: str
    start: str | UnsetType = UNSET
    end: str | UnsetType = UNSET
    title: str | UnsetType = UNSET
    who: list[str] | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET


class Person(Statement, frozen=True, kw_only=True, tag="person"):
    """A member of the review team. Only the lead records it."""

    IDS = ("code",)
    SHARED = True
    code: str
    role: Literal["lead", "clinician", "patient_rep", "carer_rep", "observer"] | UnsetType = UNSET
    name: str | None | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET


class Asks(Statement, frozen=True, kw_only=True, tag="asks"):
    """Which reviewer is to ask a prompt; part of the plan in the visit pack. Only the lead records it."""

    IDS = ("prompt",)
    SHARED = True
    prompt: str
    who: list[str] | UnsetType = UNSET


class Settled(Statement, frozen=True, kw_only=True, tag="settled"):
    """Why one of several values was chosen; `place` is entity, key and field, `entry` the value that stood."""

    IDS = ("place",)
    SHARED = True
    place: str
    entry: str | None | UnsetType = UNSET
    reason: str | None | UnsetType = UNSET


class Meeting(Statement, frozen=True, kw_only=True, tag="meeting"):
    """The consensus meeting. `held` says how many entries of each device the lead had when it was opened."""

    IDS = ("id",)
    SHARED = True
    id: str = "meeting"
    open: bool | UnsetType = UNSET
    held: dict[str, int] | UnsetType = UNSET


class AcceptLate(Statement, frozen=True, kw_only=True, tag="accept_late"):
    """The lead lets a rating count that arrived after the meeting had opened; `entry` is that rating's entry."""

    IDS = ("standard", "reviewer")
    SHARED = True
    standard: str
    reviewer: str
    entry: str | None | UnsetType = UNSET


class KnownName(Statement, frozen=True, kw_only=True, tag="known_name"):
    """The name of somebody who must not be recognised in the report; it only serves to find that name in texts."""

    IDS = ("id",)
    id: str
    name: str | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET


class FindingAccepted(Statement, frozen=True, kw_only=True, tag="finding_accepted"):
    """Why a finding of the proof-reader may stand. Only the lead records it; None takes the reason back."""

    IDS = ("id",)
    id: str
    reason: str | None | UnsetType = UNSET


AnyStatement = (
    Rating | Interview | Answer | Quote | CaseNote | Audit | AgreedAudit | SelfReview | Survey | Context | Concern
    | Agreed | LocalContext | Response | ResponseDecision | Passage | Action | Decision | Slot | Person | Asks
    | Settled | Meeting | AcceptLate | KnownName | FindingAccepted
)  # fmt: skip

LEAD_ONLY: tuple[type[Statement], ...] = (
    Agreed, AgreedAudit, Decision, Slot, Person, Asks, Meeting, AcceptLate, FindingAccepted
)  # fmt: skip
