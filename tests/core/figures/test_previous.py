"""The figures of an earlier visit: what is taken of them, and from which files none are."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from reviewapp.base.errors import Invalid
from reviewapp.figures import previous
from reviewapp.figures.previous import PREVIOUS, PreviousCounts, previous_fact, previous_figures, previous_of
from reviewapp.visit.state import VisitState
from tests.core.visit.building import instrument, visit

NOW = visit(instrument({"4": "1"}))


def counts(**some: Any) -> dict[str, Any]:
    return {"met": 1, "not_met": 2, "na": 3, "unrated": 4, "percent": 99.9} | some


def file(*, basis: str | None = "peer", overall: Any = None, **about: str) -> bytes:
    figures = {
        "basis": basis, "overall": counts() if overall is None else overall, "by_type": {"1": counts(met=0, not_met=0)},
        "by_section": {"Care": counts(met=3, not_met=1)},
    }  # fmt: skip
    told = {"id": "v0", "date": "2025-05-12", "instrument": "older", "service": "Example"} | about
    return msgspec.json.encode({"visit": told, "figures": figures, "more": [1]})


def taken(content: bytes) -> VisitState:
    fact = previous_fact(content, NOW)
    assert fact.field == PREVIOUS and isinstance(fact.value, str)
    return visit(NOW.instrument, context={PREVIOUS: fact.value})


def test_counts_are_kept_and_shares_worked_out_anew() -> None:
    found = previous_of(taken(file()))
    assert found is not None
    assert (found.date, found.instrument) == ("2025-05-12", "older")
    assert found.overall == PreviousCounts(met=1, not_met=2, na=3, unrated=4, percent=1 / 3 * 100)
    assert found.by_type == {"1": PreviousCounts(met=0, not_met=0, na=3, unrated=4, percent=None)}
    assert found.by_section["Care"].percent == 75.0
    figures = previous_figures(taken(file()))
    assert figures is not None and figures | {"common": None} == msgspec.to_builtins(found) | {"common": None}


def test_without_an_earlier_visit_there_are_no_figures_of_one() -> None:
    assert previous_of(NOW) is None and previous_figures(NOW) is None
    for kept in ("", "{}", "[]", 7):
        assert previous_of(visit(NOW.instrument, context={PREVIOUS: kept})) is None


@pytest.mark.parametrize("basis", ["agreed", "peer"])
@pytest.mark.parametrize("day", ["2026-05-11", "1999-12-31"])
def test_any_earlier_day_and_any_word_of_reviewers_will_do(basis: str, day: str) -> None:
    assert previous_of(taken(file(basis=basis, date=day))) is not None


REFUSED: list[tuple[bytes, str]] = [
    (file(date="2026-05-12"), "not earlier"), (file(date="2027-01-01"), "not earlier"), (file(id="v1"), "not earlier"),
    (file(date="12 May"), "not a date"), (file(basis="self_review"), "no reviewer"), (file(basis=None), "no reviewer"),
    (file(overall=counts(met=-1)), "below nought"), (file(overall=counts(not_met=-1)), "below nought"),
    (file(overall=counts(na=-1)), "below nought"), (file(overall=counts(unrated=-1)), "below nought"),
    (file(overall={"met": 1}), "not the figures"), (b"", "not the figures"), (b'"\xff"', "not the figures"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "told"), REFUSED)
def test_what_is_no_earlier_review_is_refused(content: bytes, told: str) -> None:
    with pytest.raises(Invalid, match=told) as error:
        previous_fact(content, NOW)
    assert error.value.field in ("previous", "date") and error.value.do


def test_a_file_as_large_as_may_be_is_read_and_a_larger_one_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert previous.LONGEST == 5_000_000
    monkeypatch.setattr(previous, "LONGEST", len(file()))
    assert previous_fact(file(), NOW)
    with pytest.raises(Invalid, match="too large") as error:
        previous_fact(file() + b" ", NOW)
    assert error.value.field == "previous"


def points(**some: int) -> dict[str, Any]:
    return {"total": 9, "rated": 2, "of": 3, "mean": 99.9} | some


def scored(**some: int) -> bytes:
    raw = msgspec.json.decode(file())
    raw["figures"]["score"] = points(**some) | {"by_section": {"Care": points(), "Staff": points(total=0, rated=0)}}
    return msgspec.json.encode(raw)


def test_the_means_of_a_scored_visit_are_worked_out_anew() -> None:
    found = previous_of(taken(scored()))
    assert found is not None and found.score is not None
    assert (found.score.total, found.score.rated, found.score.of) == (9, 2, 3)
    assert {name: (one.total, one.mean) for name, one in found.score.by_section.items()} == {
        "Care": (9, 4.5), "Staff": (0, None),
    }  # fmt: skip
    assert previous_of(taken(scored(total=0, rated=0))) is not None
    assert previous_of(taken(scored(rated=3))) is not None
    for some in ({"total": -1}, {"rated": -1}, {"rated": 4}):
        with pytest.raises(Invalid, match="cannot be") as error:
            previous_fact(scored(**some), NOW)
        assert error.value.field == "previous"


def test_nought_of_everything_is_a_count() -> None:
    found = previous_of(taken(file(overall=counts(met=0, not_met=0, na=0, unrated=0))))
    assert found is not None and found.overall == PreviousCounts(met=0, not_met=0)
