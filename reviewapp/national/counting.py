"""Which of the extracts in a set count, and why the others do not: pure rules over what is known of each.

For each visit the first extract that came decides who speaks for it: the key of that laptop, or whoever the lead's key
of authority was handed on to. Of what they signed the highest revision counts. A team has one visit a cycle: another
one under its code stands apart until the office says which is meant. What stands apart, or is left out, is told, never
silently in the figures (design, section 12).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from reviewapp.base.i18n import _
from reviewapp.instruments.editions import Edition
from reviewapp.store.received_extracts import Received

Result = Literal["new", "newer", "older", "already_here", "apart", "refused"]
"""What became of a file: `older` and `apart` are kept, and do not count."""


class Verdict(NamedTuple):
    """What became of an extract, and in words why; empty where nothing is to be said."""

    result: Result
    reason: str = ""


class Rules(NamedTuple):
    """What a set takes into its figures: visits by one wording of one instrument; drafts only if it says so."""

    instrument: Edition
    with_drafts: bool = False


class Accepted(NamedTuple):
    """Who speaks for a visit, and under which code the team was accepted.

    `authorities`: the lead's keys, from the first on, with spaces between; without any, only `key` itself speaks.
    """

    key: str
    authorities: str
    team: str

    def lets_speak(self, key: str, authorities: str) -> bool:
        """Whether who signed so speaks for the visit: the known laptop, or a lead that the known ones named."""
        known = self.authorities.split()
        return authorities.split()[: len(known)] == known if known else key == self.key


class Ledger:
    """Who speaks for each visit, and with which revision, while extracts are taken in one after the other."""

    def __init__(self, held: Iterable[Received], accepted: Mapping[str, Accepted]) -> None:
        """Of a set that holds these extracts."""
        every = list(held)
        self.accepted = dict(accepted)
        self._digests = {one.digest for one in every}
        self._best: dict[str, Received] = {}
        self._visits: dict[tuple[str, str], str] = {}
        for one in speaking(every):
            self._lead(one)

    def verdict(self, offered: Received) -> Verdict:
        """What becomes of an extract that is offered."""
        if offered.digest in self._digests:
            return Verdict("already_here")
        owner = self.accepted.get(offered.visit)
        other = self._visits.get((offered.team, offered.cycle), offered.visit)
        if other != offered.visit:
            return Verdict(
                "apart",
                _("team {team} has another visit in {cycle}: {other}", team=offered.team, cycle=offered.cycle,
                  other=other),
            )  # fmt: skip
        if owner is None:
            return Verdict("new")
        if not owner.lets_speak(offered.key, offered.authorities):
            return Verdict("apart", _("it was signed by a different laptop from the one accepted for this visit"))
        best = self._best[offered.visit]
        if _rank(offered) < _rank(best):
            return Verdict("older", _("you already have revision {n} of this visit", n=best.revision))
        said = _("it replaces revision {n}", n=best.revision)
        if owner.team != offered.team:
            said = _("{said}, under the code {new} and no longer {old}", said=said, new=offered.team, old=owner.team)
        return Verdict("newer", said)

    def keep(self, one: Received, result: Result) -> None:
        """Go on from an extract of which this became."""
        self._digests.add(one.digest)
        if result in ("new", "newer"):
            self.accepted[one.visit] = Accepted(one.key, one.authorities, one.team)
            self._lead(one)

    def _lead(self, one: Received) -> None:
        before = self._best.get(one.visit)
        if before is not None and self._visits.get((before.team, before.cycle)) == one.visit:
            del self._visits[before.team, before.cycle]
        self._best[one.visit] = one
        self._visits[one.team, one.cycle] = one.visit


def _rank(one: Received) -> tuple[int, str]:
    return one.revision, one.digest


def speaking(held: Iterable[Received]) -> list[Received]:
    """The extract that speaks for each visit: of those that do not stand apart, the one with the highest revision."""
    best: dict[str, Received] = {}
    for one in held:
        if not one.apart and (one.visit not in best or _rank(one) > _rank(best[one.visit])):
            best[one.visit] = one
    return sorted(best.values(), key=lambda one: one.n)


def why_left_out(one: Received, rules: Rules, set_aside: Mapping[str, str]) -> str:
    """Why an extract that speaks for its visit is not in the figures, in words; empty where it is."""
    wanted = rules.instrument
    if one.visit in set_aside:
        return _("set aside by the office: {reason}", reason=set_aside[one.visit])
    if one.instrument != wanted.id:
        return _("rated with other standards: {instrument}", instrument=one.instrument)
    if one.edition != wanted.edition:
        return _("rated with another edition: {edition}", edition=one.edition)
    if one.wording != wanted.digest:
        return _("rated with another wording of the same edition")
    if one.kind == "developmental":
        return _("a developmental review")
    if one.status == "draft" and not rules.with_drafts:
        return _("a draft: no decision yet")
    return ""
