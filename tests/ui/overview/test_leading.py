"""Who leads, on the screen: a deputy is named, takes over on their own laptop, and everybody is told."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from reviewapp.workspace.laptop import Laptop
from tests.core.homes import DEPUTY_WORDS
from tests.ui.interviews.support import tab_stops
from tests.ui.overview.support import opened
from tests.ui.support import PASSPHRASE, PHRASE, App, Homes, Opener, words_on
from ui.pages.overview.leading import LeadingCard
from ui.pages.start.new_visit import NewVisit
from ui.pages.start.page import StartPage


def card(app: App) -> LeadingCard:
    page = opened(app)
    page.finish()
    return page.leading


@pytest.fixture
def deputy(homes: Homes, program: Opener, tmp_path: Path) -> App:
    """R2's laptop, which has heard that R2 is the deputy."""
    lead = program(homes.lead)
    lead.visit.laptops.name_deputy("R2", DEPUTY_WORDS)
    lead.visit.write_return(tmp_path / "named.review")
    app = program(homes.reviewer)
    app.visit.merge(tmp_path / "named.review")
    return app


def take_over(app: App, words: str = DEPUTY_WORDS) -> None:
    app.keys(card(app).begin, Qt.Key.Key_Space)
    app.keys(card(app).question.words, words, Qt.Key.Key_Return)
    app.settle()
    opened(app).finish()


def test_the_lead_names_a_deputy_and_sees_eight_words_once(homes: Homes, program: Opener) -> None:
    app = program(homes.lead)
    shown = card(app)
    assert "Nobody can take over" in shown.words.text() and shown.about.isVisible() and not shown.begin.isVisible()
    shown.who.setCurrentIndex(shown.who.findData("R3"))
    app.keys(shown.name, Qt.Key.Key_Space)
    app.settle()
    words = shown.paper.words.text().split()
    assert len(words) == 8 and shown.paper.isVisible() and "R3 (clinician) can take over" in shown.words.text()
    assert app.visit.laptops.leading().deputy == "R3" and shown.paper.printer.hasFocus()
    stops = [stop for stop in tab_stops(opened(app)) if stop in (shown.name, shown.paper.printer)]
    assert stops == [shown.name, shown.paper.printer], "made late, and in its place"
    app.keys(shown.paper.away, Qt.Key.Key_Space)
    assert not shown.paper.isVisible() and not any(
        word in words_on(app.window).split() for word in words if len(word) > 6
    )
    assert shown.name.hasFocus() and not app.window.take_over_banner.isVisible()


