"""The sample visit is played through four real installations, and nothing of somebody else's is ever cleared away."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from reviewapp.base.errors import ReviewError
from reviewapp.demo import MARKER, DemoResult, play
from reviewapp.national.extract import Choices, extract_of
from reviewapp.report.proofreading import proofread
from reviewapp.visit.rules import HOST
from reviewapp.workspace.laptop import Laptop

PASSPHRASE = "a passphrase for the example only"


def silent(_: str) -> None:
    """Nobody is watching."""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which an earlier demonstration was interrupted."""
    folder: Path = tmp_path_factory.mktemp("demo")
    (folder / "homes" / "L1").mkdir(parents=True)
    (folder / "homes" / MARKER).write_text('{"visit":""}')
    (folder / "homes" / "L1" / "half-written").write_text("left over")
    (folder / "notes.txt").write_text("not ours")
    return folder


@pytest.fixture(scope="module")
def played(out: Path) -> DemoResult:
    """The sample visit, played once."""
    return play(out, passphrase=PASSPHRASE, progress=silent)


@pytest.fixture(scope="module")
def status(out: Path, played: DemoResult) -> Any:
    """`status.json` as it was written."""
    return json.loads((out / "status.json").read_text(encoding="utf-8"))


def test_an_interrupted_demonstration_is_replaced_and_other_files_stay(out: Path, played: DemoResult) -> None:
    assert not (out / "homes" / "L1" / "half-written").exists()
    assert (out / "notes.txt").read_text() == "not ours"


def test_four_laptops_end_with_the_same_entries(played: DemoResult, status: Any) -> None:
    digests = {}
    for code, folder in played.homes.items():
        with closing(Laptop.open(folder, PASSPHRASE).open_visit(played.visit)) as visit:
            assert visit.me == code
            digests[code] = visit.status()["digest"]
    assert list(digests) == ["L1", "R2", "R3", "R4"]
    assert set(digests.values()) == {status["digest"]}


def test_the_meeting_was_opened_before_anything_was_agreed(played: DemoResult) -> None:
    for folder in played.homes.values():
        with closing(Laptop.open(folder, PASSPHRASE).open_visit(played.visit)) as visit:
            assert visit.state.meeting_opened
            assert visit.state.late == frozenset()


def test_the_proof_reader_stops_nothing_in_the_sample_and_says_the_same_on_every_laptop(played: DemoResult) -> None:
    ids = set()
    for folder in played.homes.values():
        with closing(Laptop.open(folder, PASSPHRASE).open_visit(played.visit)) as visit:
            found = proofread(visit.state)
        assert [one.why for one in found if one.severity == "stop"] == []
        assert [one.why for one in found if one.rule == "hard_to_read"] == []
        ids.add(tuple(one.id for one in found))
    assert len(ids) == 1


def test_the_documents_can_be_left_out(tmp_path: Path) -> None:
    result = play(tmp_path, passphrase=PASSPHRASE, progress=silent, documents=False)
    assert result.documents == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["homes", "packs"]


def test_every_return_is_taken_whole(played: DemoResult) -> None:
    assert [receipt.from_.person for receipt in played.receipts] == ["R2", "R3", "R4"]
    for receipt in played.receipts:
        counts = receipt.entries
        assert (receipt.reason, counts.refused, receipt.conflicts) == (None, 0, [])
        assert counts.in_ == counts.new + counts.already_here


def test_the_six_documents_are_written(out: Path, played: DemoResult) -> None:
    names = [
        "draft-report.pdf",
        "draft-report.docx",
        "draft-report.html",
        "report.json",
        "action-plan.xlsx",
        "status.json",
    ]
    assert [path.name for path in played.documents] == names
    assert [path.parent for path in played.documents] == [out] * 6
    starts = [(out / name).read_bytes()[:4] for name in (*names[:2], names[4])]
    assert starts == [b"%PDF", b"PK\x03\x04", b"PK\x03\x04"]
    assert json.loads((out / "report.json").read_text(encoding="utf-8"))["status"] == "draft"


