"""What a set of visits says of each standard: how often it was met, by which basis, and the most and least met."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from reviewapp.figures.norms import Norm
from reviewapp.figures.ratings import BASES
from reviewapp.instruments.model import Instrument
from reviewapp.national.figures import Counts, ItemScores, Ranked
from reviewapp.national.spreads import added, counts, share, spread
from reviewapp.national.tables import BASIS_CODES, MET, NOT_APPLICABLE, NOT_MET, SCORED, UNRATED
from reviewapp.store.question_tables import Row
from reviewapp.visit import sorting

FEWEST_STANDARDS = 3
"""A section of fewer standards has no most and least met, and no spread: it would be one standard under another
name."""

SOME = 2
"""So many standards, and all that share a place with the last of them, are among the most or least met."""


class Tally(NamedTuple):
    """A row of the question `per_standard`: how many visits rated a standard so."""

    cycle: str
    status: str
    standard: int
    counts: int
    basis: int
    score: int
    n: int


def tallies(rows: Iterable[Row], cycle: str) -> list[Tally]:
    """The rows of one cycle."""
    return [Tally(*row) for row in rows if row[0] == cycle]  # type: ignore[arg-type]


def by_standard(found: Iterable[Tally], instrument: Instrument) -> dict[str, Counts]:
    """How every standard of the instrument was rated."""
    sums: dict[int, Counter[int]] = defaultdict(Counter)
    for one in found:
        sums[one.standard][one.counts] += one.n
    return {standard.number: _counts(sums[n]) for n, standard in enumerate(instrument.standards)}


def by_status(found: Iterable[Tally]) -> dict[str, Counts]:
    """The ratings of visits that are decided, and of drafts; only of those that are there."""
    sums: dict[str, Counter[int]] = defaultdict(Counter)
    for one in found:
        sums[one.status][one.counts] += one.n
    return {status: _counts(sums[status]) for status in ("final", "draft") if status in sums}


def basis(found: Iterable[Tally], status: str) -> dict[str, int]:
    """How many ratings rest on what, strongest first; what the basis of none is is unrated."""
    sums: Counter[int] = Counter()
    for one in found:
        if one.status == status:
            sums[one.basis] += one.n
    return {name: sums[BASIS_CODES[name]] for name in BASES if sums[BASIS_CODES[name]]}


def most_and_least(
    counted: Mapping[str, Counts], instrument: Instrument
) -> tuple[dict[str, list[Ranked]], dict[str, list[Ranked]]]:
    """The most and the least met standards of each section, by share; ties kept, none on both lists.

    The highest (lowest) share, and the next one while fewer than `SOME` standards have it. Where the two lists would
    meet, each keeps its first share only; where all standards have the same share, neither has any. A standard that
    applies to nobody is on no list.
    """
    most: dict[str, list[Ranked]] = {}
    least: dict[str, list[Ranked]] = {}
    for section in sorting.sections(instrument):
        numbers = [one.number for one in instrument.standards if one.section == section]
        if len(numbers) < FEWEST_STANDARDS:
            continue
        levels = _levels(counted, numbers)
        high, low = _ends(levels)
        most[section] = [one for level in levels[:high] for one in level]
        least[section] = [one for level in levels[len(levels) - low :][::-1] for one in level]
    return most, least


def _levels(counted: Mapping[str, Counts], numbers: Iterable[str]) -> list[list[Ranked]]:
    """These standards by share, the highest first; those of one share together."""
    found: dict[Fraction, list[Ranked]] = defaultdict(list)
    for number in numbers:
        one = counted[number]
        part = share(one)
        if part is not None:
            ranked = Ranked(number=number, met=one.met, of=one.applicable, percent=float(part))
            found[part].append(ranked)
    return [found[part] for part in sorted(found, reverse=True)]


def _ends(levels: list[list[Ranked]]) -> tuple[int, int]:
    """How many shares from above, and how many from below."""
    if len(levels) < 2:
        return 0, 0
    high = 1 if len(levels[0]) >= SOME else 2
    low = 1 if len(levels[-1]) >= SOME else 2
    return (high, low) if high + low <= len(levels) else (1, 1)


def items(found: Iterable[Tally], instrument: Instrument, norm: Norm | None) -> dict[str, ItemScores]:
    """How every item of a scored instrument was scored, and what the norm says of it."""
    scores: dict[int, Counter[int]] = defaultdict(Counter)
    others: dict[int, Counter[int]] = defaultdict(Counter)
    for one in found:
        if one.counts == SCORED:
            scores[one.standard][one.score] += one.n
        else:
            others[one.standard][one.counts] += one.n
    notes = norm.item_notes if norm else {}
    return {
        standard.number: ItemScores(
            counts={str(score): scores[n][score] for score in sorted(scores[n])},
            spread=spread(scores[n].elements()),
            na=others[n][NOT_APPLICABLE],
            open=others[n].total() - others[n][NOT_APPLICABLE],
            norm=notes.get(standard.number, ""),
        )
        for n, standard in enumerate(instrument.standards)
    }


def together(counted: Mapping[str, Counts]) -> Counts:
    """All standards together."""
    return added(counted.values())


def _counts(found: Mapping[int, int]) -> Counts:
    return counts(found[MET], found[NOT_MET], found[NOT_APPLICABLE], found[UNRATED])
