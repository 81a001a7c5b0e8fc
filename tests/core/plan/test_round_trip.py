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
    visit = team.visit("L1")
    visit.record(Agreed(standard="4", value="not_met"), Agreed(standard="14", value="not_met"))
    visit.record(Action(id="AP1", standard="4", action="Call sooner", owner="Manager", due="2026-09-30", status="open"))
    team.close()
    return team.folder


@pytest.fixture
def visit(prepared: Path, tmp_path: Path) -> Iterator[OpenVisit]:
    from reviewapp.workspace.laptop import Laptop
    from tests.core.homes import PASSPHRASE

    shutil.copytree(prepared / "L1", tmp_path / "L1")
    laptop = Laptop.open(tmp_path / "L1", PASSPHRASE)
    visit = laptop.open_visit(laptop.visits()[0].id)
    yield visit
    visit.close()


def sent(visit: OpenVisit, folder: Path) -> Path:
    """The sheet as it goes out now."""
    path = folder / "plan.xlsx"
    path.write_bytes(sheet_of(visit))
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


def bring(visit: OpenVisit, path: Path) -> dict[str, list[dict[str, Any]]]:
    found = preview_return(visit, path)
    record_return(visit, found)
    return found.as_lists()


def versions(visit: OpenVisit, field: str, key: str = "AP1") -> set[tuple[str, Any]]:
    (conflict,) = [c for c in visit.state.conflicts if (c.entity, c.key, c.field) == ("action", key, field)]
    return {(value.person, value.value) for value in conflict.values}


def test_what_the_team_changed_is_said_by_the_team(visit: OpenVisit, tmp_path: Path) -> None:
    bring(visit, fill(sent(visit, tmp_path), "AP1", owner="Deputy"))
    assert [(i.person, i.value) for i in visit.history("action", "AP1") if i.field == "owner"] == [
        ("L1", "Manager"), (HOST, "Deputy"),
    ]  # fmt: skip
    assert visit.me == "L1"
    assert visit.state.conflicts == ()


def test_a_clash_with_the_leads_own_edit_is_a_conflict_with_both_authors(visit: OpenVisit, tmp_path: Path) -> None:
    path = fill(sent(visit, tmp_path), "AP1", owner="Deputy", due="01/10/2026", progress="Begun")
    visit.record(Action(id="AP1", owner="Director", due="2026-12-01"))
    told = bring(visit, path)
    assert [one["field"] for one in told["conflicts"]] == ["owner", "due"]
    assert versions(visit, "owner") == {("L1", "Director"), (HOST, "Deputy")}
    assert versions(visit, "due") == {("L1", "2026-12-01"), (HOST, "2026-10-01")}
    assert visit.state.actions["AP1"].progress == "Begun"


def test_a_settled_clash_is_not_opened_again_by_the_same_sheet(visit: OpenVisit, tmp_path: Path) -> None:
    path = fill(sent(visit, tmp_path), "AP1", owner="Deputy")
    visit.record(Action(id="AP1", owner="Director"))
    bring(visit, path)
    assert bring(visit, path)["conflicts"] == [], "while it is open it is here already"
    mine = next(v for v in visit.state.conflicts[0].values if v.person == "L1")
    settle(visit, "action", "AP1", "owner", entry=mine.entry, reason="agreed by phone")
    assert visit.state.conflicts == ()
    assert {k: v for k, v in bring(visit, path).items() if v} == {}
    assert visit.state.actions["AP1"].owner == "Director"


def test_undo_takes_the_whole_sheet_back_and_it_can_be_taken_again(visit: OpenVisit, tmp_path: Path) -> None:
    path = fill(sent(visit, tmp_path), "AP1", owner="Deputy", progress="Begun")
    fill(path, "AP-14", action="Write it down")
    visit.record(Action(id="AP1", owner="Director"))
    before = dict(visit.state.actions)
    bring(visit, path)
    assert len(visit.state.actions) == 2
    visit.undo()
    assert (visit.state.actions, visit.state.conflicts) == (before, ())
    told = bring(visit, path)
    assert [len(told[name]) for name in ("changed", "new", "conflicts")] == [1, 1, 1]
    assert visit.state.actions["AP-14"].action == "Write it down"
    visit.undo()
    visit.redo()
    assert visit.state.actions["AP-14"].action == "Write it down"


def test_what_the_lead_changed_while_the_preview_stood_open_is_not_lost(visit: OpenVisit, tmp_path: Path) -> None:
    found = preview_return(visit, fill(sent(visit, tmp_path), "AP1", owner="Deputy"))
    visit.record(Action(id="AP1", owner="Director"))
    record_return(visit, found)
    assert versions(visit, "owner") == {("L1", "Director"), (HOST, "Deputy")}


def test_what_was_being_typed_is_not_lost_either(visit: OpenVisit, tmp_path: Path) -> None:
    found = preview_return(visit, fill(sent(visit, tmp_path), "AP1", owner="Deputy"))
    visit.save_draft(Action(id="AP1", owner="Director"))
    record_return(visit, found)
    assert versions(visit, "owner") == {("L1", "Director"), (HOST, "Deputy")}


def test_a_change_and_its_way_back_by_the_lead_is_no_clash(visit: OpenVisit, tmp_path: Path) -> None:
    path = fill(sent(visit, tmp_path), "AP1", owner="Deputy")
    visit.record(Action(id="AP1", owner="Director"))
    visit.undo()
    assert bring(visit, path)["conflicts"] == []
    assert (visit.state.actions["AP1"].owner, visit.state.conflicts) == ("Deputy", ())


