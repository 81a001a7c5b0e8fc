"""The rounds of a team on Overview: side by side, what is asked first, and what the next visit begins with."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

import ui.widgets.file_dialogs
from reviewapp.plan.next_round import begin_next_round, carried_from, open_carry_over
from reviewapp.visit.statements import Agreed, Goal, LocalContext, Rating, Round
from reviewapp.visit.statements.rounds import THIS
from reviewapp.workspace.laptop import Laptop, NewPerson
from tests.ui.overview.support import opened
from tests.ui.scored_visit import two_sets
from tests.ui.support import PASSPHRASE, App, Homes, Opener, words_on
from ui.widgets.range_strip import RangeStrip
from ui.widgets.slopes import SLOPE

__all__ = ["two_sets"]


@pytest.fixture
def later(program: Opener, tmp_path: Path) -> App:
    """The lead's laptop at 6 months, after a baseline in which one item was left open and another chosen as a goal."""
    laptop, _ = Laptop.create(tmp_path / "lead", PASSPHRASE)
    first = laptop.new_visit(
        instrument="example-fidelity-8",
        service="Example team",
        organisation="Example trust",
        date="2026-05-01",
        people=[NewPerson("L1", "lead"), NewPerson("R2", "clinician")],
        begin=[Round(id="this", label="baseline")],
    )
    visit = laptop.open_visit(first)
    numbers = [one.number for one in visit.state.instrument.standards]
    visit.record(*(Rating(standard=number, value=3) for number in numbers[:-1]))
    visit.record(*(Agreed(standard=number, value=3) for number in numbers[:-1]))
    visit.record(Goal(id="G1", text="Faster answers", standards=[numbers[0]], chosen_by="the team"))
    carried = carried_from(visit)
    visit.close()
    second = begin_next_round(laptop, carried, date="2026-11-10", label="6 months")
    visit = laptop.open_visit(second)
    visit.record(Round(id="this", planned="2026-11-01"))
    visit.close()
    app = program(tmp_path / "lead", copy=False)
    app.session.open_visit(second)
    return app


def type_in(app: App, edit: object, words: str) -> None:
    assert isinstance(edit, QLineEdit)
    edit.selectAll()
    app.keys(edit, words, Qt.Key.Key_Return)


def test_rounds_stand_side_by_side_with_their_days_and_the_range_of_the_total(later: App) -> None:
    card = opened(later).rounds
    told = words_on(card)
    assert "baseline" in told
    assert "6 months (this visit)" in told
    assert "9 days late" in told
    assert len([one for one in card.findChildren(RangeStrip) if one.isVisible()]) == 2


def test_what_moved_is_shown_item_by_item_as_a_picture_and_as_words(later: App) -> None:
    card = opened(later).rounds
    numbers = [one.number for one in later.visit.state.instrument.standards]
    assert card.moved.head.text() == "0 changed, of 8 items that can be compared."
    assert not card.moved.table.isVisible()
    later.visit.record(Rating(standard=numbers[1], value=5), Agreed(standard=numbers[1], value=5))
    assert card.moved.head.text() == "1 changed, of 8 items that can be compared."
    model = card.moved.model
    slopes = [model.index(row, 1).data(SLOPE) for row in range(model.rowCount())]
    assert [one.names or one.points for one in slopes] == [("baseline", "6 months"), ((3, 3), (5, 5))]
    assert model.index(1, 1).data() == "baseline 3; 6 months 5"
    card.moved.more.click()
    assert model.rowCount() == 1 + len(numbers)
    assert model.index(1, 1).data() == "baseline 3; 6 months 1 to 5"
    card.moved.table.activated.emit(model.index(2, 0))
    assert later.page.place()["standard"] == numbers[1]


def test_a_later_round_asks_for_no_figures_of_the_visit_before(later: App) -> None:
    page = opened(later)
    page.finish()
    assert "first visit" not in words_on(page.intake)
    assert "the earlier rounds are known" in words_on(page.intake)


def test_a_team_on_a_scored_scale_has_a_score_and_no_committee(later: App) -> None:
    later.visit.record(LocalContext(standard="1", text="Not commissioned here"))
    later.visit.record(Rating(standard="1", value=2), Agreed(standard="1", value=2))
    card = opened(later).forecast
    assert card.head.title.text() == "Score" and "committee" not in words_on(card)
    assert card.score.total.text() == "9 to 37 points · 1 of 8 items scored"
    assert "so 0 are within its control" in card.score.reach.text()


