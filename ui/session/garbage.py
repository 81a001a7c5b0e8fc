"""The only place that says anything to Python's garbage collector.

Left alone it goes through every record of the open visit each time it looks for garbage among the older objects, and
the screen stands still, at any moment: for 58 ms on the large visit of the benchmarks with every page made. What is
there when a visit is open stays until it is closed, so it is left out of the search, which then takes 6 ms (and 300
times less than before when the visit was only just opened: `tests/benchmarks/bench_tricks.py`).
"""

from __future__ import annotations

import gc


def exempt_what_is_loaded() -> None:
    """Leave out of every search for garbage what exists now, until `exempt_nothing`."""
    gc.freeze()


def exempt_nothing() -> None:
    """Let everything be searched again, so that a visit that was closed is freed."""
    gc.unfreeze()
