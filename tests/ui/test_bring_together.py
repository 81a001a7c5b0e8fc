"""Bringing laptops together by hand: real files between real homes, nothing joined unseen, nothing settled unasked."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton

import ui.files
from reviewapp.desk import Desk
from reviewapp.laptop import Laptop
from reviewapp.visit.lines import Context, Rating
from tests.ui.support import PASSPHRASE, PHRASE, App, Homes, Opener, sample_lines
from ui.pages.bring_together import BringTogetherPage


def fresh(homes: Homes, folder: Path, code: str, *names: str) -> Path:
    """A new laptop of somebody, from the visit pack, with these files of the sample said on it."""
    laptop, _ = Laptop.create(folder, PASSPHRASE)
    desk = laptop.open_visit(laptop.take_pack(homes.pack, me=code, phrase=PHRASE))
    for name in names:
        desk.record(*sample_lines(name))
    desk.close()
    return folder


@pytest.fixture
def lead_alone(homes: Homes, tmp_path: Path) -> Path:
    """The lead's laptop before anybody has come in."""
    return fresh(homes, tmp_path / "lead", "L1", "L1.jsonl")


def open_page(app: App) -> BringTogetherPage:
    return cast(BringTogetherPage, app.go("bring_together"))


def desk_of(home: Path) -> Desk:
    laptop = Laptop.open(home, PASSPHRASE)
    return laptop.open_visit(laptop.visits()[0].id)


def bring(app: App, page: BringTogetherPage, *paths: Path) -> None:
    ui.files.NEXT.append(list(paths))
    app.qtbot.mouseClick(page.drop.button, Qt.MouseButton.LeftButton)
    app.settle()


def join(app: App, page: BringTogetherPage) -> None:
    app.qtbot.mouseClick(page.join_button, Qt.MouseButton.LeftButton)
    app.settle()


def titles(page: BringTogetherPage) -> list[tuple[str, str]]:
    return [(row.pill, row.title) for row in page.looked.told.rows]


def test_my_work_is_saved_where_it_says_and_another_laptop_can_join_it(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(fresh(homes, tmp_path / "mine", "R2"))
    page = open_page(app)
    app.desk.record(Rating(standard="4", value="met"))
    path = tmp_path / "stick" / "R2.review"
    path.parent.mkdir()
    ui.files.NEXT.append([path])
    app.keys(page.give_button, Qt.Key.Key_Space)
    app.settle()
    assert str(path) in page.saved_words.text()
    assert page.saved.isVisible()
    with_lead = desk_of(fresh(homes, tmp_path / "joiner", "L1"))
    assert with_lead.merge(path).reason is None
    assert with_lead.state.ratings["4/R2"].value == "met"
    with_lead.close()


def test_the_suggested_name_says_nothing_private() -> None:
    from ui.pages.bring_together_jobs import suggested_name

    assert suggested_name("R2", everybody=False, today=date(2026, 11, 17)) == "R2-2026-11-17.review"


def test_a_stick_that_is_gone_is_said_and_nothing_is_called_saved(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.reviewer)
    page = open_page(app)
    ui.files.NEXT.append([tmp_path / "gone" / "R2.review"])
    app.qtbot.mouseClick(page.give_button, Qt.MouseButton.LeftButton)
    app.settle()
    assert not page.saved.isVisible()
    assert "annot write" in app.window.status.message.text()


def test_files_are_previewed_joined_and_receipted(program: Opener, homes: Homes, lead_alone: Path) -> None:
    app = program(lead_alone)
    page = open_page(app)
    before = app.desk.store.digest()
    bring(app, page, homes.returns["R2"], homes.returns["R3"])
    assert titles(page) == [
        ("Ready to join", "From the laptop of R2"),
        ("Ready to join", "From the laptop of R3"),
    ]
    assert app.desk.store.digest() == before, "a preview changes nothing"
    join(app, page)
    assert page.looked.told.rows == []
    assert {row.title for row in page.came_list.told.rows} == {"From the laptop of R2", "From the laptop of R3"}
    assert "47/R3" in app.desk.state.ratings, "the open desk has read it"
    people = {row.code: row.state()[0].split(",")[0] for row in page.team.table.people.rows}
    assert people == {"L1": "This laptop", "R2": "Here", "R3": "Here", "R4": "Not here yet"}
    assert "Still missing: R4" in page.team.summary.text()


def test_a_file_that_is_not_ours_is_refused_with_its_reason_and_the_rest_joins(
    program: Opener, homes: Homes, lead_alone: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "holiday.review"
    bad.write_bytes(b"no file of ours")
    cut = tmp_path / "cut.review"
    cut.write_bytes(homes.returns["R3"].read_bytes()[:-200])
    app = program(lead_alone)
    page = open_page(app)
    bring(app, page, bad, cut, homes.returns["R2"])
    assert [pill for pill, _ in titles(page)] == ["Not taken", "Not taken", "Ready to join"]
    assert "holiday.review" in page.looked.told.rows[0].detail
    join(app, page)
    assert [pill for pill, _ in titles(page)] == ["Not taken", "Not taken"]
    assert "47/R2" in app.desk.state.ratings
    app.qtbot.mouseClick(page.forget_button, Qt.MouseButton.LeftButton)
    assert not page.looked.isVisible()


def test_the_same_file_again_brings_nothing_new(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    bring(app, page, homes.returns["R2"])
    assert titles(page) == [("Nothing new", "From the laptop of R2")]
    before = app.desk.store.digest()
    join(app, page)
    assert app.desk.store.digest() == before


def test_files_can_be_dropped(program: Opener, homes: Homes, lead_alone: Path) -> None:
    app = program(lead_alone)
    page = open_page(app)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(homes.returns["R4"]))])
    action, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.drop.dropEvent(QDropEvent(QPointF(5, 5), action, mime, button, none))
    app.settle()
    assert titles(page) == [("Ready to join", "From the laptop of R4")]


