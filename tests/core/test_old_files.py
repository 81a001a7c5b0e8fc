"""What an earlier state of the program wrote opens in this one, and says what it said (`tests/fixtures/README.md`)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reviewapp.plan import preview_return, record_return
from reviewapp.visit.statements import Action, Goal, Rating
from reviewapp.workspace.laptop import Laptop
from reviewapp.workspace.open_visit import OpenVisit

FIXTURES = Path(__file__).parent.parent / "fixtures"
STATES = sorted(path.name for path in FIXTURES.iterdir() if path.is_dir())


@dataclass
class Old:
    """The files of one state, and a copy of its home, unlocked."""

    files: Path
    about: dict[str, Any]
    laptop: Laptop

    @property
    def visit(self) -> str:
        visit: str = self.about["visit"]
        return visit


@pytest.fixture(params=STATES)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Old:
    files = FIXTURES / str(request.param)
    about = json.loads((files / "about.json").read_text(encoding="utf-8"))
    shutil.copytree(files / "home", tmp_path / "home")
    return Old(files, about, Laptop.open(tmp_path / "home", about["passphrase"]))


@pytest.fixture
def visit(old: Old) -> Iterator[OpenVisit]:
    visit = old.laptop.open_visit(old.visit)
    yield visit
    visit.close()


def missing(before: Any, now: Any, path: str = "status") -> list[str]:
    """Where `now` does not say what `before` said; what it says beyond that does not matter."""
    if isinstance(before, dict) and isinstance(now, dict):
        return [text for key in before for text in missing(before[key], now.get(key), f"{path}.{key}")]
    if isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        pairs = enumerate(zip(before, now, strict=True))
        return [text for at, (one, other) in pairs for text in missing(one, other, f"{path}[{at}]")]
    return [] if before == now else [f"{path}: {before!r} is now {now!r}"]


def test_there_are_files_of_an_earlier_state() -> None:
    assert "47522ef" in STATES


def test_an_old_store_opens_and_says_what_it_said(old: Old, visit: OpenVisit) -> None:
    before = old.about["status"]
    before["report"]["benchmark"].pop("notes")  # remarks of the program on a national report, not words of the visit
    assert missing(before, json.loads(json.dumps(visit.status()))) == []
    assert [check.name for check in visit.check_integrity() if not check.ok] == []


def test_what_was_being_typed_then_is_found_and_kept(old: Old, visit: OpenVisit) -> None:
    assert [line.values() for line in visit.drafts()] == [{"text": old.about["draft"]}]
    visit.commit_drafts()
    assert visit.state.passages["summary"].text == old.about["draft"]


def test_work_goes_on_in_an_old_store(visit: OpenVisit) -> None:
    before = len(visit.history("rating", "1/L1"))
    visit.record(Rating(standard="1", value="na", note="Written by a later program."))
    visit.undo()
    assert len(visit.history("rating", "1/L1")) > before
    assert [check.name for check in visit.check_integrity() if not check.ok] == []


def test_an_old_home_opens_with_its_recovery_code(old: Old) -> None:
    laptop = Laptop.recover(old.laptop.home.folder, old.about["recovery_code"], "another passphrase")
    assert [summary.id for summary in laptop.visits()] == [old.visit]


def test_an_old_sheet_of_the_plan_comes_in(old: Old, visit: OpenVisit, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(old.files / "plan.xlsx")
    sheet = book["Action plan"]
    (spare,) = (row for row in sheet.iter_rows(min_row=2) if row[12].value == "AP-x01")
    spare[0].value, spare[3].value = "47", "Ring back the same day"
    book.save(tmp_path / "plan.xlsx")
    found = preview_return(visit, tmp_path / "plan.xlsx")
    assert [(line.id, line.standard, line.action) for line in found.lines] == [
        ("AP-x01", "47", "Ring back the same day")
    ]
    record_return(visit, found)
    visit.record(Goal(id="G1", text="Calls are answered", standards=["47"]), Action(id="AP-x01", goal="G1"))
    assert visit.state.actions["AP-x01"].goal == "G1"


def test_an_old_return_is_joined(old: Old, visit: OpenVisit) -> None:
    receipt = visit.merge(old.files / "R3.rvreturn")
    assert receipt.reason is None
    assert any(key.endswith("/R3") for key in visit.state.ratings)


def test_an_old_pack_begins_a_laptop_that_takes_old_returns_and_receipts(old: Old, tmp_path: Path) -> None:
    laptop, _ = Laptop.create(tmp_path / "R2", "a passphrase for tests")
    laptop.import_pack(old.files / "visit.rvpack", me="R2", phrase=old.about["phrase"])
    visit = laptop.open_visit(old.visit)
    try:
        for name in ("R2.rvreturn", "R3.rvreturn", "L1.rvreceipt"):
            assert visit.merge(old.files / name).reason is None, name
    finally:
        visit.close()


def test_an_old_backup_is_restored(old: Old, tmp_path: Path) -> None:
    laptop, _ = Laptop.create(tmp_path / "new", "a passphrase for tests")
    visit_id = laptop.restore(old.files / "L1.rvbackup", old.about["passphrase"])
    visit = laptop.open_visit(visit_id)
    try:
        assert missing(old.about["status"]["figures"], json.loads(json.dumps(visit.status()))["figures"]) == []
    finally:
        visit.close()


def test_an_old_rolling_backup_is_restored_over_its_own_visit(old: Old) -> None:
    (backup,) = (old.laptop.home.folder / "visits" / old.visit / "backups").iterdir()
    assert old.laptop.restore(backup, old.about["passphrase"]) == old.visit
