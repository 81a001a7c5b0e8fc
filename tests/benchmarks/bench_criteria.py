"""How much deriving every score costs beside a plain loop over the criteria, as a ratio within one run.

39 items, 240 criteria, three reviewers who each looked at two sources. The plain loop looks up what every reviewer said
of every criterion from every source, takes one verdict of it and counts the criteria met of each item: the least that
any way of scoring has to do. Wanted: at most 2. Nothing here passes or fails.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from random import Random

import msgspec

from reviewapp.figures.items import derived_scores
from reviewapp.instruments.check import check
from reviewapp.instruments.library import builtin
from reviewapp.instruments.model import Criterion, Instrument, MapRow, Source, Standard
from reviewapp.visit.criterion_records import CriterionRecord
from reviewapp.visit.state import PersonRecord, VisitInfo, VisitState

ITEMS, CRITERIA = 39, 240
REVIEWERS = ("L1", "R2", "R3")
SOURCES: tuple[Source, ...] = ("case_note", "staff")
ROUNDS = 200


def main() -> None:
    """Print the ratio."""
    instrument = large_scale()
    check(instrument)
    state = filled(instrument)
    derived_scores(state)  # the plan of an instrument is made once
    plain, derived = alternately(lambda: plain_loop(state), lambda: derived_scores(state))
    criteria = sum(len(one.criteria) for one in instrument.standards)
    print(f"{len(instrument.standards)} items, {criteria} criteria, {len(state.criteria)} findings")
    print(f"a plain loop {plain * 1000:.2f} ms, every score derived {derived * 1000:.2f} ms")
    print(f"ratio {derived / plain:.2f} (wanted: at most 2)")


def alternately(one: Callable[[], object], other: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """Median seconds of two ways, turn by turn, so that a busy moment hits both."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _round in range(rounds):
        for way, times in zip((one, other), taken, strict=True):
            begun = time.thread_time()
            way()
            times.append(time.thread_time() - begun)
    return statistics.median(taken[0]), statistics.median(taken[1])


def plain_loop(state: VisitState) -> dict[str, int]:
    """The criteria met of every item, where all who looked there say so."""
    found = {}
    for standard in state.instrument.standards:
        met = 0
        for one in standard.criteria:
            said = set()
            for source in SOURCES:
                for code in REVIEWERS:
                    record = state.criteria.get(f"{standard.number}/{one.id}/{source}/{code}")
                    if record is not None and record.value is not None:
                        said.add(record.value)
            if said == {"met"}:
                met += 1
        found[standard.number] = met
    return found


def large_scale() -> Instrument:
    """39 items with 6 or 7 criteria, some nested and some measured, in words that mean nothing."""
    skeleton = next(one for one in builtin() if one.id == "core-fidelity-2")
    per_item = [CRITERIA // ITEMS + (number < CRITERIA % ITEMS) for number in range(ITEMS)]
    standards = tuple(_item(one, many) for one, many in zip(skeleton.standards, per_item, strict=True))
    return msgspec.structs.replace(skeleton, id="example-large-scale", standards=standards)


def _item(one: Standard, many: int) -> Standard:
    criteria = tuple(
        Criterion(
            id=letter, text="What is asked", sources=SOURCES, agreement="all" if letter == "e" else "any",
            implies=("a",) if letter == "b" else (),
        )
        for letter in "abcdefg"[:many]
    )  # fmt: skip
    rules = {5: f"n={many}", 4: "a & n>=4 | n>=5", 3: "n>=3", 2: "n>=2", 1: "otherwise"}
    rows = tuple(MapRow(score=score, rule=rule) for score, rule in rules.items())
    return msgspec.structs.replace(one, criteria=criteria, map=rows)


def filled(instrument: Instrument) -> VisitState:
    """A visit in which nearly everything was looked at."""
    random, records = Random(6), {}
    for standard in instrument.standards:
        for one in standard.criteria:
            verdict = random.choice(("met", "met", "met", "not_met"))
            for source in SOURCES:
                for code in REVIEWERS:
                    if random.random() < 0.8:
                        key = f"{standard.number}/{one.id}/{source}/{code}"
                        records[key] = CriterionRecord(
                            key=key, person=code, standard=standard.number, criterion=one.id, source=source,
                            value=verdict,  # type: ignore[arg-type]
                        )  # fmt: skip
    people = {code: PersonRecord(key=code, role="lead" if code == "L1" else "clinician") for code in REVIEWERS}
    info = VisitInfo(id="v", service="s", organisation="o", date="2026-11-17", instrument=instrument.id)
    return VisitState(info=info, instrument=instrument, people=people, criteria=records)


if __name__ == "__main__":
    main()