def test_the_lead_closes_the_day_without_somebody_saying_why_and_can_take_it_back(
    program: Opener, homes: Homes, lead_alone: Path
) -> None:
    app = program(lead_alone)
    page = open_page(app)
    bring(app, page, homes.returns["R2"], homes.returns["R3"])
    join(app, page)
    team = page.team
    place = [row.code for row in team.table.people.rows].index("R4")
    team.table.setCurrentIndex(team.table.people.index(place, 0))
    app.keys(team.close_button, Qt.Key.Key_Space)
    assert team.field.error.isVisible(), "a reason is asked for"
    app.keys(team.reason, "The laptop was left on the train", Qt.Key.Key_Return)
    assert app.desk.state.passages["closed_without:R4"].text == "The laptop was left on the train"
    assert team.table.people.rows[place].state()[0] == "Closed without"
    assert "L1" in team.closed_words.text()
    assert page.give_button.property("everybody") is True
    app.window.actions_.undo.trigger()
    assert team.table.people.rows[place].state()[0] == "Not here yet"


def test_a_reviewer_cannot_close_the_day(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = open_page(app)
    for i in range(len(page.team.table.people.rows)):
        page.team.table.setCurrentIndex(page.team.table.people.index(i, 0))
        assert not page.team.without.isVisible()


def test_when_all_are_here_the_lead_gives_everybody_the_joined_visit(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    page = open_page(app)
    assert page.give_button.text() == "Save the joined visit to a file…"
    path = tmp_path / "everybody.review"
    ui.files.NEXT.append([path])
    app.qtbot.mouseClick(page.give_button, Qt.MouseButton.LeftButton)
    app.settle()
    reviewer = desk_of(fresh(homes, tmp_path / "taker", "R3"))
    assert reviewer.merge(path).reason is None
    assert reviewer.store.digest() == app.desk.store.digest()
    reviewer.close()


@pytest.fixture
def torn(homes: Homes, tmp_path: Path) -> tuple[Path, Path]:
    """The lead's home and a return: both changed the caseload without knowing of each other."""
    home = fresh(homes, tmp_path / "mine", "L1")
    mine = desk_of(home)
    mine.record(Context(field="caseload", value=41))
    mine.close()
    other = desk_of(fresh(homes, tmp_path / "other", "R2"))
    other.record(Context(field="caseload", value=38))
    path = tmp_path / "torn.review"
    other.write_return(path)
    other.close()
    return home, path


def test_both_versions_are_shown_and_choosing_one_settles_it_until_undone(
    program: Opener, torn: tuple[Path, Path]
) -> None:
    app = program(torn[0])
    page = open_page(app)
    bring(app, page, torn[1])
    join(app, page)
    assert page.conflicts.isVisible()
    buttons = [b for b in page.conflicts.findChildren(QPushButton) if b.isVisible()]
    mine = next(b for b in buttons if "R2" in b.accessibleName())
    app.keys(mine, Qt.Key.Key_Space)
    assert app.desk.state.context["caseload"].value == 38
    assert not page.conflicts.isVisible()
    app.window.actions_.undo.trigger()
    assert page.conflicts.isVisible()
    assert {v.value for v in app.desk.state.conflicts[0].values} == {38, 41}


def test_what_belongs_to_somebody_else_is_shown_and_not_settled_for_them(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    """R2 works on two laptops; the lead sees both notes and whose it is."""
    desk = desk_of(fresh(homes, tmp_path / "second", "R2"))
    desk.record(Rating(standard="47", value="not_met"))
    path = tmp_path / "second.review"
    desk.write_return(path)
    desk.close()
    app = program(homes.lead)
    page = open_page(app)
    bring(app, page, path)
    join(app, page)
    assert page.conflicts.isVisible()
    shown = [b.accessibleName() for b in page.conflicts.findChildren(QPushButton) if b.isVisible()]
    assert not any(name.startswith("Use what") for name in shown)


def test_a_visit_that_is_only_read_gives_and_takes_nothing(program: Opener, homes: Homes, tmp_path: Path) -> None:
    shutil.copytree(homes.lead, tmp_path / "busy")
    first = Laptop.open(tmp_path / "busy", PASSPHRASE)
    held = first.open_visit(first.visits()[0].id)
    app = program(tmp_path / "busy", copy=False)
    page = open_page(app)
    assert not page.give_button.isEnabled()
    assert not page.drop.isEnabled()
    held.close()
