"""One visit's evidence seen by the items of another instrument, through the crosswalk between the two.

Evidence is shared, judgement is not: what was heard under one standard is shown under the other's item with the
standard it was heard under. No rating ever moves, and nothing is counted twice: a piece that is reached by two ways
stands under each of them, and `pieces` counts it once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from reviewapp.base.i18n import _
from reviewapp.crosswalk.model import Crosswalk, Pair, Relation, by_side
from reviewapp.figures.evidence import SOURCES_NEEDED, EvidenceIndex
from reviewapp.figures.found_from import found_from
from reviewapp.figures.item_scores import item_scores
from reviewapp.figures.ratings import effective_ratings
from reviewapp.instruments.model import SOURCES, Instrument, Score, Source, Standard
from reviewapp.visit import labels, sorting
from reviewapp.visit.second import second_state, seen_by
from reviewapp.visit.state import VisitState

EvidenceKind = Literal["quote", "answer", "audit", "survey", "document"]


class SeenEvidence(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of evidence as an item sees it. `via`: the standard it was recorded under.

    `relation`: of that standard to the item; `criteria`: those of the item that are meant, none for the whole item.
    `key`: of the record (`Q1/R2`, `P1/P01/R2`, `carer/47`, `D1/R2`), or the audit item (`A1`).
    """

    via: str
    relation: Relation
    source: Source
    text: str
    key: str
    kind: EvidenceKind
    criteria: tuple[str, ...] = ()
    via_criteria: tuple[str, ...] = ()

    def in_words(self) -> str:
        """`also heard under 151`."""
        return _("also heard under {via}", via=self.via)


class LensItem(msgspec.Struct, frozen=True, kw_only=True):
    """One item with the evidence it sees. On a scored scale `lowest` and `highest` bound its score."""

    standard: str
    evidence: tuple[SeenEvidence, ...]
    value: Score | None = None
    score: int | None = None
    lowest: int | None = None
    highest: int | None = None

    @property
    def pieces(self) -> int:
        """How many pieces of evidence there are, each once however many ways lead to it."""
        return len({(one.kind, one.key) for one in self.evidence})

    @property
    def sources(self) -> frozenset[Source]:
        """The sources heard."""
        return frozenset(one.source for one in self.evidence)


class UntestedItem(msgspec.Struct, frozen=True, kw_only=True):
    """An item with too few sources; `not_heard` are the allowed sources without evidence so far.

    `via`: the standards under which more could be heard; none where the crosswalk leads nowhere.
    """

    standard: str
    type: str
    title: str
    heard: list[Source]
    not_heard: list[Source]
    via: list[str]


def lens(state: VisitState, instrument: str) -> list[LensItem]:
    """The evidence seen by the items of one of the visit's instruments, in the order of the instrument.

    By the first one it is what was recorded under each standard. Raises Invalid for an instrument the visit lacks.
    """
    judged = seen_by(state, instrument)
    if judged is state:
        index = EvidenceIndex(state)
        return [_item(state, s, _recorded(state, index, s.number)) for s in state.instrument.standards]
    seen = _through(state, judged.instrument)
    return [_item(judged, s, seen.get(s.number, ())) for s in judged.instrument.standards]


def looked_at_through(state: VisitState, instrument: Instrument, crosswalk: Crosswalk) -> list[LensItem]:
    """The evidence as an instrument would see it that the visit does not carry: for a look, without any rating."""
    own = msgspec.structs.replace(
        state,
        also=instrument,
        crosswalk=crosswalk,
        also_ratings={},
        also_agreed={},
        also_accepted_late={},
        also_criteria={},
        also_agreed_criteria={},
    )
    return lens(own, instrument.id)


