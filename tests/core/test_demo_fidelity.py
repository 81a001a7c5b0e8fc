"""The fidelity sample is played through three real installations, each round begun from the one before."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reviewapp.demo import MARKER, DemoResult, play_fidelity
from reviewapp.figures.examples import examples_at
from reviewapp.figures.follow_up import programme_view
from reviewapp.figures.goals import chosen_goals, open_goals
from reviewapp.figures.item_scores import item_scores
from reviewapp.national.extract import Choices, extract_of
from reviewapp.report.proofreading import proofread
from reviewapp.visit.state import VisitState
from reviewapp.workspace.laptop import Laptop

PASSPHRASE = "a passphrase for the example only"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for it."""
    made: Path = tmp_path_factory.mktemp("demo")
    return made


@pytest.fixture(scope="module")
def played(out: Path) -> DemoResult:
    """The sample, played once."""
    return play_fidelity(out, passphrase=PASSPHRASE, progress=lambda _: None)


@pytest.fixture(scope="module")
def states(played: DemoResult) -> list[VisitState]:
    """Each round as the lead's laptop holds it."""
    laptop, found = Laptop.open(played.lead_home, PASSPHRASE), []
    for number in played.visits:
        with closing(laptop.open_visit(number)) as visit:
            found.append(visit.state)
    return found


def test_three_laptops_end_with_the_same_entries_of_every_round(played: DemoResult) -> None:
    for number in played.visits:
        digests = set()
        for code, folder in played.homes.items():
            with closing(Laptop.open(folder, PASSPHRASE).open_visit(number)) as visit:
                assert visit.me == code
                digests.add(visit.status()["digest"])
        assert len(digests) == 1
    assert (played.visit, len(played.visits)) == (played.visits[-1], 3)


def test_the_rounds_stand_side_by_side(out: Path, played: DemoResult) -> None:
    found: Any = json.loads((out / "rounds.json").read_text(encoding="utf-8"))
    told = [(one["label"], one["planned"], one["held"], one["total"], one["band"]) for one in found["rounds"]]
    assert told == [
        ("baseline", "2025-06-03", "2025-06-03", 18, "low"),
        ("6 months", "2025-12-02", "2026-01-13", None, None),
        ("12 months", "2026-06-09", "2026-06-16", 29, "moderate"),
    ]
    assert {one["standard"]: one["values"] for one in found["items"]} == {
        "1": [3, None, 4], "2": [2, 3, 4], "3": [2, 3, 4], "4": [2, 3, 3], "5": [2, None, 3], "6": [3, None, 4],
        "7": [2, 1, 3], "8": [2, 2, 4],
    }  # fmt: skip


def test_scores_follow_from_what_was_found_and_one_is_given_with_a_reason(states: list[VisitState]) -> None:
    for state in (states[0], states[2]):
        assert state.conflicts == ()
        items = item_scores(state)
        assert [number for number, one in items.items() if one.differs] == ["5"]
        assert set(items["5"].reasons) >= {"L1", "R3", "agreed"}
        assert [number for number, one in items.items() if one.derived is None] == ["2"]
        assert "not_established" in items["2"].criteria.values()
    assert [number for number, one in item_scores(states[1]).items() if one.score is None] == ["1", "5", "6"]
    assert item_scores(states[1])["8"].criteria["c"] == "not_established"


def test_three_goals_are_followed_and_what_was_asked_has_an_answer(states: list[VisitState]) -> None:
    assert [goal.id for goal in chosen_goals(states[0])] == ["G1", "G2", "G3"]
    assert [goal.id for goal in open_goals(states[2])] == ["G2", "G5", "G6"]
    ended = [goal for goal in chosen_goals(states[2]) if goal.status == "reached"]
    assert [(goal.id, goal.ended) for goal in ended] == [("G1", "2026-07-14"), ("G3", "2026-07-14")]
    view = programme_view(states[2], "2026-12-01")
    assert view.scoping is not None and (view.scoping.days_late, view.scoping.absent) == (14, ())
    meetings = view.follow_up.meetings
    assert (meetings.planned, meetings.held, meetings.cancelled, meetings.next_planned) == (5, 3, 1, "2027-01-12")
    assert [(one.id, one.open) for one in view.follow_up.escalations] == [("X2", True), ("X1", False)]
    assert [one.id for one in view.follow_up.not_told] == ["S2"]
    assert [(one.kind, one.absent) for one in view.presence.occasions] == [
        ("scoping", ()), ("meeting", ("carers",)), ("learning_event", ()), ("meeting", ("patients", "carers")),
        ("meeting", ("patients",)),
    ]  # fmt: skip
    assert [(one.id, one.post) for one in view.handovers] == [("H1", "facilitator")]
    assert set(examples_at(states[2])) == {"5", "7"} and set(states[2].shared_practice) == {"3"}
    assert view.warnings == ("the scoping day was 14 days later than planned",)


def test_the_documents_are_written_and_nothing_stops_them(out: Path, played: DemoResult) -> None:
    names = [
        "draft-report.pdf", "draft-report.docx", "draft-report.html", "report.json", "action-plan.xlsx",
        "status.json", "scoping-day.pdf",
        "meetings.pdf", "brief-for-new-staff.pdf", "brief-for-managers.pdf", "team-profile.pdf", "rounds.json",
    ]  # fmt: skip
    assert [path.name for path in played.documents] == names
    assert all(path.stat().st_size > 1000 for path in played.documents)
    with closing(Laptop.open(played.lead_home, PASSPHRASE).open_visit(played.visit)) as visit:
        found = proofread(visit.state)
    assert [one for one in found if one.severity == "stop"] == []


def test_playing_again_clears_all_three_visits(out: Path, played: DemoResult) -> None:
    marker = json.loads((out / "homes" / MARKER).read_text(encoding="utf-8"))
    assert [marker["visit"], *marker["more"]] == list(played.visits)


def test_what_the_last_round_gives_to_a_network(states: list[VisitState]) -> None:
    found = extract_of(states[-1], Choices(team="T07", status="draft"))
    extract = found.extract
    assert (extract.month, extract.round) == ("2026-06", "12 months")
    assert [(one.standards, bool(one.team)) for one in extract.practice] == [(("1",), True), (("2",), False)]
    assert found.staying.practice == {"host_said_no": ("8",), "not_asked": ("3",)}
    assert {one.group for one in extract.quotes} == {"patient", "carer", "staff"}
    assert sum(value.score or 0 for value in extract.values.values()) == 29
