"""What needs more than a form: the meeting, settling a conflict, taking back what somebody said."""

from __future__ import annotations

from typing import Any

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.changes import Change
from reviewapp.desk import Desk
from reviewapp.store import journal
from reviewapp.store.visit_store import Said
from reviewapp.visit.entities import WITHDRAW, WITHDRAW_FIELD, WITHDRAWABLE, line_for
from reviewapp.visit.labels import entity as in_words
from reviewapp.visit.statements import AcceptLate, Meeting, Settled

NOT_GIVEN = object()

_MEANWHILE = {
    "rating": _("until then it counts as not rated, and the lead can give the agreed rating"),
    "audit": _("until then the cell is not counted, and the lead can give the agreed one"),
}
"""Nobody speaks in another's name, so the lead has a record of their own to decide in when an author is away."""


def open_meeting(desk: Desk) -> Change:
    """From now on reviewers see each other's ratings; one that comes in later waits for the lead."""
    desk.commit_drafts()
    if desk.state.meeting_open:
        raise Invalid(_("the meeting is open already"), do=_("close it first to open it anew"))
    return desk.record(Meeting(open=True, held=journal.held(desk.store.db)), name=_("opening of the meeting"))


def close_meeting(desk: Desk) -> Change:
    """The meeting is over."""
    if not desk.state.meeting_open:
        raise Invalid(_("the meeting is not open"), do=_("open it first"))
    return desk.record(Meeting(open=False), name=_("closing of the meeting"))


def accept_late(desk: Desk, key: str) -> Change:
    """Let a rating count that arrived after the meeting had opened; `key` is `47/R2`."""
    if key not in desk.state.late:
        waiting = ", ".join(sorted(desk.state.late)) or "none"
        raise Invalid(
            _("no late rating {key} is waiting", key=key), field="key", do=_("waiting now: {waiting}", waiting=waiting)
        )
    standard, __, reviewer = key.partition("/")
    (entry,) = journal.head_ids(desk.store.db, ("rating", key, "value"))
    return desk.record(AcceptLate(standard=standard, reviewer=reviewer, entry=entry))


def settle(
    desk: Desk, entity: str, key: str, field: str, *, entry: str | None = None, value: Any = NOT_GIVEN, reason: str
) -> Change:
    """Choose one value of a conflict (or give another); every value stays in the history. Undoable.

    A personal record is settled by its author. Raises Invalid when there is no such conflict or value.
    """
    place = (entity, key, field)
    conflict = next((one for one in desk.state.conflicts if (one.entity, one.key, one.field) == place), None)
    if conflict is None:
        raise Invalid(
            _("{entity} {key} {field} is not in conflict", entity=entity, key=key, field=field),
            field="field",
            do=_("see them with: visit status"),
        )
    if not reason.strip():
        raise Invalid(_("a reason is missing"), field="reason", do=_("say why this value was chosen"))
    if entry is not None:
        chosen = [one for one in conflict.values if one.entry.startswith(entry)]
        if len(chosen) != 1:
            ids = ", ".join(one.entry[:12] for one in conflict.values)
            raise Invalid(
                _("entry {entry} is not one of the values", entry=f"{entry!r}"),
                field="entry",
                do=_("use one of: {ids}", ids=ids),
            )
        value = chosen[0].value
    if value is NOT_GIVEN:
        raise Invalid(_("nothing was chosen"), field="entry", do=_("name an entry, or give a value"))
    try:
        line = line_for(entity, key, {field: value})
    except msgspec.ValidationError as error:
        raise Invalid(_("the value does not fit: {error}", error=error), field="value") from error
    if line is None:
        raise Invalid(
            _("{entity} {key} is not known to this version", entity=entity, key=key),
            field="entity",
            do=_("settle it on a newer one"),
        )
    if line.key(desk.me) != key:
        author = key.rpartition("/")[2]
        meanwhile = _MEANWHILE.get(entity, "until then every version stays")
        raise Invalid(
            _("only {author} can settle this, because it is {author}'s own record", author=author),
            field="key",
            do=_("let {author} settle it and join the return; {meanwhile}", author=author, meanwhile=meanwhile),
        )
    because = Settled(place=" ".join(place), entry=entry or "", reason=reason)
    return desk.record(line, because, name=_("settling of {record}", record=in_words(entity, key)))


def withdraw(desk: Desk, entity: str, key: str, *, reason: str) -> Change:
    """Blank an interview with its notes and quotes, one quote, or a listed name, here and wherever this is joined.

    Only that something was withdrawn, when and by whom stays. It cannot be undone. The rolling backups that still
    hold the words are replaced by a new one; copies elsewhere are for people to find (`visit purge` lists them).
    """
    if entity not in WITHDRAWABLE:
        raise Invalid(
            _("a {entity} is not withdrawn", entity=entity),
            field="entity",
            do=_("use one of: ") + ", ".join(WITHDRAWABLE),
        )
    if not reason.strip():
        raise Invalid(_("a reason is missing"), field="reason", do=_("say who asked for it, without names"))
    author = key.rpartition("/")[2]
    if desk.me != author and not desk.is_lead:
        raise Invalid(
            _("only {author} or the lead withdraws this", author=author), field="key", do=_("ask one of them")
        )
    if key not in journal.keys(desk.store.db, entity):
        raise Invalid(
            _("there is no {entity} {key}", entity=entity, key=key),
            field="key",
            do=_("see the keys with: visit history"),
        )
    with desk.store.transaction() as db:
        records = _belonging(desk, entity, key)
        name = f"{entity}/{key}"
        place, because = (WITHDRAW, name, WITHDRAW_FIELD), (WITHDRAW, name, "reason")
        said = [
            Said(*place, records, journal.head_ids(db, place)),
            Said(*because, reason, journal.head_ids(db, because)),
        ]
        desk.store.write_in(db, said, person=desk.me)
    desk.forget_withdrawn()
    change = Change(_("withdrawal of {entity} {key}", entity=entity, key=key), frozenset({(entity, key)}))
    desk.tell(change)
    return change


def _belonging(desk: Desk, entity: str, key: str) -> list[str]:
    state = desk.state
    records = [f"{entity}/{key}"]
    if entity == "interview":
        records += [f"answer/{one.key}" for one in state.answers.values() if one.interview == key]
        records += [f"quote/{one.key}" for one in state.quotes.values() if one.interview == key]
    return records
