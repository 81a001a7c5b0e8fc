"""Somebody who has every output and subtracts: what they can work out of the counts that are withheld.

They know the rules, every total (printed or not), that a nought is always shown in a row of which something is shown,
and that of the withheld counts of a row one at least is smaller than the limit. What they cannot narrow down to one
value is safe.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reviewapp.national.figures import NationalFigures

Cell = tuple[str, ...]


def found_out(shown: NationalFigures, truth: NationalFigures, below: int) -> list[Cell]:
    """The withheld counts of which only one value is possible."""
    return [cell for cell, least, most in _ranges(shown, truth, below) if least == most]


def _ranges(shown: NationalFigures, truth: NationalFigures, below: int) -> Iterator[tuple[Cell, int, int]]:
    for group, one in shown.surveys.items():
        total = one.respondents
        if total is None and one.mean_respondents is not None:
            total = round(one.mean_respondents * one.visits)
        for number, row in one.standards.items():
            yield from _row(("survey", group, number), _derived(row, _SURVEY), _SURVEY, below, most=total)
    everybody = _plain({group: one.respondents for group, one in truth.surveys.items()})
    known = {group: one.respondents for group, one in shown.surveys.items()}
    yield from _row(("respondents",), known, list(known), below, exactly=sum(everybody.values()))
    for item, row in shown.audit.items():
        records = _plain({name: truth.audit[item][name] for name in _AUDIT})
        yield from _row(("audit", item), _derived(row, _AUDIT), _AUDIT, below, exactly=sum(records.values()))
    for what in ("spoken", "reviewers"):
        people = _plain(getattr(truth, what))
        listed = getattr(shown, what)
        yield from _row((what,), listed, list(listed), below, exactly=sum(people.values()))


_SURVEY, _AUDIT = ("yes", "no", "na"), ("yes", "no", "na", "not_recorded")


def _plain(found: Mapping[str, int | float | None]) -> dict[str, int]:
    return {name: int(n or 0) for name, n in found.items()}


def _derived(row: Mapping[str, int | float | None], names: Sequence[str]) -> dict[str, int | float | None]:
    """The row with what follows from its sum and its share: percent x n is a count."""
    known = {name: row[name] for name in names}
    n, percent = row.get("n"), row.get("percent")
    if n is not None and percent is not None:
        known["yes"] = round(n * percent / 100)
    parts = [name for name in ("yes", "no", "not_recorded") if name in known]
    missing = [name for name in parts if known[name] is None]
    if n is not None and len(missing) == 1:
        known[missing[0]] = n - sum(known[name] or 0 for name in parts)
    for name in names:
        assert row[name] is not None or known[name] is None, f"{name} follows from the sum and the share"
    return known


def _row(
    cell: Cell,
    known: Mapping[str, int | float | None],
    names: Sequence[str],
    below: int,
    *,
    exactly: int | None = None,
    most: int | None = None,
) -> Iterator[tuple[Cell, int, int]]:
    """The range of each withheld count: those shown are taken off the total, each of the others is at least `least`.

    Where all of a row are withheld a nought may be among them; the total of such a row is known to them only if the
    row is of people or records enough.
    """
    hidden = [name for name in names if known[name] is None]
    total = exactly if exactly is not None else most
    if total is not None and total < below:
        total = None
    least = 0 if len(hidden) == len(names) else 1
    rest = _MANY if total is None else total - sum(int(known[name] or 0) for name in names)
    for name in hidden:
        others = len(hidden) - 1
        top = rest - least * others
        bottom = least
        if others == 0:
            top = min(top, below - 1)
            bottom = max(bottom, rest) if exactly is not None and total is not None else bottom
        yield (*cell, name), bottom, top


_MANY = 10**9
