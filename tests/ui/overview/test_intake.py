"""What the team sends before the day is taken in on Overview, or refused whole beside its button."""

from __future__ import annotations

from pathlib import Path

import ui.widgets.file_dialogs
from reviewapp.instruments.library import builtin
from reviewapp.intake import template
from tests.core.report.building import earlier_status
from tests.ui.overview.support import opened, sheet_button
from tests.ui.support import App


def test_taking_in_a_sheet_is_one_step_that_undo_takes_back(before: App, tmp_path: Path) -> None:
    page = opened(before)
    for name, rated in (("first.csv", "Met"), ("self-review.csv", "Not met")):
        sheet = tmp_path / name
        sheet.write_text(f"standard,rating,comment\n47,{rated},from {name}\n113,{rated},\n", encoding="utf-8")
        ui.widgets.file_dialogs.NEXT_ANSWERS.append([sheet])
        sheet_button(page, "Import", "self_review").click()
        before.settle()
    page.intake.sheets["self_review"].take.click()  # the second one overwrites the first, and says so before
    before.settle()
    undo, redo = before.window.actions_.undo, before.window.actions_.redo
    assert undo.text() == "&Undo importing self-review.csv"
    undo.trigger()
    assert {rec.value for rec in before.visit.state.self_review.values()} == {"met"}
    assert before.visit.state.self_review["47"].comment == "from first.csv"
    undo.trigger()
    assert "Not received yet" in page.intake._have["self_review"].text()
    redo.trigger()
    redo.trigger()
    assert {rec.value for rec in before.visit.state.self_review.values()} == {"not_met"}
    said = before.visit.history("self_review", "47")
    assert {item.person for item in said} == {"host"}, "the team's own word stays the team's through undo and redo"
    before.visit.write_return(tmp_path / "L1.rvreturn")
    before.visit.backup(tmp_path / "copy.rvbackup")


def test_an_empty_sheet_goes_out_and_comes_back_filled(before: App, tmp_path: Path) -> None:
    page = opened(before)
    sheet = tmp_path / "self-review.csv"
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([sheet])
    sheet_button(page, "Blank form", "self_review").click()
    before.settle()
    lines = sheet.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Standard")
    filled = template("self_review", builtin()[0], ".csv").decode("utf-8-sig").replace("\r\n", "\n").splitlines()
    filled[1] = filled[1].removesuffix(",,") + ",Met,We checked"
    sheet.write_text("\n".join(filled), encoding="utf-8")
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([sheet])
    sheet_button(page, "Import", "self_review").click()
    before.settle()
    assert before.visit.state.self_review["1"].value == "met"
    assert {item.person for item in before.visit.history("self_review", "1")} == {"host"}
    assert before.visit.me == "L1"
    assert page.intake._have["self_review"].text().startswith("1 of 44")


def test_a_sheet_that_is_not_right_is_refused_whole_beside_the_button(before: App, tmp_path: Path) -> None:
    page = opened(before)
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("Standard,Rating\n1,Perhaps\n", encoding="utf-8")
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([wrong])
    sheet_button(page, "Import", "self_review").click()
    before.settle()
    assert page.intake.errors["self_review"].isVisible()
    assert "cell B2" in page.intake.errors["self_review"].label.text()
    assert not before.visit.state.self_review


def test_the_figures_of_the_visit_before_are_taken_in_and_undone(before: App, tmp_path: Path) -> None:
    page = opened(before)
    assert page.intake._have["previous"].text().startswith("None imported")
    saved = tmp_path / "report.json"
    saved.write_bytes(earlier_status())
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([saved])
    sheet_button(page, "Import", "previous").click()
    before.settle()
    assert "12 November 2024" in page.intake._have["previous"].text()
    assert {item.person for item in before.visit.history("context", "previous_visit")} == {"L1"}
    before.window.actions_.undo.trigger()
    assert page.intake._have["previous"].text().startswith("None imported")


def test_a_file_that_is_no_earlier_visit_is_refused_beside_the_button(before: App, tmp_path: Path) -> None:
    page = opened(before)
    for name, content in (("other.json", b"{}"), ("later.json", earlier_status(date="2027-01-01"))):
        (tmp_path / name).write_bytes(content)
        ui.widgets.file_dialogs.NEXT_ANSWERS.append([tmp_path / name])
        sheet_button(page, "Import", "previous").click()
        before.settle()
        assert page.intake.errors["previous"].isVisible()
    assert not sheet_button(page, "Blank form", "previous").isVisible()
