"""Which documents of the team have come in, criterion by criterion."""

from __future__ import annotations

from typing import ClassVar

from msgspec import UNSET, UnsetType

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, gettext_noop, ngettext_noop
from reviewapp.visit.paper_records import PaperRecord
from reviewapp.visit.second import second_state
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements.base import Statement
from reviewapp.visit.statements.criteria import known_criterion
from reviewapp.visit.validators import Checks, check_letter


class Paper(Statement, frozen=True, kw_only=True, tag="paper"):
    """Whether the document for one criterion has come in, by either set of standards. Only the lead records it."""

    IDS: ClassVar[tuple[str, ...]] = ("scale", "standard", "criterion")
    SHARED = True
    TABLE = "papers"
    RECORD = PaperRecord
    RECORDED_BY = "lead"
    LEAD_RECORDS = _("which documents are here")
    CHECKS: ClassVar[Checks] = {"criterion": check_letter}
    VALUE_FIELDS = ("received",)
    NOUN = _("document for")
    PHRASE = gettext_noop("the document for {key}")
    COUNTED = ngettext_noop("{n} note of a document", "{n} notes of documents")

    scale: str
    standard: str
    criterion: str
    received: bool | None | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """It is a criterion of one of the visit's instruments, and is established from documents."""
        second = second_state(state)
        judged = next((one for one in (state, second) if one and one.instrument.id == self.scale), None)
        if judged is None:
            raise Invalid(
                _("the visit is not reviewed by {scale}", scale=self.scale), field="scale",
                do=_("use one of: {list}", list=", ".join(one.instrument.id for one in (state, second) if one)),
            )  # fmt: skip
        standard = next((one for one in judged.instrument.standards if one.number == self.standard), None)
        if standard is None:
            raise Invalid(
                _("standard {number} does not exist in {title}", number=f"{self.standard!r}",
                  title=judged.instrument.title), field="standard",
            )  # fmt: skip
        one = known_criterion(judged, self.standard, self.criterion)
        if "document" not in (one.sources or standard.sources):
            raise Invalid(
                _("criterion {letter} of {number} is not established from documents", letter=self.criterion,
                  number=self.standard), field="criterion", do=_("see what is: visit paperwork"),
            )  # fmt: skip

    def change_name(self, person: str) -> str:
        """The criterion as people say it: 5 a."""
        return _("document for {number} {letter}", number=self.standard, letter=self.criterion)
