"""Evidence for each standard by source, prompts answered in interviews, and standards that are still untested.

The team's self-review is the claim that a visit tests, and a reviewer's rating is the judgement: neither is a source.
Sources are the groups of people, the survey, the case notes and the documents that reviewers saw, and whatever source
a criterion was looked at from.
Functions over many standards share one index, `EvidenceIndex`, which reads the visit once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

import msgspec

from reviewapp.figures.conversations import conversation_numbers, progress_by_group
from reviewapp.figures.found_from import found_from
from reviewapp.figures.ratings import AuditCounts, SurveyCounts, audit_figures, peer_ratings, survey_figures
from reviewapp.instruments.model import SOURCES, Prompt, Source, Standard
from reviewapp.visit import sorting
from reviewapp.visit.document_records import DocumentSeenRecord
from reviewapp.visit.figure_cache import AUDITED, HEARD, READING, SURVEYED, cached_figure
from reviewapp.visit.state import AnswerRecord, QuoteRecord, RatingRecord, SelfReviewRecord, TextRecord, VisitState

SOURCES_NEEDED = 2
"""Number of sources that make a standard tested: a second one confirms or contradicts the first."""

Kept = TypeVar("Kept", AnswerRecord, QuoteRecord, DocumentSeenRecord)


class ItemFigures(msgspec.Struct, frozen=True, kw_only=True):
    """One audit item with its counts over all records."""

    item: str
    text: str
    counts: AuditCounts


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """All evidence for one standard; `sources` have an answer, quote, count, finding or
    document about it.

    `survey` is by group of people, `ratings` by reviewer code.
    """

    standard: str
    self_review: SelfReviewRecord | None
    survey: dict[str, SurveyCounts]
    audit: list[ItemFigures]
    quotes: list[QuoteRecord]
    answers: list[AnswerRecord]
    documents: list[DocumentSeenRecord]
    ratings: dict[str, RatingRecord]
    local_context: list[TextRecord]
    sources: frozenset[Source]

    @property
    def pieces(self) -> int:
        """Number of pieces of evidence: quotes, answers, documents, surveyed groups, audit items with an answer."""
        spoken, read = len(self.quotes) + len(self.answers), len(self.documents)
        return spoken + read + len(self.survey) + sum(1 for a in self.audit if a.counts.n)


class NextQuestion(NamedTuple):
    """A prompt that would add another source to a standard, with the group of people to ask."""

    group: str
    prompt_id: str
    text: str


class Untested(msgspec.Struct, frozen=True, kw_only=True):
    """A standard with too few sources; `not_heard` are the allowed sources without evidence so far."""

    standard: str
    type: str
    title: str
    heard: list[Source]
    not_heard: list[Source]
    try_next: list[NextQuestion]


class PromptCoverage(msgspec.Struct, frozen=True, kw_only=True):
    """Number of conversations in which a prompt was answered, and the target for its group (0: none is set)."""

    count: int
    target: int

    @property
    def enough(self) -> bool:
        """True once the target is reached; without a target, once one conversation answered the prompt."""
        return self.count >= max(1, self.target)


class EvidenceIndex:
    """Evidence of one state of a visit, indexed by standard; build a new index when the visit has changed."""

    def __init__(self, state: VisitState) -> None:
        """Read the whole visit once; later changes of `state` are not seen."""
        self._state = state
        self._group = {key: rec.group for key, rec in state.interviews.items()}
        self._survey = _survey_by_standard(state)
        self._audit = _audit_by_standard(state)
        self._prompts = _prompts_by_standard(state)
        self._answers_to = answers_by_standard(state)
        self._quotes = quotes_by_standard(state)
        self._documents = documents_by_standard(state)
        self._sources = _sources_by_standard(state)

    def evidence_for(self, number: str) -> Evidence:
        """The evidence for one standard; empty for a number without any, also one the instrument does not have."""
        return Evidence(
            standard=number,
            self_review=self._state.self_review.get(number),
            survey=self._survey.get(number, {}),
            audit=self._audit.get(number, []),
            quotes=self._quotes.get(number, []),
            answers=self._answers_to.get(number, []),
            documents=self._documents.get(number, []),
            ratings=_ratings_by_standard(self._state).get(number, {}),
            local_context=_local_by_standard(self._state).get(number, []),
            sources=self.sources(number),
        )

    def pieces(self, number: str) -> int:
        """Number of pieces of evidence for a standard, as `Evidence.pieces`, without building the `Evidence`."""
        audited = sum(1 for item in self._audit.get(number, ()) if item.counts.n)
        spoken = len(self._quotes.get(number, ())) + len(self._answers_to.get(number, ()))
        read = len(self._documents.get(number, ()))
        return spoken + read + len(self._survey.get(number, ())) + audited

    def all(self) -> dict[str, Evidence]:
        """The evidence for every standard of the instrument, by number, in the instrument's order."""
        return {s.number: self.evidence_for(s.number) for s in self._state.instrument.standards}

    def sources(self, number: str) -> frozenset[Source]:
        """Sources with evidence for the standard; a survey or audit with nothing but `na` answers is none."""
        found = self._sources.get(number)
        if found is None:
            found = self._sources[number] = self._find_sources(number)
        return found

    def prompt_coverage(self) -> dict[str, PromptCoverage]:
        """Coverage of every prompt of every guide, by prompt id."""
        return coverage_by_prompt(self._state)

    def still_untested(self) -> list[Untested]:
        """Standards with fewer than two sources among those they allow, type 1 first.

        A standard that allows only one source that can be recorded needs only that; one that rests on documents
        alone is untested until a reviewer has rated it, or listed a document seen, or found something of a criterion
        there: nothing else tells that documents were read.
        """
        peer = peer_ratings(self._state)
        return [one for one, documents in _short_of_sources(self._state) if not (documents and peer[one.standard])]

    def standards_short_of_sources(self) -> Iterator[tuple[Untested, bool]]:
        """Yield (standard, documents_only) for every standard with too few sources, type 1 first.

        `documents_only`: documents are the only source that the standard allows.
        """
        short = {group for group, (done, target) in progress_by_group(self._state).items() if done < target}
        for standard in sorted(self._state.instrument.standards, key=sorting.type_first):
            allowed = [source for source in SOURCES if source in standard.sources or not standard.sources]
            sources = self.sources(standard.number)
            recordable = [source for source in allowed if source != "document" or source in sources]
            heard: list[Source] = [source for source in recordable if source in sources]
            if not recordable or len(heard) < min(SOURCES_NEEDED, len(recordable)):
                yield self._untested(standard, heard, [s for s in allowed if s not in heard], short), not recordable

    def _untested(self, standard: Standard, heard: list[Source], missing: list[Source], short: set[str]) -> Untested:
        asks = [ask for ask in self._prompts.get(standard.number, []) if ask[0] in missing]
        asks.sort(key=lambda ask: ask[0] not in short)
        return Untested(
            standard=standard.number,
            type=standard.type,
            title=standard.title,
            heard=heard,
            not_heard=missing,
            try_next=[NextQuestion(group, prompt.id, prompt.text) for group, prompt in asks],
        )

    def _find_sources(self, number: str) -> frozenset[Source]:
        found: set[str] = {self._group[q.interview] for q in self._quotes.get(number, [])}
        found.update(self._group[a.interview] for a in self._answers_to.get(number, []))
        if any(counts.n for counts in self._survey.get(number, {}).values()):
            found.add("survey")
        if any(figures.counts.n for figures in self._audit.get(number, [])):
            found.add("case_note")
        if self._documents.get(number):
            found.add("document")
        found.update(found_from(self._state).get(number, ()))
        return frozenset(source for source in SOURCES if source in found)


