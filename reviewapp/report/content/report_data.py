"""Input shared by all sections of the report: the visit, its status, the profile, and formatting of traced numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from reviewapp.figures.conversations import person_labels
from reviewapp.figures.evidence import Evidence, EvidenceIndex
from reviewapp.figures.examples import examples_at
from reviewapp.figures.formatting import percent_text, prints_percent
from reviewapp.figures.ratings import EffectiveRating, effective_ratings, is_reviewed
from reviewapp.figures.report_counts import with_report_counts
from reviewapp.figures.responses import HostAnswer, host_answers
from reviewapp.figures.rounds import this_round
from reviewapp.instruments.model import Instrument, Score, Standard
from reviewapp.instruments.nouns import Nouns, english_nouns
from reviewapp.report.content.quote_places import QuotePlaces, printable, quote_places
from reviewapp.report.content.status_path import resolve
from reviewapp.report.profiles import people_range, reveals_small_number
from reviewapp.report.runs import Computed, Run, Runs, Text, Tone
from reviewapp.report.tree import Block, Fact, Paragraph, Profile, Quote
from reviewapp.visit import labels
from reviewapp.visit.example_records import ExampleRecord
from reviewapp.visit.sorting import natural
from reviewapp.visit.state import QuoteRecord, VisitState

_BLANK_LINE = re.compile(r"\n[ \t]*\n")

HIDDEN = "too few to show"
"""Printed instead of a number of people that the copy for circulation suppresses."""

SIGNS: dict[str, tuple[str, Tone]] = {
    "met": ("✓", "met"),
    "not_met": ("×", "not_met"),
    "na": ("–", "na"),
    "scored": ("", "accent"),
}


def text(words_: str, *, bold: bool = False, tone: Tone = "") -> Runs:
    """The runs of a single `Text` with this formatting."""
    return (Text(text=words_, bold=bold, tone=tone),)


def rating_runs(instrument: Instrument, value: Score | None, *, unrated: str = "Not rated") -> Runs:
    """A rating on the scale of an instrument as sign and label; `? ` and `unrated` for None."""
    choice = None if value is None else instrument.scale.find(value)
    if choice is None:
        return text(f"? {unrated}", tone="unrated", bold=True)
    sign, tone = SIGNS[choice.counts]
    return text(f"{sign} {choice.label}".strip(), tone=tone, bold=True)


def reviewer_in_words(state: VisitState, code: str) -> str:
    """A reviewer by role and code: `Lead reviewer (L1)`."""
    person = state.people.get(code)
    return f"{labels.role(person.role).capitalize()} ({code})" if person else f"Reviewer {code}"


class ReportData:
    """The visit as the sections of the report read it; numbers are returned as `Computed`, each with its path.

    In the copy for circulation it suppresses small numbers of people and quotes without consent for it.
    """

    def __init__(self, state: VisitState, status: dict[str, Any], profile: Profile) -> None:
        self.state, self.profile = state, profile
        self.status = with_report_counts(state, status)
        self.instrument: Instrument = state.instrument
        self.circulation = profile == "circulation"

    @cached_property
    def labels(self) -> dict[str, str]:
        """Labels of people (P1, C2, S1-S3) by interview key."""
        return person_labels(self.state)

    @cached_property
    def effective(self) -> dict[str, EffectiveRating]:
        """The rating that counts, by standard."""
        return effective_ratings(self.state)

    @cached_property
    def reviewed(self) -> bool:
        """True once a rating of the review counts; before it the figures are the team's own claims or nothing."""
        return is_reviewed(self.effective)

    @cached_property
    def nouns(self) -> Nouns:
        """What is rated is called, in English: standards, or items on a scored scale."""
        return english_nouns(self.instrument)

    @cached_property
    def claimed(self) -> bool:
        """True while all that is rated are the team's own claims."""
        return not self.reviewed and any(rating.basis == "self_review" for rating in self.effective.values())

    @cached_property
    def mixed(self) -> bool:
        """True while beside what was agreed the team's own claims still count, as no reviewer has rated."""
        return self.reviewed and any(rating.basis == "self_review" for rating in self.effective.values())

    @cached_property
    def has_self_review(self) -> bool:
        """Whether the team itself rated anything."""
        return any(one.value is not None for one in self.state.self_review.values())

    @cached_property
    def scored(self) -> bool:
        """True on a scored scale, on which nothing is met or not met."""
        return self.instrument.scale.kind == "scored"

    @cached_property
    def kind(self) -> str:
        """What the report is called: a review on a scored scale is one of fidelity."""
        return "Fidelity review report" if self.scored else "Peer review report"

    @cached_property
    def day(self) -> str:
        """The day on which the visit was held, in words; the planned one where nothing else is known."""
        return labels.day(this_round(self.state).held)

    @cached_property
    def standards(self) -> dict[str, Standard]:
        """The standards of the instrument, by number."""
        return {s.number: s for s in self.instrument.standards}

    def named(self, standard: Standard) -> str:
        """A standard by its number and type, in a sentence; the items of a scored scale have no types that decide."""
        if self.scored:
            return f"item\u00a0{standard.number}"
        return f"standard\u00a0{standard.number}, type\u00a0{standard.type}"

    def value(self, path: str) -> Any:
        """The value at a dotted path of the status; raises KeyError if there is none."""
        return resolve(self.status, path)

    def number(self, path: str, *, bold: bool = False, tone: Tone = "") -> Computed:
        """The number at a path of the status, printed as it is."""
        value = self.value(path)
        return Computed(text=str(value), value=value, from_=path, bold=bold, tone=tone)

    def percent(self, path: str, threshold: float | None = None, *, bold: bool = False, tone: Tone = "") -> Run:
        """The percentage at a path, rounded without crossing `threshold`; words where the value is None."""
        value = self.value(path)
        if value is None:
            return Text(text=self.nothing(path), tone="muted")
        return Computed(text=percent_text(value, threshold), value=value, from_=path, bold=bold, tone=tone)

    def share_met(self, path: str, threshold: float | None = None, *, bold: bool = False) -> Runs:
        """The share met of the counts at a path: `1 of 4`, from `SMALL` on `78%`; words where nothing is applicable."""
        counts = self.value(path)
        if counts["percent"] is None:
            return (Text(text=self.nothing(f"{path}.percent"), tone="muted"),)
        if prints_percent(counts["applicable"]):
            return (self.percent(f"{path}.percent", threshold, bold=bold),)
        met, of = (self.number(f"{path}.{part}", bold=bold) for part in ("met", "applicable"))
        return (met, Text(text=" of ", bold=bold), of)

    def nothing(self, path: str) -> str:
        """The words printed instead of the percentage at a path: `not rated yet` or `none applicable`."""
        counts = self.value(path.rpartition(".")[0])
        return "not rated yet" if isinstance(counts, dict) and counts.get("unrated") else "none applicable"

    def share(self, path: str, part: str = "yes") -> Runs:
        """A share of people or records at `path`: `7 of 9`, from `SMALL` on `78% of 31`; `HIDDEN` if suppressed.

        `part` is the counted field of the value at `path`, beside `n` and `percent`.
        """
        counts = self.value(path)
        if counts["n"] == 0:
            return text("nobody", tone="muted")
        if self.hides(counts[part], counts["n"] - counts[part]):
            return text(HIDDEN, tone="muted")
        whole = self.number(f"{path}.n")
        if not prints_percent(counts["n"]):
            return (self.number(f"{path}.{part}"), Text(text=" of "), whole)
        return (self.percent(f"{path}.percent"), Text(text=" of "), whole)

    def shows(self, cells: Sequence[Runs]) -> bool:
        """True if a table row is worth printing: for circulation, not one with nothing but suppressed cells."""
        return not self.circulation or any(isinstance(run, Computed) for cell in cells for run in cell)

    def people(self, path: str) -> Run:
        """The number of people at a path; in the copy for circulation only as a range (`band`)."""
        return Text(text=people_range(self.value(path), self.least)) if self.circulation else self.number(path)

    @property
    def least(self) -> int:
        """The smallest number of people that the copy for circulation shows."""
        return self.instrument.suppress_below

    def hides(self, *parts: int) -> bool:
        """True if the copy for circulation must not show these parts of a whole; always False in other copies."""
        return self.circulation and reveals_small_number(parts, self.least)

    def typed(self, value: int | float, entity: str, key: str) -> Computed:
        """A number that somebody typed, with its path among the report's counts."""
        return Computed(text=str(value), value=value, from_=f"report.{entity}.{key}")

    def rating(self, value: Score | None, *, unrated: str = "Not rated") -> Runs:
        """A rating as sign and label, such as `✓ Met`; `? ` and `unrated` for None. Colour adds no information."""
        return rating_runs(self.instrument, value, unrated=unrated)

    def word(self, value: Score | None) -> str:
        """The label of a rating, for use in a sentence; `Not rated` for None."""
        choice = None if value is None else self.instrument.scale.find(value)
        return choice.label if choice else "Not rated"

    def reviewer(self, code: str) -> str:
        """A reviewer with role: `Reviewer R2 (clinician from another team)`."""
        person = self.state.people.get(code)
        return f"Reviewer {code} ({labels.role(person.role)})" if person else f"Reviewer {code}"

    def passage(self, place: str) -> str:
        """The text of a written passage of the report, by its key; empty if there is none."""
        passage = self.state.passages.get(place)
        return passage.text.strip() if passage else ""

    def written(self, place: str) -> list[Block]:
        """A written passage as paragraphs, split at blank lines; empty if there is none."""
        parts = (part.strip() for part in _BLANK_LINE.split(self.passage(place)))
        return [Paragraph(runs=text(part)) for part in parts if part]

    @cached_property
    def evidence(self) -> dict[str, Evidence]:
        """The evidence for each standard, by number."""
        return EvidenceIndex(self.state).all()

    @cached_property
    def answers(self) -> list[HostAnswer]:
        """The host's answers to the draft, type 1 first."""
        return host_answers(self.state)

    @cached_property
    def quotes(self) -> list[QuoteRecord]:
        """The quotes this copy may print (consent recorded, not withdrawn), sorted by label."""
        return printable(self.state, circulation=self.circulation)

    @cached_property
    def places(self) -> QuotePlaces:
        """Where each quote is printed, once, and its number."""
        return quote_places(self.state, self.quotes)

    @cached_property
    def examples(self) -> dict[str, tuple[ExampleRecord, ...]]:
        """What other teams do well at the standards that scored low here, by standard."""
        return examples_at(self.state)

    def quotes_on(self, number: str, tone: str = "") -> list[QuoteRecord]:
        """Printable quotes on a standard, of one tone if given."""
        return [q for q in self.quotes if number in q.standards and tone in ("", q.tone)]

    def printed(self, quotes: Sequence[QuoteRecord], *, under: str = "") -> list[Quote]:
        """Quotes as blocks with their numbers, where they stand; they list their standards except `under`."""
        return [self.quote(one, under=under) for one in quotes]

    def quote_facts(self, quotes: Sequence[QuoteRecord], label: str = "What people said") -> list[Fact]:
        """The numbers of quotes that are printed elsewhere, as a fact; empty without any."""
        if not quotes:
            return []
        return [Fact(label=label, runs=self.quote_numbers(quotes))]

    def quote_numbers(self, quotes: Sequence[QuoteRecord]) -> Runs:
        """`Quote 3`, `Quotes 3 and 7`: the numbers of quotes that are printed elsewhere, each a link to there."""
        ordered = sorted(quotes, key=lambda one: self.places.numbers[one.key])
        runs: list[Run] = []
        for place, one in enumerate(ordered):
            opening = ("Quotes " if len(ordered) > 1 else "Quote ") if place == 0 else ""
            runs += text(" and " if place == len(ordered) - 1 else ", ") if place else ()
            number = f"{opening}{self.places.numbers[one.key]}"
            runs.append(Text(text=number, to=self.places.heading_of(one.key)))
        return tuple(runs)

    def elsewhere(self, number: str, here: Sequence[QuoteRecord] = ()) -> list[QuoteRecord]:
        """The quotes on a standard that are not among those printed `here`."""
        return [one for one in self.quotes_on(number) if one not in here]

    def quote(self, quote: QuoteRecord, *, under: str = "") -> Quote:
        """A quote as a block; it lists its standards except `under`, the one it is printed with."""
        talk = self.state.interviews[quote.interview]
        return Quote(
            text=quote.text.strip(),
            label=self.labels[quote.interview],
            group=labels.one_of(talk.group) if len(talk.groups) < 2 else "a mixed group",
            tone=quote.tone,
            number=self.places.numbers[quote.key],
            beside=bool(under),
            standards=tuple(n for n in sorted(quote.standards, key=natural) if n != under),
        )
