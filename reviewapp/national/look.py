"""A set as the office looks at it on the screen: who has sent what, its figures through the mask, what is asked.

Read in one go, so that nothing of the set stays open while somebody looks.
"""

from __future__ import annotations

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.instruments.model import Instrument
from reviewapp.national.deciding import expected, missing
from reviewapp.national.figures import NationalFigures
from reviewapp.national.mask import masked
from reviewapp.national.model import Counted, Extract
from reviewapp.national.network_set import NetworkSet
from reviewapp.national.report.passages import passages, places
from reviewapp.store.received_extracts import ASKED


class SentExtract(msgspec.Struct, frozen=True, kw_only=True):
    """An extract that was received: `counts`, or `why` it does not; `apart`: the office may accept it."""

    n: int
    visit: str
    team: str
    cycle: str
    revision: int
    status: str
    at: str
    counts: bool
    why: str = ""
    apart: bool = False
    aside: bool = False


class AskedWords(msgspec.Struct, frozen=True, kw_only=True):
    """Words that a laptop without the right asked to be taken back, so that the office decides; hidden until then."""

    visit: str
    team: str
    record: str


class SetLook(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the screen shows of a set."""

    id: str
    name: str
    key_words: str
    instrument: Instrument
    with_drafts: bool
    sent: tuple[SentExtract, ...]
    asked: tuple[AskedWords, ...]
    expected: tuple[str, ...]
    missing: tuple[str, ...]
    """Of the teams expected, those of which nothing counts in the cycle shown."""
    figures: NationalFigures
    passages: dict[str, str]
    places: tuple[str, ...]
    reports: tuple[tuple[int, str], ...]
    """Number and time of each report that was written."""


def look_at(network: NetworkSet, cycle: str | None = None) -> SetLook:
    """The set as it is now. Raises Invalid for a cycle in which nothing counts."""
    held = network.received()
    team_of = {one.visit: one.team for one in held}
    figures = network.figures(cycle=cycle)
    printed = network.printed()
    return SetLook(
        id=network.id,
        name=network.name,
        key_words=network.key.words,
        instrument=network.instrument,
        with_drafts=network.rules.with_drafts,
        sent=_sent(network),
        asked=tuple(
            AskedWords(visit=visit, team=team_of.get(visit, ""), record=record)
            for visit, records in network.taken_back().items()
            for record, state in records.items()
            if state == ASKED
        ),
        expected=tuple(expected(network)),
        missing=tuple(missing(network, figures.cycle)),
        figures=masked(figures, network.instrument),
        passages=passages(network),
        places=tuple(places(network.instrument)),
        reports=tuple((one.number, one.at) for one in printed),
    )


def _sent(network: NetworkSet) -> tuple[SentExtract, ...]:
    counted = {one.n for one in network.counted()}
    aside = network.reasons_of_aside()
    left_out = {one.visit: one.why for one in network.left_out()}
    found = [
        SentExtract(
            n=one.n, visit=one.visit, team=one.team, cycle=one.cycle, revision=one.revision, status=one.status,
            at=one.at, counts=one.n in counted,
            why="" if one.n in counted else one.apart or left_out.get(one.visit) or _("a later revision counts"),
            apart=bool(one.apart), aside=one.visit in aside,
        )
        for one in network.received()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.team, one.cycle, one.n)))


def ratings_of_team(network: NetworkSet, team: str, cycle: str) -> dict[str, Counted]:
    """How each standard counts for one team in a cycle. Raises Invalid where it has nothing that counts."""
    for one in network.counted():
        if (one.team, one.cycle) == (team, cycle):
            return _counts(network.extract(one.n))
    raise Invalid(_("no extract of team {team} counts in {cycle}", team=team, cycle=cycle), do=_("choose another team"))


def ratings_of_standard(network: NetworkSet, number: str, cycle: str) -> dict[str, Counted]:
    """How one standard counts for every team in a cycle, by the team's code at the office."""
    return {
        one.team: _counts(network.extract(one.n)).get(number, "unrated")
        for one in sorted(network.counted(), key=lambda one: one.team)
        if one.cycle == cycle
    }


def _counts(extract: Extract) -> dict[str, Counted]:
    return {number: one.counts for number, one in extract.values.items()}
