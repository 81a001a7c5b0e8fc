"""Examples from other teams: only what a lead shared, only where the same was asked, only at items that scored low."""

from __future__ import annotations

import msgspec

from reviewapp.figures.examples import examples_at, low_items, offered_examples, shared_examples
from reviewapp.instruments.wording import wording_of
from reviewapp.visit.example_records import ExampleRecord, SharedPracticeRecord
from reviewapp.visit.state import VisitState
from tests.core.visit.building import scored_instrument, visit

SCALE = scored_instrument(4)


def here() -> VisitState:
    """Items 1 and 2 scored low and in the middle, 3 high; 4 is open."""
    return visit(SCALE, agreed={"1": 1, "2": 3, "3": 5})


def elsewhere(*shared: str, visit_id: str = "v9", service: str = "A team by the sea") -> VisitState:
    made = visit(SCALE)
    made.info = msgspec.structs.replace(made.info, id=visit_id, service=service)
    made.shared_practice = {
        n: SharedPracticeRecord(key=n, standard=n, text=f"Good at {n}.", team="by the sea") for n in shared
    }
    return made


def test_low_is_what_is_certain_to_be_no_higher_than_the_middle() -> None:
    assert low_items(here()) == ["1", "2"]


def test_what_another_team_shares_is_offered_at_low_items_only_and_once() -> None:
    state = here()
    lines = offered_examples(state, [elsewhere("1", "3", "4"), elsewhere(visit_id="v8", service="Shares nothing")])
    assert [(one.standard, one.text, one.team, one.source) for one in lines] == [
        ("1", "Good at 1.", "by the sea", "v9")
    ]
    (line,) = lines
    state.examples = {
        line.id: ExampleRecord(key=line.id, id=line.id, standard="1", text="Good at 1.", team="by the sea")
    }
    assert offered_examples(state, [elsewhere("1")]) == []
    assert {number: [one.text for one in found] for number, found in examples_at(state).items()} == {
        "1": ["Good at 1."]
    }


def test_the_same_team_offers_nothing_to_itself_nor_does_another_wording() -> None:
    state = here()
    assert offered_examples(state, [elsewhere("1", service=state.info.service.upper())]) == []
    other = elsewhere("1")
    asked = msgspec.structs.replace(other.instrument.standards[0], statement="Something else.")
    other.instrument = msgspec.structs.replace(other.instrument, standards=(asked, *other.instrument.standards[1:]))
    assert offered_examples(state, [other]) == []


def test_what_is_shared_becomes_lines_that_say_what_was_asked() -> None:
    (line,) = shared_examples(elsewhere("2"))
    assert (line.standard, line.asks) == ("2", wording_of(SCALE.standards[1]))
    assert line.id == shared_examples(elsewhere("2"))[0].id
    assert shared_examples(here()) == []


def test_an_example_at_an_item_that_is_not_low_any_more_is_not_shown() -> None:
    state = here()
    state.examples = {"X1": ExampleRecord(key="X1", id="X1", standard="3", text="Good at 3.")}
    assert examples_at(state) == {}
