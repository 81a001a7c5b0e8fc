"""A new visit that starts from an earlier one: nothing is typed again."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt

import ui.widgets.file_dialogs
from reviewapp.plan.next_round import write_carry_over
from reviewapp.visit.statements import Action, Goal
from tests.ui.support import PHRASE, App, Homes, Opener
from ui.pages.start.card import VisitCard
from ui.pages.start.new_visit import NewVisit
from ui.pages.start.page import StartPage


def form_of(app: App) -> NewVisit:
    page = cast(StartPage, app.go("start", {"view": "new"}))
    return cast(NewVisit, page.views["new"])


def choose(app: App, form: NewVisit, data: str) -> None:
    box = form.earlier.choice
    box.setCurrentIndex(box.findData(data))
    box.activated.emit(box.currentIndex())
    app.settle()


def begun(program: Opener, homes: Homes) -> App:
    app = program(homes.lead)
    app.visit.record(Goal(id="G1", text="Own copies", standards=["119"], chosen_by="the team"))
    app.visit.record(Action(id="AP-G", standard="119", goal="G1", action="Print it", status="open"))
    return app


def make(app: App, form: NewVisit, label: str) -> None:
    form.date.set_value("2027-05-18")
    form.round.setEditText(label)
    app.qtbot.mouseClick(form.make, Qt.MouseButton.LeftButton)
    app.settle()


def test_a_visit_on_this_laptop_hands_on_service_people_and_plan(program: Opener, homes: Homes) -> None:
    app = begun(program, homes)
    before = app.visit.state
    form = form_of(app)
    choose(app, form, app.visit.id)
    assert form.service.text() == before.info.service
    assert [one.code.text() for one in form.team.people] == list(before.people)
    assert "1 goal" in form.earlier.told.text()
    make(app, form, "6 months")
    now = app.visit.state
    assert now.info.id != before.info.id
    assert (now.info.service, now.info.organisation) == (before.info.service, before.info.organisation)
    assert now.goals["G1"].text == "Own copies"
    assert any(one.action == "Print it" for one in now.actions.values())
    assert now.rounds["this"].label == "6 months"
    assert any(one.visit == before.info.id for one in now.rounds.values())


def test_the_menu_of_a_visit_begins_the_next_one_of_that_team(program: Opener, homes: Homes) -> None:
    app = begun(program, homes)
    before = app.visit.state
    page = cast(StartPage, app.go("start"))
    card = page.visits_box.itemAt(0).widget()  # type: ignore[union-attr]
    assert isinstance(card, VisitCard)
    card.actions_["next"].trigger()
    app.settle()
    form = cast(NewVisit, page.stack.currentWidget())
    assert (form.service.text(), form.organisation.text()) == (before.info.service, before.info.organisation)
    assert [one.code.text() for one in form.team.people] == list(before.people)


def test_whoever_is_taken_from_the_form_is_not_on_the_new_visit(program: Opener, homes: Homes) -> None:
    app = begun(program, homes)
    form = form_of(app)
    choose(app, form, app.visit.id)
    gone = form.team.people[-1]
    code = gone.code.text()
    gone.remove.click()
    make(app, form, "")
    assert code not in app.visit.state.people


def test_a_carry_over_file_opens_with_its_six_words_and_a_wrong_one_is_told(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = begun(program, homes)
    service = app.visit.state.info.service
    path = tmp_path / "team.carry"
    write_carry_over(app.visit, path, PHRASE)
    form = form_of(app)
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    choose(app, form, "file")
    form.earlier.phrase.setText("not the six words at all")
    form.earlier.open.click()
    app.settle()
    assert form.earlier.phrase_field.error.isVisible()
    assert form.service.text() == ""
    form.earlier.phrase.setText(PHRASE)
    form.earlier.open.click()
    app.settle()
    assert form.service.text() == service
    assert form.earlier.phrase.text() == ""


def test_a_day_before_the_earlier_visit_is_refused_at_the_date(program: Opener, homes: Homes) -> None:
    app = begun(program, homes)
    before = app.visit.id
    form = form_of(app)
    choose(app, form, before)
    form.date.set_value("2020-01-01")
    app.qtbot.mouseClick(form.make, Qt.MouseButton.LeftButton)
    assert "later day" in form.fields["date"].error.label.text()
    assert app.visit.id == before


def test_another_team_than_that_of_the_carry_over_is_refused_at_the_service(program: Opener, homes: Homes) -> None:
    app = begun(program, homes)
    form = form_of(app)
    choose(app, form, app.visit.id)
    form.service.setText("Another team")
    form.date.set_value("2027-05-18")
    app.qtbot.mouseClick(form.make, Qt.MouseButton.LeftButton)
    assert "Another team" in form.fields["service"].error.label.text()


def test_choosing_nothing_again_makes_a_visit_without_the_earlier_one(program: Opener, homes: Homes) -> None:
    app = begun(program, homes)
    form = form_of(app)
    choose(app, form, app.visit.id)
    choose(app, form, "")
    form.service.setText("New team")
    form.organisation.setText("New trust")
    make(app, form, "baseline")
    assert app.visit.state.info.service == "New team"
    assert not app.visit.state.goals
    assert app.visit.state.rounds["this"].label == "baseline"
