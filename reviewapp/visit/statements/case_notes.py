"""The grid of case notes: which were read, what each reviewer found in them, what was agreed."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec import UNSET, UnsetType

from reviewapp.base.i18n import _, gettext_noop, ngettext_noop
from reviewapp.visit.state import AuditRecord, CaseNoteRecord
from reviewapp.visit.statements.base import Statement
from reviewapp.visit.validators import Checks, check_audit_item

AuditValue = Literal["yes", "no", "na", "not_recorded"]


class CaseNote(Statement, frozen=True, kw_only=True, tag="case_note"):
    """One record that was read, known by a number only."""

    IDS = ("id",)
    TABLE = "case_notes"
    RECORD = CaseNoteRecord
    NOUN = _("case note")
    WHOSE = gettext_noop("{author}'s case note {id}")
    COUNTED = ngettext_noop("{n} case note", "{n} case notes")
    TEXTS = ()
    FOUND_AS = "case_note"
    NUMBERED = True

    id: str
    opened: bool = True
    deleted: bool | UnsetType = UNSET


class Audit(Statement, frozen=True, kw_only=True, tag="audit"):
    """One cell of the case-note grid."""

    IDS = ("case_note", "item")
    TABLE = "audit"
    RECORD = AuditRecord
    CHECKS: ClassVar[Checks] = {"item": check_audit_item}
    VALUE_FIELDS = ("value",)
    NOUN = _("case note")
    PHRASE = gettext_noop("a case-note answer ({key})")
    WHOSE = gettext_noop("{author}'s case note {case_note}, item {item}")
    COUNTED = ngettext_noop("{n} case-note answer", "{n} case-note answers")
    TEXTS = ("note",)

    case_note: str
    item: str
    value: AuditValue | None | UnsetType = UNSET
    note: str | None | UnsetType = UNSET


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
