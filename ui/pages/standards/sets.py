"""The two sets of standards of a visit with a second instrument: what each shows, and how it is rated."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from reviewapp.figures.evidence import how_much
from reviewapp.figures.items import DerivedScore, PointsMet, derived_scores, points_met
from reviewapp.figures.lens import LensItem, lens
from reviewapp.visit.blind import seen_findings
from reviewapp.visit.figure_cache import track
from reviewapp.visit.second import second_state
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import (
    AlsoCriterionFinding,
    AlsoLocalContext,
    AlsoRating,
    CriterionFinding,
    LocalContext,
    Rating,
    Statement,
)


@dataclass(frozen=True)
class StandardSet:
    """One set. `second` is the id of the second instrument; empty for the first, which every visit has."""

    second: str = ""

    def rating(self, number: str, **said: Any) -> Statement:
        """My rating of one of its standards."""
        if self.second:
            return AlsoRating(instrument=self.second, standard=number, **said)
        return Rating(standard=number, **said)

    def note_line(self, number: str, text: str) -> Statement:
        """My note on one of its standards."""
        return self.rating(number, note=text)

    def reason_line(self, number: str, text: str) -> Statement:
        """Why my score is not the one that the criteria give."""
        return self.rating(number, reason=text)

    def local_line(self, number: str, text: str) -> Statement:
        """The local context of one of its standards: what lies outside the team's control."""
        if self.second:
            return AlsoLocalContext(instrument=self.second, standard=number, text=text)
        return LocalContext(standard=number, text=text)

    def finding(self, number: str, letter: str, source: str, **said: Any) -> Statement:
        """What I found of one criterion from one source."""
        about = {"standard": number, "criterion": letter, "source": source, **said}
        if self.second:
            return AlsoCriterionFinding(instrument=self.second, **about)
        return CriterionFinding(**about)

    def finding_line(self, number: str, letter: str, source: str, text: str) -> Statement:
        """My note on one criterion from one source."""
        return self.finding(number, letter, source, note=text)

    def seen(self, visit: VisitState, me: str) -> SeenSet:
        """The set as `me` may see it now."""
        second = second_state(visit) if self.second else None
        items = {item.standard: item for item in lens(visit, self.second)} if second is not None else {}
        judged = visit if second is None else second
        if not judged.criteria:
            return SeenSet(visit, judged, judged, items)
        found = seen_findings(judged, me)
        track(found)
        return SeenSet(visit, judged, found, items)


@dataclass(frozen=True)
class SeenSet:
    """A set at one moment. `judged`: the visit as it judges; `found`: with the findings on criteria one may see.

    `visit`: the whole visit; `items`: for the second set what each of its items sees of the evidence.
    """

    visit: VisitState
    judged: VisitState
    found: VisitState
    items: dict[str, LensItem] = field(default_factory=dict)

    @property
    def is_second(self) -> bool:
        """Whether it is the second set."""
        return bool(self.items)

    def evidence(self) -> dict[str, tuple[int, int]]:
        """By standard how many pieces of evidence there are, and from how many sources."""
        if not self.is_second:
            return how_much(self.judged)
        return {number: (item.pieces, len(item.sources)) for number, item in self.items.items()}

    def derived(self) -> dict[str, DerivedScore]:
        """The derived score of every item with a map, from the findings one may see."""
        return derived_scores(self.found)

    def points(self) -> dict[str, PointsMet]:
        """The points met of every standard with criteria, on a scale of met and not met."""
        return points_met(self.found) if self.judged.instrument.scale.kind == "rated" else {}
