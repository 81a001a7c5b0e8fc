"""What is hidden until somebody decides, in words: a laptop asked for it to be withdrawn and may not withdraw it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reviewapp.base.i18n import _, plural
from reviewapp.visit.entities import author_of
from reviewapp.visit.hiding import in_words
from reviewapp.visit.labels import concern, record_number
from ui.widgets.basics import sentence

if TYPE_CHECKING:
    from reviewapp.visit.labels import TeamMember
    from reviewapp.visit.state import VisitState
    from reviewapp.workspace.open_visit import OpenVisit


def name_in_words(entity: str, key: str, people: Mapping[str, TeamMember]) -> str:
    """Name of what can be withdrawn: `P1 · R2 (clinician)`, `quote Q2 · R2 (clinician)`."""
    number = record_number(key, people)
    if entity == "interview":
        return number
    if entity == "concern":
        named = concern(people, key)
        return f"{named[:1].lower()}{named[1:]}"
    if entity == "survey_comment":
        return _("survey comment {number}", number=number)
    return _("quote {number}", number=number) if entity == "quote" else _("listed name {number}", number=number)


def record_in_words(name: str, people: Mapping[str, TeamMember]) -> str:
    """As `name_in_words`, of a record's whole name (`quote/Q2/R2`)."""
    entity, _slash, key = name.partition("/")
    return name_in_words(entity, key, people)


def hidden_lines(state: VisitState) -> list[str]:
    """One line for each record of which something was asked: `P1 · R2 (clinician). Hidden: the laptop of R4 ...`."""
    asked = {record: one for one in state.hidden.values() for record in one.requested}
    return [
        f"{sentence(record_in_words(record, state.people))}. {in_words(one.asker, one.person, state.people)}"
        for record, one in sorted(asked.items())
    ]


def decides(visit: OpenVisit, author: str) -> bool:
    """Whether the person of this laptop decides about words of this author's."""
    standing = visit.laptops.own_standing
    return standing.counts_at(10**9) and (visit.is_lead or visit.me == author)


def waiting_words(visit: OpenVisit) -> str:
    """What waits for a decision, in a sentence; empty when nothing does."""
    asked = {record for one in visit.state.hidden.values() for record in one.requested}
    if not asked:
        return ""
    mine = any(decides(visit, author_of(record)) for record in asked)
    told = plural(
        "{n} record is hidden, because someone asked to withdraw it",
        "{n} records are hidden, because someone asked to withdraw them",
        len(asked),
    )
    if mine:
        return _("{told}: withdraw or show again.", told=told)
    return _("{told}. Combine says who decides.", told=told)
