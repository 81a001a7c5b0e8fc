"""The team's sheet against the lead's own edits: in the journal both stand, with their authors, until settled."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reviewapp.plan import preview_return, record_return, remember_sent, sheet_of, since_sent
from reviewapp.visit.rules import HOST
from reviewapp.visit.statements import Action, Agreed
from reviewapp.workspace.conflicts import settle
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import Team
from tests.core.plan.plan_building import COLUMN


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lead's laptop of a visit with one action, closed; copied for every test."""
    team = Team(tmp_path_factory.mktemp("plan"))
    desk = team.desk("L1")
    desk.record(Agreed(standard="4", value="not_met"), Agreed(standard="14", value="not_met"))
    desk.record(Action(id="AP1", standard="4", action="Call sooner", owner="Manager", due="2026-09-30", status="open"))
    team.close()
    return team.folder


@pytest.fixture
def desk(prepared: Path, tmp_path: Path) -> Iterator[OpenVisit]:
    from reviewapp.workspace.laptop import Laptop
    from tests.core.homes import PASSPHRASE

    shutil.copytree(prepared / "L1", tmp_path / "L1")
    laptop = Laptop.open(tmp_path / "L1", PASSPHRASE)
    desk = laptop.open_visit(laptop.visits()[0].id)
    yield desk
    desk.close()


def sent(desk: OpenVisit, folder: Path) -> Path:
    """The sheet as it goes out now."""
    path = folder / "plan.xlsx"
    path.write_bytes(sheet_of(desk))
    return path


def fill(path: Path, row_id: str, **values: Any) -> Path:
    """What the team types into a row."""
    book = openpyxl.load_workbook(path)
    sheet = book["Action plan"]
    number = next(cell.row for cell in sheet[COLUMN["id"]] if cell.value == row_id)
    for field, value in values.items():
        cell = sheet[f"{COLUMN[field]}{number}"]
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
    book.save(path)
    return path


def bring(desk: OpenVisit, path: Path) -> dict[str, list[dict[str, Any]]]:
    found = preview_return(desk, path)
    record_return(desk, found)
    return found.told()


def versions(desk: OpenVisit, field: str, key: str = "AP1") -> set[tuple[str, Any]]:
    (conflict,) = [c for c in desk.state.conflicts if (c.entity, c.key, c.field) == ("action", key, field)]
    return {(value.person, value.value) for value in conflict.values}


def test_what_the_team_changed_is_said_by_the_team(desk: OpenVisit, tmp_path: Path) -> None:
    bring(desk, fill(sent(desk, tmp_path), "AP1", owner="Deputy"))
    assert [(i.person, i.value) for i in desk.history("action", "AP1") if i.field == "owner"] == [
        ("L1", "Manager"), (HOST, "Deputy"),
    ]  # fmt: skip
    assert desk.me == "L1"
    assert desk.state.conflicts == ()


def test_a_clash_with_the_leads_own_edit_is_a_conflict_with_both_authors(desk: OpenVisit, tmp_path: Path) -> None:
    path = fill(sent(desk, tmp_path), "AP1", owner="Deputy", due="01/10/2026", progress="Begun")
    desk.record(Action(id="AP1", owner="Director", due="2026-12-01"))
    told = bring(desk, path)
    assert [one["field"] for one in told["conflicts"]] == ["owner", "due"]
    assert versions(desk, "owner") == {("L1", "Director"), (HOST, "Deputy")}
    assert versions(desk, "due") == {("L1", "2026-12-01"), (HOST, "2026-10-01")}
    assert desk.state.actions["AP1"].progress == "Begun"


def test_a_settled_clash_is_not_opened_again_by_the_same_sheet(desk: OpenVisit, tmp_path: Path) -> None:
    path = fill(sent(desk, tmp_path), "AP1", owner="Deputy")
    desk.record(Action(id="AP1", owner="Director"))
    bring(desk, path)
    assert bring(desk, path)["conflicts"] == [], "while it is open it is here already"
    mine = next(v for v in desk.state.conflicts[0].values if v.person == "L1")
    settle(desk, "action", "AP1", "owner", entry=mine.entry, reason="agreed by phone")
    assert desk.state.conflicts == ()
    assert {k: v for k, v in bring(desk, path).items() if v} == {}
    assert desk.state.actions["AP1"].owner == "Director"


def test_undo_takes_the_whole_sheet_back_and_it_can_be_taken_again(desk: OpenVisit, tmp_path: Path) -> None:
    path = fill(sent(desk, tmp_path), "AP1", owner="Deputy", progress="Begun")
    fill(path, "AP-14", action="Write it down")
    desk.record(Action(id="AP1", owner="Director"))
    before = dict(desk.state.actions)
    bring(desk, path)
    assert len(desk.state.actions) == 2
    desk.undo()
    assert (desk.state.actions, desk.state.conflicts) == (before, ())
    told = bring(desk, path)
    assert [len(told[name]) for name in ("changed", "new", "conflicts")] == [1, 1, 1]
    assert desk.state.actions["AP-14"].action == "Write it down"
    desk.undo()
    desk.redo()
    assert desk.state.actions["AP-14"].action == "Write it down"


def test_what_the_lead_changed_while_the_preview_stood_open_is_not_lost(desk: OpenVisit, tmp_path: Path) -> None:
    found = preview_return(desk, fill(sent(desk, tmp_path), "AP1", owner="Deputy"))
    desk.record(Action(id="AP1", owner="Director"))
    record_return(desk, found)
    assert versions(desk, "owner") == {("L1", "Director"), (HOST, "Deputy")}


