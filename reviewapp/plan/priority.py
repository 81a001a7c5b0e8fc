"""The priority of an action from its impact and its effort."""

from __future__ import annotations

LEVELS = ("high", "medium", "low")
"""How much an action would change, and how much work it is."""


def priority_from(impact: str, effort: str) -> int | None:
    """1 for much change with little work, 3 for little with much; None until both were chosen.

    Impact counts 3, 2, 1 from high to low, effort the other way round, and the two are multiplied: 6 or 9 is a 1,
    3 or 4 a 2, less a 3.
    """
    if impact not in LEVELS or effort not in LEVELS:
        return None
    product = (3 - LEVELS.index(impact)) * (1 + LEVELS.index(effort))
    return 1 if product >= 6 else 2 if product >= 3 else 3


def following_priority(before: dict[str, str], after: dict[str, str]) -> str | None:
    """The priority that a change of impact or effort brings along; None when it is for somebody to choose.

    It follows while it is empty or what the two gave before; a priority that somebody chose otherwise stays.
    """
    was = priority_from(before["impact"], before["effort"])
    now = priority_from(after["impact"], after["effort"])
    followed = before["priority"] in ("", "" if was is None else str(was))
    changed = any(before[name] != after[name] for name in ("impact", "effort"))
    if not followed or not changed or now is None or before["priority"] != after["priority"]:
        return None
    return str(now) if str(now) != before["priority"] else None
