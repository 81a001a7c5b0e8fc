"""Which criteria are met, not met or not established: from reviewers' findings over sources to one verdict each.

For every criterion of every standard, in this order:

1. *A reviewer, a source*: the verdict said, or what its number says (`instruments.quantities`). A number given for one
   criterion answers those that measure the same thing against another threshold and are tied to it by `implies`. The
   share of the case-note grid is one voice more for the source `case_note`, once it rests on `fewest` records.
2. *A source*: what all who looked there say; where they differ it is not established.
3. *Over sources*, by `agreement`: `any`: one source that says met is enough, and not met is what all that were asked
   say; `all`: every source the criterion names must say met, and one that says not met settles it; `most`: more than
   half of those it names. What is missing is not established, never not met.
4. *The agreed criterion* of the lead stands in place of 1-3.
5. `implies`, both ways: a criterion met establishes what it implies, one not met that what implies it is not met.
   Where a criterion is met and one it implies is not, neither is established until somebody settles it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

import msgspec

from reviewapp.figures.audit import AuditCounts, audit_figures
from reviewapp.figures.whose_words import keys_in_conflict, raters
from reviewapp.instruments.model import Criterion, Instrument, Standard
from reviewapp.instruments.quantities import CriterionVerdict, measured, share_quantity, stated
from reviewapp.visit import sorting
from reviewapp.visit.criterion_records import CriterionRecord
from reviewapp.visit.figure_cache import FOUND, cached_figure
from reviewapp.visit.state import VisitState

MET: Final = "met"
NOT_MET: Final = "not_met"
NOT_ESTABLISHED: Final = "not_established"
GRID = "case notes"
"""The voice of the case-note grid, among the codes of the reviewers."""

Why = Literal["", "agreed", "implied", "differ", "contradict", "missing"]
"""Why a verdict is what it is: the sources say so (""), it was agreed, it follows from another criterion, reviewers or
sources differ, it contradicts another criterion, or nothing or too little was said."""


class CriterionFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The verdict on one criterion and what it rests on.

    `sources`: the verdict by source; `voices`: by source what each reviewer (or the grid) says; `missing`: the sources
    that the criterion names and nobody has asked yet; `counted`: "8 of 10" as the first who counted has it.
    """

    verdict: CriterionVerdict
    why: Why
    sources: dict[str, CriterionVerdict]
    voices: dict[str, dict[str, CriterionVerdict]]
    missing: tuple[str, ...]
    counted: str = ""


Records = Mapping[tuple[str, str], Sequence[CriterionRecord]]
"""The findings that count, by standard and criterion."""


def criterion_verdicts(state: VisitState) -> dict[str, dict[str, CriterionVerdict]]:
    """The verdict on every criterion, by standard and letter; standards without criteria are left out."""
    return {
        number: dict(zip(letters, found, strict=True)) for number, (letters, found) in verdicts_in_order(state).items()
    }


@cached_figure(*FOUND)
def verdicts_in_order(state: VisitState) -> dict[str, tuple[tuple[str, ...], list[CriterionVerdict]]]:
    """For every standard with criteria its letters and their verdicts, in the same order."""
    records, agreed, audit = _counting(state), _agreed(state), audit_figures(state)
    made = {}
    for plan in plans(state.instrument):
        found: list[CriterionVerdict] = []
        for place, one, plain in plan.steps:
            # One source is enough and all say the same, as is nearly always so: nothing has to be weighed.
            verdict = _said_by_all(records.get(place)) if plain and place not in agreed else None
            if verdict is None:
                verdict = _settled(plan, one, agreed, _voices(plan, one, records, audit))
            found.append(verdict)
        made[plan.number] = plan.letters, _implied(plan, found) if plan.pairs else found
    return made


def _said_by_all(records: Sequence[CriterionRecord] | None) -> CriterionVerdict | None:
    """What all findings on a plain yes or no say; None where they differ."""
    if records is None:
        return NOT_ESTABLISHED
    first = records[0].value
    for record in records:
        if record.value != first:
            return None
    return first


def criterion_figures(state: VisitState, number: str) -> dict[str, CriterionFigures]:
    """Everything about the criteria of one standard, by letter: for a screen or a document that shows why."""
    records, agreed, audit = _counting(state), _agreed(state), audit_figures(state)
    plan = next((one for one in plans(state.instrument) if one.number == number), None)
    if plan is None:
        return {}
    voices = [_voices(plan, one, records, audit) for one in plan.criteria]
    said = [_settled(plan, one, agreed, by) for one, by in zip(plan.criteria, voices, strict=True)]
    final = _implied(plan, said)
    found = {}
    for one, by, own, verdict in zip(plan.criteria, voices, said, final, strict=True):
        sources = {source: _at_one(by[source].values()) for source in by}
        found[one.id] = CriterionFigures(
            verdict=verdict,
            why=_why((number, one.id) in agreed, own, verdict, by, sources),
            sources=sources,
            voices=by,
            missing=tuple(source for source in one.sources if source not in by),
            counted=_counted(records.get((number, one.id), ()), audit.get(one.audit)),
        )
    return found


