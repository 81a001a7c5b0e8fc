"""Tells, before it is kept, what in a text or in statements may identify a person, without repeating it.

The screens ask it while somebody types, the intake of sheets before anything is taken in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from reviewapp.base.i18n import _, plural
from reviewapp.visit.entities import record_in_words
from reviewapp.visit.identifiers import Kind, identifiers, names_in
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import KnownName, Statement

LOOKS_LIKE: dict[Kind, str] = {
    "nhs_number": _("an NHS number"),
    "nhs_number_bare": _("an NHS number"),
    "nhs_number_wrong": _("an NHS number with a slip in it"),
    "ni_number": _("a National Insurance number"),
    "hospital_number": _("a hospital number"),
    "phone": _("a telephone number"),
    "email": _("an e-mail address"),
    "postcode": _("a postcode"),
    "born": _("a date of birth"),
    "old_date": _("a date of birth"),
}
"""What each kind of identifier may be, with its article."""
NAME = _("a name from the list")
MOST_TOLD = 12
"""The most places that are told one by one."""


class Sign(NamedTuple):
    """What may identify a person: how it begins, and what it looks like."""

    begins: str
    looks_like: str

    def in_words(self) -> str:
        """`an NHS number (“94…”)`."""
        return _("{looks_like} (“{begins}…”)", looks_like=self.looks_like, begins=self.begins)


class Place(NamedTuple):
    """A record of an incoming sheet with what in it may identify a person."""

    entity: str
    key: str
    signs: tuple[Sign, ...]

    def record(self) -> str:
        """The record in plain words; a key that is itself what was found is not repeated."""
        return record_in_words(self.entity, "…" if signs_in(self.key) else self.key, _)

    def as_json(self) -> dict[str, Any]:
        """The place as plain values for JSON."""
        return {"entity": self.entity, "key": self.key, "signs": [sign._asdict() for sign in self.signs]}


def listed_names(state: VisitState | None) -> tuple[str, ...]:
    """The names on the visit's list of names to look for."""
    return tuple(rec.name for rec in state.known_names.values() if rec.name.strip()) if state is not None else ()


def signs_in(text: str, names: tuple[str, ...] = ()) -> tuple[Sign, ...]:
    """What in a text may identify a person, each once, in the order of the text; listed names last."""
    found = [Sign(match.text[:2], LOOKS_LIKE[match.kind]) for match in identifiers(text)]
    found += [Sign(name[:1], NAME) for name in names_in(text, names)] if names else []
    return tuple(dict.fromkeys(found))


def hint(text: str, names: tuple[str, ...] = ()) -> str:
    """One line for under a box in which this text is typed; empty where nothing was found."""
    found = signs_in(text, names)
    if not found:
        return ""
    return _("This may identify someone: {list}.", list=", ".join(sign.in_words() for sign in found))


def places_in(lines: Iterable[Statement], state: VisitState | None, person: str) -> tuple[Place, ...]:
    """The records that these statements of `person` write, of those in which something may identify a person."""
    names = listed_names(state)
    found: dict[tuple[str, str], dict[Sign, None]] = {}
    for line in lines:
        if isinstance(line, KnownName):
            continue
        signs = [sign for text in _texts(line) for sign in signs_in(text, names)]
        if signs:
            found.setdefault((line.kind(), line.key(person)), {}).update(dict.fromkeys(signs))
    return tuple(Place(entity, key, tuple(signs)) for (entity, key), signs in found.items())


def _texts(line: Statement) -> Iterator[str]:
    """Every text that a statement holds: ids too, for a record may have been numbered by an NHS number."""
    values: list[Any] = [*(getattr(line, name) for name in line.IDS), *line.values().values()]
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from value


def told(places: Sequence[Place]) -> str:
    """Sentences on what may identify a person, for the summary of a sheet; empty where there is nothing."""
    if not places:
        return ""
    many = sum(len(place.signs) for place in places)
    listed = "; ".join(_in_words(place) for place in places[:MOST_TOLD])
    rest = len(places) - MOST_TOLD
    more = plural("; and {n} more place", "; and {n} more places", rest) if rest > 0 else ""
    opening = plural("{n} thing in it may identify someone", "{n} things in it may identify someone", many)
    return _(
        "{opening}: {listed}{more}. Remove it, unless it belongs to a service.",
        opening=opening,
        listed=listed,
        more=more,
    )


def _in_words(place: Place) -> str:
    signs = ", ".join(sign.in_words() for sign in place.signs)
    return _("{signs} in {record}", signs=signs, record=place.record())
