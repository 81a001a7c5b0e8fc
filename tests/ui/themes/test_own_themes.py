"""The lead adds a theme, words one anew and hides one that nobody used; a codebook comes in from a file."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

import ui.widgets.file_dialogs
from reviewapp.codebooks.export_sheet import export_codebook
from reviewapp.codebooks.library import builtin
from reviewapp.codebooks.model import Codebook, Theme
from reviewapp.visit.statements import Coding
from reviewapp.visit.themes import themes_in_force
from reviewapp.workspace.open_visit import OpenVisit
from tests.ui.support import App, Homes, Opener, focus
from tests.ui.themes.support import themes
from tests.ui.themes.test_codebook import codebook, in_force
from ui.pages.themes.own_themes import ThemesSection
from ui.pages.themes.page import ThemesPage
from ui.widgets import DraftText


def section(app: App) -> ThemesSection:
    return codebook(app).codebook.themes


def added(app: App, title: str) -> ThemesSection:
    """The section, with a theme added by keys alone."""
    own = section(app)
    assert own.begin_line is not None
    app.keys(own.begin_line.first.editor, title, Qt.Key.Key_Return)
    return own


def title_of(visit: OpenVisit, theme: str) -> str:
    return themes_in_force(visit.state).by_id[theme].title


def test_a_theme_is_added_by_its_title_and_has_a_key_at_once(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    own = added(app, "Pets at home")
    assert title_of(app.visit, "V1") == "Pets at home" and own.list.chosen_key() == "V1"
    page = cast(ThemesPage, app.go("themes", {"view": "code"}))
    app.settle()
    assert "Pets at home" in [row.title.split("   ")[-1] for row in page.coding.themes.told.rows]
    added(app, "Parking")
    assert title_of(app.visit, "V2") == "Parking"
    app.window.actions_.undo.trigger()
    assert "V2" not in themes_in_force(app.visit.state).by_id


def test_a_title_that_stands_beside_it_already_is_refused_where_it_was_typed(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    own = added(app, "Pets")
    added(app, "pets")
    assert own.begin_line is not None and "already the title of V1" in own.begin_line.first.error.label.text()
    assert cast(QLineEdit, own.begin_line.first.editor).text() == "pets", "what was typed stays"


def test_a_theme_is_worded_anew_and_an_empty_field_reads_as_in_the_codebook_again(
    program: Opener, homes: Homes
) -> None:
    app = program(homes.lead)
    own = section(app)
    own.list.choose("T4")
    title = cast(QLineEdit, own.form.fields["title"].editor)
    title.selectAll()
    app.keys(title, "One familiar face", Qt.Key.Key_Return)
    assert title_of(app.visit, "T4") == "One familiar face"
    row = next(row for row in own.list.told.rows if row.key == "T4")
    assert row.title == "One familiar face (4)" and row.pill == "Reworded"
    use_when = cast(DraftText, own.form.fields["use_when"].editor)
    app.keys(use_when, "Said of one worker. ")
    own._page.leave()
    assert themes_in_force(app.visit.state).by_id["T4"].use_when.startswith("Said of one worker. ")
    title.selectAll()
    app.keys(title, Qt.Key.Key_Delete, Qt.Key.Key_Return)
    assert title_of(app.visit, "T4") == "The same faces" == title.text()


def test_what_is_being_typed_of_a_theme_is_a_draft_until_it_is_left(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    own = added(app, "Pets")
    use_when = cast(DraftText, own.form.fields["use_when"].editor)
    app.keys(use_when, "An animal is named")
    assert use_when.flush()
    (draft,) = [line for line in app.visit.drafts() if line.kind() == "theme"]
    assert draft.values() == {"use_when": "An animal is named"}
    assert themes_in_force(app.visit.state).by_id["V1"].use_when == "", "not yet an entry"
    own._page.leave()
    assert themes_in_force(app.visit.state).by_id["V1"].use_when == "An animal is named"


def test_a_theme_can_be_put_below_another_but_not_below_itself(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    own = added(app, "Pets")
    box = cast(QComboBox, own.form.fields["parent"].editor)
    assert box.findData("V1") < 0
    box.setCurrentIndex(box.findData("TB"))
    box.activated.emit(box.currentIndex())
    assert themes_in_force(app.visit.state).by_id["V1"].path == ("What help there is", "Pets")
    own.list.choose("TB")
    assert box.findData("V1") < 0 and box.findData("T8a") < 0 and box.findData("TA") >= 0
    assert box.itemText(0) == "As in the codebook"


def test_a_theme_that_nobody_used_is_hidden_keeps_its_key_and_is_shown_again(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    own = section(app)
    own.list.choose("T3")
    focus(own.hide_theme)
    app.keys(own.hide_theme, Qt.Key.Key_Space)
    assert "T3" in themes_in_force(app.visit.state).hidden and own.list.chosen_key() == "T3"
    row = next(row for row in own.list.told.rows if row.key == "T3")
    assert row.pill == "Hidden" and own.hide_theme.text() == "Show this theme again"
    page = cast(ThemesPage, app.go("themes", {"view": "code"}))
    app.settle()
    titles = [row.title for row in page.coding.themes.told.rows]
    assert not any("Flexible" in title for title in titles) and "4   The same faces" in titles, "keys stay as they were"
    assert "hiding theme T3" in app.window.actions_.undo.text()
    section(app).hide_theme.click()
    assert "T3" in themes_in_force(app.visit.state).by_id


def test_a_theme_in_use_is_not_hidden_and_the_reason_stands_beside_the_button(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    unit = f"quote/{next(iter(app.visit.state.quotes))}"
    app.visit.record(Coding(unit=unit, themes=["T3"]))
    own = section(app)
    own.list.choose("T3")
    own.hide_theme.click()
    assert "T3 is in use" in own.not_hidden.label.text() and themes(app, unit) == ("T3",)
    own.list.choose("T4")
    assert not own.not_hidden.isVisible()


def test_a_reviewer_reads_the_themes_and_is_offered_nothing_else(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    own = section(app)
    assert own.list.told.rows and own.begin_line is not None
    for part in (own.begin_line, own.detail, codebook(app).codebook.imported):
        assert not part.isVisible()


BOOK = Codebook(id="a", title="Our own", themes=[Theme(id="P1", title="Parking"), Theme(id="P2", title="Pets")])


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "qdc"])
def test_a_codebook_from_a_file_is_shown_kept_under_a_name_and_put_in_force(
    program: Opener, homes: Homes, tmp_path: Path, suffix: str
) -> None:
    app = program(homes.lead)
    page, path = codebook(app), tmp_path / f"Our own.{suffix}"
    export_codebook(BOOK, path)
    imported = page.codebook.imported
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    imported.choose.click()
    app.settle()
    assert imported.card.isVisible() and "2 themes to code with." in imported.lines.text()
    assert imported.title.text() == "Our own" and "would update it" not in imported.lines.text()
    imported.keep.click()
    app.settle()
    assert not imported.card.isVisible() and page.codebook.books.chosen_key() == "our-own"
    assert page.codebook.books.hasFocus()
    app.keys(page.codebook.books, Qt.Key.Key_Space)
    assert in_force(app) == ["crisis-team-features", "our-own"]


def test_the_same_name_again_says_what_it_changes_and_another_name_keeps_both(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    page, path = codebook(app), tmp_path / "Our own.xlsx"
    laptop = app.window.session.laptop
    assert laptop is not None
    laptop.codebooks.add(Codebook(id="our-own", title="Our own", themes=[Theme(id="P1", title="Cars")]))
    export_codebook(BOOK, path)
    imported = page.codebook.imported
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    imported.choose.click()
    app.settle()
    assert "1 new, 1 changed, 0 removed" in imported.lines.text()
    imported.title.selectAll()
    app.keys(imported.title, "Our second", Qt.Key.Key_Return)
    app.settle()
    assert "would update it" not in imported.lines.text()
    imported.keep.click()
    app.settle()
    assert {"our-own", "our-second"} <= {one.id for one in laptop.codebooks.all()}


def test_a_file_that_is_no_codebook_is_refused_in_one_line_and_nothing_is_kept(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    page, path = codebook(app), tmp_path / "spoilt.qdc"
    path.write_bytes(b"<CodeBook><Codes>")
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    page.codebook.imported.choose.click()
    app.settle()
    assert page.codebook.imported.error.isVisible() and not page.codebook.imported.card.isVisible()
    assert len(page.codebook.books.told.rows) == len(builtin())
