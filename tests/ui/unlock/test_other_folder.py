"""A second folder where the first does not open on the day, and a key file put back from a backup."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from reviewapp.base.paths import home_key_file, spare_key_files
from reviewapp.visit.statements import Rating
from reviewapp.workspace.laptop import Laptop
from reviewapp.workspace.open_visit import OpenVisit
from tests.ui.bring_together.support import fresh, open_visit_on
from tests.ui.support import PASSPHRASE, App, Homes, Opener, words_on
from tests.ui.unlock.support import unlock
from ui.pages.start.pack import TakePack, WritePack
from ui.pages.start.page import StartPage
from ui.unlock.ways import SUBFOLDER, folder_for
from ui.widgets.file_dialogs import NEXT_ANSWERS

NEW = "another passphrase here"


def go_elsewhere(app: App, folder: Path) -> None:
    NEXT_ANSWERS.append([folder])
    app.qtbot.mouseClick(app.window.unlock_screen.unlock.other.choose, Qt.MouseButton.LeftButton)


def begin(app: App) -> None:
    """Set the passphrase of the new folder and write the code down."""
    gate = app.window.unlock_screen
    app.keys(gate.first_run.new.first, NEW)
    app.keys(gate.first_run.new.second, NEW, Qt.Key.Key_Return)
    app.settle()
    app.qtbot.mouseClick(gate.recovery.written, Qt.MouseButton.LeftButton)
    app.qtbot.mouseClick(gate.recovery.button, Qt.MouseButton.LeftButton)


def test_a_forgotten_passphrase_is_gone_round_in_another_folder_that_asks_for_the_pack(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.reviewer, unlocked=False)
    first, second = app.session.home, tmp_path / "second"
    second.mkdir()
    before = {path: path.read_bytes() for path in first.rglob("*.json")}
    go_elsewhere(app, second)
    panel = app.window.unlock_screen.first_run
    assert app.window.unlock_screen.stack.currentWidget() is panel and str(second) in panel.words.text()
    begin(app)
    assert isinstance(app.page, StartPage) and isinstance(app.page.stack.currentWidget(), TakePack)
    assert Laptop.open(second, NEW).visits() == []
    assert {path: path.read_bytes() for path in first.rglob("*.json")} == before


def certified(lead: OpenVisit, home: Path, back: Path) -> None:
    """The work on a laptop is brought to the lead, who certifies it; `back` tells the laptops of it."""
    visit = open_visit_on(home)
    visit.write_return(back)
    lead.merge(back)
    lead.laptops.certify(visit.device, visit.me)
    visit.close()
    lead.write_return(back)


def write_pack(app: App, path: Path) -> str:
    """Write the visit pack from Start; gives the six words."""
    start = app.go("start")
    assert isinstance(start, StartPage)
    app.keys(start.pack, Qt.Key.Key_Space)
    form = start.stack.currentWidget()
    assert isinstance(form, WritePack) and "only if they are the lead's" in words_on(form)
    NEXT_ANSWERS.append([path])
    app.keys(form.part.write, Qt.Key.Key_Space)
    app.settle()
    return form.part.panel.words.text()


def take_pack(app: App, path: Path, words: str, code: str) -> str:
    """Take the visit pack on the form in view; gives the four words that stood there."""
    page = app.page
    assert isinstance(page, StartPage)
    take = page.stack.currentWidget()
    assert isinstance(take, TakePack)
    NEXT_ANSWERS.append([path])
    app.qtbot.mouseClick(take.drop.button, Qt.MouseButton.LeftButton)
    app.keys(take.phrase, words, Qt.Key.Key_Return)
    app.settle()
    shown = take.fingerprint.words.text()
    app.keys(next(one for one in take.group.buttons() if one.property("code") == code), Qt.Key.Key_Space)
    app.keys(take.start, Qt.Key.Key_Space)
    app.settle()
    return shown


def raters(app: App) -> set[str]:
    return {rating.person for rating in app.visit.state.ratings.values()}


def test_who_forgot_the_passphrase_on_the_day_begins_anew_from_a_colleagues_pack(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    """The lead is away: R2, whose laptop is certified, writes the pack again; R3's work that R2 holds comes back."""
    shutil.copytree(homes.before, tmp_path / "lead")
    lead, back, pack = open_visit_on(tmp_path / "lead"), tmp_path / "back.rvreturn", tmp_path / "again.rvpack"
    colleague = fresh(homes, tmp_path / "R2", "R2", "R2.jsonl")
    forgotten = fresh(homes, tmp_path / "R3", "R3", "R3.jsonl")
    for home in (colleague, forgotten):
        certified(lead, home, back)
    there = program(colleague)
    there.visit.merge(back)
    words = write_pack(there, pack)
    assert pack.exists() and len(words.split()) == 6
    app = program(forgotten, unlocked=False)
    (tmp_path / "second").mkdir()
    go_elsewhere(app, tmp_path / "second")
    begin(app)
    assert take_pack(app, pack, words, "R3") == lead.laptops.visit_words()
    assert app.visit.me == "R3" and raters(app) <= {"L1"}, "what the lead had said, and nobody else"
    banner = app.window.standing_banner
    assert banner.isVisible() and app.visit.laptops.own_words() in banner.label.text(), "the lead certifies it as any"
    assert "not counted for anyone else until the lead confirms this laptop" in banner.label.text()
    app.visit.record(Rating(standard="4", value="na", note="Typed on the new laptop"))
    assert "R3" in raters(app), "what is typed here stands on this screen"
    app.qtbot.waitUntil(lambda: "shown on this laptop only" in app.window.status.message.text())
    app.visit.undo()
    there.visit.write_return(back)
    app.visit.merge(back)
    assert "R3" in raters(app), "the work of theirs that R2 held"
    app.visit.write_return(back)
    lead.merge(back)
    lead.laptops.certify(app.visit.device, "R3")
    lead.write_return(back)
    app.visit.merge(back)
    app.settle()
    assert banner.isHidden() and app.visit.laptops.own_standing.state == "certified"
    lead.close()