def test_a_change_to_an_action_the_lead_deleted_waits_for_the_lead(visit: OpenVisit, tmp_path: Path) -> None:
    path = fill(sent(visit, tmp_path), "AP1", owner="Deputy")
    visit.record(Action(id="AP1", deleted=True))
    told = bring(visit, path)
    assert [one["why"] for one in told["conflicts"]] == ["the action was removed since it was sent"]
    assert (HOST, False) in versions(visit, "deleted") and ("L1", True) in versions(visit, "deleted")
    assert visit.state.actions["AP1"].owner == "Deputy"


def test_a_row_both_began_apart_stands_with_both_texts(visit: OpenVisit, tmp_path: Path) -> None:
    path = fill(sent(visit, tmp_path), "AP-14", action="Theirs", owner="Deputy")
    visit.record(Action(id="AP-14", standard="14", action="Ours"))
    told = bring(visit, path)
    assert [one["field"] for one in told["conflicts"]] == ["action"]
    assert versions(visit, "action", "AP-14") == {("L1", "Ours"), (HOST, "Theirs")}
    assert visit.state.actions["AP-14"].owner == "Deputy"


def test_the_team_does_not_settle_a_conflict_it_was_not_told_of(visit: OpenVisit, tmp_path: Path) -> None:
    path = fill(sent(visit, tmp_path), "AP1", owner="Deputy")
    visit.record(Action(id="AP1", owner="Director"))
    bring(visit, path)
    again = fill(sent(visit, tmp_path), "AP1", owner="Third")
    assert [one["field"] for one in bring(visit, again)["conflicts"]] == ["owner"]
    assert versions(visit, "owner") == {("L1", "Director"), (HOST, "Deputy"), (HOST, "Third")}


def test_a_mark_of_another_field_cannot_take_its_place(visit: OpenVisit, tmp_path: Path) -> None:
    """A sheet is a file anybody can alter: an entry of another record is never named as seen."""
    head = next(i for i in visit.history("agreed", "4") if i.field == "value").entry
    found = preview_return(visit, fill(sent(visit, tmp_path), "AP1", owner="Deputy"))
    assert head not in {entry for entries in found.seen.values() for entry in entries}
    from reviewapp.plan.sent_versions import Versions

    assert Versions(visit.history("action", "AP1")).known("owner", (head[:16],)) == ()


def test_priority_follows_impact_and_effort_until_somebody_chooses_another(visit: OpenVisit, tmp_path: Path) -> None:
    told = bring(visit, fill(sent(visit, tmp_path), "AP1", impact="High", effort="low"))
    assert {(one["field"], one["to"]) for one in told["changed"]} == {
        ("impact", "high"), ("effort", "low"), ("priority", 1),
    }  # fmt: skip
    bring(visit, fill(sent(visit, tmp_path), "AP1", effort="high"))
    assert visit.state.actions["AP1"].priority == 2
    visit.record(Action(id="AP1", priority=1))
    bring(visit, fill(sent(visit, tmp_path), "AP1", impact="low"))
    assert (visit.state.actions["AP1"].impact, visit.state.actions["AP1"].priority) == ("low", 1)


def test_a_new_row_takes_its_priority_from_impact_and_effort(visit: OpenVisit, tmp_path: Path) -> None:
    bring(visit, fill(sent(visit, tmp_path), "AP-14", action="Write it down", impact="medium", effort="high"))
    assert visit.state.actions["AP-14"].priority == 3


def test_what_changed_since_a_sheet_went_out_is_known_without_a_clock(visit: OpenVisit, tmp_path: Path) -> None:
    assert since_sent(visit) is None
    path = fill(sent(visit, tmp_path), "AP1", status="in progress", progress="Begun")
    remember_sent(visit, "2026-11-21")
    fill(path, "AP-14", action="Write it down")
    bring(visit, path)
    now = since_sent(visit)
    assert now is not None
    assert (now.on, dict(now.fields), now.new) == (
        "2026-11-21", {("AP1", "status"): "open", ("AP1", "progress"): ""}, ("AP-14",),
    )  # fmt: skip
    visit.undo()
    undone = since_sent(visit)
    assert undone is not None and (dict(undone.fields), undone.new) == ({}, ())


def test_the_next_sheet_shows_what_was_reported_when(visit: OpenVisit, tmp_path: Path) -> None:
    bring(visit, fill(sent(visit, tmp_path), "AP1", progress="Begun"))
    book = openpyxl.load_workbook(sent(visit, tmp_path))
    sheet = book["Progress so far"]
    assert [sheet.cell(2, column).value for column in (1, 2, 4, 5)] == ["4", "Call sooner", "the team", "Begun"]
    assert sheet.protection.sheet and sheet.freeze_panes == "B2"
    assert bring(visit, sent(visit, tmp_path))["unknown"] == []


def test_what_may_identify_somebody_in_the_teams_sheet_is_told_before_it_is_taken(
    visit: OpenVisit, tmp_path: Path
) -> None:
    path = fill(sent(visit, tmp_path), "AP1", progress="NHS9434765919 was rung", owner="Manager")
    found = preview_return(visit, path)
    assert [(place.entity, place.key, place.signs[0].begins) for place in found.identifying] == [
        ("action", "AP1", "94")
    ]
    assert "9434765919" not in str(found.as_json()["identifying"])
    assert preview_return(visit, sent(visit, tmp_path)).identifying == ()
