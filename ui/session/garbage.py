"""The only place that says anything to Python's garbage collector.

Left alone it goes through every record of the open visit each time it looks for garbage among the older objects, and
the screen stands still, at any moment: for 58 ms on the large visit of the benchmarks with every page made. What is
there when a visit is open stays until it is closed, so it is left out of the search, which then takes 6 ms (and 300
times less than before when the visit was only just opened: `tests/benchmarks/bench_tricks.py`).

It looks in whichever thread happens to make an object, and lets go what it finds there. A widget that is let go in the
thread of a job, while the screen makes another, takes the whole program with it; so while a job runs only the thread
of the screen looks.
"""

from __future__ import annotations

import gc

_by_hand = 0


def exempt_what_is_loaded() -> None:
    """Leave out of every search for garbage what exists now, until `exempt_nothing`."""
    gc.freeze()


def search_by_hand() -> None:
    """Look for garbage only when `search` is called, until `search_by_itself`; both count."""
    global _by_hand
    _by_hand += 1
    gc.disable()


def search_by_itself() -> None:
    """Take back one `search_by_hand`; after the last one Python looks again when it thinks fit."""
    global _by_hand
    _by_hand -= 1
    if _by_hand == 0:
        gc.enable()


def search() -> None:
    """Look for garbage now, in this thread, if as much was made as Python waits for."""
    if gc.get_count()[0] >= gc.get_threshold()[0]:
        gc.collect(1)


def exempt_nothing() -> None:
    """Let everything be searched again, so that a visit that was closed is freed."""
    gc.unfreeze()