@cached_figure(*HEARD, "criteria")
def _short_of_sources(state: VisitState) -> list[tuple[Untested, bool]]:
    return list(EvidenceIndex(state).standards_short_of_sources())


@cached_figure(*HEARD, "criteria")
def how_much(state: VisitState) -> dict[str, tuple[int, int]]:
    """(pieces of evidence, sources) counted for every standard of the instrument, by number."""
    index = EvidenceIndex(state)
    return {s.number: (index.pieces(s.number), len(index.sources(s.number))) for s in state.instrument.standards}


@cached_figure(*READING)
def _answers_by_prompt(state: VisitState) -> dict[str, list[AnswerRecord]]:
    """Answers that are not blank, of interviews that still exist, by prompt id."""
    found: dict[str, list[AnswerRecord]] = defaultdict(list)
    for answer in _in_order(state.answers.values()):
        if answer.text.strip() and answer.interview in state.interviews:
            found[answer.prompt].append(answer)
    return dict(found)


@cached_figure(*READING)
def coverage_by_prompt(state: VisitState) -> dict[str, PromptCoverage]:
    """Coverage of every prompt of every guide, by prompt id."""
    talk, answers = conversation_numbers(state), _answers_by_prompt(state)
    targets = state.instrument.targets.interviews
    return {
        prompt.id: PromptCoverage(
            count=len({talk[answer.interview] for answer in answers.get(prompt.id, [])}),
            target=targets.get(guide.group, 0),
        )
        for guide in state.instrument.guides
        for prompt in guide.prompts
    }


