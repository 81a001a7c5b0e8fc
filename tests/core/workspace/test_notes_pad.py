"""The notes pad on real laptops: undone as one change, kept as answers are, and gone when the words are taken back."""

from __future__ import annotations

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.visit.notes_pad import NOTES, in_versions, lines_to_sort, put_together, sort_lines
from reviewapp.visit.statements import Answer, Interview
from reviewapp.workspace.open_visit import OpenVisit
from reviewapp.workspace.withdrawal import withdraw
from tests.core.every_byte import every_byte
from tests.core.homes import Team
from tests.core.workspace.support import exchange


def listen(visit: OpenVisit, *lines: str) -> str:
    """An interview with these lines on its pad; returns its key."""
    visit.record(
        Interview(id="P1", group="patient", consent_notes=True),
        Answer(interview="P1", prompt=NOTES, text="\n".join(lines)),
    )
    return f"P1/{visit.me}"


def sort(visit: OpenVisit, key: str, line: str, prompt: str) -> None:
    visit.record(*sort_lines(visit.state, key, [line], prompt))


def answer(visit: OpenVisit, key: str, prompt: str) -> str:
    number, _, person = key.partition("/")
    return visit.state.answers[f"{number}/{prompt}/{person}"].text


def test_sorting_lines_is_one_change_that_is_undone_as_one(team: Team) -> None:
    visit = team.visit("R2")
    key = listen(visit, "came late", "was told nothing")
    sort(visit, key, "came late", "P01")
    assert (answer(visit, key, NOTES), answer(visit, key, "P01")) == ("was told nothing", "came late")
    visit.undo()
    assert lines_to_sort(visit.state, key) == ["came late", "was told nothing"]
    assert f"P1/P01/{visit.me}" not in visit.state.answers


def test_a_pad_is_refused_where_notes_were_not_agreed_to(team: Team) -> None:
    visit = team.visit("R2")
    visit.record(Interview(id="P1", group="patient", consent_notes=False))
    with pytest.raises(Invalid):
        visit.record(Answer(interview="P1", prompt=NOTES, text="came late"))


def test_lines_of_a_pad_travel_and_are_found(team: Team) -> None:
    key = listen(team.visit("R2"), "came late", "was told nothing")
    team.tell("R2", "L1")
    lead = team.visit("L1")
    assert lines_to_sort(lead.state, key) == ["came late", "was told nothing"]
    assert [hit.key for hit in lead.find("told nothing")] == ["P1/notes/R2"]


def test_a_pad_sorted_on_two_laptops_of_one_person_keeps_every_line_once(team: Team) -> None:
    one, other = team.visit("R2"), team.another_laptop("again", me="R2")
    key = listen(one, "came late", "was told nothing", "kind nurse")
    team.certify("R2", "again")
    team.tell("R2", "L1", "again")
    sort(one, key, "came late", "P01")
    sort(one, key, "kind nurse", "P02")
    sort(other, key, "came late", "P01")
    sort(other, key, "was told nothing", "P01")
    team.tell("again", "R2")
    assert in_versions(one.state, key) and lines_to_sort(one.state, key) == []
    one.record(*put_together(one.state, key))
    assert not in_versions(one.state, key)
    texts = [text.text for text in one.state.answers.values()]
    assert sorted("\n".join(texts).split("\n")) == ["", "came late", "kind nurse", "was told nothing"]
    team.tell("R2", "again")
    assert not in_versions(other.state, key)


def test_withdrawn_lines_are_in_no_byte_of_any_home_whether_sorted_or_not(team: Team) -> None:
    visit = team.visit("R2")
    key = listen(visit, "plantedword came late", "plantedword told nothing")
    sort(visit, key, "plantedword came late", "P01")
    visit.save_draft(Answer(interview="P1", prompt=NOTES, text="plantedword half typed"))
    visit.find("planted")
    for code in ("R2", "R3"):
        exchange(team, code)
    withdraw(team.visit("R2"), "interview", key, reason="asked for it")
    for code in ("R2", "R3"):
        exchange(team, code)
    for code in ("R2", "L1", "R3"):
        held = every_byte(team.laptops[code].home)
        assert b"plantedword" not in held and b"tedword" not in held
