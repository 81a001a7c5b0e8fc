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

import ui.widgets.file_dialogs
from reviewapp.base.errors import ReviewError
from reviewapp.figures.ratings import audit_differences, disagreements
from reviewapp.visit.statements import Action, Agreed, AgreedAudit, Context, Interview, Passage, Rating
from reviewapp.workspace import meeting
from reviewapp.workspace.laptop import Laptop
from reviewapp.workspace.open_visit import OpenVisit
from reviewapp.workspace.withdrawal import withdraw
from tests.ui.support import PASSPHRASE, PHRASE, App, Homes, Opener, sample_lines
from ui.pages.bring_together.page import BringTogetherPage


def fresh(homes: Homes, folder: Path, code: str, *names: str) -> Path:
    """A new laptop of somebody, from the visit pack, with these files of the sample said on it."""
    laptop, _ = Laptop.create(folder, PASSPHRASE)
    visit = laptop.open_visit(laptop.take_pack(homes.pack, me=code, phrase=PHRASE))
    for name in names:
        visit.record(*sample_lines(name))
    visit.close()
    return folder


@pytest.fixture
def lead_alone(homes: Homes, tmp_path: Path) -> Path:
    """The lead's laptop before anybody has come in."""
    return fresh(homes, tmp_path / "lead", "L1", "L1.jsonl")


def open_page(app: App) -> BringTogetherPage:
    return cast(BringTogetherPage, app.go("bring_together"))


def open_visit_on(home: Path) -> OpenVisit:
    laptop = Laptop.open(home, PASSPHRASE)
    return laptop.open_visit(laptop.visits()[0].id)


def bring(app: App, page: BringTogetherPage, *paths: Path) -> None:
    ui.widgets.file_dialogs.NEXT.append(list(paths))
    app.qtbot.mouseClick(page.drop.button, Qt.MouseButton.LeftButton)
    app.settle()


def join(app: App, page: BringTogetherPage) -> None:
    app.qtbot.mouseClick(page.join_button, Qt.MouseButton.LeftButton)
    app.settle()


def titles(page: BringTogetherPage) -> list[tuple[str, str]]:
    return [(row.pill, row.title) for row in page.looked.told.rows]


def test_the_lead_begins_with_bringing_in_and_the_others_with_giving(program: Opener, homes: Homes) -> None:
    page = cast(BringTogetherPage, program(homes.lead).go("bring_together"))
    assert page.start_focus() is page.drop.button
    other = cast(BringTogetherPage, program(homes.reviewer).go("bring_together"))
    assert other.start_focus() is other.give_button


