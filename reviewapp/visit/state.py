"""Everything a visit says at this moment, as plain values.

Built from the store's current tables; screens, figures and the report read only this. Every record knows its
`key` in the journal; the dictionaries are keyed by it. A field that nobody has given, or that was cleared, is None
(or empty). Records a person deleted are left out. `conflicts` names the fields that two laptops changed without
having seen each other; until settled a conflicted value is None, and a conflicted text holds every version.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from reviewapp.crosswalk.model import Crosswalk
from reviewapp.instruments.model import Instrument, Score
from reviewapp.visit.comment_records import ReportCommentRecord
from reviewapp.visit.criterion_records import (
    AgreedCriterionRecord,
    AlsoAgreedCriterionRecord,
    AlsoCriterionRecord,
    CriterionRecord,
)
from reviewapp.visit.document_records import DocumentSeenRecord
from reviewapp.visit.example_records import ExampleRecord, SharedPracticeRecord
from reviewapp.visit.paper_records import PaperRecord
from reviewapp.visit.practice_records import PracticeConsentRecord
from reviewapp.visit.programme_records import (
    EscalationRecord,
    FollowUpGoalRecord,
    FollowUpRecord,
    GoalRecord,
    HandoverRecord,
    LearningEventRecord,
    ReadinessRecord,
    RoundRecord,
    ScopingRecord,
    StaffChangeRecord,
    SuggestionsRecord,
    VoteRecord,
)
from reviewapp.visit.record import Record as Record  # where everybody looks for it
from reviewapp.visit.survey_records import SurveyCommentRecord, SurveySubmissionRecord
from reviewapp.visit.theme_records import AgreedCodingRecord, CodebookRecord, CodingRecord, ThemeRecord

Role = Literal["lead", "clinician", "patient_rep", "carer_rep", "observer"]
Kind = Literal["accreditation", "developmental", "interim"]


class VisitInfo(msgspec.Struct, frozen=True, kw_only=True):
    """What the visit is."""

    id: str
    service: str
    organisation: str
    date: str
    instrument: str
    kind: Kind = "accreditation"


class PersonRecord(Record, frozen=True, kw_only=True):
    """A member of the review team; the key is the code."""

    role: Role
    name: str = ""

    @property
    def rates(self) -> bool:
        """Observers do not rate."""
        return self.role != "observer"


class RatingRecord(Record, frozen=True, kw_only=True):
    """`47/R2`. `reason`: why a score differs from the one that the criteria give."""

    standard: str
    value: Score | None = None
    note: str = ""
    reason: str = ""


class InterviewRecord(Record, frozen=True, kw_only=True):
    """`P1/R2`. `groups` counts the people of each group where an interview was with several (`people` in all)."""

    id: str
    group: str
    mode: str | None = None
    consent_notes: bool | None = None
    consent_quotes: bool | None = None
    consent_circulation: bool | None = None
    consent_published: bool | None = None
    groups: dict[str, int] = msgspec.field(default_factory=dict)
    people: int = 1
    with_: tuple[str, ...] = msgspec.field(default=(), name="with")


class AnswerRecord(Record, frozen=True, kw_only=True):
    """`P1/prompt/R2`; `interview` is the key of the interview, `P1/R2`."""

    interview: str
    prompt: str
    text: str = ""


class QuoteRecord(Record, frozen=True, kw_only=True):
    """`Q1/R2`; `interview` is the key of the interview, `P1/R2`."""

    id: str
    interview: str
    text: str = ""
    standards: tuple[str, ...] = ()
    tone: str = "neutral"
    speaker: str = ""


class CaseNoteRecord(Record, frozen=True, kw_only=True):
    """`3/R2`."""

    id: str


class AuditRecord(Record, frozen=True, kw_only=True):
    """`3/A1/R2`, or an agreed cell `3/A1`."""

    case_note: str
    item: str
    value: str | None = None
    note: str = ""
    reason: str = ""


class SelfReviewRecord(Record, frozen=True, kw_only=True):
    """`47`."""

    standard: str
    value: Score | None = None
    comment: str = ""


class SurveyRecord(Record, frozen=True, kw_only=True):
    """`carer/47`."""

    group: str
    standard: str
    yes: int = 0
    no: int = 0
    na: int = 0


class ContextRecord(Record, frozen=True, kw_only=True):
    """`caseload`."""

    value: str | int | float | bool | None = None


class ConcernRecord(Record, frozen=True, kw_only=True):
    """`IC1/R2`. `told`: who was told, `at` when, `action`: what was done; `interview`: in which it came up, `P1/R2`."""

    id: str
    text: str = ""
    told: str = ""
    at: str = ""
    action: str = ""
    interview: str = ""


class AgreedRecord(Record, frozen=True, kw_only=True):
    """`47`. While two laptops agreed differently `value` is None (a conflict), so it counts as unrated."""

    standard: str
    value: Score | None = None
    reason: str = ""
    dissent: str = ""


class TextRecord(Record, frozen=True, kw_only=True):
    """Local context (`54/R2`) or a passage of the report (`summary`): `subject` is the standard or the place."""

    subject: str
    text: str = ""


class ResponseRecord(Record, frozen=True, kw_only=True):
    """`47`. `rating` is the draft's rating it answers: "" when there was none, None when that was not kept."""

    standard: str
    text: str = ""
    evidence: str = ""
    rating: Score | None = None


