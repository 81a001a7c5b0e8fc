"""What people said: interviews, notes, their own words, and worry for somebody's safety."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import msgspec
from msgspec import UNSET, UnsetType

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, gettext_noop, ngettext_noop
from reviewapp.instruments.model import Group
from reviewapp.visit.state import AnswerRecord, ConcernRecord, InterviewRecord, QuoteRecord, VisitState
from reviewapp.visit.statements.base import Statement, check_on_visit
from reviewapp.visit.validators import (
    Checks,
    InstrumentTerms,
    check_codes,
    check_id,
    check_id_or_none,
    check_line,
    check_moment,
    check_prompt_or_notes,
    check_standards,
)

Mode = Literal["in_person", "phone", "video"]
Tone = Literal["positive", "negative", "mixed", "neutral"]


def _check_people(field: str, value: int, terms: InstrumentTerms) -> None:
    if not 1 <= value <= 50:
        raise Invalid(_("people must be between 1 and 50"), field=field)


def _check_groups(field: str, value: Mapping[str, int], terms: InstrumentTerms) -> None:
    if any(not 1 <= many <= 50 for many in value.values()) or sum(value.values()) > 50:
        raise Invalid(_("groups must count between 1 and 50 people"), field=field)


def _check_words(field: str, value: str, terms: InstrumentTerms) -> None:
    if not value.strip():
        raise Invalid(_("the quote has no words"), field=field)


def _no_interview(interview: str | UnsetType) -> Invalid:
    return Invalid(
        _("there is no interview {interview}", interview=interview),
        field="interview",
        do=_("record it first"),
    )


class Interview(Statement, frozen=True, kw_only=True, tag="interview"):
    """Somebody spoken to. `with` names reviewers who took part; consent is recorded before anything said."""

    IDS = ("id",)
    TABLE = "interviews"
    RECORD = InterviewRecord
    RECORDED_BY = "reviewers"
    CHECKS: ClassVar[Checks] = {"people": _check_people, "with": check_codes, "groups": _check_groups}
    NEEDS = "group"
    WITHDRAWABLE = True
    VALUE_FIELDS = ("mode", "consent_notes", "consent_quotes", "consent_circulation", "consent_published", "groups")
    FIRST_STANDS = ("group",)
    PHRASE = gettext_noop("an interview ({key})")
    WHOSE = gettext_noop("interview {id} · {author}")
    COUNTED = ngettext_noop("{n} interview", "{n} interviews")
    TEXTS = ()
    ABOUT = ("group",)
    FOUND_AS = "interview"
    NUMBERED = True

    id: str
    group: Group | UnsetType = UNSET
    mode: Mode | None | UnsetType = UNSET
    consent_notes: bool | None | UnsetType = UNSET
    consent_quotes: bool | None | UnsetType = UNSET
    consent_circulation: bool | None | UnsetType = UNSET
    consent_published: bool | None | UnsetType = UNSET
    people: int | UnsetType = UNSET
    groups: dict[Group, int] | None | UnsetType = UNSET
    with_: list[str] | UnsetType = msgspec.field(default=UNSET, name="with")
    deleted: bool | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """It has a group and names others who took part; consent is not taken back from under what rests on it."""
        existing = state.interviews.get(self.key(person))
        if existing is None and self.group is UNSET and self.deleted is UNSET:
            raise Invalid(
                _("interview {id} needs a group", id=self.id),
                field="group",
                do=_("give the group of the person interviewed"),
            )
        if self.with_ is not UNSET:
            check_on_visit(self.with_, state, "with")
            if person in self.with_:
                raise Invalid(_("with names other reviewers, not oneself"), field="with")
        self._check_consent(state, self.key(person))

    def _check_consent(self, state: VisitState, key: str) -> None:
        if self.consent_quotes in (False, None) and any(q.interview == key for q in state.quotes.values()):
            raise Invalid(
                _("interview {id} has quotes", id=self.id),
                field="consent_quotes",
                do=_("delete its quotes first"),
            )
        taken_back = self.consent_notes in (False, None)
        if taken_back and any(a.interview == key and a.text for a in state.answers.values()):
            raise Invalid(
                _("interview {id} has notes", id=self.id),
                field="consent_notes",
                do=_("empty them first, or withdraw the interview"),
            )


class Answer(Statement, frozen=True, kw_only=True, tag="answer"):
    """Notes of what was said to one prompt."""

    IDS = ("interview", "prompt")
    TABLE = "answers"
    RECORD = AnswerRecord
    RECORDED_BY = "reviewers"
    CHECKS: ClassVar[Checks] = {"prompt": check_prompt_or_notes}
    PHRASE = gettext_noop("an answer in an interview ({key})")
    WHOSE = gettext_noop("notes of interview {interview} · {author}")
    COUNTED = ngettext_noop("{n} interview note", "{n} interview notes")
    TEXTS = ("text",)

    interview: str
    prompt: str
    text: str | None | UnsetType = UNSET

    @classmethod
    def identify(cls, own: dict[str, Any], said: Mapping[str, Any]) -> None:
        """The key of the interview ends in its author."""
        own["interview"] = f"{own['interview']}/{own['person']}"

    def check(self, state: VisitState, person: str) -> None:
        """There is such an interview, whose guide has the prompt, and notes were agreed to."""
        interview = state.interviews.get(f"{self.interview}/{person}")
        if interview is None:
            raise _no_interview(self.interview)
        prompts = {p.id for g in state.instrument.guides if g.group == interview.group for p in g.prompts}
        if self.prompt != "notes" and self.prompt not in prompts:
            raise Invalid(
                _("prompt {prompt} is not in the guide for {group}", prompt=f"{self.prompt!r}", group=interview.group),
                field="prompt",
                do=_("use a prompt of that guide, or `notes` for anything else"),
            )
        if self.text and interview.consent_notes is False:
            raise Invalid(
                _("{interview} declined notes", interview=interview.id),
                field="interview",
                do=_("keep no notes of it"),
            )

    def change_name(self, person: str) -> str:
        """By its interview: the id of a prompt says nothing to a person."""
        return _("notes of {interview}", interview=self.interview)


class Quote(Statement, frozen=True, kw_only=True, tag="quote"):
    """Somebody's own words, tied to the standards they bear on. `speaker` tells people of one interview apart."""

    IDS = ("id",)
    TABLE = "quotes"
    RECORD = QuoteRecord
    RECORDED_BY = "reviewers"
    CHECKS: ClassVar[Checks] = {
        "interview": check_id, "text": _check_words, "standards": check_standards, "speaker": check_line,
    }  # fmt: skip
    WITHDRAWABLE = True
    VALUE_FIELDS = ("tone",)
    FIRST_STANDS = ("interview",)
    DERIVED = frozenset({"interview"})
    PHRASE = gettext_noop("a quote ({key})")
    WHOSE = gettext_noop("quote {id} · {author}")
    COUNTED = ngettext_noop("{n} quote", "{n} quotes")
    TEXTS = ("text", "speaker")
    ABOUT = ("standards", "interview")
    FOUND_AS = "quote"
    NUMBERED = True

    id: str
    interview: str | UnsetType = UNSET
    text: str | UnsetType = UNSET
    standards: list[str] | UnsetType = UNSET
    tone: Tone | UnsetType = UNSET
    speaker: str | None | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET

    @classmethod
    def identify(cls, own: dict[str, Any], said: Mapping[str, Any]) -> None:
        """The key of the interview ends in its author."""
        own["interview"] = f"{said.get('interview') or ''}/{own['person']}"

    def check(self, state: VisitState, person: str) -> None:
        """It is from an interview of the same reviewer in which being quoted was agreed to."""
        existing = state.quotes.get(self.key(person))
        if self.deleted is True:
            return
        if existing is None and (self.interview is UNSET or self.text is UNSET):
            raise Invalid(_("quote {id} needs an interview and a text", id=self.id), field="interview")
        key = existing.interview if self.interview is UNSET and existing else f"{self.interview}/{person}"
        interview = state.interviews.get(key)
        if interview is None:
            raise _no_interview(self.interview)
        if interview.consent_quotes is not True:
            raise Invalid(
                _("{id} has not agreed to be quoted", id=interview.id),
                field="interview",
                do=_("ask, and record the consent on the interview, or keep it as notes"),
            )


