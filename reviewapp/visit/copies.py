"""Which laptops are one: restored ones and those they go on for, and branches and what these grew from.

And of the branches of a laptop that was copied, which comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reviewapp.visit.forks import Forks


class Copies:
    """Which branches of a laptop that forked are second: if it was the lead's, another one leads.

    The key of authority is copied with the folder, but not the right to lead: of the branches that grow from one place
    that one has it of which this was said last (`LEADS_ON`), and without any word the one with the lowest name, so that
    all laptops come to the same.
    """

    def __init__(
        self, forks: Forks, leads_on: Iterable[tuple[str, int]], chain: Callable[[str, Iterable[str]], list[str]]
    ) -> None:
        """`chain`: a laptop and all that it goes on for or grew from."""
        self._forks, self._chain = forks, chain
        turns: dict[str, int] = {}
        for device, turn in leads_on if forks else ():
            for one in chain(device, ()):
                turns[one] = max(turn, turns.get(one, 0))
        self._first: dict[str, str] = {}
        for name in sorted(forks, key=lambda one: (-turns.get(one, 0), one)):
            self._first.setdefault(forks[name].trunk, name)

    def is_second(self, device: str) -> bool:
        """Whether another branch comes before this one, or before what it grew from or goes on for."""
        if not self._forks:
            return False
        grown = [one for one in self._chain(device, ()) if one in self._forks]
        return any(self._first[self._forks[one].trunk] != one for one in grown)


def lines(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The line of each laptop that goes on for another one or has one going on for it: the lowest id in it."""
    neighbours: dict[str, set[str]] = {}
    for new, old in pairs:
        neighbours.setdefault(new, set()).add(old)
        neighbours.setdefault(old, set()).add(new)
    found: dict[str, str] = {}
    for start in sorted(neighbours):
        todo = [start] if start not in found else []
        while todo:
            one = todo.pop()
            if one not in found:
                found[one] = start
                todo += neighbours[one]
    return found


def lines_behind(forks: Forks, line: Callable[[str], str]) -> dict[str, frozenset[str]]:
    """The lines that each line with a branch in it goes on for, itself too."""
    grown: dict[str, set[str]] = {}
    for device, (trunk, _first) in forks.items():
        grown.setdefault(line(device), set()).add(line(trunk))
    found = {}
    for start in grown:
        known, todo = {start}, [start]
        while todo:
            new = grown.get(todo.pop(), set()) - known
            known |= new
            todo += new
        found[start] = frozenset(known)
    return found