class ResponseDecisionRecord(Record, frozen=True, kw_only=True):
    """`47`."""

    standard: str
    accepted: bool | None = None
    reason: str = ""
    about: str = ""


class TeamNoteRecord(Record, frozen=True, kw_only=True):
    """`N0a1b2c3d4e5f`. `about` is the id of an action; it and `standard` are empty where the note is about none."""

    id: str
    text: str = ""
    standard: str = ""
    about: str = ""
    source: str = ""


class ActionRecord(Record, frozen=True, kw_only=True):
    """`AP1`."""

    id: str
    standard: str = ""
    action: str = ""
    owner: str = ""
    due: str = ""
    priority: int | None = None
    measure: str = ""
    status: str = "open"
    progress: str = ""
    impact: str = ""
    effort: str = ""
    goal: str = ""
    deputy: str = ""


class DecisionRecord(Record, frozen=True, kw_only=True):
    """`1`. `stood` and `answered` are None where they were not kept."""

    presentation: int
    date: str = ""
    label: str = ""
    note: str = ""
    stood: dict[str, Score] | None = None
    answered: dict[str, str] | None = None


class SlotRecord(Record, frozen=True, kw_only=True):
    """`T1`. `start` and `end` are local times, HH:MM."""

    id: str
    start: str = ""
    end: str = ""
    title: str = ""
    who: tuple[str, ...] = ()
    room: str = ""


class AsksRecord(Record, frozen=True, kw_only=True):
    """`PT1`: who is to ask this prompt."""

    prompt: str
    who: tuple[str, ...] = ()


class MeetingRecord(Record, frozen=True, kw_only=True):
    """`meeting`: whether it is open now, and how many entries of each device the lead held at the opening.

    `criteria`: whether what is found of criteria waits as ratings do; not so in visits from before that rule.
    """

    open: bool = False
    criteria: bool = False
    held: dict[str, int] = msgspec.field(default_factory=dict)


class AcceptedLateRecord(Record, frozen=True, kw_only=True):
    """`47/R2`: the entry of a late rating that the lead let in; `others` where the rating had several versions."""

    standard: str
    reviewer: str
    entry: str = ""
    others: tuple[str, ...] = ()


class AcceptedLateCriterionRecord(AcceptedLateRecord, frozen=True, kw_only=True):
    """`12/b/case_note/R2`: the entry of a late finding that the lead let in; `others` are those of its other fields."""

    criterion: str
    source: str


class SettledRecord(Record, frozen=True, kw_only=True):
    """`agreed 47 value`: which entry was chosen in a conflict, and why."""

    place: str
    entry: str = ""
    reason: str = ""


class KnownNameRecord(Record, frozen=True, kw_only=True):
    """`N1/R2`: a name to look for in what is written; never printed."""

    id: str
    name: str = ""


class FindingAcceptedRecord(Record, frozen=True, kw_only=True):
    """`phone-0a1b2c3d4e5f6071/L1`: why a finding of the proof-reader may stand."""

    id: str
    reason: str = ""


