"""`visit paperwork`, and what `visit status` says of the team's reach: for the team, and blind as everything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.cli.support import Shell


@pytest.fixture
def laptops(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """L1 and R2 on a visit by the invented scale."""
    shell = Shell(tmp_path, capsys)
    shell.visit = shell(
        "L1", "visit", "new", "--instrument", "example-fidelity-8", "--service", "Example team", "--organisation",
        "Example trust", "--date", "2026-05-12", "--person", "L1:lead", "--person", "R2:clinician",
    ).strip()  # fmt: skip
    shell("L1", "visit", "pack", shell.visit, tmp_path / "pack", "--phrase-file", tmp_path / "phrase")
    shell("R2", "visit", "join-as", tmp_path / "pack", "--as", "R2", "--phrase-file", tmp_path / "phrase")
    return shell


def test_what_to_look_up_in_documents_is_one_list_and_says_what_is_open(laptops: Shell) -> None:
    laptops.record(
        "L1",
        '{"kind":"criterion","standard":"5","criterion":"a","source":"document","value":"met"}\n'
        '{"kind":"criterion","standard":"5","criterion":"b","source":"manager","value":"met"}\n'
        '{"kind":"criterion","standard":"5","criterion":"c","source":"document","value":"not_established"}\n',
        me="L1",
    )
    found = laptops.json("L1", "visit", "paperwork", laptops.visit)["example-fidelity-8"]
    places = [f"{one['standard']}{one['criterion']}" for one in found]
    assert places == ["1a", "1d", "1e", "5a", "5b", "5c", "5d", "6a", "6b", "7a", "7b", "8d"]
    assert [f"{one['standard']}{one['criterion']}" for one in found if one["looked_at"]] == ["5a"]
    assert {one["first"] for one in found} == {False}
    printed = laptops("L1", "visit", "paperwork", laptops.visit)
    assert "5 a  Visits on working days in the daytime. (looked at)" in printed
    assert "5 b  Visits on working days until late. (open)" in printed


def test_at_a_later_round_the_papers_for_what_is_asked_first_come_first(laptops: Shell, tmp_path: Path) -> None:
    laptops.record(
        "L1",
        "".join(f'{{"kind":"agreed","standard":"{n}","value":3,"reason":"r"}}\n' for n in range(1, 9))
        + '{"kind":"goal","id":"G1","text":"Later","standards":["5"],"chosen_by":"team"}\n',
        me="L1",
    )
    later = laptops("L1", "visit", "new", "--after", laptops.visit, "--date", "2026-11-12").strip()
    found = laptops.json("L1", "visit", "paperwork", later)["example-fidelity-8"]
    first = [one["standard"] for one in found if one["first"]]
    assert "5" in first and first == [one["standard"] for one in found[: len(first)]]


def test_standards_without_criteria_need_no_papers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shell = Shell(tmp_path, capsys)
    visit = shell(
        "L1", "visit", "new", "--instrument", "core-fidelity-2", "--service", "Example team", "--organisation",
        "Example trust", "--date", "2026-05-12", "--person", "L1:lead",
    ).strip()  # fmt: skip
    assert shell.json("L1", "visit", "paperwork", visit) == {"core-fidelity-2": []}
    assert "no criterion" in shell("L1", "visit", "paperwork", visit)
    assert "reach" not in shell.json("L1", "visit", "status", visit)


def test_what_lies_outside_the_teams_control_is_counted_beside_an_unchanged_total(laptops: Shell) -> None:
    scores = {"1": 5, "2": 4, "5": 2, "7": 1}
    laptops.record(
        "L1",
        "".join(f'{{"kind":"rating","standard":"{n}","value":{value}}}\n' for n, value in scores.items()),
        me="L1",
    )
    before = laptops.json("L1", "visit", "status", laptops.visit)
    assert before["reach"] == {"below_highest": 3, "with_context": 0, "within": 3}
    laptops.record(
        "L1",
        '{"kind":"local_context","standard":"7","text":"posts are frozen"}\n'
        '{"kind":"local_context","standard":"1","text":"scored 5 all the same"}\n',
        me="L1",
    )
    after = laptops.json("L1", "visit", "status", laptops.visit)
    assert after["reach"] == {"below_highest": 3, "with_context": 1, "within": 2}
    assert after["figures"]["score"] == before["figures"]["score"]
    printed = laptops("L1", "visit", "status", laptops.visit)
    assert "of 3 items below the highest score, local context is given for 1; 2 are within the team's reach" in printed


def test_before_the_meeting_neither_tells_what_others_found(laptops: Shell, tmp_path: Path) -> None:
    laptops.record(
        "L1",
        '{"kind":"criterion","standard":"5","criterion":"a","source":"document","value":"met"}\n'
        '{"kind":"goal","id":"G1","text":"Later","standards":["5"],"chosen_by":"team"}\n'
        '{"kind":"rating","standard":"5","value":2}\n',
        me="L1",
    )
    laptops("L1", "visit", "return", laptops.visit, tmp_path / "L1.rvreturn")
    laptops("R2", "visit", "merge", laptops.visit, tmp_path / "L1.rvreturn")
    found = laptops.json("R2", "visit", "paperwork", laptops.visit)["example-fidelity-8"]
    assert not any(one["looked_at"] for one in found)
    status = laptops.json("R2", "visit", "status", laptops.visit)
    assert "reach" not in status
    (goal,) = status["programme"]["goals"]
    assert goal["standards"][0]["now"] is None
    assert laptops.json("L1", "visit", "status", laptops.visit)["programme"]["goals"][0]["standards"][0]["now"] == 2
