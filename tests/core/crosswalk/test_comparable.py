"""Between two wordings only what is equal and the same or reworded is compared; everything else is told with why."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewapp.crosswalk.comparable import ComparablePair, comparable
from reviewapp.crosswalk.model import CHANGES, RELATIONS
from tests.core.crosswalk.building import SCORED, crosswalk, numbered, pair

OLD = numbered("a", "1", "2", "3", "4", "5", "6")
NEW = numbered("a", "1", "2", "3", "4", "7", "8", edition="second")


def test_on_one_wording_everything_is_compared() -> None:
    found = comparable(OLD, OLD, None)
    assert [one.now for one in found.pairs] == ["1", "2", "3", "4", "5", "6"] and found.same_wording
    assert found.not_comparable == ()


def test_without_a_crosswalk_nothing_is_and_all_of_it_is_told() -> None:
    found = comparable(OLD, NEW, None)
    assert found.pairs == () and (found.left_out("before"), found.left_out("now")) == (6, 6)
    assert comparable(OLD, SCORED, crosswalk(OLD, SCORED, pair("1", "1", "equal", change="same"))).pairs == ()


def test_only_equal_and_the_same_or_reworded_are_compared_and_the_rest_has_its_reason() -> None:
    walk = crosswalk(
        OLD, NEW, pair("1", "1", "equal", change="same"), pair("2", "2", "equal", change="reworded"),
        pair("3", "3", "equal", change="type changed"), pair("4", "4", "overlaps", change="reworded"),
        pair("5", "7", "contains", change="split"), pair("5", "8", "contains", change="split"),
    )  # fmt: skip
    found = comparable(OLD, NEW, walk)
    assert found.pairs == (ComparablePair("1", "1"), ComparablePair("2", "2"), ComparablePair("3", "3", False))
    assert {(one.standard, one.side): one.why for one in found.not_comparable} == {
        ("4", "before"): "how the two relate: partial", ("5", "before"): "it was split",
        ("6", "before"): "nobody has looked at it", ("4", "now"): "how the two relate: partial",
        ("7", "now"): "it was split", ("8", "now"): "it was split",
    }  # fmt: skip
    assert found.in_words() == "3 standards are compared; 3 of the earlier visit and 3 of this one cannot be"
    assert comparable(OLD, NEW, walk.flipped()) == found


def test_a_standard_whose_type_differs_is_not_compared_within_its_type_whatever_the_row_says() -> None:
    standards = tuple(msgspec.structs.replace(s, type="2") if s.number == "1" else s for s in NEW.standards)
    new = msgspec.structs.replace(NEW, standards=standards)
    found = comparable(OLD, new, crosswalk(OLD, new, pair("1", "1", "equal", change="same")))
    assert found.pairs == (ComparablePair("1", "1", False),)


def test_what_is_equal_to_several_or_not_said_to_be_the_same_is_not_compared() -> None:
    walk = crosswalk(
        OLD, NEW, pair("1", "1", "equal", change="same"), pair("1", "2", "equal", change="same"),
        pair("3", "3", "equal"), pair("4", "", "none", change="dropped"), pair("", "8", "none", change="new"),
        pair("6", "7", "equal", change="same", from_criterion="a"),
    )  # fmt: skip
    found = comparable(OLD, NEW, walk)
    why = {one.standard: one.why for one in found.not_comparable if one.side == "before"}
    assert found.pairs == ()
    assert (why["1"], why["3"], why["4"], why["6"]) == (
        "it is equal to several", "what became of it between the editions is not said", "it was dropped",
        "nobody has looked at it",
    )  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["1", "2", "3"]), st.sampled_from(["1", "2", "7"]),
            st.sampled_from([one for one in RELATIONS if one != "none"]), st.sampled_from(CHANGES),
        ),
        max_size=6, unique_by=lambda row: row[:2],
    )
)  # fmt: skip
def test_every_standard_of_both_is_either_compared_or_told(rows: list[tuple[str, str, str, str]]) -> None:
    walk = crosswalk(OLD, NEW, *(pair(a, b, relation, change=change) for a, b, relation, change in rows))
    found = comparable(OLD, NEW, walk)
    before = [one.before for one in found.pairs] + [o.standard for o in found.not_comparable if o.side == "before"]
    now = [one.now for one in found.pairs] + [o.standard for o in found.not_comparable if o.side == "now"]
    assert sorted(before) == sorted(s.number for s in OLD.standards)
    assert sorted(now) == sorted(s.number for s in NEW.standards)