@cached_figure(*READING)
def quotes_by_standard(state: VisitState) -> dict[str, list[QuoteRecord]]:
    """Quotes that are not blank, by every standard they are tied to; without those of a deleted interview."""
    found: dict[str, list[QuoteRecord]] = defaultdict(list)
    for quote in _in_order(state.quotes.values()):
        if quote.text.strip() and quote.interview in state.interviews:
            for number in dict.fromkeys(quote.standards):
                found[number].append(quote)
    return dict(found)


@cached_figure("documents_seen")
def documents_by_standard(state: VisitState) -> dict[str, list[DocumentSeenRecord]]:
    """Documents that reviewers saw, by every standard they are tied to."""
    found: dict[str, list[DocumentSeenRecord]] = defaultdict(list)
    for one in _in_order(state.documents_seen.values()):
        for number in dict.fromkeys(one.standards):
            found[number].append(one)
    return dict(found)


@cached_figure(*READING)
def answers_by_standard(state: VisitState) -> dict[str, list[AnswerRecord]]:
    """Answers to the prompts that test each standard, by number, in the order of the guides."""
    answers = _answers_by_prompt(state)
    return {
        number: [answer for prompt_id in dict.fromkeys(p.id for _, p in asks) for answer in answers.get(prompt_id, [])]
        for number, asks in _prompts_by_standard(state).items()
    }


@cached_figure(*HEARD, "criteria")
def _sources_by_standard(_state: VisitState) -> dict[str, frozenset[Source]]:
    """Cache of the sources by standard, shared and filled by every index of this state."""
    return {}


def evidence(state: VisitState, number: str) -> Evidence:
    """The evidence for one standard (for many, build `EvidenceIndex` once); `Invalid` if there is no such standard."""
    state.instrument.standard(number)
    return EvidenceIndex(state).evidence_for(number)


def still_untested(state: VisitState) -> list[Untested]:
    """Standards with too few sources, type 1 first, each with the prompts to ask next; see `EvidenceIndex`."""
    return EvidenceIndex(state).still_untested()


def coverage(state: VisitState, prompt_id: str) -> PromptCoverage:
    """Coverage of one prompt; 0 of 0 for an unknown prompt (for a whole guide, `EvidenceIndex.prompt_coverage`)."""
    return coverage_by_prompt(state).get(prompt_id, PromptCoverage(count=0, target=0))


def may_print(state: VisitState, quote: QuoteRecord, *, circulation: bool = False) -> bool:
    """True if the person consented to be quoted; with `circulation`, also in the copy that leaves the team."""
    talk = state.interviews.get(quote.interview)
    if talk is None or talk.consent_quotes is not True:
        return False
    return talk.consent_circulation is True or not circulation


def _in_order(records: Iterable[Kept]) -> list[Kept]:
    return sorted(records, key=lambda rec: sorting.natural(rec.key))


@cached_figure()
def _prompts_by_standard(state: VisitState) -> dict[str, list[tuple[str, Prompt]]]:
    found: dict[str, list[tuple[str, Prompt]]] = defaultdict(list)
    for guide in state.instrument.guides:
        for prompt in guide.prompts:
            for number in dict.fromkeys(prompt.standards):
                found[number].append((guide.group, prompt))
    return dict(found)


@cached_figure(*AUDITED)
def _audit_by_standard(state: VisitState) -> dict[str, list[ItemFigures]]:
    figures = audit_figures(state)
    found: dict[str, list[ItemFigures]] = defaultdict(list)
    for item in state.instrument.audit:
        for number in dict.fromkeys(item.standards):
            found[number].append(ItemFigures(item=item.item, text=item.text, counts=figures[item.item]))
    return dict(found)


@cached_figure(*SURVEYED)
def _survey_by_standard(state: VisitState) -> dict[str, dict[str, SurveyCounts]]:
    found: dict[str, dict[str, SurveyCounts]] = defaultdict(dict)
    for group, survey in survey_figures(state).items():
        for number, counts in survey.standards.items():
            found[number][group] = counts
    return dict(found)


@cached_figure("ratings", "people")
def _ratings_by_standard(state: VisitState) -> dict[str, dict[str, RatingRecord]]:
    """Ratings and notes of everyone whose ratings count, by standard, then by reviewer code in order."""
    found: dict[str, dict[str, RatingRecord]] = defaultdict(dict)
    for rec in sorted(state.ratings.values(), key=lambda rec: sorting.natural(rec.person)):
        person = state.people.get(rec.person)
        if person is not None and person.rates and (rec.value is not None or rec.note.strip()):
            found[rec.standard][rec.person] = rec
    return dict(found)


@cached_figure("local_context")
def _local_by_standard(state: VisitState) -> dict[str, list[TextRecord]]:
    found: dict[str, list[TextRecord]] = defaultdict(list)
    for rec in sorted(state.local_context.values(), key=lambda rec: sorting.natural(rec.key)):
        if rec.text.strip():
            found[rec.subject].append(rec)
    return dict(found)
