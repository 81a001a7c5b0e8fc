"""What is written for the report and decided on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from msgspec import UNSET, UnsetType

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, gettext_noop, ngettext_noop
from reviewapp.instruments.model import Score
from reviewapp.visit.state import (
    DecisionRecord,
    FindingAcceptedRecord,
    KnownNameRecord,
    SavedAnywayRecord,
    TextRecord,
    VisitState,
    has_committee,
)
from reviewapp.visit.statements.base import Statement
from reviewapp.visit.validators import (
    Checks,
    InstrumentTerms,
    check_date_or_none,
    check_digest,
    check_scale_value,
    check_standard,
)


def _check_presentation(field: str, value: int, terms: InstrumentTerms) -> None:
    most = terms.instrument.rule.presentations
    if not 1 <= value <= most:
        raise Invalid(_("a service is presented at most {most} times", most=most), field=field)


def _check_label(field: str, value: str, terms: InstrumentTerms) -> None:
    labels = terms.instrument.rule.labels
    if value and labels and value not in labels:
        raise Invalid(
            _("{value} is no decision", value=f"{value!r}"), field=field, do=_("use one of: ") + ", ".join(labels)
        )


def _check_stood(field: str, value: dict[str, Any], terms: InstrumentTerms) -> None:
    for number, rating in value.items():
        check_standard(field, number, terms)
        check_scale_value(field, rating, terms)


def _check_answered(field: str, value: dict[str, str], terms: InstrumentTerms) -> None:
    for number, digest in value.items():
        check_standard(field, number, terms)
        check_digest(field, digest, terms)


def _check_name(field: str, value: str, terms: InstrumentTerms) -> None:
    if sum(character.isalpha() for character in value) < 2 or len(value) > 200:
        raise Invalid(
            _("{value} is not a name", value=f"{value!r}"),
            field=field,
            do=_("write a first name or a surname, or both"),
        )


def _check_reason(field: str, value: str, terms: InstrumentTerms) -> None:
    if not value.strip():
        raise Invalid(_("a reason is missing"), field=field, do=_("say why, in a few words"))


class Passage(Statement, frozen=True, kw_only=True, tag="passage"):
    """A written passage of the report: `summary`, `section:<name>`, `achievements`, `improvements`, `method`."""

    IDS = ("place",)
    SHARED = True
    KEY_IN_WORDS = True
    TABLE = "passages"
    RECORD = TextRecord
    NOUN = _("report passage")
    PHRASE = gettext_noop("the written passage “{key}”")
    COUNTED = ngettext_noop("{n} passage of the report", "{n} passages of the report")
    TEXTS = ("text",)
    FOUND_AS = "report"

    place: str
    text: str | None | UnsetType = UNSET

    @classmethod
    def identify(cls, own: dict[str, Any], said: Mapping[str, Any]) -> None:
        """A text is about its subject."""
        own["subject"] = own["place"]


class Decision(Statement, frozen=True, kw_only=True, tag="decision"):
    """What the committee decided at one presentation. Only the lead records it.

    `stood` are the ratings that counted then, `answered` prints of the host's answers held then, both by standard;
    left out, those of the moment in which the decision is recorded.
    """

    IDS = ("presentation",)
    SHARED = True
    NUMBERS = ("presentation",)
    TABLE = "decisions"
    RECORD = DecisionRecord
    RECORDED_BY = "lead"
    LEAD_RECORDS = _("a decision")
    CHECKS: ClassVar[Checks] = {
        "presentation": _check_presentation,
        "date": check_date_or_none,
        "label": _check_label,
        "stood": _check_stood,
        "answered": _check_answered,
    }
    VALUE_FIELDS = ("date", "label", "answered")
    PHRASE = gettext_noop("the committee's decision at presentation {key}")
    TEXTS = ("label", "note")
    FOUND_AS = "report"
    NUMBERED = True

    presentation: int
    date: str | None | UnsetType = UNSET
    label: str | None | UnsetType = UNSET
    note: str | None | UnsetType = UNSET
    stood: dict[str, Score] | None | UnsetType = UNSET
    answered: dict[str, str] | None | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """Some reviews have no committee."""
        if isinstance(self.label, str) and self.label and not has_committee(state):
            raise Invalid(
                _("a developmental review has no committee"), field="presentation", do=_("record no decision for it")
            )


class KnownName(Statement, frozen=True, kw_only=True, tag="known_name"):
    """The name of somebody who must not be recognised in the report; it only serves to find that name in texts."""

    IDS = ("id",)
    SAID = ()
    TABLE = "known_names"
    RECORD = KnownNameRecord
    RECORDED_BY = "reviewers"
    CHECKS: ClassVar[Checks] = {"name": _check_name}
    WITHDRAWABLE = True
    NOUN = _("name to look for")
    PHRASE = gettext_noop("a name on the list of names ({key})")
    COUNTED = ngettext_noop("{n} name to look for", "{n} names to look for")
    TEXTS = ("name",)
    FOUND_AS = "report"

    id: str
    name: str | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """It has the name."""
        if self.key(person) not in state.known_names and self.name is UNSET and self.deleted is UNSET:
            raise Invalid(_("{id} needs a name", id=self.id), field="name", do=_("write the name to look for"))


class FindingAccepted(Statement, frozen=True, kw_only=True, tag="finding_accepted"):
    """Why a finding of the proof-reader may stand. Only the lead records it; None takes the reason back."""

    IDS = ("id",)
    TABLE = "findings_accepted"
    RECORD = FindingAcceptedRecord
    RECORDED_BY = "lead"
    LEAD_RECORDS = _("that a warning is accepted")
    CHECKS: ClassVar[Checks] = {"reason": _check_reason}
    NOUN = _("acceptance of a warning")
    PHRASE = gettext_noop("why a warning was accepted ({key})")
    COUNTED = ngettext_noop("{n} accepted warning", "{n} accepted warnings")
    TEXTS = ("reason",)
    FOUND_AS = "report"

    id: str
    reason: str | None | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """It gives a reason, or takes it back."""
        if self.reason is UNSET:
            raise Invalid(_("a reason is missing"), field="reason", do=_("say why you accept the warning"))

    def change_name(self, person: str) -> str:
        """Without the id of the finding, which says nothing to a person."""
        return self.noun()


class SavedAnyway(Statement, frozen=True, kw_only=True, tag="saved_anyway"):
    """That somebody saved a document knowing that findings to stop for were open; `findings` are their ids."""

    IDS = ("id",)
    SAID = ()
    TABLE = "saved_anyway"
    RECORD = SavedAnywayRecord
    NOUN = _("saving with open warnings")
    PHRASE = gettext_noop("a document saved with open warnings ({key})")
    COUNTED = ngettext_noop("{n} document saved with open warnings", "{n} documents saved with open warnings")

    id: str
    document: str | None | UnsetType = UNSET
    findings: list[str] | None | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """It says which document."""
        if not isinstance(self.document, str) or not self.document.strip():
            raise Invalid(_("the document is missing"), field="document", do=_("say what was saved"))
