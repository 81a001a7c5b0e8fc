"""Rules on texts that may identify a person: identifiers such as NHS numbers, listed names, names of reviewers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reviewapp.base.i18n import _
from reviewapp.report.proofreading.finding import Finding, Severity, finding
from reviewapp.report.proofreading.texts import WrittenText
from reviewapp.visit.identifiers import Kind, Match, identifiers, names_in
from reviewapp.visit.state import VisitState


class _KindInfo(NamedTuple):
    """Severity of a kind of identifier in a printed text, and its description in a finding."""

    severity: Severity
    looks_like: str


_KINDS: dict[Kind, _KindInfo] = {
    "nhs_number": _KindInfo("stop", _("an NHS number: the check digit is right and the words beside it say so")),
    "nhs_number_bare": _KindInfo(
        "warn", _("an NHS number, though 7 in 100 numbers with ten digits look like one by chance")
    ),
    "nhs_number_wrong": _KindInfo("warn", _("an NHS number with a slip in it")),
    "ni_number": _KindInfo("stop", _("a National Insurance number")),
    "hospital_number": _KindInfo("warn", _("a person's number in a hospital's records")),
    "phone": _KindInfo("warn", _("a telephone number")),
    "email": _KindInfo("warn", _("an e-mail address")),
    "postcode": _KindInfo("warn", _("a postcode")),
    "born": _KindInfo("stop", _("a date of birth")),
    "old_date": _KindInfo("warn", _("a date of long ago, perhaps of birth")),
}
IDENTIFYING = frozenset({"name", "date_of_birth", *_KINDS})
"""The rules of this module whose findings say that somebody may be identified."""
_ONE_STEP_LOWER: dict[Severity, Severity] = {"stop": "warn", "warn": "note", "note": "note"}


def identifying(state: VisitState, texts: Sequence[WrittenText]) -> list[Finding]:
    """Numbers, addresses and dates in typed texts that may identify somebody; each is reported once per text.

    In a text that is not printed the severity is one step lower.
    """
    found = []
    for text in texts:
        for match in dict.fromkeys(_kind_and_text(match) for match in identifiers(text.text)):
            found.append(_identifier(state, text, *match))
    return found


def _kind_and_text(match: Match) -> tuple[Kind, str]:
    return match.kind, match.text


def _identifier(state: VisitState, text: WrittenText, kind: Kind, words: str) -> Finding:
    info = _KINDS[kind]
    return finding(
        state,
        kind if kind != "born" else "date_of_birth",
        info.severity if text.printed else _ONE_STEP_LOWER[info.severity],
        at=text.at,
        standard=text.standard,
        concerning=[words, text.text],
        why=_(
            "The words that start “{words}…” in {where} may be {looks_like}.{kept}",
            words=words[:2],
            where=text.where,
            looks_like=info.looks_like,
            kept=_not_printed_remark(text),
        ),
        action=_("Remove it, unless it belongs to a service and not to a person"),
    )


def names(state: VisitState, texts: Sequence[WrittenText]) -> list[Finding]:
    """Names on the visit's own list that occur in a text; the finding gives only the first letter."""
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
                    state,
                    "name",
                    "stop" if text.printed else "warn",
                    at=text.at,
                    standard=text.standard,
                    why=_(
                        "A name from the list of names ({which}, starts “{name}”) is in {where}.{kept}",
                        which=which,
                        name=name[:1],
                        where=text.where,
                        kept=_not_printed_remark(text),
                    ),
                    action=_("Use a role instead of the name"),
                    concerning=[name, text.text],
                )
            )
    return found


def reviewers(state: VisitState, texts: Sequence[WrittenText]) -> list[Finding]:
    """Reviewers named in a text that the copy for wider circulation prints, whose cover leaves their names out."""
    people = {person.name.strip(): code for code, person in state.people.items() if person.name.strip()}
    if not people:
        return []
    found = []
    for text in texts:
        for name in names_in(text.text, tuple(people)) if text.wide else ():
            found.append(
                finding(
                    state,
                    "reviewer_named",
                    "note",
                    at=text.at,
                    standard=text.standard,
                    why=_(
                        "{named} names reviewer {people}, also in the copy for wider circulation.",
                        named=text.named,
                        people=people[name],
                    ),
                    action=_("Use the role, unless the reviewer wants to be named"),
                    concerning=[name, text.text],
                )
            )
    return found


def _not_printed_remark(text: WrittenText) -> str:
    return (
        "" if text.printed else _(" The report does not print it, but it is kept and passed on to the other laptops.")
    )
