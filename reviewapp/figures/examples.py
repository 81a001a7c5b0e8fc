"""Examples from other teams, in place: at an item that scored low, what teams that opted in do well there.

Nothing leaves a visit that its lead did not share word for word (`SharedPractice`), and what another visit shows of it
is a record of its own (`Example`), so that every laptop and every copy of the report shows the same ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from reviewapp.figures.item_scores import item_scores
from reviewapp.figures.ratings import effective_ratings
from reviewapp.figures.scores import item_points
from reviewapp.instruments.wording import wording_of
from reviewapp.visit.example_records import ExampleRecord
from reviewapp.visit.sorting import natural
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import Example


def low_items(state: VisitState) -> list[str]:
    """The standards at which examples help, in the order of the instrument.

    On a scored scale those that are certain to be no higher than the middle (of 1-5: 1, 2 and 3), whatever the open
    criteria turn out to be; on a scale of met and not met those not met. A team's own rating is no finding.
    """
    rated = effective_ratings(state)
    found = [one.number for one in state.instrument.standards if rated[one.number].basis != "self_review"]
    scores, points = item_scores(state), item_points(state.instrument.scale)
    if not scores:
        return [number for number in found if state.instrument.scale.verdict(rated[number].value) == "gap"]
    middle = (min(points, default=0) + max(points, default=0)) / 2
    return [number for number in found if (high := scores[number].highest) is not None and high <= middle]


def examples_at(state: VisitState) -> dict[str, tuple[ExampleRecord, ...]]:
    """What other teams do well, by standard, for those of `low_items` at which the visit holds an example."""
    by_standard: dict[str, list[ExampleRecord]] = {}
    for one in state.examples.values():
        if one.text.strip():
            by_standard.setdefault(one.standard, []).append(one)
    return {
        number: tuple(sorted(by_standard[number], key=lambda one: natural(one.id)))
        for number in low_items(state)
        if number in by_standard
    }


def shared_examples(state: VisitState) -> list[Example]:
    """What the lead of this visit lets other teams read, as the lines that another visit records."""
    standards = {one.number: one for one in state.instrument.standards}
    unsettled = {one.key for one in state.conflicts if one.entity == "shared_practice"}
    return [
        Example(
            id=_id(state.info.id, key), standard=key, text=one.text.strip(), team=one.team.strip(),
            source=state.info.id, asks=wording_of(standards[key]),
        )
        for key, one in state.shared_practice.items()
        if one.text.strip() and key in standards and key not in unsettled
    ]  # fmt: skip


def offered_examples(state: VisitState, others: Iterable[VisitState]) -> list[Example]:
    """What visits to other teams share at the low items of this one and is not here yet, by standard.

    Only where the very same was asked; another visit to the same team offers nothing.
    """
    asked = {one.number: wording_of(one) for one in state.instrument.standards}
    low = {*low_items(state)}
    found = [
        line
        for other in others
        if other.info.id != state.info.id and _team(other) != _team(state)
        for line in shared_examples(other)
        if line.standard in low and asked.get(str(line.standard)) == line.asks and not _is_here(state, line)
    ]
    return sorted(found, key=lambda line: (natural(str(line.standard)), line.id))


def _is_here(state: VisitState, line: Example) -> bool:
    held = state.examples.get(line.id)
    return held is not None and (held.text, held.team) == (line.text, line.team)


def _id(source: str, number: str) -> str:
    """The same on every laptop, so that what is taken twice is one."""
    return f"X{hashlib.sha256(f'{source}/{number}'.encode()).hexdigest()[:12]}"


def _team(state: VisitState) -> tuple[str, str]:
    service, organisation = (" ".join(one.split()).casefold() for one in (state.info.service, state.info.organisation))
    return service, organisation
