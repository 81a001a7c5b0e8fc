"""Branches of one laptop: what a key signed twice from some entry on, as a folder that was copied does.

The entries up to there are the *trunk* and go by the laptop's own id. Each branch is a laptop of its own, and goes by a
name made from the first entry that differs, so every laptop that holds the same entries names it alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

_SIGN = "~"
PATTERN = r"(?:[0-9a-f]{32}~)?[0-9a-f]{32}"
"""A laptop or a branch of one, as a regular expression."""


class Branch(NamedTuple):
    """What a branch grew from (the trunk, or another branch), and the number of its first entry."""

    trunk: str
    first: int


Forks = Mapping[str, Branch]
"""The branches that are known, by name; empty but for laptops that were copied."""


def branch_name(laptop: str, chain: str) -> str:
    """The name of the branch that begins with the entry at which the chain of signatures has this hash."""
    return f"{chain[:32]}{_SIGN}{laptop}"


def laptop_of(device: str) -> str:
    """The id of the laptop whose branch this is; of any other laptop its own."""
    return device.rpartition(_SIGN)[2]


def path(device: str, forks: Forks) -> list[str]:
    """A branch and what it grew from, the nearest first; of any other laptop only itself."""
    found = [device]
    while found[-1] in forks:
        found.append(forks[found[-1]].trunk)
    return found
