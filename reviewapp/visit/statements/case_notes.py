"""The grid of case notes: which were read, what each reviewer found in them, what was agreed."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec import UNSET, UnsetType

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, gettext_noop, ngettext_noop
from reviewapp.visit.identifiers import identifiers
from reviewapp.visit.state import AuditRecord, CaseNoteRecord, VisitState
from reviewapp.visit.statements.base import Statement
from reviewapp.visit.validators import Checks, check_audit_item

AuditValue = Literal["yes", "no", "na", "not_recorded"]


def check_own_number(number: str, field: str) -> None:
    """Raise Invalid for what looks like the number of a person, not of a record of this review."""
    if identifiers(number):
        raise Invalid(
            _("the number of the case note looks like one that may identify someone"),
            field=field,
            do=_("number the case notes 1, 2, 3 ..."),
        )


class CaseNote(Statement, frozen=True, kw_only=True, tag="case_note"):
    """One record that was read, known by a number only."""

    IDS = ("id",)
    TABLE = "case_notes"
    RECORD = CaseNoteRecord
    NOUN = _("case note")
    PHRASE = gettext_noop("case note {key}")
    WHOSE = gettext_noop("case note {id} · {author}")
    COUNTED = ngettext_noop("{n} case note", "{n} case notes")
    TEXTS = ()
    FOUND_AS = "case_note"
    NUMBERED = True

    id: str
    opened: bool = True
    deleted: bool | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """Its number is one of the review's own: a record is not numbered by what tells whose it is."""
        if self.key(person) not in state.case_notes and self.deleted is not True:
            check_own_number(self.id, "id")


class Audit(Statement, frozen=True, kw_only=True, tag="audit"):
    """One cell of the case-note grid."""

    IDS = ("case_note", "item")
    TABLE = "audit"
    RECORD = AuditRecord
    CHECKS: ClassVar[Checks] = {"item": check_audit_item}
    VALUE_FIELDS = ("value",)
    NOUN = _("case note")
    PHRASE = gettext_noop("a case-note answer ({key})")
    WHOSE = gettext_noop("case note {case_note} · {author}, item {item}")
    COUNTED = ngettext_noop("{n} case-note answer", "{n} case-note answers")
    TEXTS = ("note",)

    case_note: str
    item: str
    value: AuditValue | None | UnsetType = UNSET
    note: str | None | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """The record has one of the review's own numbers, or is known by this one already."""
        if f"{self.case_note}/{person}" not in state.case_notes and self.key(person) not in state.audit:
            check_own_number(self.case_note, "case_note")


class AgreedAudit(Statement, frozen=True, kw_only=True, tag="agreed_audit"):
    """The agreed value of an audit cell that reviewers saw differently."""

    IDS = ("case_note", "item")
    SHARED = True
    TABLE = "agreed_audit"
    RECORD = AuditRecord
    RECORDED_BY = "lead"
    LEAD_RECORDS = _("an agreed audit cell")
    CHECKS: ClassVar[Checks] = {"item": check_audit_item}
    VALUE_FIELDS = ("value",)
    NOUN = _("agreed case note cell")
    PHRASE = gettext_noop("the agreed case-note answer {key}")
    COUNTED = ngettext_noop("{n} agreed case-note answer", "{n} agreed case-note answers")
    TEXTS = ("reason",)
    FOUND_AS = "agreed"

    case_note: str
    item: str
    value: AuditValue | None | UnsetType = UNSET
    reason: str | None | UnsetType = UNSET
