"""Seconds as on a quiet machine: a busy or slow one takes longer for everything, and that is nobody's fault."""

from __future__ import annotations

import time

_QUIET = 0.04
"""Seconds of the processor that the fixed piece of work took on the quiet machine on which the limits were set."""


def as_on_a_quiet_machine(seconds: float) -> float:
    """Processor seconds by how much slower than then a fixed piece of work is now; short times stay as they are."""
    return seconds / max(1.0, min(_piece() for _ in range(3)) / _QUIET) if seconds > 1 else seconds


def _piece() -> float:
    start = time.process_time()
    sum(number * number for number in range(700_000))
    return time.process_time() - start
