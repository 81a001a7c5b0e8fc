"""Positive practice that teams show each other: shared only where the lead said so, and shown where a score is low."""

from __future__ import annotations

from typing import ClassVar

from msgspec import UNSET, UnsetType

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, gettext_noop, ngettext_noop
from reviewapp.instruments.wording import wording_of
from reviewapp.visit.example_records import ExampleRecord, SharedPracticeRecord
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements.base import Statement
from reviewapp.visit.validators import Checks, check_line, check_standard


class SharedPractice(Statement, frozen=True, kw_only=True, tag="shared_practice"):
    """The lead lets other teams read what is good here at a standard. Nothing is shared unless this says so.

    `text` is what they read, word for word: a passage that is changed later is not shared with its changes. `team` is
    what this team is called there. None takes it back; what was handed on before stays where it is.
    """

    IDS = ("standard",)
    SHARED = True
    TABLE = "shared_practice"
    RECORD = SharedPracticeRecord
    RECORDED_BY = "lead"
    LEAD_RECORDS = _("what other teams may read")
    CHECKS: ClassVar[Checks] = {"standard": check_standard, "team": check_line}
    NOUN = _("sharing of the positive practice of")
    PHRASE = gettext_noop("what other teams may read of the practice of {key}")
    COUNTED = ngettext_noop("{n} shared practice", "{n} shared practices")
    TEXTS = ("text", "team")
    FOUND_AS = "report"

    standard: str
    text: str | None | UnsetType = UNSET
    team: str | None | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """What is shared has words."""
        held = state.shared_practice.get(self.standard)
        if self.text is None or (held is not None and self.text is UNSET):
            return
        if self.text is UNSET or not self.text.strip():
            raise Invalid(
                _("there is nothing to share at {standard}", standard=self.standard), field="text",
                do=_("write what other teams may read, or null to share nothing"),
            )  # fmt: skip


class Example(Statement, frozen=True, kw_only=True, tag="example"):
    """What another team does well at a standard, shared by the lead of its visit (`source`), shown where this one
    scored low.

    `asks` is the short print of what the standard asked there: an example of something else is refused.
    """

    IDS = ("id",)
    SHARED = True
    TABLE = "examples"
    RECORD = ExampleRecord
    RECORDED_BY = "lead"
    LEAD_RECORDS = _("an example from another team")
    CHECKS: ClassVar[Checks] = {
        "standard": check_standard,
        "team": check_line,
        "source": check_line,
        "asks": check_line,
    }
    NEEDS = "text"
    FIRST_STANDS = ("standard",)
    NOUN = _("example from another team")
    PHRASE = gettext_noop("an example from another team ({key})")
    COUNTED = ngettext_noop("{n} example from another team", "{n} examples from other teams")
    TEXTS = ("text", "team")
    ABOUT = ("standard",)
    FOUND_AS = "report"

    id: str
    standard: str | UnsetType = UNSET
    text: str | UnsetType = UNSET
    team: str | None | UnsetType = UNSET
    source: str | None | UnsetType = UNSET
    asks: str | None | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """It is about a standard, has words, comes from another visit and is about the same question."""
        held = state.examples.get(self.id)
        if self.deleted is True:
            return
        if self.standard is UNSET and held is None:
            raise Invalid(
                _("example {id} needs a standard", id=self.id), field="standard", do=_("name the one it is about")
            )
        if not self.text.strip() if isinstance(self.text, str) else held is None:
            raise Invalid(
                _("example {id} has no words", id=self.id), field="text", do=_("write what the other team does")
            )
        if self.source and self.source == state.info.id:
            raise Invalid(
                _("example {id} is of this very team", id=self.id), field="source",
                do=_("take examples of other teams only"),
            )  # fmt: skip
        if self.asks and isinstance(self.standard, str):
            asked = wording_of(state.instrument.standard(self.standard))
            if self.asks != asked:
                raise Invalid(
                    _("{standard} asks something else there than here", standard=self.standard), field="asks",
                    do=_("take examples of visits with the same edition of the standards"),
                )  # fmt: skip

    def change_name(self, person: str) -> str:
        """Without the id of the example, which says nothing to a person."""
        return _("removal of an example from another team") if self.deleted is True else self.noun()