def untested_by_second(state: VisitState) -> list[UntestedItem]:
    """The items of the second instrument with fewer than two sources among those they allow, type 1 first.

    What a reviewer found of a criterion from a source is evidence from that source. An item that rests on documents
    alone is untested until a reviewer has rated it or found something there, as for the first instrument.
    """
    second = second_state(state)
    if second is None:
        return []
    seen = _through(state, second.instrument)
    ratings = effective_ratings(second)
    looked = found_from(second)
    ways = by_side(state.crosswalk.pairs, _right) if state.crosswalk else {}
    found = []
    for standard in sorted(second.instrument.standards, key=sorting.type_first):
        allowed = [source for source in SOURCES if source in standard.sources or not standard.sources]
        sources = {one.source for one in seen.get(standard.number, ())} | looked.get(standard.number, set())
        recordable = [source for source in allowed if source != "document" or source in sources]
        heard: list[Source] = [source for source in recordable if source in sources]
        rated = ratings[standard.number].basis is not None
        if (rated and not recordable) or (recordable and len(heard) >= min(SOURCES_NEEDED, len(recordable))):
            continue
        found.append(
            UntestedItem(
                standard=standard.number, type=standard.type, title=standard.title, heard=heard,
                not_heard=[source for source in allowed if source not in heard],
                via=list(dict.fromkeys(pair.from_ for pair in ways.get(standard.number, ()))),
            )
        )  # fmt: skip
    return found


def _right(pair: Pair) -> str:
    return pair.to


def _item(state: VisitState, standard: Standard, evidence: Iterable[SeenEvidence]) -> LensItem:
    """The item with its score by the instrument of this state."""
    value = effective_ratings(state)[standard.number].value
    if state.instrument.scale.kind != "scored":
        return LensItem(standard=standard.number, evidence=tuple(evidence), value=value)
    item = item_scores(state)[standard.number]
    choice = None if value is None else state.instrument.scale.find(value)
    points = choice.points if choice is not None and choice.counts == "scored" else None
    return LensItem(
        standard=standard.number, evidence=tuple(evidence), value=value, score=points, lowest=item.lowest,
        highest=item.highest,
    )  # fmt: skip


def _through(state: VisitState, second: Instrument) -> dict[str, tuple[SeenEvidence, ...]]:
    """The evidence each item of the second instrument sees, in the order of the crosswalk's rows."""
    if state.crosswalk is None:
        return {}
    index = EvidenceIndex(state)
    direct: dict[str, list[SeenEvidence]] = {}
    found = {}
    for number, pairs in by_side(state.crosswalk.pairs, _right).items():
        ways: dict[tuple[str, Relation], list[Pair]] = {}
        for pair in pairs:
            ways.setdefault((pair.from_, pair.relation), []).append(pair)
        seen: list[SeenEvidence] = []
        for (via, relation), rows in ways.items():
            if via not in direct:
                direct[via] = list(_recorded(state, index, via))
            seen += [
                msgspec.structs.replace(
                    one, relation=relation, criteria=_named(row.to_criterion for row in rows),
                    via_criteria=_named(row.from_criterion for row in rows),
                )
                for one in direct[via]
            ]  # fmt: skip
        found[number] = tuple(seen)
    return found


def _named(criteria: Iterable[str]) -> tuple[str, ...]:
    """The criteria of several rows; none where one of them is about the whole."""
    every = list(dict.fromkeys(criteria))
    return () if "" in every else tuple(every)


def _recorded(state: VisitState, index: EvidenceIndex, number: str) -> Iterator[SeenEvidence]:
    """The evidence recorded under a standard of the first instrument."""
    found = index.evidence_for(number)
    for quote in found.quotes:
        yield _seen(number, state.interviews[quote.interview].group, quote.text, quote.key, "quote")
    for answer in found.answers:
        yield _seen(number, state.interviews[answer.interview].group, answer.text, answer.key, "answer")
    for item in found.audit:
        if item.counts.n:
            text = _("{item}: {text}: {yes} of {n}", item=item.item, text=item.text, yes=item.counts.yes,
                     n=item.counts.n)  # fmt: skip
            yield _seen(number, "case_note", text, item.item, "audit")
    for group, counts in found.survey.items():
        if counts.n:
            text = _("{group}: {yes} yes, {no} no", group=_(labels.group(group)), yes=counts.yes, no=counts.no)
            yield _seen(number, "survey", text, f"{group}/{number}", "survey")
    for one in found.documents:
        yield _seen(number, "document", labels.document_line(one.title, one.version, one.date), one.key, "document")


def _seen(via: str, source: str, text: str, key: str, kind: EvidenceKind) -> SeenEvidence:
    known = next(one for one in SOURCES if one == source)
    return SeenEvidence(via=via, relation="equal", source=known, text=text, key=key, kind=kind)
