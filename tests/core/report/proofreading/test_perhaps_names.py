"""Names that are proposed for the list: pairs with capitals and words after a title, and nothing usual."""

from __future__ import annotations

import pytest

from reviewapp.report.proofreading.perhaps_names import MOST, perhaps_names
from reviewapp.report.proofreading.texts import all_texts
from reviewapp.visit.state import KnownNameRecord, VisitState
from tests.core.report.proofreading.support import good, say, write


def proposed(state: VisitState) -> list[str]:
    return [one.name for one in perhaps_names(state, all_texts(state))]


def test_nothing_is_proposed_of_a_visit_without_names() -> None:
    assert proposed(good()) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The note by Ana Specimen was clear.", ["Ana Specimen"]),
        ("Blodwen O'Fiction rang on Monday Morning.", ["Blodwen O'Fiction"]),
        ("We met Dr Invented and Nurse Placeholder there.", ["Invented", "Placeholder"]),
        ("Siân Fictional-Person asked for a plan.", ["Siân Fictional-Person"]),
        ("Peer Support is missing. Staff Care too. Then Somebody left.", []),
        ("The NHS Trust, the CQC Report and Mental Health Act say so.", []),
    ],
)
def test_pairs_with_capitals_are_proposed(text: str, names: list[str]) -> None:
    state = good()
    write(state, "method", f"{text} A report on the mental health of somebody, and the morning after.")
    assert proposed(state) == names


def test_the_one_that_stands_in_most_texts_comes_first_and_says_where() -> None:
    state = good()
    write(state, "method", "Zoe Sample wrote this, with Ana Specimen.")
    say(state, "Q3/R2", "4", tone="positive", text="I like Zoe Sample best")
    first, second = perhaps_names(state, all_texts(state))
    assert (first.name, second.name) == ("Zoe Sample", "Ana Specimen")
    assert "and 1 other text" in first.where and "how the review was done" in second.where.casefold()


def test_what_is_on_the_list_is_not_proposed_again() -> None:
    state = good()
    write(state, "method", "Zoe Sample wrote this.")
    state.known_names["N1/L1"] = KnownNameRecord(key="N1/L1", person="L1", id="N1", name="Sample")
    assert proposed(state) == []


def test_a_long_list_is_cut_where_nobody_would_read_on() -> None:
    state = good()
    names = [f"{chr(65 + i)}xy Zzyx{chr(97 + i)}" for i in range(MOST + 5)]
    write(state, "method", ". ".join(f"It was {name}" for name in names))
    assert len(proposed(state)) == MOST
