"""What readers of the report wrote beside it in Word, and what became of that."""

from __future__ import annotations

from typing import ClassVar

from msgspec import UNSET, UnsetType

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, gettext_noop, ngettext_noop
from reviewapp.visit.comment_records import ReportCommentRecord
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements.base import Statement
from reviewapp.visit.validators import Checks, check_id_or_none, check_line, check_moment


class ReportComment(Statement, frozen=True, kw_only=True, tag="report_comment"):
    """A comment that somebody made in a Word copy of the report, beside the part it belongs to.

    `done` and `answer` are the lead's: whether the comment is dealt with, and how. The report prints none of it.
    """

    IDS = ("id",)
    SHARED = True
    TABLE = "report_comments"
    RECORD = ReportCommentRecord
    RECORDED_BY = "lead"
    LEAD_RECORDS = _("a comment from Word")
    CHECKS: ClassVar[Checks] = {
        "part": check_line,
        "heading": check_line,
        "author": check_line,
        "at": check_moment,
        "reply_to": check_id_or_none,
    }
    NEEDS = "text"
    VALUE_FIELDS = ("at", "done")
    NOUN = _("comment from Word")
    PHRASE = gettext_noop("a comment from Word ({key})")
    COUNTED = ngettext_noop("{n} comment from Word", "{n} comments from Word")
    TEXTS = ("text", "quoted", "answer")
    FOUND_AS = "report"

    id: str
    part: str | UnsetType = UNSET
    heading: str | UnsetType = UNSET
    author: str | UnsetType = UNSET
    at: str | UnsetType = UNSET
    quoted: str | UnsetType = UNSET
    text: str | UnsetType = UNSET
    reply_to: str | UnsetType = UNSET
    answer: str | None | UnsetType = UNSET
    done: bool | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """A comment has words."""
        if self.deleted is True or (self.text is UNSET and self.id in state.report_comments):
            return
        if not isinstance(self.text, str) or not self.text.strip():
            raise Invalid(_("a comment has no words"), field="text", do=_("leave it out"))

    def change_name(self, person: str) -> str:
        """Without the id of the comment, which says nothing to a person."""
        return _("deletion of a comment from Word") if self.deleted is True else self.noun()
