"""Rules on what may tell who somebody is: identifiers in texts, names that must not stand there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reviewapp.report.proofreading.finding import Finding, Severity, finding
from reviewapp.report.proofreading.identifiers import Kind, Match, identifiers, names_in
from reviewapp.report.proofreading.texts import Written
from reviewapp.visit.state import VisitState


class _Said(NamedTuple):
    """How a kind is told: gravity where it is printed, and what it looks like."""

    severity: Severity
    looks_like: str


_KINDS: dict[Kind, _Said] = {
    "nhs_number": _Said("stop", "an NHS number: the check digit is right and the words beside it say so"),
    "nhs_number_bare": _Said("warn", "an NHS number, though 7 in 100 numbers with ten digits look like one by chance"),
    "nhs_number_wrong": _Said("warn", "an NHS number with a slip in it"),
    "phone": _Said("warn", "a telephone number"),
    "email": _Said("warn", "an e-mail address"),
    "postcode": _Said("warn", "a postcode"),
    "born": _Said("stop", "a date of birth"),
    "old_date": _Said("warn", "a date of long ago, perhaps of birth"),
}
_LESS: dict[Severity, Severity] = {"stop": "warn", "warn": "note", "note": "note"}


def identifying(state: VisitState, texts: Sequence[Written]) -> list[Finding]:
    """Numbers, addresses and dates in typed texts that may identify somebody, each told once a text."""
    found = []
    for text in texts:
        for match in dict.fromkeys(_told(match) for match in identifiers(text.text)):
            found.append(_identifier(state, text, *match))
    return found


def _told(match: Match) -> tuple[Kind, str]:
    return match.kind, match.text


def _identifier(state: VisitState, text: Written, kind: Kind, words: str) -> Finding:
    said = _KINDS[kind]
    return finding(
        state, kind if kind != "born" else "date_of_birth", said.severity if text.printed else _LESS[said.severity],
        at=text.at, standard=text.standard, concerning=[words, text.text],
        why=f"What begins “{words[:2]}…” in {text.where} may be {said.looks_like}.{_kept(text)}",
        action="Take it out, unless it belongs to a service and not to a person",
    )  # fmt: skip


def names(state: VisitState, texts: Sequence[Written]) -> list[Finding]:
    """Names on the visit's own list that stand in a text."""
    listed = {key: rec.name for key, rec in state.known_names.items() if rec.name.strip()}
    if not listed:
        return []
    wanted = tuple(listed.values())
    found = []
    for text in texts:
        for name in dict.fromkeys(names_in(text.text, wanted)):
            which = next(key for key, value in listed.items() if value == name)
            found.append(
                finding(
                    state, "name", "stop" if text.printed else "warn", at=text.at, standard=text.standard,
                    why=f"A name from the list of names ({which}, begins “{name[:1]}”) stands in {text.where}."
                    f"{_kept(text)}",
                    action="Write a role in the place of the name", concerning=[name, text.text],
                )
            )  # fmt: skip
    return found


def reviewers(state: VisitState, texts: Sequence[Written]) -> list[Finding]:
    """Reviewers named in a text that goes to wider circulation, where the cover leaves their names out."""
    people = {person.name.strip(): code for code, person in state.people.items() if person.name.strip()}
    if not people:
        return []
    found = []
    for text in texts:
        for name in names_in(text.text, tuple(people)) if text.wide else ():
            found.append(
                finding(
                    state, "reviewer_named", "note", at=text.at, standard=text.standard,
                    why=f"{text.named} names reviewer {people[name]}, also in the copy for "
                    "wider circulation.",
                    action="Write the role, unless the reviewer wants to be named", concerning=[name, text.text],
                )
            )  # fmt: skip
    return found


def _kept(text: Written) -> str:
    return "" if text.printed else " The report does not print it, but it is kept and goes to the other laptops."
