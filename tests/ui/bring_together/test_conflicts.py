"""What was written differently on two laptops is shown side by side, and nothing is settled unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from reviewapp.visit.statements import Action, Context, Interview, Passage, Rating
from tests.ui.bring_together.support import bring, fresh, join, open_page, open_visit_on
from tests.ui.interviews.support import tab_stops
from tests.ui.support import App, Homes, Opener
from ui.pages.bring_together.page import BringTogetherPage
from ui.pages.shared.conflict_words import how_in_words


@pytest.fixture
def in_conflict(homes: Homes, tmp_path: Path) -> tuple[Path, Path]:
    """The lead's home and a return: both changed the caseload without knowing of each other."""
    home = fresh(homes, tmp_path / "mine", "L1")
    mine = open_visit_on(home)
    mine.record(Context(field="caseload", value=41))
    mine.close()
    other = open_visit_on(fresh(homes, tmp_path / "other", "R2"))
    other.record(Context(field="caseload", value=38))
    path = tmp_path / "in_conflict.review"
    other.write_return(path)
    other.close()
    return home, path


def test_both_versions_are_shown_and_choosing_one_settles_it_until_undone(
    program: Opener, in_conflict: tuple[Path, Path]
) -> None:
    app = program(in_conflict[0])
    page = open_page(app)
    bring(app, page, in_conflict[1])
    assert "conflicts" not in vars(page)
    join(app, page)
    assert page.conflicts.isVisible()
    assert page.conflicts.form is not None
    order = [page.drop.button, page.conflicts.list, page.conflicts.form.reason, page.team.table]
    assert [stop for stop in tab_stops(page) if stop in order] == order, "made late, and in its place"
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
    assert versions(page) == {"Use what L1 (lead reviewer) says: 41", "Use what R2 (clinician) says: 38"}, (
        "each is still told of its author"
    )


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
    laptop = second._store.device[:6]
    second.close()
    app = program(home)
    app.visit.record(Context(field="caseload", value=41))
    page = open_page(app)
    bring(app, page, tmp_path / "second.review")
    join(app, page)
    app.settle()
    assert versions(page) == {
        f"Use what L1 (lead reviewer) on {which} says: {n}"
        for which, n in (("this laptop", 41), (f"laptop {laptop}", 38))
    }


def choose(app: App, page: BringTogetherPage, who: str, reason: str = "Counted by the manager") -> None:
    app.settle()
    buttons = [b for b in page.conflicts.findChildren(QPushButton) if b.isVisible()]
    app.keys(next(b for b in buttons if who in b.accessibleName()), Qt.Key.Key_Space)
    assert page.conflicts.form is not None
    app.keys(page.conflicts.form.reason, reason, Qt.Key.Key_Return)


def test_nothing_is_settled_without_a_choice_and_a_reason(program: Opener, in_conflict: tuple[Path, Path]) -> None:
    app = program(in_conflict[0])
    app.visit.merge(in_conflict[1])
    page = open_page(app)
    form = page.conflicts.form
    assert form is not None
    app.keys(form.settle, Qt.Key.Key_Space)
    assert "Choose a version first" in form.field.error.label.text()
    choose(app, page, "R2", reason="")
    assert "Say why in a few words" in form.field.error.label.text()
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
        "Use what L1 (lead reviewer) says: Removed",
        "Use what R2 (clinician) says: Kept",
    ]
    choose(app, page, "R2", "The manager has begun")
    assert app.visit.state.actions["AP90"].owner == "Team manager" and app.visit.state.conflicts == ()


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


def test_two_beginnings_of_one_number_are_told_as_that_and_that_settling_them_stays(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    path = tmp_path / "begun.review"
    for name in ("one", "other"):
        visit = open_visit_on(fresh(homes, tmp_path / name, "R2"))
        visit.record(Interview(id="P9", group="patient"))
        if name == "one":
            visit.write_return(path)
        visit.close()
    app = program(tmp_path / "other")
    page = open_page(app)
    bring(app, page, path)
    join(app, page)
    assert "it may be two people" in page.conflicts.how.text()
    (conflict,) = app.visit.state.conflicts
    told = how_in_words(app.visit, conflict, may=True)
    assert "become one, and you cannot undo that" in told and "Undo brings" not in told
