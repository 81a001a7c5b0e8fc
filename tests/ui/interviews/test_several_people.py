"""Several people in one conversation: of which groups they were, and who of them said a quote."""

from __future__ import annotations

from tests.ui.interviews.support import begin, mark, quote
from tests.ui.support import Homes, Opener


def test_people_of_several_groups_are_counted_by_group_and_one_click_away_only_where_there_are_several(
    program: Opener, homes: Homes
) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient")
    consent, mixed = page.form.consent, page.form.consent.mixed
    assert not mixed.toggle.isVisible() and not mixed.isVisible()
    consent.people.setValue(3)
    assert mixed.toggle.isVisible() and not mixed.isVisible()
    mixed.toggle.click()
    assert mixed.isVisible() and mixed.boxes["patient"].value() == 3
    mixed.boxes["carer"].setValue(2)
    rec = app.visit.state.interviews["P1/R2"]
    assert (rec.people, rec.groups, rec.group) == (5, {"patient": 3, "carer": 2}, "patient")
    assert "5 people (3 patients, 2 carers)" in page.form.about.text()
    assert not consent.people.isEnabled()


def test_all_of_one_group_is_no_mixed_group(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient")
    page.form.consent.people.setValue(2)
    mixed = page.form.consent.mixed
    mixed.toggle.click()
    mixed.boxes["carer"].setValue(1)
    mixed.boxes["carer"].setValue(0)
    rec = app.visit.state.interviews["P1/R2"]
    assert (rec.people, rec.groups) == (2, {})
    assert page.form.consent.people.isEnabled()


def test_who_of_several_people_said_a_quote_is_chosen_by_number(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = begin(app, "patient", True, True, True)
    box = page.form.boxes["P01"]
    app.keys(box.editor, "They came late")
    mark(box, "They came late")
    quote(app, box)
    speaker = page.quotes.editor.speaker
    assert not speaker.isVisible()
    page.form.consent.change.click()
    page.form.consent.people.setValue(2)
    assert speaker.isVisible() and speaker.count() == 3
    speaker.setCurrentIndex(2)
    speaker.activated.emit(2)
    assert app.visit.state.quotes["Q1/R2"].speaker == "2"
    speaker.setCurrentIndex(0)
    speaker.activated.emit(0)
    assert app.visit.state.quotes["Q1/R2"].speaker == ""
