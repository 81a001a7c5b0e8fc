"""Published figures of a network of teams (`resources/benchmarks/*.toml`), for comparison with a team's own figures.

They are the printed numbers of a national report, kept as data with their source; nothing is computed from them.
"""

from __future__ import annotations

from functools import cache

import msgspec

from reviewapp.base.paths import resource


class ContextFigure(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One published fact about the teams: a mean with its range, or the per cent of teams for which it holds."""

    mean: int | float | None = None
    lowest: int | float | None = None
    highest: int | float | None = None
    percent: int | float | None = None


class Benchmark(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Per cent of standards met, as published for `teams` teams; a standard that was not published is missing."""

    id: str
    title: str
    instruments: tuple[str, ...]
    teams: int
    source: str
    overall: int | float
    by_type: dict[str, int | float]
    by_section: dict[str, int | float]
    by_standard: dict[str, int | float]
    context: dict[str, ContextFigure] = msgspec.field(default_factory=dict)
    notes: tuple[str, ...] = ()


@cache
def benchmarks() -> tuple[Benchmark, ...]:
    """Every benchmark that comes with the program, read once."""
    files = sorted(resource("benchmarks").glob("*.toml"))
    return tuple(msgspec.toml.decode(file.read_bytes(), type=Benchmark) for file in files)


def benchmark_for(instrument_id: str) -> Benchmark | None:
    """The benchmark published for this instrument, or None."""
    return next((found for found in benchmarks() if instrument_id in found.instruments), None)
