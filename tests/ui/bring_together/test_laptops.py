"""Whose laptops are: the lead is shown three words, says whose each is, and what stands apart has its own list."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from reviewapp.visit.statements import Concern, Context, Rating
from reviewapp.workspace.laptop import Laptop
from tests.ui.bring_together.support import bring, fresh, join, open_page, open_visit_on
from tests.ui.interviews.support import tab_stops
from tests.ui.support import PASSPHRASE, App, Homes, Opener, words_on
from ui.pages.bring_together.decisions import LaptopDecisionsCard
from ui.pages.bring_together.new_laptops import NewLaptopRow, NewLaptopsCard
from ui.pages.bring_together.page import BringTogetherPage
from ui.pages.bring_together.questions import new_laptops


@pytest.fixture
def lead_alone(homes: Homes, tmp_path: Path) -> Path:
    """The lead's laptop before anybody has come in."""
    shutil.copytree(homes.before, tmp_path / "lead")
    return tmp_path / "lead"


def work_of(home: Path, *lines: object, path: Path) -> str:
    """What is said on a laptop, and its return; gives the three words on its screen."""
    visit = open_visit_on(home)
    visit.record(*lines)  # type: ignore[arg-type]
    visit.write_return(path)
    words = visit.laptops.own_words()
    visit.close()
    return words


def pills(card: LaptopDecisionsCard | NewLaptopsCard) -> list[tuple[str, str]]:
    if isinstance(card, NewLaptopsCard):
        return [(row.pill.text(), row.title.text()) for row in card.rows]
    return [(row.pill, row.title) for row in card.list.told.rows]


def certify(app: App, page: BringTogetherPage) -> None:
    app.keys(page.matters.new.rows[0].certify, Qt.Key.Key_Space)


def set_aside(app: App, row: NewLaptopRow, reason: str) -> None:
    app.keys(row.not_theirs, Qt.Key.Key_Space)
    app.keys(row.why.reason, reason, Qt.Key.Key_Return)
    app.settle()


def states(app: App) -> dict[str, str]:
    return {one.device: one.state for one in app.visit.laptops.all()}


def test_a_first_return_shows_whose_laptop_and_its_words_and_one_press_certifies(
    program: Opener, homes: Homes, lead_alone: Path, tmp_path: Path
) -> None:
    path = tmp_path / "first.rvreturn"
    home = fresh(homes, tmp_path / "R2", "R2")
    words = work_of(home, Rating(standard="4", value="met"), path=path)
    reviewer = open_page(program(home))
    assert reviewer.own_words.words.text() == words and reviewer.own_words.isVisible(), "beside the return"
    app = program(lead_alone)
    page = open_page(app)
    assert not page.matters.isVisible(), "nothing is asked yet"
    assert not {"new", "apart"} & vars(page.matters).keys() and "list" not in vars(page.laptops), "nor made"
    bring(app, page, path)
    join(app, page)
    new = page.matters.new
    (row,) = new.rows
    order = [page.give_button, page.drop.button, page.looked, row, row.certify, row.not_theirs, page.laptops.list]
    assert [stop for stop in tab_stops(page) if stop in order] == order, "made late, each in its place"
    device = row.question.device
    assert pills(new) == [("Not confirmed yet", "The laptop of R2 (clinician)")]
    assert row.words.text() == words, "the same three words stand on both screens"
    assert row.certify.text() == "These are R2's words" and words in row.certify.accessibleName()
    certify(app, page)
    assert states(app)[device] == "certified" and not page.matters.isVisible()
    assert app.window.focusWidget() is page.drop.button, "the keyboard is where one goes on"
    assert "Confirmed" in [row.pill for row in page.laptops.list.told.rows]
    app.window.actions_.undo.trigger()
    assert states(app)[device] == "uncertified" and new.isVisible()


