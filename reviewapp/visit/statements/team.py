"""Who reviews, when, and who asks what. The lead records it."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec import UNSET, UnsetType

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, gettext_noop, ngettext_noop
from reviewapp.visit.state import AsksRecord, PersonRecord, SlotRecord, VisitState
from reviewapp.visit.statements.base import Statement, check_on_visit
from reviewapp.visit.validators import (
    Checks,
    check_codes,
    check_line,
    check_name,
    check_person_code,
    check_prompt,
    check_time_of_day,
)


def check_new_code(code: str, state: VisitState) -> None:
    """Raise Invalid for a code that somebody has already but for capital letters: their files would have one name."""
    same = next((known for known in state.people if known.casefold() == code.casefold()), None)
    if same is not None:
        raise Invalid(
            _("{code} is {same} but for capital letters", code=code, same=same),
            field="code",
            do=_("give each a code of their own"),
        )


class Slot(Statement, frozen=True, kw_only=True, tag="slot"):
    """One appointment of the day. Only the lead records it."""

    IDS = ("id",)
    SAID = ()
    SHARED = True
    TABLE = "slots"
    RECORD = SlotRecord
    RECORDED_BY = "lead"
    LEAD_RECORDS = _("the timetable")
    CHECKS: ClassVar[Checks] = {
        "start": check_time_of_day,
        "end": check_time_of_day,
        "who": check_codes,
        "room": check_line,
    }
    VALUE_FIELDS = ("start", "end")
    NOUN = _("appointment")
    PHRASE = gettext_noop("the appointment {key} of the timetable")
    COUNTED = ngettext_noop("{n} appointment", "{n} appointments")
    TEXTS = ("title", "room")
    ABOUT = ("who",)
    FOUND_AS = "timetable"
    NUMBERED = True

    id: str
    start: str | UnsetType = UNSET
    end: str | UnsetType = UNSET
    title: str | UnsetType = UNSET
    who: list[str] | UnsetType = UNSET
    room: str | None | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """It ends after it begins, with people of the visit."""
        if isinstance(self.start, str) and isinstance(self.end, str) and self.end < self.start:
            raise Invalid(_("the appointment ends before it begins"), field="end", do=_("give a later end"))
        if self.who is not UNSET:
            check_on_visit(self.who, state, "who")


class Person(Statement, frozen=True, kw_only=True, tag="person"):
    """A member of the review team. Only the lead records it."""

    IDS = ("code",)
    SAID = ()
    CHANGED = _("change to the review team")
    SHARED = True
    TABLE = "people"
    RECORD = PersonRecord
    RECORDED_BY = "lead"
    LEAD_RECORDS = _("who is on the visit")
    CHECKS: ClassVar[Checks] = {"code": check_person_code}
    NEEDS = "role"
    FIRST_STANDS = ("role",)
    PHRASE = gettext_noop("the member of the review team {key}")
    TEXTS = ("name",)
    ABOUT = ("role",)
    FOUND_AS = "person"
    NUMBERED = True

    code: str
    role: Literal["lead", "clinician", "patient_rep", "carer_rep", "observer"] | UnsetType = UNSET
    name: str | None | UnsetType = UNSET
    deleted: bool | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """Everybody has a role; the lead is one person, and stays."""
        if state.people.get(self.code) is None:
            check_new_code(self.code, state)
        if self.name is not UNSET:
            check_name("name", self.name)
        if state.people.get(self.code) is None and self.role is UNSET:
            raise Invalid(_("{code} needs a role", code=self.code), field="role")
        lead = state.lead()
        if lead is not None and self.role is not UNSET and (self.role == "lead") != (lead.key == self.code):
            raise Invalid(_("a visit has exactly one lead"), field="role", do=_("choose another role"))
        if lead is not None and self.code == lead.key and self.deleted is True:
            raise Invalid(_("the lead cannot be removed from the visit"), field="deleted", do=_("keep the lead"))


class Asks(Statement, frozen=True, kw_only=True, tag="asks"):
    """Which reviewer is to ask a prompt; part of the plan in the visit pack. Only the lead records it."""

    IDS = ("prompt",)
    SHARED = True
    TABLE = "asks"
    RECORD = AsksRecord
    RECORDED_BY = "lead"
    LEAD_RECORDS = _("who asks what")
    CHECKS: ClassVar[Checks] = {"prompt": check_prompt, "who": check_codes}
    NOUN = _("who asks question")
    PHRASE = gettext_noop("who asks prompt {key}")

    prompt: str
    who: list[str] | UnsetType = UNSET

    def check(self, state: VisitState, person: str) -> None:
        """They are people of the visit."""
        if self.who is not UNSET:
            check_on_visit(self.who, state, "who")
