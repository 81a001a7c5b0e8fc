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
MOST_MS = 50
FIRST, OTHER = 5.0, 1.6
"""What is wanted: a first view, and 95 % of the other steps, as multiples of a fixed piece of work (`pace`)."""
FIRST_VIEW, ONCE, IDLE = "first view: ", "once: ", "while idle: "
"""How the names begin of first views, of what happens once in a visit, and of what is done while nobody acts."""
ANEW = 8
"""After so many steps the fixed piece of work is timed again, as a processor that others share changes its pace."""


def pace() -> float:
    """Milliseconds for the same little work each time: 10 on a quiet machine of 2024."""
    began, total = time.thread_time(), 0
    for number in range(200_000):
        total += number * number % 7
    return (time.thread_time() - began) * 1000


@dataclass
class Taken:
    """What the turns of one kind of step took, in milliseconds."""

    worked: list[float] = field(default_factory=list)
    ratio: list[float] = field(default_factory=list)
    stretch: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    later: list[float] = field(default_factory=list)


class Steps:
    """Does steps and measures them."""

    def __init__(self) -> None:
        self.taken: dict[str, Taken] = {}
        self.paces = [pace()]
        self._turn = 0

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
        self._turn += 1
        if name.startswith(FIRST_VIEW) or self._turn % ANEW == 0:
            self.paces.append(statistics.median(pace() for _ in range(3)))
        wall, worked = time.perf_counter(), time.thread_time()
        act()
        acted = time.thread_time() - worked
        turn = self.settle()
        taken = self.taken.setdefault(name, Taken())
        taken.stretch.append(max(acted, turn) * 1000)
        taken.worked.append((time.thread_time() - worked) * 1000)
        taken.ratio.append(taken.worked[-1] / self.paces[-1])
        taken.wall.append((time.perf_counter() - wall) * 1000)
        taken.later.append(self.later())

    def show(self) -> None:
        """A line a step."""
        print(f"{'milliseconds on the UI thread':34}    n  median    95 %    most stretch    wall   later  median x")
        for name, taken in self.taken.items():
            print(f"{name:34} {row(taken)}")
        print(f"the fixed piece of work took {statistics.median(self.paces):.0f} ms, and x is a multiple of it")
        first = {name: taken for name, taken in self.taken.items() if name.startswith(FIRST_VIEW)}
        other = [taken for name, taken in self.taken.items() if not name.startswith((FIRST_VIEW, IDLE, ONCE))]
        slowest = max(first, key=lambda name: max(first[name].ratio))
        print(
            f"first views: at most {max(first[slowest].ratio):.1f} x ({slowest.removeprefix(FIRST_VIEW)}), "
            f"wanted at most {FIRST:g} x"
        )
        every = sorted(ratio for taken in other for ratio in taken.ratio)
        under = 100 * sum(ratio <= OTHER for ratio in every) / len(every)
        print(
            f"all the other steps: {under:.1f} % of {len(every)} at most {OTHER:g} x (wanted: 95 %), "
            f"95 % at most {every[round(0.95 * (len(every) - 1))]:.2f} x"
        )
        for title, these in (("first views", first.values()), ("other steps", other)):
            stretches = [ms for taken in these for ms in (*taken.stretch, *taken.later)]
            print(f"{title}: {sum(ms > MOST_MS for ms in stretches)} stretches of {len(stretches)} over {MOST_MS} ms")


def row(taken: Taken) -> str:
    """`n median 95 % most stretch wall later`."""
    worked = sorted(taken.worked)
    high = worked[min(len(worked) - 1, round(0.95 * (len(worked) - 1)))]
    return (
        f"{len(worked):4} {statistics.median(worked):7.1f} {high:7.1f} {worked[-1]:7.1f} "
        f"{max(taken.stretch):7.1f} {max(taken.wall):7.1f} {max(taken.later, default=0):7.1f} "
        f"{statistics.median(taken.ratio):9.2f}"
    )