def test_every_new_laptop_has_its_words_and_its_answers_in_its_own_row(
    program: Opener, homes: Homes, lead_alone: Path, tmp_path: Path
) -> None:
    said = {}
    for code in ("R2", "R3", "R4"):
        said[code] = work_of(
            fresh(homes, tmp_path / code, code), Rating(standard="4", value="met"), path=tmp_path / f"{code}.rvreturn"
        )
    app = program(lead_alone)
    for code in said:
        app.visit.merge(tmp_path / f"{code}.rvreturn")
    page = open_page(app)
    rows = page.matters.new.rows
    assert {row.question.code: row.words.text() for row in rows} == said, "all at once, none has to be chosen first"
    for row in rows:
        assert said[row.question.code] in row.accessibleName() and row.certify.isVisible()
        assert (
            "Not confirmed yet" in row.accessibleName() and f"laptop of {row.question.person}" in row.accessibleName()
        )
    app.keys(rows[0], Qt.Key.Key_Down)
    assert app.window.focusWidget() is rows[1], "Up and Down go from row to row"
    app.keys(rows[1].not_theirs, Qt.Key.Key_Space)
    app.keys(rows[1].why.reason, "half a reas")
    first, second, third = (row.question for row in rows)
    app.keys(rows[2], Qt.Key.Key_Return)
    assert states(app)[third.device] == "certified", "Enter on a row certifies that one and no other"
    assert [states(app)[one.device] for one in (first, second)] == ["uncertified", "uncertified"]
    left = page.matters.new.rows
    assert [row.question for row in left] == [first, second]
    assert left[1].why.reason.text() == "half a reas" and left[1].why.isVisible(), "what is typed of another one stays"
    assert app.window.focusWidget() is left[0], "the keyboard is on a row, where the space bar does nothing"
    app.keys(left[0], Qt.Key.Key_Space)
    assert states(app)[first.device] == "uncertified"


def test_a_laptop_that_is_nobodys_is_set_aside_with_a_reason_and_counted_again(
    program: Opener, homes: Homes, lead_alone: Path, tmp_path: Path
) -> None:
    path = tmp_path / "first.rvreturn"
    work_of(fresh(homes, tmp_path / "R2", "R2"), Rating(standard="4", value="met"), path=path)
    app = program(lead_alone)
    app.visit.merge(path)
    page = open_page(app)
    new, apart = page.matters.new, page.matters.apart
    (row,) = new.rows
    device = row.question.device
    app.keys(row.not_theirs, Qt.Key.Key_Space)
    order = [row.not_theirs, row.why.reason, row.why.button, page.team.table]
    assert [stop for stop in tab_stops(page) if stop in order] == order
    app.keys(row.why.button, Qt.Key.Key_Space)
    assert "Say why in a few words" in row.why.field.error.label.text() and states(app)[device] == "uncertified"
    app.keys(row.why.reason, "R2 reads other words", Qt.Key.Key_Return)
    assert states(app)[device] == "aside" and "4/R2" not in app.visit.state.ratings
    assert not new.isVisible() and pills(apart) == [("Set aside", "The laptop of R2 (clinician)")]
    told = apart.list.told.rows[0]
    assert "R2 reads other words" in told.detail and "1 rating" in told.detail
    assert "standard 4" in apart.records.text().lower()
    app.keys(apart.back, Qt.Key.Key_Space)
    assert app.visit.state.ratings["4/R2"].value == "met" and not apart.isVisible()
    app.window.actions_.undo.trigger()
    assert states(app)[device] == "aside" and apart.isVisible()


