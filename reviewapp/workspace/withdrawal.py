"""Withdrawing what a person said: blanked on this laptop and on every laptop that joins it."""

from __future__ import annotations

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.visit.entities import WITHDRAWABLE
from reviewapp.visit.labels import record_number
from reviewapp.workspace.changes import Change
from reviewapp.workspace.open_visit import OpenVisit


def withdraw(visit: OpenVisit, entity: str, key: str, *, reason: str) -> Change:
    """Blank an interview with its notes and quotes, one quote, or a listed name, here and wherever this is joined.

    Only that something was withdrawn, when and by whom, remains. It cannot be undone. Every file that this laptop keeps
    of the visit is cleaned; copies elsewhere must be found by people (`may_survive` lists those that are known). Raises
    Invalid for a missing reason, an unknown record, or anybody but the author and the lead.
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
    if visit.me != author and not visit.is_lead:
        raise Invalid(
            _("only {author} or the lead withdraws this", author=author), field="key", do=_("ask one of them")
        )
    if visit.laptops.own_standing.apart_from is not None:
        raise Invalid(
            _("this laptop stands apart, so what it withdraws would be withdrawn nowhere"),
            field="key",
            do=_("ask the lead to withdraw it, or to certify this laptop"),
        )
    if not visit.has_key(entity, key):
        raise Invalid(
            _("there is no {entity} {key}", entity=entity, key=key),
            field="key",
            do=_("see the keys with: visit history"),
        )
    visit.blank(entity, key, records=_belonging(visit, entity, key), reason=reason)
    change = Change(
        _("withdrawal of {entity} {key}", entity=entity, key=record_number(key)), frozenset({(entity, key)})
    )
    visit.notify(change)
    return change


def may_survive(visit: OpenVisit) -> tuple[str, ...]:
    """The files written from this laptop that may still hold what was withdrawn: nobody but people can find these."""
    return visit.written.may_hold_withdrawn()


def _belonging(visit: OpenVisit, entity: str, key: str) -> list[str]:
    state = visit.state
    records = [f"{entity}/{key}"]
    if entity == "interview":
        records += [f"answer/{one.key}" for one in state.answers.values() if one.interview == key]
        records += [f"quote/{one.key}" for one in state.quotes.values() if one.interview == key]
    return records