def test_the_words_are_saved_for_the_printer_as_their_owners_alone(
    homes: Homes, program: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = program(homes.lead)
    card(app).name.click()
    app.settle()
    path = tmp_path / "paper.txt"
    monkeypatch.setattr("ui.pages.shared.deputy_words.choose_save_file", lambda *_: path)
    words = card(app).paper.words.text().replace("\n", " ")
    card(app).paper.save.click()
    assert words in path.read_text(encoding="utf-8") and path.stat().st_mode & 0o077 == 0
    assert "not encrypted" in card(app).paper.note.text()


def test_the_deputy_reads_what_it_means_types_the_words_and_leads(deputy: App) -> None:
    shown = card(deputy)
    assert shown.begin.isVisible() and not shown.name.isVisible() and "you can lead from here" in shown.words.text()
    assert "question" not in vars(shown) and "paper" not in vars(shown), "made when they are needed"
    deputy.keys(shown.begin, Qt.Key.Key_Space)
    asked = shown.question
    order = [shown.begin, asked.words, asked.confirm, asked.keep, opened(deputy).untested.table]
    assert [stop for stop in tab_stops(opened(deputy)) if stop in order] == order
    assert asked.isVisible() and asked.words.hasFocus() and "cannot undo this" in asked.means.text()
    deputy.keys(asked.words, DEPUTY_WORDS.upper(), Qt.Key.Key_Return)
    deputy.settle()
    assert deputy.visit.is_lead and not asked.isVisible() and asked.words.text() == ""
    assert "You took over, and have led this visit" in shown.words.text() and shown.name.isVisible()
    assert "lead reviewer" in deputy.window.header.me.text()
    assert "You lead this visit now" in deputy.window.take_over_banner.label.text()
    page = opened(deputy)
    page.finish()
    assert page.prepare is not None and page.prepare.isVisibleTo(page) and page.facts._edits


def test_a_deputys_day_begins_at_the_top_and_not_on_the_button_that_takes_over(deputy: App) -> None:
    deputy.window.show_page("standards")
    deputy.window.show_page("overview")
    shown = card(deputy)
    assert shown.begin.isVisible() and not shown.begin.hasFocus()
    assert deputy.window.focusWidget() is opened(deputy).heading
    deputy.window.resize(1240, 700)
    deputy.keys(shown.begin, Qt.Key.Key_Space)
    assert in_view(shown.question.keep, deputy), "all that is asked is in view, down to its buttons"
    deputy.keys(shown.question.words, "able about", Qt.Key.Key_Return)
    assert in_view(shown.question.field.error, deputy), "and what is wrong with the words"


def in_view(widget: QWidget, app: App) -> bool:
    """Whether all of a widget can be seen where it lies on its page."""
    app.settle()
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect()


@pytest.mark.parametrize(
    ("typed", "told"), [("", "Enter the eight words"), ("able about", "2 of the eight"), (PHRASE, "6 of")]
)
def test_words_that_are_too_few_are_told_at_once(deputy: App, typed: str, told: str) -> None:
    before = deputy.visit._store.digest()
    take_over(deputy, typed)
    assert told in words_on(card(deputy).question.field) and deputy.visit._store.digest() == before


def test_wrong_words_change_nothing_and_stay_to_be_corrected(deputy: App) -> None:
    before = deputy.visit._store.digest()
    take_over(deputy, "able " * 8)
    shown = card(deputy)
    asked = shown.question
    assert "not the deputy's words" in words_on(asked.field) and asked.words.text() and asked.words.hasFocus()
    assert deputy.visit._store.digest() == before and asked.confirm.isEnabled()
    deputy.keys(asked.keep, Qt.Key.Key_Space)
    assert not asked.isVisible() and asked.words.text() == "" and shown.begin.hasFocus()


def test_every_laptop_is_told_by_a_banner_until_it_is_put_away(
    deputy: App, homes: Homes, program: Opener, tmp_path: Path
) -> None:
    take_over(deputy)
    deputy.visit.write_return(tmp_path / "told.review")
    lead = program(homes.lead)
    assert not lead.window.take_over_banner.isVisible()
    lead.visit.merge(tmp_path / "told.review")
    banner = lead.window.take_over_banner
    assert banner.isVisible() and "You continue as a reviewer" in banner.label.text() and not lead.visit.is_lead
    assert "R2 (lead reviewer) took over" in card(lead).words.text() and not card(lead).name.isVisible()
    page = opened(lead)
    page.finish()
    assert page.prepare is None or page.prepare.isHidden()
    assert not page.facts._edits and page.facts._lines
    lead.keys(banner.away, Qt.Key.Key_Space)
    assert not banner.isVisible()
    lead.visit.reload()
    banner.look()
    assert not banner.isVisible()


def test_a_visit_is_made_with_a_deputy_and_opens_once_the_words_are_on_paper(program: Opener, tmp_path: Path) -> None:
    Laptop.create(tmp_path / "lead", PASSPHRASE)
    app = program(tmp_path / "lead", copy=False)
    start = cast(StartPage, app.go("start", {"view": "new"}))
    form = cast(NewVisit, start.views["new"])
    form.service.setText("Example team")
    form.organisation.setText("Example trust")
    form.team.deputy.setCurrentIndex(form.team.deputy.findText("R3"))
    form.team.people[2].code.setText("R5")
    assert form.team.deputy.currentText() == "R5"
    form.team.people[3].role.setCurrentIndex(form.team.people[3].role.findData("observer"))
    assert [form.team.deputy.itemText(row) for row in range(form.team.deputy.count())] == ["Nobody", "R2", "R5"]
    form.make.click()
    app.settle()
    assert app.session.visit is None and form.paper.isVisible() and len(form.paper.words.text().split()) == 8
    app.keys(form.paper.away, Qt.Key.Key_Space)
    assert app.visit.laptops.leading().deputy == "R5" and form.paper.words.text() == ""


def test_who_is_taken_off_the_form_is_no_deputy(program: Opener, tmp_path: Path) -> None:
    Laptop.create(tmp_path / "lead", PASSPHRASE)
    app = program(tmp_path / "lead", copy=False)
    form = cast(NewVisit, cast(StartPage, app.go("start", {"view": "new"})).views["new"])
    form.team.deputy.setCurrentIndex(form.team.deputy.findText("R3"))
    form.team.people[2].remove.click()
    assert form.team.deputy.currentData() is None