class SavedAnywayRecord(Record, frozen=True, kw_only=True):
    """`D1/L1`: a document that somebody saved knowing that these findings of the proof-reader were open."""

    id: str
    document: str = ""
    findings: tuple[str, ...] = ()


class AlsoRatingRecord(RatingRecord, frozen=True, kw_only=True):
    """`core-fidelity-2/12/R2`: a rating by the second instrument."""

    instrument: str


class AlsoAgreedRecord(AgreedRecord, frozen=True, kw_only=True):
    """`core-fidelity-2/12`."""

    instrument: str


class AlsoAcceptedLateRecord(AcceptedLateRecord, frozen=True, kw_only=True):
    """`core-fidelity-2/12/R2`."""

    instrument: str


class AlsoAcceptedLateCriterionRecord(AcceptedLateCriterionRecord, frozen=True, kw_only=True):
    """`core-fidelity-2/12/b/case_note/R2`."""

    instrument: str


class AlsoTextRecord(TextRecord, frozen=True, kw_only=True):
    """`core-fidelity-2/12/R2`: local context of an item of the second instrument."""

    instrument: str


class AlsoSelfReviewRecord(SelfReviewRecord, frozen=True, kw_only=True):
    """`core-fidelity-2/12`."""

    instrument: str


class Withdrawn(Record, frozen=True, kw_only=True):
    """`interview/P1/R2`: that something was taken back, by whom and when (UTC, ISO). Nothing else is kept."""

    at: str = ""


class Hidden(Record, frozen=True, kw_only=True):
    """`interview/P1/R2`: a laptop without the right asked for it to be taken back, and nobody has decided yet.

    `person`: whose words they are; `asker`: of whose laptop, `device`, the first request is, and `at` when it was made
    (UTC, ISO). `request`: of which record that one is; `requested`: of which all are that hide it; `requests`: the ids
    of their entries.
    """

    asker: str
    device: str
    at: str = ""
    request: str
    requested: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()


class ConflictValue(msgspec.Struct, frozen=True, kw_only=True):
    """One of the values that stand side by side."""

    value: Any
    person: str
    at: str
    entry: str


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """A field with more than one current value."""

    entity: str
    key: str
    field: str
    values: tuple[ConflictValue, ...]
    more: int = 0
    """How many values stand beside these that are not listed, where there are very many."""