def _why(
    is_agreed: bool,
    own: CriterionVerdict,
    verdict: CriterionVerdict,
    voices: Mapping[str, Mapping[str, CriterionVerdict]],
    sources: Mapping[str, CriterionVerdict],
) -> Why:
    if own != verdict:
        return "contradict" if verdict == NOT_ESTABLISHED else "implied"
    if is_agreed:
        return "agreed"
    if verdict != NOT_ESTABLISHED:
        return ""
    said = {one for by in voices.values() for one in by.values()} | set(sources.values())
    return "differ" if {MET, NOT_MET} <= said or any(len(set(by.values())) > 1 for by in voices.values()) else "missing"


# What is asked of a standard, worked out once for an instrument ----------------------------------------------------


class CriteriaPlan(msgspec.Struct, frozen=True):
    """A standard with criteria: `pairs` are the places of a criterion and of one it implies, whether directly or by way
    of others; `linked` names, by letter, the criteria that the same number answers; `steps`
    are the criteria with their place among the records, and whether each is a yes or no that any source settles."""

    number: str
    criteria: tuple[Criterion, ...]
    letters: tuple[str, ...]
    pairs: tuple[tuple[int, int], ...]
    linked: Mapping[str, tuple[Criterion, ...]]
    steps: tuple[tuple[tuple[str, str], Criterion, bool], ...]


def plans(instrument: Instrument) -> list[CriteriaPlan]:
    """A plan for every standard with criteria, in the order of the instrument; those asked for last are kept."""
    for known, found in _KEPT:
        if known is instrument:
            return found
    made = [_plan(standard) for standard in instrument.standards if standard.criteria]
    _KEPT[:] = [(instrument, made), *_KEPT[:3]]
    return made


_KEPT: list[tuple[Instrument, list[CriteriaPlan]]] = []


def _plan(standard: Standard) -> CriteriaPlan:
    place = {one.id: number for number, one in enumerate(standard.criteria)}
    all_implied = {one.id: _all_implied(standard, one) for one in standard.criteria}
    pairs = [(place[one], place[other]) for one, others in all_implied.items() for other in others if other in place]
    tied = {frozenset((standard.criteria[a].id, standard.criteria[b].id)) for a, b in pairs}
    linked = {
        one.id: tuple(
            other
            for other in standard.criteria
            if other is not one and frozenset((one.id, other.id)) in tied and share_quantity(one, other)
        )
        for one in standard.criteria
    }
    return CriteriaPlan(
        number=standard.number, criteria=standard.criteria, letters=tuple(place), pairs=tuple(pairs),
        linked={letter: others for letter, others in linked.items() if others},
        steps=tuple(
            ((standard.number, one.id), one, one.measure == "yes-no" and one.agreement == "any")
            for one in standard.criteria
        ),
    )  # fmt: skip


def _all_implied(standard: Standard, one: Criterion) -> set[str]:
    by_letter = {each.id: each for each in standard.criteria}
    found, todo = set[str](), [*one.implies]
    while todo:
        letter = todo.pop()
        if letter not in found and letter in by_letter:
            found.add(letter)
            todo += by_letter[letter].implies
    return found - {one.id}


# What counts -------------------------------------------------------------------------------------------------------


def _counting(state: VisitState) -> dict[tuple[str, str], list[CriterionRecord]]:
    """Findings by standard and criterion, of everyone who rates, without those in conflict and those that wait."""
    unsettled = frozenset[str]().union(
        *(keys_in_conflict(state, "criterion", f) for f in ("value", "n", "of", "ticked"))
    )
    unsettled |= state.late_criteria
    codes, found = set(raters(state)), dict[tuple[str, str], list[CriterionRecord]]()
    for key, one in state.criteria.items():  # thousands of records: a list is made only for a criterion's first
        if one.person in codes and key not in unsettled:
            place = one.standard, one.criterion
            if place in found:
                found[place].append(one)
            else:
                found[place] = [one]
    return found


def _agreed(state: VisitState) -> dict[tuple[str, str], CriterionVerdict]:
    """The agreed verdicts by standard and criterion; one in conflict is not established until it is settled."""
    unsettled = keys_in_conflict(state, "agreed_criterion")
    found: dict[tuple[str, str], CriterionVerdict] = {}
    for key, one in state.agreed_criteria.items():
        if key in unsettled:
            found[one.standard, one.criterion] = NOT_ESTABLISHED
        elif one.value is not None:
            found[one.standard, one.criterion] = one.value
    return found


