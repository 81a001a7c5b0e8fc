"""Coding on the command line, and the round trip through a project for other programs."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from reviewapp.qda.read_project import read_project
from reviewapp.qda.write import write_project
from tests.core.cli.support import Shell
from tests.core.qda.schemas import valid

TALK = "\n".join(
    json.dumps(one)
    for one in (
        {"kind": "interview", "id": "P1", "group": "patient", "people": 1, "consent_notes": True,
         "consent_quotes": True, "consent_circulation": True},
        {"kind": "answer", "interview": "P1", "prompt": "P01", "text": "They came late \U0001f600."},
        {"kind": "quote", "id": "Q1", "interview": "P1", "text": "nobody rang", "standards": ["151"]},
        {"kind": "interview", "id": "P2", "group": "patient", "people": 1, "consent_quotes": True},
        {"kind": "quote", "id": "Q2", "interview": "P2", "text": "not for everybody"},
        {"kind": "coding", "unit": "quote/Q1/R2", "themes": ["T2", "T1"], "memo": "a late visit"},
        {"kind": "coding", "unit": "answer/P1/P01/R2", "themes": []},
    )
)  # fmt: skip


@pytest.fixture
def coded(shell: Shell) -> Shell:
    shell.record("R2", TALK, me="R2")
    return shell


def test_themes_are_told_as_two_tables(coded: Shell) -> None:
    found = coded.json("R2", "visit", "themes", coded.visit)
    assert found["codebooks"] == ["crisis-team-features"] and found["coders"] == ["R2"]
    assert found["units"] == {"all": 3, "coded": 2, "by_two": 0}
    assert found["agreement"]["overall"]["alpha"] is None and found["open"] == []
    cell = found["groups"]["T2"]["patient"]
    assert (cell["people"], cell["units"], cell["neutral"]) == (1, 1, 1)
    assert "not computable" in coded("R2", "visit", "themes", coded.visit)


def test_the_lead_chooses_codebooks(coded: Shell) -> None:
    coded("L1", "visit", "codebook", coded.visit, "crisis-team-practice")
    assert "Working as a crisis team" in coded.err
    coded("R2", "visit", "codebook", coded.visit, "crisis-team-practice", code=1)
    coded("L1", "visit", "codebook", coded.visit, "nowhere", code=1)
    coded("L1", "visit", "codebook", coded.visit, "crisis-team-practice", "--remove")
    coded("L1", "visit", "codebook", coded.visit, "crisis-team-practice", "--remove", code=1)


def test_only_what_was_agreed_to_goes_out(coded: Shell, tmp_path: Path) -> None:
    path = tmp_path / "visit.qdpx"
    told = coded.json("R2", "visit", "qdpx", coded.visit, path)
    assert (told["conversations"], told["units"], told["codings"], told["replaced"]) == (1, 2, 2, 1)
    assert told["left_out"] == {"no_consent": 1}
    assert valid(path.read_bytes(), "Project.xsd") and b"not for everybody" not in path.read_bytes()
    project = read_project(path.read_bytes(), "visit.qdpx").project
    assert [user.name for user in project.users] == ["Coder 1"]
    assert [one.text for source in project.sources for one in source.selections] == [
        "They came late [GRINNING FACE].", "nobody rang",
    ]  # fmt: skip
    assert coded.json("R2", "visit", "qdpx", coded.visit, path, "--consent", "quotes")["units"] == 3
    assert coded.json("R2", "visit", "qdpx", coded.visit, path, "--consent", "published")["units"] == 0
    coded("R2", "visit", "qdpx", coded.visit, path, "--coders")
    assert read_project(path.read_bytes(), "visit.qdpx").project.users[0].name == "R2 Example name"


def test_what_is_withdrawn_names_the_projects_that_may_still_hold_it(coded: Shell, tmp_path: Path) -> None:
    path = tmp_path / "visit.qdpx"
    coded("R2", "visit", "qdpx", coded.visit, path)
    coded("R2", "visit", "withdraw", coded.visit, "quote", "Q1/R2", "--reason", "asked for it")
    assert f"may still hold it: {path}" in coded.err


def test_a_laptop_that_hears_of_a_withdrawal_names_the_projects_it_wrote_itself(coded: Shell, tmp_path: Path) -> None:
    project, work = tmp_path / "lead.qdpx", tmp_path / "work"
    coded("R2", "visit", "return", coded.visit, work)
    coded("L1", "visit", "merge", coded.visit, work)
    coded.record("L1", '{"kind": "coding", "unit": "quote/Q1/R2", "themes": ["T2"], "memo": "nobody rang"}', me="L1")
    coded("L1", "visit", "qdpx", coded.visit, project)
    coded("R2", "visit", "withdraw", coded.visit, "quote", "Q1/R2", "--reason", "asked for it")
    coded("R2", "visit", "return", coded.visit, work)
    coded("L1", "visit", "merge", coded.visit, work)
    assert f"may still hold what was withdrawn: {project}" in coded.err
    assert "nobody rang" not in coded("L1", "visit", "history", coded.visit, "coding", "quote/Q1/R2/L1")
    coded("L1", "visit", "qdpx", coded.visit, project)
    coded("L1", "visit", "merge", coded.visit, work)
    assert "may still hold" not in coded.err, "written anew it holds nothing of it"


def test_a_project_comes_back_without_a_difference_and_twice_changes_nothing(coded: Shell, tmp_path: Path) -> None:
    path = tmp_path / "visit.qdpx"
    coded("R2", "visit", "qdpx", coded.visit, path)
    found = coded.json("R2", "visit", "coding", coded.visit, path)
    assert (found["matched"], found["new"], found["already_here"], found["unmatched"]) == (2, 0, 1, [])
    assert (found["offset_rule"], found["sure"], found["ignored"]) == ("code-point/crlf-1", 1.0, {})
    before = coded.json("R2", "visit", "status", coded.visit)["digest"]
    coded("R2", "visit", "coding", coded.visit, path)
    assert coded.json("R2", "visit", "status", coded.visit)["digest"] == before


def test_what_somebody_coded_elsewhere_is_the_importers_unless_claimed(coded: Shell, tmp_path: Path) -> None:
    path = tmp_path / "visit.qdpx"
    coded("R2", "visit", "qdpx", coded.visit, path)
    project = read_project(path.read_bytes(), "visit.qdpx").project
    other = msgspec.structs.replace(project.users[0], guid="11111111-2222-4333-8444-555555555555", name="Somebody")
    text = write_project(msgspec.structs.replace(project, users=(other,))).data
    path.write_bytes(text)
    preview = coded.json("R2", "visit", "coding", coded.visit, path, "--coder", "Somebody=R4", "--preview")
    assert preview["coders"] == {"Somebody": "R4"}
    coded("R2", "visit", "coding", coded.visit, path, "--coder", "Nobody=R4", code=1)
    assert "nobody in the file is called 'Nobody'" in coded.err
    coded("R2", "visit", "coding", coded.visit, path, "--coder", "Somebody=R9", code=1)
    coded("R2", "visit", "coding", coded.visit, tmp_path / "missing.qdpx", code=1)
