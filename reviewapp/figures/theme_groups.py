"""Groups against groups: which themes patients, carers and staff speak of, in how many voices, and in what tone.

A table of its own beside that of the coders (`theme_agreement`), never mixed with it: a row is greyed where what the
coders differ about, and nobody has settled, outweighs what the groups differ about, since then the difference may be
theirs. A unit that was settled counts for the themes agreed on, like one on which the coders never differed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from reviewapp.visit.state import VisitState
from reviewapp.visit.themes import Unit, units

MIXED = "mixed"
"""The column of interviews with people of several groups, where nobody can tell who of them said it."""
TONES = ("positive", "negative", "mixed", "neutral")


class GroupCell(msgspec.Struct, frozen=True, kw_only=True):
    """One group on one theme. `people` are known to have spoken of it, `up_to` at most so many; tones are of quotes.

    `share` is that of the group's coded units which the theme was seen in.
    """

    people: int = 0
    up_to: int = 0
    units: int = 0
    share: float = 0.0
    positive: int = 0
    negative: int = 0
    mixed: int = 0
    neutral: int = 0


class ThemeRow(msgspec.Struct, frozen=True, kw_only=True):
    """One theme over all groups. `groups_differ` is the highest share less the lowest, over groups with units.

    `coders_differ` is, of the units that two coders looked at and that are or may be of the theme, the share where they
    differ and nothing is settled. These `unsettled` units count for no cell until somebody settles them.
    """

    cells: dict[str, GroupCell]
    groups_differ: float
    coders_differ: float
    unsettled: int

    @property
    def grey(self) -> bool:
        """Whether coders still differ, at least as much as the groups: then nothing should be read from the row."""
        return self.coders_differ > 0 and self.coders_differ >= self.groups_differ


class ThemeGroups(msgspec.Struct, frozen=True, kw_only=True):
    """The groups in their order with the number of their coded units, and a row for each theme that anybody saw."""

    coded: dict[str, int]
    rows: dict[str, ThemeRow]


class _Counted(msgspec.Struct, frozen=True):
    """What the table rests on: what coders saw, what was settled, the coded units, and the themes each counts for."""

    seen: dict[str, list[frozenset[str]]]
    settled: dict[str, frozenset[str]]
    coded: list[Unit]
    themes: dict[str, frozenset[str]]


def _count(state: VisitState) -> _Counted:
    there = {unit.key: unit for unit in units(state)}
    seen: dict[str, list[frozenset[str]]] = {}
    for coding in state.codings.values():
        if coding.themes is not None and coding.unit in there:
            seen.setdefault(coding.unit, []).append(frozenset(coding.themes))
    settled = {
        key: frozenset(one.themes)
        for key, one in state.agreed_codings.items()
        if one.themes is not None and key in there
    }
    coded = [there[key] for key in there if key in seen or key in settled]
    themes = {unit.key: _by_all(seen.get(unit.key, [])) for unit in coded}
    return _Counted(seen, settled, coded, themes | settled)


def theme_groups(state: VisitState) -> ThemeGroups:
    """Theme by group, from agreed codings, and from those of coders where all who looked at a unit saw the theme."""
    found = _count(state)
    by_group: dict[str, int] = dict(Counter(_column(state, unit) for unit in found.coded))
    themes = sorted(
        {one for each in found.seen.values() for them in each for one in them}.union(*found.settled.values())
    )
    rows = {
        theme: _row(
            state, theme, [one for one in found.coded if theme in found.themes[one.key]], by_group, found.seen,
            found.settled,
        )
        for theme in themes
    }  # fmt: skip
    return ThemeGroups(coded=by_group, rows=rows)


def themes_that_count(state: VisitState) -> dict[str, frozenset[str]]:
    """By unit, of those that were coded: the themes agreed on, else those that all who looked at it saw."""
    return _count(state).themes


def cell_units(state: VisitState, theme: str, group: str) -> tuple[Unit, ...]:
    """The units that a cell counts, in the order of the interviews: the words behind it."""
    found = _count(state)
    return tuple(one for one in found.coded if theme in found.themes[one.key] and _column(state, one) == group)


def _by_all(found: list[frozenset[str]]) -> frozenset[str]:
    return frozenset.intersection(*found) if found else frozenset()


def _row(
    state: VisitState,
    theme: str,
    found: list[Unit],
    by_group: Mapping[str, int],
    seen: Mapping[str, list[frozenset[str]]],
    settled: Mapping[str, frozenset[str]],
) -> ThemeRow:
    cells = {
        group: _cell(state, [unit for unit in found if _column(state, unit) == group], by_group[group])
        for group in by_group
    }
    doubly = {
        key: {theme in each for each in ([settled[key]] if key in settled else coders)}
        for key, coders in seen.items()
        if len(coders) > 1
    }
    may_be = [said for said in doubly.values() if True in said]
    unsettled = sum(False in said for said in may_be)
    shares = [cell.share for cell in cells.values()]
    return ThemeRow(
        cells=cells,
        groups_differ=max(shares) - min(shares) if shares else 0.0,
        coders_differ=unsettled / len(may_be) if may_be else 0.0,
        unsettled=unsettled,
    )


def _cell(state: VisitState, found: list[Unit], of: int) -> GroupCell:
    tones = Counter(unit.tone for unit in found if unit.tone)
    people, up_to = _people(state, found)
    return GroupCell(
        people=people,
        up_to=up_to,
        units=len(found),
        share=len(found) / of if of else 0.0,
        positive=tones["positive"],
        negative=tones["negative"],
        mixed=tones["mixed"],
        neutral=tones["neutral"],
    )


def _people(state: VisitState, found: Iterable[Unit]) -> tuple[int, int]:
    """How many people at least and at most said these: distinct speakers, and where nobody named one, up to all.

    Nobody can tell which survey comments are of one person: they are of one at least, and of as many as there are.
    """
    speakers: dict[str, set[str]] = {}
    written = 0
    for unit in found:
        if unit.interview:
            speakers.setdefault(unit.interview, set()).add(unit.speaker.strip().casefold())
        else:
            written += 1
    least, most = min(written, 1), written
    for interview, named in speakers.items():
        held = state.interviews.get(interview)
        people = held.people if held else 1
        known = len(named - {""})
        least += max(1, known)
        most += max(people, known) if "" in named else known
    return least, most


def _column(state: VisitState, unit: Unit) -> str:
    held = state.interviews.get(unit.interview)
    return MIXED if held is not None and len(held.groups) > 1 else unit.group
