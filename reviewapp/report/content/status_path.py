"""Resolves the dotted path of a printed number to its value in the status document."""

from __future__ import annotations

from typing import Any


def resolve(status: Any, path: str) -> Any:
    """The value at a dotted path such as `figures.by_type.1.percent`; numbers index lists.

    A key may itself hold dots (`standard 36.1`): the longest key that fits is used. Raises KeyError if the path leads
    nowhere.
    """
    if not path:
        return status
    if isinstance(status, list):
        head, _, rest = path.partition(".")
        if head.isdecimal() and int(head) < len(status):
            return resolve(status[int(head)], rest)
        raise KeyError(path)
    if isinstance(status, dict):
        for key in sorted((k for k in status if path == k or path.startswith(f"{k}.")), key=len, reverse=True):
            try:
                return resolve(status[key], path[len(key) + 1 :])
            except KeyError:
                continue
    raise KeyError(path)