class Concern(Statement, frozen=True, kw_only=True, tag="concern"):
    """Somebody may be at risk: what was said, who was told, when, and what was done.

    `interview`: one of the author's own, in which it came up. The concern outlives it.
    """

    IDS = ("id",)
    TABLE = "concerns"
    RECORD = ConcernRecord
    RECORDED_BY = "reviewers"
    CHECKS: ClassVar[Checks] = {"at": check_moment, "interview": check_id_or_none}
    VALUE_FIELDS = ("at",)
    FIRST_STANDS = ("interview",)
    DERIVED = frozenset({"interview"})
    PHRASE = gettext_noop("an immediate concern ({key})")
    WHOSE = gettext_noop("immediate concern {id} · {author}")
    COUNTED = ngettext_noop("{n} immediate concern", "{n} immediate concerns")
    TEXTS = ("text", "told", "action")
    ABOUT = ("interview",)
    FOUND_AS = "concern"
    NUMBERED = True

    id: str
    text: str | UnsetType = UNSET
    told: str | None | UnsetType = UNSET
    at: str | None | UnsetType = UNSET
    action: str | None | UnsetType = UNSET
    interview: str | None | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET

    @classmethod
    def identify(cls, own: dict[str, Any], said: Mapping[str, Any]) -> None:
        """The key of the interview ends in its author; many concerns came up elsewhere."""
        own["interview"] = f"{said['interview']}/{own['person']}" if said.get("interview") else ""

    def check(self, state: VisitState, person: str) -> None:
        """It says what was said, and names an interview of the author's own if any."""
        if isinstance(self.interview, str) and self.interview and f"{self.interview}/{person}" not in state.interviews:
            raise _no_interview(self.interview)
        if self.key(person) not in state.concerns and self.text is UNSET and self.deleted is UNSET:
            raise Invalid(
                _("concern {id} needs a text", id=self.id),
                field="text",
                do=_("write what was said"),
            )
