"""Settling a conflict: one value is chosen, and every value stays in the history."""

from __future__ import annotations

from typing import Any

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.visit.entities import record_in_words, statement_for
from reviewapp.visit.labels import person
from reviewapp.visit.statements import Settled
from reviewapp.workspace.changes import Change
from reviewapp.workspace.open_visit import OpenVisit

NOT_GIVEN = object()

_MEANWHILE = {
    "rating": _("until then it counts as not rated, and the lead can give the agreed rating"),
    "also_rating": _("until then it counts as not rated, and the lead can give the agreed rating"),
    "audit": _("until then the cell is not counted, and the lead can give the agreed one"),
}
"""Only its author can change a record, so the lead decides in a record of their own while the author is away."""


def settle(
    visit: OpenVisit, entity: str, key: str, field: str, *,
    entry: str | None = None, value: Any = NOT_GIVEN, reason: str,
) -> Change:  # fmt: skip
    """Choose one value of a conflict, or give another; every value stays in the history.

    Undoable, but for two beginnings that did not know of each other: from then on they are one person's.

    Only its author settles a personal record. Raises Invalid if there is no such conflict or value, or no reason.
    """
    address = (entity, key, field)
    conflict = next((one for one in visit.state.conflicts if (one.entity, one.key, one.field) == address), None)
    if conflict is None:
        raise Invalid(
            _("{entity} {key} {field} has only one version", entity=entity, key=key, field=field),
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
        line = statement_for(entity, key, {field: value})
    except msgspec.ValidationError as error:
        raise Invalid(_("the value does not fit: {error}", error=error), field="value") from error
    if line is None:
        raise Invalid(
            _("{entity} {key} is not known to this version", entity=entity, key=key),
            field="entity",
            do=_("choose on a newer one"),
        )
    if line.key(visit.me) != key:
        author = key.rpartition("/")[2]
        whose = person(visit.state.people, author)
        meanwhile = _MEANWHILE.get(entity, "until then every version stays")
        raise Invalid(
            _("only {author} can choose, because it is their own record", author=whose),
            field="key",
            do=_("let {author} choose, and add the work file; {meanwhile}", author=whose, meanwhile=meanwhile),
        )
    if not visit.laptops.may_settle(conflict):
        raise Invalid(
            _("only the lead can choose where another laptop recorded it"),
            field="key",
            do=_("ask the lead to choose, or to confirm the laptops that are yours"),
        )
    because = Settled(place=" ".join(address), entry=entry or "", reason=reason)
    name = _("choice of a version of {record}", record=record_in_words(entity, key, people=visit.state.people))
    return visit.record(line, because, name=name, undoable=not visit.laptops.begun_twice(conflict))
