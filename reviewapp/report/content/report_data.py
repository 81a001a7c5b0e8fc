"""What the parts of the report are written from: the visit, its status, and who will read it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from reviewapp.figures.conversations import person_labels
from reviewapp.figures.evidence import Evidence, EvidenceIndex, may_print
from reviewapp.figures.formatting import SMALL, percent_text
from reviewapp.figures.ratings import EffectiveRating, effective
from reviewapp.figures.report_counts import with_extra
from reviewapp.figures.responses import HostAnswer, answers
from reviewapp.instruments.model import Instrument, Score, Standard
from reviewapp.report.content.status_path import resolve
from reviewapp.report.profiles import band, reveals
from reviewapp.report.tree import Block, Computed, Paragraph, Profile, Quote, Run, Runs, Text, Tone
from reviewapp.visit import labels
from reviewapp.visit.sorting import natural
from reviewapp.visit.state import QuoteRecord, VisitState

_BLANK_LINE = re.compile(r"\n[ \t]*\n")

HIDDEN = "too few to show"

SIGNS: dict[str, tuple[str, Tone]] = {
    "met": ("✓", "met"),
    "not_met": ("×", "not_met"),
    "na": ("–", "na"),
    "scored": ("", "accent"),
}


def text(words_: str, *, bold: bool = False, tone: Tone = "") -> Runs:
    """One run of words."""
    return (Text(text=words_, bold=bold, tone=tone),)


class ReportData:
    """The visit as the report reads it. Numbers come out of it only as `Computed`, each with its path."""

    def __init__(self, state: VisitState, status: dict[str, Any], profile: Profile) -> None:
        self.state, self.profile = state, profile
        self.status = with_extra(state, status)
        self.instrument: Instrument = state.instrument
        self.circulation = profile == "circulation"

    @cached_property
    def labels(self) -> dict[str, str]:
        """P1, C2, S1-S3 by interview key."""
        return person_labels(self.state)

    @cached_property
    def effective(self) -> dict[str, EffectiveRating]:
        """The rating that counts, by standard."""
        return effective(self.state)

    @cached_property
    def standards(self) -> dict[str, Standard]:
        """Standards by number."""
        return {s.number: s for s in self.instrument.standards}

    def value(self, path: str) -> Any:
        """What stands at a path of the status."""
        return resolve(self.status, path)

    def number(self, path: str, *, bold: bool = False, tone: Tone = "") -> Computed:
        """A count, printed whole."""
        value = self.value(path)
        return Computed(text=str(value), value=value, from_=path, bold=bold, tone=tone)

    def percent(self, path: str, threshold: float | None = None, *, bold: bool = False, tone: Tone = "") -> Run:
        """A percentage, or in words that there is none."""
        value = self.value(path)
        if value is None:
            return Text(text=self.nothing(path), tone="muted")
        return Computed(text=percent_text(value, threshold), value=value, from_=path, bold=bold, tone=tone)

    def nothing(self, path: str) -> str:
        """Why there is no percentage: nothing was rated yet, or all that was rated does not apply."""
        counts = self.value(path.rpartition(".")[0])
        return "not rated yet" if isinstance(counts, dict) and counts.get("unrated") else "none applicable"

    def share(self, path: str, part: str = "yes") -> Runs:
        """A share of people or records at `path`: `7 of 9`, or from ten on `78 % of 13`."""
        held = self.value(path)
        if held["n"] == 0:
            return text("nobody", tone="muted")
        if self.hides(held[part], held["n"] - held[part]):
            return text(HIDDEN, tone="muted")
        whole = self.number(f"{path}.n")
        if held["n"] < SMALL:
            return (self.number(f"{path}.{part}"), Text(text=" of "), whole)
        return (self.percent(f"{path}.percent"), Text(text=" of "), whole)

    def shows(self, cells: Sequence[Runs]) -> bool:
        """Whether a row says anything: in the copy for circulation one may have nothing but hidden cells."""
        return not self.circulation or any(isinstance(run, Computed) for cell in cells for run in cell)

    def people(self, path: str) -> Run:
        """A number of people; in the copy for circulation only roughly."""
        return Text(text=band(self.value(path), self.least)) if self.circulation else self.number(path)

    @property
    def least(self) -> int:
        """The smallest number of people that the copy for circulation shows."""
        return self.instrument.suppress_below

    def hides(self, *parts: int) -> bool:
        """Whether the copy for circulation must not show these parts of a whole."""
        return self.circulation and reveals(parts, self.least)

    def typed(self, value: int | float, entity: str, key: str) -> Computed:
        """A number that somebody typed."""
        return Computed(text=str(value), value=value, from_=f"report.{entity}.{key}")

    def rating(self, value: Score | None, *, unrated: str = "Not rated") -> Runs:
        """A rating with its sign and word; colour says nothing that they do not."""
        choice = None if value is None else self.instrument.scale.find(value)
        if choice is None:
            return text(f"? {unrated}", tone="unrated", bold=True)
        sign, tone = SIGNS[choice.counts]
        return text(f"{sign} {choice.label}".strip(), tone=tone, bold=True)

    def word(self, value: Score | None) -> str:
        """A rating as a word in a sentence."""
        choice = None if value is None else self.instrument.scale.find(value)
        return choice.label if choice else "Not rated"

    def reviewer(self, code: str) -> str:
        """`Reviewer R2 (clinician from another team)`."""
        person = self.state.people.get(code)
        return f"Reviewer {code} ({labels.role(person.role)})" if person else f"Reviewer {code}"

    def passage(self, place: str) -> str:
        """A written passage of the report, empty when there is none."""
        held = self.state.passages.get(place)
        return held.text.strip() if held else ""

    def written(self, place: str) -> list[Block]:
        """A written passage as paragraphs, split where its author left a line empty."""
        parts = (part.strip() for part in _BLANK_LINE.split(self.passage(place)))
        return [Paragraph(runs=text(part)) for part in parts if part]

    @cached_property
    def evidence(self) -> dict[str, Evidence]:
        """What has been heard about each standard."""
        return EvidenceIndex(self.state).all()

    @cached_property
    def answers(self) -> list[HostAnswer]:
        """What the team answered to the draft."""
        return answers(self.state)

    @cached_property
    def quotes(self) -> list[QuoteRecord]:
        """The quotes this copy may print: consent was recorded for it, and the words were not withdrawn."""
        may = [q for q in self.state.quotes.values() if q.text.strip() and self._may_print(q)]
        return sorted(may, key=lambda q: (natural(self.labels.get(q.interview, "")), natural(q.key)))

    def _may_print(self, quote: QuoteRecord) -> bool:
        return may_print(self.state, quote, circulation=self.circulation)

    def quotes_on(self, number: str, tone: str = "") -> list[QuoteRecord]:
        """Printable quotes on a standard, of one tone if given."""
        return [q for q in self.quotes if number in q.standards and tone in ("", q.tone)]

    def quote(self, quote: QuoteRecord, *, under: str = "") -> Quote:
        """A quote as set in the report; standards other than the one it stands under are named with it."""
        group = self.state.interviews[quote.interview].group
        return Quote(
            text=quote.text.strip(),
            label=self.labels[quote.interview],
            group=labels.one_of(group),
            tone=quote.tone,
            standards=tuple(n for n in sorted(quote.standards, key=natural) if n != under),
        )
