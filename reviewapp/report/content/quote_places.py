"""Where each quote is printed, which is once in the whole report, and the number by which everything else names it.

What was said against something that is not met stands with it, at most `MOST` quotes of as many groups of people as
there are. The others stand by theme once what people said was coded; before that, with the evidence of a standard.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from reviewapp.figures.conversations import person_labels
from reviewapp.figures.evidence import may_print
from reviewapp.figures.gaps import gaps
from reviewapp.figures.theme_groups import themes_that_count
from reviewapp.figures.told import told_counts
from reviewapp.visit.sorting import natural, sections
from reviewapp.visit.state import QuoteRecord, VisitState
from reviewapp.visit.themes import themes_in_force

TOLD = "What people told us"
"""The heading of the part that holds the quotes by theme."""

MOST = 3
"""The most quotes that stand with one standard that is not met."""
AGAINST = ("negative", "mixed")


class QuotePlaces(msgspec.Struct, frozen=True):
    """Every quote in one of these, under what it is printed with, and its number by its key.

    `by_theme` holds those without a theme under ""; it is None while nothing was coded, and then the others are
    `at_standard`. `also`: quotes with a theme that are printed elsewhere. `others` concern no standard of the set.
    """

    at_gap: dict[str, list[QuoteRecord]]
    by_theme: dict[str, list[QuoteRecord]] | None
    also: dict[str, list[QuoteRecord]]
    at_standard: dict[str, list[QuoteRecord]]
    others: list[QuoteRecord]
    numbers: dict[str, int]

    def heading_of(self, key: str) -> str:
        """The id of the heading under which a quote stands, by its key; empty for one that is not printed."""
        for ids, held in (
            ("improvement-{}", self.at_gap), ("told-{}", self.by_theme or {}), ("standard-{}", self.at_standard)
        ):  # fmt: skip
            place = next((name for name, quotes in held.items() if any(one.key == key for one in quotes)), None)
            if place is not None:
                return ids.format(place or "other")
        return "voices-quotes" if key in self.numbers else ""


def gap_order(state: VisitState, quotes: Sequence[QuoteRecord]) -> list[str]:
    """What is not met or scored low: type 1 first, then what most of these quotes speak against, then by number."""
    against = Counter(number for quote in quotes if quote.tone == "negative" for number in set(quote.standards))
    found = sorted(gaps(state), key=lambda one: (natural(one.type), -against[one.number], natural(one.number)))
    return [one.number for one in found]


def quote_places(state: VisitState, quotes: Sequence[QuoteRecord]) -> QuotePlaces:
    """Where these quotes stand; numbered from 1 in the order in which they are printed."""
    at_gap: dict[str, list[QuoteRecord]] = {}
    rest = list(quotes)
    for number in gap_order(state, quotes):
        at_gap[number] = _chosen(state, [one for one in rest if number in one.standards and one.tone in AGAINST])
        rest = [one for one in rest if one not in at_gap[number]]
    by_theme, also = _by_theme(state, quotes, rest) if told_counts(state) is not None else (None, {})
    at_standard, others = ({}, []) if by_theme is not None else _by_standard(state, rest)
    groups = [*at_gap.values(), *(by_theme or {}).values(), *at_standard.values(), others]
    printed = [quote for group in groups for quote in group]
    numbers = {quote.key: number for number, quote in enumerate(printed, 1)}
    return QuotePlaces(at_gap, by_theme, also, at_standard, others, numbers)


def _chosen(state: VisitState, quotes: list[QuoteRecord]) -> list[QuoteRecord]:
    """At most `MOST`: the first of each group of people, then the second ones; what is wholly against comes first."""
    ordered = sorted(quotes, key=lambda one: one.tone != "negative")
    seen: Counter[str] = Counter()
    rank = {}
    for one in ordered:
        group = state.interviews[one.interview].group
        rank[one.key] = seen[group]
        seen[group] += 1
    return sorted(ordered, key=lambda one: rank[one.key])[:MOST]


def _by_theme(
    state: VisitState, quotes: Sequence[QuoteRecord], rest: Sequence[QuoteRecord]
) -> tuple[dict[str, list[QuoteRecord]], dict[str, list[QuoteRecord]]]:
    """(quotes to print by theme, those with the theme that stand elsewhere), in the order of the themes in force."""
    place = {theme: at for at, theme in enumerate(themes_in_force(state).by_id)}
    counted = themes_that_count(state)
    standing: dict[str, list[QuoteRecord]] = {theme: [] for theme in place}
    also: dict[str, list[QuoteRecord]] = {theme: [] for theme in place}
    standing[""] = []
    for quote in quotes:
        themes = sorted((one for one in counted.get(f"quote/{quote.key}", ()) if one in place), key=place.__getitem__)
        here = quote in rest
        if here:
            standing[themes[0] if themes else ""].append(quote)
        for theme in themes[1:] if here else themes:
            also[theme].append(quote)
    return standing, also


def _by_standard(
    state: VisitState, rest: Sequence[QuoteRecord]
) -> tuple[dict[str, list[QuoteRecord]], list[QuoteRecord]]:
    """(quotes by the first standard of the set they concern, in the order of the report; quotes that concern none)."""
    known = {standard.number for standard in state.instrument.standards}
    found: dict[str, list[QuoteRecord]] = {number: [] for number in _printed_order(state)}
    others: list[QuoteRecord] = []
    for quote in rest:
        first = next((number for number in quote.standards if number in known), None)
        (others if first is None else found[first]).append(quote)
    return {number: held for number, held in found.items() if held}, others


def heading_of_quote(state: VisitState, key: str) -> str:
    """The id of the heading under which the report prints a quote; that of who was heard for one that it does not."""
    quote = state.quotes.get(key)
    if quote is None or not may_print(state, quote):
        return "voices"
    return quote_places(state, printable(state)).heading_of(key) or "voices"


def printable(state: VisitState, *, circulation: bool = False) -> list[QuoteRecord]:
    """The quotes a copy may print (consent recorded, not withdrawn), sorted by the label of who said them."""
    may = [q for q in state.quotes.values() if q.text.strip() and may_print(state, q, circulation=circulation)]
    names = person_labels(state)
    return sorted(may, key=lambda q: (natural(names.get(q.interview, "")), natural(q.key)))


def _printed_order(state: VisitState) -> list[str]:
    """The numbers of the standards as the report goes through them, section by section."""
    place = {name: at for at, name in enumerate(sections(state.instrument))}
    return [
        one.number for one in sorted(state.instrument.standards, key=lambda s: (place[s.section], natural(s.number)))
    ]
