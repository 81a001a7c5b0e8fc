"""The consensus meeting, and how what came apart or came late is settled."""

from __future__ import annotations

import re
from typing import ClassVar

from msgspec import UNSET, UnsetType

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, gettext_noop
from reviewapp.visit import forks
from reviewapp.visit.state import (
    AcceptedLateCriterionRecord,
    AcceptedLateRecord,
    MeetingRecord,
    Record,
    SettledRecord,
)
from reviewapp.visit.statements.base import Statement
from reviewapp.visit.validators import (
    Checks,
    InstrumentTerms,
    check_letter,
    check_person_code,
    check_source,
    check_standard,
)

_DEVICE = re.compile(forks.PATTERN)
_ENTRY = re.compile(r"[0-9a-f]{1,64}")


def _check_held(field: str, value: dict[str, int], terms: InstrumentTerms) -> None:
    if not all(_DEVICE.fullmatch(device) and 0 <= seq < 10**9 for device, seq in value.items()):
        raise Invalid(_("what the lead held is malformed"), field=field)


def _check_entry(field: str, value: str, terms: InstrumentTerms) -> None:
    if value and not _ENTRY.fullmatch(value):
        raise Invalid(_("{value} is not an entry", value=f"{value!r}"), field=field)


def _check_entries(field: str, value: list[str], terms: InstrumentTerms) -> None:
    for one in value:
        _check_entry(field, one, terms)


class Settled(Statement, frozen=True, kw_only=True, tag="settled"):
    """Why one of several values was chosen; `place` is entity, key and field, `entry` the value that stood."""

    IDS = ("place",)
    SAID = ()
    CHANGED = _("reason for a choice")
    SHARED = True
    KEY_IN_WORDS = True
    TABLE = "settled"
    RECORD = SettledRecord
    CHECKS: ClassVar[Checks] = {"entry": _check_entry}
    VALUE_FIELDS = ("entry",)
    NOUN = _("reason for")
    PHRASE = gettext_noop("the reason for {key}")
    TEXTS = ("reason",)
    FOUND_AS = "agreed"

    place: str
    entry: str | None | UnsetType = UNSET
    reason: str | None | UnsetType = UNSET


class Meeting(Statement, frozen=True, kw_only=True, tag="meeting"):
    """The consensus meeting. `held` says how many entries of each device the lead had when it was opened.

    `criteria`: what is found of criteria waits for the lead as ratings do, where it comes in later than that.
    """

    IDS = ("id",)
    SAID = ()
    SHARED = True
    TABLE = "meetings"
    RECORD = MeetingRecord
    RECORDED_BY = "lead"
    LEAD_RECORDS = _("the meeting")
    CHECKS: ClassVar[Checks] = {"held": _check_held}
    VALUE_FIELDS = ("held",)
    PHRASE = gettext_noop("the opening of the meeting")

    id: str = "meeting"
    open: bool | UnsetType = UNSET
    held: dict[str, int] | UnsetType = UNSET
    criteria: bool | UnsetType = UNSET


class AcceptLate(Statement, frozen=True, kw_only=True, tag="accept_late"):
    """The lead lets a rating count that arrived after the meeting had opened; `entry` is that rating's entry.

    Where two laptops of its author gave it two versions, `others` are the entries of the rest: all of them were seen.
    """

    IDS: ClassVar[tuple[str, ...]] = ("standard", "reviewer")
    SAID = ()
    CHANGED = _("counting a late rating")
    SHARED = True
    TABLE = "accepted_late"
    RECORD: ClassVar[type[Record]] = AcceptedLateRecord
    RECORDED_BY = "lead"
    LEAD_RECORDS = _("counting a late rating")
    CHECKS: ClassVar[Checks] = {
        "standard": check_standard, "reviewer": check_person_code, "entry": _check_entry, "others": _check_entries,
    }  # fmt: skip
    VALUE_FIELDS = ("entry",)
    NOUN = _("counting of the late rating")
    PHRASE = gettext_noop("the acceptance of the late rating {key}")

    standard: str
    reviewer: str
    entry: str | None | UnsetType = UNSET
    others: list[str] | None | UnsetType = UNSET


class AcceptLateCriterion(AcceptLate, frozen=True, kw_only=True, tag="accept_late_criterion"):
    """The lead lets count what a reviewer found of a criterion and what arrived after the meeting had opened.

    `entry` and `others` are the entries of all of its fields: verdict and numbers were seen together.
    """

    IDS: ClassVar[tuple[str, ...]] = ("standard", "criterion", "source", "reviewer")
    SAID = ()
    CHANGED = _("counting a late finding")
    TABLE = "accepted_late_criteria"
    RECORD: ClassVar[type[Record]] = AcceptedLateCriterionRecord
    LEAD_RECORDS = _("counting a late finding")
    CHECKS: ClassVar[Checks] = {**AcceptLate.CHECKS, "criterion": check_letter, "source": check_source}
    NOUN = _("counting of the late finding")
    PHRASE = gettext_noop("the acceptance of the late finding {key}")

    criterion: str
    source: str
