"""Before a sheet is taken in, and while somebody types, it is told what may identify a person, and never repeated."""

from __future__ import annotations

import msgspec

from reviewapp.visit.identifying import MOST_TOLD, hint, listed_names, places_in, told
from reviewapp.visit.state import KnownNameRecord, VisitState
from reviewapp.visit.statements import CaseNote, KnownName, SavedAnyway, SelfReview
from reviewapp.visit.validators import HOST
from tests.core.visit.building import scored_instrument, visit


def listing(*names: str) -> VisitState:

    known = {f"N{n}/L1": KnownNameRecord(key=f"N{n}/L1", person="L1", id=f"N{n}", name=x) for n, x in enumerate(names)}
    return msgspec.structs.replace(visit(scored_instrument(3)), known_names=known)


def test_a_hint_says_what_it_looks_like_and_not_what_it_is() -> None:
    said = hint("NHS9434765919, and Blodwen rang", ("Blodwen Example",))
    assert said == "This may identify someone: an NHS number (“94…”), a name from the list (“B…”)."
    assert hint("Standards 36 and 47 were kind.", ("Blodwen Example",)) == ""


def test_the_records_of_a_sheet_that_may_identify_somebody_are_told_with_their_place() -> None:
    lines = [
        SelfReview(standard="1", value="met", comment="ask Blodwen on 07700 900123"),
        SelfReview(standard="2", value="met", comment="nothing here"),
        CaseNote(id="9434765919"),
        KnownName(id="N2", name="Blodwen"),
    ]
    places = places_in(lines, listing("Blodwen Example"), HOST)
    assert [(place.entity, len(place.signs)) for place in places] == [("self_review", 2), ("case_note", 1)]
    said = told(places)
    assert said.startswith("3 things in it may identify someone: ")
    assert "standard 1" in said
    assert "9434765919" not in said and "Blodwen" not in said and "07700" not in said


def test_nothing_is_told_where_nothing_was_found() -> None:
    assert told(places_in([SelfReview(standard="1", comment="kind")], None, HOST)) == ""


def test_of_very_many_places_the_first_are_told_and_the_rest_counted() -> None:
    lines = [SelfReview(standard=str(n), comment="NHS9434765919") for n in range(40)]
    said = told(places_in(lines, None, HOST))
    assert said.startswith("40 things")
    assert "; and 28 more places. Remove it" in said
    assert "; and 1 more place. Remove it" in told(places_in(lines[: MOST_TOLD + 1], None, HOST))
    assert "more place" not in told(places_in(lines[:MOST_TOLD], None, HOST))


def test_what_is_told_of_a_sheet_is_whole_sentences() -> None:
    one = [KnownName(id="N2", name="Blodwen"), SelfReview(standard="1", comment="NHS9434765919")]
    ending = "Remove it, unless it belongs to a service."
    assert told(places_in(one, None, HOST)) == (
        f"1 thing in it may identify someone: an NHS number (“94…”) in the team's own rating of standard 1. {ending}"
    )
    more = [*one, CaseNote(id="9434765919"), SelfReview(standard="2", comment="Blodwen, 07700 900123")]
    assert told(places_in(more, listing("Blodwen Example"), HOST)) == (
        "4 things in it may identify someone: an NHS number (“94…”) in the team's own rating of standard 1; "
        "an NHS number (“94…”) in case note …; "
        "a telephone number (“07…”), a name from the list (“B…”) in the team's own rating of standard 2. " + ending
    )


def test_every_text_of_a_list_is_looked_at_and_a_place_is_written_for_programs() -> None:
    line = SavedAnyway(id="D1", document="report", findings=["fine", "ask 07700 900123"])
    (place,) = places_in([line], None, "L1")
    assert place.as_json() == {
        "entity": "saved_anyway", "key": "D1/L1",
        "signs": [{"begins": "07", "looks_like": "a telephone number"}],
    }  # fmt: skip


def test_a_name_left_empty_is_not_looked_for() -> None:
    assert listed_names(listing("Blodwen Example", " ")) == ("Blodwen Example",)
    assert listed_names(None) == ()
