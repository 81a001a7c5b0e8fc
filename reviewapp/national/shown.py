"""The figures of a set as anybody may see them: the true ones through the mask, with what was given out before."""

from __future__ import annotations

from reviewapp.national.engines import SQLITE
from reviewapp.national.figures import NationalFigures
from reviewapp.national.mask import masked
from reviewapp.national.network_set import NetworkSet


def shown_figures(found: NetworkSet, *, cycle: str | None = None, engine: str = SQLITE) -> NationalFigures:
    """What `national status`, the benchmark, the export and the report are made of. Raises as `NetworkSet.figures`."""
    earlier = [report.visits for report in found.printed()]
    return masked(found.figures(cycle=cycle, engine=engine), found.instrument, earlier)