def test_my_work_is_saved_where_it_says_and_another_laptop_can_join_it(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(fresh(homes, tmp_path / "mine", "R2"))
    page = open_page(app)
    app.visit.record(Rating(standard="4", value="met"))
    path = tmp_path / "stick" / "R2.review"
    path.parent.mkdir()
    ui.widgets.file_dialogs.NEXT.append([path])
    app.keys(page.give_button, Qt.Key.Key_Space)
    app.settle()
    assert str(path) in page.outcome.words.text()
    assert page.outcome.card.isVisible()
    with_lead = open_visit_on(fresh(homes, tmp_path / "joiner", "L1"))
    assert with_lead.merge(path).reason is None
    assert with_lead.state.ratings["4/R2"].value == "met"
    with_lead.close()


def test_the_suggested_name_says_nothing_private() -> None:
    from ui.pages.bring_together.jobs import suggested_name

    assert suggested_name("R2", everybody=False, today=date(2026, 11, 17)) == "R2-2026-11-17.review"


def test_a_stick_that_is_gone_is_said_and_nothing_is_called_saved(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.reviewer)
    page = open_page(app)
    ui.widgets.file_dialogs.NEXT.append([tmp_path / "gone" / "R2.review"])
    app.qtbot.mouseClick(page.give_button, Qt.MouseButton.LeftButton)
    app.settle()
    assert not page.outcome.card.isVisible()
    told = page.outcome.error.label
    assert told.isVisible()
    assert "Not saved" in told.text() and "the stick or folder is not there" in told.text()
    assert "your work is safe" in told.text()
    (tmp_path / "gone").mkdir()
    ui.widgets.file_dialogs.NEXT.append([tmp_path / "gone" / "R2.review"])
    app.qtbot.mouseClick(page.give_button, Qt.MouseButton.LeftButton)
    app.settle()
    assert page.outcome.card.isVisible() and not told.isVisible(), "trying again works, and is not spoken against"


def test_a_stick_pulled_the_moment_after_is_no_bug(tmp_path: Path) -> None:
    from ui.pages.bring_together.saved import Saved

    with pytest.raises(ReviewError, match="is not there any more"):
        Saved.at(tmp_path / "pulled.review")


def test_files_are_previewed_joined_and_receipted(program: Opener, homes: Homes, lead_alone: Path) -> None:
    app = program(lead_alone)
    page = open_page(app)
    before = app.visit.store.digest()
    bring(app, page, homes.returns["R2"], homes.returns["R3"])
    assert titles(page) == [
        ("Ready to join", "From the laptop of R2"),
        ("Ready to join", "From the laptop of R3"),
    ]
    assert app.visit.store.digest() == before, "a preview changes nothing"
    rated = sum(1 for line in sample_lines("R2.jsonl") if isinstance(line, Rating))
    talks = sum(1 for line in sample_lines("R2.jsonl") if isinstance(line, Interview))
    kinds = f"{rated} ratings, {talks} interviews, "
    assert f"new entries: {kinds}" in page.looked.told.rows[0].detail
    join(app, page)
    assert any(kinds in row.detail for row in page.came_list.told.rows)
    assert " ratings, " in app.window.status.message.text()
    assert page.looked.told.rows == []
    assert {row.title for row in page.came_list.told.rows} == {"From the laptop of R2", "From the laptop of R3"}
    assert "47/R3" in app.visit.state.ratings, "the open visit has read it"
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
    assert "47/R2" in app.visit.state.ratings
    app.qtbot.mouseClick(page.forget_button, Qt.MouseButton.LeftButton)
    assert not page.looked.isVisible()


def test_the_same_file_again_brings_nothing_new(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    bring(app, page, homes.returns["R2"])
    assert titles(page) == [("Nothing new", "From the laptop of R2")]
    before = app.visit.store.digest()
    join(app, page)
    assert app.visit.store.digest() == before


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
    assert app.visit.state.passages["closed_without:R4"].text == "The laptop was left on the train"
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
    ui.widgets.file_dialogs.NEXT.append([path])
    app.qtbot.mouseClick(page.give_button, Qt.MouseButton.LeftButton)
    app.settle()
    reviewer = open_visit_on(fresh(homes, tmp_path / "taker", "R3"))
    assert reviewer.merge(path).reason is None
    assert reviewer.store.digest() == app.visit.store.digest()
    reviewer.close()


@pytest.fixture
def torn(homes: Homes, tmp_path: Path) -> tuple[Path, Path]:
    """The lead's home and a return: both changed the caseload without knowing of each other."""
    home = fresh(homes, tmp_path / "mine", "L1")
    mine = open_visit_on(home)
    mine.record(Context(field="caseload", value=41))
    mine.close()
    other = open_visit_on(fresh(homes, tmp_path / "other", "R2"))
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
    assert "Still open: 1 thing written differently" in page.next_words.text()
    choose(app, page, "R2")
    assert app.visit.state.context["caseload"].value == 38
    assert app.visit.state.settled["context caseload value"].reason == "Counted by the manager"
    assert not page.conflicts.isVisible()
    assert app.window.focusWidget() is page.to_agree, "the keyboard is on what comes next"
    app.window.actions_.undo.trigger()
    assert page.conflicts.isVisible()
    assert {v.value for v in app.visit.state.conflicts[0].values} == {38, 41}
    app.settle()
    assert versions(page) == {"Use what L1 says: 41", "Use what R2 says: 38"}, "each is still told of its author"


def versions(page: BringTogetherPage) -> set[str]:
    shown = [b.accessibleName() for b in page.conflicts.findChildren(QPushButton) if b.isVisible()]
    return {name for name in shown if name.startswith("Use what")}


def test_one_person_on_two_laptops_is_told_which_laptop_said_what(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    home = fresh(homes, tmp_path / "first", "L1")
    second = open_visit_on(fresh(homes, tmp_path / "second", "L1"))
    second.record(Context(field="caseload", value=38))
    second.write_return(tmp_path / "second.review")
    laptop = second.store.device[:6]
    second.close()
    app = program(home)
    app.visit.record(Context(field="caseload", value=41))
    page = open_page(app)
    bring(app, page, tmp_path / "second.review")
    join(app, page)
    app.settle()
    assert versions(page) == {"Use what L1 on this laptop says: 41", f"Use what L1 on laptop {laptop} says: 38"}


def choose(app: App, page: BringTogetherPage, who: str, reason: str = "Counted by the manager") -> None:
    app.settle()
    buttons = [b for b in page.conflicts.findChildren(QPushButton) if b.isVisible()]
    app.keys(next(b for b in buttons if who in b.accessibleName()), Qt.Key.Key_Space)
    assert page.conflicts.form is not None
    app.keys(page.conflicts.form.reason, reason, Qt.Key.Key_Return)


def test_nothing_is_settled_without_a_choice_and_a_reason(program: Opener, torn: tuple[Path, Path]) -> None:
    app = program(torn[0])
    app.visit.merge(torn[1])
    page = open_page(app)
    form = page.conflicts.form
    assert form is not None
    app.keys(form.settle, Qt.Key.Key_Space)
    assert "Choose a version first" in form.field.error.label.text()
    choose(app, page, "R2", reason="")
    assert "Write a few words" in form.field.error.label.text()
    app.keys(form.reason, "half")
    app.visit.record(Rating(standard="4", value="met"))
    assert page.conflicts.form is form and form.reason.text() == "half", "what is typed outlives a change elsewhere"
    assert len(app.visit.state.conflicts) == 1


def test_both_texts_can_be_kept_one_after_the_other(program: Opener, homes: Homes, tmp_path: Path) -> None:
    for code, words in (("R2", "Two teams share the house."), ("R3", "The team moved in May.")):
        visit = open_visit_on(fresh(homes, tmp_path / code, code))
        visit.record(Passage(place="summary", text=words))
        visit.write_return(tmp_path / f"{code}.review")
        visit.close()
    app = program(homes.lead)
    for code in ("R2", "R3"):
        app.visit.merge(tmp_path / f"{code}.review")
    page = open_page(app)
    choose(app, page, "Keep both", "Both are true")
    text = app.visit.state.passages["summary"].text
    assert sorted(text.split("\n\n")) == ["The team moved in May.", "Two teams share the house."]
    assert app.visit.state.conflicts == ()


def test_what_was_taken_away_here_and_changed_there_is_kept_or_taken_away_by_choice(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    home, path = fresh(homes, tmp_path / "mine", "L1"), tmp_path / "changed.review"
    mine, other = open_visit_on(home), open_visit_on(fresh(homes, tmp_path / "other", "R2"))
    other.record(Action(id="AP90", standard="47", action="Ring back within a day"))
    other.write_return(path)
    mine.merge(path)
    mine.record(Action(id="AP90", deleted=True))
    mine.close()
    other.record(Action(id="AP90", owner="Team manager"))
    other.write_return(path)
    other.close()
    app = program(home)
    app.visit.merge(path)
    page = open_page(app)
    app.settle()
    shown = [b.accessibleName() for b in page.conflicts.findChildren(QPushButton) if b.isVisible()]
    assert [name for name in shown if name.startswith("Use what")] == [
        "Use what L1 says: Taken away",
        "Use what R2 says: Kept",
    ]
    choose(app, page, "R2", "The manager has begun")
    assert app.visit.state.actions["AP90"].owner == "Team manager" and app.visit.state.conflicts == ()


def test_receipts_are_given_taken_and_told(program: Opener, homes: Homes, tmp_path: Path) -> None:
    reviewer = open_visit_on(fresh(homes, tmp_path / "mine", "R2"))
    reviewer.record(Rating(standard="4", value="met"), Rating(standard="47", value="na"))
    reviewer.write_return(tmp_path / "R2.review")
    reviewer.close()
    app = program(homes.lead)
    app.visit.merge(tmp_path / "R2.review")
    page = open_page(app)
    path = tmp_path / "receipts.review"
    ui.widgets.file_dialogs.NEXT.append([path])
    app.keys(page.receipts.give, Qt.Key.Key_Space)
    app.settle()
    assert str(path) in page.outcome.words.text() and "every reviewer" in page.outcome.next.text()
    other = program(tmp_path / "mine")
    page = open_page(other)
    assert not page.receipts.give.isVisible()
    assert page.receipts.held.text() == "2 entries not yet confirmed by the lead"
    bring(other, page, path)
    assert titles(page) == [("Receipt", "L1's receipt")]
    assert page.receipts.held.text() == "2 entries not yet confirmed by the lead", "looking takes nothing"
    join(other, page)
    assert page.receipts.held.text() == "All your work is held by the lead"
    assert "Receipt taken: all your work is held" in other.window.status.message.text()
    other.visit.record(Rating(standard="151", value="met"))
    assert page.receipts.held.text() == "1 entry not yet confirmed by the lead"


def test_the_laptops_seen_are_told_and_who_works_on_two(program: Opener, homes: Homes, tmp_path: Path) -> None:
    visit = open_visit_on(fresh(homes, tmp_path / "second", "R2"))
    visit.record(Rating(standard="4", value="met"))
    visit.write_return(tmp_path / "second.review")
    visit.close()
    app = program(homes.lead)
    page = open_page(app)
    assert not page.laptops.twice.isVisible()
    rows = page.laptops.list.told.rows
    assert [row.title[:2] for row in rows] == ["L1", "R2", "R3", "R4"]
    assert rows[0].pill == "This laptop" and "First seen" in rows[1].detail
    app.visit.merge(tmp_path / "second.review")
    assert "R2 has worked on 2 laptops" in page.laptops.twice.text()
    assert len(page.laptops.list.told.rows) == 5


def test_what_is_still_open_is_said_and_nothing_of_ratings_before_the_meeting(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    assert page.next_words.text() == "Next comes the meeting: the lead reviewer opens it on Agree."
    meeting.open_meeting(app.visit)
    many = len(disagreements(app.visit.state))
    assert f"{many} standards rated differently" in page.next_words.text()
    app.visit.record(*(Agreed(standard=s.number, value="met") for s in app.visit.state.instrument.standards))
    assert "rated differently" not in page.next_words.text()
    app.visit.record(*(AgreedAudit(case_note=d.case_note, item=d.item, value="no") for d in
                      audit_differences(app.visit.state)))  # fmt: skip
    assert page.next_words.text() == "Nothing is left to settle."


def test_what_belongs_to_somebody_else_is_shown_and_not_settled_for_them(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    """R2 works on two laptops; the lead sees both notes and whose it is."""
    visit = open_visit_on(fresh(homes, tmp_path / "second", "R2"))
    visit.record(Rating(standard="47", value="not_met"))
    path = tmp_path / "second.review"
    visit.write_return(path)
    visit.close()
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


def test_a_concern_that_comes_in_is_never_passed_over(program: Opener, homes: Homes, lead_alone: Path) -> None:
    app = program(lead_alone)
    page = open_page(app)
    assert not page.urgent.isVisible()
    bring(app, page, *homes.returns.values())
    join(app, page)
    others = [one for one in app.visit.state.concerns.values() if one.person != "L1"]
    assert others and page.urgent.isVisible()
    assert all(one.person in page.urgent.label.text() for one in others)
    button = page.urgent.findChild(QPushButton)
    assert button is not None
    app.keys(button, Qt.Key.Key_Space)
    assert app.page.TITLE == "Interviews" and app.page.place() == {"concern": "all"}


def test_a_withdrawal_that_comes_in_is_told_with_what_is_left_to_do(
    program: Opener, homes: Homes, lead_alone: Path, tmp_path: Path
) -> None:
    other = open_visit_on(fresh(homes, tmp_path / "other", "R2", "R2.jsonl"))
    taken_back = next(iter(other.state.interviews))
    withdraw(other, "interview", taken_back, reason="Asked by telephone")
    other.write_return(tmp_path / "after.review")
    other.close()
    app = program(lead_alone)
    page = open_page(app)
    bring(app, page, tmp_path / "after.review")
    assert "1 withdrawal" in page.looked.told.rows[0].detail
    join(app, page)
    for words in (app.window.status.message.text(), page.came_list.told.rows[0].detail):
        assert "took back what they said" in words and "find and destroy" in words
