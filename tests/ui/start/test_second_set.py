"""A new visit may be reviewed against a second set of standards, and says where nothing leads from one to the other."""

from __future__ import annotations

from typing import cast

from reviewapp.workspace.laptop import Laptop
from tests.ui.support import PASSPHRASE, App, Opener
from ui.pages.start.new_visit import NewVisit
from ui.pages.start.page import StartPage
from ui.pages.start.second_set import ALSO, NO_CROSSWALK


def new_visit(program: Opener) -> tuple[App, NewVisit]:
    """A laptop without visits, and the form for one."""
    app = program(None, unlocked=False)
    laptop, _ = Laptop.create(app.session.home, PASSPHRASE)
    app.session.adopt(laptop)
    return app, cast(NewVisit, cast(StartPage, app.go("start", {"view": "new"})).views["new"])


def choose(form: NewVisit, identity: str) -> None:
    form.also.choice.setCurrentIndex(form.also.choice.findData(identity))


def test_a_visit_is_made_with_a_second_set_and_the_crosswalk_to_it(program: Opener) -> None:
    app, form = new_visit(program)
    choose(form, "core-fidelity-2")
    assert form.also.hint.text() == ALSO
    app.keys(form.service, "Northern Crisis Team")
    app.keys(form.organisation, "Example Trust")
    form.make.click()
    state = app.visit.state
    assert state.also is not None and state.also.id == "core-fidelity-2"
    assert state.crosswalk is not None


def test_without_a_crosswalk_it_is_said_that_nothing_will_be_seen(program: Opener) -> None:
    _app, form = new_visit(program)
    choose(form, "example-fidelity-8")
    assert form.also.hint.text() == NO_CROSSWALK == form.also.choice.accessibleDescription()


def test_the_first_set_is_not_offered_again_and_another_choice_stays(program: Opener) -> None:
    _app, form = new_visit(program)
    choose(form, "example-fidelity-8")
    form.instrument.setCurrentIndex(form.instrument.findData("core-fidelity-2"))
    assert form.also.chosen() == "example-fidelity-8"
    assert form.also.choice.findData("core-fidelity-2") == -1
    form.instrument.setCurrentIndex(form.instrument.findData("example-fidelity-8"))
    assert form.also.chosen() == ""
