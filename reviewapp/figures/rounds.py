"""The rounds of one team's reviews: what each visit was, and what is known of those before it.

A round is either a visit with everything it said, or an earlier one of which the total alone is known. Pure functions
over a visit; `figures.series` puts the rounds side by side.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from reviewapp.figures.criteria import criterion_verdicts
from reviewapp.figures.item_scores import item_scores
from reviewapp.figures.ratings import current_figures, effective_ratings, rating_values
from reviewapp.figures.scores import band_of
from reviewapp.instruments.editions import edition_of
from reviewapp.instruments.model import Instrument, Score
from reviewapp.instruments.wording import wording_of
from reviewapp.visit.programme_records import RoundRecord
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements.rounds import THIS, day_of, months_of


class RoundFigures(msgspec.Struct, frozen=True, kw_only=True):
    """One round. On a scored scale `total` is None while it is not certain, and `lowest`..`highest` is its range.

    `percent` is the share met, on a scale of met and not met. `n` is the number of items that are scored, or of
    standards that are applicable; None where only a total is known. `scores`, `ranges` (lowest and highest of an item
    that is not certain), `criteria` and `wording` are by item, and empty where only a total is known. `digest` tells
    two drafts of one edition apart.
    """

    visit: str
    label: str
    planned: str
    held: str
    instrument: str
    edition: str
    digest: str = ""
    total: int | None = None
    lowest: int | None = None
    highest: int | None = None
    band: str | None = None
    percent: float | None = None
    n: int | None = None
    scores: dict[str, Score] = msgspec.field(default_factory=dict)
    ranges: dict[str, tuple[int, int]] = msgspec.field(default_factory=dict)
    criteria: dict[str, dict[str, str]] = msgspec.field(default_factory=dict)
    wording: dict[str, str] = msgspec.field(default_factory=dict)

    @property
    def day(self) -> str:
        """The day it was held, else planned; empty where neither is known."""
        return self.held or self.planned

    @property
    def has_items(self) -> bool:
        """Whether more than a total is known."""
        return bool(self.wording)


def this_round(state: VisitState) -> RoundRecord:
    """What this visit is among the rounds; its date counts as planned and as held where nothing else was said."""
    said = state.rounds.get(THIS) or RoundRecord(key=THIS, id=THIS)
    return msgspec.structs.replace(said, planned=said.planned or state.info.date, held=said.held or state.info.date)


def round_of(state: VisitState) -> RoundFigures:
    """This visit as a round, from the ratings that count now."""
    own, instrument = this_round(state), state.instrument
    values = rating_values(effective_ratings(state))
    figures, verdicts = current_figures(state), criterion_verdicts(state)
    made = RoundFigures(
        visit=state.info.id, label=own.label, planned=own.planned, held=own.held, instrument=instrument.id,
        edition=instrument.edition, digest=edition_of(instrument).digest,
        scores={number: value for number, value in values.items() if value is not None},
        wording={one.number: wording_of(one) for one in instrument.standards},
        criteria={number: dict(said) for number, said in verdicts.items() if said},
    )  # fmt: skip
    if figures.score is None:
        counts = figures.overall
        return msgspec.structs.replace(made, percent=counts.percent, n=counts.applicable)
    score = figures.score
    certain = score.lowest == score.highest and score.of > 0
    spans = {number: (one.lowest, one.highest) for number, one in item_scores(state).items() if one.score is None}
    return msgspec.structs.replace(
        made, total=score.total if certain else None, lowest=score.lowest, highest=score.highest, band=score.band,
        n=score.rated,
        ranges={number: (low, high) for number, (low, high) in spans.items() if low is not None and high is not None},
    )  # fmt: skip


def earlier_rounds(state: VisitState) -> list[RoundFigures]:
    """The rounds before this visit that it knows of, oldest first."""
    return rounds_of_records((one for key, one in state.rounds.items() if key != THIS), state.instrument)


def rounds_of_records(records: Iterable[RoundRecord], instrument: Instrument) -> list[RoundFigures]:
    """These rounds, oldest first; `instrument` is that of the visit which knows of them."""
    return [_of_record(one, instrument) for one in sorted(records, key=_by_day)]


def record_of(made: RoundFigures, key: str) -> RoundRecord:
    """The round as another visit keeps it, under this key."""
    span = () if made.lowest is None or made.highest is None else (made.lowest, made.highest)
    return RoundRecord(
        key=key, id=key, label=made.label, planned=made.planned, held=made.held, total=made.total, visit=made.visit,
        instrument=made.instrument, edition=made.edition, digest=made.digest, scores=made.scores, range=span,
        ranges=dict(made.ranges), criteria=made.criteria,
        wording=made.wording,
    )  # fmt: skip


def by_day(made: RoundFigures) -> tuple[str, int]:
    """A sort key for rounds: the day, then the months that the label says; one without a day comes first."""
    return (made.day, months_of(made.label) or 0)


def _by_day(one: RoundRecord) -> tuple[str, int]:
    return (day_of(one, ""), months_of(one.label) or 0)


def _of_record(one: RoundRecord, instrument: Instrument) -> RoundFigures:
    lowest, highest = one.range if len(one.range) == 2 else (one.total, one.total)
    same = one.instrument in ("", instrument.id)
    bands = instrument.scale.bands if same else ()
    low, high = (None if total is None else band_of(total, bands) for total in (lowest, highest))
    made = RoundFigures(
        visit=one.visit, label=one.label, planned=one.planned, held=one.held, instrument=one.instrument,
        edition=one.edition, digest=one.digest, total=one.total, lowest=lowest, highest=highest,
        band=low if low == high else None,
        scores=one.scores, criteria=one.criteria, wording=one.wording,
        ranges={item: (span[0], span[1]) for item, span in one.ranges.items() if len(span) == 2},
    )  # fmt: skip
    if not made.has_items:
        return made
    counts = [choice.counts for value in one.scores.values() if (choice := instrument.scale.find(value)) is not None]
    if one.scores and not counts:  # on a scale that this visit does not know
        return made
    if one.total is not None or one.range:
        return msgspec.structs.replace(made, n=counts.count("scored"))
    met, applicable = counts.count("met"), counts.count("met") + counts.count("not_met")
    return msgspec.structs.replace(made, percent=100 * met / applicable if applicable else None, n=applicable)
