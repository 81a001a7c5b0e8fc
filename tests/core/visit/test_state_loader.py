"""From tables to the visit: every record once and in its order, without what belonged to something deleted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import msgspec

from reviewapp.figures.conversations import quotes_by_interview
from reviewapp.visit import figure_cache, state_loader
from reviewapp.visit.state import VisitState
from tests.core.visit.building import instrument

MEASURED = instrument({"4": "1", "47": "2"})
HEADER = {
    "key": "v1", "service": "Example team", "organisation": "Example trust", "date": "2026-11-17",
    "instrument": "chosen", "kind": "interim", "content": msgspec.to_builtins(MEASURED),
}  # fmt: skip


class Tables:
    """Tables in memory, with records as JSON, in the order of their keys as text."""

    def __init__(self, header: dict[str, Any] | None = None, **records: dict[str, dict[str, Any]]) -> None:
        self.header, self.held = {**HEADER, **(header or {})}, records
        self.gone: dict[str, set[str]] = {}

    def rows(self, entity: str) -> list[dict[str, Any]]:
        assert entity == "visit"
        return [self.header]

    def records(self, entity: str, keys: Sequence[str] | None = None) -> str:
        held = self.held.get(entity, {})
        return json.dumps([{"key": key, **held[key]} for key in sorted(held) if keys is None or key in keys])

    def deleted(self, entity: str) -> set[str]:
        return self.gone.get(entity, set())


def rating(standard: str, person: str = "R2", value: str = "met") -> dict[str, Any]:
    return {"standard": standard, "person": person, "value": value}


def talked() -> Tables:
    return Tables(
        interview={"P2/R2": {"id": "P2", "person": "R2", "group": "patient"}},
        answer={
            f"{talk}/P01/R2": {"person": "R2", "interview": f"{talk}/R2", "prompt": "P01", "text": "t"}
            for talk in ("P1", "P2")
        },
        quote={
            f"Q{n}/R2": {"person": "R2", "id": f"Q{n}", "interview": f"P{n}/R2", "text": "t"} for n in (1, 2)
        },
        audit={
            f"{note}/A1/{who}": {"person": who, "case_note": note, "item": "A1", "value": "yes"}
            for note, who in (("1", "R2"), ("2", "R2"), ("1", "R3"))
        },
    )  # fmt: skip


def test_what_the_visit_is_comes_from_its_header() -> None:
    info = state_loader.build(Tables()).info
    assert (info.id, info.service, info.organisation) == ("v1", "Example team", "Example trust")
    assert (info.date, info.instrument, info.kind) == ("2026-11-17", "chosen", "interim")


def test_what_an_older_header_does_not_say_is_empty_or_follows_from_the_instrument() -> None:
    said_nothing = dict.fromkeys(("service", "organisation", "date", "instrument", "kind"))
    info = state_loader.build(Tables(said_nothing)).info
    assert (info.service, info.organisation, info.date) == ("", "", "")
    assert (info.instrument, info.kind) == (MEASURED.id, "accreditation")


def test_every_record_is_there_by_its_key() -> None:
    state = state_loader.build(Tables(rating={"4/R2": rating("4"), "47/R2": rating("47")}))
    assert {key: (one.standard, one.value) for key, one in state.ratings.items()} == {
        "4/R2": ("4", "met"), "47/R2": ("47", "met"),
    }  # fmt: skip
    assert list(state_loader.records(state, "rating")) == ["4/R2", "47/R2"]
    found = state_loader.record(state, "rating", "4/R2")
    assert found is state.ratings["4/R2"] and state_loader.record(state, "rating", "9/R2") is None
    assert state_loader.record(state, "of a later version", "4/R2") is None
    assert state_loader.has_record(state, "rating", "4/R2") and not state_loader.has_record(state, "rating", "9/R2")
    assert state_loader.has_record(state, "of a later version", "4/R2") is False


def test_what_belonged_to_a_deleted_interview_or_case_note_is_hidden_and_nothing_else() -> None:
    tables = talked()
    tables.gone = {"interview": {"P1/R2"}, "case_note": {"1/R2"}}
    state = state_loader.build(tables)
    assert (list(state.answers), list(state.quotes)) == (["P2/P01/R2"], ["Q2/R2"])
    assert sorted(state.audit) == ["1/A1/R3", "2/A1/R2"]


def test_an_interview_and_a_case_note_of_one_number_are_two_things() -> None:
    tables = talked()
    tables.gone = {"interview": {"1/R2"}, "case_note": {"P1/R2"}}
    state = state_loader.build(tables)
    assert (len(state.answers), len(state.quotes), len(state.audit)) == (2, 2, 3)


def test_where_nothing_was_deleted_nothing_is_hidden() -> None:
    """Also what belongs to an interview that was never written here, as when it is still to come."""
    state = state_loader.build(talked())
    assert (len(state.answers), len(state.quotes), len(state.audit)) == (2, 2, 3)


def refreshed(tables: Tables, state: VisitState, *keys: str, **how: bool) -> list[str]:
    state_loader.refresh_records(state, "rating", tables, keys, **how)
    return list(state.ratings)


def test_a_record_that_changed_came_or_went_is_brought_up_to_date_alone_and_in_order() -> None:
    tables = Tables(rating={"4/R2": rating("4"), "36/R2": rating("36")})
    state = state_loader.build(tables)
    untouched = state.ratings["36/R2"]
    tables.held["rating"] |= {"4/R2": rating("4", value="na"), "36/R2": rating("36", value="na"), "14/R2": rating("14")}
    assert refreshed(tables, state, "4/R2", "14/R2") == ["4/R2", "14/R2", "36/R2"], "as numbers are read"
    assert state.ratings["4/R2"].value == "na" and state.ratings["36/R2"] is untouched
    del tables.held["rating"]["14/R2"]
    assert refreshed(tables, state, "14/R2", "never there/R2") == ["4/R2", "36/R2"]


def test_many_records_may_be_put_in_order_once_at_the_end() -> None:
    tables = Tables(rating={"36/R2": rating("36")})
    state = state_loader.build(tables)
    tables.held["rating"] |= {"4/R2": rating("4"), "100/R2": rating("100")}
    assert refreshed(tables, state, "100/R2", "4/R2", sort=False) == ["36/R2", "100/R2", "4/R2"]
    figure_cache.track(state)
    figure_cache._memories[id(state)].changes.clear()
    state_loader.sort_records(state, ["rating", "rating", "of a later version"])
    assert list(state.ratings) == ["4/R2", "36/R2", "100/R2"]
    assert figure_cache._memories[id(state)].changes == {"ratings": 1}


def test_figures_hear_of_every_refresh() -> None:
    tables = talked()
    state = state_loader.build(tables)
    figure_cache.track(state)
    assert set(quotes_by_interview(state)) == {"P1/R2", "P2/R2"}
    del tables.held["quote"]["Q1/R2"]
    state_loader.refresh_records(state, "rating", tables, ["4/R2"])
    assert set(quotes_by_interview(state)) == {"P1/R2", "P2/R2"}
    state_loader.refresh_records(state, "quote", tables, ["Q1/R2"])
    assert set(quotes_by_interview(state)) == {"P2/R2"}
    state.quotes.clear()
    state_loader.refresh_records(state, "of a later version", tables, ["x"])
    assert quotes_by_interview(state) == {}