def test_what_was_being_typed_is_not_lost_either(desk: OpenVisit, tmp_path: Path) -> None:
    found = preview_return(desk, fill(sent(desk, tmp_path), "AP1", owner="Deputy"))
    desk.save_draft(Action(id="AP1", owner="Director"))
    record_return(desk, found)
    assert versions(desk, "owner") == {("L1", "Director"), (HOST, "Deputy")}


def test_a_change_and_its_way_back_by_the_lead_is_no_clash(desk: OpenVisit, tmp_path: Path) -> None:
    path = fill(sent(desk, tmp_path), "AP1", owner="Deputy")
    desk.record(Action(id="AP1", owner="Director"))
    desk.undo()
    assert bring(desk, path)["conflicts"] == []
    assert (desk.state.actions["AP1"].owner, desk.state.conflicts) == ("Deputy", ())


def test_a_change_to_an_action_the_lead_deleted_waits_for_the_lead(desk: OpenVisit, tmp_path: Path) -> None:
    path = fill(sent(desk, tmp_path), "AP1", owner="Deputy")
    desk.record(Action(id="AP1", deleted=True))
    told = bring(desk, path)
    assert [one["why"] for one in told["conflicts"]] == ["the action was removed since it was sent"]
    assert (HOST, False) in versions(desk, "deleted") and ("L1", True) in versions(desk, "deleted")
    assert desk.state.actions["AP1"].owner == "Deputy"


def test_a_row_both_began_apart_stands_with_both_texts(desk: OpenVisit, tmp_path: Path) -> None:
    path = fill(sent(desk, tmp_path), "AP-14", action="Theirs", owner="Deputy")
    desk.record(Action(id="AP-14", standard="14", action="Ours"))
    told = bring(desk, path)
    assert [one["field"] for one in told["conflicts"]] == ["action"]
    assert versions(desk, "action", "AP-14") == {("L1", "Ours"), (HOST, "Theirs")}
    assert desk.state.actions["AP-14"].owner == "Deputy"


def test_the_team_does_not_settle_a_conflict_it_was_not_told_of(desk: OpenVisit, tmp_path: Path) -> None:
    path = fill(sent(desk, tmp_path), "AP1", owner="Deputy")
    desk.record(Action(id="AP1", owner="Director"))
    bring(desk, path)
    again = fill(sent(desk, tmp_path), "AP1", owner="Third")
    assert [one["field"] for one in bring(desk, again)["conflicts"]] == ["owner"]
    assert versions(desk, "owner") == {("L1", "Director"), (HOST, "Deputy"), (HOST, "Third")}


def test_a_mark_of_another_field_cannot_take_its_place(desk: OpenVisit, tmp_path: Path) -> None:
    """A sheet is a file anybody can alter: an entry of another record is never named as seen."""
    head = next(i for i in desk.history("agreed", "4") if i.field == "value").entry
    found = preview_return(desk, fill(sent(desk, tmp_path), "AP1", owner="Deputy"))
    assert head not in {entry for entries in found.seen.values() for entry in entries}
    from reviewapp.plan.sent_versions import Versions

    assert Versions(desk.history("action", "AP1")).known("owner", (head[:16],)) == ()


def test_priority_follows_impact_and_effort_until_somebody_chooses_another(desk: OpenVisit, tmp_path: Path) -> None:
    told = bring(desk, fill(sent(desk, tmp_path), "AP1", impact="High", effort="low"))
    assert {(one["field"], one["to"]) for one in told["changed"]} == {
        ("impact", "high"), ("effort", "low"), ("priority", 1),
    }  # fmt: skip
    bring(desk, fill(sent(desk, tmp_path), "AP1", effort="high"))
    assert desk.state.actions["AP1"].priority == 2
    desk.record(Action(id="AP1", priority=1))
    bring(desk, fill(sent(desk, tmp_path), "AP1", impact="low"))
    assert (desk.state.actions["AP1"].impact, desk.state.actions["AP1"].priority) == ("low", 1)


def test_a_new_row_takes_its_priority_from_impact_and_effort(desk: OpenVisit, tmp_path: Path) -> None:
    bring(desk, fill(sent(desk, tmp_path), "AP-14", action="Write it down", impact="medium", effort="high"))
    assert desk.state.actions["AP-14"].priority == 3


def test_what_changed_since_the_sheet_went_out_is_known_without_asking_a_clock(desk: OpenVisit, tmp_path: Path) -> None:
    assert since_sent(desk) is None
    path = fill(sent(desk, tmp_path), "AP1", status="in progress", progress="Begun")
    remember_sent(desk, "2026-11-21")
    fill(path, "AP-14", action="Write it down")
    bring(desk, path)
    now = since_sent(desk)
    assert now is not None
    assert (now.on, dict(now.fields), now.new) == (
        "2026-11-21", {("AP1", "status"): "open", ("AP1", "progress"): ""}, ("AP-14",),
    )  # fmt: skip
    desk.undo()
    undone = since_sent(desk)
    assert undone is not None and (dict(undone.fields), undone.new) == ({}, ())


def test_the_next_sheet_shows_what_was_reported_when(desk: OpenVisit, tmp_path: Path) -> None:
    bring(desk, fill(sent(desk, tmp_path), "AP1", progress="Begun"))
    book = openpyxl.load_workbook(sent(desk, tmp_path))
    sheet = book["Progress so far"]
    assert [sheet.cell(2, column).value for column in (1, 2, 4, 5)] == ["4", "Call sooner", "the team", "Begun"]
    assert sheet.protection.sheet and sheet.freeze_panes == "B2"
    assert bring(desk, sent(desk, tmp_path))["unknown"] == []
