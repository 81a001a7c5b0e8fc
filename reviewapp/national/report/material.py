"""Input shared by all sections of the national report: masked figures as data, words, passages, and codes of teams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import msgspec

from reviewapp.figures.formatting import percent_text, prints_percent
from reviewapp.instruments.model import Instrument, Standard
from reviewapp.national.figures import NationalFigures
from reviewapp.national.model import Practice, Quote
from reviewapp.report.chart_blocks import Middle
from reviewapp.report.content.status_path import resolve
from reviewapp.report.runs import Computed, Run, Runs, Text, Tone
from reviewapp.report.tree import Block, Paragraph

HIDDEN = "too few to show"
"""Printed instead of a number that the mask withholds."""


def text(words: str, *, bold: bool = False, tone: Tone = "") -> Runs:
    """The runs of a single `Text` with this formatting."""
    return (Text(text=words, bold=bold, tone=tone),)


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What people said and may be printed: quotes with the group of the speaker, and examples of practice."""

    quotes: tuple[Quote, ...] = ()
    practice: tuple[Practice, ...] = ()


class NationalMaterial:
    """The figures of a set as the sections read them; numbers are `Computed`, each with its path in the figures.

    `figures` have been through the mask. `codes` gives the code a team is printed under, by its code at the office;
    `own` is the code at the office of the team whose copy it is, empty for the copy for everybody.
    """

    def __init__(
        self, figures: NationalFigures, instrument: Instrument, *, words: Words, passages: Mapping[str, str],
        codes: Mapping[str, str], own: str = "",
    ) -> None:  # fmt: skip
        self.figures, self.instrument, self.words = figures, instrument, words
        self.passages, self.codes, self.own = passages, codes, own
        self.status: dict[str, Any] = msgspec.to_builtins(figures)

    @cached_property
    def standards(self) -> dict[str, Standard]:
        """The standards of the instrument, by number."""
        return {one.number: one for one in self.instrument.standards}

    @cached_property
    def sections(self) -> list[str]:
        """The sections of the instrument, in its order."""
        return list(dict.fromkeys(one.section for one in self.instrument.standards))

    @cached_property
    def types(self) -> list[str]:
        """The types of its standards, in order."""
        return sorted({one.type for one in self.instrument.standards})

    @property
    def scored(self) -> bool:
        """True on a scored scale, on which nothing is met or not met."""
        return self.instrument.scale.kind == "scored"

    @property
    def noun(self) -> str:
        """What the instrument's parts are called: `items` on a scored scale, else `standards`."""
        return "items" if self.scored else "standards"

    @cached_property
    def team_places(self) -> list[int]:
        """The places of the teams in the figures, in the order of their printed codes."""
        teams = self.figures.teams
        return sorted(range(len(teams)), key=lambda place: self.codes[teams[place].code])

    def code(self, place: int) -> str:
        """The printed code of the team at a place in the figures."""
        return self.codes[self.figures.teams[place].code]

    def is_own(self, place: int) -> bool:
        """Whether it is the team whose copy this is."""
        return bool(self.own) and self.figures.teams[place].code == self.own

    def value(self, path: str) -> Any:
        """The value at a dotted path of the figures; raises KeyError if there is none."""
        return resolve(self.status, path)

    def number(self, path: str, *, bold: bool = False) -> Run:
        """The whole number at a path; words where the mask withholds it."""
        value = self.value(path)
        if value is None:
            return Text(text=HIDDEN, tone="muted")
        return Computed(text=str(value), value=value, from_=path, bold=bold)

    def decimal(self, path: str, places: int = 0) -> Run:
        """The number at a path, rounded half up to so many decimals; words where there is none."""
        value = self.value(path)
        if value is None:
            return Text(text=HIDDEN, tone="muted")
        return Computed(text=rounded(value, places), value=value, from_=path)

    def percent(self, path: str, *, bold: bool = False) -> Run:
        """The percentage at a path; `none applicable` where nothing applies."""
        value = self.value(path)
        if value is None:
            return Text(text=self._nothing(path), tone="muted")
        return Computed(text=percent_text(value), value=value, from_=path, bold=bold)

    def _nothing(self, path: str) -> str:
        counts = self.value(path.rpartition(".")[0])
        return "not rated" if isinstance(counts, dict) and counts.get("unrated") else "none applicable"

    def met_of(self, path: str) -> Runs:
        """`15 of 29`: met of applicable, of the counts at a path."""
        if not self.value(f"{path}.applicable"):
            return text("none applicable", tone="muted")
        return (self.number(f"{path}.met"), Text(text=" of "), self.number(f"{path}.applicable"))

    def share_met(self, path: str) -> Runs:
        """The share met of the counts at a path: `3 of 4`, from `SMALL` on `78%`; words where nothing applies."""
        applicable = self.value(f"{path}.applicable")
        if applicable and not prints_percent(applicable):
            return self.met_of(path)
        return (self.percent(f"{path}.percent"),)

    def middle(self, path: str) -> Middle | None:
        """The middle half of the teams, of the spread at a path; None where fewer than five teams have a value."""
        found = self.value(path)
        if found["q1"] is None:  # the mask withholds the spread of fewer than five teams
            return None
        q1, median, q3 = (self.percent(f"{path}.{name}") for name in ("q1", "median", "q3"))
        if isinstance(q1, Computed) and isinstance(median, Computed) and isinstance(q3, Computed):
            return Middle(q1=q1, median=median, q3=q3)
        return None

    def passage(self, place: str) -> list[Block]:
        """What the office wrote for a place of the report, a paragraph for each of its own; empty where nothing is."""
        return [Paragraph(runs=text(words)) for words in paragraphs(self.passages.get(place, ""))]

    def named(self, number: str) -> str:
        """A standard by number, type and title, as the rows of figures have it."""
        one = self.standards[number]
        kind = "" if self.scored else f" [{one.type}]"
        return f"{number}{kind} {one.title}"


def paragraphs(words: str) -> Sequence[str]:
    """The paragraphs of a text, which empty lines part."""
    return [part.strip() for part in words.replace("\r\n", "\n").split("\n\n") if part.strip()]


def rounded(value: float, places: int = 0) -> str:
    """A number with so many decimals, rounded half up from its shortest decimal form."""
    from decimal import ROUND_HALF_UP, Decimal

    return str(Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))
