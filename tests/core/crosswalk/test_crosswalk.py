"""A crosswalk is read in both directions from one row a pair, and says how much of it somebody has looked at."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewapp.base.errors import Invalid
from reviewapp.crosswalk.check import check
from reviewapp.crosswalk.model import (
    CHANGES,
    PROPOSED,
    RELATIONS,
    by_side,
    completeness,
    relation_in_words,
)
from reviewapp.instruments.editions import edition_of
from tests.core.crosswalk.building import crosswalk, numbered, pair

A = numbered("a", "1", "2", "3", "4")
B = numbered("b", "10", "20", "30")


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["1", "2", "3"]), st.sampled_from(["10", "20"]),
            st.sampled_from([one for one in RELATIONS if one != "none"]), st.sampled_from(CHANGES),
        ),
        max_size=8,
    )
)  # fmt: skip
def test_read_from_the_other_side_twice_it_is_itself(rows: list[tuple[str, str, str, str]]) -> None:
    walk = crosswalk(A, B, *(pair(a, b, relation, change=change) for a, b, relation, change in rows))
    assert walk.flipped().flipped() == walk
    assert len(walk.flipped().links()) == len(walk.links())


def test_what_is_covered_covers_when_read_from_the_other_side() -> None:
    walk = crosswalk(A, B, pair("1", "10", "within"), pair("2", "10", "equal"), pair("3", "", "none"))
    assert [(p.from_, p.to, p.relation) for p in walk.flipped().pairs] == [
        ("10", "1", "contains"), ("10", "2", "equal"), ("", "3", "none"),
    ]  # fmt: skip
    assert walk.read_from(edition_of(B)) == walk.flipped() and walk.read_from(edition_of(A)) == walk


def test_every_link_is_shown_never_only_the_last() -> None:
    walk = crosswalk(A, B, pair("1", "10"), pair("1", "20"), pair("2", "10"))
    assert [p.to for p in by_side(walk.pairs, lambda p: p.from_)["1"]] == ["10", "20"]
    assert [p.from_ for p in by_side(walk.pairs, lambda p: p.to)["10"]] == ["1", "2"]


def test_completeness_tells_none_from_not_looked_at() -> None:
    walk = crosswalk(A, B, pair("1", "10"), pair("1", "20"), pair("2", "", "none"), pair("", "30", "none"))
    found = completeness(walk, A)
    assert found.in_words() == "2 of 4 looked at, 1 linked, 1 none"
    assert found.open == ("3", "4")
    assert completeness(walk.flipped(), B).in_words() == "3 of 3 looked at, 2 linked, 1 none"


def test_a_criterion_without_counterpart_leaves_its_standard_open() -> None:
    walk = crosswalk(A, B, pair("1", "", "none", from_criterion="b"))
    assert completeness(walk, A).looked_at == 0


def test_the_words_of_each_relation_differ() -> None:
    assert len({relation_in_words(one) for one in RELATIONS}) == len(RELATIONS)


def test_what_comes_with_the_program_stays_a_proposal_until_somebody_puts_their_name_there() -> None:
    walk = crosswalk(A, B, pair("1", "10", author=PROPOSED), pair("2", "20"))
    assert walk.proposed() == 1


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([pair("9", "10")], "standard '9' does not exist in a (first)"),
        ([pair("1", "99")], "standard '99' does not exist in b (first)"),
        ([pair("1", "10"), pair("1", "10", "equal")], "the same pair is in row 1 of the crosswalk as overlaps"),
        ([pair("1", "10"), pair("1", "10")], "the same pair is in row 1"),
        ([pair("1", "10"), pair("1", "", "none")], "standard 1 has no counterpart here and one in row 1"),
        ([pair("1", "10"), pair("", "10", "none")], "standard 10 has no counterpart here and one in row 1"),
        ([pair("1", "10", reason=" ")], "the reason is missing"),
        ([pair("1", "10", author="")], "the author is missing"),
        ([pair("1", "10", date="")], "the date is missing"),
        ([pair("1", "10", date="30.9.2026")], "'30.9.2026' is not a date"),
        ([pair("1", "10", "none")], "none needs a standard on exactly one side"),
        ([pair("", "", "none")], "none needs a standard on exactly one side"),
        ([pair("1", "")], "overlaps needs a standard on both sides"),
        ([pair("1", "10", change="dropped")], "dropped does not fit overlaps"),
        ([pair("1", "", "none", change="reworded")], "reworded does not fit none"),
        ([pair("1", "10", from_criterion="a b")], "standard 1 has no criterion 'a b'"),
        ([pair("1", "10", reason="x" * 2001)], "the reason is longer than 2000 characters"),
    ],
)
def test_what_cannot_be_is_one_line_with_its_row(rows: list[object], words: str) -> None:
    with pytest.raises(Invalid) as told:
        check(crosswalk(A, B, *rows), A, B)  # type: ignore[arg-type]
    assert words in told.value.what and "row " in told.value.what


def test_a_crosswalk_needs_two_different_wordings() -> None:
    with pytest.raises(Invalid, match="both sides are the same standards"):
        check(crosswalk(A, A, pair("1", "2")), A, A)
    newer = numbered("a", "1", "2", edition="second")
    check(crosswalk(A, newer, pair("1", "1", "equal", change="same")), A, newer)
    with pytest.raises(Invalid, match="between other editions"):
        check(crosswalk(A, newer, pair("1", "1", "equal")), A, B)
