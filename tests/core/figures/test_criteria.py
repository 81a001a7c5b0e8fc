"""From reviewers' findings to one verdict a criterion: what is not known is never taken for not met."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewapp.figures.criteria import (
    criterion_disagreements,
    criterion_figures,
    criterion_verdicts,
    over_sources,
)
from reviewapp.figures.items import derived_range, derived_scores, lift, points_met
from reviewapp.instruments.model import AuditItem, Criterion, Instrument, MapRow, Standard
from reviewapp.instruments.quantities import VERDICTS, CriterionVerdict
from reviewapp.instruments.scoring import item_scorings
from reviewapp.visit.criterion_records import AgreedCriterionRecord, CriterionRecord
from reviewapp.visit.state import Conflict, VisitState
from tests.core.instruments.scored_items import all_possible, score_by_reading, standards
from tests.core.visit.building import RATED, instrument, scored_instrument, visit

Said = Mapping[str, Any]
"""Findings by key, `b/case_note/R2`: a verdict, or `(n, of)`."""


def measured(*criteria: Criterion, rules: Mapping[int, str] | None = None, **changes: Any) -> Instrument:
    made = scored_instrument(1)
    rows = tuple(MapRow(score=score, rule=rule) for score, rule in (rules or {}).items())
    first = msgspec.structs.replace(made.standards[0], criteria=criteria, map=rows, scores=tuple(rules or ()))
    return msgspec.structs.replace(made, standards=(first,), **changes)


def found(made: Instrument, said: Said, agreed: Said | None = None, **changes: Any) -> VisitState:
    """A visit in which this was found of the criteria of standard 1."""
    records = {}
    for where, value in said.items():
        letter, source, person = where.split("/")
        n, of = value if isinstance(value, tuple) else (None, None)
        verdict = None if isinstance(value, tuple) else value
        records[f"1/{where}"] = CriterionRecord(
            key=f"1/{where}", person=person, standard="1", criterion=letter, source=source, value=verdict, n=n, of=of
        )
    settled = {
        f"1/{letter}": AgreedCriterionRecord(key=f"1/{letter}", standard="1", criterion=letter, value=value)
        for letter, value in (agreed or {}).items()
    }
    state = visit(made, **changes)
    return msgspec.structs.replace(state, criteria=records, agreed_criteria=settled)


def verdicts(*args: Any, **changes: Any) -> dict[str, CriterionVerdict]:
    return criterion_verdicts(found(*args, **changes))["1"]


A, B = Criterion(id="a", text="t"), Criterion(id="b", text="t")


def test_what_nobody_looked_at_is_not_established() -> None:
    assert verdicts(measured(A, B), {"a/staff/R2": "not_met"}) == {"a": "not_met", "b": "not_established"}


def test_reviewers_who_differ_establish_nothing_until_the_lead_settles_it() -> None:
    said = {"a/staff/R2": "met", "a/staff/R3": "not_met"}
    state = found(measured(A), said)
    assert criterion_verdicts(state)["1"] == {"a": "not_established"}
    (differ,) = criterion_disagreements(state)
    assert (differ.standard, differ.criterion, differ.source, differ.agreed) == ("1", "a", "staff", None)
    assert differ.values == {"R2": "met", "R3": "not_met"}
    assert verdicts(measured(A), said, {"a": "not_met"}) == {"a": "not_met"}
    assert criterion_figures(state, "1")["a"].why == "differ"
    assert criterion_figures(found(measured(A), said, {"a": "met"}), "1")["a"].why == "agreed"


def test_an_agreed_criterion_in_conflict_is_not_established() -> None:
    conflict = Conflict(entity="agreed_criterion", key="1/a", field="value", values=())
    state = found(measured(A), {"a/staff/R2": "met"}, {"a": None}, conflicts=[conflict])
    assert criterion_verdicts(state)["1"] == {"a": "not_established"}


def test_observers_and_findings_in_conflict_do_not_count() -> None:
    assert verdicts(measured(A), {"a/staff/O5": "met"}) == {"a": "not_established"}
    conflict = Conflict(entity="criterion", key="1/a/staff/R2", field="n", values=())
    assert verdicts(measured(A), {"a/staff/R2": "met"}, conflicts=[conflict]) == {"a": "not_established"}


@pytest.mark.parametrize(
    ("agreement", "said", "verdict"),
    [
        ("any", {}, "not_established"),
        ("any", {"patient": "met", "staff": "not_met"}, "met"),
        ("any", {"patient": "not_met"}, "not_met"),
        ("any", {"patient": "not_met", "staff": "not_established"}, "not_established"),
        ("all", {"patient": "met", "staff": "met"}, "not_established"),
        ("all", {"patient": "met", "staff": "met", "carer": "met"}, "met"),
        ("all", {"patient": "met", "staff": "not_met"}, "not_met"),
        ("all", {"patient": "met", "staff": "met", "carer": "not_established"}, "not_established"),
        ("most", {"patient": "met"}, "not_established"),
        ("most", {"patient": "met", "staff": "met"}, "met"),
        ("most", {"patient": "not_met", "staff": "not_met"}, "not_met"),
        ("most", {"patient": "met", "staff": "not_met"}, "not_established"),
    ],
)
def test_sources_come_together_by_agreement(agreement: Any, said: Any, verdict: str) -> None:
    one = Criterion(id="a", text="t", sources=("patient", "staff", "carer"), agreement=agreement)
    assert over_sources(one, said) == verdict


@pytest.mark.parametrize("agreement", ["all", "most"])
def test_over_sources_no_completion_of_what_is_missing_contradicts_the_verdict(agreement: Any) -> None:
    names = ("patient", "staff", "carer", "document")
    one = Criterion(id="a", text="t", sources=names, agreement=agreement)  # type: ignore[arg-type]
    for known in product((None, *VERDICTS), repeat=4):
        said = {name: verdict for name, verdict in zip(names, known, strict=True) if verdict is not None}
        options = [[v] if v in ("met", "not_met") else ["met", "not_met"] for v in known]
        completed = {over_sources(one, dict(zip(names, each, strict=True))) for each in product(*options)}  # type: ignore[arg-type]
        verdict = over_sources(one, said)
        assert verdict == (completed.pop() if len(completed) == 1 else "not_established")


def test_a_share_is_compared_exactly_and_too_few_establish_nothing() -> None:
    share = Criterion(id="a", text="t", measure="share", op=">=", threshold=80, fewest=5)
    for number, verdict in {
        (8, 10): "met", (79, 100): "not_met", (796, 1000): "not_met", (4, 4): "not_established", (4, 5): "met",
    }.items():  # fmt: skip
        assert verdicts(measured(share), {"a/case_note/R2": number}) == {"a": verdict}
    figures = criterion_figures(found(measured(share), {"a/case_note/R2": (8, 10)}), "1")["a"]
    assert figures.counted == "8 of 10"


def test_a_number_answers_both_thresholds_of_one_quantity() -> None:
    half = Criterion(id="d", text="t", measure="share", op=">=", threshold=50)
    most = Criterion(id="e", text="t", measure="share", op=">=", threshold=90, implies=("d",))
    for where in ("d/case_note/R2", "e/case_note/R2"):
        assert verdicts(measured(half, most), {where: (8, 10)}) == {"d": "met", "e": "not_met"}
        assert verdicts(measured(half, most), {where: (4, 10)}) == {"d": "not_met", "e": "not_met"}
        assert verdicts(measured(half, most), {where: (9, 10)}) == {"d": "met", "e": "met"}


def test_implies_goes_both_ways_and_a_contradiction_establishes_neither() -> None:
    tied = msgspec.structs.replace(B, implies=("a",))
    assert verdicts(measured(A, tied), {"b/staff/R2": "met"}) == {"a": "met", "b": "met"}
    assert verdicts(measured(A, tied), {"a/staff/R2": "not_met"}) == {"a": "not_met", "b": "not_met"}
    state = found(measured(A, tied), {"a/staff/R2": "not_met", "b/staff/R2": "met"})
    assert criterion_verdicts(state)["1"] == {"a": "not_established", "b": "not_established"}
    assert {one.why for one in criterion_figures(state, "1").values()} == {"contradict"}


def test_the_share_of_the_case_note_grid_is_a_voice_of_its_own() -> None:
    share = Criterion(id="a", text="t", measure="share", op=">=", threshold=60, audit="A1", fewest=3)
    made = measured(share, audit=(AuditItem(item="A1", text="t", standards=("1",)),))
    cells: dict[str, str | None] = {"1/A1/R2": "yes", "2/A1/R2": "yes", "3/A1/R2": "not_recorded"}
    assert verdicts(made, {}, audit=cells) == {"a": "met"}
    assert criterion_figures(found(made, {}, audit=cells), "1")["a"].counted == "2 of 3"
    assert verdicts(made, {}, audit={key: cells[key] for key in list(cells)[:2]}) == {"a": "not_established"}
    assert verdicts(made, {"a/case_note/R3": "not_met"}, audit=cells) == {"a": "not_established"}


def test_a_verdict_beside_a_number_that_contradicts_it_establishes_nothing() -> None:
    """As two laptops may leave it; typed on one it is refused."""
    number = Criterion(id="a", text="t", measure="number", op="<=", threshold=4, unit="hours")
    state = found(measured(number), {"a/document/R2": (5, None)})
    assert criterion_verdicts(state)["1"] == {"a": "not_met"}
    record = msgspec.structs.replace(state.criteria["1/a/document/R2"], value="met")
    both = msgspec.structs.replace(state, criteria={record.key: record})
    assert criterion_verdicts(both)["1"] == {"a": "not_established"}


def test_a_list_is_ticked_and_counted() -> None:
    listed = Criterion(id="a", text="t", measure="list", op=">=", threshold=2, parts=("x", "y", "z"))
    state = found(measured(listed), {"a/staff/R2": (1, None)})
    assert criterion_verdicts(state)["1"] == {"a": "not_met"}
    record = msgspec.structs.replace(state.criteria["1/a/staff/R2"], n=None, ticked=(1, 3))
    assert criterion_verdicts(msgspec.structs.replace(state, criteria={record.key: record}))["1"] == {"a": "met"}


def test_points_of_a_standard_that_is_met_or_not_are_counted_and_decide_nothing() -> None:
    plain = instrument({"1": "1"}, scale=RATED)
    listed = msgspec.structs.replace(plain.standards[0], criteria=(A, B))
    state = found(msgspec.structs.replace(plain, standards=(listed,)), {"a/staff/R2": "met"})
    one = points_met(state)["1"]
    assert (one.met, one.not_established, one.of, one.all_met) == (1, 1, 2, None)
    assert derived_scores(state) == {} and lift(state, "1") is None


def _sound(standard: Standard) -> Instrument:
    return msgspec.structs.replace(scored_instrument(1), standards=(standard,))


@settings(deadline=None, max_examples=150)
@given(standards(), st.data())
def test_the_range_is_that_of_every_completion(standard: Standard, data: st.DataObject) -> None:
    """Against trying all of them; whatever is said, what is settled stays within what `implies` allows."""
    made = _sound(standard)
    scoring = item_scorings(made).get("1")
    if scoring is None:  # an unsound map is refused elsewhere
        return
    said = {f"{one.id}/staff/R2": data.draw(st.sampled_from(VERDICTS)) for one in standard.criteria}
    state = found(made, said)
    settled = criterion_verdicts(state)["1"]
    scores = [
        score_by_reading(standard, met)
        for met in all_possible(standard)
        if all(
            (letter in met) == (verdict == "met") for letter, verdict in settled.items() if verdict != "not_established"
        )
    ]
    assert scores, "what is settled is possible"
    derived = derived_scores(state)["1"]
    assert (derived.lowest, derived.highest) == (min(scores), max(scores))
    assert derived_range(scoring, settled) == derived
    assert derived.score == (scores[0] if len(set(scores)) == 1 else None)


@settings(deadline=None, max_examples=80)
@given(standards(), st.data())
def test_what_is_established_later_never_leaves_the_range_of_before(standard: Standard, data: st.DataObject) -> None:
    made = _sound(standard)
    if "1" not in item_scorings(made):
        return
    true = data.draw(st.sampled_from(list(all_possible(standard))))
    order = data.draw(st.permutations([one.id for one in standard.criteria]))
    said: dict[str, Any] = {}
    before = derived_scores(found(made, said))["1"]
    for letter in order:
        said[f"{letter}/staff/R2"] = "met" if letter in true else "not_met"
        now = derived_scores(found(made, said))["1"]
        assert before.lowest <= now.lowest <= now.highest <= before.highest
        before = now
    assert before.score == score_by_reading(standard, true)