Voices = dict[str, dict[str, CriterionVerdict]]


def _voices(plan: CriteriaPlan, one: Criterion, records: Records, audit: Mapping[str, AuditCounts]) -> Voices:
    """By source what each reviewer says, and the grid."""
    found: Voices = {}
    for record in records.get((plan.number, one.id), ()):
        verdict = _said(one, record)
        if verdict is not None:
            found.setdefault(record.source, {})[record.person] = verdict
    for other in plan.linked.get(one.id, ()):
        for record in records.get((plan.number, other.id), ()):
            verdict = measured(one, _number(record), record.of)
            if verdict is not None:
                found.setdefault(record.source, {}).setdefault(record.person, verdict)
    grid = audit.get(one.audit) if one.audit else None
    if grid is not None and grid.n >= max(one.fewest, 1):
        verdict = measured(one, grid.yes, grid.n)
        if verdict is not None:
            found.setdefault("case_note", {})[GRID] = verdict
    return found


def _said(one: Criterion, record: CriterionRecord) -> CriterionVerdict | None:
    if one.measure == "yes-no":
        return record.value
    return stated(one, record.value, _number(record), record.of)


def _number(record: CriterionRecord) -> int | float | None:
    return len(record.ticked) if record.n is None and record.ticked is not None else record.n


def _counted(records: Iterable[CriterionRecord], grid: AuditCounts | None) -> str:
    if grid is not None and grid.n:
        return f"{grid.yes} of {grid.n}"
    for record in records:
        number = _number(record)
        if number is not None:
            return f"{number} of {record.of}" if record.of is not None else f"{number}"
    return ""


# One verdict -------------------------------------------------------------------------------------------------------


def _settled(
    plan: CriteriaPlan, one: Criterion, agreed: Mapping[tuple[str, str], CriterionVerdict], voices: Voices
) -> CriterionVerdict:
    """What was agreed, else what the sources say together."""
    known = agreed.get((plan.number, one.id)) if agreed else None
    if known is not None:
        return known
    if not voices:
        return NOT_ESTABLISHED
    return over_sources(one, {source: _at_one(by.values()) for source, by in voices.items()})


def _at_one(verdicts: Iterable[CriterionVerdict]) -> CriterionVerdict:
    """What all of these say; not established where they differ."""
    first, *others = verdicts
    return NOT_ESTABLISHED if any(one != first for one in others) else first


def over_sources(one: Criterion, sources: Mapping[str, CriterionVerdict]) -> CriterionVerdict:
    """The verdict on a criterion from those of the sources that were asked, by its `agreement`."""
    said = [*sources.values()]
    if one.agreement == "any":
        if MET in said:
            return MET
        return NOT_MET if said and NOT_ESTABLISHED not in said else NOT_ESTABLISHED
    asked = len({*one.sources, *sources})
    met, not_met = said.count(MET), said.count(NOT_MET)
    if one.agreement == "all":
        return NOT_MET if not_met else MET if met == asked and asked else NOT_ESTABLISHED
    if 2 * met > asked:
        return MET
    return NOT_MET if asked and 2 * not_met >= asked else NOT_ESTABLISHED


def _implied(plan: CriteriaPlan, said: list[CriterionVerdict]) -> list[CriterionVerdict]:
    """The verdicts after `implies`, both ways; where two contradict neither is established."""
    found = list(said)
    for one, other in plan.pairs:
        if said[one] == MET and said[other] == NOT_MET:
            found[one] = found[other] = NOT_ESTABLISHED
    sure = tuple(found)
    for one, other in plan.pairs:
        if sure[one] == MET:
            found[other] = MET
        if sure[other] == NOT_MET:
            found[one] = NOT_MET
    return found


# Where reviewers differ --------------------------------------------------------------------------------------------


class CriterionDisagreement(msgspec.Struct, frozen=True, kw_only=True):
    """A criterion that reviewers found differently in one source, and what was agreed since (None: nothing yet)."""

    standard: str
    criterion: str
    source: str
    values: dict[str, CriterionVerdict]
    agreed: CriterionVerdict | None = None


def criterion_disagreements(state: VisitState) -> list[CriterionDisagreement]:
    """Where reviewers differ on a criterion within one source, by standard, criterion and source."""
    records, agreed, audit = _counting(state), _agreed(state), audit_figures(state)
    return [
        CriterionDisagreement(
            standard=plan.number, criterion=one.id, source=source,
            values={code: by[code] for code in sorting.in_order(by)}, agreed=agreed.get((plan.number, one.id)),
        )
        for plan in plans(state.instrument)
        for one in plan.criteria
        for source, by in _voices(plan, one, records, audit).items()
        if len(set(by.values())) > 1
    ]  # fmt: skip
