"""The extracts of the samples: nothing about a single person is in them, and everything that may be is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import msgspec
import pytest

from reviewapp.national import bounds
from reviewapp.national.extract import Choices, extract_of
from reviewapp.national.model import Extract
from reviewapp.national.sealed import plain_bytes
from reviewapp.visit.state import VisitState
from reviewapp.workspace.qda_export import agreed_to
from tests.core.report.fidelity import VISITS, third_round
from tests.core.report.sampled import sample_visit

STATES: dict[str, Callable[[], VisitState]] = {"sample": sample_visit, **VISITS}


def extract(state: VisitState) -> Extract:
    made = extract_of(state, Choices(team="T07", status="draft")).extract
    assert bounds.fault(made) == ""
    return made


def may_leave(state: VisitState) -> set[str]:
    """The words whose speakers agreed to a published report."""
    talks = {key for key, talk in state.interviews.items() if agreed_to(talk, "published")}
    return {quote.text.strip() for quote in state.quotes.values() if quote.interview in talks}


def everything_written(state: VisitState) -> Iterator[str]:
    """Every text that somebody typed into the visit, in any table of it."""
    for name in VisitState.__struct_fields__:
        table = getattr(state, name)
        if isinstance(table, dict) and name not in ("codebooks",):
            for record in table.values():
                for field, value in msgspec.to_builtins(record).items():
                    if isinstance(value, str) and field not in ("key", "id"):
                        yield value
    yield from (state.info.service, state.info.organisation, state.info.date)


@pytest.mark.parametrize("name", STATES)
def test_nothing_that_anybody_wrote_is_in_an_extract_but_what_was_agreed_to(name: str) -> None:
    state = STATES[name]()
    plain, allowed = plain_bytes(extract(state)), may_leave(state)
    words = {text.strip() for text in everything_written(state)} - allowed
    known = {state.instrument.edition, "12 months"}
    found = [text for text in words - known if " " in text and msgspec.json.encode(text)[1:-1] in plain]
    assert len(words) > 10
    assert found == []


@pytest.mark.parametrize("name", STATES)
def test_no_reviewer_is_in_an_extract_but_in_the_number_of_a_quote(name: str) -> None:
    state = STATES[name]()
    made = extract(state)
    without = msgspec.structs.replace(
        made, quotes=tuple(msgspec.structs.replace(one, record=f"q{n}") for n, one in enumerate(made.quotes))
    )
    plain = plain_bytes(without).decode()
    for code, person in state.people.items():
        assert not re.search(rf"\b{code}\b", plain)
        assert not person.name or person.name not in plain
    for key in state.ratings:
        assert f'"{key}"' not in plain


def test_the_sample_gives_what_its_speakers_agreed_to() -> None:
    state = sample_visit()
    made = extract(state)
    assert {quote.text for quote in made.quotes} == may_leave(state)
    assert len(made.quotes) == 26
    assert {basis: [v.basis for v in made.values.values()].count(basis) for basis in ("agreed", "peer")} == {
        "agreed": 43,
        "peer": 1,
    }
    assert len(plain_bytes(made)) < 20_000


def test_the_fidelity_sample_gives_scores_ranges_and_criteria() -> None:
    made = extract(third_round())
    assert all(value.lowest is not None and value.highest is not None for value in made.values.values())
    assert sum(len(value.criteria) for value in made.values.values()) > 20