def test_a_second_laptop_of_a_certified_code_stands_apart_until_certified_too(
    program: Opener, homes: Homes, lead_alone: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.rvreturn", tmp_path / "second.rvreturn"
    work_of(fresh(homes, tmp_path / "R2", "R2"), Rating(standard="4", value="met"), path=first)
    words = work_of(fresh(homes, tmp_path / "R2b", "R2"), Rating(standard="47", value="met"), path=second)
    app = program(lead_alone)
    page = open_page(app)
    app.visit.merge(first)
    page.refresh(None)
    certify(app, page)
    bring(app, page, second)
    told = page.looked.told.rows[0]
    assert "kept but not counted: another laptop is confirmed as R2's" in told.detail, "said before it is joined"
    join(app, page)
    message = app.window.status.message.text()
    assert "of R2 (clinician)" in message and "not counted" in message
    assert any("kept but not counted" in row.detail for row in page.came_list.told.rows), "and it stays written"
    apart = page.matters.apart
    assert not page.matters.new.isVisible() and apart.words.text() == words
    assert "nother laptop is confirmed as R2's" in apart.list.told.rows[0].detail
    app.keys(apart.certify, Qt.Key.Key_Space)
    assert {"4/R2", "47/R2"} <= set(app.visit.state.ratings) and not apart.isVisible()


def test_two_copies_of_a_laptop_are_told_and_one_can_be_set_aside(
    program: Opener, homes: Homes, lead_alone: Path, tmp_path: Path
) -> None:
    """R2's folder was copied, and both went on: both count, R3's work beside them, and one can be set aside."""
    first, second, third = (tmp_path / f"{name}.rvreturn" for name in ("first", "second", "third"))
    home = fresh(homes, tmp_path / "R2", "R2")
    shutil.copytree(home, tmp_path / "copy")
    work_of(home, Rating(standard="4", value="met"), path=first)
    work_of(fresh(homes, tmp_path / "R3", "R3"), Rating(standard="4", value="na"), path=third)
    copy = open_visit_on(tmp_path / "copy")
    copy.merge(third)
    copy.record(Rating(standard="4", value="not_met"))
    copy.write_return(second)
    copy.close()
    app = program(lead_alone)
    app.visit.merge(first)
    page = open_page(app)
    bring(app, page, second)
    row = page.looked.told.rows[0]
    assert "was copied, and 2 copies have recorded from entry 1 on" in row.detail and "not taken" not in row.detail
    join(app, page)
    assert app.visit.state.ratings["4/R3"].value == "na"
    assert [c.key for c in app.visit.state.conflicts] == ["4/R2"]
    message = app.window.status.message.text()
    assert "of R2 (clinician) was copied" in message and "Added R2 (clinician)" in message
    assert "was copied" in page.came_list.told.rows[0].detail, "and it stays written"
    copies = [one for one in app.visit.laptops.all() if one.copied_from]
    asked = [one.device for one in new_laptops(app.visit, app.visit.laptops.all())]
    assert len(copies) == 2 and {one.device for one in copies} < set(asked), "the lead is asked of each"
    app.visit.laptops.set_aside(copies[0].device, None, "the copy was a mistake")
    page.refresh(None)
    assert not app.visit.state.conflicts
    assert [row.key for row in page.matters.apart.list.told.rows] == [copies[0].device]


def test_two_laptops_of_one_reviewer_are_settled_by_them_once_the_lead_said_whose_they_are(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    second, both = tmp_path / "second.rvreturn", tmp_path / "both.rvreturn"
    home = fresh(homes, tmp_path / "R2", "R2")
    work_of(home, Rating(standard="4", value="met"), path=tmp_path / "first.rvreturn")
    work_of(fresh(homes, tmp_path / "R2b", "R2"), Rating(standard="4", value="na"), path=second)
    app = program(home)
    app.visit.merge(second)
    page = open_page(app)
    assert page.conflicts.form is not None and "must confirm on Combine that both are theirs" in words_on(
        page.conflicts
    )
    shutil.copytree(homes.before, tmp_path / "lead")
    lead = open_visit_on(tmp_path / "lead")
    for name in ("first", "second"):
        lead.merge(tmp_path / f"{name}.rvreturn")
    for one in lead.laptops.all():
        if one.code == "R2":
            lead.laptops.certify(one.device, "R2")
    lead.write_return(both)
    lead.close()
    app.visit.merge(both)
    assert "must confirm" not in words_on(page.conflicts), "what it says follows the lead"
    app.settle()
    assert any(b.text() == "Use this version" and b.isVisible() for b in page.conflicts.findChildren(QPushButton))


def test_what_only_the_lead_may_say_stands_apart_and_can_be_put_away(
    program: Opener, homes: Homes, lead_alone: Path, tmp_path: Path
) -> None:
    """A laptop that lies: it says what no program of a reviewer offers."""
    path = tmp_path / "liar.rvreturn"
    visit = open_visit_on(fresh(homes, tmp_path / "R2", "R2"))
    visit.record(Rating(standard="4", value="met"))
    with visit._store.transaction() as db:
        from reviewapp.store.visit_store import FieldWrite

        visit._store.write_in(db, [FieldWrite("agreed", "47", "value", "met", ())], person="R2")
    visit.write_return(path)
    visit.close()
    app = program(lead_alone)
    app.visit.merge(path)
    page = open_page(app)
    certify(app, page)
    apart = page.matters.apart
    assert "47" not in app.visit.state.agreed and "4/R2" in app.visit.state.ratings
    assert apart.list.told.rows[0].pill == "Partly not counted"
    assert "nly the lead" in apart.list.told.rows[0].detail and not apart.certify.isVisible()
    app.keys(apart.away, Qt.Key.Key_Space)
    assert not apart.isVisible()
    app.go("overview")
    page = open_page(app)
    assert not page.matters.apart.isVisible(), "it stays put away"
    app.keys(page.matters.again, Qt.Key.Key_Space)
    assert page.matters.apart.isVisible() and not page.matters.again.isVisible()


def test_a_concern_of_a_laptop_that_is_set_aside_is_told_and_led_to(
    program: Opener, homes: Homes, lead_alone: Path, tmp_path: Path
) -> None:
    path = tmp_path / "first.rvreturn"
    work_of(
        fresh(homes, tmp_path / "R2", "R2"),
        Concern(id="IC1", text="Somebody has no tablets left", at="2026-11-17 10:00"),
        path=path,
    )
    app = program(lead_alone)
    app.visit.merge(path)
    page = open_page(app)
    set_aside(app, page.matters.new.rows[0], "Nobody knows it")
    banner = page.matters.concerns
    assert banner.isVisible() and "of R2 (clinician)" in banner.label.text()
    button = banner.findChild(QPushButton)
    assert button is not None
    app.keys(button, Qt.Key.Key_Space)
    assert app.page.TITLE == "Interviews" and "Somebody has no tablets left" in words_on(app.page)


def test_a_reviewer_is_asked_nothing_and_told_that_their_laptop_stands_apart(
    program: Opener, homes: Homes, lead_alone: Path, tmp_path: Path
) -> None:
    first, back = tmp_path / "first.rvreturn", tmp_path / "back.rvreturn"
    home = fresh(homes, tmp_path / "R2", "R2")
    words = work_of(home, Rating(standard="4", value="met"), path=first)
    lead = Laptop.open(lead_alone, PASSPHRASE)
    visit = lead.open_visit(lead.visits()[0].id)
    visit.merge(first)
    device = next(one.device for one in visit.laptops.all() if one.code == "R2")
    app = program(home)
    banner = app.window.standing_banner
    assert banner.isHidden()
    visit.laptops.set_aside(device, None, "Stolen on the train")
    visit.write_return(back)
    visit.close()
    page = open_page(app)
    bring(app, page, back)
    join(app, page)
    assert banner.isVisible() and words in banner.label.text() and "set this laptop aside" in banner.label.text()
    assert not page.matters.new.isVisible() and page.matters.apart.isVisible()
    for button in page.matters.apart.findChildren(QPushButton):
        assert not button.isVisible(), "nobody is shown what only the lead can do"
    assert "shown on this laptop but not counted for anyone else" in banner.label.text()
    app.visit.record(Rating(standard="47", value="met"))
    assert "47/R2" in app.visit.state.ratings
    app.qtbot.waitUntil(lambda: "It is kept and shown on this laptop only" in app.window.status.message.text())


def test_a_certified_laptop_that_was_stolen_is_set_aside_from_a_moment_on(
    program: Opener, homes: Homes, lead_alone: Path, tmp_path: Path
) -> None:
    path = tmp_path / "first.rvreturn"
    home = fresh(homes, tmp_path / "R2", "R2")
    laptop = Laptop.open(home, PASSPHRASE)
    for hour, line in ((9, Rating(standard="4", value="met")), (14, Rating(standard="47", value="not_met"))):
        laptop.home.clock = partial(datetime, 2026, 11, 17, hour, 32, tzinfo=UTC)
        visit = laptop.open_visit(laptop.visits()[0].id)
        visit.record(line)
        visit.write_return(path)
        device = visit.device
        visit.close()
    app = program(lead_alone)
    app.visit.merge(path)
    app.visit.laptops.certify(device, "R2")
    page = open_page(app)
    card = page.laptops
    assert not card.aside.isVisible(), "no laptop is chosen"
    assert card.list.choose(device) and card.aside.isVisible() and "laptop of R2 (clinician)" in card.aside.text()
    assert "why" not in vars(card)
    app.keys(card.aside, Qt.Key.Key_Space)
    order = [card.list, card.aside, card.why.part, card.why.reason, card.why.button]
    assert [stop for stop in tab_stops(page) if stop in order] == order
    choices = [card.why.part.itemText(i) for i in range(card.why.part.count())]
    assert choices[0] == "Everything on it" and len(choices) == 2 and choices[1].startswith("From ")
    card.why.part.setCurrentIndex(1)
    app.keys(card.why.reason, "Stolen at lunch", Qt.Key.Key_Return)
    app.settle()
    assert states(app)[device] == "aside"
    assert "4/R2" in app.visit.state.ratings and "47/R2" not in app.visit.state.ratings
    assert not card.aside.isVisible() and page.matters.apart.isVisible(), "it is decided of there from now on"
    app.window.actions_.undo.trigger()
    assert states(app)[device] == "certified" and "47/R2" in app.visit.state.ratings


def test_a_restored_laptop_is_told_as_such(program: Opener, homes: Homes, lead_alone: Path, tmp_path: Path) -> None:
    home = fresh(homes, tmp_path / "R2", "R2")
    first, again = tmp_path / "first.rvreturn", tmp_path / "again.rvreturn"
    work_of(home, Rating(standard="4", value="met"), path=first)
    visit = open_visit_on(home)
    old = visit.device
    visit.backup(tmp_path / "kept.rvbackup")
    visit.close()
    laptop, _ = Laptop.create(tmp_path / "new", PASSPHRASE)
    restored = laptop.open_visit(laptop.restore(tmp_path / "kept.rvbackup", PASSPHRASE))
    restored.record(Rating(standard="47", value="met"))
    restored.write_return(again)
    restored.close()
    app = program(lead_alone)
    page = open_page(app)
    bring(app, page, first)
    join(app, page)
    certify(app, page)
    bring(app, page, again)
    join(app, page)
    assert "47/R2" in app.visit.state.ratings and not page.matters.isVisible(), "it keeps its standing"
    assert any(f"continues for laptop {old[:6]}" in row.detail for row in page.laptops.list.told.rows)
    assert "restored from a backup" in app.window.status.message.text()
    assert not page.laptops.twice.isVisible(), "the two are one"


def test_what_a_reviewer_changes_of_the_leads_stands_beside_it_and_only_the_lead_chooses(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(fresh(homes, tmp_path / "R2", "R2"))
    page = open_page(app)
    field = next(iter(app.visit.state.context))
    before = app.visit.state.context[field].value
    app.visit.record(Context(field=field, value=38))
    app.qtbot.waitUntil(lambda: "two versions" in app.window.status.message.text())
    assert (
        page.conflicts.isVisible()
        and "R2 (clinician) changed what L1 (lead reviewer) had recorded" in page.conflicts.how.text()
    )
    shown = words_on(page.conflicts)
    assert "Only the lead reviewer can choose" in shown and "Choose one" not in page.conflicts.how.text()
    assert {one.value for one in app.visit.state.conflicts[0].values} == {before, 38}
    path = tmp_path / "beside.rvreturn"
    app.visit.write_return(path)
    lead = program(homes.lead)
    lead.visit.merge(path)
    there = open_page(lead)
    assert there.conflicts.isVisible() and "Choose one and say why" in there.conflicts.how.text()


def test_the_words_of_laptop_and_visit_are_found_at_any_time(program: Opener, homes: Homes) -> None:
    lead, reviewer = program(homes.lead), program(homes.reviewer)
    here, there = open_page(lead), open_page(reviewer)
    assert here.laptops.visit.words.text() == there.laptops.visit.words.text() != ""
    assert there.laptops.own.words.text() == reviewer.visit.laptops.own_words()
    assert len(here.laptops.visit.words.text().split()) == 4 and len(there.laptops.own.words.text().split()) == 3
    there.reveal({"laptops": "seen"})
    assert there.laptops.own.words.accessibleName().startswith("The three check words of this laptop: ")
