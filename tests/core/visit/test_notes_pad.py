"""The notes pad: a sorted line moves, and two laptops that sort the same pad lose no line and have none twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.base.errors import Invalid
from reviewapp.visit.notes_pad import (
    NOTES,
    back_to_pad,
    in_versions,
    keep_under,
    lines_to_sort,
    put_together,
    sort_lines,
    under_several,
)
from reviewapp.visit.state import AnswerRecord, Conflict, ConflictValue, VisitState
from reviewapp.visit.statements import Answer
from tests.core.visit.building import instrument, talk, visit

P1 = "P1/R2"
QUESTIONS = ("PT1", "PT2")
LINES = ["came late", "was told nothing", "daughter was asked", "kind nurse"]
Texts = dict[str, str]


def state_of(texts: Texts, *others: Texts) -> VisitState:
    """A visit in which these texts of the interview stand; `others` are those of laptops that did not know of them."""
    state = visit(instrument({"1": "1"}), talks=[talk(P1, "patient")])
    for prompt in {prompt for one in (texts, *others) for prompt in one}:
        values = list(dict.fromkeys(one.get(prompt, "") for one in (texts, *others)))
        key = f"P1/{prompt}/R2"
        text = "\n\n[other version] ".join(values)
        state.answers[key] = AnswerRecord(key=key, person="R2", interview=P1, prompt=prompt, text=text)
        if len(values) > 1:
            said = tuple(ConflictValue(value=v, person="R2", at="", entry=v) for v in values)
            state.conflicts = (*state.conflicts, Conflict(entity="answer", key=key, field="text", values=said))
    return state


def after(texts: Texts, statements: Sequence[Answer]) -> Texts:
    return texts | {one.prompt: str(one.text) for one in statements}


def joined(base: Texts, one: Texts, other: Texts) -> VisitState:
    """What stands when both laptops are brought together: what only one changed is that one's."""
    mine = {p: one[p] if one.get(p, "") != base.get(p, "") else other.get(p, "") for p in {*one, *other}}
    theirs = {p: other[p] if other.get(p, "") != base.get(p, "") else one.get(p, "") for p in {*one, *other}}
    return state_of(mine, theirs)


def plain(state: VisitState) -> Texts:
    return {one.prompt: one.text for one in state.answers.values()}


def all_lines(texts: Texts) -> Counter[str]:
    return Counter(line for text in texts.values() for line in text.splitlines())


def test_a_sorted_line_leaves_the_pad_and_is_added_to_its_question() -> None:
    base = {NOTES: "\n".join(LINES), "PT1": "asked twice"}
    texts = after(base, sort_lines(state_of(base), P1, [LINES[1]], "PT1"))
    assert texts == {NOTES: "\n".join([LINES[0], *LINES[2:]]), "PT1": f"asked twice\n{LINES[1]}"}
    again = after(texts, back_to_pad(state_of(texts), P1, LINES[1], "PT1"))
    assert all_lines(again) == all_lines(base) and again["PT1"] == "asked twice"


def test_a_line_that_is_not_on_the_pad_is_not_sorted() -> None:
    with pytest.raises(Invalid):
        sort_lines(state_of({NOTES: "came late"}), P1, ["came early"], "PT1")


def test_a_line_typed_twice_is_sorted_once() -> None:
    base = {NOTES: "yes\nyes"}
    assert after(base, sort_lines(state_of(base), P1, ["yes"], "PT1")) == {NOTES: "yes", "PT1": "yes"}


choices = st.dictionaries(st.sampled_from(LINES), st.sampled_from(QUESTIONS))


def sort_all(base: Texts, chosen: dict[str, str]) -> Texts:
    texts = base
    for line, question in chosen.items():
        texts = after(texts, sort_lines(state_of(texts), P1, [line], question))
    return texts


@given(mine=choices, theirs=choices, swapped=st.booleans())
def test_two_laptops_that_sort_the_same_pad_lose_no_line_and_have_none_twice(
    mine: dict[str, str], theirs: dict[str, str], swapped: bool
) -> None:
    base = {NOTES: "\n".join(LINES), "PT1": "asked twice", "PT2": ""}
    one, other = sort_all(base, mine), sort_all(base, theirs)
    state = joined(base, *((other, one) if swapped else (one, other)))
    sorted_somewhere = {*mine, *theirs}
    assert lines_to_sort(state, P1) == [line for line in LINES if line not in sorted_somewhere]

    texts = after(plain(state), put_together(state, P1))
    state = state_of(texts)
    assert not in_versions(state, P1)
    twice = {line for line in mine.keys() & theirs.keys() if mine[line] != theirs[line]}
    assert {found.line for found in under_several(state, P1)} == twice
    for found in under_several(state, P1):
        texts = after(texts, keep_under(state_of(texts), P1, found.line, mine[found.line]))
    assert all_lines(texts) == all_lines(base)


def test_a_line_that_is_added_while_another_laptop_sorts_stays_on_the_pad() -> None:
    base = {NOTES: "came late\nkind nurse"}
    one = sort_all(base, {"came late": "PT1"})
    other = base | {NOTES: "came late\nkind nurse\nno letter"}
    state = joined(base, one, other)
    texts = after(plain(state), put_together(state, P1))
    assert texts[NOTES].splitlines() == ["kind nurse", "no letter"] and texts["PT1"] == "came late"
