"""What people wrote in a survey, in words of their own."""

from __future__ import annotations

from typing import ClassVar

from msgspec import UNSET, UnsetType

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, gettext_noop, ngettext_noop
from reviewapp.instruments.model import Group
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements.base import Statement
from reviewapp.visit.survey_records import SurveyCommentRecord
from reviewapp.visit.validators import Checks, check_line, check_standard_or_none


class SurveyComment(Statement, frozen=True, kw_only=True, tag="survey_comment"):
    """A free-text answer of a survey, `about` a part of it or a `standard`. It can be coded, and is never printed.

    Who wrote it is not known, so it says nothing of the person but the group, and cannot be asked back as a quote can:
    `deleted` takes it out.
    """

    IDS = ("id",)
    SHARED = True
    TABLE = "survey_comments"
    RECORD = SurveyCommentRecord
    CHECKS: ClassVar[Checks] = {"standard": check_standard_or_none, "about": check_line}
    NEEDS = "text"
    FIRST_STANDS = ("group", "standard")
    NOUN = _("survey comment")
    PHRASE = gettext_noop("a comment in a survey ({key})")
    COUNTED = ngettext_noop("{n} survey comment", "{n} survey comments")
    TEXTS = ("text", "about")
    ABOUT = ("standard",)
    FOUND_AS = "quote"

    id: str
    group: Group | UnsetType = UNSET
    text: str | UnsetType = UNSET
    about: str | None | UnsetType = UNSET
    standard: str | None | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """It has words, and the group of who wrote it."""
        held = state.survey_comments.get(self.id)
        if self.deleted is True:
            return
        blank = not self.text.strip() if isinstance(self.text, str) else held is None
        if blank:
            raise Invalid(_("a survey comment needs words"), field="text", do=_("write what the person wrote"))
        if self.group is UNSET and (held is None or not held.group):
            raise Invalid(
                _("a survey comment needs the group of who wrote it"), field="group",
                do=_("say patient, carer or staff"),
            )  # fmt: skip

    def change_name(self, person: str) -> str:
        """Without the id of the comment, which says nothing to a person."""
        return _("deletion of a survey comment") if self.deleted is True else self.noun()
