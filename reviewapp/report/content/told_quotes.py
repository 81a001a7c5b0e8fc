"""Where each quote stands once what people said was coded: under one theme, with a number that others refer to."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from reviewapp.figures.evidence import may_print
from reviewapp.figures.theme_groups import themes_that_count
from reviewapp.figures.told import told_counts
from reviewapp.visit import labels
from reviewapp.visit.state import QuoteRecord, VisitState
from reviewapp.visit.themes import themes_in_force

TOLD = "What people told us"
"""The heading of the part that holds every quote."""


class ToldQuotes(msgspec.Struct, frozen=True):
    """`by_theme` holds every quote once, under "" what no theme was found for; `also` the others with the theme.

    `numbers` counts the quotes from 1 as they are printed, by their keys.
    """

    by_theme: dict[str, list[QuoteRecord]]
    also: dict[str, list[QuoteRecord]]
    numbers: dict[str, int]


def told_quotes(state: VisitState, quotes: Sequence[QuoteRecord]) -> ToldQuotes:
    """These quotes by theme, in the order of the themes in force; a quote with several stands under the first."""
    order = [*themes_in_force(state).by_id]
    place = {theme: at for at, theme in enumerate(order)}
    counted = themes_that_count(state)
    standing: dict[str, list[QuoteRecord]] = {theme: [] for theme in order}
    also: dict[str, list[QuoteRecord]] = {theme: [] for theme in order}
    rest = []
    for quote in quotes:
        themes = sorted((one for one in counted.get(f"quote/{quote.key}", ()) if one in place), key=place.__getitem__)
        if not themes:
            rest.append(quote)
            continue
        standing[themes[0]].append(quote)
        for theme in themes[1:]:
            also[theme].append(quote)
    standing[""] = rest
    printed = [quote for found in standing.values() for quote in found]
    numbers = {quote.key: number for number, quote in enumerate(printed, 1)}
    return ToldQuotes(standing, also, numbers)


def heading_of_quote(state: VisitState, key: str) -> str:
    """The id of the heading under which the report prints a quote; that of who was heard for one that it does not."""
    quote = state.quotes.get(key)
    if quote is None or not may_print(state, quote):
        return "voices"
    if told_counts(state) is not None:
        counted = themes_that_count(state).get(f"quote/{key}", frozenset())
        theme = next((one for one in themes_in_force(state).by_id if one in counted), "other")
        return f"told-{theme}"
    known = {standard.number for standard in state.instrument.standards}
    first = next((number for number in quote.standards if number in known), "")
    return f"standard-{first}" if first else "voices-quotes"


def quote_numbers(numbers: Sequence[int]) -> str:
    """`Quote 3`, `Quotes 3 and 7`."""
    return f"Quote{'s' if len(numbers) > 1 else ''} {labels.all_of([str(one) for one in numbers])}"
