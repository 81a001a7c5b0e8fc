"""The passages that the office writes into its report, each at its place, kept in the set."""

from __future__ import annotations

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, gettext_noop
from reviewapp.instruments.model import Instrument
from reviewapp.national.network_set import NetworkSet

LONGEST = 20_000
"""Most characters of one passage."""
_BEFORE = ("foreword", "preface", "introduction", "key findings", "services")
_OF_SECTION = ("section", "achievements", "improvements", "reflection")
_AFTER = ("taking part", "case notes", "plans", "cycles", "method", "thanks")


def places(instrument: Instrument) -> list[str]:
    """Every place of the report that takes a passage, in its order: `foreword`, `reflection Staffing and training`."""
    sections = dict.fromkeys(one.section for one in instrument.standards)
    of_sections = [f"{kind} {name}" for name in sections for kind in _OF_SECTION]
    return [*_BEFORE, *of_sections, *_AFTER]


_TITLES = {
    "foreword": gettext_noop("Foreword"),
    "preface": gettext_noop("Preface"),
    "introduction": gettext_noop("Introduction"),
    "key findings": gettext_noop("Key findings"),
    "services": gettext_noop("The services"),
    "taking part": gettext_noop("How patients and carers took part"),
    "case notes": gettext_noop("Case notes"),
    "plans": gettext_noop("What teams are working on"),
    "cycles": gettext_noop("From cycle to cycle"),
    "method": gettext_noop("Method"),
    "thanks": gettext_noop("Thanks"),
    "figures": gettext_noop("The figures"),
}
_TITLES_OF_SECTION = {
    "section": gettext_noop("{name}: what it covers"),
    "achievements": gettext_noop("{name}: achievements"),
    "improvements": gettext_noop("{name}: for improvement"),
    "reflection": gettext_noop("{name}: to reflect on"),
}


def place_title(place: str) -> str:
    """A place of the report, or what a finding names, as people call it."""
    if place in _TITLES:
        return _(_TITLES[place])
    kind, __, name = place.partition(" ")
    return _(_TITLES_OF_SECTION[kind]).format(name=name) if kind in _TITLES_OF_SECTION else place


def passages(network: NetworkSet) -> dict[str, str]:
    """What is written, by place; without the places where nothing is."""
    found = {place: network.local(f"passage {place}") for place in places(network.instrument)}
    return {place: words for place, words in found.items() if words.strip()}


def write(network: NetworkSet, place: str, words: str) -> None:
    """Write a passage, or take it out where `words` is blank. Raises Invalid for an unknown place or too much text."""
    if place not in places(network.instrument):
        raise Invalid(
            _("the report has no place called {place}", place=f"{place!r}"), field="place",
            do=_("choose one of: ") + ", ".join(places(network.instrument)),
        )  # fmt: skip
    if len(words) > LONGEST:
        raise Invalid(
            _("the passage is longer than {n} characters", n=LONGEST), field="text", do=_("shorten it")
        )  # fmt: skip
    network.set_local(f"passage {place}", words.strip())