def test_published_totals_of_other_teams_stand_beside_the_score(program: Opener, two_sets: Path) -> None:
    card = opened(program(two_sets)).second_score
    assert card.isVisible() and "CORE" in card.head.title.text()
    assert "median 122, half of them between 111 and 132" in card.part.norm.text()
    assert "for comparison only" in card.part.norm.text()


def test_what_is_asked_first_says_why_and_leads_to_the_standard(later: App) -> None:
    card = opened(later).rounds
    numbers = [one.number for one in later.visit.state.instrument.standards]
    rows = {row.key: row.detail for row in card.first.told.rows}
    assert rows == {
        numbers[0]: "a goal is to improve it: Faster answers",
        numbers[-1]: "could not be established before",
    }
    assert f"{numbers[1]}: 3" in card.carried.text()
    assert "baseline" in card.carried.text()
    card.first.choose(numbers[-1])
    card.first.activated.emit(card.first.currentIndex())
    assert later.page.TITLE == "Standards"


def test_a_round_of_which_only_the_total_is_known_is_added_and_taken_out_again(later: App) -> None:
    card = opened(later).rounds
    editor = card.edit.open()
    for name, words in (("label", "pilot"), ("held", "1/2/2026"), ("total", "20")):
        edit = editor.fields[name].editor
        assert isinstance(edit, QLineEdit)
        edit.setText(words)
    editor.add.click()
    assert any(one.label == "pilot" and one.total == 20 for one in later.visit.state.rounds.values())
    assert "20 points" in words_on(card)
    later.window.actions_.undo.trigger()
    assert not any(one.label == "pilot" for one in later.visit.state.rounds.values())


def test_a_total_that_cannot_be_is_refused_at_its_field_and_what_was_typed_stays(later: App) -> None:
    editor = opened(later).rounds.edit.open()
    for name, words in (("label", "pilot"), ("held", "1/2/2026"), ("total", "4000")):
        edit = editor.fields[name].editor
        assert isinstance(edit, QLineEdit)
        edit.setText(words)
    before = dict(later.visit.state.rounds)
    editor.add.click()
    assert "4000" in editor.fields["total"].error.label.text()
    total = editor.fields["total"].editor
    assert isinstance(total, QLineEdit)
    assert total.text() == "4000"
    assert later.visit.state.rounds == before


def test_a_day_before_the_earlier_round_is_refused_where_it_was_typed(later: App) -> None:
    editor = opened(later).rounds.edit.open()
    type_in(later, editor.own.fields["held"].editor, "1/1/2026")
    assert "not after" in editor.own.fields["held"].error.label.text()
    assert later.visit.state.rounds["this"].held == ""


def test_the_carry_over_is_saved_and_its_six_words_are_shown_once(later: App, tmp_path: Path) -> None:
    part = opened(later).rounds.carry.open()
    target = tmp_path / "next.carry"
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([target])
    later.qtbot.mouseClick(part.write, Qt.MouseButton.LeftButton)
    later.settle()
    phrase = part.panel.words.text()
    assert len(phrase.split()) == 6
    part.panel.copy.click()
    assert QGuiApplication.clipboard().text() == phrase
    assert open_carry_over(target, phrase).visit.service == "Example team"
    part.panel.away.click()
    assert part.panel.words.text() == ""


def test_a_reviewer_of_a_first_review_is_shown_no_rounds(program: Opener, homes: Homes) -> None:
    assert not opened(program(homes.reviewer)).rounds.isVisible()


def test_a_lead_of_a_first_review_is_told_that_none_is_known(before: App) -> None:
    card = opened(before).rounds
    assert "no earlier round" in card.head.note.text()
    assert card.edit.isVisible()


def test_the_day_on_which_a_visit_was_held_is_told_and_not_the_one_planned(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.visit.record(Round(id=THIS, held="2026-11-18"))
    assert "18 November 2026" in words_on(app.go("overview"))
    app.window.header.show_visit(app.visit)
    assert "18 November 2026" in app.window.header.about.text()
