"""Withdrawing what a person said: blanked on this laptop and on every laptop that joins it.

A laptop without the right to it asks: the words are hidden everywhere at once, until the author or the lead decides.
"""

from __future__ import annotations

from collections.abc import Iterable

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.store.requests import NEVER_HIDDEN
from reviewapp.visit.entities import ENTITIES, WITHDRAWABLE, author_of, record_in_words
from reviewapp.visit.hiding import who_decides
from reviewapp.visit.labels import person, record_number
from reviewapp.visit.standing import NEVER_APART
from reviewapp.visit.state import VisitState
from reviewapp.workspace.changes import Change
from reviewapp.workspace.open_visit import OpenVisit


def withdraw(
    visit: OpenVisit, entity: str, key: str, *, reason: str, concerns: Iterable[str] = (), asks: bool = False
) -> Change:
    """Blank an interview with its notes and quotes, a quote, a survey comment or a listed name, here and elsewhere.

    Only that something was withdrawn, when and by whom, remains. It cannot be undone. Every file that this laptop keeps
    of the visit is cleaned; copies elsewhere must be found by people (`may_survive` lists those that are known). Of the
    immediate concerns of the interview's author only those in `concerns` (their keys) go with it. Where this laptop
    stands apart, or with `asks` by somebody else than the author and the lead, the words are hidden until one of them
    decides (`is_hidden`). Raises Invalid for a missing reason, an unknown record, or anybody else.
    """
    if entity not in WITHDRAWABLE:
        raise Invalid(
            _("{record} is not withdrawn", record=record_in_words(entity, key, _, visit.state.people)),
            field="entity",
            do=_("use one of: ") + ", ".join(WITHDRAWABLE),
        )
    _check_reason(reason, _("say who asked for it, without names"))
    author = author_of(f"{entity}/{key}")
    by_right = visit.me == author or visit.is_lead
    if not by_right and not asks:
        who, those = who_decides(author, visit.state.people), _("one of them") if author else _("the lead")
        raise Invalid(
            _("only {who} withdraws this", who=who),
            field="key",
            do=_("ask {those}, or have it hidden until {those} decides (--ask)", those=those),
        )
    hides = not by_right or visit.laptops.own_standing.apart_from is not None
    if hides and entity == NEVER_HIDDEN:
        raise Invalid(
            _("a listed name is not hidden on request, because the program would no longer look for it"),
            field="entity",
            do=_("ask {author} or the lead to withdraw it", author=person(visit.state.people, author)),
        )
    if visit.laptops.own_standing.state == "aside":
        raise Invalid(
            _("the lead set this laptop aside, so a withdrawal on it has no effect anywhere"),
            field="key",
            do=_("ask the lead to withdraw it"),
        )
    if not visit.has_key(entity, key):
        raise Invalid(
            _("there is no {noun} {key}", noun=ENTITIES[entity].statement.noun(), key=key),
            field="key",
            do=_("see the keys with: visit history"),
        )
    chosen = _checked_concerns(visit, entity, author, concerns)
    belonging = _belonging(visit, entity, key)
    visit.take_back(f"{entity}/{key}", belonging, chosen, reason, asks=not by_right and asks)
    noun = ENTITIES[entity].statement.noun()
    change = Change(
        _("withdrawal of {noun} {key}", noun=noun, key=record_number(key, visit.state.people)),
        frozenset({(entity, key)}),
    )
    visit.notify(change)
    return change


def show_again(visit: OpenVisit, entity: str, key: str, *, reason: str) -> Change:
    """Decide that what a laptop asked to be withdrawn is shown again; what was asked, and this, stay in the history.

    For the author and the lead, and for whoever asked. It cannot be undone, but be withdrawn. Raises Invalid.
    """
    name = f"{entity}/{key}"
    _check_reason(reason, _("say why it stays, without names"))
    if not any(name in one.requested for one in visit.state.hidden.values()):
        hidden = visit.state.hidden.get(name)
        told = _("it is hidden with {record}: decide about that first", record=hidden.request) if hidden else ""
        raise Invalid(
            _("nobody asked to withdraw {name}, or someone has decided already", name=name),
            field="key",
            do=told or _("see what waits with: visit status"),
        )
    if not visit.show_again(name, reason=reason):
        author = author_of(name)
        whose = person(visit.state.people, author)
        raise Invalid(
            _("only a confirmed laptop of {author} or the lead's decides about this", author=whose)
            if author
            else _("only the lead's laptop decides about this"),
            field="key",
            do=_("ask one of them, or have this laptop confirmed") if author else _("ask the lead"),
        )
    change = Change(_("showing {name} again", name=name), frozenset({(entity, key)}))
    visit.notify(change)
    return change


def is_hidden(visit: OpenVisit, entity: str, key: str) -> bool:
    """Whether a record is hidden until somebody decides."""
    return f"{entity}/{key}" in visit.state.hidden


def concerns_of(state: VisitState, author: str) -> list[str]:
    """The keys of the immediate concerns of an interview's author, each to be kept or withdrawn by a choice of its own.

    Some say in which interview they came up, many do not.
    """
    return [one.key for one in state.concerns.values() if one.person == author]


def may_survive(visit: OpenVisit) -> tuple[str, ...]:
    """The files written from this laptop that may still hold what was withdrawn: nobody but people can find these."""
    return visit.written.may_hold_withdrawn()


def _check_reason(reason: str, do: str) -> None:
    if not reason.strip():
        raise Invalid(_("a reason is missing"), field="reason", do=do)


def _checked_concerns(visit: OpenVisit, entity: str, author: str, concerns: Iterable[str]) -> list[str]:
    """The names of the chosen concerns. Raises Invalid unless they are of the interview's author."""
    known = concerns_of(visit.state, author)
    chosen = sorted(set(concerns))
    for key in chosen:
        if entity != "interview" or key not in known:
            raise Invalid(
                _("{key} is not an immediate concern of {author}", key=key, author=person(visit.state.people, author)),
                field="concern",
                do=_("use one of: {known}", known=", ".join(known)) if known else _("leave it out"),
            )
    return [f"{NEVER_APART}/{key}" for key in chosen]


def _belonging(visit: OpenVisit, entity: str, key: str) -> list[str]:
    state = visit.state
    name = f"{entity}/{key}"
    records = [name]
    if entity == "interview":
        records += [f"answer/{one.key}" for one in state.answers.values() if one.interview == key]
        records += [f"quote/{one.key}" for one in state.quotes.values() if one.interview == key]
        kinds = ("answer/", "quote/")
        records += [one.key for one in state.hidden.values() if name in one.requested and one.key.startswith(kinds)]
    return records
