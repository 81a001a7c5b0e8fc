"""Conflicts in plain language: which record, by whom, which values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reviewapp.base.i18n import _, join_words
from reviewapp.visit.entities import ENTITIES, record_in_words
from reviewapp.visit.labels import SHORT_ID, TeamMember, person
from reviewapp.visit.state import Conflict
from ui.pages.shared.clock import clock
from ui.widgets import value_label

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from reviewapp.workspace.open_visit import OpenVisit


FIELDS = {
    "value": "",
    "text": "",
    "with": _("Who took part"),
    "consent_notes": _("Agrees to notes"),
    "consent_quotes": _("Agrees to be quoted"),
    "consent_circulation": _("Agrees to wider circulation"),
    "consent_published": _("Agrees to a published report"),
    "groups": _("How many of which group"),
    "speaker": _("Who in the group said it"),
    "deleted": _("Removed or kept"),
    "told": _("Who was told"),
    "at": _("When"),
}


UNSEEN = _("Both were changed before the work was combined.")


def conflict_key(conflict: Conflict) -> str:
    """The conflict's unique key, also used in links: `entity|key|field`."""
    return f"{conflict.entity}|{conflict.key}|{conflict.field}"


def where_in_words(conflict: Conflict, people: Mapping[str, TeamMember]) -> str:
    """The record in conflict, in plain language, with its author where it belongs to one."""
    return whose_in_words(conflict.entity, conflict.key, people)


def whose_in_words(entity: str, key: str, people: Mapping[str, TeamMember]) -> str:
    """A record in plain language, with its author where it belongs to one."""
    info = ENTITIES.get(entity)
    parts = info.split(key) if info else None
    if info is None or parts is None or not info.statement.WHOSE:
        return record_in_words(entity, key, _)
    return _(info.statement.WHOSE, author=person(people, parts[1]), **parts[0])


def value_in_words(state: VisitState, value: Any) -> str:
    """A value in plain language: labels of the rating scale, yes and no, lists joined by commas."""
    if value is None or value == "":
        return _("(left empty)")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or _("(nobody)")
    if isinstance(value, str | int) and state.instrument.scale.find(value):
        return value_label(state.instrument.scale, value)
    return str(value)


def deleted_in_words(deleted: Any) -> str:
    """A value of the field `deleted` in plain language: taken away or kept."""
    return _("Removed") if deleted else _("Kept")


def authors(visit: OpenVisit, conflict: Conflict) -> dict[str, str]:
    """Entry id → author and time of each version; also the laptop if one person wrote two versions.

    A version that undo restored is attributed to whoever wrote it first, not to whoever pressed Undo.
    """
    said = [item for item in visit.history(conflict.entity, conflict.key) if item.field == conflict.field]
    first = {value.entry: next((item for item in said if item.value == value.value), None) for value in conflict.values}
    people = [one.person for one in first.values() if one is not None]
    found = {}
    for value in conflict.values:
        one = first[value.entry]
        if one is None:
            found[value.entry] = f"{_named(visit, value.person)}, {clock(value.at)}"
            continue
        laptop = (
            _(" on this laptop")
            if one.device == visit.device
            else _(" on laptop {device}", device=one.device[:SHORT_ID])
        )
        found[value.entry] = (
            _named(visit, one.person) + (laptop if people.count(one.person) > 1 else "") + f", {clock(one.at)}"
        )
    return found


def _named(visit: OpenVisit, code: str) -> str:
    return person(visit.state.people, code)


def may_settle(visit: OpenVisit, conflict: Conflict) -> bool:
    """Whether the person of this laptop may settle the conflict."""
    info = ENTITIES.get(conflict.entity)
    parts = info.split(conflict.key) if info else None
    if info is None or parts is None or parts[1] not in ("", visit.me):
        return False
    return (info.statement.RECORDED_BY != "lead" or visit.is_lead) and visit.laptops.may_settle(conflict)


def who_may_settle(visit: OpenVisit, conflict: Conflict) -> str:
    """Why the person of this laptop may not settle the conflict, and who may; empty if they may."""
    if may_settle(visit, conflict):
        return ""
    info = ENTITIES.get(conflict.entity)
    parts = info.split(conflict.key) if info else None
    if info is None or parts is None:
        return _("This was written by a newer version of the program. Choose a version there.")
    author = parts[1]
    if author and not _all_certified(visit, conflict):
        return _(
            "There are versions from two laptops of {author}. First the lead must confirm on Combine that both are "
            "theirs. Then they can choose.",
            author=_named(visit, author),
        )
    if author:
        return _(
            "Only {author} can choose, because it is their own record. Ask them to do it on their laptop.",
            author=_named(visit, author),
        )
    if visit.is_lead:
        return _("This laptop does not lead the visit. Choose on the laptop that does.")
    if info.statement.RECORDED_BY == "lead":
        return _("Only the lead reviewer can choose.")
    return _(
        "Only the lead reviewer can choose, because only the lead can replace what another laptop recorded. Until "
        "then both versions are kept."
    )


def _all_certified(visit: OpenVisit, conflict: Conflict) -> bool:
    """Whether the laptops that say these things are one, or all certified."""
    values = {value.entry for value in conflict.values}
    devices = {item.device for item in visit.history(conflict.entity, conflict.key) if item.entry in values}
    told = [one for one in visit.laptops.all() if one.device in devices]
    lines = {one.restored_from or one.device for one in told}
    return len(lines) < 2 or {one.state for one in told} <= {"lead", "certified"}


def how_in_words(visit: OpenVisit, conflict: Conflict, *, may: bool) -> str:
    """How the versions came to stand beside each other: unseen, or knowing of another that only the lead replaces.

    And what to do, for whoever `may` settle it.
    """
    if visit.laptops.begun_twice(conflict):
        twice = _(
            "Two laptops started this without knowing about each other, so it may be two people. Until you choose, "
            "it is not counted or shown."
        )
        once = _("Choose only if it is the same person. The two then become one, and you cannot undo that.")
        return f"{twice} {once}" if may else twice
    how = _changed_knowing(visit, conflict) or UNSEEN
    return _("{how} Choose one and say why. You can undo this.", how=how) if may else how


def _changed_knowing(visit: OpenVisit, conflict: Conflict) -> str:
    said = {item.entry: item for item in visit.history(conflict.entity, conflict.key) if item.field == conflict.field}
    values = {value.entry for value in conflict.values}
    for value in conflict.values:
        known, todo = set(), list(said[value.entry].parents) if value.entry in said else []
        while todo:
            entry = todo.pop()
            if entry in said and entry not in known:
                known.add(entry)
                todo += said[entry].parents
        if known & values:
            others = sorted({said[entry].person for entry in known & values})
            other = join_words([_named(visit, code) for code in others], _(" and "))
            return _(
                "{person} changed what {other} had recorded. Both versions are kept, because only the lead can "
                "replace what another laptop recorded.",
                person=_named(visit, value.person),
                other=other,
            )
    return ""
