"""The codebook's view: the lead ticks what is in force; files of other programs are shown before they are taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import ui.widgets.file_dialogs
from reviewapp.visit.statements import Coding
from reviewapp.visit.themes import themes_in_force
from tests.ui.support import App, Homes, Opener, words_on
from tests.ui.themes.support import opened, themes
from ui.pages.themes.jobs import CODEBOOKS
from ui.pages.themes.page import ThemesPage
from ui.widgets.file_dialogs import suffix_of


def codebook(app: App) -> ThemesPage:
    page = opened(app)
    page.tabs["codebook"].click()
    QApplication.processEvents()
    return page


def in_force(app: App) -> list[str]:
    return [one.id for one in themes_in_force(app.visit.state).books]


def test_the_lead_ticks_codebooks_and_with_none_ticked_the_usual_one_is_in_force(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = codebook(app)
    assert page.codebook.books.ticked() == {"crisis-team-features"}
    page.codebook.books._toggle("crisis-team-practice")
    assert in_force(app) == ["crisis-team-features", "crisis-team-practice"]
    assert any(row.key == "W1" for row in page.codebook.themes.list.told.rows)
    page.codebook.books._toggle("crisis-team-features")
    assert in_force(app) == ["crisis-team-practice"]
    page.codebook.books._toggle("crisis-team-practice")
    assert in_force(app) == ["crisis-team-features"]
    page.codebook.books._toggle("crisis-team-practice")
    assert in_force(app) == ["crisis-team-features", "crisis-team-practice"], "one that was taken out can come back"


def test_a_codebook_whose_themes_are_in_use_stays_and_its_tick_comes_back(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = codebook(app)
    page.codebook.books._toggle("crisis-team-practice")
    unit = f"quote/{next(iter(app.visit.state.quotes))}"
    app.visit.record(Coding(unit=unit, themes=["W1"]))
    page.codebook.books._toggle("crisis-team-practice")
    assert "crisis-team-practice" in in_force(app)
    assert "crisis-team-practice" in page.codebook.books.ticked()
    assert "W1" in app.window.status.message.text()


def test_what_would_go_out_and_what_is_left_out_is_said_before_it_is_saved(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    unit = f"quote/{next(iter(app.visit.state.quotes))}"
    app.visit.record(Coding(unit=unit, themes=["T1"]))
    page = codebook(app)
    card = page.codebook.exchange
    card.save.click()
    app.settle()
    assert card.preview.isVisible() and "Left out: " in card.lines.text() and "not encrypted" in words_on(card)
    path = tmp_path / "out.qdpx"
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    card.go.click()
    app.settle()
    assert path.read_bytes().startswith(b"PK") and not card.preview.isVisible()
    assert str(path) in app.visit.written.elsewhere(), "a withdrawal names it"


def test_a_project_is_shown_before_it_is_taken_and_again_brings_nothing_new(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    unit = next(f"quote/{one.key}" for one in app.visit.state.quotes.values())
    app.visit.record(Coding(unit=unit, themes=["T1"]))
    page = codebook(app)
    card, path = page.codebook.exchange, tmp_path / "out.qdpx"
    card.save.click()
    app.settle()
    card.circle.setCurrentIndex(card.circle.findData("quotes"))
    app.settle()
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    card.go.click()
    app.settle()
    app.visit.record(Coding(unit=unit, themes=None))
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    card.open.click()
    app.settle()
    assert "1 coding is new" in card.lines.text() and themes(app, unit) is None
    card.go.click()
    app.settle()
    assert themes(app, unit) == ("T1",)
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    card.open.click()
    app.settle()
    assert "0 codings are new" in card.lines.text()


def test_a_file_that_is_no_project_is_refused_in_one_line(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    page = codebook(app)
    bad = tmp_path / "bad.qdpx"
    bad.write_bytes(b"no archive")
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([bad])
    page.codebook.exchange.open.click()
    app.settle()
    assert page.codebook.exchange.error.isVisible() and not page.codebook.exchange.preview.isVisible()


@pytest.mark.parametrize(
    ("kind", "suffix"), [("Excel (*.xlsx)", ".xlsx"), ("REFI-QDA codebooks (*.qdc)", ".qdc"), ("All files (*)", "")]
)
def test_a_file_is_of_the_kind_that_was_chosen(kind: str, suffix: str) -> None:
    assert suffix_of(kind) == suffix and all(suffix_of(one) for one in CODEBOOKS.split(";;"))


def test_the_codebook_goes_out_for_other_programs(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    page = codebook(app)
    path = tmp_path / "book.qdc"
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    page.codebook.exchange.save_book.click()
    app.settle()
    assert "The same faces" in path.read_text(encoding="utf-8")
