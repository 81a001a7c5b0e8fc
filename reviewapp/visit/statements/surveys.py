"""What one person answered in a survey, and what people wrote there in words of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from msgspec import UNSET, UnsetType

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, gettext_noop, ngettext_noop
from reviewapp.instruments.model import Group
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements.base import Statement
from reviewapp.visit.survey_records import SurveyCommentRecord, SurveySubmissionRecord
from reviewapp.visit.validators import Checks, InstrumentTerms, check_line, check_standard, check_standard_or_none


class SurveyComment(Statement, frozen=True, kw_only=True, tag="survey_comment"):
    """A free-text answer of a survey, `about` a part of it or a `standard`. It can be coded, and is never printed.

    Who wrote it is not known, so it says nothing of the person but the group, and only the lead withdraws it. `deleted`
    takes it out, and leaves the words in the history.
    """

    IDS = ("id",)
    SHARED = True
    TABLE = "survey_comments"
    RECORD = SurveyCommentRecord
    CHECKS: ClassVar[Checks] = {"standard": check_standard_or_none, "about": check_line}
    NEEDS = "text"
    WITHDRAWABLE = True
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


ANSWERS = ("yes", "no", "na")
"""What somebody can answer about a standard."""


def _check_answers(field: str, value: Mapping[str, str], terms: InstrumentTerms) -> None:
    for number, answer in value.items():
        check_standard(field, number, terms)
        if answer not in ANSWERS:
            raise Invalid(_("{answer} is not an answer", answer=f"{answer!r}"), field=field, do=_("use yes, no or na"))


class SurveySubmission(Statement, frozen=True, kw_only=True, tag="survey_submission"):
    """What one person answered in a form, which counts beside the counts of sheets (`survey`) and counts once.

    `answers`: by standard; empty where the person only wrote a comment. `known_by`: digests of its ids. `deleted` takes
    it out of the counts.
    """

    IDS = ("id",)
    SHARED = True
    TABLE = "survey_submissions"
    RECORD = SurveySubmissionRecord
    CHECKS: ClassVar[Checks] = {"answers": _check_answers}
    NEEDS = "answers"
    FIRST_STANDS = ("group",)
    NOUN = _("survey answers")
    PHRASE = gettext_noop("what one person answered in a survey ({key})")
    COUNTED = ngettext_noop("{n} filled-in survey", "{n} filled-in surveys")

    id: str
    group: Group | UnsetType = UNSET
    answers: dict[str, str] | UnsetType = UNSET
    known_by: list[str] | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """It says of which group the person is, and holds answers, if none."""
        held = state.survey_submissions.get(self.id)
        if self.deleted is True or (held is not None and held.group):
            return
        for name in ("group", "answers"):
            if getattr(self, name) is UNSET:
                raise Invalid(
                    _("a filled-in survey needs who answered and the answers"), field=name,
                    do=_("say patient, carer or staff, and what was answered"),
                )  # fmt: skip

    def change_name(self, person: str) -> str:
        """Without the id, which says nothing to a person."""
        return _("deletion of survey answers") if self.deleted is True else self.noun()