def test_the_other_folder_is_offered_the_next_time_and_one_finds_back(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.reviewer, unlocked=False)
    first, second = app.session.home, tmp_path / "second"
    second.mkdir()
    go_elsewhere(app, second)
    gate = app.window.unlock_screen
    app.qtbot.mouseClick(gate.first_run.return_, Qt.MouseButton.LeftButton)
    assert app.session.home == first and gate.stack.currentWidget() is gate.unlock
    assert not gate.unlock.other.known.isVisible()
    go_elsewhere(app, second)
    begin(app)
    again = program(first, unlocked=False)
    other = again.window.unlock_screen.unlock.other
    assert other.known.isVisible() and "second" in other.known.text()
    again.qtbot.mouseClick(other.known, Qt.MouseButton.LeftButton)
    unlock(again, NEW)
    assert again.session.laptop is not None and again.session.laptop.home.folder == second


def test_a_folder_with_other_things_in_it_gets_one_of_ours_and_the_own_one_is_refused(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("x")
    assert folder_for(tmp_path / "full") == tmp_path / "full" / SUBFOLDER
    assert folder_for(homes.reviewer) == homes.reviewer
    app = program(homes.reviewer, unlocked=False)
    go_elsewhere(app, app.session.home)
    assert "using that folder now" in words_on(app.window.unlock_screen.unlock)


@pytest.fixture
def without_key_files(homes: Homes, tmp_path: Path) -> tuple[Path, Path]:
    """A home whose key file and all copies of it are gone, and a backup of it."""
    home = tmp_path / "home"
    shutil.copytree(homes.reviewer, home)
    laptop = Laptop.open(home, PASSPHRASE)
    with closing(laptop.open_visit(laptop.visits()[0].id)) as visit:
        visit.backup(tmp_path / "away.reviewbackup")
    for path in (home_key_file(home), *spare_key_files(home)):
        path.unlink()
    return home, tmp_path / "away.reviewbackup"


def test_a_lost_key_file_is_no_first_run_and_comes_back_from_a_backup(
    program: Opener, without_key_files: tuple[Path, Path]
) -> None:
    home, away = without_key_files
    app = program(home, unlocked=False)
    panel = app.window.unlock_screen.unlock
    assert app.window.unlock_screen.stack.currentWidget() is panel and not panel.repair.isVisible()
    unlock(app)
    assert "is missing" in words_on(panel) and panel.repair.isVisible()
    NEXT_ANSWERS.append([away])
    app.qtbot.mouseClick(panel.repair.button, Qt.MouseButton.LeftButton)
    app.settle()
    assert app.session.laptop is not None and home_key_file(app.session.home).exists()
    assert "The key file is restored" in words_on(app.window.status)


def test_a_key_file_that_was_put_right_from_a_copy_is_told(program: Opener, homes: Homes, tmp_path: Path) -> None:
    shutil.copytree(homes.reviewer, tmp_path / "home")
    home_key_file(tmp_path / "home").unlink()
    app = program(tmp_path / "home", unlocked=False)
    unlock(app)
    assert "it was repaired from a copy" in words_on(app.window.status)