class VisitState(msgspec.Struct, kw_only=True, weakref=True):
    """The whole visit. Treat it as read-only: only the owner of the store changes it."""

    info: VisitInfo
    instrument: Instrument
    also: Instrument | None = None
    """The second instrument, by which the same evidence is seen (`visit.second`)."""
    crosswalk: Crosswalk | None = None
    """Between the two, read from the first; None where there is one instrument, or none was there."""
    lead_code: str = ""
    """Who leads since somebody took over; empty while it is the one with the role of the lead."""
    only_here: bool = False
    """Whether what this laptop recorded is among the records and counts nowhere else (`visit.own_screen`)."""
    people: dict[str, PersonRecord] = {}
    ratings: dict[str, RatingRecord] = {}
    interviews: dict[str, InterviewRecord] = {}
    answers: dict[str, AnswerRecord] = {}
    quotes: dict[str, QuoteRecord] = {}
    case_notes: dict[str, CaseNoteRecord] = {}
    audit: dict[str, AuditRecord] = {}
    agreed_audit: dict[str, AuditRecord] = {}
    self_review: dict[str, SelfReviewRecord] = {}
    survey: dict[str, SurveyRecord] = {}
    context: dict[str, ContextRecord] = {}
    concerns: dict[str, ConcernRecord] = {}
    agreed: dict[str, AgreedRecord] = {}
    local_context: dict[str, TextRecord] = {}
    responses: dict[str, ResponseRecord] = {}
    response_decisions: dict[str, ResponseDecisionRecord] = {}
    passages: dict[str, TextRecord] = {}
    actions: dict[str, ActionRecord] = {}
    decisions: dict[str, DecisionRecord] = {}
    slots: dict[str, SlotRecord] = {}
    asks: dict[str, AsksRecord] = {}
    meetings: dict[str, MeetingRecord] = {}
    accepted_late: dict[str, AcceptedLateRecord] = {}
    settled: dict[str, SettledRecord] = {}
    known_names: dict[str, KnownNameRecord] = {}
    findings_accepted: dict[str, FindingAcceptedRecord] = {}
    saved_anyway: dict[str, SavedAnywayRecord] = {}
    team_notes: dict[str, TeamNoteRecord] = {}
    rounds: dict[str, RoundRecord] = {}
    goals: dict[str, GoalRecord] = {}
    suggestions: dict[str, SuggestionsRecord] = {}
    scoping: dict[str, ScopingRecord] = {}
    votes: dict[str, VoteRecord] = {}
    readiness: dict[str, ReadinessRecord] = {}
    follow_ups: dict[str, FollowUpRecord] = {}
    follow_up_goals: dict[str, FollowUpGoalRecord] = {}
    learning_events: dict[str, LearningEventRecord] = {}
    staff_changes: dict[str, StaffChangeRecord] = {}
    escalations: dict[str, EscalationRecord] = {}
    handovers: dict[str, HandoverRecord] = {}
    shared_practice: dict[str, SharedPracticeRecord] = {}
    examples: dict[str, ExampleRecord] = {}
    practice_consents: dict[str, PracticeConsentRecord] = {}
    papers: dict[str, PaperRecord] = {}
    documents_seen: dict[str, DocumentSeenRecord] = {}
    report_comments: dict[str, ReportCommentRecord] = {}
    also_ratings: dict[str, AlsoRatingRecord] = {}
    also_agreed: dict[str, AlsoAgreedRecord] = {}
    also_accepted_late: dict[str, AlsoAcceptedLateRecord] = {}
    codebooks: dict[str, CodebookRecord] = {}
    themes: dict[str, ThemeRecord] = {}
    codings: dict[str, CodingRecord] = {}
    agreed_codings: dict[str, AgreedCodingRecord] = {}
    criteria: dict[str, CriterionRecord] = {}
    agreed_criteria: dict[str, AgreedCriterionRecord] = {}
    also_criteria: dict[str, AlsoCriterionRecord] = {}
    also_agreed_criteria: dict[str, AlsoAgreedCriterionRecord] = {}
    accepted_late_criteria: dict[str, AcceptedLateCriterionRecord] = {}
    also_accepted_late_criteria: dict[str, AlsoAcceptedLateCriterionRecord] = {}
    also_local_context: dict[str, AlsoTextRecord] = {}
    also_self_review: dict[str, AlsoSelfReviewRecord] = {}
    also_rounds: dict[str, RoundRecord] = {}
    survey_comments: dict[str, SurveyCommentRecord] = {}
    survey_submissions: dict[str, SurveySubmissionRecord] = {}
    late: frozenset[str] = frozenset()
    """Keys of ratings that arrived after the meeting had opened and wait for the lead; they do not count."""
    also_late: frozenset[str] = frozenset()
    """The same of ratings by the second instrument."""
    late_criteria: frozenset[str] = frozenset()
    """The same of what was found of criteria."""
    also_late_criteria: frozenset[str] = frozenset()
    withdrawn: dict[str, Withdrawn] = {}
    hidden: dict[str, Hidden] = {}
    """What is hidden until somebody decides; none of it is in the tables above, but for the fact of a concern."""
    conflicts: tuple[Conflict, ...] = ()
    digest: str = ""
    last_counted: str = ""
    """When the last entry that counts was recorded, UTC, ISO 8601 with `Z`; empty while unknown. Documents bear it."""

    @property
    def meeting_opened(self) -> bool:
        """Whether the meeting has ever been opened; until then reviewers do not see each other's ratings."""
        return any(meeting.held for meeting in self.meetings.values())

    @property
    def meeting_open(self) -> bool:
        """Whether the meeting is going on."""
        return any(meeting.open for meeting in self.meetings.values())

    def lead(self) -> PersonRecord | None:
        """The lead reviewer, if one is named."""
        if self.lead_code:
            return self.people.get(self.lead_code)
        return next((p for p in self.people.values() if p.role == "lead"), None)


def has_committee(state: VisitState) -> bool:
    """A developmental review (new members) is not presented (QN-CRHTT national report, the review cycle)."""
    return state.info.kind != "developmental"
