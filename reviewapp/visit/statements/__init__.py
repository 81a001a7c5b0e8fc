"""What a person can say during a visit, one kind of statement per class, in modules by story.

A statement is the only way anything enters a visit: the forms of the program, the command `record` and the
spreadsheets all make statements, so all are judged by the same rules. A field left out (`UNSET`) is not touched;
a field given as None is cleared.

A statement knows where it is kept: an *entity* (the kind of record), a *key* within it, and the fields it sets.
Keys of personal records end in the author's code (`47/R2`); keys of shared ones do not. What else a kind declares
stands in `base.Statement`.
"""

from __future__ import annotations

from reviewapp.visit.statements.base import Statement
from reviewapp.visit.statements.case_notes import AgreedAudit, Audit, AuditValue, CaseNote
from reviewapp.visit.statements.comments import ReportComment
from reviewapp.visit.statements.criteria import AgreedCriterion, CriterionFinding
from reviewapp.visit.statements.documents import DocumentSeen
from reviewapp.visit.statements.examples import Example, SharedPractice
from reviewapp.visit.statements.follow_up import (
    Escalation,
    FollowUp,
    FollowUpGoal,
    Handover,
    LearningEvent,
    StaffChange,
)
from reviewapp.visit.statements.host import Context, Response, ResponseDecision, SelfReview, Survey, TeamNote
from reviewapp.visit.statements.interviews import Answer, Concern, Interview, Mode, Quote, Tone
from reviewapp.visit.statements.meeting import AcceptLate, AcceptLateCriterion, Meeting, Settled
from reviewapp.visit.statements.papers import Paper
from reviewapp.visit.statements.plan import Action, Level, Status
from reviewapp.visit.statements.practice import PracticeConsent
from reviewapp.visit.statements.ratings import Agreed, LocalContext, Rating
from reviewapp.visit.statements.report import Decision, FindingAccepted, KnownName, Passage, SavedAnyway
from reviewapp.visit.statements.rounds import Round
from reviewapp.visit.statements.scoping import Goal, Readiness, Scoping, Suggestions, Vote
from reviewapp.visit.statements.second import (
    AlsoAcceptLate,
    AlsoAcceptLateCriterion,
    AlsoAgreed,
    AlsoAgreedCriterion,
    AlsoCriterionFinding,
    AlsoLocalContext,
    AlsoRating,
    AlsoRound,
    AlsoSelfReview,
)
from reviewapp.visit.statements.surveys import SurveyComment, SurveySubmission
from reviewapp.visit.statements.team import Asks, Person, Slot
from reviewapp.visit.statements.themes import AgreedCoding, Codebook, Coding, Theme

__all__ = [
    "AcceptLate", "AcceptLateCriterion", "Action", "Agreed", "AgreedAudit", "AgreedCoding", "AgreedCriterion",
    "AlsoAcceptLate", "AlsoAcceptLateCriterion", "AlsoAgreed", "AlsoAgreedCriterion", "AlsoCriterionFinding",
    "AlsoLocalContext", "AlsoRating", "AlsoRound", "AlsoSelfReview", "Answer", "AnyStatement", "Asks", "Audit",
    "AuditValue", "CaseNote", "Codebook", "Coding", "Concern", "Context", "CriterionFinding", "Decision",
    "DocumentSeen", "Escalation",
    "Example", "FindingAccepted", "FollowUp", "FollowUpGoal", "Goal", "Handover", "Interview", "KnownName",
    "LearningEvent", "Level", "LocalContext", "Meeting", "Mode", "Paper", "Passage", "Person", "PracticeConsent",
    "Quote", "Rating", "Readiness", "ReportComment", "Response", "ResponseDecision", "Round", "SavedAnyway", "Scoping",
    "SelfReview", "Settled", "SharedPractice", "Slot", "StaffChange", "Statement", "Status", "Suggestions", "Survey",
    "SurveyComment", "SurveySubmission", "TeamNote", "Theme", "Tone", "Vote",
]  # fmt: skip

AnyStatement = (
    Rating | Interview | Answer | Quote | CaseNote | Audit | AgreedAudit | SelfReview | Survey | Context | Concern
    | Agreed | LocalContext | Response | ResponseDecision | Passage | Action | Decision | Slot | Person | Asks
    | Settled | Meeting | AcceptLate | KnownName | FindingAccepted | SavedAnyway
    | TeamNote
    | Round | Goal | Suggestions | Scoping | Vote | Readiness | FollowUp | FollowUpGoal | LearningEvent | StaffChange
    | Escalation
    | AlsoRating | AlsoAgreed | AlsoAcceptLate
    | Codebook | Theme | Coding | AgreedCoding
    | CriterionFinding | AgreedCriterion | AlsoCriterionFinding | AlsoAgreedCriterion
    | SurveyComment
    | Handover | SharedPractice | Example
    | PracticeConsent
    | SurveySubmission
    | AcceptLateCriterion | AlsoAcceptLateCriterion | AlsoLocalContext | AlsoSelfReview | AlsoRound
    | Paper
    | DocumentSeen
    | ReportComment
)  # fmt: skip
"""Every kind, in the order in which kinds are told. A new one comes last."""
