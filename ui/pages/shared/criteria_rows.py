"""The criteria of a standard as rows of a list: one a criterion, and one a source where several are asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewapp.base.i18n import _
from reviewapp.figures.criteria import GRID, CriterionFigures
from reviewapp.instruments.model import SOURCES, Criterion, Source, Standard
from reviewapp.instruments.quantities import CriterionVerdict, share_quantity, stated
from reviewapp.visit.criterion_records import CriterionRecord
from reviewapp.visit.labels import person
from reviewapp.visit.state import VisitState
from ui.labels import SOURCES as SOURCE_WORDS
from ui.pages.shared.criteria_words import asked_words, verdict_look, verdict_words, why_words
from ui.widgets.status_list import StatusRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True)
class CriterionRow:
    """A row: a criterion as one source answers it. With no source it only stands above those of its sources.

    `fixed`: what is shown comes from elsewhere (the case-note grid, the number of another criterion), and no reviewer
    says it here.
    """

    criterion: Criterion
    source: Source | None
    mine: CriterionRecord | None
    look: StatusRow
    fixed: bool = False

    @property
    def key(self) -> str:
        """`b/case_note`, or `b` above its sources."""
        return self.look.key


def sources_of(standard: Standard, one: Criterion) -> tuple[Source, ...]:
    """The sources that are asked about a criterion: its own, else those of its standard, else every one."""
    return one.sources or standard.sources or SOURCES


def rows_of(
    seen: VisitState,
    me: str,
    standard: Standard,
    figures: Mapping[str, CriterionFigures],
    *,
    grid: bool,
    only: Source | None = None,
) -> list[CriterionRow]:
    """The rows of a standard, in its order; `seen` and `figures` hold only what may be shown to `me`.

    `grid`: whether the shares of an audit item are those of the page Case notes; otherwise they are typed. `only`: the
    one source that the rows are about, where the criteria name none.
    """
    return [
        row
        for one in standard.criteria
        for row in _rows(seen, me, standard, one, figures[one.id], grid=grid, only=only)
    ]


def _rows(
    seen: VisitState,
    me: str,
    standard: Standard,
    one: Criterion,
    found: CriterionFigures,
    *,
    grid: bool,
    only: Source | None,
) -> Iterator[CriterionRow]:
    mine = {
        source: seen.criteria.get(f"{standard.number}/{one.id}/{source}/{me}") for source in sources_of(standard, one)
    }
    first = answered_by(standard, one)
    sources = [source for source in mine if first is None or mine[source] is not None]
    if only is not None:
        sources = [only]
    if len(sources) == 1:
        yield _at(one, sources[0], mine.get(sources[0]), found, seen, me, alone=True, grid=grid)
        return
    yield _head(one, found, first)
    for source in sources:
        yield _at(one, source, mine[source], found, seen, me, alone=False, grid=grid)


def ticked_by_source(seen: VisitState, standard: Standard) -> tuple[Source, ...]:
    """The sources to choose from where the criteria of a standard are a list that names none; empty otherwise."""
    named = any(one.sources for one in standard.criteria)
    if seen.instrument.scale.kind != "rated" or named or not standard.criteria:
        return ()
    return sources_of(standard, standard.criteria[0])


def answered_by(standard: Standard, one: Criterion) -> Criterion | None:
    """The criterion before this one whose number answers it too; None where it has one of its own."""
    for other in standard.criteria:
        if other is one:
            return None
        tied = one.id in other.implies or other.id in one.implies
        if tied and share_quantity(one, other):
            return answered_by(standard, other) or other
    return None


def _head(one: Criterion, found: CriterionFigures, first: Criterion | None) -> CriterionRow:
    why = why_words(found.why)
    if first is not None:
        why = _("answered by the number at {letter}", letter=first.id)
    missing = ", ".join(SOURCE_WORDS[source] for source in found.missing if found.why == "missing" and found.sources)
    tone, icon = verdict_look(found.verdict if found.sources or found.why == "implied" else None)
    look = StatusRow(
        key=one.id,
        title=f"{one.id}  {one.text}",
        note=_sentence(asked_words(one), why, _("not heard from yet: {list}", list=missing) if missing else ""),
        pill=verdict_words(found.verdict) if found.sources or found.why in ("implied", "agreed") else "",
        tone=tone,
        icon=icon,
    )
    return CriterionRow(one, None, None, look, fixed=True)


def _at(
    one: Criterion,
    source: Source,
    mine: CriterionRecord | None,
    found: CriterionFigures,
    seen: VisitState,
    me: str,
    *,
    alone: bool,
    grid: bool,
) -> CriterionRow:
    voices = found.voices.get(source, {})
    grid = grid and bool(one.audit) and source == "case_note"
    verdict = voices.get(GRID) if grid else _said(one, mine)
    others = [
        f"{person(seen.people, code)}: {verdict_words(said)}" for code, said in voices.items() if code not in (me, GRID)
    ]
    if alone:
        others += [
            f"{SOURCE_WORDS[other]}: {verdict_words(by[me])}"
            for other, by in found.voices.items()
            if other != source and other in SOURCE_WORDS and me in by
        ]
    counted = _counted(one, mine) if not grid else found.counted and _("{n}, from Case notes", n=found.counted)
    if grid and not counted:
        counted = _("no case notes read yet")
    few = _("{n} are needed", n=one.fewest) if grid and verdict == "not_established" and one.fewest else ""
    name = SOURCE_WORDS[source]
    overall = ""
    if alone and found.why not in ("", "missing"):
        overall = _("Counts as {verdict}", verdict=verdict_words(found.verdict).lower())
        overall = f"{overall}: {why_words(found.why)}"
    tone, icon = verdict_look(verdict)
    note = _sentence(asked_words(one) if alone else "", counted, few)
    told = [part for part in (overall, "; ".join(others), mine.note if mine is not None else "") if part]
    look = StatusRow(
        key=f"{one.id}/{source}",
        title=f"{one.id}  {one.text}" if alone else name,
        note=" · ".join(part for part in ((name if alone else ""), note) if part),
        detail="\n".join(told),
        pill=verdict_words(verdict),
        tone=tone,
        icon=icon,
        level=0 if alone else 1,
        under="" if alone else f"{one.id}  {one.text}",
    )
    return CriterionRow(one, source, mine, look, fixed=grid)


def _said(one: Criterion, mine: CriterionRecord | None) -> CriterionVerdict | None:
    return stated(one, mine.value, number_of(mine), mine.of) if mine is not None else None


def number_of(mine: CriterionRecord) -> int | float | None:
    """What was counted: the number, or how many parts were ticked."""
    return len(mine.ticked) if mine.n is None and mine.ticked is not None else mine.n


def _counted(one: Criterion, mine: CriterionRecord | None) -> str:
    number = number_of(mine) if mine is not None else None
    if mine is None or number is None:
        return ""
    of = mine.of if mine.of is not None else len(one.parts) or None
    if of is not None:
        return _("{n} of {of}", n=f"{number:g}", of=f"{of:g}")
    return f"{number:g} {one.unit}".strip()


def _sentence(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
