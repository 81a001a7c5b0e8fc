"""Steps of the screen, each measured: processor time, time on the wall, the longest stretch without hearing a key.

What the figures mean stands in `bench_ui`.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

LATER_S = 0.2
"""Longer than any of our timers that follow from an event."""
WANTED_MS, MOST_MS = 16, 50


@dataclass
class Taken:
    """What the turns of one kind of step took, in milliseconds."""

    worked: list[float] = field(default_factory=list)
    stretch: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    later: list[float] = field(default_factory=list)


class Steps:
    """Does steps and measures them."""

    def __init__(self) -> None:
        self.taken: dict[str, Taken] = {}

    def settle(self) -> float:
        """Everything that is pending; returns the longest turn of the loop, in seconds."""
        from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QEvent, QEventLoop

        longest, begun, more = 0.0, time.thread_time(), True
        while more:
            more = QAbstractEventDispatcher.instance().processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
            ended = time.thread_time()
            longest, begun = max(longest, ended - begun), ended
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return max(longest, time.thread_time() - begun)

    def later(self) -> float:
        """The longest stretch of work in the moments that follow."""
        longest, end = 0.0, time.perf_counter() + LATER_S
        while time.perf_counter() < end:
            start = time.thread_time()
            self.settle()
            longest = max(longest, time.thread_time() - start)
            time.sleep(0.002)
        return longest * 1000

    def do(self, name: str, act: Callable[[], object]) -> None:
        """One turn of a step."""
        wall, worked = time.perf_counter(), time.thread_time()
        act()
        acted = time.thread_time() - worked
        turn = self.settle()
        taken = self.taken.setdefault(name, Taken())
        taken.stretch.append(max(acted, turn) * 1000)
        taken.worked.append((time.thread_time() - worked) * 1000)
        taken.wall.append((time.perf_counter() - wall) * 1000)
        taken.later.append(self.later())

    def show(self) -> None:
        """A line a step."""
        print(f"{'milliseconds on the UI thread':34}    n  median    95 %    most stretch    wall   later")
        for name, taken in self.taken.items():
            print(f"{name:34} {row(taken)}")
        for title, first in (("first views of a page", True), ("all the other steps", False)):
            these = [taken for name, taken in self.taken.items() if name.startswith("first") is first]
            every = [ms for taken in these for ms in taken.worked]
            stretches = [ms for taken in these for ms in (*taken.stretch, *taken.later)]
            under = 100 * sum(ms < WANTED_MS for ms in every) / len(every)
            print(
                f"{title}: {under:.1f} % of {len(every)} under {WANTED_MS} ms (wanted: 95 %), "
                f"{sum(ms > MOST_MS for ms in every)} over {MOST_MS} ms (wanted: none); "
                f"{sum(ms > MOST_MS for ms in stretches)} stretches over {MOST_MS} ms"
            )


def row(taken: Taken) -> str:
    """`n median 95 % most stretch wall later`."""
    worked = sorted(taken.worked)
    high = worked[min(len(worked) - 1, round(0.95 * (len(worked) - 1)))]
    return (
        f"{len(worked):4} {statistics.median(worked):7.1f} {high:7.1f} {worked[-1]:7.1f} "
        f"{max(taken.stretch):7.1f} {max(taken.wall):7.1f} {max(taken.later, default=0):7.1f}"
    )
