"""Whether the host agrees that what is good in its service is published."""

from __future__ import annotations

from typing import ClassVar

import msgspec
from msgspec import UNSET, UnsetType

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, gettext_noop, ngettext_noop
from reviewapp.visit.practice import practice_at
from reviewapp.visit.practice_records import PracticeConsentRecord
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements.base import Statement
from reviewapp.visit.validators import HOST, Checks, check_digest, check_standard


class PracticeConsent(Statement, frozen=True, kw_only=True, tag="practice_consent"):
    """The host says whether the positive practice written at a standard may be published, and with its name.

    `about` is a print of the words that it answers about; left out, of those that stand. None takes an answer back,
    and what was not answered is no.
    """

    IDS = ("standard",)
    TABLE = "practice_consents"
    RECORD = PracticeConsentRecord
    CHECKS: ClassVar[Checks] = {"standard": check_standard, "about": check_digest}
    VALUE_FIELDS = ("published", "named")
    NOUN = _("consent to publish the practice of standard")
    PHRASE = gettext_noop("the host's answer on publishing its practice ({key})")
    COUNTED = ngettext_noop("{n} answer on publishing practice", "{n} answers on publishing practice")

    standard: str
    published: bool | None | UnsetType = UNSET
    named: bool | None | UnsetType = UNSET
    about: str | None | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """The host says it, about words that are there."""
        if person != HOST:
            raise Invalid(
                _("only the host agrees to have its practice published"),
                field="kind",
                do=_("record it as the host, on the lead's laptop"),
            )
        if self.about is not UNSET and self.published is UNSET:
            raise Invalid(
                _("a print of the words needs an answer about them"),
                field="about",
                do=_("say with it whether they may be published"),
            )
        if self.published is True and self.about is UNSET and practice_at(state, self.standard) is None:
            raise Invalid(
                _("no positive practice is written at standard {standard}", standard=self.standard),
                field="published",
                do=_("write the passage first"),
            )

    def change_name(self, person: str) -> str:
        """Without a code: it is the host's."""
        return f"{self.noun()} {self.standard}"


def with_answered_practice(line: Statement, state: VisitState) -> Statement:
    """An answer with the print of the words that stand added, where it is unset; any other statement as it is."""
    if isinstance(line, PracticeConsent) and line.about is UNSET and isinstance(line.published, bool):
        found = practice_at(state, line.standard)
        return line if found is None else msgspec.structs.replace(line, about=found.digest)
    return line