def test_the_figures_are_those_of_44_standards(status: Any) -> None:
    by_type = status["figures"]["by_type"]
    values = ("met", "not_met", "na", "unrated")
    assert {name: sum(counts[v] for v in values) for name, counts in by_type.items()} == {"1": 24, "2": 19, "3": 1}
    assert [status["figures"]["overall"][v] for v in values] == [34, 9, 1, 0]
    assert status["figures"]["basis_counts"] == {"agreed": 43, "peer": 1}


def test_the_day_reaches_its_targets(status: Any) -> None:
    progress = status["progress"]
    done = {group: counts["done"] for group, counts in progress["interviews"].items()}
    assert done == {"patient": 3, "carer": 3, "staff": 4, "manager": 1, "other_service": 0}
    assert progress["case_notes"] == {"done": 10, "target": 10}
    assert all(counts["rated"] >= 38 for counts in progress["people"].values())
    assert status["conflicts"] == []
    assert len(status["disagreements"]) == 9


def test_the_teams_own_claims_are_said_by_the_team(played: DemoResult) -> None:
    with closing(Laptop.open(played.lead_home, PASSPHRASE).open_visit(played.visit)) as visit:
        for entity, key in (("self_review", "119"), ("survey", "carer/167"), ("context", "caseload")):
            assert {item.person for item in visit.history(entity, key)} == {HOST}
        assert {item.person for item in visit.history("agreed", "119")} == {"L1"}


def test_what_people_said_can_be_read_in_no_file_of_a_home(played: DemoResult) -> None:
    planted = [b"tomatoes", b"penicillin", b"doorstep with the engine", b"Example Crisis"]
    for folder in played.homes.values():
        for path in folder.rglob("*"):
            content = path.read_bytes() if path.is_file() else b""
            assert [word for word in planted if word in content] == [], path


def test_somebody_elses_homes_are_refused_and_kept(tmp_path: Path) -> None:
    theirs = tmp_path / "homes" / "keep.txt"
    theirs.parent.mkdir()
    theirs.write_text("mine")
    with pytest.raises(ReviewError, match="was not made by the demonstration"):
        play(tmp_path, passphrase=PASSPHRASE, progress=silent)
    assert theirs.read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["homes"]


def test_a_marker_that_is_not_ours_opens_nothing(tmp_path: Path) -> None:
    (tmp_path / "homes").mkdir()
    (tmp_path / "homes" / MARKER).write_text("{")
    with pytest.raises(ReviewError, match="was not made by the demonstration"):
        play(tmp_path, passphrase=PASSPHRASE, progress=silent)


def test_a_real_visit_begun_in_an_example_home_is_never_cleared_away(tmp_path: Path) -> None:
    homes = tmp_path / "homes"
    for visit in ("sample", "real"):
        (homes / "R2" / "visits" / visit).mkdir(parents=True)
    (homes / MARKER).write_bytes(msgspec.json.encode({"visit": "sample"}))
    with pytest.raises(ReviewError, match="another visit besides the sample"):
        play(tmp_path, passphrase=PASSPHRASE, progress=silent)
    assert (homes / "R2" / "visits" / "real").is_dir()


def test_homes_that_lead_elsewhere_are_refused(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / MARKER).write_bytes(msgspec.json.encode({"visit": ""}))
    (tmp_path / "homes").symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(ReviewError, match="link to another place"):
        play(tmp_path, passphrase=PASSPHRASE, progress=silent)
    assert (elsewhere / MARKER).exists()


def test_what_the_sample_gives_to_a_network(played: DemoResult) -> None:
    with closing(Laptop.open(played.lead_home, PASSPHRASE).open_visit(played.visit)) as visit:
        found = extract_of(visit.state, Choices(team="T07", status="draft"))
    assert [(one.standards, bool(one.team)) for one in found.extract.practice] == [(("47",), True), (("153",), False)]
    assert found.staying.practice == {"not_asked": ("171",)}
    assert len(found.extract.quotes) == 26 and len(found.staying.quotes["no_consent"]) == 16
