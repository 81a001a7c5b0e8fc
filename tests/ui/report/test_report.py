"""The report page: what is written is kept, printed and saved."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

import ui.widgets.file_dialogs
from reviewapp.visit.statements import Agreed
from tests.ui.report.support import open_page, pages_seen, passage, press_save, save_anyway, wait_for_pages
from tests.ui.support import App, Homes, Opener
from ui.pages.report.page import ReportPage


def text_of(path: Path) -> str:
    from pypdf import PdfReader

    return " ".join("\n".join(page.extract_text() for page in PdfReader(path).pages).split())


def save(app: App, page: ReportPage, kind: str, path: Path) -> Path:
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    press_save(app, page, kind)
    save_anyway(app, page)
    return path


def test_what_is_written_is_kept_and_stands_in_the_saved_report(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    page = open_page(app)
    page.outline.choose("summary")
    app.keys(page.editor, "A kind and steady team, less sure once it has left the house.")
    path = save(app, page, "pdf", tmp_path / "draft-report.pdf")
    assert passage(app, "summary").startswith("A kind and steady team")
    assert "A kind and steady team" in text_of(path)
    assert str(path) in page.saving.saved.words.text()
    assert page.saving.saved.isVisible()


def turn_to(page: ReportPage, part: str) -> None:
    """Click a part, as one does to go and write there."""
    index = page.outline.told.index([row.key for row in page.outline.told.rows].index(part))
    page.outline.scrollTo(index)
    where = page.outline.visualRect(index).center()
    QTest.mouseClick(page.outline.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)


def test_what_was_written_is_there_when_one_comes_back_to_its_part(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    wait_for_pages(app, page)
    said_before = [item.value for item in app.visit.history("passage", "summary")]
    turn_to(page, "summary")
    app.keys(page.editor, Qt.Key.Key_End, "A kind team.")
    first = page.editor.toPlainText()
    wait_for_pages(app, page)
    assert "A kind team." in pages_seen(page)
    assert page.editor.waiting, "to make the pages is not to end the typing"
    turn_to(page, "method")
    assert passage(app, "summary") == first
    turn_to(page, "summary")
    assert page.editor.toPlainText() == first
    app.keys(page.editor, Qt.Key.Key_End, " And steady.")
    wait_for_pages(app, page)
    assert "A kind team. And steady." in pages_seen(page)
    turn_to(page, "method")
    turn_to(page, "summary")
    second = page.editor.toPlainText()
    assert second == passage(app, "summary") == f"{first} And steady."
    assert [item.value for item in app.visit.history("passage", "summary")] == [*said_before, first, second]
    app.window.actions_.undo.trigger()
    assert page.editor.toPlainText() == passage(app, "summary") == first
    app.window.actions_.redo.trigger()
    assert page.editor.toPlainText() == passage(app, "summary") == second
    app.visit.reload()
    assert passage(app, "summary") == second, "the window shows what is in the journal"


def test_undo_shows_in_the_box_whose_words_it_takes_back(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app, {"passage": "summary"})
    before = page.editor.toPlainText()
    app.keys(page.editor, Qt.Key.Key_End, "Half a thought")
    app.qtbot.waitUntil(lambda: bool(app.visit.drafts()))
    app.session.bridge.undo()  # as from the menu, which leaves the keyboard in the box
    assert page.editor.toPlainText() == passage(app, "summary") == before


def test_turning_to_another_part_keeps_what_was_typed_in_its_own_place(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    page.outline.choose("achievements")
    app.keys(page.editor, "People are treated kindly.")
    page.outline.choose("method")
    assert page.editor.toPlainText() == ""
    assert passage(app, "achievements") == "People are treated kindly."
    app.window.actions_.undo.trigger()
    assert passage(app, "achievements") == ""


def test_another_change_does_not_disturb_typing(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    page.outline.choose("summary")
    app.keys(page.editor, "Half a sentence")
    cursor = page.editor.textCursor()
    cursor.setPosition(4)
    page.editor.setTextCursor(cursor)
    app.visit.record(Agreed(standard="119", value="not_met"))
    assert page.outline.chosen_key() == "summary"
    assert (page.editor.textCursor().position(), page.editor.toPlainText()) == (4, "Half a sentence")


def test_word_and_json_are_saved_too(program: Opener, homes: Homes, tmp_path: Path) -> None:
    from docx import Document

    app = program(homes.lead)
    page = open_page(app)
    word = save(app, page, "docx", tmp_path / "draft.docx")
    assert any("Summary" in paragraph.text for paragraph in Document(str(word)).paragraphs)
    data = json.loads(save(app, page, "json", tmp_path / "report.json").read_text(encoding="utf-8"))
    assert data["printed"]


def test_wider_circulation_leaves_immediate_concerns_out(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    page = open_page(app)
    app.qtbot.mouseClick(page.saving.copies["circulation"], Qt.MouseButton.LeftButton)
    assert "Left out: immediate concerns" in page.saving.explained.text()
    told = [rec.text for rec in app.visit.state.concerns.values()]
    path = save(app, page, "pdf", tmp_path / "wide.pdf")
    words = text_of(path)
    assert told and not any(" ".join(text.split()) in words for text in told)


def test_a_folder_that_is_gone_is_said_and_nothing_is_called_saved(
    program: Opener, homes: Homes, tmp_path: Path
) -> None:
    app = program(homes.lead)
    page = open_page(app)
    save(app, page, "json", tmp_path / "gone" / "report.json")
    assert not page.saving.saved.isVisible()
    assert "annot write" in app.window.status.message.text()


def test_in_a_narrow_window_pages_and_writing_take_turns(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    app.window.resize(900, 600)
    app.settle()
    assert page.saving.pages.isVisible()
    assert page.editor.isVisible()
    assert not page.pages.isVisible()
    page.saving.pages.click()
    assert page.pages.isVisible()
    assert not page.editor.isVisible()
    app.settle()
