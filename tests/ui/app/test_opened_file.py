"""A file that is opened with the program leads to the page that takes it, once the program is unlocked."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import cast

import pytest

from reviewapp.plan.next_round import write_carry_over
from reviewapp.workspace.laptop import Laptop
from tests.ui.support import PASSPHRASE, PHRASE, App, Homes, Opener
from ui.app.opened_file import place_for
from ui.pages.bring_together.page import BringTogetherPage
from ui.pages.start.new_visit import NewVisit
from ui.pages.start.pack import TakePack
from ui.pages.start.page import StartPage
from ui.pages.start.restore import RestoreBackup


def unlocked_with(program: Opener, home: Path, file: Path) -> App:
    """As after a double click and the passphrase."""
    app = program(home, unlocked=False)
    app.window.restore_after_unlock(place_for(file, app.session.home))
    app.session.adopt(Laptop.open(app.session.home, PASSPHRASE))
    app.settle()
    return app


def empty_home(folder: Path) -> Path:
    Laptop.create(folder, PASSPHRASE)
    return folder


def problem(app: App) -> str:
    page = cast(StartPage, app.page)
    assert page.stack.currentWidget() is page.home
    return page.error.label.text()


def test_a_visit_pack_leads_to_the_form_that_takes_it(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = unlocked_with(program, empty_home(tmp_path / "empty"), homes.pack)
    form = cast(TakePack, cast(StartPage, app.page).stack.currentWidget())
    assert form.file.text() == "Chosen: visit.rvpack"
    form.phrase.setText(PHRASE)
    form.look.click()
    app.settle()
    assert len(form.group.buttons()) == 4


def test_a_return_leads_to_bringing_together_in_its_visit(program: Opener, homes: Homes) -> None:
    app = unlocked_with(program, homes.reviewer, homes.returns["R3"])
    page = cast(BringTogetherPage, app.page)
    assert page.join_button.isEnabled()
    assert page.join_button.text() == "Add this"
    before = app.visit._store.digest()
    page.join_button.click()
    app.settle()
    assert app.visit._store.digest() != before


def test_a_backup_leads_to_restoring_it(program: Opener, homes: Homes, tmp_path: Path) -> None:
    laptop = Laptop.open(homes.reviewer, PASSPHRASE)
    visit = laptop.open_visit(laptop.visits()[0].id)
    visit.backup(tmp_path / "visit.rvbackup")
    visit.close()
    app = unlocked_with(program, empty_home(tmp_path / "empty"), tmp_path / "visit.rvbackup")
    form = cast(RestoreBackup, cast(StartPage, app.page).stack.currentWidget())
    assert form.file.text() == "Chosen: visit.rvbackup"


def test_a_return_of_a_visit_that_is_not_here_says_what_to_do(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = unlocked_with(program, empty_home(tmp_path / "empty"), homes.returns["R3"])
    assert problem(app).startswith(
        "R3.rvreturn belongs to a visit that is not on this laptop. Join that visit with its visit pack"
    )


@pytest.mark.parametrize("content", [b"", b"no file of ours\n", b'{"reviewapp":"return","format":1,"visit":"../.."}\n'])
def test_a_file_that_is_not_ours_is_named_on_start(
    program: Opener, homes: Homes, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "holiday.review"
    path.write_bytes(content)
    assert "holiday.review" in problem(unlocked_with(program, homes.reviewer, path))


def test_a_stick_pulled_meanwhile_is_said_to_be_gone(program: Opener, homes: Homes, tmp_path: Path) -> None:
    assert "cannot be found" in problem(unlocked_with(program, homes.reviewer, tmp_path / "gone.rvpack"))


def test_a_carry_over_leads_to_a_new_visit_that_starts_from_it(program: Opener, homes: Homes, tmp_path: Path) -> None:
    shutil.copytree(homes.before, tmp_path / "lead")
    laptop = Laptop.open(tmp_path / "lead", PASSPHRASE)
    visit = laptop.open_visit(laptop.visits()[0].id)
    service = visit.state.info.service
    write_carry_over(visit, tmp_path / "team.carry", PHRASE)
    visit.close()
    app = unlocked_with(program, empty_home(tmp_path / "empty"), tmp_path / "team.carry")
    form = cast(NewVisit, cast(StartPage, app.page).stack.currentWidget())
    assert form.earlier.file.text() == "Chosen: team.carry" and form.service.text() == ""
    form.earlier.phrase.setText(PHRASE)
    form.earlier.open.click()
    app.settle()
    assert form.service.text() == service
