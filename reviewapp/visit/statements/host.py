"""What the team under review says of itself and to the draft, and what the review team makes of that."""

from __future__ import annotations

from typing import ClassVar

from msgspec import UNSET, UnsetType

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, gettext_noop, ngettext_noop
from reviewapp.instruments.model import Group, Score
from reviewapp.visit.state import (
    ContextRecord,
    ResponseDecisionRecord,
    ResponseRecord,
    SelfReviewRecord,
    SurveyRecord,
    TeamNoteRecord,
    VisitState,
)
from reviewapp.visit.statements.base import Statement
from reviewapp.visit.validators import (
    Checks,
    check_count,
    check_digest,
    check_id_or_none,
    check_scale_value,
    check_scale_value_or_none,
    check_standard,
    check_standard_or_none,
)


class SelfReview(Statement, frozen=True, kw_only=True, tag="self_review"):
    """What the team claims for one standard."""

    IDS: ClassVar[tuple[str, ...]] = ("standard",)
    SHARED = True
    TABLE = "self_review"
    RECORD: ClassVar[type[SelfReviewRecord]] = SelfReviewRecord
    CHECKS: ClassVar[Checks] = {"standard": check_standard, "value": check_scale_value}
    VALUE_FIELDS = ("value",)
    NOUN = _("self-review of standard")
    PHRASE = gettext_noop("the team's own rating of standard {key}")
    COUNTED = ngettext_noop("{n} self-review rating", "{n} self-review ratings")
    TEXTS = ("comment",)
    FOUND_AS = "self_review"

    standard: str
    value: Score | None | UnsetType = UNSET
    comment: str | None | UnsetType = UNSET


class Survey(Statement, frozen=True, kw_only=True, tag="survey"):
    """Counts of survey answers from one group for one standard."""

    IDS = ("group", "standard")
    SHARED = True
    TABLE = "survey"
    RECORD = SurveyRecord
    CHECKS: ClassVar[Checks] = {"standard": check_standard, "yes": check_count, "no": check_count, "na": check_count}
    NOUN = _("survey counts")
    PHRASE = gettext_noop("the survey answers {key}")
    COUNTED = ngettext_noop("{n} survey count", "{n} survey counts")

    group: Group
    standard: str
    yes: int | UnsetType = UNSET
    no: int | UnsetType = UNSET
    na: int | UnsetType = UNSET


class Context(Statement, frozen=True, kw_only=True, tag="context"):
    """A fact about the service: caseload, days under the team, ..."""

    IDS = ("field",)
    SAID = ()
    CHANGED = _("fact about the service")
    SHARED = True
    KEY_IN_WORDS = True
    TABLE = "context"
    RECORD = ContextRecord
    VALUE_FIELDS = ("value",)
    PHRASE = gettext_noop("the fact about the service “{key}”")
    TEXTS = ("value",)
    FOUND_AS = "self_review"

    field: str
    value: str | int | float | bool | None | UnsetType = UNSET


class Response(Statement, frozen=True, kw_only=True, tag="response"):
    """The host's answer to the draft, one standard at a time.

    `rating` is the draft's rating that it answers ("" for none); left out, it is the one that counts now.
    """

    IDS = ("standard",)
    SHARED = True
    TABLE = "responses"
    RECORD = ResponseRecord
    CHECKS: ClassVar[Checks] = {"standard": check_standard, "rating": check_scale_value_or_none}
    VALUE_FIELDS = ("rating",)
    NOUN = _("response on standard")
    PHRASE = gettext_noop("the team's answer to standard {key}")
    TEXTS = ("text", "evidence")
    FOUND_AS = "response"

    standard: str
    text: str | None | UnsetType = UNSET
    evidence: str | None | UnsetType = UNSET
    rating: Score | None | UnsetType = UNSET


class ResponseDecision(Statement, frozen=True, kw_only=True, tag="response_decision"):
    """What the review team made of the host's answer; never said by the host, and the lead's word counts.

    `about` is a print of the answer it was made on; left out, of the one that stands.
    """

    IDS = ("standard",)
    SHARED = True
    TABLE = "response_decisions"
    RECORD = ResponseDecisionRecord
    RECORDED_BY = "reviewers"
    COUNTS_FROM_LEAD = True
    LEAD_RECORDS = _("what is made of an answer")
    CHECKS: ClassVar[Checks] = {"standard": check_standard, "about": check_digest}
    VALUE_FIELDS = ("accepted",)
    NOUN = _("decision on the response on standard")
    PHRASE = gettext_noop("what was decided on the team's answer to standard {key}")
    TEXTS = ("reason",)
    FOUND_AS = "response"

    standard: str
    accepted: bool | None | UnsetType = UNSET
    reason: str | None | UnsetType = UNSET
    about: str | None | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """Whoever accepts or declines says why."""
        if not isinstance(self.accepted, bool):
            return
        held = state.response_decisions.get(self.standard)
        reason = (held.reason if held else "") if self.reason is UNSET else self.reason or ""
        if not reason.strip():
            raise Invalid(
                _("a reason is missing"),
                field="reason",
                do=_("say why the answer is accepted or declined"),
                kept=_("nothing changed"),
            )


class TeamNote(Statement, frozen=True, kw_only=True, tag="team_note"):
    """Words of the team that stood beside what it was asked: a comment at a cell, a column or a sheet of its own.

    Never printed. `source` says where they stood; `standard` and `about` (the id of an action) what they are about.
    """

    IDS = ("id",)
    SHARED = True
    TABLE = "team_notes"
    RECORD = TeamNoteRecord
    CHECKS: ClassVar[Checks] = {"standard": check_standard_or_none, "about": check_id_or_none}
    NEEDS = "text"
    FIRST_STANDS = ("standard",)
    NOUN = _("note from the team")
    PHRASE = gettext_noop("a note from the team ({key})")
    COUNTED = ngettext_noop("{n} note from the team", "{n} notes from the team")
    TEXTS = ("text", "source")
    ABOUT = ("standard", "about")
    FOUND_AS = "response"

    id: str
    text: str | UnsetType = UNSET
    standard: str | None | UnsetType = UNSET
    about: str | None | UnsetType = UNSET
    source: str | None | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """It has words."""
        blank = not self.text.strip() if isinstance(self.text, str) else self.id not in state.team_notes
        if blank and self.deleted is UNSET:
            raise Invalid(_("a note from the team needs words"), field="text", do=_("write what the team said"))

    def change_name(self, person: str) -> str:
        """Without the id of the note, which says nothing to a person."""
        return _("deletion of a note from the team") if self.deleted is True else self.noun()
