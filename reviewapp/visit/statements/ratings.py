"""What reviewers, and then the review team, judge of each standard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from msgspec import UNSET, UnsetType

from reviewapp.base.i18n import _, gettext_noop, ngettext_noop
from reviewapp.instruments.model import Score
from reviewapp.visit.state import AgreedRecord, RatingRecord, Record, TextRecord
from reviewapp.visit.statements.base import Statement
from reviewapp.visit.validators import Checks, check_scale_value, check_standard


class Rating(Statement, frozen=True, kw_only=True, tag="rating"):
    """A reviewer's own judgement of one standard; `reason`: why it differs from what the criteria give."""

    IDS: ClassVar[tuple[str, ...]] = ("standard",)
    TABLE = "ratings"
    RECORD: ClassVar[type[Record]] = RatingRecord
    RECORDED_BY = "raters"
    CHECKS: ClassVar[Checks] = {"standard": check_standard, "value": check_scale_value}
    VALUE_FIELDS = ("value",)
    NOUN = _("rating of standard")
    PHRASE = gettext_noop("a reviewer's rating ({key})")
    WHOSE = gettext_noop("rating of standard {standard} by {author}")
    COUNTED = ngettext_noop("{n} rating", "{n} ratings")
    TEXTS = ("note", "reason")

    standard: str
    value: Score | None | UnsetType = UNSET
    note: str | None | UnsetType = UNSET
    reason: str | None | UnsetType = UNSET

    def change_name(self, person: str) -> str:
        """A note alone is no rating."""
        if self.value is UNSET and self.note is not UNSET:
            return _("note on standard {standard}", standard=self.standard)
        return super().change_name(person)


class LocalContext(Statement, frozen=True, kw_only=True, tag="local_context"):
    """What lies outside the team's control for one standard; printed beside the rating, never changes it."""

    IDS: ClassVar[tuple[str, ...]] = ("standard",)
    TABLE = "local_context"
    RECORD: ClassVar[type[Record]] = TextRecord
    CHECKS: ClassVar[Checks] = {"standard": check_standard}
    NOUN = _("local context of standard")
    PHRASE = gettext_noop("the local context of standard {key}")
    WHOSE = gettext_noop("local context of standard {standard} by {author}")
    COUNTED = ngettext_noop("{n} local context", "{n} local contexts")
    TEXTS = ("text",)

    standard: str
    text: str | None | UnsetType = UNSET

    @classmethod
    def identify(cls, own: dict[str, Any], said: Mapping[str, Any]) -> None:
        """A text is about its subject."""
        own["subject"] = own["standard"]


class Agreed(Statement, frozen=True, kw_only=True, tag="agreed"):
    """The review team's rating of one standard. Only the lead records it."""

    IDS: ClassVar[tuple[str, ...]] = ("standard",)
    SHARED = True
    TABLE = "agreed"
    RECORD: ClassVar[type[Record]] = AgreedRecord
    RECORDED_BY = "lead"
    LEAD_RECORDS = _("an agreed rating")
    CHECKS: ClassVar[Checks] = {"standard": check_standard, "value": check_scale_value}
    VALUE_FIELDS = ("value",)
    NOUN = _("agreed rating of standard")
    PHRASE = gettext_noop("the agreed rating of standard {key}")
    COUNTED = ngettext_noop("{n} agreed rating", "{n} agreed ratings")
    TEXTS = ("reason", "dissent")
    FOUND_AS = "agreed"

    standard: str
    value: Score | None | UnsetType = UNSET
    reason: str | None | UnsetType = UNSET
    dissent: str | None | UnsetType = UNSET
