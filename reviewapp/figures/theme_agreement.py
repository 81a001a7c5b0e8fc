"""Coders against coders: how alike they see the themes, with the counts that belong beside every such figure.

A unit is a quote or an answer; a coder who looked at it gives every theme one of two values, seen or not.
Krippendorff's nominal alpha is computed for each theme over the units that at least two coders looked at, and over all
themes together. It describes how consistently a codebook can be used, never how good a coder is. Source:
K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

import msgspec

from reviewapp.visit.state import VisitState
from reviewapp.visit.themes import themes_in_force, units

RESAMPLES = 500
"""How often conversations are drawn anew for an interval; the draw is seeded, so the same visit gives the same one."""
_INSIDE = 0.95


class ThemeAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """One theme. `units` were looked at by two coders or more; in `both` all of them saw it, in `one` only some."""

    alpha: float | None
    units: int
    both: int
    one: int


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """A theme that some coders saw in a unit and others did not, and that nobody has settled."""

    unit: str
    theme: str
    coded_by: tuple[str, ...]
    not_by: tuple[str, ...]


class CoderAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """All coders of a visit. `alpha` is None where it cannot be computed: too little was coded twice, or all alike.

    `all`, `coded` and `by_two` count units; `pairs` the pairs of coders who looked at the same unit; `interval` holds
    95 of 100 alphas of conversations drawn anew, None where alpha is None or there are fewer than two conversations.
    """

    coders: tuple[str, ...]
    all: int
    coded: int
    by_two: int
    pairs: int
    alpha: float | None
    interval: tuple[float, float] | None
    by_theme: dict[str, ThemeAgreement]
    open: tuple[Disagreement, ...]


class _Tally:
    """What alpha needs of one theme or of several: values given, of them seen, and the disagreement within units."""

    def __init__(self) -> None:
        self.values = self.seen = 0
        self.differing: Counter[int] = Counter()

    def add(self, coders: int, seen: int) -> None:
        """One theme in one unit that `coders` looked at."""
        self.values += coders
        self.seen += seen
        if 0 < seen < coders:
            self.differing[coders - 1] += 2 * seen * (coders - seen)

    def alpha(self, values: int | None = None) -> float | None:
        """Krippendorff's alpha of two values; `values` is how many were given where unseen ones were not added."""
        n = self.values if values is None else values
        expected = 2 * self.seen * (n - self.seen)
        if not expected:
            return None
        observed = sum((Fraction(many, less) for less, many in self.differing.items()), Fraction(0))
        return float(1 - observed * (n - 1) / expected)


def coder_agreement(state: VisitState, *, with_interval: bool = True) -> CoderAgreement:
    """How alike the coders of a visit see its units; what is deleted, hidden or withdrawn does not count.

    The interval takes most of the time and can be left out.
    """
    there = {unit.key: unit for unit in units(state)}
    looked: dict[str, dict[str, frozenset[str]]] = {}
    for coding in state.codings.values():
        if coding.themes is not None and coding.unit in there:
            looked.setdefault(coding.unit, {})[coding.person] = frozenset(coding.themes)
    doubly = {unit: coders for unit, coders in looked.items() if len(coders) > 1}
    order = {theme: at for at, theme in enumerate(themes_in_force(state).by_id)}
    used = sorted({one for coders in doubly.values() for seen in coders.values() for one in seen},
                  key=lambda theme: (order.get(theme, len(order)), theme))  # fmt: skip
    by_theme, alpha = agreement_by_theme(doubly.values(), used)
    conversations: dict[str, list[Mapping[str, frozenset[str]]]] = {}
    for unit, coders in doubly.items():
        conversations.setdefault(there[unit].interview or unit, []).append(coders)
    return CoderAgreement(
        coders=tuple(sorted({code for coders in looked.values() for code in coders})),
        all=len(there),
        coded=len(looked),
        by_two=len(doubly),
        pairs=sum(len(coders) * (len(coders) - 1) // 2 for coders in doubly.values()),
        alpha=alpha,
        interval=alpha_interval(list(conversations.values()), used) if with_interval and alpha is not None else None,
        by_theme=by_theme,
        open=tuple(_open(state, doubly, used)),
    )


def agreement_by_theme(
    units: Iterable[Mapping[str, frozenset[str]]], themes: Iterable[str]
) -> tuple[dict[str, ThemeAgreement], float | None]:
    """Each theme over units (coder to the themes seen, two coders or more), and the alpha of all themes together."""
    held = list(units)
    values = sum(map(len, held))
    tallies, both, some = {theme: _Tally() for theme in themes}, Counter[str](), Counter[str]()
    for coders in held:
        for theme, seen in Counter(one for themes_seen in coders.values() for one in themes_seen).items():
            tallies[theme].add(len(coders), seen)
            (both if seen == len(coders) else some)[theme] += 1
    found = {
        theme: ThemeAgreement(
            alpha=tally.alpha(values),
            units=len(held),
            both=both[theme],
            one=some[theme],
        )
        for theme, tally in tallies.items()
    }
    return found, _together(tallies.values()).alpha(values * len(tallies))


def _together(tallies: Iterable[_Tally]) -> _Tally:
    whole = _Tally()
    for one in tallies:
        whole.seen += one.seen
        whole.differing += one.differing
    return whole


class _Conversation(NamedTuple):
    values: int
    tally: _Tally


def alpha_interval(
    conversations: Sequence[Sequence[Mapping[str, frozenset[str]]]], themes: Sequence[str], seed: int = 1
) -> tuple[float, float] | None:
    """Between which two alphas 95 of 100 draws of whole conversations lie; None with fewer than two conversations."""
    if len(conversations) < 2:
        return None
    held = []
    for units_of_one in conversations:
        tally = _Tally()
        for coders in units_of_one:
            for seen in Counter(one for themes_seen in coders.values() for one in themes_seen).values():
                tally.add(len(coders), seen)
        held.append(_Conversation(sum(map(len, units_of_one)) * len(themes), tally))
    draw, found = random.Random(seed), []
    for _again in range(RESAMPLES):
        chosen = draw.choices(held, k=len(held))
        alpha = _together(one.tally for one in chosen).alpha(sum(one.values for one in chosen))
        if alpha is not None:
            found.append(alpha)
    if not found:
        return None
    found.sort()
    outside = int(len(found) * (1 - _INSIDE) / 2)
    return found[outside], found[-1 - outside]


def _open(
    state: VisitState, doubly: Mapping[str, Mapping[str, frozenset[str]]], themes: Iterable[str]
) -> Iterable[Disagreement]:
    order = list(themes)
    for unit, coders in doubly.items():
        settled = state.agreed_codings.get(unit)
        if settled is not None and settled.themes is not None:
            continue
        for theme in order:
            seen = tuple(sorted(code for code, themes_seen in coders.items() if theme in themes_seen))
            if 0 < len(seen) < len(coders):
                missing = tuple(sorted(coders.keys() - set(seen)))
                yield Disagreement(unit=unit, theme=theme, coded_by=seen, not_by=missing)
