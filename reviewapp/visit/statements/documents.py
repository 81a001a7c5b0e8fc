"""The documents that reviewers saw: which, of what date and version, and what they bear on.

`papers.Paper` is another thing: a tick of the lead's for one criterion of a scored scale, that its document has come
in. It names no document, and nobody need have read it. One document seen can bear on many standards of any instrument.
"""

from __future__ import annotations

import re
from typing import ClassVar

from msgspec import UNSET, UnsetType

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, gettext_noop, ngettext_noop
from reviewapp.visit.document_records import DocumentSeenRecord
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements.base import Statement
from reviewapp.visit.validators import Checks, InstrumentTerms, check_line, check_standards, is_day

_YEAR_OR_MONTH = re.compile(r"[12]\d{3}(-(0[1-9]|1[0-2]))?")


def is_document_date(text: str) -> bool:
    """Whether this is a date as documents bear it: a day, a month or a year."""
    return is_day(text) or bool(_YEAR_OR_MONTH.fullmatch(text))


def _check_title(field: str, value: str, terms: InstrumentTerms) -> None:
    if not value.strip():
        raise Invalid(_("the document has no title"), field=field, do=_("write what is printed on it"))
    check_line(field, value, terms)


def _check_document_date(field: str, value: str, terms: InstrumentTerms) -> None:
    if value and not is_document_date(value):
        raise Invalid(
            _("{text} is not the date of a document", text=f"{value!r}"),
            field=field,
            do=_("write it as 2026-03-17, as 2026-03 or as 2026"),
        )


class DocumentSeen(Statement, frozen=True, kw_only=True, tag="document_seen"):
    """A document that its author saw. No photographs: only what stands on it, in words."""

    IDS = ("id",)
    TABLE = "documents_seen"
    RECORD = DocumentSeenRecord
    RECORDED_BY = "reviewers"
    CHECKS: ClassVar[Checks] = {
        "title": _check_title, "date": _check_document_date, "version": check_line, "standards": check_standards,
    }  # fmt: skip
    VALUE_FIELDS = ("date",)
    NOUN = _("document seen")
    PHRASE = gettext_noop("a document seen ({key})")
    WHOSE = gettext_noop("document seen {id} · {author}")
    COUNTED = ngettext_noop("{n} document seen", "{n} documents seen")
    TEXTS = ("title", "version", "note")
    ABOUT = ("standards",)
    FOUND_AS = "document"
    NUMBERED = True

    id: str
    title: str | UnsetType = UNSET
    date: str | None | UnsetType = UNSET
    version: str | None | UnsetType = UNSET
    standards: list[str] | UnsetType = UNSET
    note: str | None | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """It has a title."""
        if self.key(person) not in state.documents_seen and self.title is UNSET and self.deleted is UNSET:
            raise Invalid(
                _("document {id} needs a title", id=self.id),
                field="title",
                do=_("write what is printed on it"),
            )
