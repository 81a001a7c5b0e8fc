"""The priority of an action, computed from its impact and its effort."""

from __future__ import annotations

LEVELS = ("high", "medium", "low")
"""The levels of impact (how much an action would change) and of effort (how much work it is)."""


def priority_from(impact: str, effort: str) -> int | None:
    """Priority 1 (high impact with low effort) to 3 (low with high); None unless both are one of `LEVELS`.

    Impact counts 3, 2, 1 from high to low, effort the other way round, and the two are multiplied: 6 or 9 is a 1,
    3 or 4 a 2, less a 3.
    """
    if impact not in LEVELS or effort not in LEVELS:
        return None
    product = (3 - LEVELS.index(impact)) * (1 + LEVELS.index(effort))
    return 1 if product >= 6 else 2 if product >= 3 else 3


def following_priority(before: dict[str, str], after: dict[str, str]) -> str | None:
    """The new priority, as text, after a change of impact or effort; None if it stays as it is.

    `before` and `after` are an action's texts by field. The priority follows while it is empty or equals the one
    computed before; one that somebody chose otherwise, or in the same change, stays.
    """
    was = priority_from(before["impact"], before["effort"])
    now = priority_from(after["impact"], after["effort"])
    followed = before["priority"] in ("", "" if was is None else str(was))
    changed = any(before[name] != after[name] for name in ("impact", "effort"))
    if not followed or not changed or now is None or before["priority"] != after["priority"]:
        return None
    return str(now) if str(now) != before["priority"] else None
